import { type Edition, Slug } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest, type Where } from 'payload'
import { type Acting, allow } from '../access/acting.ts'
import { audit } from '../audit/record.ts'
import { slugTaken } from '../fields/slug.ts'
import { clockOf } from './clock.ts'
import { rowId } from './document.ts'
import { appendEdition, liveEdition, type Reference } from './editions.ts'
import { inTransaction } from './transaction.ts'
import { writeUses } from './uses.ts'

/**
 * Gives a published article another web address, to which the former one leads from then on. It makes a minor edition of
 * what readers have, whatever was drafted since: nothing of the text changes, so no approval is asked for.
 */
export const move = (payload: Payload, reference: Reference, { slug, ...acting }: Acting & { slug: string }) =>
  inTransaction(payload, async (req): Promise<Edition> => {
    allow('move', acting)
    const live = await liveEdition(req, reference)
    if (live?.document?.kind !== 'article')
      throw refusal(
        409,
        'Only what is published is moved. Before its first publication, write its address in the form.',
      )
    await assertFree(req, live, slug)
    const { stamp: _, number: __, ...kept } = live
    const at = clockOf(payload).now().toISOString()
    // Readers of a corrected article go on being told of the correction.
    const what =
      live.act === 'correct'
        ? { act: live.act, changeNote: live.changeNote }
        : { act: 'publish' as const, changeNote: '' }
    const document = { ...live.document, slug }
    const edition = await appendEdition(req, { ...kept, ...what, slug, document, major: false, at }, acting)
    await writeUses(req, edition)
    await rename(req, reference, slug)
    const { kind, uid, locale, title, stamp } = edition
    await audit(req, acting, { act: 'move', kind, uid, locale, title, stamp, reason: `${live.slug} → ${slug}` })
    return edition
  })

const refusal = (status: number, message: string) => new APIError(message, status, null, true)

/** Refuses what is no address, is another article's, or still leads to another one. */
async function assertFree(req: PayloadRequest, { uid, locale, slug: before }: Edition, slug: string): Promise<void> {
  if (!Slug.safeParse(slug).success)
    throw refusal(400, 'An address has lower-case letters, digits and single hyphens, such as getting-help.')
  if (slug === before) throw refusal(409, 'That is its address already.')
  const where: Where = {
    and: [{ slug: { equals: slug } }, { locale: { equals: locale } }, { uid: { not_equals: uid } }],
  }
  const { totalDocs } = await req.payload.count({ collection: 'editions', where, overrideAccess: true, req })
  const isTaken = await slugTaken(slug, { id: rowId(uid, locale), locale }, 'articles', req)
  if (totalDocs > 0 || isTaken)
    throw refusal(
      409,
      'Another article in this language has this address, or had it and is found there. Choose a different one.',
    )
}

/** Sets the address in the row and in its newest version as they are: no hook, no new version, no gate. */
async function rename(req: PayloadRequest, { uid, locale }: Reference, slug: string): Promise<void> {
  const { db } = req.payload
  const id = rowId(uid, locale)
  await db.updateOne({ collection: 'articles', id, data: { slug }, req, returning: false })
  const { docs } = await db.findVersions({
    collection: 'articles',
    where: { and: [{ parent: { equals: id } }, { latest: { equals: true } }] },
    ...{ limit: 1, pagination: false, req },
  })
  const [newest] = docs
  if (!newest) return
  const { createdAt, updatedAt, version } = newest
  const versionData = { createdAt, updatedAt, parent: id, latest: true, version: { ...version, slug } }
  await db.updateVersion({ collection: 'articles', id: newest.id, versionData: versionData as never, req })
}
