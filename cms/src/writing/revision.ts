import {
  APIError,
  type CollectionBeforeChangeHook,
  type CollectionBeforeOperationHook,
  type CollectionBeforeValidateHook,
  type Field,
  type TextField,
} from 'payload'
import { sha256 } from 'pipeline/identity.ts'
import { actingIn } from '../access/acting.ts'

/*
 * Several people on one article: whoever saves says which revision was read, and a save that is based on an older one
 * is refused, autosaves included. Payload's own lock does not do it: each save releases it.
 */

/** What people write in an article, in the order of the form, each by the name it has there. */
export const writtenFields = {
  title: 'Title',
  summary: 'Summary',
  mainMessage: 'Main message',
  hero: 'Picture',
  body: 'Text',
  callToAction: 'Call to action',
  related: 'What to read next',
  sources: 'Sources',
  need: 'Why this article is needed',
  testedWith: 'Whom it was tested with',
  authors: 'Authors',
  funding: 'Funding',
  conflicts: 'Conflicts of interest',
  licence: 'Licence',
  slug: 'Web address',
  audiences: 'For whom',
  topics: 'Topics',
} as const
export type WrittenField = keyof typeof writtenFields
export const writtenFieldNames = Object.keys(writtenFields) as WrittenField[]

/** A row of an article, or the values of its form. */
export type Written = Record<string, unknown>

/** The same text for two values that say the same: without what is empty, row ids and what a relation was filled with. */
export const comparable = (value: unknown): string => JSON.stringify(plain(value)) ?? 'null'

function plain(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'string')
    return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? value.slice(0, 10) : value || undefined
  if (Array.isArray(value)) return value.length > 0 ? value.map(plain) : undefined
  if (value === null || typeof value !== 'object') return value ?? undefined
  const row = value as Written
  if ('id' in row && 'updatedAt' in row) return row.id
  const filled = Object.keys(row)
    .sort()
    .flatMap((key) => {
      const entry = key === 'id' && 'key' in row ? undefined : plain(row[key])
      return entry === undefined ? [] : [[key, entry] as const]
    })
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}

/** Names what is written in an article: equal for two rows exactly when nobody who writes sees a difference. */
export const revisionOf = (row: Written): string =>
  sha256(writtenFieldNames.map((name) => comparable(row[name])).join('\n')).slice(0, 16)

const hidden = { hidden: true, disableBulkEdit: true, disableListColumn: true, disableListFilter: true } as const
const never = () => false

/** Read: the revision of the row. Saved: the revision that what is saved is based on; without one, nothing is asked. */
const revision: TextField = {
  name: 'revision',
  type: 'text',
  virtual: true,
  admin: hidden,
  hooks: { afterRead: [({ data, originalDoc }) => revisionOf((originalDoc ?? data ?? {}) as Written)] },
}

/** Saved: which open form it comes from. What the same form saved before is no other person's change. */
const openIn: TextField = { name: 'openIn', type: 'text', virtual: true, maxLength: 64, admin: hidden }

/** The fields of an article that keep two people from overwriting each other; with `refuseOutdated` and `noteWriter`. */
export const revisionFields: Field[] = [
  revision,
  openIn,
  // Who changed the text last, by name, and in which form.
  { name: 'savedBy', type: 'text', access: { create: never, update: never }, admin: hidden },
  { name: 'savedIn', type: 'text', access: { create: never, read: never, update: never }, admin: hidden },
]

/** A save was based on a text that is no longer the newest: HTTP 409. Nothing of it was taken. */
export class OutdatedError extends APIError<{ revision: string }> {
  constructor(row: Written) {
    const who = String(row.savedBy ?? '') || 'Somebody else'
    super(
      `Not saved: ${who} changed this article after you read it. Your words are still here. See above what changed.`,
      409,
      { revision: revisionOf(row) },
      true,
    )
    // The build of the admin shortens the names of classes; `loggingLevels` goes by this one.
    this.name = 'OutdatedError'
  }
}

/** Refuses a save that names a revision other than the newest, on every door, unless it comes from the form that made it. */
export const refuseOutdated: CollectionBeforeValidateHook = ({ data, operation, originalDoc, req }) => {
  if (!data || req.context.isRestoring) return data
  const isOwn = data.openIn && data.openIn === originalDoc?.savedIn
  if (operation === 'update' && data.revision && !isOwn && data.revision !== revisionOf(originalDoc))
    throw new OutdatedError(originalDoc)
  return data
}

/** Notes that a version of before is restored, and which: it comes with its own revision and address, and neither counts. */
export const noteRestoring: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'restoreVersion') return args
  req.context.isRestoring = true
  req.context.restoredVersion = (args as { id?: unknown }).id
  return args
}

/** Keeps the review of the newest text when a version of before is restored: what that one was in is over. */
export const keepReview: CollectionBeforeChangeHook = ({ data, originalDoc, req }) =>
  req.context.isRestoring ? { ...data, review: originalDoc?.review, editor: originalDoc?.editor } : data

/** Notes who changed the text; an act that changes nothing written leaves it as it was. */
export const noteWriter: CollectionBeforeChangeHook = ({ data, originalDoc, req }) => {
  const { revision: _, openIn, ...row } = data
  if (originalDoc && revisionOf({ ...originalDoc, ...row }) === revisionOf(originalDoc)) return row
  return { ...row, savedBy: actingIn(req).by, savedIn: openIn ?? null }
}
