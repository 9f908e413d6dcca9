import { type Edition, type RecordKind, recordKinds } from 'content-schemas'
import { APIError, type CollectionBeforeDeleteHook, type PayloadRequest, type Where } from 'payload'
import { rowId } from './document.ts'
import { liveEdition, type Reference } from './editions.ts'
import { aside } from './records.ts'

/*
 * The one index of which published document shows which record, by whatever way: of itself, or through a snippet or a
 * call to action. It follows the live editions and is written in the transaction of the act.
 */

/** Sets the uses of a document to what its live edition shows; a tombstone shows nothing. */
export async function writeUses(req: PayloadRequest, edition: Edition): Promise<void> {
  const { uid, locale } = edition
  const where: Where = { and: [{ uid: { equals: uid } }, { locale: { equals: locale } }] }
  await req.payload.db.deleteMany({ collection: 'uses', where, req })
  for (const { kind, record } of shown(edition))
    await req.payload.create({
      collection: 'uses',
      data: { id: `${rowId(uid, locale)}.${kind}.${record}`, uid, locale, kind, record },
      depth: 0,
      overrideAccess: true,
      req: aside(req),
    })
}

/** What an edition shows; an issue also what its articles show. */
function shown({ records, articles }: Edition): { kind: RecordKind; record: string }[] {
  const found = new Map<string, { kind: RecordKind; record: string }>()
  for (const some of [records, ...articles.map((held) => held.records)])
    for (const kind of recordKinds)
      for (const record of Object.keys(some?.[kind] ?? {})) found.set(`${kind} ${record}`, { kind, record })
  return [...found.values()]
}

/** Published documents that show a record. */
export async function dependentsOf(req: PayloadRequest, kind: RecordKind, uid: string): Promise<Reference[]> {
  const { docs } = await req.payload.find({
    collection: 'uses',
    where: { and: [{ kind: { equals: kind } }, { record: { equals: uid } }] },
    sort: 'id',
    pagination: false,
    depth: 0,
    overrideAccess: true,
    req: aside(req),
  })
  return docs.map(({ uid, locale }) => ({ uid, locale }))
}

/** Refuses to delete a record that published documents show, and names them. */
export const keepUsed: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const dependents = await dependentsOf(req, collection.slug as RecordKind, String(id))
  if (dependents.length === 0) return
  const titles = await Promise.all(
    dependents
      .slice(0, 10)
      .map(async (reference) => `“${(await liveEdition(req, reference))?.title}” (${reference.locale})`),
  )
  const more = dependents.length > titles.length ? ` and ${dependents.length - titles.length} more` : ''
  throw new APIError(
    `This is shown in ${titles.join(', ')}${more}. Take it out there and publish, then delete it.`,
    409,
    null,
    true,
  )
}
