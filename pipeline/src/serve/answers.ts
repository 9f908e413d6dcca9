import { type Index, locales, type ManifestEntry } from 'content-schemas'
import { paths } from '../channels/addresses.ts'
import { sha256 } from '../identity.ts'
import { type Paths, readPaths } from '../release/manifest.ts'
import type { Store } from '../release/store.ts'
import { articleAt, linksIn } from './links.ts'
import type { Encoding } from './negotiate.ts'

/** Header names and values in turn, as `writeHead` takes them. */
export type Headers = string[]

/**
 * One form of a file, ready to be written; `whole` are its headers with the length. `joined` is a short body as a latin1
 * string: Node writes that in one call together with the headers, which a Buffer takes two for.
 */
export type Form = { tag: string; headers: Headers; whole: Headers; body: Buffer; joined: string | undefined }

/** What is answered at a path: forms by encoding; `identity` is always there. */
export type Answer = {
  status: number
  modified: number
  /** Whether parts of it may be asked for. */
  hasRanges: boolean
  forms: { identity: Form } & Partial<Record<Encoding, Form>>
  /** What it was made from; equal entries give equal answers. */
  entry: ManifestEntry | undefined
  /** The JSON its `Link` header was made from. */
  linked: string | undefined
}

/** A release in memory: its paths, and the answers given so far. */
export type Snapshot = {
  index: Index
  paths: Paths
  /** What is answered at a path; undefined if there is nothing. */
  answerAt(path: string): Answer | undefined | Promise<Answer | undefined>
}

/** Bytes of answers kept in memory. */
const mostBytes = 128 * 1024 * 1024
/** Longest body that is worth a second copy as a string, bytes. */
const mostJoined = 16_384
const year = 31_536_000

/** Reads the release an index names. What did not change since an earlier snapshot is taken from it. */
export async function readSnapshot(store: Store, index: Index, before?: Snapshot & { kept: Kept }) {
  const paths_ = await readPaths(store, index, before?.paths)
  const kept = new Kept()
  if (before)
    for (const [path, answer] of before.kept.answers) if (isCurrent(answer, path, paths_)) kept.add(path, answer)
  const indexAnswer = answerOfIndex(index)

  const make = async (path: string): Promise<Answer | undefined> => {
    const entry = paths_.get(path)
    const answer = entry
      ? await answerOf(store, path, entry, articleAt(path, paths_.get))
      : await answerOfObject(store, path)
    if (answer) kept.add(path, answer)
    return answer
  }
  return {
    index,
    paths: paths_,
    kept,
    answerAt: (path: string) => (path === paths.index ? indexAnswer : (kept.answers.get(path) ?? make(path))),
  }
}

const isCurrent = ({ entry, linked }: Answer, path: string, paths_: Paths): boolean =>
  entry !== undefined && sameEntry(entry, paths_.get(path)) && linked === articleAt(path, paths_.get)?.object

const sameEntry = (a: ManifestEntry, b: ManifestEntry | undefined): boolean =>
  b !== undefined && a.object === b.object && a.br === b.br && a.status === b.status && a.location === b.location

/** Answers in memory, the oldest dropped first when they are too many. */
class Kept {
  readonly answers = new Map<string, Answer>()
  private bytes = 0

  add(path: string, answer: Answer): void {
    this.answers.set(path, answer)
    this.bytes += sizeOf(answer)
    for (const [oldest, other] of this.answers) {
      if (this.bytes <= mostBytes) return
      this.answers.delete(oldest)
      this.bytes -= sizeOf(other)
    }
  }
}

const sizeOf = ({ forms }: Answer): number =>
  Object.values(forms).reduce((sum, { body, joined = '' }) => sum + body.length + joined.length, 1000)

