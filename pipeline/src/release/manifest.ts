import { type Index, Manifest, type ManifestEntry, ManifestShard } from 'content-schemas'
import { sha256 } from '../identity.ts'
import type { Store } from './store.ts'

/** The paths of a release, in shards as the store keeps them. */
export type Paths = {
  readonly shards: ReadonlyMap<string, Shard>
  get(path: string): ManifestEntry | undefined
  entries(): IterableIterator<[string, ManifestEntry]>
  /**
   * Writes the manifest these paths make with some set and some removed (undefined); only shards with a change are written.
   * Returns its hash and the new paths; these stay as they are, so that a release that fails leaves no trace.
   */
  write(store: Store, changed: Map<string, ManifestEntry | undefined>): Promise<{ manifest: string; paths: Paths }>
}

/** Entries are kept as their JSON, sorted by path: a change then writes a shard without making that of all others again. */
type Shard = { hash: string; entries: Map<string, string> }

/** The shard of a path: the first two hexadecimal digits of its SHA-256. */
export const shardOf = (path: string): string => sha256(path).slice(0, 2)

/** The paths an index names; none without an index. Shards that `known` paths share with them are not read again. */
export async function readPaths(store: Store, index: Index | undefined, known?: Paths): Promise<Paths> {
  if (!index) return pathsOf(new Map())
  const { shards } = Manifest.parse(await readJson(store, index.manifest))
  const read = async ([name, hash]: [string, string]): Promise<[string, Shard]> => {
    const before = known?.shards.get(name)
    return [name, before?.hash === hash ? before : { hash, entries: await readShard(store, hash) }]
  }
  return pathsOf(new Map(await Promise.all(Object.entries(shards).map(read))))
}

const readShard = async (store: Store, hash: string): Promise<Shard['entries']> =>
  new Map(
    Object.entries(ManifestShard.parse(await readJson(store, hash))).map(([path, entry]) => [
      path,
      JSON.stringify(entry),
    ]),
  )

function pathsOf(shards: Map<string, Shard>): Paths {
  return {
    shards,
    get(path) {
      const entry = shards.get(shardOf(path))?.entries.get(path)
      return entry === undefined ? undefined : entryOf(entry)
    },
    *entries() {
      for (const { entries } of shards.values()) for (const [path, entry] of entries) yield [path, entryOf(entry)]
    },
    async write(store, changed) {
      const next = new Map(shards)
      for (const [name, changes] of groupByShard(changed)) {
        const entries = merge(shards.get(name)?.entries, changes)
        if (entries.size === 0) next.delete(name)
        else next.set(name, { hash: await put(store, textOf(entries)), entries })
      }
      const hashes = [...next].map(([name, shard]): [string, string] => [name, shard.hash])
      const manifest: Manifest = { shards: Object.fromEntries(hashes.sort(byName)) }
      return { manifest: await put(store, JSON.stringify(manifest)), paths: pathsOf(next) }
    },
  }
}

function groupByShard<T>(changed: Map<string, T>): Map<string, Map<string, T>> {
  const groups = new Map<string, Map<string, T>>()
  for (const [path, value] of changed) {
    const name = shardOf(path)
    const group = groups.get(name)
    if (group) group.set(path, value)
    else groups.set(name, new Map([[path, value]]))
  }
  return groups
}

/** Sorted by path, so that the same paths make the same bytes however they came about. */
function merge(
  entries: Shard['entries'] | undefined,
  changes: Map<string, ManifestEntry | undefined>,
): Shard['entries'] {
  const merged = new Map(entries)
  let isSorted = true
  for (const [path, entry] of changes) {
    if (entry) isSorted &&= merged.has(path)
    if (entry) merged.set(path, JSON.stringify(entry))
    else merged.delete(path)
  }
  return isSorted ? merged : new Map([...merged].sort(byName))
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : a > b ? 1 : 0)

const entryOf = (json: string): ManifestEntry => JSON.parse(json) as ManifestEntry
const textOf = (entries: Shard['entries']): string =>
  `{${[...entries].map(([path, entry]) => `${JSON.stringify(path)}:${entry}`).join()}}`

const put = (store: Store, json: string): Promise<string> => store.putObject(new TextEncoder().encode(json))

async function readJson(store: Store, hash: string): Promise<unknown> {
  const bytes = await store.readObject(hash)
  if (!bytes)
    throw new Error(`The store lacks the object ${hash}. Run \`signpost reconcile --full\` to write it again.`)
  return JSON.parse(new TextDecoder().decode(bytes))
}
