import { type Locale, locales } from 'content-schemas'
import type { CollectionBeforeChangeHook, JSONField, PayloadRequest } from 'payload'
import { type Row, recordFieldsOf } from '../publishing/document.ts'
import { rowOf } from '../publishing/records.ts'
import { newestSignOffs, type SharedKind, shownHashOf } from '../publishing/sign-offs.ts'
import { someProcess } from './noteChangers.ts'

/** Who wrote a shared text since it was last signed off, by language; see `noteWriters`. */
export const writtenBy: JSONField = {
  ...{ name: 'writtenBy', type: 'json', access: { create: () => false, update: () => false } },
  admin: { hidden: true },
}

/**
 * Keeps in the row of a shared text who changed what it says in each language since that was last signed off, by their
 * sign-ins: none of them may sign it off. No door can write it.
 */
export const noteWriters: CollectionBeforeChangeHook = async ({ collection, data, originalDoc, operation, req }) => {
  const kind = collection.slug as SharedKind
  const locale = locales.find((one) => one === req.locale) ?? locales[0]
  const writer = String(req.user?.id ?? someProcess)
  if (operation === 'create') return { ...data, writtenBy: { [locale]: [writer] } }
  const writers = { ...(originalDoc.writtenBy as Writers | null) }
  // Where a call to action leads is the same in all languages.
  for (const touched of kind === 'calls-to-action' ? locales : [locale]) {
    const before = await rowOf(req, kind, String(originalDoc.id), touched)
    const after = touched === locale ? { ...before, ...data } : { ...before, resource: data.resource }
    if (!before || saidBy(kind, before) === saidBy(kind, { ...after, id: before.id })) continue
    const since = (await isSignedOff(req, kind, before, touched)) ? [] : (writers[touched] ?? [])
    writers[touched] = [...new Set([...since, writer])]
  }
  return { ...data, writtenBy: writers }
}
type Writers = Partial<Record<Locale, string[]>>

/** Who wrote a shared text in a language since it was last signed off. */
export const writersOf = (row: Row, locale: Locale): string[] =>
  (row.writtenBy as Writers | null | undefined)?.[locale] ?? []

const saidBy = (kind: SharedKind, row: Row): string => JSON.stringify(recordFieldsOf(kind, row))

async function isSignedOff(req: PayloadRequest, kind: SharedKind, row: Row, locale: Locale): Promise<boolean> {
  const signed = (await newestSignOffs(req, locale, [row.id])).get(row.id)
  return signed !== undefined && signed.contentHash === shownHashOf(kind, row)
}
