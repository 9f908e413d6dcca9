import type { Locale, RecordOf } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { usesOfRecord, wordFor } from 'pipeline/transformers/records.ts'
import { type Acting, allow } from '../access/acting.ts'
import { audit } from '../audit/record.ts'
import { localeNames } from '../fields/identity.ts'
import { writersOf } from '../hooks/noteWriters.ts'
import { clockOf } from './clock.ts'
import { recordChanged } from './dependents.ts'
import { type Row, recordOf } from './document.ts'
import { aside, lookupIn, rowOf } from './records.ts'
import {
  areSignOffsAsked,
  isShared,
  nameOf,
  newestSignOffs,
  rowsByLocale,
  type SharedKind,
  type SignOff,
  sharedKinds,
  shownHash,
  unsignedAmong,
  waitingIn,
} from './sign-offs.ts'
import { inTransaction } from './transaction.ts'

/** A shared text in one language. */
export type SharedText = { kind: SharedKind; uid: string; locale: Locale }

const misuse = (message: string, status = 409) => new APIError(message, status, null, true)

/**
 * Signs a shared text off, in one language and as it is now; what is published follows. `contentHash` is that of what was
 * read: a newer text is refused. One that is signed off already is left so. Tells how many editions were made.
 */
export const signOff = (
  payload: Payload,
  { kind, uid, locale }: SharedText,
  { contentHash, ...acting }: Acting & { contentHash?: string | undefined },
): Promise<SignOff & { title: string; followed: number }> =>
  inTransaction(payload, async (req) => {
    allow('sign-off', acting)
    const row = await rowOf(req, kind, uid, locale)
    if (!row) throw misuse('There is no such record.', 404)
    const record = recordOf(kind, row)
    if (!record) throw misuse(`It is not written in ${localeNames[locale]} yet, or not in full.`)
    const hash = shownHash(kind, record)
    if (contentHash !== undefined && contentHash !== hash)
      throw misuse('The text was changed since you opened it. Read it again, then sign it off.')
    const title = nameOf(row)
    const before = (await newestSignOffs(req, locale, [uid])).get(uid)
    if (before?.contentHash === hash) return { ...before, title, followed: 0 }
    if (isOwn(row, locale, acting)) throw misuse('You wrote this, or a part of it. Somebody else has to sign it off.')
    await assertPartsSigned(req, { kind, uid, locale }, record)
    const made = { contentHash: hash, by: acting.by, at: clockOf(payload).now().toISOString() }
    await req.payload.create({
      collection: 'sign-offs',
      data: { ...made, kind, record: uid, locale, user: acting.user?.id ?? null },
      ...{ depth: 0, overrideAccess: true, req: aside(req) },
    })
    await noteWaitingOf(req, kind, uid)
    await audit(req, acting, { act: 'sign-off', kind: auditKind[kind], uid, locale, title, contentHash: hash })
    return { ...made, title, followed: await recordChanged(req, kind, uid, acting) }
  })

/** Keeps in the row of a record in which languages it waits. Nobody saved it: no version is made, and no time set. */
async function noteWaitingOf(req: PayloadRequest, kind: SharedKind, id: string): Promise<void> {
  const rows = await rowsByLocale(req, kind, id)
  const updatedAt = Object.values(rows)[0]?.updatedAt
  const data = { unsigned: await waitingIn(req, kind, rows), updatedAt }
  await req.payload.db.updateOne({ collection: kind, id, data, req, returning: false })
}

/** Notes it of all records, whose rows may come from a version that did not. */
export async function noteAllWaiting(payload: Payload): Promise<void> {
  for (const kind of sharedKinds) {
    const { docs } = await payload.find({
      ...{ collection: kind, select: {}, pagination: false, depth: 0, overrideAccess: true },
    })
    for (const { id } of docs) await inTransaction(payload, (req) => noteWaitingOf(req, kind, id))
  }
}

/** What the audit trail calls a record of a kind. */
const auditKind = {
  snippets: 'snippet',
  glossary: 'glossary-term',
  'calls-to-action': 'call-to-action',
} as const satisfies Record<SharedKind, string>

/** Where the sign-off of a shared text stands, for who looks at it. */
export type SignOffStanding = {
  /** Whether readers get no other text than one that is signed off. */
  isAsked: boolean
  /** The newest sign-off, of this text or an earlier one. */
  newest: SignOff | null
  /** Null while the text is not complete in the language. */
  contentHash: string | null
  /** Whether who looks wrote it, or a part of it, since it was last signed off. */
  isOwn: boolean
}

/** Throws what answers 404 if there is no such record. */
export async function signOffStanding(
  req: PayloadRequest,
  { kind, uid, locale }: SharedText,
  acting: Acting,
): Promise<SignOffStanding> {
  const row = await rowOf(req, kind, uid, locale)
  if (!row) throw misuse('There is no such record.', 404)
  const record = recordOf(kind, row)
  return {
    isAsked: await areSignOffsAsked(req),
    newest: (await newestSignOffs(req, locale, [uid])).get(uid) ?? null,
    contentHash: record ? shownHash(kind, record) : null,
    isOwn: isOwn(row, locale, acting),
  }
}

const isOwn = (row: Row, locale: Locale, { user }: Acting): boolean =>
  user ? writersOf(row, locale).includes(user.id) : false

/** What a passage shows comes with it: nobody would have signed that off. */
async function assertPartsSigned(
  req: PayloadRequest,
  { kind, uid, locale }: SharedText,
  record: RecordOf<SharedKind>,
): Promise<void> {
  const lookup = lookupIn(req, locale)
  for (const part of usesOfRecord(record, { kind, uid, pointer: '' })) {
    if (!isShared(part.kind)) continue
    const present = { kind: part.kind, uid: part.uid, record: await lookup(part.kind, part.uid) }
    if (!present.record || (await unsignedAmong(req, locale, [present])).size === 0) continue
    const name = nameOf({ ...present.record })
    throw misuse(`It shows the ${wordFor[part.kind]} “${name}”, which is not signed off. That comes first.`)
  }
}
