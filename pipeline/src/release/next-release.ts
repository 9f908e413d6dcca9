import type { Changes, Edition, Index, Locale, Site } from 'content-schemas'
import { paths as addresses } from '../channels/addresses.ts'
import type { Channel, List, ListContext, Output, RenderedFile, Row } from '../channels/channel.ts'
import { type Compiled, compile, type Environment, linkRow, type Read } from '../compile.ts'
import { sha256 } from '../identity.ts'
import type { Published, PublishedSource } from '../source.ts'
import { isWithin, spanOf } from '../states.ts'
import { type Catalogue, listContext } from './catalogue.ts'
import { type CompileJob, lookUpsOf, type PackedDocument, resourcesOf } from './compile-beside.ts'
import type { CompilePool } from './compile-pool.ts'
import { editionFiles, formerFiles, readPublished } from './document-files.ts'
import { type ClaimedFile, type Claims, Draft, type DraftFile, isPermanent } from './draft.ts'
import { isEncodable } from './encode.ts'
import {
  type BuildState,
  claimsOf,
  type DocumentState,
  noChange,
  PathClaims,
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
  catalogue: Catalogue
  claims: Claims
  /** Cursor of the last change looked at. */
  seen: number
  /** Documents with acts that came many at a time: those whose rows are not known yet, and those still to be made. */
  unlearned: Set<string>
  unmade: Set<string>
  /** Documents to compare with what they were compiled from; `forced` ones are compiled in any case. */
  suspects: Set<string>
  forced: Set<string>
  /** Documents whose outputs of pass 2 are to be compared with what they were made from. */
  pending: Set<string>
  /** Documents whose outputs of pass 2 could not be made, and how often in a row that was tried. */
  failed: Map<string, number>
  /** Paths whose files are not yet kept compressed. */
  unencoded: Set<string>
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
  /** Compiles many documents beside this thread. */
  compilers: CompilePool | undefined
  /** Whether an edition may change without getting another stamp, as in a folder. Lists then are made with every change. */
  hasLooseEditions: boolean
  /** Whether everything is to be done in one release, whatever waits. */
  isAtOnce: boolean
  /** Whether something more urgent waits: long work is then cut short, and taken up by the next release. */
  isInterrupted(): Promise<boolean>
  onProgress(progress: Progress): void
}
export type Progress = { what: 'rows' | 'documents' | 'handouts' | 'encodings'; done: number; total: number }

/** Documents compiled at a time: enough to overlap reading, compiling and writing. */
const compileLanes = 16
const typesetLanes = 4
const encodeLanes = 4
/** From this many documents on, threads to compile them are worth their start. */
const many = 100
/** Acts that are taken at once, all of them; more are an import or a rebuild, which waits for what is more urgent. */
const mostUrgent = 64
/** Most documents and files the second pass takes into one release. */
const mostHandouts = 64
const mostEncodings = 2000
/** How often in a row a handout is tried before it has to wait. */
const mostTries = 3

/** The release being made. It changes its build; when it is not committed, the build must be dropped. */
export class NextRelease {
  readonly draft: Draft
  readonly state: BuildState
  readonly change: StateChange = noChange()
  /** Changed documents, by id. */
  readonly changes = new Map<string, Changes['changes'][number]>()
  /** Number of documents compiled; how many of them in other threads. */
  compiled = 0
  inThreads = 0
  /** Whether no work on documents is left. */
  private isDone = false
  private readonly cursor: number
  /** Documents whose turn it is at a path that another one left. */
  private readonly heirs = new Set<string>()
  /** Rows that changed documents had before. */
  private readonly rowsBefore = new Map<string, Row | undefined>()

  constructor(
    private readonly build: Build,
    private readonly shop: Workshop,
  ) {
    this.draft = new Draft(shop.store, build.paths, shop.at)
    this.state = build.state
    this.cursor = build.state.cursor
  }

  /** Whether there is work left that a next release has to do. */
  get hasMore(): boolean {
    const { unmade, suspects, unencoded, late } = this.build
    const isBusy = unmade.size > 0 || suspects.size > 0 || unencoded.size > 0 || late.size > 0
    return isBusy || this.hasPendingHandouts
  }

  get hasStateChanges(): boolean {
    const { documents, assurances, problems, lists } = this.change
    const size = documents.size + assurances.size + problems.size + lists.size
    return this.state.cursor !== this.cursor || size > 0
  }

