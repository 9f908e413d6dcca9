import type { CollectionBeforeChangeHook } from 'payload'

/** Keep who makes an article as its editor, and who first saves one that has none. A program looks after nothing. */
export const noteEditor: CollectionBeforeChangeHook = ({ data, originalDoc, operation, req }) => {
  const known = operation === 'update' ? (data.editor ?? originalDoc?.editor) : undefined
  if (known || !req.user || req.user.machine) return data
  return { ...data, editor: req.user.id }
}
