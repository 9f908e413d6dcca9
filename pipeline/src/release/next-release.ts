import type { Changes, Edition, Index, Locale, Site } from 'content-schemas'
import { paths as addresses } from '../channels/addresses.ts'
import type { Channel, List, ListContext, Output, RenderedFile } from '../channels/channel.ts'
import { type Compiled, compile, type Environment, prepare, type Read } from '../compile.ts'
import { sha256 } from '../identity.ts'
import type { Published, PublishedSource } from '../source.ts'
import { isWithin, type Span, spanOf } from '../states.ts'
import { editionFiles, formerFiles, readPublished } from './document-files.ts'
import { type ClaimedFile, type Claims, Draft, isPermanent } from './draft.ts'
import { encode, isEncodable } from './encode.ts'
import {
  type BuildState,
  type DocumentState,
  type PassState,
  type Problem,
  type StateChange,
  type Strength,
  setOrDelete,
} from './journal.ts'
import type { Paths } from './manifest.ts'
import type { Rows } from './rows.ts'
import type { Store } from './store.ts'

/** The last release, and what is known of how it came about. */
export type Build = {
  index: Index | undefined
  paths: Paths
  state: BuildState
  rows: Rows
  claims: Claims
  /** Documents to compare with what they were compiled from; `forced` ones are compiled in any case. */
  suspects: Set<string>
  forced: Set<string>
  /** Documents whose outputs of pass 2 are to be compared with what they were made from. */
  pending: Set<string>
  /** Paths whose files are not yet kept compressed. */
  unencoded: Set<string>
  /** Paths of a release whose state is not known; what nothing accounts for is removed. */
  isUnexplained: boolean
  /** Lists of pass 2 that are to be made, by path. */
  late: Map<string, { list: List; key: string }>
  /** Whether lists have to be looked at even if no document changed. */
  mustList: boolean
  /** For which publication and day it was made. */
  sites: Map<Locale, Publication>
  today: string
}
export type Publication = { site: Site; hash: string }

/** What a release is made from. */
export type Workshop = {
  store: Store
  source: PublishedSource
  channels: readonly Channel[]
  /** Names the code: other code, other files. */
  version: string
  today: string
  /** Now; RFC 3339. */
  at: string
  sites: Map<Locale, Publication>
  typeset: Environment['typeset'] | undefined
  /** Whether an edition may change without getting another stamp, as in a folder. Lists then are made with every change. */
  hasLooseEditions: boolean
  /** Whether something more urgent waits: long work is then cut short, and taken up by the next release. */
  isInterrupted(): Promise<boolean>
  onProgress(progress: Progress): void
}
export type Progress = { what: 'documents' | 'handouts' | 'encodings'; done: number; total: number }

/** Documents compiled at a time: enough to overlap reading, compiling and writing. */
const batch = 16
const typesetBatch = 4
/** Most documents and files the second pass takes into one release. */
const mostHandouts = 64
const mostEncodings = 2000

/**
 * The release being made. Its state and its claims become those of the build when it is committed; when it is not, the
 * build must be dropped.
 */
export class NextRelease {
  readonly draft: Draft
  readonly state: BuildState
  readonly change: StateChange = { documents: new Map(), problems: new Map(), lists: new Map() }
  /** Changed documents, by id. */
  readonly changes = new Map<string, Changes['changes'][number]>()
  /** Number of documents compiled. */
  compiled = 0

  constructor(
    private readonly build: Build,
    private readonly shop: Workshop,
  ) {
    this.draft = new Draft(shop.store, build.paths, shop.at)
    const { documents, problems, lists } = build.state
    this.state = {
      ...build.state,
      documents: new Map(documents),
      problems: new Map(problems),
      lists: new Map(lists),
    }
  }

  /** Whether there is work left that a next release has to do. */
  get hasMore(): boolean {
    const { suspects, unencoded, late } = this.build
    return suspects.size > 0 || unencoded.size > 0 || late.size > 0 || this.hasPendingHandouts
  }