  private get hasPendingHandouts(): boolean {
    return this.shop.typeset !== undefined && this.build.pending.size > 0
  }

  /** Takes in new confirmations of resources: what shows one of them has to be looked at. */
  async takeAssurances(): Promise<void> {
    const { state, build } = this
    for await (const assurance of this.shop.source.assurances(state.assured)) {
      state.assured = Math.max(state.assured, assurance.cursor)
      state.assurances.set(assurance.resource, assurance)
      this.change.assurances.set(assurance.resource, assurance)
      build.rows.assure(assurance)
    }
    for (const id of build.rows.takeReaders()) {
      build.suspects.add(id)
      build.pending.add(id)
    }
  }

  /**
   * Pass 1: documents with new acts first, then those whose surroundings changed. False if long work was cut short because
   * something more urgent came: it may be given to another call.
   */
  async makeDocuments(news: Set<string>): Promise<boolean> {
    const { build } = this
    const isUrgent = news.size > 0 && news.size <= mostUrgent
    const mustWait = isUrgent && !this.shop.isAtOnce && build.unmade.size + build.suspects.size > 0
    if (isUrgent) await this.makeNow(news)
    else
      for (const id of news) {
        build.unlearned.add(id)
        build.unmade.add(id)
      }
    // What is urgent is released before long work goes on.
    this.isDone = !mustWait && (await this.makeUnmade()) && (await this.makeStale(build.suspects))
    for (const id of this.heirs) build.suspects.add(id)
    return this.isDone || mustWait
  }

  /** Pass 1: lists, once all documents are known. */
  async makeListsOfDocuments(): Promise<void> {
    const { build, state } = this
    build.mustList ||= this.change.documents.size > 0
    if (build.unmade.size > 0) return
    state.cursor = build.seen
    // Until every document is known, a list would lack some.
    if (build.mustList) await this.makeLists()
    build.mustList &&= !this.isDone
    if (this.isDone && state.isUnexplained && state.problems.size === 0) this.removeUnexplained()
    state.isUnexplained &&= !this.isDone
  }

  /** Makes documents, and those that show something of them. Rows come before files, for a file may look up any of them. */
  private async makeNow(ids: Set<string>): Promise<void> {
    const all = await Promise.all([...ids].map(async (id) => ({ id, published: await this.load(id) })))
    for (const { published } of all) this.noteRow(published)
    await Promise.all(all.map(({ id, published }) => this.makeLoaded(id, published, false)))
    for (const id of ids) this.build.unmade.delete(id)
    const affected = new Set<string>()
    await this.makeStale(affected)
    for (const id of affected) this.build.suspects.add(id)
  }

  private async makeUnmade(): Promise<boolean> {
    const { unlearned, unmade } = this.build
    return (
      (await this.drain(unlearned, { lanes: compileLanes, what: 'rows' }, (id) => this.learnRow(id))) &&
      (await this.drain(unmade, this.compiling(unmade), (id, isOneOfMany) => this.makeDocument(id, isOneOfMany)))
    )
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
    const some = { lanes: typesetLanes, most: mostHandouts, what: 'handouts' } as const
    await this.drain(this.build.pending, some, (id) => this.makeHandout(id))
  }

  async makeLateLists(): Promise<void> {
    const isInterrupted = () => this.shop.isInterrupted()
    for (const [path, { list, key }] of this.build.late) {
      const file = list.renderUnless ? await list.renderUnless(isInterrupted) : list.render()
      if (!file) return
      await this.draft.put(file)
      this.setList(path, key)
      this.build.late.delete(path)
      if (await isInterrupted()) return
    }
  }

  async makeEncodings(): Promise<void> {
    for (const [path, entry] of this.draft.changed)
      if (entry && isEncodable(path, entry)) this.build.unencoded.add(path)
    const some = { lanes: encodeLanes, most: mostEncodings, what: 'encodings' } as const
    await this.drain(this.build.unencoded, some, (path) => this.draft.encode(path))
  }

  private async learnRow(id: string): Promise<void> {
    this.noteRow(await this.load(id))
  }

  private noteRow(published: Loaded): void {
    if (!published || 'malformed' in published) return
    const { today, sites } = this.shop
    this.build.rows.set(linkRow(published, { site: sites.get(published.live.locale)!.site, today }))
  }

