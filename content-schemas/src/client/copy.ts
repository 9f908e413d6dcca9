import type { Index, Manifest, ManifestEntry, ManifestShard } from '../release.ts'
import { type KeySet, parse, type Release, ReleaseError, StaleError, sha256, verifyIndex } from './verify.ts'

type Bytes = Uint8Array<ArrayBuffer>

/**
 * Where a consumer keeps its copy of a release: bytes by public path, the signed index and its manifest among them, so
 * that the copy can be verified without the site. The index is put last: what stands there is whole.
 */
export type Copy = {
  read(path: string): Promise<Bytes | undefined>
  /** `entry` is what the release says of the file; the index, the keys and the manifest have none. */
  put(path: string, bytes: Bytes, entry?: ManifestEntry): Promise<void>
  remove(path: string): Promise<void>
  /** All paths there are; asked only for the first sync and after one that was interrupted. */
  paths(): Promise<Iterable<string>>
}

export const indexPath = '/v1/index.json'
export const keysPath = '/.well-known/jwks.json'
export const objectPath = (hash: string): string => `/v1/objects/${hash}`
/** Stands in a copy while it is being changed. */
const syncingPath = '/.syncing'

/** Shards worked on at a time. */
const together = 8

/** The index of the release a copy holds; undefined for an empty one. */
export async function indexOf(copy: Copy): Promise<Index | undefined> {
  const bytes = await copy.read(indexPath)
  return bytes && (parse(bytes) as Index)
}

type Source = {
  index: Index
  /** The index and the keys as they are published, the index last. */
  files: Map<string, Bytes>
  /** An object of the release, its hash verified. */
  object(hash: string): Promise<Bytes>
}

/** Brings a copy to a release: compares the shards of the manifests, and fetches what differs. */
export async function bringUpToDate(copy: Copy, before: Index | undefined, source: Source): Promise<void> {
  const isWhole = before !== undefined && !(await copy.read(syncingPath))
  if (isWhole && before.signed === source.index.signed) return
  await copy.put(syncingPath, new Uint8Array())
  if (!isWhole || before.manifest !== source.index.manifest)
    await (isWhole ? applyDifference(copy, before, source) : compareWhole(copy, source))
  for (const [path, bytes] of source.files) await copy.put(path, bytes)
  await copy.remove(syncingPath)
}

async function applyDifference(copy: Copy, before: Index, source: Source): Promise<void> {
  const [old, next] = [await manifestFrom(copy, before.manifest), await manifestOf(source)]
  const names = new Set([...Object.keys(old), ...Object.keys(next)])
  const stale = [objectPath(before.manifest)]
  await inTurns([...names], async (name) => {
    if (old[name] === next[name]) return
    const known = old[name] ? await shardFrom(copy, old[name]) : {}
    const wanted = next[name] ? await putShard(copy, source, next[name]) : {}
    const differing = Object.entries(wanted).filter(([path, { object }]) => known[path]?.object !== object)
    await putAll(copy, source, differing)
    stale.push(...Object.keys(known).filter((path) => !(path in wanted)))
    if (old[name]) stale.push(objectPath(old[name]))
  })
  await copy.put(objectPath(source.index.manifest), await source.object(source.index.manifest))
  for (const path of stale) await copy.remove(path)
}

/** For a copy of which nothing is known: every file is compared by its hash. */
async function compareWhole(copy: Copy, source: Source): Promise<void> {
  const shards = Object.values(await manifestOf(source))
  const present = new Set([syncingPath, indexPath, keysPath, ...[source.index.manifest, ...shards].map(objectPath)])
  await copy.put(objectPath(source.index.manifest), await source.object(source.index.manifest))
  await inTurns(shards, async (hash) => {
    const wanted = Object.entries(await putShard(copy, source, hash))
    for (const [path] of wanted) present.add(path)
    await putAll(copy, source, wanted)
  })
  for (const path of [...(await copy.paths())]) if (!present.has(path)) await copy.remove(path)
}

async function putAll(copy: Copy, { object }: Source, entries: [string, ManifestEntry][]): Promise<void> {
  for (const [path, entry] of entries) {
    const known = await copy.read(path)
    if (!known || (await sha256(known)) !== entry.object) await copy.put(path, await object(entry.object), entry)
  }
}

async function inTurns<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let start = 0; start < items.length; start += together)
    await Promise.all(items.slice(start, start + together).map(work))
}

const manifestOf = async ({ object, index }: Source): Promise<Manifest['shards']> =>
  (parse(await object(index.manifest)) as Manifest).shards

async function putShard(copy: Copy, { object }: Source, hash: string): Promise<ManifestShard> {
  const bytes = await object(hash)
  await copy.put(objectPath(hash), bytes)
  return parse(bytes) as ManifestShard
}

/** A file of a copy, which has to have the hash given; `isOther` tells whether another file of the release has a hash. */
async function verified(
  copy: Copy,
  path: string,
  hash: string,
  isOther: (hash: string) => Promise<boolean> = async () => false,
): Promise<Bytes> {
  const bytes = await copy.read(path)
  if (!bytes) throw new ReleaseError('missing', `${path} is missing in the copy.`)
  const found = await sha256(bytes)
  if (found === hash) return bytes
  if (await isOther(found)) throw new ReleaseError('swapped', `At ${path} in the copy is another file of the release.`)
  throw new ReleaseError('altered', `The bytes at ${path} in the copy are not those of the release.`)
}
const manifestFrom = async (copy: Copy, hash: string): Promise<Manifest['shards']> =>
  (parse(await verified(copy, objectPath(hash), hash)) as Manifest).shards
const shardFrom = async (copy: Copy, hash: string): Promise<ManifestShard> =>
  parse(await verified(copy, objectPath(hash), hash)) as ManifestShard

export type VerifyOptions = { keys: readonly string[]; now?: () => Date }

/**
 * Checks every file of a copy against its signed index, without the site. Throws a ReleaseError; a StaleError once all
 * else is in order.
 */
export async function verifyCopy(copy: Copy, { keys, now = () => new Date() }: VerifyOptions): Promise<Release> {
  const [index, published] = [await indexOf(copy), await copy.read(keysPath)]
  if (!index || !published) throw new ReleaseError('missing', 'The copy is empty. Sync it first.')
  await verifyIndex(index, keys, parse(published) as KeySet)
  const shards = Object.values(await manifestFrom(copy, index.manifest))
  const isOther = async (found: string) => {
    for (const hash of shards)
      if (Object.values(await shardFrom(copy, hash)).some(({ object }) => object === found)) return true
    return false
  }
  await inTurns(shards, async (hash) => {
    for (const [path, { object }] of Object.entries(await shardFrom(copy, hash)))
      await verified(copy, path, object, isOther)
  })
  const release: Release = { index, keys: index.keys }
  if (Date.parse(index.expires) < now().getTime()) throw new StaleError(release)
  return release
}

/** A copy in memory. */
export function memoryCopy(): Copy & { files: Map<string, Bytes> } {
  const files = new Map<string, Bytes>()
  return {
    files,
    read: async (path) => files.get(path),
    put: async (path, bytes) => void files.set(path, bytes),
    remove: async (path) => void files.delete(path),
    paths: async () => files.keys(),
  }
}
