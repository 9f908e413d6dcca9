import type { Document, Locale, RecordKind, Records, Site } from 'content-schemas'
import { isolateObjectProperty, type PayloadRequest } from 'payload'
import { type Lookup, recordsOf } from 'pipeline/transformers/records.ts'
import { environment } from '../environment.ts'
import { type Row, recordOf, rowId, siteOf } from './document.ts'

/**
 * The same request, with language, query and context of its own: the Local API writes those on the request it is given,
 * and the operation that called a hook would go on in another language. The transaction stays the same.
 */
export function aside(req: PayloadRequest): PayloadRequest {
  const own = isolateObjectProperty(req, ['locale', 'fallbackLocale', 'query', 'context'])
  own.query = {}
  own.context = {}
  return own
}

/** The row of a collection in one language, as this request's transaction sees it; undefined if there is none. */
export async function rowOf(
  req: PayloadRequest,
  collection: RecordKind | 'newsletters' | 'articles' | 'issues',
  id: string,
  locale: Locale,
): Promise<Row | undefined> {
  const fallback = isProse(collection) ? { fallbackLocale: false as const } : {}
  const options = { id, locale, ...fallback, depth: 0, disableErrors: true, overrideAccess: true, req: aside(req) }
  return ((await req.payload.findByID({ collection, ...options })) as unknown as Row | null) ?? undefined
}

/**
 * Whether a collection is of text that stands in an article: in another language it would be mixed into that, so it is
 * missing there. Whom to call is worth saying in any.
 */
const isProse = (collection: string): boolean => ['snippets', 'glossary', 'calls-to-action'].includes(collection)

/** The newest state of a document's row, draft or not, as this request's transaction sees it; undefined if there is none. */
export async function newestRow(
  req: PayloadRequest,
  collection: 'articles' | 'issues',
  { uid, locale }: { uid: string; locale: Locale },
): Promise<Row | undefined> {
  const options = { locale, depth: 0, draft: true, disableErrors: true, overrideAccess: true, req: aside(req) }
  const row = await req.payload.findByID({ collection, id: rowId(uid, locale), ...options })
  return (row as unknown as Row | null) ?? undefined
}

/** Finds records in one language, as this request's transaction sees them. */
export function lookupIn(req: PayloadRequest, locale: Locale): Lookup {
  // One at a time: a MongoDB transaction takes no parallel operations.
  let turn: Promise<unknown> = Promise.resolve()
  return (kind, uid) => {
    const found = turn.then(async () => {
      const row = await rowOf(req, kind, uid, locale)
      return row && recordOf(kind, row)
    })
    turn = found.catch(() => undefined)
    return found
  }
}

/** The records a document shows, as this request's transaction sees them. */
export async function shownBy(req: PayloadRequest, document: Document): Promise<Records> {
  const { records } = await recordsOf(document, lookupIn(req, document.locale))
  return records
}

/** The publication in one language. */
export async function siteIn(req: PayloadRequest, locale: Locale): Promise<Site> {
  const row = await req.payload.findGlobal({ slug: 'site', locale, depth: 0, overrideAccess: true, req: aside(req) })
  return siteOf(row as unknown as Record<string, unknown>, environment().siteUrl)
}