  /** Makes what is stale of some documents, and of those that this makes stale. What was not looked at is left in the set. */
  private async makeStale(suspects: Set<string>): Promise<boolean> {
    const { rows, pending } = this.build
    for (;;) {
      for (const id of [...rows.takeReaders(), ...this.heirs]) {
        suspects.add(id)
        pending.add(id)
      }
      this.heirs.clear()
      if (suspects.size === 0) return true
      const isDone = await this.drain(suspects, this.compiling(suspects), (id, isOneOfMany) =>
        this.remakeIfStale(id, isOneOfMany),
      )
      if (!isDone) return false
    }
  }

  private compiling(ids: Set<string>): Lanes {
    const { compilers } = this.shop
    const isMany = compilers !== undefined && ids.size >= many
    return { lanes: isMany ? compileLanes + compilers.lanes : compileLanes, what: 'documents', isMany }
  }

  private async remakeIfStale(id: string, isOneOfMany: boolean): Promise<void> {
    const document = this.state.documents.get(id)
    if (!document) return
    const isFresh =
      !this.build.forced.has(id) &&
      isWithin(document.span, this.shop.today) &&
      this.keyOf(document, document.first.reads) === document.first.key
    if (!isFresh) await this.makeDocument(id, isOneOfMany)
  }

  private async makeDocument(id: string, isOneOfMany = false): Promise<void> {
    await this.makeLoaded(id, await this.load(id), isOneOfMany)
  }

  private async makeLoaded(id: string, published: Loaded, isOneOfMany: boolean): Promise<void> {
    if (!published) this.forget(id)
    else if ('malformed' in published) this.refuse(id, published.malformed)
    else await this.makePublished(id, published, isOneOfMany)
  }

  private async makePublished(id: string, published: Published, isOneOfMany: boolean): Promise<void> {
    const before = this.state.documents.get(id)
    const json = JSON.stringify(published)
    const about = this.aboutOf(published, json)
    const isForced = this.build.forced.delete(id)
    if (before && !isForced && this.isCurrent(before, about)) {
      this.setDocument(id, { ...before, ...about })
      this.settle(id)
      return
    }
    const since = this.build.rows.moment
    // What ended a thread once must not end this one.
    const isApart = isOneOfMany || this.state.problems.has(id)
    const compiled = (isApart && (await this.compileBeside(published, json))) || (await this.compile(published, 1))
    if ('malformed' in compiled) return this.refuse(id, compiled.malformed)
    if (compiled.failed.length > 0) return this.refuse(id, reasonOf(compiled))
    const { files, kept } = await this.filesOf(published, compiled)
    const row = this.state.parts.sharedIn(compiled.row)
    await this.place(id, published, { ...about, row }, { reads: compiled.reads, since, files, kept })
    this.settle(id)
  }

  private aboutOf(published: Published, json: string): About {
    const span = spanOf(published.live, this.shop.today, (resource) => this.build.rows.assurance(resource))
    return { input: sha256(json), span }
  }

  private async compile(published: Published, pass: Output['pass']): Promise<Compiled | Malformed> {
    this.compiled += 1
    try {
      return await compile(published, this.environmentOf(published.live.locale), this.shop.channels, pass)
    } catch (error) {
      return malformed(error)
    }
  }

  /** Compiles pass 1 in another thread; undefined if that cannot be. */
  private async compileBeside(published: Published, json: string): Promise<PackedDocument | Malformed | undefined> {
    try {
      const document = await this.shop.compilers?.compile(this.jobOf(published, json))
      if (!document) return undefined
      this.compiled += 1
      this.inThreads += 1
      return document
    } catch (error) {
      return malformed(error)
    }
  }

  private jobOf(published: Published, json: string): CompileJob {
    const { rows } = this.build
    const { sites, today } = this.shop
    const uids = lookUpsOf(published, json)
    const resources = resourcesOf(published.live)
    return {
      published: json,
      site: sites.get(published.live.locale)!.site,
      today,
      known: [...uids, ...resources],
      rows: [...uids].flatMap((uid) => rows.translations(uid)),
      assurances: resources.flatMap((uid) => rows.assurance(uid) ?? []),
    }
  }

  private isCurrent(before: DocumentState, about: About): boolean {
    return before.input === about.input && this.keyOf({ ...before, ...about }, before.first.reads) === before.first.key
  }

