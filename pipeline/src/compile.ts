import {
  type Article,
  type Edition,
  type EditionSummary,
  type Locale,
  type Message,
  noRecords,
  type Records,
  type ReviewState,
  type ShownResource,
  type Site,
} from 'content-schemas'
import { paths } from './channels/addresses.ts'
import type { Channel, Output, RenderContext, RenderedFile, Row, ShownRecords, TypesetJob } from './channels/channel.ts'
import { formatDay, phrasesOf } from './phrases/index.ts'
import type { Assurance, Published } from './source.ts'
import { assured, type FindAssurance, reviewState, trustOf } from './states.ts'
import { compose } from './transformers/compose.ts'
import { FragmentIds } from './transformers/fragment-ids.ts'
import { numbered, type ResolveContext, type ResolvedBody, resolve } from './transformers/resolve.ts'
import { strikeText } from './transformers/strike.ts'
import type { ResolvedRoot } from './tree.ts'

/** What surrounds a document while it is compiled. */
export type Environment = {
  /** The publication, in the language of the document. */
  site: Site
  /** The day states are derived for, `YYYY-MM-DD`, UTC. */
  today: string
  /** What is known of another document, tombstones included; undefined if it was never published. */
  row(uid: string, locale: Locale): Row | undefined
  /** Rows of the same document in all its languages. */
  translations(uid: string, locale: Locale): Row[]
  /** The newest confirmation of a resource. */
  assurance: FindAssurance
  /** Bytes of a rendition; undefined if they are not to be had. */
  asset(sha256: string): Promise<Uint8Array | undefined>
  /** Typesets a document: a PDF. */
  typeset(job: TypesetJob): Promise<Uint8Array>
}

/**
 * Something outside the edition that was looked up while compiling. As long as the edition, the states of the day, the
 * site and the answers to these are the same, so are the files.
 */
export type Read =
  | { kind: 'row'; uid: string; locale: Locale }
  | { kind: 'translations'; uid: string; locale: Locale }
  | { kind: 'assurance'; uid: string }
  | { kind: 'asset'; sha256: string }

export type Prepared = {
  /** The resolved tree; an empty root for a tombstone. */
  tree: ResolvedRoot
  context: RenderContext
  /** What lists and links know of the document; `listing` is filled by `compile`. */
  row: Row
  messages: Message[]
  /** What has been looked up so far, each once, in order of first use. Rendering adds to it. */
  reads: Read[]
}

export type Compiled = {
  files: RenderedFile[]
  row: Row
  messages: Message[]
  reads: Read[]
  /** Outputs that could not be made; a message tells why. */
  failed: { channel: string; output: Output; error: unknown }[]
}

/**
 * Makes of a published document what every channel starts from: states of the day, notice, resolved tree, row.
 * Bad content gives messages; it never throws.
 */
export function prepare(published: Published, environment: Environment): Prepared {
  const { live } = published
  const { site, today } = environment
  const { locale } = live
  const reads = new Reads(environment)
  const records = shownRecords(allRecords(live), locale, reads, environment)
  const body = resolveEdition(live, records, reads, site)
  const review = reviewOf(live, today)
  const context: RenderContext = {
    edition: live,
    history: published.history,
    records,
    outline: body.outline,
    review,
    notice: noticeOf(live, review, site, reads),
    site,
    today,
    row: (uid, locale) => reads.row(uid, locale),
    translations: () => reads.translations(live.uid, locale),
    asset: (sha256) => reads.asset(sha256),
    typeset: (job) => environment.typeset(job),
  }
  return { tree: body.tree, context, row: rowOf(published, review, site), messages: body.messages, reads: reads.found }
}

/**
 * Compiles a published document to the files of all channels given; with `pass`, only to those of that pass.
 * Files stand in the order of the channels and their outputs. An output that fails is left out and reported: the
 * others are made all the same.
 */
export async function compile(
  published: Published,
  environment: Environment,
  channels: readonly Channel[],
  pass?: Output['pass'],
): Promise<Compiled> {
  const prepared = prepare(published, environment)
  const { tree, context, row, reads } = prepared
  const jobs = channels.flatMap((channel) =>
    channel
      .outputs(published)
      .filter((output) => pass === undefined || output.pass === pass)
      .map((output) => ({ channel, output })),
  )
  const results = await Promise.all(jobs.map((job) => renderOutput(job, tree, context)))
  const failed = results.filter((result) => 'error' in result)
  const failures = failed.map(({ channel, output, error }) =>
    renderFailed(`${output.path} (${output.name} of ${channel})`, error),
  )
  const { listing, messages } = listingOf(channels, prepared)
  return {
    files: results.flatMap((result) => ('file' in result ? [result.file] : [])),
    row: { ...row, listing },
    messages: [...prepared.messages, ...failures, ...messages],
    reads,
    failed,
  }
}

type Job = { channel: Channel; output: Output }
type Failure = Compiled['failed'][number]

const emptyRoot: ResolvedRoot = { type: 'root', children: [] }

