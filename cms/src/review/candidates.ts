import type { Approval, Article, Message, Records, Waiver } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Reference } from '../publishing/editions.ts'
import { aside } from '../publishing/records.ts'

/** How a text came to be approved: by a reviewer, by a second editor's confirmation, by the check of a translation. */
export type CandidateAct = 'approve' | 'confirm' | 'check'

/** What was approved, frozen. It binds to exactly one content: of its `contentHash`. */
export type Candidate = {
  id: string
  contentHash: string
  document: Article
  records: Records
  /** Name of the reviewer. */
  approvedBy: string
  /** When, ISO. */
  at: string
  act: CandidateAct
  /** The approval it rests on: of a confirmation, that of the reviewer; of a check, that of the source. */
  basis: string | null
  /** Id of the sign-in that did it; null for a process or a command. */
  user: string | null
  /** What its edition says of it. */
  approval: Approval
  /** What the reviewer said to findings that ask for a word. */
  answers: Waiver[]
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const of = ({ uid, locale }: Reference, ...more: Where[]): Where => ({
  and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, ...more],
})

/** How a candidate came about. Without anything, a reviewer approved it now. */
export type Origin = Partial<Pick<Candidate, 'act' | 'basis' | 'user' | 'answers'>> & {
  /** Of the approval: who and when, where that was not now, and what was added to it. */
  approval?: Partial<Approval>
}

/** Keeps what was approved, in the request's transaction. Its `review` says who reviewed it and when. */
export async function keepCandidate(
  req: PayloadRequest,
  article: Article,
  records: Records,
  { act = 'approve', basis = null, user = null, answers = [], approval }: Origin = {},
): Promise<Candidate> {
  const { uid, locale, review } = article
  const approvedBy = records.people[review.reviewer ?? '']?.name ?? ''
  const document = article as unknown as Record<string, unknown>
  const shown = records as unknown as Record<string, unknown>
  const at = clockOf(req.payload).now().toISOString()
  const data = {
    ...{ uid, locale, contentHash: contentHash(article), document, records: shown, approvedBy, at },
    ...{ act, basis, user, answers },
    approval: { by: approvedBy || '–', at, ...approval },
  }
  return candidateOf(await req.payload.create({ collection: 'candidates', data, ...quiet(req) }))
}

/** Takes a candidate back: it approves nothing any longer. */
export async function recallCandidate(
  req: PayloadRequest,
  { id, document, contentHash, approvedBy }: Candidate,
  user: string | null,
): Promise<void> {
  const { uid, locale } = document
  const at = clockOf(req.payload).now().toISOString()
  const data = { uid, locale, contentHash, approvedBy, at, user, act: 'recall', basis: id, document: {}, records: {} }
  await req.payload.create({ collection: 'candidates', data: data as never, ...quiet(req) })
}

/** Everything that approves a document or did, newest first; without what was recalled. */
export async function candidatesOf(req: PayloadRequest, reference: Reference, ...more: Where[]): Promise<Candidate[]> {
  const { docs } = await find(req, await standing(req, reference, ...more))
  return docs.map(candidateOf)
}

/** The newest approval of a document, of one content if a hash is given; undefined if there is none. */
export async function newestCandidate(
  req: PayloadRequest,
  reference: Reference,
  hash?: string,
): Promise<Candidate | undefined> {
  const of = hash === undefined ? [] : [{ contentHash: { equals: hash } }]
  const { docs } = await find(req, await standing(req, reference, ...of), 1)
  return docs[0] && candidateOf(docs[0])
}

/** The newest approval by a reviewer, or check of a translation: what later changes of wording rest on. */
export async function newestApproval(req: PayloadRequest, reference: Reference): Promise<Candidate | undefined> {
  const { docs } = await find(req, await standing(req, reference, { act: { not_equals: 'confirm' } }), 1)
  return docs[0] && candidateOf(docs[0])
}

/** A candidate of a document by its id; undefined if it has no such, or it was recalled. */
export async function candidateById(
  req: PayloadRequest,
  reference: Reference,
  id: string,
): Promise<Candidate | undefined> {
  const { docs } = await find(req, await standing(req, reference, { id: { equals: id } }), 1)
  return docs[0] && candidateOf(docs[0])
}

/** When a change of wording was last recalled, ISO; undefined if none was. */
export async function lastRecall(req: PayloadRequest, reference: Reference): Promise<string | undefined> {
  const { docs } = await find(req, of(reference, { act: { equals: 'recall' } }), 1)
  return docs[0]?.at
}

const find = (req: PayloadRequest, where: Where, limit?: number) =>
  req.payload.find({
    collection: 'candidates',
    where,
    // Two may bear one time where a clock stands still; the later row is the later approval.
    sort: ['-at', '-createdAt'],
    ...(limit === undefined ? {} : { limit }),
    pagination: false,
    ...quiet(req),
  })

/** Leaves out what was recalled, and the recalls. */
async function standing(req: PayloadRequest, reference: Reference, ...more: Where[]): Promise<Where> {
  const { docs } = await req.payload.find({
    collection: 'candidates',
    where: of(reference, { act: { equals: 'recall' } }),
    pagination: false,
    select: { basis: true },
    ...quiet(req),
  })
  const not = docs.flatMap(({ id, basis }) => (basis ? [id, basis] : [id]))
  return of(reference, ...more, ...(not.length > 0 ? [{ id: { not_in: not } }] : []))
}

