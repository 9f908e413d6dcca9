import { type Edition, type Locale, locales, type RecordKind, recordKinds } from 'content-schemas'
import { APIError, type CollectionBeforeDeleteHook, type PayloadRequest, type Where } from 'payload'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { usesIn } from 'pipeline/transformers/records.ts'
import { type Row, rowId } from './document.ts'
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

/** Where a record is used: published documents, by whatever way, and records that name it, whether or not they are shown. */
export type Usage = {
  /** How many documents there are; `documents` holds the first of them. */
  count: number
  documents: { collection: 'articles' | 'issues'; id: string; title: string; locale: Locale }[]
  records: { collection: 'calls-to-action' | 'snippets'; id: string; title: string }[]
}

/** Where a record is used, with at most so many documents by name. Drafts are not looked through. */
export async function usageOf(req: PayloadRequest, kind: RecordKind, uid: string, most: number): Promise<Usage> {
  const { docs, totalDocs } = await req.payload.find({
    collection: 'uses',
    where: { and: [{ kind: { equals: kind } }, { record: { equals: uid } }] },
    sort: 'id',
    limit: most,
    ...quiet(req),
  })
  const ids = docs.map((use) => rowId(use.uid, use.locale))
  const documents = [...(await titled(req, 'articles', ids)), ...(await titled(req, 'issues', ids))]
  return { count: totalDocs, documents, records: await recordsNaming(req, kind, uid) }
}

async function titled(
  req: PayloadRequest,
  collection: 'articles' | 'issues',
  ids: string[],
): Promise<Usage['documents']> {
  const title = collection === 'articles' ? 'title' : 'subject'
  const { docs } = await req.payload.find({
    collection,
    where: { id: { in: ids } },
    sort: title,
    pagination: false,
    select: { [title]: true, locale: true },
    ...quiet(req),
  })
  return (docs as unknown as Row[]).map((row) => ({
    ...{ collection, id: row.id, title: String(row[title] ?? ''), locale: row.locale as Locale },
  }))
}

/** What a shared passage may name and show. */
const inPassages: readonly RecordKind[] = ['resources', 'calls-to-action', 'glossary', 'media']

async function recordsNaming(req: PayloadRequest, kind: RecordKind, uid: string): Promise<Usage['records']> {
  const found: Usage['records'] = []
  if (kind === 'resources') {
    const where = { resource: { equals: uid } }
    const { docs } = await req.payload.find({ collection: 'calls-to-action', where, pagination: false, ...quiet(req) })
    found.push(
      ...docs.map((row) => ({
        collection: 'calls-to-action' as const,
        id: row.id,
        title: row.heading ?? row.slug ?? '',
      })),
    )
  }
  if (!inPassages.includes(kind)) return found
  // There are few passages, and what they name is inside their text.
  for (const locale of locales) {
    const { docs } = await req.payload.find({ collection: 'snippets', locale, pagination: false, ...quiet(req) })
    for (const { id, name, body } of docs) {
      const isNamed = usesIn(fromLexical(body).tree, '').some((use) => use.kind === kind && use.uid === uid)
      if (isNamed && !found.some((record) => record.id === id)) found.push({ collection: 'snippets', id, title: name })
    }
  }
  return found
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

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