async function renderOutput(
  { channel, output }: Job,
  tree: ResolvedRoot,
  context: RenderContext,
): Promise<{ file: RenderedFile } | Failure> {
  try {
    return { file: await channel.render(output.tree ? tree : emptyRoot, context, output) }
  } catch (error) {
    return { channel: channel.name, output, error }
  }
}

function renderFailed(what: string, error: unknown): Message {
  const why = error instanceof Error ? error.message : String(error)
  return {
    rule: 'render-failed',
    severity: 'block',
    waivable: false,
    reason: `${what} could not be made: ${why}`,
    place: { pointer: '' },
  }
}

function listingOf(
  channels: readonly Channel[],
  { tree, context }: Prepared,
): { listing: Row['listing']; messages: Message[] } {
  const listing: Row['listing'] = {}
  const messages: Message[] = []
  for (const { name, listing: keep } of channels)
    try {
      if (keep) listing[name] = keep(tree, context)
    } catch (error) {
      messages.push(renderFailed(`What ${name} keeps for its lists`, error))
    }
  return { listing, messages }
}

/** Answers look-ups and remembers them. */
class Reads {
  readonly found: Read[] = []
  private readonly seen = new Set<string>()
  private readonly environment: Environment

  constructor(environment: Environment) {
    this.environment = environment
  }

  /** Only what is published: a link must not lead to a tombstone. */
  row(uid: string, locale: Locale): Row | undefined {
    const row = this.rowOrTombstone(uid, locale)
    return row?.tombstone ? undefined : row
  }

  rowOrTombstone(uid: string, locale: Locale): Row | undefined {
    this.note(`row ${uid} ${locale}`, { kind: 'row', uid, locale })
    return this.environment.row(uid, locale)
  }

  translations(uid: string, locale: Locale): Row[] {
    this.note('translations', { kind: 'translations', uid, locale })
    return this.environment.translations(uid, locale).filter((row) => !row.tombstone && row.locale !== locale)
  }

  assurance(uid: string): Assurance | undefined {
    this.note(`assurance ${uid}`, { kind: 'assurance', uid })
    return this.environment.assurance(uid)
  }

  async asset(sha256: string): Promise<Uint8Array> {
    this.note(`asset ${sha256}`, { kind: 'asset', sha256 })
    const bytes = await this.environment.asset(sha256)
    if (!bytes) throw new Error(`The picture ${sha256} is not in the store. Upload it again.`)
    return bytes
  }

  private note(key: string, read: Read): void {
    if (this.seen.has(key)) return
    this.seen.add(key)
    this.found.push(read)
  }
}

function resolveEdition(live: Edition, records: ShownRecords, reads: Reads, site: Site): ResolvedBody {
  const { document, locale } = live
  const pageOf = (uid: string): string | undefined => {
    const row = reads.row(uid, locale)
    return row?.kind === 'article' ? site.url + paths.page(locale, row.slug) : undefined
  }
  if (document?.kind === 'article') return resolveArticle(document, records, pageOf)
  if (document?.kind === 'issue')
    return compose(document, live.articles, { records, pageOf, stampPageOf: (stamp) => site.url + paths.stamp(stamp) })
  return { tree: emptyRoot, outline: [], messages: [] }
}

/** The body of an article, and its call to action as the block it ends with. */
function resolveArticle(
  { body, sources, callToAction }: Article,
  records: ShownRecords,
  pageOf: ResolveContext['pageOf'],
): ResolvedBody {
  const context = { records, sources: numbered(sources), pageOf, ids: new FragmentIds() }
  const resolved = resolve(body, context)
  if (!callToAction) return resolved
  const block = { type: 'call-to-action', id: 'call-to-action', record: callToAction } as const
  const end = resolve({ type: 'root', children: [block] }, { ...context, pointer: '/callToAction' })
  return {
    tree: { type: 'root', children: [...resolved.tree.children, ...end.tree.children] },
    outline: [...resolved.outline, ...end.outline],
    messages: [
      ...resolved.messages,
      ...end.messages.map((message) => ({ ...message, place: { pointer: '/callToAction' } })),
    ],
  }
}

/** The records of an edition; an issue shows those of its articles too. */
function allRecords({ records, articles }: Edition): Records {
  if (articles.length === 0) return records ?? noRecords()
  const all = noRecords()
  for (const some of [...articles.map((held) => held.records), records ?? noRecords()])
    for (const kind of Object.keys(all) as (keyof Records)[]) Object.assign(all[kind], some[kind])
  return all
}

function shownRecords(records: Records, locale: Locale, reads: Reads, { site, today }: Environment): ShownRecords {
  const resources: Record<string, ShownResource> = {}
  for (const [uid, frozen] of Object.entries(records.resources)) {
    const resource = assured(frozen, reads.assurance(uid))
    const trust = trustOf(resource, today)
    resources[uid] = { ...resource, trust, notice: trust === 'expired' ? expiredNotice(resource, locale, site) : null }
  }
  return { ...records, resources }
}

