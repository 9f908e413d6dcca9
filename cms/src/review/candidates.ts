import type { Article, Records } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Reference } from '../publishing/editions.ts'
import { aside } from '../publishing/records.ts'

const ofContent = ({ uid, locale }: Reference, hash: string): Where => ({
  and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, { contentHash: { equals: hash } }],
})

/**
 * Keeps what a reviewer signed off, frozen, in the request's transaction: once for each content. An article names its
 * reviewer in its fields, so that publishing it is what freezes the candidate.
 */
export async function keepCandidate(req: PayloadRequest, article: Article, records: Records): Promise<void> {
  const { uid, locale, review } = article
  const hash = contentHash(article)
  const quiet = { depth: 0, overrideAccess: true, req: aside(req) } as const
  const { totalDocs } = await req.payload.count({ collection: 'candidates', where: ofContent(article, hash), ...quiet })
  if (totalDocs > 0) return
  const approvedBy = records.people[review.reviewer ?? '']?.name ?? ''
  const at = clockOf(req.payload).now().toISOString()
  const document = article as unknown as Record<string, unknown>
  const shown = records as unknown as Record<string, unknown>
  const data = { uid, locale, contentHash: hash, document, records: shown, approvedBy, at }
  await req.payload.create({ collection: 'candidates', data, ...quiet })
}

/** Removes all candidates of a document, for a purge. */
export async function purgeCandidates(req: PayloadRequest, { uid, locale }: Reference): Promise<void> {
  await req.payload.delete({
    collection: 'candidates',
    where: { and: [{ uid: { equals: uid } }, { locale: { equals: locale } }] },
    context: { purge: true },
    depth: 0,
    overrideAccess: true,
    req: aside(req),
  })
}
