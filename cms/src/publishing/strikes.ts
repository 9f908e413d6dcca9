import type { Article, Edition, Locale, Message, Strike } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest, type Where } from 'payload'
import { survey } from 'pipeline/checks/survey.ts'
import { contentHash } from 'pipeline/identity.ts'
import { phrasesOf } from 'pipeline/phrases/index.ts'
import { recordsOf } from 'pipeline/transformers/records.ts'
import {
  type Meant,
  placeToStrike,
  type Recall,
  recallOf,
  StrikeError,
  stillSaid,
  strikable,
  strike as withoutStruck,
} from 'pipeline/transformers/strike.ts'
import { type Acting, allow } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { mailStrike, mailUnconfirmed } from '../review/mails.ts'
import { clockOf } from './clock.ts'
import { appendEdition, editionOf, liveEdition, type Reference } from './editions.ts'
import { aside, shownBy } from './records.ts'
import { areSignOffsAsked, sharedAmong, unsignedAmong } from './sign-offs.ts'
import { inTransaction } from './transaction.ts'
import { writeUses } from './uses.ts'

/*
 * The emergency lane: a publisher takes a passage out of what is published, or puts a notice above it, at once and
 * without an approval. Advice is never given this way: what readers are told are fixed sentences, and the publisher's
 * own words stay with the staff. A reviewer confirms it or lifts it; until then, and without an answer, it stays.
 */

export const strikeStates = ['unconfirmed', 'confirmed', 'lifted', 'replaced'] as const
export type StrikeState = (typeof strikeStates)[number]
/** States in which readers see it. */
const standing: readonly StrikeState[] = ['unconfirmed', 'confirmed']

/** How long a reviewer has to answer, milliseconds. After that it still stands, and everybody is told. */
export const answerTime = 24 * 3_600_000

/** A row of the strikes. */
export type StrikeRow = {
  id: string
  uid: string
  locale: Locale
  title: string
  kind: Strike['kind']
  cause: Strike['cause']
  reason: string
  says: string
  /** When, ISO. */
  at: string
  by: string
  user: string | null
  state: StrikeState
  answeredBy: string | null
  from: string
  place: Strike['place']
  recall: Recall
}

/** What is asked: a passage, or a notice about the whole; why, as readers are told and in words for the staff. */
export type Striking = Acting & { cause: Strike['cause']; reason: string } & (
    | ({ kind: 'passage' } & Meant)
    | { kind: 'notice' }
  )

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const misuse = (message: string, status = 409) => new APIError(message, status, null, true)

/** Withdraws a passage of what is published, or puts a notice above it, in a new edition. Tells the reviewers by mail. */
export async function strike(payload: Payload, reference: Reference, striking: Striking): Promise<Edition> {
  const { edition, row } = await inTransaction(payload, async (req) => {
    allow('strike', striking)
    if (!striking.reason.trim()) throw misuse('Say why, for the reviewer: the reason is empty.', 400)
    const live = await liveArticle(req, reference)
    const open = await openStrikes(req, reference)
    const from = open.find(({ kind }) => kind === 'passage')?.from ?? live.stamp
    const article = await articleIn(req, from)
    const place = striking.kind === 'notice' ? { pointer: '' } : placeOf(article, striking)
    assertNew(open, place, striking)
    const recall = striking.kind === 'notice' ? { words: [], block: null } : recallOf(article, place)
    const { kind, cause, reason } = striking
    const made = await req.payload.create({
      collection: 'strikes',
      data: {
        ...{ ...reference, title: live.title, kind, cause, reason, from, place, recall, state: 'unconfirmed' as const },
        ...{ says: saysAt(article, place, recall), at: clockOf(payload).now().toISOString() },
        ...{ by: striking.by, user: striking.user?.id ?? null },
      },
      ...quiet(req),
    })
    const row = rowOfStrike(made)
    const { noteOfNotice, noteOfStrike } = phrasesOf(reference.locale)
    const changeNote = kind === 'notice' ? noteOfNotice : noteOfStrike
    const said = { act: 'strike', reason: `${cause}: ${reason}` } as const
    return { row, edition: await remake(req, live, [...open, row], striking, { changeNote, said }) }
  })
  await mailStrike(payload, row, reviewerIn(edition))
  return edition
}