  private async filesOf(
    published: Published,
    compiled: { files: DraftFile[] },
  ): Promise<{ files: ClaimedFile[]; kept: string[] }> {
    const isReleased = (path: string) => !this.state.isUnexplained && this.isReleased(path)
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
    { reads, since, files, kept }: { reads: Read[]; since: number; files: ClaimedFile[]; kept: string[] },
  ): Promise<void> {
    const before = this.state.documents.get(id)
    const { uid, locale } = published.live
    const claims = new PathClaims(files.map(({ path, strength }) => [path, strength]))
    for (const path of kept) claims.set(path, 2)
    const document: DocumentState = { uid, locale, ...about, first: { key: '', reads, claims }, second: null }
    // Without a key it is looked at again: what it was compiled from is not what stands now.
    if (!this.build.rows.hasChanged(reads, since)) document.first.key = this.keyOf(document, reads)
    document.second = this.secondOf(published, document, before)
    this.setDocument(id, document)
    this.build.rows.set(about.row)
    this.build.rows.note(id, reads)
    if (document.second) this.build.pending.add(id)
    this.claim(id, before, document)
    await Promise.all(files.map((file) => (this.isMade(document, file.path) ? undefined : this.put(id, file))))
    this.log(id, published.live, [...claims.keys()])
  }

  /** What stands of the second pass until it is made again: its files stay where they are. */
  private secondOf(published: Published, document: DocumentState, before: DocumentState | undefined) {
    const outputs = this.shop.channels.flatMap((channel) => channel.outputs(published)).filter(({ pass }) => pass === 2)
    if (outputs.length === 0) return null
    const made = before?.second
    if (made && this.keyOf(document, made.reads) === made.key) return made
    const stands = (path: string) =>
      this.state.isUnexplained ? this.isReleased(path) : made?.claims.has(path) === true
    const paths = outputs.map(({ path }) => path).filter(stands)
    return { key: '', reads: [], claims: new PathClaims(paths.map((path) => [path, 2])) }
  }

