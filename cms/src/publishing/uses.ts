import { type Edition, type Locale, locales, type RecordKind, recordKinds } from 'content-schemas'
import { APIError, type CollectionBeforeDeleteHook, type PayloadRequest, type Where } from 'payload'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { usesIn, wordFor } from 'pipeline/transformers/records.ts'
import { appendRow } from './cursors.ts'
import { type Row, rowId } from './document.ts'
import type { Reference } from './editions.ts'
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
  for (const use of shown(edition)) await appendRow(req, 'uses', rowOfUse(edition, use))
}

/** As `writeUses`, where it is known what the edition before showed. */
export async function updateUses(req: PayloadRequest, edition: Edition, before: Edition['records']): Promise<void> {
  const [was, is] = [shown({ records: before, articles: [] }), shown(edition)].map(
    (uses) => new Map(uses.map((use) => [use.record, rowOfUse(edition, use)])),
  ) as [Map<string, UseRow>, Map<string, UseRow>]
  const gone = [...was].flatMap(([record, { id }]) => (is.has(record) ? [] : [id]))
  if (gone.length > 0) await req.payload.db.deleteMany({ collection: 'uses', where: { id: { in: gone } }, req })
  for (const [record, row] of is) if (!was.has(record)) await appendRow(req, 'uses', row)
}

type ShownUse = { kind: RecordKind; record: string }
type UseRow = Reference & ShownUse & { id: string }
const rowOfUse = ({ uid, locale }: Reference, { kind, record }: ShownUse): UseRow => ({
  ...{ id: `${rowId(uid, locale)}.${kind}.${record}`, uid, locale, kind, record },
})

/** What an edition shows; an issue also what its articles show. */
function shown({ records, articles }: Pick<Edition, 'records' | 'articles'>): ShownUse[] {
  const found = new Map<string, ShownUse>()
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
  records: { collection: 'calls-to-action' | 'snippets' | 'resources'; id: string; title: string }[]
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
    found.push(...(await replacedBy(req, uid)))
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

/** Closed resources that a resource is shown in the place of. */
async function replacedBy(req: PayloadRequest, uid: string): Promise<Usage['records']> {
  const where: Where = { and: [{ replacedBy: { equals: uid } }, { status: { not_equals: 'active' } }] }
  const select = { name: true, slug: true } as const
  const { docs } = await req.payload.find({ collection: 'resources', where, select, pagination: false, ...quiet(req) })
  return docs.map(({ id, name, slug }) => ({ collection: 'resources', id, title: name ?? slug ?? '' }))
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

/** How many places a sentence names; the rest are counted. */
const named = 10

/**
 * Where a record is used, as part of a sentence: published documents by title, and records that name it. Undefined when
 * it is used nowhere.
 */
export async function placesOf(req: PayloadRequest, kind: RecordKind, uid: string): Promise<string | undefined> {
  const { count, documents, records } = await usageOf(req, kind, uid, named)
  const places = [
    ...documents.map(({ title, locale }) => `“${title}” (${locale})`),
    ...records.map(({ collection, title }) => `${wordFor[collection]} “${title}”`),
  ].slice(0, named)
  const more = count + records.length - places.length
  return places.length > 0 ? `${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}` : undefined
}

/** Refuses to delete a record that published documents show or other records name, and says which. */
export const keepUsed: CollectionBeforeDeleteHook = async ({ collection, id, req }) => {
  const kind = collection.slug as RecordKind
  const places = await placesOf(req, kind, String(id))
  if (!places) return
  const instead =
    kind === 'resources'
      ? 'Close it instead and choose what is shown in its place: all of them follow, and lead there for as long as they name it.'
      : 'Take it out there and publish, then delete it.'
  throw new APIError(`This is used in ${places}. ${instead}`, 409, null, true)
}