/** Says, as a reviewer, that it was right. Readers see no difference. */
export const confirmStrike = (payload: Payload, id: string, acting: Acting): Promise<void> =>
  inTransaction(payload, async (req) => {
    allow('confirm-strike', acting)
    const row = await openStrike(req, id, acting)
    if (row.state === 'confirmed') throw misuse(`${row.answeredBy} has confirmed it already.`)
    await answer(req, row, 'confirmed', acting)
    await audit(req, acting, entryOf('confirm-strike', row))
  })

/** Says, as a reviewer, that it was not needed: the text comes back as it was approved. Undefined if nothing is published. */
export const liftStrike = (
  payload: Payload,
  id: string,
  { reason, ...acting }: Acting & { reason: string },
): Promise<Edition | undefined> =>
  inTransaction(payload, async (req) => {
    allow('lift-strike', acting)
    if (!reason.trim()) throw misuse('Say why it may stand as it was: the reason is empty.', 400)
    const row = await openStrike(req, id, acting)
    await answer(req, row, 'lifted', acting)
    const said = { act: 'lift-strike', reason } as const
    const live = await liveEdition(req, row)
    if (live?.strikes?.some((one) => one.id === row.id)) {
      const changeNote = phrasesOf(row.locale).noteOfLift
      return remake(req, live, await openStrikes(req, row), acting, { changeNote, said })
    }
    await audit(req, acting, { ...entryOf('lift-strike', row), reason })
    return undefined
  })

/** Everything that was struck in a document and stands, oldest first. */
export const openStrikes = (req: PayloadRequest, { uid, locale }: Reference): Promise<StrikeRow[]> =>
  strikesWhere(req, [{ uid: { equals: uid } }, { locale: { equals: locale } }, { state: { in: [...standing] } }])

/** What no reviewer has answered yet, in all documents, oldest first. */
export const unconfirmedStrikes = (req: PayloadRequest): Promise<StrikeRow[]> =>
  strikesWhere(req, [{ state: { equals: 'unconfirmed' } }])

/** Whether the time of the reviewers is over. */
export const isLate = ({ at }: Pick<StrikeRow, 'at'>, now: Date): boolean =>
  now.getTime() - Date.parse(at) >= answerTime

/** Tells reviewers and publishers, once, of what nobody has answered in time. It stays as it is. */
export async function remindOfStrikes(payload: Payload): Promise<void> {
  const late = await inTransaction(payload, async (req) => {
    const now = clockOf(payload).now()
    const waiting = await strikesWhere(req, [
      ...[{ state: { equals: 'unconfirmed' } }, { remindedAt: { exists: false } }],
      { at: { less_than_equal: new Date(now.getTime() - answerTime).toISOString() } },
    ])
    for (const { id } of waiting) await save(req, id, { remindedAt: now.toISOString() })
    return waiting
  })
  for (const row of late) await mailUnconfirmed(payload, row)
}

/**
 * Refuses to bring a struck passage back unknowingly: a new text is published without it, or a reviewer lifts it. Nor is
 * one published that a reviewer approved before it was struck; `approvedAt` is undefined where nobody has approved it.
 */
export async function struckPassages(
  req: PayloadRequest,
  article: Article,
  approvedAt: string | undefined,
): Promise<Message[]> {
  const open = await openStrikes(req, article)
  return open.flatMap((row): Message[] => {
    if (row.kind !== 'passage') return []
    const said = `withdrawn from what is published on ${row.at.slice(0, 10)} by ${row.by}: ${row.reason}`
    const pointer = stillSaid(article, row.recall)
    if (pointer !== undefined)
      return [
        struck(
          pointer,
          `This passage was ${said}`,
          'Write it anew or take it out. If it was right, a reviewer can lift the withdrawal.',
        ),
      ]
    if (approvedAt === undefined || isAnswered(row, approvedAt)) return []
    return [
      struck(
        '/review',
        `It was approved before a passage was ${said}`,
        'Have a reviewer approve it as it is now, or lift the withdrawal.',
      ),
    ]
  })
}

