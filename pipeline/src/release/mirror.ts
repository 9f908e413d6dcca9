import { Changes, type Index, Manifest, type ManifestEntry, ManifestShard } from 'content-schemas'
import { paths } from '../channels/addresses.ts'
import { sha256 } from '../identity.ts'
import { collect } from './collect.ts'
import { shardOf } from './manifest.ts'
import { keptReleases } from './reconciler.ts'
import type { Store } from './store.ts'
import { mismatch, readStore, VerifyError, verifyPlainFields, verifySignature } from './verify.ts'

export type MirrorOptions = {
  /** The store releases are made in. */
  from: Store
  /** The copy, which readers are served from. */
  to: Store
  /** Thumbprints of the keys that are trusted; the keys a verified release announces are too. */
  keys: readonly string[]
  /** How often to look for a new release, milliseconds; default 1000. */
  interval?: number
  /** A release that was refused, or could not be fetched; the copy stays as it is. */
  onError?: (error: unknown) => void
}

export type Mirror = {
  /** What is wrong, as sentences: none while the copy follows. */
  complaints(): string[]
  stop(): Promise<void>
}

/** Objects fetched at once. */
const mostFetches = 16
/** After this many releases copied, what no kept release names is removed. */
const collectEvery = 50

/**
 * Brings a copy to the release that stands, at the cost of what changed. Nothing is taken on trust: the signature, the
 * number, which must not fall, and the hash of every object are checked before the copy's index is swapped. Returns the
 * number of releases the copy went on by; 0 if there was nothing new. Throws a VerifyError.
 */
export async function pull({ from, to, keys }: Pick<MirrorOptions, 'from' | 'to' | 'keys'>): Promise<number> {
  const [next, before] = await Promise.all([from.readIndex(), to.readIndex()])
  if (!next || next.signed === before?.signed) return 0
  const seen = before?.release ?? 0
  if (next.release <= seen)
    throw new VerifyError('rolled-back', `Release ${next.release} stands where release ${seen} was seen before.`)
  verifyPlainFields(next)
  const fetch = fetcher(from, to)
  const news = await newEntries(next, before, to, fetch)
  await verifySignature(next, await fetch(news.keys), [...keys, ...(before?.keys ?? [])])
  const wanted = news.entries.flatMap(({ object, br, gzip }) => [object, br, gzip].filter((hash) => hash !== undefined))
  await inParallel([...new Set(wanted)], fetch)
  await to.sync()
  if (!(await to.swapIndex(next, seen))) return 0
  if (await hasPurge(seen, next, news.entryAt, fetch)) await collect(to, { keep: 1 })
  return next.release - seen
}

/** Follows a store until it is stopped. */
export function startMirror({ interval = 1000, onError = () => {}, ...options }: MirrorOptions): Mirror {
  let complaint: string | undefined
  let copied = 0
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let wake = () => {}

  const step = async () => {
    try {
      copied += (await pull(options)) > 0 ? 1 : 0
      if (copied >= collectEvery) {
        await collect(options.to, { keep: keptReleases })
        copied = 0
      }
      complaint = undefined
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      if (complaint !== reason) onError(error)
      complaint = reason
    }
  }
  const run = async () => {
    while (!isStopping) {
      await step()
      await new Promise<void>((resolve) => {
        wake = resolve
        timer = setTimeout(resolve, isStopping ? 0 : interval)
      })
    }
  }
  const running = run()
  return {
    complaints: () => (complaint === undefined ? [] : [`The copy of the release does not follow: ${complaint}`]),
    async stop() {
      isStopping = true
      clearTimeout(timer)
      wake()
      await running
    },
  }
}

type Fetch = (hash: string) => Promise<Uint8Array>

/** Reads an object, from the copy where it is there; else it is fetched, checked and kept. */
const fetcher =
  (from: Store, to: Store): Fetch =>
  async (hash) => {
    const kept = await to.readObject(hash)
    if (kept && sha256(kept) === hash) return kept
    const bytes = await from.readObject(hash)
    if (!bytes) throw new VerifyError('missing', `\`${paths.object(hash)}\` is missing.`)
    if (sha256(bytes) !== hash) throw await mismatch(hash, bytes, readStore(from))
    if (kept) await to.deleteObject(hash)
    await to.putObject(bytes)
    return bytes
  }

/** The entries of shards the copy does not have; those it has, it has with all they name. */
async function newEntries(next: Index, before: Index | undefined, to: Store, fetch: Fetch) {
  const known = before && Manifest.parse(json(await fetchKept(to, before.manifest)))
  const { shards } = Manifest.parse(json(await fetch(next.manifest)))
  const changed = Object.entries(shards).filter(([name, hash]) => known?.shards[name] !== hash)
  const entries = new Map<string, ManifestEntry>()
  await inParallel(changed, async ([, hash]) => {
    for (const [path, entry] of Object.entries(ManifestShard.parse(json(await fetch(hash))))) entries.set(path, entry)
  })
  const entryAt = async (path: string): Promise<ManifestEntry | undefined> => {
    const shard = shards[shardOf(path)]
    return entries.get(path) ?? (shard === undefined ? undefined : ManifestShard.parse(json(await fetch(shard)))[path])
  }
  const keys = await entryAt(paths.keys)
  if (!keys) throw new VerifyError('missing', `\`${paths.keys}\` is missing.`)
  return { entries: [...entries.values()], entryAt, keys: keys.object }
}

async function fetchKept(store: Store, hash: string): Promise<Uint8Array> {
  const bytes = await store.readObject(hash)
  return bytes ?? new TextEncoder().encode('{"shards":{}}')
}

/** Whether something was purged since a release: its bytes must go from the copy, too. */
async function hasPurge(
  seen: number,
  { release, changes }: Index,
  entryAt: (path: string) => Promise<ManifestEntry | undefined>,
  fetch: Fetch,
): Promise<boolean> {
  for (let number = Math.max(seen + 1, changes.first); number <= release; number++) {
    const entry = await entryAt(paths.changes(number))
    if (entry && Changes.parse(json(await fetch(entry.object))).changes.some(({ act }) => act === 'purge')) return true
  }
  return false
}

const json = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes))

async function inParallel<T>(items: T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = [...items]
  const worker = async () => {
    for (let item = queue.pop(); item !== undefined; item = queue.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: mostFetches }, worker))
}
