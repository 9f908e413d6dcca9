import type { Article, Message, Records } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Reference } from '../publishing/editions.ts'
import { aside } from '../publishing/records.ts'

/** What a reviewer approved, frozen. It binds to exactly one content: of its `contentHash`. */
export type Candidate = {
  id: string
  contentHash: string
  document: Article
  approvedBy: string
  /** When, ISO. */
  at: string
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const of = ({ uid, locale }: Reference, ...more: Where[]): Where => ({
  and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, ...more],
})

/** Keeps what a reviewer approved, in the request's transaction. Its `review` says who and when. */
export async function keepCandidate(req: PayloadRequest, article: Article, records: Records): Promise<Candidate> {
  const { uid, locale, review } = article
  const approvedBy = records.people[review.reviewer ?? '']?.name ?? ''
  const document = article as unknown as Record<string, unknown>
  const shown = records as unknown as Record<string, unknown>
  const at = clockOf(req.payload).now().toISOString()
  const data = { uid, locale, contentHash: contentHash(article), document, records: shown, approvedBy, at }
  return candidateOf(await req.payload.create({ collection: 'candidates', data, ...quiet(req) }))
}

/** The newest approval of a document, of one content if a hash is given; undefined if there is none. */
export async function newestCandidate(
  req: PayloadRequest,
  reference: Reference,
  hash?: string,
): Promise<Candidate | undefined> {
  const { docs } = await req.payload.find({
    collection: 'candidates',
    where: hash === undefined ? of(reference) : of(reference, { contentHash: { equals: hash } }),
    // Two may bear one time where a clock stands still; the later row is the later approval.
    sort: ['-at', '-createdAt'],
    limit: 1,
    pagination: false,
    ...quiet(req),
  })
  return docs[0] && candidateOf(docs[0])
}

/** A candidate of a document by its id; undefined if it has no such. */
export async function candidateById(
  req: PayloadRequest,
  reference: Reference,
  id: string,
): Promise<Candidate | undefined> {
  const where = of(reference, { id: { equals: id } })
  const { docs } = await req.payload.find({
    collection: 'candidates',
    where,
    limit: 1,
    pagination: false,
    ...quiet(req),
  })
  return docs[0] && candidateOf(docs[0])
}

const candidateOf = (row: { id: string; contentHash: string; document: unknown; approvedBy: string; at: string }) => {
  const { id, contentHash, document, approvedBy, at } = row
  return { id, contentHash, document: document as Article, approvedBy, at }
}

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
  if (candidate) {
    const { review } = candidate.document
    return { article: { ...article, review }, candidate, messages: [], isMoot: () => false }
  }
  const earlier = await newestCandidate(req, article)
  const isMoot = (rule: string) => broughtByApproval.includes(rule)
  return { article, candidate, messages: [approvalMissing(earlier)], isMoot }
}

/** The message that nobody approved an article as it stands, though perhaps an earlier text of it. */
export const approvalMissing = (earlier: Candidate | undefined): Message => ({
  rule: 'approval-missing',
  severity: 'block',
  waivable: false,
  reason: earlier
    ? `It was changed after ${earlier.approvedBy || 'the reviewer'} approved it on ${earlier.at.slice(0, 10)}.`
    : 'No reviewer has approved it.',
  fix: 'Submit it to a reviewer. Once it is approved as it stands, it can be published.',
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
