import type { CollectionAfterChangeHook, CollectionBeforeChangeHook } from 'payload'
import { actingIn, allow } from '../access/acting.ts'
import { type Actor, mayAct } from '../access/roles.ts'

/*
 * Whoever may save a document may not yet publish it: the status is reserved to the roles of the act, on every door a
 * signed-in user can take. A process of ours has no user, and does what it was told to.
 */

/** Refuse to publish to who may not. */
export const reservePublishing: CollectionBeforeChangeHook = ({ data, req }) => {
  if (data._status === 'published' && req.user) allow('publish', actingIn(req))
  return data
}

/** Refuse to take a published document back to who may not. What is stored decides, since a saved draft changes nothing. */
export const reserveWithdrawal: CollectionAfterChangeHook = async ({ collection, doc, operation, req }) => {
  if (operation === 'create' || !req.user || mayAct(req.user as Actor, 'withdraw')) return doc
  const where = { id: { equals: doc.id } }
  const stored = await req.payload.db.findOne<{ id: string; _status?: string }>({
    collection: collection.slug,
    where,
    req,
  })
  if (stored?._status !== 'published' && (await isLive(doc, req))) allow('withdraw', actingIn(req))
  return doc
}

async function isLive(
  doc: { uid: string; locale: string },
  req: Parameters<CollectionAfterChangeHook>[0]['req'],
): Promise<boolean> {
  const { docs } = await req.payload.find({
    collection: 'editions',
    where: { and: [{ uid: { equals: doc.uid } }, { locale: { equals: doc.locale } }] },
    sort: '-number',
    limit: 1,
    pagination: false,
    depth: 0,
    select: { act: true },
    req,
  })
  return ['publish', 'correct', 'record'].includes(docs[0]?.act ?? '')
}