  get hasStateChanges(): boolean {
    const { documents, problems, lists } = this.change
    return documents.size + problems.size + lists.size > 0
  }

  private get hasPendingHandouts(): boolean {
    return this.shop.typeset !== undefined && this.build.pending.size > 0
  }

  /** Pass 1: documents with new editions first, then those whose surroundings changed, then lists. */
  async makeDocuments(news: Set<string>, cursor: number): Promise<void> {
    this.state.cursor = cursor
    await this.learnRows(news)
    await this.inBatches([...news], batch, 'documents', (id) => this.makeDocument(id))
    await this.makeSuspects()
    if (this.build.mustList || this.change.documents.size > 0) await this.makeLists()
    this.build.mustList = false
    if (this.build.isUnexplained && this.state.problems.size === 0) this.removeUnexplained()
    this.build.isUnexplained = false
  }

  /** Removes what the last release had and nothing accounts for. */
  private removeUnexplained(): void {
    const isExplained = (path: string) =>
      isPermanent(path) ||
      path === addresses.keys ||
      this.state.lists.has(path) ||
      this.build.late.has(path) ||
      this.build.claims.has(path)
    for (const [path] of this.draft.entries()) if (!isExplained(path)) this.draft.remove(path)
  }

  /** Pass 2: what takes long. */
  async makeHandouts(): Promise<void> {
    if (!this.shop.typeset) return
    const ids = [...this.build.pending].slice(0, mostHandouts)
    await this.inBatches(ids, typesetBatch, 'handouts', async (id) => {
      await this.makeHandout(id)
      this.build.pending.delete(id)
    })
  }

  async makeLateLists(): Promise<void> {
    for (const [path, { list, key }] of this.build.late) {
      await this.draft.put(list.render())
      this.setList(path, key)
      this.build.late.delete(path)
      if (await this.shop.isInterrupted()) return
    }
  }

  async makeEncodings(): Promise<void> {
    for (const [path, entry] of this.draft.changed)
      if (entry && isEncodable(path, entry)) this.build.unencoded.add(path)
    const ready = [...this.build.unencoded].slice(0, mostEncodings)
    await this.inBatches(ready, batch, 'encodings', async (path) => {
      const entry = this.draft.get(path)
      const encodings = entry && isEncodable(path, entry) && (await encode(this.shop.store, entry.object))
      if (encodings) this.draft.encoded(path, encodings)
      this.build.unencoded.delete(path)
    })
  }

  /** Rows come before files, for a file may look up any of them. */
  private async learnRows(ids: Set<string>): Promise<void> {
    await this.inBatches([...ids], batch, undefined, async (id) => {
      const published = await this.load(id)
      if (published && !('malformed' in published))
        this.build.rows.set(prepare(published, this.environmentOf(published.live.locale, true)).row)
    })
  }

  private async makeSuspects(): Promise<void> {
    const { suspects, rows, pending } = this.build
    let done = 0
    for (;;) {
      for (const id of rows.takeReaders()) {
        suspects.add(id)
        pending.add(id)
      }
      const some = [...suspects].slice(0, batch)
      if (some.length === 0) return
      await Promise.all(some.map((id) => this.remakeIfStale(id)))
      for (const id of some) suspects.delete(id)
      done += some.length
      this.shop.onProgress({ what: 'documents', done, total: done + suspects.size })
      if (await this.shop.isInterrupted()) return
    }
  }

  private async remakeIfStale(id: string): Promise<void> {
    const document = this.state.documents.get(id)
    if (!document) return
    const isFresh =
      !this.build.forced.has(id) &&
      isWithin(document.span, this.shop.today) &&
      this.keyOf(document, document.first.reads) === document.first.key
    if (!isFresh) await this.makeDocument(id)
  }

  private async makeDocument(id: string): Promise<void> {
    const published = await this.load(id)
    if (!published) this.forget(id)
    else if ('malformed' in published) this.refuse(id, published.malformed)
    else await this.makePublished(id, published)
  }

