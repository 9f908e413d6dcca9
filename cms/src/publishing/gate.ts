import type { Edition, Locale, Message, Records, Waiver } from 'content-schemas'
import { APIError, type CollectionBeforeChangeHook, type PayloadRequest } from 'payload'
import { check } from 'pipeline/checks/index.ts'
import { waiverOf } from 'pipeline/checks/waivers.ts'
import { dayOf } from 'pipeline/clock.ts'
import { type Actor, mayAct } from '../access/roles.ts'
import { bindApproval } from '../review/candidates.ts'
import { keptWaivers, plainWaiver } from '../review/kept-waivers.ts'
import type { ActContext } from './act-context.ts'
import { clockOf } from './clock.ts'
import { articleOf, issueOf, type ReadDocument, type Row } from './document.ts'
import { liveEdition } from './editions.ts'
import { policyIn } from './policy.ts'
import { rowOf, shownBy, siteIn } from './records.ts'
import { unsignedRecords } from './sign-offs.ts'
import { struckPassages } from './strikes.ts'

/** Collections whose rows are published. */
export type DocumentCollection = 'articles' | 'issues'

/** What would be published, and what stands against it. `document` and `records` are there when the fields can be read. */
export type Examined = {
  document: Edition['document']
  records: Records | null
  /** The articles an issue holds. */
  articles: Edition['articles']
  messages: Message[]
  /** How an article came to be approved as it stands. */
  approval?: Edition['approval']
  /** What the reviewer said to findings, which are therefore left out. */
  answers: Waiver[]
}

/** A publication, or an approval, was refused: HTTP 422 with the messages, the same on every door. */
export class RefusedError extends APIError<{ messages: Message[] }> {
  constructor(title: string, messages: Message[], what: 'published' | 'approved' | 'confirmed' = 'published') {
    super(noticeOf(title, messages, what), 422, { messages }, true)
    // The build of the admin shortens the names of classes; `loggingLevels` goes by this one.
    this.name = 'RefusedError'
  }
}

/** The reasons, one a line. */
const noticeOf = (title: string, messages: Message[], what: string): string =>
  asNotice([`“${title}” cannot be ${what} yet.`, ...messages.map(({ reason }) => `• ${reason}`)].join('\n'))

/** What a form of the admin shows as it is: its notices take what follows a colon, as in many a title, for a list. */
export const asNotice = (text: string): string => text.replaceAll(':', '\u2236')

/** Examines a row as it would be published today, as the request's transaction sees it. Writes nothing. */
export async function examine(req: PayloadRequest, collection: DocumentCollection, row: Row): Promise<Examined> {
  const { document: written, messages } = await read(req, collection, row)
  if (!written) return { document: null, records: null, articles: [], messages, answers: [] }
  const approval = written.kind === 'article' ? await bindApproval(req, written) : undefined
  const document = approval?.article ?? written
  const records = await shownBy(req, document)
  const held = document.kind === 'issue' ? await articlesOf(req, document) : { articles: [], messages: [] }
  const site = await siteIn(req, document.locale)
  const policy = await policyIn(req)
  const found = check(document, { records, site, policy, today: dayOf(clockOf(req.payload).now()) })
  const standing = found.filter(({ rule }) => !approval?.isMoot(rule))
  const { candidate } = approval ?? {}
  const struck = document.kind === 'article' ? await struckPassages(req, document, candidate?.approval.at) : []
  const unsigned = await unsignedRecords(req, document, records)
  const all = [...messages, ...(approval?.messages ?? []), ...struck, ...unsigned, ...held.messages, ...standing]
  const kept = { approval: candidate?.approval, answers: candidate?.answers ?? [] }
  return { document, records, articles: held.articles, messages: all, ...kept }
}

/** What was examined and may be published: `waived` holds the waivers without which it could not. */
export type Passed = Examined & { waived: Waiver[] }

/**
 * Examines a row and throws `RefusedError` when a message blocks that is not waived, now or before. Waivers given now
 * count where whoever asks may waive, or nobody but a process of ours does.
 */
export async function examineOrRefuse(
  req: PayloadRequest,
  collection: DocumentCollection,
  row: Row,
  waivers: readonly Waiver[] = [],
): Promise<Passed> {
  const examined = await examine(req, collection, row)
  const { document, messages } = examined
  const allowed = !req.user || mayAct(req.user as Actor, 'waive') ? waivers : []
  const blocking = messages.filter(({ severity }) => severity === 'block')
  const kept = document && blocking.length > 0 ? (await keptWaivers(req, document)).map(plainWaiver) : []
  const answers = blocking.map((message) => document && waiverOf(message, document, [...allowed, ...kept]))
  const standing = blocking.filter((_, index) => !answers[index])
  if (standing.length > 0) throw new RefusedError(String(row.title || row.id), standing)
  const waived = answers.filter((waiver) => waiver !== null && waiver !== undefined)
  return { ...examined, waived: [...examined.answers, ...waived] }
}

/**
 * The gate of every door: form, REST, bulk edit, restored version, Local API. Whatever would leave a document published
 * is examined before it is written, and gets the review it was approved under. The act itself examines again what was
 * stored.
 */
export const gatePublication: CollectionBeforeChangeHook = async ({ collection, context, data, originalDoc, req }) => {
  if (data._status !== 'published') return data
  const act = context.act as ActContext | undefined
  const waivers = act && 'note' in act ? act.note.waivers : []
  const row = { ...originalDoc, ...data }
  const { document } = await examineOrRefuse(req, collection.slug as DocumentCollection, row, waivers)
  if (document?.kind !== 'article') return data
  return { ...data, review: { ...data.review, ...document.review } }
}

async function read(req: PayloadRequest, collection: DocumentCollection, row: Row): Promise<ReadDocument> {
  if (collection === 'articles') return articleOf(row)
  const newsletter = row.newsletter as Row | string | null
  const id = typeof newsletter === 'object' ? newsletter?.id : newsletter
  return issueOf(row, id ? await rowOf(req, 'newsletters', id, row.locale as Locale) : undefined)
}

async function articlesOf(
  req: PayloadRequest,
  issue: Extract<Edition['document'], { kind: 'issue' }>,
): Promise<Pick<Examined, 'articles' | 'messages'>> {
  const articles: Edition['articles'] = []
  const messages: Message[] = []
  for (const [index, item] of issue.items.entries()) {
    if (item.kind !== 'article') continue
    const live = await liveEdition(req, { uid: item.article, locale: issue.locale })
    if (live?.strikes?.length) messages.push(inDoubt(index, live.title))
    if (live?.document?.kind === 'article' && live.records)
      articles.push({ article: live.document, records: live.records, stamp: live.stamp, number: live.number })
    else messages.push(notPublished(index, live?.title))
  }
  return { articles, messages }
}

/** A mail cannot be taken back. */
const inDoubt = (index: number, title: string): Message => ({
  rule: 'issue-article-struck',
  severity: 'block',
  waivable: false,
  reason: `A passage of “${title}” was withdrawn, or is in doubt.`,
  fix: 'Publish it anew first, or take it out of the issue.',
  place: { pointer: `/items/${index}/article` },
})

const notPublished = (index: number, title: string | undefined): Message => ({
  rule: 'issue-article-unpublished',
  severity: 'block',
  waivable: false,
  reason: `${title ? `“${title}”` : 'An article of this issue'} is not published in the language of the issue.`,
  fix: 'Publish it first, or take it out of the issue.',
  place: { pointer: `/items/${index}/article` },
})
