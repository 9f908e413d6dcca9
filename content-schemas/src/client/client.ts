import type { ArticleJson, TombstoneJson } from '../article.ts'
import type { Locale } from '../common.ts'
import type { Feed } from '../feed.ts'
import type { Index, Manifest, ManifestEntry, ManifestShard } from '../release.ts'
import { bringUpToDate, type Copy, indexOf, indexPath, keysPath, objectPath } from './copy.ts'
import { type KeySet, parse, type Release, ReleaseError, StaleError, sha256, verifyIndex } from './verify.ts'

export type ClientOptions = {
  /** Address of the site, such as `https://guides.example.org`. */
  site: string
  /** Thumbprints (RFC 7638) of the keys you trust; the publisher tells you them. Keep those of `Release.keys` after. */
  keys: readonly string[]
  /** The newest release you have seen; an older one is refused. */
  seen?: number
  fetch?: typeof fetch
  now?: () => Date
}

export type Client = {
  /**
   * The release that stands now, verified. Throws a ReleaseError; a StaleError holds the release, which is verified all
   * the same.
   */
  release(): Promise<Release>
  /** A file of the release, its hash verified, from where it moved to if it did; undefined if there is none. */
  file(release: Release, path: string): Promise<VerifiedFile | undefined>
  /** An article, or what stands in its place; undefined if there never was one. Not verified: use `file` for that. */
  article(locale: Locale, slug: string): Promise<ArticleJson | TombstoneJson | undefined>
  /** All items of a feed, newest first, page by page. Not verified. */
  items(locale: Locale): AsyncIterable<Feed['items'][number]>
  /**
   * Brings a copy to the release that stands now. Verified; what is transferred follows what changed. Once a copy holds a
   * release, the keys that one announced are trusted, and an older release is refused.
   */
  sync(copy: Copy): Promise<Release>
}

/** A file as the release holds it. `path` is where it stands now. */
export type VerifiedFile = { path: string; entry: ManifestEntry; bytes: Uint8Array<ArrayBuffer> }

/** How often a file may have moved. */
const mostMoves = 5

/** A client of the published files. Uses fetch and WebCrypto only: for browsers, Node and workers. */
export function createClient(options: ClientOptions): Client {
  const { site, now = () => new Date() } = options
  const get = options.fetch ?? fetch
  let seen = options.seen ?? 0
  let trusted = options.keys

  const read = async (path: string): Promise<Uint8Array<ArrayBuffer> | undefined> => {
    const response = await get(new URL(path, site)).catch((cause: unknown) => {
      throw new ReleaseError('unavailable', `${path} cannot be reached at ${site}. Try again later.`, { cause })
    })
    if (response.status === 404) return undefined
    if (!response.ok && response.status !== 410)
      throw new ReleaseError('unavailable', `${path} answers ${response.status}. Try again later.`)
    return new Uint8Array(await response.arrayBuffer())
  }
  const need = async (path: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await read(path)
    if (!bytes) throw new ReleaseError('missing', `${path} is missing.`)
    return bytes
  }
  const object = async (hash: string): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await need(objectPath(hash))
    const found = await sha256(bytes)
    if (found === hash) return bytes
    // It is refused in any case: whether the site has such a file only says why.
    if (await read(objectPath(found)).catch(() => undefined))
      throw new ReleaseError('swapped', `The bytes at ${objectPath(hash)} are those of another file, ${found}.`)
    throw new ReleaseError('altered', `The bytes at ${objectPath(hash)} are not those its name tells.`)
  }

  /** The signed index and the keys of the site, as they are published; taken only if they are in order. */
  const current = async () => {
    const [bytes, keys] = [await need(indexPath), await need(keysPath)]
    const index = parse(bytes) as Index
    await verifyIndex(index, trusted, parse(keys) as KeySet)
    if (index.release < seen)
      throw new ReleaseError('rolled-back', `Release ${index.release} stands where release ${seen} was seen before.`)
    const release: Release = { index, keys: index.keys }
    seen = index.release
    trusted = index.keys
    if (Date.parse(index.expires) < now().getTime()) throw new StaleError(release)
    return { release, files: new Map([[keysPath, keys] as const, [indexPath, bytes] as const]) }
  }

  return {
    release: async () => (await current()).release,
    async file({ index }, path) {
      const { shards } = parse(await object(index.manifest)) as Manifest
      const entryAt = async (path: string): Promise<ManifestEntry | undefined> => {
        const shard = shards[(await sha256(new TextEncoder().encode(path))).slice(0, 2)]
        return shard === undefined ? undefined : (parse(await object(shard)) as ManifestShard)[path]
      }
      let at = path
      let entry = await entryAt(at)
      for (let moves = 0; entry?.location !== undefined && moves < mostMoves; moves++) {
        at = new URL(entry.location, site).pathname
        entry = await entryAt(at)
      }
      return entry && { path: at, entry, bytes: await object(entry.object) }
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
      const before = await indexOf(copy)
      if (before) {
        trusted = before.keys
        seen = Math.max(seen, before.release)
      }
      const { release, files } = await current()
      await bringUpToDate(copy, before, { index: release.index, files, object })
      return release
    },
  }
}
