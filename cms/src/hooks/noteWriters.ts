import { type Locale, locales } from 'content-schemas'
import type { CollectionBeforeChangeHook, JSONField, PayloadRequest } from 'payload'
import { type Row, recordFieldsOf } from '../publishing/document.ts'
import { aside, rowOf } from '../publishing/records.ts'
import {
  newestSignOffs,
  type RowsByLocale,
  rowsByLocale,
  type SharedKind,
  shownHashOf,
  waitingIn,
} from '../publishing/sign-offs.ts'
import { someProcess } from './noteChangers.ts'

/** Who wrote a shared text since it was last signed off, by language; see `noteWriters`. */
export const writtenBy: JSONField = {
  ...{ name: 'writtenBy', type: 'json', access: { create: () => false, update: () => false } },
  admin: { hidden: true },
}

/**
 * Keeps in the row of a shared text who changed what it says in each language since that was last signed off, by their
 * sign-ins: none of them may sign it off. No door can write it. A version of before comes with who wrote it.
 */
export const noteWriters: CollectionBeforeChangeHook = async ({ collection, data, originalDoc, operation, req }) => {
  const kind = collection.slug as SharedKind
  const locale = localeOf(req)
  const writer = String(req.user?.id ?? someProcess)
  if (operation === 'create') return { ...data, writtenBy: { [locale]: [writer] } }
  const writers = { ...(originalDoc.writtenBy as Writers | null) }
  const isRestoring = Boolean(req.context.isRestoring)
  // Where a call to action leads is the same in all languages.
  for (const touched of isRestoring || kind === 'calls-to-action' ? locales : [locale]) {
    const before = await rowOf(req, kind, String(originalDoc.id), touched)
    const restored = isRestoring ? await restoredRow(req, kind, touched) : undefined
    const written = touched === locale ? { ...before, ...data } : { ...before, resource: data.resource }
    const after = restored ?? written
    if (!before || saidBy(kind, before) === saidBy(kind, { ...after, id: before.id })) continue
    const since = (await isSignedOff(req, kind, before, touched)) ? [] : (writers[touched] ?? [])
    writers[touched] = [...new Set([...since, ...(restored ? writersOf(restored, touched) : []), writer])]
  }
  return { ...data, writtenBy: writers }
}

/**
 * Keeps in the row of a shared text in which languages it waits for its sign-off, as it is about to be saved. After the
 * hooks that change the text.
 */
export const noteWaiting: CollectionBeforeChangeHook = async ({ collection, data, originalDoc, operation, req }) => {
  const kind = collection.slug as SharedKind
  const locale = localeOf(req)
  const before = operation === 'create' ? {} : await rowsToSave(req, kind, String(originalDoc.id))
  // Where a call to action leads is the same in all languages.
  const shared = kind === 'calls-to-action' ? { resource: data.resource } : {}
  const rows: RowsByLocale = {}
  for (const [one, row] of Object.entries(before)) rows[one as Locale] = { ...row, ...shared }
  rows[locale] = { ...before[locale], ...data, id: String(originalDoc?.id ?? data.id) }
  return { ...data, unsigned: await waitingIn(req, kind, rows) }
}

/** A record in each language, as it is where nothing of it is saved now; restored, as the version has it. */
async function rowsToSave(req: PayloadRequest, kind: SharedKind, uid: string): Promise<RowsByLocale> {
  if (!req.context.isRestoring) return rowsByLocale(req, kind, uid)
  const rows: RowsByLocale = {}
  for (const locale of locales) rows[locale] = { ...(await restoredRow(req, kind, locale)), id: uid }
  return rows
}

const localeOf = (req: PayloadRequest): Locale => locales.find((one) => one === req.locale) ?? locales[0]

type Writers = Partial<Record<Locale, string[]>>

/** Who wrote a shared text in a language since it was last signed off. */
export const writersOf = (row: Row, locale: Locale): string[] =>
  (row.writtenBy as Writers | null | undefined)?.[locale] ?? []

/** The version that is being restored, in one language. */
async function restoredRow(req: PayloadRequest, kind: SharedKind, locale: Locale): Promise<Row> {
  const { version } = await req.payload.findVersionByID({
    ...{ collection: kind, id: String(req.context.restoredVersion), locale, fallbackLocale: false },
    ...{ depth: 0, overrideAccess: true, req: aside(req) },
  })
  return version as unknown as Row
}

const saidBy = (kind: SharedKind, row: Row): string => JSON.stringify(recordFieldsOf(kind, row))

async function isSignedOff(req: PayloadRequest, kind: SharedKind, row: Row, locale: Locale): Promise<boolean> {
  const signed = (await newestSignOffs(req, locale, [row.id])).get(row.id)
  return signed !== undefined && signed.contentHash === shownHashOf(kind, row)
}
