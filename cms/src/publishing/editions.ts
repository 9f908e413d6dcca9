import type { Edition, EditionSummary, Locale } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { stampOf } from 'pipeline/identity.ts'
import { readabilityKept } from 'pipeline/reading/readability.ts'
import type { Acting } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { highest, inTurn } from './cursors.ts'
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

/** An edition without what its place in the row of editions and its text give it. */
export type NewEdition = Omit<Edition, 'number' | 'stamp' | 'readability'>

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
    const { uid, locale, document, records } = edition
    const number = (await highest(req, 'editions', 'number', of(edition))) + 1
    const stamp = stampOf(uid, locale, number)
    const written: Edition = { ...edition, ...readabilityKept(document, records), number, stamp }
    const { kind, act, major, changeNote, at, slug, title, contentHash } = edition
    const cursor = (await highest(req, 'editions', 'cursor')) + 1
    await req.payload.create({
      collection: 'editions',
      data: {
        ...{
          id: stamp,
          uid,
          locale,
          number,
          kind,
          act,
          major,
          changeNote,
          at,
          slug,
          title,
          contentHash,
          cursor,
          by: acting.by,
        },
        edition: written as unknown as Record<string, unknown>,
      },
      ...quiet(req),
    })
    await audit(req, acting, { act, kind, uid, locale, title, reason: changeNote, contentHash, stamp, ...said })
    await afterCommit(req, wake)
    return written
  })
}