  private async makePublished(id: string, published: Published): Promise<void> {
    const before = this.state.documents.get(id)
    const about = aboutOf(published, this.shop.today)
    const isForced = this.build.forced.delete(id)
    if (before && !isForced && this.isCurrent(before, about)) {
      this.setDocument(id, { ...before, ...about })
      this.settle(id)
      return
    }
    const compiled = await this.compile(published, 1)
    if (compiled.failed.length > 0) return this.refuse(id, reasonOf(compiled))
    const { files, kept } = await this.filesOf(published, compiled)
    await this.place(id, published, { ...about, row: compiled.row }, compiled.reads, files, kept)
    this.settle(id)
  }

  private compile(published: Published, pass: Output['pass']): Promise<Compiled> {
    this.compiled += 1
    return compile(published, this.environmentOf(published.live.locale), this.shop.channels, pass)
  }

  private isCurrent(before: DocumentState, about: About): boolean {
    return before.input === about.input && this.keyOf({ ...before, ...about }, before.first.reads) === before.first.key
  }

  private async filesOf(published: Published, compiled: Compiled): Promise<{ files: ClaimedFile[]; kept: string[] }> {
    const isReleased = (path: string) => !this.build.isUnexplained && this.isReleased(path)
    const editions = await editionFiles(published, this.shop, isReleased)
    const former = (await formerFiles(published, this.shop)).filter(({ path }) => !isPermanent(path))
    // What a channel says at an address counts more than what is said for it.
    const files = [...former, ...editions.files, ...compiled.files].map((file) => [file.path, file] as const)
    const claimed = [...new Map(files).values()].map((file) => ({ ...file, strength: strengthOf(file, published) }))
    return { files: claimed, kept: editions.kept.filter((path) => !claimed.some((file) => file.path === path)) }
  }

  private async place(
    id: string,
    published: Published,
    about: About & Pick<DocumentState, 'row'>,
    reads: Read[],
    files: ClaimedFile[],
    kept: string[],
  ): Promise<void> {
    const before = this.state.documents.get(id)
    const { uid, locale } = published.live
    const claims: PassState['claims'] = Object.fromEntries(files.map(({ path, strength }) => [path, strength]))
    for (const path of kept) claims[path] = 2
    const document: DocumentState = { uid, locale, ...about, first: { key: '', reads, claims }, second: null }
    document.first.key = this.keyOf(document, reads)
    document.second = this.secondOf(published, document, before)
    this.setDocument(id, document)
    this.build.rows.set(about.row)
    this.build.rows.note(id, reads)
    if (document.second) this.build.pending.add(id)
    this.claim(id, before, document)
    await Promise.all(files.map((file) => (this.isMade(document, file.path) ? undefined : this.put(id, file))))
    this.log(id, published.live, Object.keys(claims))
  }

  /** What stands of the second pass until it is made again: its files stay where they are. */
  private secondOf(published: Published, document: DocumentState, before: DocumentState | undefined) {
    const outputs = this.shop.channels.flatMap((channel) => channel.outputs(published)).filter(({ pass }) => pass === 2)
    if (outputs.length === 0) return null
    const made = before?.second
    if (made && this.keyOf(document, made.reads) === made.key) return made
    const stands = (path: string) => (this.build.isUnexplained ? this.isReleased(path) : path in (made?.claims ?? {}))
    const paths = outputs.map(({ path }) => path).filter(stands)
    return { key: '', reads: [], claims: Object.fromEntries(paths.map((path) => [path, 2 as const])) }
  }

  /** Whether pass 2 made the file at a path and need not make it again; if nothing is remembered, that is for it to find out. */
  private isMade({ second }: DocumentState, path: string): boolean {
    return second !== null && path in second.claims && (second.key !== '' || this.build.isUnexplained)
  }