type CandidateRow = { id: string; contentHash: string; approvedBy: string; at: string } & {
  [K in 'document' | 'records' | 'act' | 'basis' | 'user' | 'answers' | 'approval']?: unknown
}

function candidateOf(row: CandidateRow): Candidate {
  const { id, contentHash, approvedBy, at } = row
  return {
    ...{ id, contentHash, approvedBy, at },
    document: row.document as Article,
    records: row.records as Records,
    act: (row.act as CandidateAct | null) ?? 'approve',
    basis: (row.basis as string | null) ?? null,
    user: (row.user as string | null) ?? null,
    answers: (row.answers as Waiver[] | null) ?? [],
    approval: (row.approval as Approval | null) ?? { by: approvedBy || '–', at },
  }
}

/** The approval of the source of a translation as it stands: what a translation is compared with. */
export async function approvedSource(
  req: PayloadRequest,
  { uid, translatedFrom }: Article,
): Promise<Candidate | undefined> {
  return translatedFrom && newestCandidate(req, { uid, locale: translatedFrom })
}

/** What a translation is bound to when somebody named answers for it now; undefined for what is none. */
export async function comparedWith(
  req: PayloadRequest,
  article: Article,
  by: string | undefined,
): Promise<Approval['translation']> {
  const source = await approvedSource(req, article)
  if (!source) return undefined
  const { locale } = source.document
  return { by: by || '–', at: clockOf(req.payload).now().toISOString(), locale, contentHash: source.contentHash }
}

/**
 * Whether the source that a translation was checked against is approved as it was then: by the newest approval, or with
 * changes of wording since.
 */
async function isSourceTheSame(req: PayloadRequest, article: Article, { approval }: Candidate): Promise<boolean> {
  const { translation } = approval
  if (!translation) return false
  const source = { uid: article.uid, locale: translation.locale }
  const basis = await newestApproval(req, source)
  const checked = await newestCandidate(req, source, translation.contentHash)
  return checked !== undefined && (checked.contentHash === basis?.contentHash || checked.basis === basis?.id)
}

const isAnswered =
  ({ answers }: Candidate) =>
  (rule: string): boolean =>
    answers.some((answer) => answer.rule === rule)

/** Rules that ask for what an approval brings; without one, its absence says it all. */
const broughtByApproval = ['review-dates']

/**
 * Binds an article to its approval: with the review it was approved under, whatever stands in its fields; else with the
 * message that nobody approved it, or that it was changed since.
 */
export async function bindApproval(
  req: PayloadRequest,
  article: Article,
): Promise<{ article: Article; candidate: Candidate | undefined; messages: Message[]; isMoot(rule: string): boolean }> {
  const candidate = await newestCandidate(req, article, contentHash(article))
  if (candidate?.act === 'check' && !(await isSourceTheSame(req, article, candidate)))
    return { article, candidate: undefined, messages: [sourceChanged(candidate)], isMoot: isBrought }
  if (candidate) {
    const { review } = candidate.document
    return { article: { ...article, review }, candidate, messages: [], isMoot: isAnswered(candidate) }
  }
  const earlier = await newestCandidate(req, article)
  return { article, candidate, messages: [approvalMissing(earlier, article)], isMoot: isBrought }
}

const isBrought = (rule: string): boolean => broughtByApproval.includes(rule)

/** The message that the check of a translation was of another source than the one approved now. */
const sourceChanged = ({ approval: { translation } }: Candidate): Message => ({
  ...{ rule: 'approval-missing', severity: 'block', waivable: false },
  reason: `Its source was changed after ${translation?.by ?? 'somebody'} checked it on ${translation?.at.slice(0, 10) ?? 'a day'}.`,
  fix: 'Compare it with the source as it is now, then have it checked again.',
  place: { pointer: '/review' },
})

/** The message that nobody approved an article as it stands, though perhaps an earlier text of it. */
export const approvalMissing = (
  earlier: Candidate | undefined,
  { translatedFrom }: Pick<Article, 'translatedFrom'> = {},
): Message => ({
  rule: 'approval-missing',
  severity: 'block',
  waivable: false,
  reason: earlier
    ? `It was changed after ${earlier.approvedBy || 'the reviewer'} approved it on ${earlier.at.slice(0, 10)}.`
    : translatedFrom
      ? 'Nobody has checked this translation against its source, and no reviewer has approved it.'
      : 'No reviewer has approved it.',
  fix: translatedFrom
    ? 'Have it checked against its approved source, or submit it to a reviewer. As it then stands it can be published.'
    : earlier
      ? 'Submit it to a reviewer; where only wording was changed, a second editor may confirm it.'
      : 'Submit it to a reviewer. Once it is approved as it stands, it can be published.',
  place: { pointer: '/review' },
})

/** Removes all candidates of a document, for a purge. */
export async function purgeCandidates(req: PayloadRequest, reference: Reference): Promise<void> {
  await req.payload.delete({
    collection: 'candidates',
    where: of(reference),
    context: { purge: true },
    ...quiet(req),
  })
}
