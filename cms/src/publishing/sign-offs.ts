import {
  type Document,
  type Locale,
  locales,
  type Message,
  type RecordKind,
  type RecordOf,
  type Records,
} from 'content-schemas'
import type { PayloadRequest } from 'payload'
import { survey } from 'pipeline/checks/survey.ts'
import { sha256 } from 'pipeline/identity.ts'
import { wordFor } from 'pipeline/transformers/records.ts'
import { localeNames } from '../fields/identity.ts'
import { type Row, recordOf } from './document.ts'
import { aside, rowOf } from './records.ts'

/*
 * What of the shared texts a reviewer has signed off: each in one language, as exactly the text it was then. Where the
 * policy asks for it, no other text reaches readers.
 */

/**
 * Kinds of records whose text stands in articles, in an order in which each shows only those before it. Of a resource,
 * that it was confirmed says the same.
 */
export const sharedKinds = ['glossary', 'calls-to-action', 'snippets'] as const satisfies RecordKind[]
export type SharedKind = (typeof sharedKinds)[number]
export const isShared = (kind: string): kind is SharedKind => (sharedKinds as readonly string[]).includes(kind)

/** A sign-off in force: the newest of a text. */
export type SignOff = { contentHash: string; by: string; at: string }

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

/** Whether the policy of the house asks for sign-offs, as this request's transaction sees it. */
export async function areSignOffsAsked(req: PayloadRequest): Promise<boolean> {
  const { signOffShared } = await req.payload.findGlobal({
    ...{ slug: 'editorial-policy', select: { signOffShared: true } },
    ...quiet(req),
  })
  return signOffShared === true
}

/** Hash of what readers are shown of a record. The name of a passage is for editors. */
export function shownHash(kind: SharedKind, record: RecordOf<SharedKind>): string {
  const { slug: _, ...shown } = record
  return sha256(JSON.stringify([kind, 'body' in shown ? shown.body : shown]))
}

/** The same of a row; undefined while it lacks what a record of its kind must have. */
export function shownHashOf(kind: SharedKind, row: Row): string | undefined {
  const record = recordOf(kind, row)
  return record && shownHash(kind, record)
}

/** The newest sign-off of each of these records in one language, by uid. */
export async function newestSignOffs(
  req: PayloadRequest,
  locale: Locale,
  uids: readonly string[],
): Promise<Map<string, SignOff>> {
  const { docs } = await req.payload.find({
    collection: 'sign-offs',
    where: { and: [{ locale: { equals: locale } }, { record: { in: [...uids] } }] },
    sort: ['at', 'createdAt'],
    pagination: false,
    ...quiet(req),
  })
  return new Map(docs.map(({ record, contentHash, by, at }) => [record, { contentHash, by, at }]))
}

/** Which rows of a record there are, by language. */
export type RowsByLocale = Partial<Record<Locale, Row>>

/**
 * In which languages a record waits for its sign-off, as its row keeps it: those in which it is written in full and not
 * signed off as it is. Null where there is none.
 */
export async function waitingIn(req: PayloadRequest, kind: SharedKind, rows: RowsByLocale): Promise<string | null> {
  const waiting: Locale[] = []
  for (const locale of locales) {
    const row = rows[locale]
    const record = row && recordOf(kind, row)
    if (record && (await unsignedAmong(req, locale, [{ kind, uid: row.id, record }])).size > 0) waiting.push(locale)
  }
  return waiting.join(' ') || null
}

/** A record in each language, as this request's transaction sees it. */
export async function rowsByLocale(req: PayloadRequest, kind: SharedKind, uid: string): Promise<RowsByLocale> {
  const rows: RowsByLocale = {}
  for (const locale of locales) {
    const row = await rowOf(req, kind, uid, locale)
    if (row) rows[locale] = row
  }
  return rows
}

/** What `waitingIn` found, as locales and as people read it. */
export const waitingLocales = (unsigned: string | null | undefined): Locale[] =>
  locales.filter((locale) => unsigned?.split(' ').includes(locale))
export const languagesIn = (unsigned: string | null | undefined): string =>
  waitingLocales(unsigned)
    .map((locale) => localeNames[locale])
    .join(', ')

/** A record as it is now in one language, to be compared with its sign-off. */
export type Present = { kind: SharedKind; uid: string; record: RecordOf<SharedKind> | undefined }

/** The shared texts among records. */
export const sharedAmong = (records: Records): Present[] =>
  sharedKinds.flatMap((kind) => Object.entries(records[kind]).map(([uid, record]) => ({ kind, uid, record })))

/** The uids of those that are not signed off as they are. */
export async function unsignedAmong(
  req: PayloadRequest,
  locale: Locale,
  present: readonly Present[],
): Promise<Set<string>> {
  if (present.length === 0) return new Set()
  const uids = present.map(({ uid }) => uid)
  const signed = await newestSignOffs(req, locale, uids)
  const isSigned = ({ kind, uid, record }: Present) =>
    record !== undefined && signed.get(uid)?.contentHash === shownHash(kind, record)
  return new Set(present.flatMap((one) => (isSigned(one) ? [] : [one.uid])))
}

/** Whether readers in one language keep what they were shown of a record, because nobody has signed off what it says now. */
export async function isHeldBack(req: PayloadRequest, kind: RecordKind, uid: string, locale: Locale): Promise<boolean> {
  if (!isShared(kind) || !(await areSignOffsAsked(req))) return false
  const row = await rowOf(req, kind, uid, locale)
  return (await unsignedAmong(req, locale, [{ kind, uid, record: row && recordOf(kind, row) }])).size > 0
}

/** What an editor calls a record. */
export const nameOf = (row: Record<string, unknown>): string =>
  String(row.name ?? row.term ?? row.heading ?? row.slug ?? '')

/** Refuses to publish what shows a shared text that nobody has signed off, where the policy asks for it. */
export async function unsignedRecords(req: PayloadRequest, document: Document, records: Records): Promise<Message[]> {
  if (!(await areSignOffsAsked(req))) return []
  const places = new Map<string, { present: Present; pointers: string[] }>()
  for (const { kind, uid, pointer } of survey(document, records).uses) {
    const record = isShared(kind) ? records[kind][uid] : undefined
    if (!isShared(kind) || !record) continue
    const known = places.get(uid)
    if (known) known.pointers.push(pointer)
    else places.set(uid, { present: { kind, uid, record }, pointers: [pointer] })
  }
  const found = [...places.values()]
  const unsigned = await unsignedAmong(
    req,
    document.locale,
    found.map(({ present }) => present),
  )
  return found.flatMap(({ present, pointers }) => (unsigned.has(present.uid) ? [messageOn(present, pointers)] : []))
}

function messageOn({ kind, record }: Present, [pointer = '', ...others]: string[]): Message {
  return {
    ...{ rule: 'unsigned-record', severity: 'block', waivable: false },
    reason: `The ${wordFor[kind]} “${nameOf({ ...record })}” is not signed off as it stands.`,
    fix: 'A reviewer who did not write it signs it off, on its own page in the library.',
    place: { pointer },
    ...(others.length > 0 ? { places: others.map((other) => ({ pointer: other })) } : {}),
  }
}