  /** Whether pass 2 made the file at a path and need not make it again; if nothing is remembered, that is for it to find out. */
  private isMade({ second }: DocumentState, path: string): boolean {
    return second?.claims.has(path) === true && (second.key !== '' || this.state.isUnexplained)
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
    if ('malformed' in compiled) return
    const claims = new PathClaims(document.second.claims)
    for (const { path } of compiled.files) claims.set(path, 2)
    const isFailed = compiled.failed.length > 0
    this.noteHandout(id, isFailed)
    const second = {
      // Without a key it counts as not made yet.
      key: isFailed ? '' : this.keyOf(document, compiled.reads),
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

  /** A typesetter that was killed or had no time may do it the next time; what fails again and again waits for a while. */
  private noteHandout(id: string, isFailed: boolean): void {
    const { failed, pending } = this.build
    if (!isFailed) {
      failed.delete(id)
      return
    }
    const tries = (failed.get(id) ?? 0) + 1
    failed.set(id, tries)
    if (tries < mostTries) pending.add(id)
  }

  private claim(id: string, before: DocumentState | undefined, now: DocumentState | undefined): void {
    const { left, inherited } = this.build.claims.replace(id, claimsOf(before), claimsOf(now))
    for (const path of left) if (!isPermanent(path)) this.draft.remove(path)
    for (const heir of inherited) {
      this.build.forced.add(heir)
      this.heirs.add(heir)
    }
  }

  private async put(id: string, file: DraftFile): Promise<void> {
    const isOurs = () => this.build.claims.isStrongest(id, file.path)
    if (isOurs()) await this.draft.put(file, isOurs)
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
    if (!this.rowsBefore.has(id)) this.rowsBefore.set(id, this.state.documents.get(id)?.row)
    this.build.catalogue.set(id, document?.row)
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
    const before = this.rowsBefore.get(id)
    const isNew = before?.stamp !== live.stamp
    if (!isNew && !paths.some((path) => this.draft.changed.has(path))) return
    const { uid, locale, kind, stamp, number, slug, tombstone } = live
    const at = (slug: string) =>
      kind === 'article' ? addresses.article(locale, slug, 'json') : addresses.issue(locale, slug)
    const moved = isNew && before && before.slug !== slug ? { from: at(before.slug) } : {}
    const { reason, replacement, to } = tombstone ?? {}
    const grave = { ...(reason ? { reason } : {}), ...(replacement ? { replacement } : {}), ...(to ? { to } : {}) }
    const act = isNew ? live.act : 'state'
    this.changes.set(id, { uid, locale, kind, act, stamp, number, slug, path: at(slug), ...moved, ...grave })
    if (isNew && live.act === 'purge') this.state.mustSweep = true
  }

  private async makeLists(): Promise<void> {
    const { catalogue } = this.build
    const { sites, today } = this.shop
    const isListed = (locale: Locale) =>
      locale === defaultLocale || catalogue.groups(locale, publishedTogether).size > 0
    const locales = [...sites.keys()].filter(isListed)
    const present = new Set<string>()
    this.build.late.clear()
    for (const locale of locales) {
      const { site, hash } = sites.get(locale)!
      const context = listContext(catalogue, { site, locale, locales, today })
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
    const surroundings = sha256(JSON.stringify([this.shop.version, site, ...inputs]))
    for (const list of lists) {
      const key = `${surroundings} ${sha256(list.key)}`
      const before = this.state.lists.get(list.path)
      if (before === key) continue
      // What shows nothing new is made anew when long work is over: something urgent may wait for this release.
      if (!this.isDone && before?.split(' ')[1] === key.split(' ')[1]) continue
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

  private environmentOf(locale: Locale): Environment {
    const { rows } = this.build
    const { source, typeset, today, sites } = this.shop
    return {
      site: sites.get(locale)!.site,
      today,
      row: (uid, other) => rows.get(uid, other),
      translations: (uid) => rows.translations(uid),
      assurance: (resource) => rows.assurance(resource),
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

  private async load(id: string): Promise<Loaded> {
    const [uid, locale] = id.split('.') as [string, Locale]
    const published = await this.shop.source.document(uid, locale)
    return published && attempt(() => readPublished(published))
  }

  /**
   * Takes items out of a set, some at a time. False if something more urgent, or `most`, ended it before the set was
   * empty. What was begun is brought to its end in any case.
   */
  private async drain(
    items: Set<string>,
    { lanes, most = Number.POSITIVE_INFINITY, what, isMany = false }: Lanes,
    work: (item: string, isOneOfMany: boolean) => Promise<void>,
  ): Promise<boolean> {
    let begun = 0
    let done = 0
    let isEnding = false
    // One for all lanes: to begin anew for each item would take the longer, the more items were taken.
    const queue = items.values()
    const lane = async () => {
      while (!isEnding && begun < most) {
        const { value: item, done: isOver } = queue.next()
        if (isOver) return
        items.delete(item)
        begun += 1
        await work(item, isMany)
        done += 1
        this.shop.onProgress({ what, done, total: begun + items.size })
        isEnding ||= await this.shop.isInterrupted()
      }
    }
    const endAll = (error: unknown) => {
      isEnding = true
      throw error
    }
    const ends = await Promise.allSettled(Array.from({ length: lanes }, () => lane().catch(endAll)))
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    return items.size === 0
  }
}

/** How items are worked at: how many at a time, how many at most, whether beside this thread, where that can be. */
type Lanes = { lanes: number; most?: number; what: Progress['what']; isMany?: boolean }

type Malformed = { malformed: string }
type Loaded = Published | Malformed | undefined
const malformed = (error: unknown): Malformed => ({
  malformed: `The edition cannot be compiled. ${error instanceof Error ? error.message : error}`,
})

/** Content never ends a release, however deep it is nested or whatever it holds: what throws is a problem of one document. */
function attempt<T>(read: () => T): T | Malformed {
  try {
    return read()
  } catch (error) {
    return malformed(error)
  }
}

const publishedTogether = ({ tombstone }: Row): string[] => (tombstone ? [] : ['published'])
const defaultLocale: Locale = 'en'

type About = Pick<DocumentState, 'input' | 'span'>
const hashOf = (published: Published): string => sha256(JSON.stringify(published))

/** Content counts more than what is said in its place, and that more than the way from a former address. */
function strengthOf({ status }: RenderedFile, { live }: Published): Strength {
  if (status === 301) return 0
  return live.document && status !== 410 ? 2 : 1
}

const reasonOf = ({ failed }: Compiled): string =>
  failed.map(({ output, error }) => `${output.path}: ${error instanceof Error ? error.message : error}`).join(' ')