const struck = (pointer: string, reason: string, fix: string): Message => ({
  ...{ rule: 'struck-passage', severity: 'block', waivable: false, reason, fix },
  place: { pointer },
})

/** Whether whoever approved a text could know of a strike. */
export const isAnswered = ({ at }: Pick<StrikeRow, 'at'>, approvedAt: string): boolean => approvedAt > at

/**
 * What of a document's strikes a new edition carries on, and what it ends. A text that was approved later ends them; one
 * that was approved before a notice appears under it.
 */
export async function carryStrikes(
  req: PayloadRequest,
  reference: Reference,
  approvedAt: string | undefined,
): Promise<Strike[]> {
  const carried: Strike[] = []
  for (const row of await openStrikes(req, reference)) {
    if (approvedAt !== undefined && isAnswered(row, approvedAt)) await save(req, row.id, { state: 'replaced' })
    else carried.push(strikeOf(row))
  }
  return carried
}

/** Removes what was struck in a document, for a purge: it holds the words. */
export async function purgeStrikes(req: PayloadRequest, { uid, locale }: Reference): Promise<void> {
  const where: Where = { and: [{ uid: { equals: uid } }, { locale: { equals: locale } }] }
  await req.payload.delete({ collection: 'strikes', where, ...quiet(req) })
}

/** What of a published article can still be struck; nothing if none is published. */
export async function passagesOn(req: PayloadRequest, reference: Reference) {
  const live = await liveEdition(req, reference)
  if (live?.document?.kind !== 'article') return []
  const open = (await openStrikes(req, reference)).filter(({ kind }) => kind === 'passage')
  const article = open[0] ? await articleIn(req, open[0].from) : live.document
  return strikable(article).filter(({ pointer }) => !open.some(({ place }) => isWithin(pointer, place.pointer)))
}

const isWithin = (pointer: string, outer: string): boolean => pointer === outer || pointer.startsWith(`${outer}/`)

async function liveArticle(req: PayloadRequest, reference: Reference): Promise<Edition & { document: Article }> {
  const live = await liveEdition(req, reference)
  if (live?.document?.kind === 'article') return { ...live, document: live.document }
  throw misuse('Nothing is published here that could be withdrawn in part.')
}

async function articleIn(req: PayloadRequest, stamp: string): Promise<Article> {
  const edition = await editionOf(req, stamp)
  if (edition?.document?.kind === 'article') return edition.document
  throw misuse(`The edition ${stamp} is not there any more.`)
}

function placeOf(article: Article, meant: Meant): Strike['place'] {
  try {
    return placeToStrike(article, meant)
  } catch (error) {
    if (error instanceof StrikeError) throw misuse(error.message, 400)
    throw error
  }
}

/** Two strikes never overlap: the text could not be put together again. */
function assertNew(open: readonly StrikeRow[], place: Strike['place'], { kind }: Striking): void {
  const overlaps = (other: Strike['place']) => {
    if (place.pointer !== other.pointer)
      return isWithin(place.pointer, other.pointer) || isWithin(other.pointer, place.pointer)
    if (place.start === undefined || other.start === undefined) return true
    return place.start < other.end! && other.start < place.end!
  }
  if (kind === 'passage' && open.some((row) => row.kind === 'passage' && overlaps(row.place)))
    throw misuse('This passage, or a part of it, is withdrawn already.')
}

function saysAt(article: Article, { pointer }: Strike['place'], { words }: Recall): string {
  const said = words.join(' ') || strikable(article).find((passage) => passage.pointer === pointer)?.text || ''
  return said.slice(0, 1000)
}