  private isReleased(path: string): boolean {
    return this.draft.get(path)?.status === 200
  }

  private async makeHandout(id: string): Promise<void> {
    const document = this.state.documents.get(id)
    if (!document?.second || this.keyOf(document, document.second.reads) === document.second.key) return
    const published = await this.load(id)
    // A newer edition came in the meantime: pass 1 has to take it first.
    if (!published || 'malformed' in published || hashOf(published) !== document.input) return
    const compiled = await this.compile(published, 2)
    const claims = { ...document.second.claims }
    for (const { path } of compiled.files) claims[path] = 2
    const second = {
      key: this.keyOf(document, compiled.reads),
      reads: compiled.reads,
      claims,
      problem: reasonOf(compiled),
    }
    const next = { ...document, second }
    this.setDocument(id, next)
    this.build.rows.note(id, compiled.reads)
    this.claim(id, document, next)
    await Promise.all(compiled.files.map((file) => this.put(id, file)))
  }

  private claim(id: string, before: DocumentState | undefined, now: DocumentState | undefined): void {
    const { left, inherited } = this.build.claims.replace(id, claimsOf(before), claimsOf(now))
    for (const path of left) if (!isPermanent(path)) this.draft.remove(path)
    for (const heir of inherited) {
      this.build.forced.add(heir)
      this.build.suspects.add(heir)
    }
  }

  private async put(id: string, file: RenderedFile): Promise<void> {
    if (this.build.claims.isStrongest(id, file.path)) await this.draft.put(file)
  }

  /** Keeps the last good files of a document, and says why. */
  private refuse(id: string, reason: string): void {
    const before = this.state.documents.get(id)
    const [uid = '', locale = 'en'] = id.split('.') as [string, Locale]
    const slug = before?.row.slug ?? this.build.rows.get(uid, locale)?.slug ?? ''
    if (before) this.build.rows.set(before.row)
    else this.build.rows.delete(uid, locale)
    this.setProblem(id, { uid, locale, slug, reason })
  }

  private settle(id: string): void {
    if (this.state.problems.has(id)) this.setProblem(id, undefined)
  }

  private forget(id: string): void {
    const before = this.state.documents.get(id)
    if (!before) return
    this.build.rows.delete(before.uid, before.locale)
    this.claim(id, before, undefined)
    this.setDocument(id, undefined)
    this.settle(id)
  }

  private setDocument(id: string, document: DocumentState | undefined): void {
    setOrDelete(this.state.documents, id, document)
    this.change.documents.set(id, document)
  }

  private setProblem(id: string, problem: Problem | undefined): void {
    setOrDelete(this.state.problems, id, problem)
    this.change.problems.set(id, problem)
  }

  private setList(path: string, key: string | undefined): void {
    setOrDelete(this.state.lists, path, key)
    this.change.lists.set(path, key)
  }

  private log(id: string, live: Edition, paths: string[]): void {
    const isNew = this.build.state.documents.get(id)?.row.stamp !== live.stamp
    if (!isNew && !paths.some((path) => this.draft.changed.has(path))) return
    const { uid, locale, kind, stamp, number, slug, tombstone } = live
    const path = kind === 'article' ? addresses.article(locale, slug, 'json') : addresses.issue(locale, slug)
    const { reason, replacement, to } = tombstone ?? {}
    const grave = { ...(reason ? { reason } : {}), ...(replacement ? { replacement } : {}), ...(to ? { to } : {}) }
    const act = isNew ? live.act : 'state'
    this.changes.set(id, { uid, locale, kind, act, stamp, number, slug, path, ...grave })
    if (isNew && live.act === 'purge') this.state.mustSweep = true
  }