async function answerOf(
  store: Store,
  path: string,
  entry: ManifestEntry,
  article: ManifestEntry | undefined,
): Promise<Answer | undefined> {
  const { object, br, gzip, status, type, location } = entry
  const hashes = [object, article?.object, br, gzip]
  const [identity, json, ...encoded] = await Promise.all(hashes.map((hash) => hash && store.readObject(hash)))
  if (!identity) throw new Error(`The object ${object} of \`${path}\` is missing. Run \`signpost verify\`.`)
  const hasRanges = status === 200 && !br && !gzip
  const links = status === 200 && json ? linksIn(json) : undefined
  const common = [
    ...headersOf(path, type, status),
    ...(hasRanges ? ['Accept-Ranges', 'bytes'] : []),
    ...(location === undefined ? [] : ['Location', location]),
    ...(links === undefined ? [] : ['Link', links]),
    'Last-Modified',
    new Date(entry.modified).toUTCString(),
    ...(br || gzip ? ['Vary', 'Accept-Encoding'] : []),
  ]
  const forms: Answer['forms'] = { identity: formOf(object, identity, common) }
  for (const [index, name] of (['br', 'gzip'] as const).entries()) {
    const bytes = encoded[index]
    if (bytes) forms[name] = formOf(`${object}-${name}`, bytes, [...common, 'Content-Encoding', name])
  }
  return { status, modified: Date.parse(entry.modified), hasRanges, forms, entry, linked: article?.object }
}

/** Any object of the store by its hash, such as the shards of the manifest. */
async function answerOfObject(store: Store, path: string): Promise<Answer | undefined> {
  const hash = /^\/v1\/objects\/([0-9a-f]{64})$/.exec(path)?.[1]
  const bytes = hash && (await store.readObject(hash))
  if (!bytes) return undefined
  const form = formOf(hash, bytes, headersOf(path, 'application/octet-stream', 200))
  return { status: 200, modified: 0, hasRanges: false, forms: { identity: form }, entry: undefined, linked: undefined }
}

function answerOfIndex(index: Index): Answer {
  const body = Buffer.from(`${JSON.stringify(index)}\n`)
  const headers = headersOf(paths.index, 'application/json; charset=utf-8', 200)
  const modified = Date.parse(index.at)
  headers.push('Last-Modified', new Date(modified).toUTCString())
  return {
    status: 200,
    modified,
    hasRanges: false,
    forms: { identity: formOf(sha256(body), body, headers) },
    entry: undefined,
    linked: undefined,
  }
}

function formOf(name: string, bytes: Uint8Array, headers: Headers): Form {
  const tag = `"${name}"`
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const own = [...headers, 'ETag', tag]
  const joined = body.length <= mostJoined ? body.toString('latin1') : undefined
  return { tag, headers: own, whole: [...own, 'Content-Length', String(body.length)], body, joined }
}

/** Headers every answer at a path has, whatever its form. */
export function headersOf(path: string, type: string, status: number): Headers {
  return [
    'Content-Type',
    type,
    'Cache-Control',
    cacheControlOf(path, status),
    'X-Content-Type-Options',
    'nosniff',
    'Referrer-Policy',
    'no-referrer',
    'Content-Security-Policy',
    policyOf(path, type),
    ...(isForMachines(path) ? shared : ['Cross-Origin-Resource-Policy', 'same-origin']),
  ]
}

/** Addresses for programs: other sites may read them. */
export const isForMachines = (path: string): boolean => path.startsWith('/v1/') || path.startsWith('/.well-known/')
const shared = [
  'Access-Control-Allow-Origin',
  '*',
  'Access-Control-Expose-Headers',
  'ETag, Last-Modified, Link, Accept-Ranges, Content-Range, Content-Length',
  'Cross-Origin-Resource-Policy',
  'cross-origin',
]

function cacheControlOf(path: string, status: number): string {
  if (status === 200 && /^\/v1\/(objects|editions)\//.test(path)) return `public, max-age=${year}, immutable`
  if (status === 404) return 'public, max-age=10'
  return path === paths.index
    ? 'public, max-age=5, stale-while-revalidate=30'
    : 'public, max-age=30, stale-while-revalidate=300'
}

/**
 * Pages load nothing from elsewhere, scripts included. Mails under /v1/ style their elements one by one, as mail
 * programs want it, and are shown without any rights.
 */
function policyOf(path: string, type: string): string {
  if (!type.startsWith('text/html')) return "default-src 'none'; frame-ancestors 'none'"
  return path.startsWith('/v1/')
    ? "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; sandbox"
    : "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

/** The language a path is in, from its first part. */
export const localeOf = (path: string) =>
  locales.find((locale) => path === `/${locale}` || path.startsWith(`/${locale}/`))
