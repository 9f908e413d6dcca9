import type {
  Edition,
  EditionSummary,
  Locale,
  OutlineEntry,
  Records,
  ReviewState,
  ShownResource,
  Site,
} from 'content-schemas'
import type { Published } from '../source.ts'
import type { ResolvedRoot } from '../tree.ts'

/** What a file is, within its channel: a stable word such as `json`, `text`, `page`, `a4.standard`. */
export type Output = {
  /** Name of the output inside its channel. */
  name: string
  /** Public path, from the root of the site, such as `/v1/en/articles/getting-help.json`. */
  path: string
  /** 1: in the release at once; 2: right after it, for what takes long (PDFs). */
  pass: 1 | 2
  /** Whether the tree is needed: tombstones and stamp pages have none. */
  tree: boolean
}

/** A file ready to be put into a release. */
export type RenderedFile = {
  path: string
  /** Media type with charset where it is text. */
  type: string
  body: string | Uint8Array
  status?: 200 | 301 | 404 | 410
  /** With status 301. */
  location?: string
}

export const bytesOf = (body: RenderedFile['body']): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body

/** What lists and links know of a published document: one row each, in one language. */
export type Row = {
  uid: string
  locale: Locale
  kind: 'article' | 'issue'
  slug: string
  title: string
  summary: string
  /** uids */
  topics: string[]
  audiences: string[]
  stamp: string
  number: number
  /** When edition 1 and when the live edition appeared; RFC 3339. */
  firstPublishedAt: string
  publishedAt: string
  changeNote: string
  review: ReviewState
  /** When it last changed in substance, and the `contentHash` of what it said before; absent if it never did. */
  majorChange?: { at: string; before: readonly string[] }
  /** Set for a document that is no longer published: it is in no list, and links do not lead to it. */
  tombstone: boolean
  sample: boolean
  /** What channels keep for their lists, by channel name; JSON. */
  listing: Record<string, unknown>
}

/** The records of a document as a day has them. */
export type ShownRecords = Omit<Records, 'resources'> & { resources: Record<string, ShownResource> }

/** Everything a render may know. No network, no clock, no database: the same context gives the same bytes. */
export type RenderContext = {
  /** The live edition, with the frozen document in it. */
  edition: Edition
  /** All editions, newest first. */
  history: EditionSummary[]
  records: ShownRecords
  /** Headings of the resolved tree, in order. */
  outline: OutlineEntry[]
  review: ReviewState
  /** The sentence that must be shown, in the language of the document; null when there is none. */
  notice: string | null
  site: Site
  /** Today, UTC; states were derived for it. */
  today: string
  /** Another published document; recorded as read. */
  row(uid: string, locale: Locale): Row | undefined
  /** The same document in other languages, published ones only; recorded as read. */
  translations(): Row[]
  /** Bytes of a rendition. */
  asset(sha256: string): Promise<Uint8Array>
  /** Typesets a Typst document in the render pool: a PDF. */
  typeset(job: TypesetJob): Promise<Uint8Array>
}

/** A document for the typesetter: the template is ours, the tree and its pictures are data. */
export type TypesetJob = {
  /** JSON handed to the template. */
  input: unknown
  /** Pictures by the virtual path the input names. */
  files: Record<string, Uint8Array>
  /** The date set in the PDF, `YYYY-MM-DD`. */
  date: string
}

/** Names the groups a row belongs to. Pure, and one function for as long as the process runs: groups are kept by it. */
export type Grouping = (row: Row) => readonly string[]

/** Rows on a page of a group. */
export const pageSize = 100

/** Rows of one language that stand on a list together, by first publication. The same object until one of them changes. */
export type Group = {
  rows: readonly Row[]
  /** The rows in hundreds, from the first on. A page is the same object until what stands on it changes: see `perPage`. */
  pages: readonly Group[]
  /** Equal for equal rows, in this process and the next. */
  key: string
  /** Some of the rows, as `Array.slice` counts them. */
  slice(start?: number, end?: number): Group
}

/** What the lists of a language may know: rows, and the publication. */
export type ListContext = {
  site: Site
  locale: Locale
  locales: Locale[]
  today: string
  /** Every row, in every language. To go through them costs as much as there are: `groups` costs as much as changed. */
  rows: Row[]
  /** Rows of this language, or of another, tombstones included, by the names a grouping gives them, in the order of the names. */
  groups(by: Grouping, locale?: Locale): ReadonlyMap<string, Group>
}

/**
 * What is found on the pages of a group, one after the other. Each page is looked at once for as long as it stands, so
 * that a change costs what its page costs.
 */
export function perPage<T>(find: (rows: readonly Row[]) => T): (group: Group | undefined) => T[] {
  const found = new WeakMap<Group, { value: T }>()
  return (group) =>
    (group?.pages ?? []).map((page) => {
      const known = found.get(page) ?? { value: find(page.rows) }
      found.set(page, known)
      return known.value
    })
}

/**
 * A file that lists many documents. Rendered only when `key` differs from the last release's; with `pass` 2 right after
 * the rest of a release, for what takes long.
 */
export type List = {
  path: string
  key: string
  render(): RenderedFile
  pass?: 2
  /** The same file, for what takes a second or more: asks now and then, and gives it up when something more urgent waits. */
  renderUnless?(isInterrupted: () => Promise<boolean>): Promise<RenderedFile | undefined>
}

/**
 * One way out of the pipeline. Its folder holds all of it; the registry names it; nothing else changes.
 */
export type Channel = {
  name: string
  /** Which files this document gets here. */
  outputs(published: Published): Output[]
  /**
   * Turns a document's tree into one of them. Pure.
   * `tree` is the resolved tree; an empty root where the output needs none.
   */
  render(tree: ResolvedRoot, context: RenderContext, output: Output): Promise<RenderedFile>
  /** What this channel keeps of a document for its lists; JSON, small. */
  listing?(tree: ResolvedRoot, context: RenderContext): unknown
  /** Files that list many documents (feeds, topic pages), for one language. Asked at every change: keep it cheap. */
  lists?(context: ListContext): List[]
}
