import type { Locale } from 'content-schemas'
import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'

/**
 * Bring the body of a document to its normal form when it is saved, so that what was written in the editor and what was
 * imported are the same. An autosave leaves it alone: the text would move under the hands of who types. So does a body
 * with something that has no place in the tree; the gate says what.
 */
export const normaliseBody: CollectionBeforeChangeHook = ({ data, req }) => {
  if (isAutosave(req)) return data
  const locale = (data.locale ?? req.locale ?? 'en') as Locale
  return { ...data, ...('body' in data && { body: normalForm(data.body, locale) }) }
}

/** The same for the texts of an issue. */
export const normaliseItems: CollectionBeforeChangeHook = ({ data, req }) => {
  if (isAutosave(req) || !Array.isArray(data.items)) return data
  const items = data.items.map((item) =>
    item.blockType === 'text' ? { ...item, body: normalForm(item.body, data.locale) } : item,
  )
  return { ...data, items }
}

const isAutosave = (req: PayloadRequest): boolean => String(req.query?.autosave) === 'true'

function normalForm(state: unknown, locale: Locale): unknown {
  if (!state) return state
  const { tree, messages } = fromLexical(state)
  return messages.length > 0 ? state : toLexical(tree, locale)
}