function expiredNotice({ assuredDate }: Records['resources'][string], locale: Locale, site: Site): string {
  const phrases = phrasesOf(locale)
  const confirmed = assuredDate ? phrases.lastConfirmed(formatDay(locale, assuredDate)) : phrases.neverConfirmed
  return phrases.expiredResource(confirmed, site.emergency[0]!.text)
}

const worstFirst: ReviewState[] = ['unreviewed', 'overdue', 'due', 'current']

/** An issue is reviewed as well as the worst of its articles. */
function reviewOf({ document, articles }: Edition, today: string): ReviewState {
  if (document?.kind === 'article') return reviewState(document.review, today)
  const states = new Set(articles.map(({ article }) => reviewState(article.review, today)))
  return worstFirst.find((state) => states.has(state)) ?? 'current'
}

/** The sentences that must be shown with a document, as one. */
function noticeOf(live: Edition, review: ReviewState, site: Site, reads: Reads): string | null {
  const phrases = phrasesOf(live.locale)
  const sentences: string[] = []
  if (live.sample || site.sample) sentences.push(phrases.sampleNotice)
  if (!live.document) sentences.push(...tombstoneSentences(live))
  else if (live.document.kind === 'article') {
    const { nextReview } = live.document.review
    if (review === 'unreviewed') sentences.push(phrases.unreviewedNotice)
    if (review === 'overdue' && nextReview) sentences.push(phrases.overdueNotice(formatDay(live.locale, nextReview)))
    sentences.push(...strikeSentences(live))
    sentences.push(...sourceSentences(live, live.document, reads))
  }
  return sentences.join(' ') || null
}

/** One sentence for all passages of a day, and every notice. */
function strikeSentences({ locale, strikes = [] }: Edition): string[] {
  const { strikeNotice } = phrasesOf(locale)
  return [
    ...new Set(
      strikes.map((strike) =>
        strike.kind === 'notice' ? strikeText(locale, strike) : strikeNotice(formatDay(locale, strike.at)),
      ),
    ),
  ]
}

/**
 * What became of the source of a translation that nobody has answered for since: it is no longer published, and no
 * reviewer has approved the translation after that; or it changed in substance, and the two were not compared again.
 */
function sourceSentences(live: Edition, { uid, translatedFrom }: Article, reads: Reads): string[] {
  const source = translatedFrom && reads.rowOrTombstone(uid, translatedFrom)
  if (!source) return []
  const { sourceChangedNotice, sourceEndedNotice } = phrasesOf(live.locale)
  const { publishedAt: newest, majorChange: change } = source
  if (source.tombstone) {
    // The check of a translation carries the time at which its source was approved.
    const isAnswered = (live.approval?.at ?? live.at) > newest
    return isAnswered ? [] : [sourceEndedNotice(formatDay(live.locale, newest))]
  }
  if (!change) return []
  const compared = live.approval?.translation
  const isBehind = compared ? change.before.includes(compared.contentHash) : change.at > live.at
  return isBehind ? [sourceChangedNotice(formatDay(live.locale, change.at))] : []
}

function tombstoneSentences({ act, locale, tombstone }: Edition): string[] {
  const phrases = phrasesOf(locale)
  const byAct: Partial<Record<Edition['act'], string>> = {
    withdraw: phrases.withdrawnNotice,
    gone: phrases.goneNotice,
    redirect: phrases.redirectNotice,
    purge: phrases.purgedNotice,
  }
  return [byAct[act] ?? phrases.goneNotice, tombstone?.reason ?? ''].filter(Boolean)
}

/** What links may say of a document, without a look at its body; `listing` is empty. */
export const linkRow = (published: Published, { site, today }: Pick<Environment, 'site' | 'today'>): Row =>
  rowOf(published, reviewOf(published.live, today), site)

function rowOf({ live, history }: Published, review: ReviewState, site: Site): Row {
  const { document } = live
  const article = document?.kind === 'article' ? document : undefined
  return {
    uid: live.uid,
    locale: live.locale,
    kind: live.kind,
    slug: live.slug,
    title: article?.title ?? live.title,
    summary: article?.summary ?? (document?.kind === 'issue' ? document.preheader : ''),
    topics: article?.topics ?? [],
    audiences: article?.audiences ?? [],
    stamp: live.stamp,
    number: live.number,
    firstPublishedAt: history[history.length - 1]?.at ?? live.at,
    publishedAt: live.at,
    changeNote: live.changeNote,
    review,
    ...majorChange(history),
    tombstone: document === null,
    sample: live.sample || site.sample,
    listing: {},
  }
}

/** The newest edition that changed the text in substance, unless it was the first; a text it brought back is current. */
function majorChange(history: EditionSummary[]): Pick<Row, 'majorChange'> {
  const texts = history.filter(({ contentHash }) => contentHash !== null)
  const newest = texts.findIndex(({ major }) => major)
  if (newest < 0 || newest === texts.length - 1) return {}
  const hashes = texts.map(({ contentHash }) => contentHash!)
  const current = hashes.slice(0, newest + 1)
  const before = [...new Set(hashes.slice(newest + 1))].filter((hash) => !current.includes(hash))
  return { majorChange: { at: texts[newest]!.at, before } }
}
