import type { ArticleJson, TombstoneJson } from '../article.ts'
import type { Locale } from '../common.ts'
import type { Feed } from '../feed.ts'
import type { Changes, Index, Manifest, ManifestEntry, ManifestShard } from '../release.ts'
import { parse, ReleaseError, sha256, verifyIndex } from './verify.ts'

export type ClientOptions = {
  /** Address of the site, such as `https://guides.example.org`. */
  site: string
  /** Thumbprints (RFC 7638) of the keys you trust; the publisher tells you them. */
  keys: readonly string[]
  /** The newest release you have seen; an older one is refused. */
  seen?: number
  fetch?: typeof fetch
  now?: () => Date
}

/** A release whose signature, number and age are in order. */
export type Release = {
  index: Index
  /** Keys to trust from now on: a new one is announced by the old one before it signs. */
  keys: string[]
}

/** Where a consumer keeps its copy of a release. */
export type Copy = {
  /** Release the copy is of; 0 for an empty one. */
  release(): Promise<number>
  /** Paths in the copy, with the hashes of their bytes; asked only when it has to be compared as a whole. */
  paths(): Promise<Map<string, string>>
  put(path: string, entry: ManifestEntry, bytes: Uint8Array): Promise<void>
  remove(path: string): Promise<void>
  /** Everything of the release has arrived. */
  complete(release: number): Promise<void>
}

export type Client = {
  /** The release that stands now, verified. Throws a ReleaseError. */
  release(): Promise<Release>
  /** A file of the release, its hash verified; undefined if there is none. */
  file(release: Release, path: string): Promise<{ entry: ManifestEntry; bytes: Uint8Array } | undefined>
  /** An article, or what stands in its place; undefined if there never was one. Not verified: use `file` for that. */
  article(locale: Locale, slug: string): Promise<ArticleJson | TombstoneJson | undefined>
  /** All items of a feed, newest first, page by page. */
  items(locale: Locale): AsyncIterable<Feed['items'][number]>
  /** Brings a copy to the release that stands now: by the change log where it reaches back, else as a whole. Verified. */
  sync(copy: Copy): Promise<Release>
}

type ManifestView = { entry(path: string): Promise<ManifestEntry | undefined>; paths(): Promise<string[]> }

/** A client of the published files. Uses fetch and WebCrypto only: for browsers, Node and workers. */
export function createClient(options: ClientOptions): Client {
  const { site, now = () => new Date() } = options
  const get = options.fetch ?? fetch
  let seen = options.seen ?? 0
  let trusted = options.keys

  const read = async (path: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const response = await get(new URL(path, site))
    if (response.status === 404) return undefined
    if (!response.ok && response.status !== 410) throw new Error(`${path} answers ${response.status}. Try again later.`)
    return new Uint8Array(await response.arrayBuffer())
  }
  const need = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await read(path)
    if (!bytes) throw new ReleaseError('missing', `${path} is missing.`)
    return bytes
  }
  const object = async (hash: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await need(`/v1/objects/${hash}`)
    if ((await sha256(bytes)) === hash) return bytes
    throw new ReleaseError('swapped', `The bytes at /v1/objects/${hash} are not those its name tells.`)
  }
  const json = async <T>(hash: string): Promise<T> => parse(await object(hash)) as T

  const release = async (): Promise<Release> => {
    const index = parse(await need('/v1/index.json')) as Index
    await verifyIndex(index, trusted, parse(await need('/.well-known/jwks.json')) as never)
    if (index.release < seen)
      throw new ReleaseError('rolled-back', `Release ${index.release} stands where release ${seen} was seen before.`)
    if (Date.parse(index.expires) < now().getTime())
      throw new ReleaseError('stale', `Release ${index.release} expired on ${index.expires}.`)
    seen = index.release
    trusted = index.keys
    return { index, keys: index.keys }
  }

  /** The manifest of a release; each shard is fetched when it is first needed. */
  const manifestOf = async ({ index }: Release) => {
    const { shards } = await json<Manifest>(index.manifest)
    const fetched = new Map<string, Promise<ManifestShard>>()
    const shardNamed = async (name: string): Promise<ManifestShard> => {
      const hash = shards[name]
      if (hash === undefined) return {}
      const shard = fetched.get(name) ?? json<ManifestShard>(hash)
      fetched.set(name, shard)
      return shard
    }
    return {
      entry: async (path: string): Promise<ManifestEntry | undefined> =>
        (await shardNamed((await sha256(new TextEncoder().encode(path))).slice(0, 2)))[path],
      paths: async (): Promise<string[]> =>
        (await Promise.all(Object.keys(shards).map(shardNamed))).flatMap(Object.keys),
    }
  }

  /** Paths that the releases after one changed; undefined if the log does not reach back to it. */
  const changedSince = async (
    from: number,
    { index }: Release,
    manifest: ManifestView,
  ): Promise<Set<string> | undefined> => {
    const { first, last } = index.changes
    if (from === 0 || from < first - 1) return undefined
    const paths = new Set<string>()
    for (let number = from + 1; number <= last; number++) {
      const path = `/v1/changes/${number}.json`
      const entry = await manifest.entry(path)
      if (!entry) return undefined
      const log = await json<Changes>(entry.object)
      for (const changed of [...Object.keys(log.paths.set), ...log.paths.removed, path]) paths.add(changed)
    }
    return paths
  }

  return {
    release,
    async file(current, path) {
      const entry = await (await manifestOf(current)).entry(path)
      return entry && { entry, bytes: await object(entry.object) }
    },
    async article(locale, slug) {
      const bytes = await read(`/v1/${locale}/articles/${encodeURIComponent(slug)}.json`)
      return bytes && (parse(bytes) as ArticleJson | TombstoneJson)
    },
    async *items(locale) {
      for (let path: string | undefined = `/v1/${locale}/feed.json`; path; ) {
        const page = parse(await need(path)) as Feed
        yield* page.items
        // The feed names the site's public address; what is asked is the site this client was given.
        path = page.next_url && new URL(page.next_url).pathname
      }
    },
    async sync(copy) {
      const current = await release()
      const from = await copy.release()
      if (from === current.index.release) return current
      const manifest = await manifestOf(current)
      const changed = await changedSince(from, current, manifest)
      const known = changed ? new Map<string, string>() : await copy.paths()
      for (const path of changed ?? new Set([...(await manifest.paths()), ...known.keys()])) {
        const entry = await manifest.entry(path)
        if (!entry) await copy.remove(path)
        else if (known.get(path) !== entry.object) await copy.put(path, entry, await object(entry.object))
      }
      await copy.complete(current.index.release)
      return current
    },
  }
}
