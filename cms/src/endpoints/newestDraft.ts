import { Locale } from 'content-schemas'
import { APIError, type PayloadRequest } from 'payload'
import type { Row } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import type { DocumentCollection } from '../publishing/gate.ts'
import { newestRow } from '../publishing/records.ts'

/** The document that the address of a request names. */
export function referenceIn(req: PayloadRequest): Reference {
  const [uid = '', given = ''] = String(req.routeParams?.id).split('.')
  const { data: locale } = Locale.safeParse(given)
  if (!locale) throw missing()
  return { uid, locale }
}

/** The newest draft of a document, whoever asks. Throws what answers 404 if there is none. */
export async function newestDraft(
  req: PayloadRequest,
  collection: DocumentCollection,
  reference: Reference,
): Promise<Row> {
  const row = await newestRow(req, collection, reference)
  if (!row) throw missing()
  return row
}

/** What answers 404 for a document that is not there. */
export const missing = () => new APIError('There is no such document.', 404, null, true)
