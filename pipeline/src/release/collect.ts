import { type Index, Manifest, ManifestShard } from 'content-schemas'
import type { Store } from './store.ts'

/** Objects younger than this may belong to a release being made; milliseconds. */
const youngerThan = 3_600_000

/** How many objects were removed, and their size; `isCutShort` when more may have to go. */
export type Collected = { removed: number; bytes: number; isCutShort: boolean }

/**
 * Mark and sweep: removes objects that none of the newest `keep` releases names. Editions, stamp pages and the change
 * log are named by every release and so stay. With `keep: 1`, as after a purge, nothing old is spared for readers in
 * the middle of an earlier release. Not to be called while a release is being made; it ends where it stands when
 * `isInterrupted` says so.
 */
export async function collect(
  store: Store,
  {
    keep,
    now = Date.now(),
    isInterrupted = async () => false,
  }: { keep: number; now?: number; isInterrupted?: () => Promise<boolean> },
): Promise<Collected> {
  const swept = { removed: 0, bytes: 0, isCutShort: false }
  await store.forgetIndexes(keep)
  const named = new Set<string>()
  for (const index of await indexesOf(store)) {
    await mark(store, index, named)
    if (await isInterrupted()) return { ...swept, isCutShort: true }
  }
  for await (const { sha256, bytes, written } of store.objects()) {
    if (await isInterrupted()) return { ...swept, isCutShort: true }
    if (named.has(sha256) || (keep > 1 && now - written.getTime() < youngerThan)) continue
    await store.deleteObject(sha256)
    swept.removed += 1
    swept.bytes += bytes
  }
  return swept
}

/** Hashes of all objects that releases name: manifests, shards, files and their encodings. */
export async function objectsOf(store: Store, indexes: readonly Index[]): Promise<Set<string>> {
  const named = new Set<string>()
  for (const index of indexes) await mark(store, index, named)
  return named
}

async function indexesOf(store: Store): Promise<Index[]> {
  const standing = await store.readIndex()
  return [...(standing ? [standing] : []), ...(await store.recentIndexes())]
}

async function mark(store: Store, { manifest }: Index, named: Set<string>): Promise<void> {
  if (named.has(manifest)) return
  const { shards } = Manifest.parse(await read(store, manifest))
  named.add(manifest)
  for (const shard of Object.values(shards)) {
    if (named.has(shard)) continue
    const entries = ManifestShard.parse(await read(store, shard))
    named.add(shard)
    for (const { object, br, gzip } of Object.values(entries))
      for (const hash of [object, br, gzip]) if (hash) named.add(hash)
  }
}

async function read(store: Store, hash: string): Promise<unknown> {
  const bytes = await store.readObject(hash)
  if (!bytes)
    throw new Error(`The store lacks the object ${hash}. Run \`signpost reconcile --full\`, then collect again.`)
  return JSON.parse(new TextDecoder().decode(bytes))
}
