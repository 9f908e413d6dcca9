import type { Edition, EditionSummary, Locale } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { stampOf } from 'pipeline/identity.ts'
import { withoutInvisibleIn } from 'pipeline/invisible.ts'
import { readabilityKept } from 'pipeline/reading/readability.ts'
import type { Acting } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { appendRow, highest, inTurn } from './cursors.ts'
import { aside } from './records.ts'
import { afterCommit, wake } from './transaction.ts'

/** Which document, in which language. */
export type Reference = { uid: string; locale: Locale }

const summaryFields = {
  uid: true,
  locale: true,
  number: true,
  act: true,
  major: true,
  changeNote: true,
  at: true,
  slug: true,
  title: true,
  contentHash: true,
} as const

const of = ({ uid, locale }: Reference): Where => ({ and: [{ uid: { equals: uid } }, { locale: { equals: locale } }] })
const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

/** The newest edition of a document, tombstones included; undefined if it was never published. */
export async function liveEdition(req: PayloadRequest, reference: Reference): Promise<Edition | undefined> {
  const { docs } = await req.payload.find({
    collection: 'editions',
    where: of(reference),
    sort: '-number',
    limit: 1,
    pagination: false,
    ...quiet(req),
  })
  return docs[0]?.edition as unknown as Edition | undefined
}

/** An edition by its stamp; undefined if there is none, or it was purged. */
export async function editionOf(req: PayloadRequest, stamp: string): Promise<Edition | undefined> {
  const row = await req.payload.findByID({ collection: 'editions', id: stamp, disableErrors: true, ...quiet(req) })
  const edition = row?.edition as unknown as Edition | typeof purged | undefined
  return edition && 'purged' in edition ? undefined : edition
}

/** The newest editions of documents in one language, tombstones included, by uid. */
export async function liveEditions(
  req: PayloadRequest,
  locale: Locale,
  uids: readonly string[],
): Promise<Map<string, Edition>> {
  const find = (where: Where, select: Record<string, true>) =>
    req.payload.find({ collection: 'editions', where, select, pagination: false, ...quiet(req) })
  const all = await find(
    { and: [{ locale: { equals: locale } }, { uid: { in: [...uids] } }] },
    { uid: true, number: true },
  )
  const newest = new Map<string, { id: string; number: number }>()
  for (const { id, uid, number } of all.docs)
    if (number > (newest.get(uid)?.number ?? 0)) newest.set(uid, { id, number })
  const stamps = [...newest.values()].map(({ id }) => id)
  const { docs } = await find({ id: { in: stamps } }, { uid: true, edition: true })
  return new Map(docs.map(({ uid, edition }) => [uid, edition as unknown as Edition]))
}

/** All editions of a document in short, newest first. */
export async function historyOf(req: PayloadRequest, reference: Reference): Promise<EditionSummary[]> {
  const { docs } = await req.payload.find({
    collection: 'editions',
    where: of(reference),
    sort: '-number',
    pagination: false,
    select: summaryFields,
    ...quiet(req),
  })
  return docs.map(summaryOf)
}

type EditionRow = { id: string } & { [K in keyof typeof summaryFields]?: unknown }

const summaryOf = (row: EditionRow): EditionSummary => ({
  uid: row.uid as string,
  locale: row.locale as Locale,
  number: row.number as number,
  stamp: row.id,
  act: row.act as EditionSummary['act'],
  major: Boolean(row.major),
  changeNote: (row.changeNote as string | null) ?? '',
  at: row.at as string,
  slug: row.slug as string,
  title: (row.title as string | null) ?? '',
  contentHash: (row.contentHash as string | null) ?? null,
})

/** What stands in the place of an edition whose content was purged. */
export const purged = { purged: true }

/** An edition without what its place in the row of editions gives it. Its readability is measured unless it is given. */
export type NewEdition = Omit<Edition, 'number' | 'stamp'>

/**
 * Appends an edition and its entry in the audit trail, inside the transaction of the request, and wakes the reconciler once that is committed.
 * The trail tells `said` of it, where that is more than the edition does.
 */
export function appendEdition(
  req: PayloadRequest,
  edition: NewEdition,
  acting: Acting,
  said: Partial<Pick<AuditEntry, 'act' | 'reason'>> = {},
): Promise<Edition> {
  return inTurn(async () => {
    const after = await highest(req, 'editions', 'number', of(edition))
    const [written] = await write(req, [{ ...edition, after }], acting, said)
    return written!
  })
}

/** An edition that follows another one of its document, by the number of that. */
export type FollowingEdition = NewEdition & { after: number }

/**
 * Appends editions of many documents as `appendEdition` does one. `following` reads what is live and says what follows;
 * nothing can come in between.
 */
export const appendFollowing = (
  req: PayloadRequest,
  acting: Acting,
  following: () => Promise<FollowingEdition[]>,
): Promise<Edition[]> => inTurn(async () => write(req, await following(), acting))

async function write(
  req: PayloadRequest,
  editions: FollowingEdition[],
  acting: Acting,
  said: Partial<Pick<AuditEntry, 'act' | 'reason'>> = {},
): Promise<Edition[]> {
  const written: Edition[] = []
  let cursor = editions.length > 0 ? await highest(req, 'editions', 'cursor') : 0
  for (const { after, ...given } of editions) {
    // What is typed with an act is in no row, and readers are told it as well.
    const { changeNote: note, tombstone: last } = given
    const edition = { ...given, ...withoutInvisibleIn({ changeNote: note, tombstone: last }) }
    const number = after + 1
    const stamp = stampOf(edition.uid, edition.locale, number)
    const { uid, locale, kind, act, major, changeNote, at, slug, title, contentHash } = edition
    const one: Edition = { ...readabilityKept(edition.document, edition.records), ...edition, number, stamp }
    const row = { uid, locale, number, kind, act, major, changeNote, at, slug, title, contentHash, by: acting.by }
    cursor += 1
    await appendRow(req, 'editions', { ...row, id: stamp, cursor, edition: one })
    await audit(req, acting, { act, kind, uid, locale, title, reason: changeNote, contentHash, stamp, ...said })
    written.push(one)
  }
  if (written.length > 0) await afterCommit(req, wake)
  return written
}
