import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { Index, IndexPayload, Manifest, type ManifestEntry, ManifestShard } from 'content-schemas'
import { calculateJwkThumbprint, compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose'
import { z } from 'zod'
import { paths } from '../channels/addresses.ts'
import { sha256 } from '../identity.ts'
import { shardOf } from './manifest.ts'
import type { Store } from './store.ts'

const KeySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) })

/** Reads the index, `/v1/index.json`, or an object, `/v1/objects/<sha256>`; undefined if there is nothing. */
export type ReadPath = (path: string) => Promise<Uint8Array | undefined>

export type VerifyOptions = {
  /** Thumbprints of the keys that are trusted. Without them the keys the release names itself are taken at their word. */
  keys?: string[] | undefined
  /** The newest release seen before: an older one is refused. */
  seen?: number | undefined
  now?: Date
  onProgress?: (done: number, total: number) => void
}

export type Verified = {
  release: number
  at: string
  /** Thumbprint of the key that signed. */
  key: string
  paths: number
  objects: number
  bytes: number
}

export type VerifyCode = 'missing' | 'malformed' | 'forged' | 'rolled-back' | 'altered' | 'swapped' | 'stale'

/** What is wrong with a release; `code` is for programs. */
export class VerifyError extends Error {
  override name = 'VerifyError'
  constructor(
    readonly code: VerifyCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Follows a release from its index to its last byte: index → signature → manifest → shards → objects and their
 * encodings, then the change log. Shares no code with what wrote it but the contract. Throws a VerifyError: what is false before
 * what is old, so that `stale` means that all else is in order.
 */
export async function verify(read: ReadPath, options: VerifyOptions = {}): Promise<Verified> {
  const index = parse(Index, await need(read, paths.index), paths.index)
  verifyPlainFields(index)
  const entries = await readEntries(index, read)
  const published = entries.get(paths.keys)
  if (!published) throw new VerifyError('missing', `\`${paths.keys}\` is missing.`)
  const key = await verifySignature(index, await needObject(read, published.object), options.keys)
  if (options.seen !== undefined && index.release < options.seen)
    throw new VerifyError(
      'rolled-back',
      `Release ${index.release} stands where release ${options.seen} was seen before.`,
    )
  const found = await verifyObjects(entries, read, options.onProgress)
  verifyChangeLog(index, entries)
  if (Date.parse(index.expires) < (options.now ?? new Date()).getTime())
    throw new VerifyError(
      'stale',
      `The index of release ${index.release} expired on ${index.expires}. Sign it again with \`signpost reconcile\`.`,
    )
  return { release: index.release, at: index.at, key, paths: entries.size, ...found }
}

/** Checks that the plain fields of an index are those its signature covers; the signature is another matter. */
export function verifyPlainFields({ signed, ...plain }: Index): void {
  const payload = Buffer.from(signed.split('.')[1] ?? '', 'base64url')
  const isSame = JSON.stringify(parse(IndexPayload, payload, 'the signed index')) === JSON.stringify(plain)
  if (!isSame) throw new VerifyError('forged', 'The plain fields of the index differ from what is signed.')
}

/**
 * Checks that an index is signed by a key that is trusted and among the `published` (a JSON Web Key set). Returns the
 * thumbprint of the key.
 */
export async function verifySignature(
  { signed, keys }: Index,
  published: Uint8Array,
  trusted: readonly string[] | undefined,
): Promise<string> {
  const kid = decodeProtectedHeader(signed).kid ?? 'without a name'
  if (!(trusted ?? keys).includes(kid))
    throw new VerifyError('forged', `The index is signed by the key ${kid}, which is not trusted.`)
  const set = parse(KeySet, published, paths.keys).keys as JWK[]
  const prints = await Promise.all(set.map((key) => calculateJwkThumbprint(key)))
  const key = set[prints.indexOf(kid)]
  if (!key) throw new VerifyError('forged', `The key ${kid} that signed the index is not among those published.`)
  await compactVerify(signed, await importJWK(key, 'EdDSA')).catch((cause) => {
    throw new VerifyError('forged', `The signature of the index is not of the key ${kid}.`, { cause })
  })
  return kid
}

async function readEntries(index: Index, read: ReadPath): Promise<Map<string, ManifestEntry>> {
  const { shards } = parse(Manifest, await needObject(read, index.manifest), 'the manifest')
  const entries = new Map<string, ManifestEntry>()
  for (const [name, hash] of Object.entries(shards)) {
    const shard = parse(ManifestShard, await needObject(read, hash), `shard ${name}`)
    for (const [path, entry] of Object.entries(shard)) {
      if (shardOf(path) !== name) throw new VerifyError('malformed', `\`${path}\` stands in the wrong shard, ${name}.`)
      entries.set(path, entry)
    }
  }
  return entries
}

async function verifyObjects(
  entries: Map<string, ManifestEntry>,
  read: ReadPath,
  onProgress: VerifyOptions['onProgress'],
): Promise<{ objects: number; bytes: number }> {
  const seen = new Map<string, number>()
  let done = 0
  for (const [path, entry] of entries) {
    if (!seen.has(entry.object)) seen.set(entry.object, await verifyEntry(path, entry, read))
    if (seen.get(entry.object) !== entry.bytes)
      throw new VerifyError('malformed', `\`${path}\` has another size than the manifest says.`)
    done += 1
    if (done % 100 === 0 || done === entries.size) onProgress?.(done, entries.size)
  }
  return { objects: seen.size, bytes: [...seen.values()].reduce((sum, bytes) => sum + bytes, 0) }
}

async function verifyEntry(path: string, { object, br, gzip }: ManifestEntry, read: ReadPath): Promise<number> {
  const bytes = await needObject(read, object)
  const decoders = { br: promisify(brotliDecompress), gzip: promisify(gunzip) }
  for (const [encoding, hash] of Object.entries({ br, gzip })) {
    if (!hash) continue
    const decoded = await decoders[encoding as 'br' | 'gzip'](await needObject(read, hash)).catch(() => undefined)
    if (!decoded?.equals(bytes))
      throw new VerifyError('swapped', `The ${encoding} form of \`${path}\` does not decode to its bytes.`)
  }
  return bytes.length
}

function verifyChangeLog({ release, changes }: Index, entries: Map<string, ManifestEntry>): void {
  if (changes.last !== release) throw new VerifyError('malformed', 'The change log does not end with the release.')
  for (let number = changes.first; number <= changes.last; number++)
    if (!entries.has(paths.changes(number)))
      throw new VerifyError('missing', `\`${paths.changes(number)}\` is missing.`)
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

async function need(read: ReadPath, path: string): Promise<Uint8Array> {
  const bytes = await read(path)
  if (!bytes) throw new VerifyError('missing', `\`${path}\` is missing.`)
  return bytes
}

async function needObject(read: ReadPath, hash: string): Promise<Uint8Array> {
  const bytes = await need(read, paths.object(hash))
  if (sha256(bytes) !== hash) throw await mismatch(hash, bytes, read)
  return bytes
}

/** What is wrong with bytes that are not those of an object: `swapped` if they are those of another one, else `altered`. */
export async function mismatch(hash: string, bytes: Uint8Array, read: ReadPath): Promise<VerifyError> {
  const found = sha256(bytes)
  const other = await read(paths.object(found))
  return other && sha256(other) === found
    ? new VerifyError('swapped', `The bytes at \`${paths.object(hash)}\` are those of another file, ${found}.`)
    : new VerifyError('altered', `The bytes at \`${paths.object(hash)}\` are not those its name tells.`)
}

/** Reads a release from where it was written. */
export const readStore =
  (store: Store): ReadPath =>
  async (path) => {
    if (path !== paths.index) return store.readObject(path.slice(paths.object('').length))
    const index = await store.readIndex()
    return index && new TextEncoder().encode(JSON.stringify(index))
  }

/** Reads a release over HTTP, from the address of its site. */
export const readSite =
  (address: string): ReadPath =>
  async (path) => {
    const response = await fetch(new URL(path, address), { signal: AbortSignal.timeout(30_000) })
    if (response.status === 404) return undefined
    if (!response.ok) throw new Error(`${new URL(path, address)} answers ${response.status}. Try again later.`)
    return new Uint8Array(await response.arrayBuffer())
  }

function parse<T>(schema: { parse(value: unknown): T }, bytes: Uint8Array, what: string): T {
  try {
    return schema.parse(JSON.parse(text(bytes)))
  } catch (cause) {
    throw new VerifyError('malformed', `\`${what}\` is not what the contract says.`, { cause })
  }
}