  private async makeLists(): Promise<void> {
    const rows = [...this.state.documents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row)
    const published = new Set(rows.filter((row) => !row.tombstone).map((row) => row.locale))
    const locales = [...this.shop.sites.keys()].filter((locale) => locale === defaultLocale || published.has(locale))
    const present = new Set<string>()
    this.build.late.clear()
    for (const locale of locales) {
      const { site, hash } = this.shop.sites.get(locale)!
      const context = { rows, site, locale, locales, today: this.shop.today }
      for (const path of await this.makeListsOf(context, hash)) present.add(path)
    }
    for (const path of [...this.state.lists.keys()].filter((path) => !present.has(path))) {
      this.setList(path, undefined)
      this.draft.remove(path)
    }
  }

  /** Makes the lists of one language whose key differs; returns the paths of all. */
  private async makeListsOf(context: ListContext, site: string): Promise<string[]> {
    const lists = this.shop.channels.flatMap((channel) => channel.lists?.(context) ?? [])
    const inputs = this.shop.hasLooseEditions ? [...this.state.documents.values()].map(({ input }) => input).sort() : []
    for (const list of lists) {
      const key = sha256(JSON.stringify([this.shop.version, site, list.key, ...inputs]))
      if (this.state.lists.get(list.path) === key) continue
      // What was purged must not stand in the old list until the new one is made.
      if (list.pass === 2 && !this.state.mustSweep) {
        this.build.late.set(list.path, { list, key })
        continue
      }
      await this.draft.put(list.render())
      this.setList(list.path, key)
    }
    return lists.map(({ path }) => path)
  }

  private environmentOf(locale: Locale, isBlind = false): Environment {
    const { rows } = this.build
    const { source, typeset, today, sites } = this.shop
    return {
      site: sites.get(locale)!.site,
      today,
      row: (uid, other) => (isBlind ? undefined : rows.get(uid, other)),
      translations: (uid) => (isBlind ? [] : rows.translations(uid)),
      asset: (hash) => source.asset(hash),
      typeset: (job) => {
        if (!typeset) throw new Error('There is no typesetter. Handouts are made where one is given.')
        return typeset(job)
      },
    }
  }

  /** Hash of all that goes into the files of a pass. */
  private keyOf({ input, span, locale }: Pick<DocumentState, 'input' | 'span' | 'locale'>, reads: Read[]): string {
    const answers = reads.map((read) => this.build.rows.answerTo(read))
    return sha256(JSON.stringify([this.shop.version, input, span.from, this.shop.sites.get(locale)!.hash, answers]))
  }

  private async load(id: string): Promise<Published | { malformed: string } | undefined> {
    const [uid, locale] = id.split('.') as [string, Locale]
    const published = await this.shop.source.document(uid, locale)
    return published && readPublished(published)
  }

  /** Works through items in batches, and stops early for something more urgent. */
  private async inBatches<T>(
    items: T[],
    size: number,
    what: Progress['what'] | undefined,
    work: (item: T) => Promise<void>,
  ): Promise<void> {
    for (let start = 0; start < items.length; start += size) {
      await Promise.all(items.slice(start, start + size).map(work))
      if (!what) continue
      this.shop.onProgress({ what, done: Math.min(items.length, start + size), total: items.length })
      if (what !== 'documents' && (await this.shop.isInterrupted())) return
    }
  }
}

const defaultLocale: Locale = 'en'

type About = Pick<DocumentState, 'input' | 'span'>
const aboutOf = (published: Published, today: string): { input: string; span: Span } => ({
  input: hashOf(published),
  span: spanOf(published.live, today),
})
const hashOf = (published: Published): string => sha256(JSON.stringify(published))

/** Content counts more than what is said in its place, and that more than the way from a former address. */
function strengthOf({ status }: RenderedFile, { live }: Published): Strength {
  if (status === 301) return 0
  return live.document && status !== 410 ? 2 : 1
}

const claimsOf = (document: DocumentState | undefined): PassState['claims'] => ({
  ...document?.first.claims,
  ...document?.second?.claims,
})

const reasonOf = ({ failed }: Compiled): string =>
  failed.map(({ output, error }) => `${output.path}: ${error instanceof Error ? error.message : error}`).join(' ')