/** Makes the edition that has these strikes, and no others, of the text that was approved. */
async function remake(
  req: PayloadRequest,
  live: Edition,
  open: readonly StrikeRow[],
  acting: Acting,
  { changeNote, said }: { changeNote: string; said: Pick<AuditEntry, 'act' | 'reason'> },
): Promise<Edition> {
  const { number: _, stamp: __, readability: ___, strikes: before = [], ...kept } = live
  const passages = open.filter(({ kind }) => kind === 'passage')
  const from = passages[0]?.from ?? before.find(({ kind }) => kind === 'passage')?.from
  const approved = from === undefined ? (live.document as Article) : await articleIn(req, from)
  const { slug, review } = live.document as Article
  const document = { ...withoutStruck(approved, passages), slug, review }
  const records = await recordsFor(req, document, live, from)
  assertUrgentHelp(live, document, records)
  const strikes = open.map(strikeOf)
  const at = clockOf(req.payload).now().toISOString()
  const edition = await appendEdition(
    req,
    {
      ...kept,
      ...{ document, records, act: 'correct', major: true, changeNote, at, contentHash: contentHash(document) },
      ...(strikes.length > 0 ? { strikes } : {}),
    },
    acting,
    said,
  )
  await writeUses(req, edition)
  return edition
}

/** The records as they were shown; what comes back with a text, as it is now, or was while that is not signed off. */
async function recordsFor(req: PayloadRequest, document: Article, live: Edition, from: string | undefined) {
  const now = await shownBy(req, document)
  const was = from !== undefined && (await areSignOffsAsked(req)) ? (await editionOf(req, from))?.records : undefined
  const unsigned = was ? await unsignedAmong(req, document.locale, sharedAmong(now)) : new Set()
  const lookup = (kind: keyof typeof now, uid: string) =>
    live.records?.[kind][uid] ?? (unsigned.has(uid) ? was?.[kind][uid] : undefined) ?? now[kind][uid]
  return (await recordsOf(document, lookup as Parameters<typeof recordsOf>[1])).records
}

function assertUrgentHelp(live: Edition, document: Article, records: NonNullable<Edition['records']>): void {
  const has = (article: Article, some: NonNullable<Edition['records']>) =>
    survey(article, some).shown.some(({ node }) => node.type === 'urgent-help')
  if (has(live.document as Article, live.records!) && !has(document, records))
    throw misuse(
      'This would leave the article without urgent help. Withdraw the sentence that is wrong, or correct the number in its record.',
    )
}

const strikeOf = ({ id, kind, cause, at, from, place }: StrikeRow): Strike => ({ id, kind, cause, at, from, place })

async function openStrike(req: PayloadRequest, id: string, { user }: Acting): Promise<StrikeRow> {
  const [row] = await strikesWhere(req, [{ id: { equals: id } }])
  if (!row) throw misuse('There is no such withdrawal of a passage.', 404)
  if (!standing.includes(row.state)) throw misuse(`It is ${row.state} already.`)
  if (user && user.id === row.user) throw misuse('You withdrew this yourself. Somebody else has to answer it.')
  return row
}

const answer = (req: PayloadRequest, { id }: StrikeRow, state: StrikeState, { by }: Acting): Promise<void> =>
  save(req, id, { state, answeredBy: by })

async function save(req: PayloadRequest, id: string, data: object): Promise<void> {
  await req.payload.update({ collection: 'strikes', id, data, ...quiet(req) })
}

async function strikesWhere(req: PayloadRequest, and: Where[]): Promise<StrikeRow[]> {
  const { docs } = await req.payload.find({
    collection: 'strikes',
    where: { and },
    sort: ['at', 'createdAt'],
    pagination: false,
    ...quiet(req),
  })
  return docs.map(rowOfStrike)
}

const rowOfStrike = (row: object): StrikeRow => {
  const { at, ...rest } = row as StrikeRow
  return { ...rest, at: new Date(at).toISOString() }
}

const reviewerIn = ({ document }: Edition): string | null =>
  document?.kind === 'article' ? document.review.reviewer : null

const entryOf = (act: AuditEntry['act'], { uid, locale, title, says }: StrikeRow): AuditEntry => ({
  ...{ act, kind: 'article', uid, locale, title },
  reason: says,
})
