import type { Edition, Tombstone } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { allow } from '../access/acting.ts'
import { audit, purgeTitles } from '../audit/record.ts'
import { candidateById, purgeCandidates } from '../review/candidates.ts'
import { purgeWaivers } from '../review/kept-waivers.ts'
import type { ActContext, Ending, EndingAct, Note } from './act-context.ts'
import { clockOf } from './clock.ts'
import { articleOf, articleRow, type Row, rowId, shownParts } from './document.ts'
import { appendEdition, liveEdition, purged, type Reference } from './editions.ts'
import { type DocumentCollection, examineOrRefuse } from './gate.ts'
import { aside, newestRow } from './records.ts'
import { cancelPublished, cancelWaiting } from './schedules.ts'
import { carryStrikes, purgeStrikes } from './strikes.ts'
import { inTransaction } from './transaction.ts'
import { writeUses } from './uses.ts'

/*
 * The acts: each asks the roles table, does all it does in one transaction, and appends one edition.
 * What is published is what the newest edition says; `_status` of the row only mirrors it.
 */

const collectionOf = (kind: Edition['kind']): DocumentCollection => (kind === 'article' ? 'articles' : 'issues')
const inContext = (act: ActContext) =>
  ({ context: { act, purge: act.act === 'purge' }, overrideAccess: true, depth: 0 }) as const

/** What of a document is to be published: the newest draft, or what was approved under this id, whatever was drafted since. */
export type Chosen = { candidate?: string }

/**
 * Publishes the newest draft, or an approved candidate. An article needs the approval of exactly this content. Throws
 * `RefusedError`. Without a change since the live edition, that one stays live.
 */
export const publish = (
  payload: Payload,
  kind: Edition['kind'],
  reference: Reference,
  note: Note,
  chosen: Chosen = {},
): Promise<Edition> => inTransaction(payload, (req) => publishIn(req, kind, reference, note, chosen))

/** Publishes a correction: as `publish`, and readers are told that something was wrong. Needs a change note. */
export const correct = (
  payload: Payload,
  kind: Edition['kind'],
  reference: Reference,
  note: Note & { changeNote: string },
  chosen: Chosen = {},
) => {
  allow('correct', note)
  const context: ActContext = { act: 'correct', note: { major: true, ...note } }
  return inTransaction(payload, (req) => makePublic(req, kind, reference, context, chosen))
}

/** As `publish`, in the transaction of a request. */
export async function publishIn(
  req: PayloadRequest,
  kind: Edition['kind'],
  reference: Reference,
  note: Note,
  chosen: Chosen,
): Promise<Edition> {
  allow('publish', note)
  return makePublic(req, kind, reference, { act: 'publish', note }, chosen)
}

/** Takes a document back. Its page says why; its editions stay. */
export const withdraw = (payload: Payload, reference: Reference, ending: Ending) =>
  inTransaction(payload, (req) => withdrawIn(req, reference, ending))

/** As `withdraw`, in the transaction of a request. */
export const withdrawIn = (req: PayloadRequest, reference: Reference, ending: Ending): Promise<Edition> =>
  endPublication(req, reference, { act: 'withdraw', ending })

/** Ends a document for good: its page and its editions answer 410. */
export const gone = (payload: Payload, reference: Reference, ending: Ending) =>
  inTransaction(payload, (req) => endPublication(req, reference, { act: 'gone', ending }))

/** Ends a document and leads its readers to another slug. */
export const redirect = (payload: Payload, reference: Reference, ending: Ending & { to: string }) =>
  inTransaction(payload, (req) => endPublication(req, reference, { act: 'redirect', ending }))

/** Removes a document with everything its editions held, for what must not be read any longer. Only tombstones stay. */
export const purge = (payload: Payload, reference: Reference, ending: Ending) =>
  inTransaction(payload, async (req) => {
    const edition = await endPublication(req, reference, { act: 'purge', ending })
    const { uid, locale } = reference
    await purgeCandidates(req, reference)
    await purgeStrikes(req, reference)
    await purgeWaivers(req, reference)
    await purgeTitles(req, reference)
    await req.payload.update({
      collection: 'editions',
      where: { and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, { id: { not_equals: edition.stamp } }] },
      data: { edition: purged, title: '–' },
      req: aside(req),
      ...inContext({ act: 'purge', ending }),
    })
    await req.payload.delete({
      collection: collectionOf(edition.kind),
      id: rowId(uid, locale),
      req: aside(req),
      ...inContext({ act: 'purge', ending }),
    })
    return edition
  })

async function makePublic(
  req: PayloadRequest,
  kind: Edition['kind'],
  reference: Reference,
  context: ActContext,
  { candidate }: Chosen,
): Promise<Edition> {
  const collection = collectionOf(kind)
  const id = rowId(reference.uid, reference.locale)
  const draft = candidate === undefined ? undefined : await newestRow(req, collection, reference)
  const data = candidate === undefined ? {} : await approvedRow(req, reference, candidate)
  // The row's hooks do the rest, as they do for every other door.
  await req.payload.update({
    collection,
    id,
    data: { ...data, _status: 'published' } as never,
    req: aside(req),
    ...inContext(context),
  })
  const live = (await liveEdition(req, reference))!
  if (draft?._status === 'draft' && isOther(draft, live)) await keepAsDraft(req, collection, draft)
  return live
}

/** The fields of a row that hold what was approved. */
async function approvedRow(req: PayloadRequest, reference: Reference, id: string): Promise<Partial<Row>> {
  const candidate = await candidateById(req, reference, id)
  if (!candidate) throw new APIError('There is no such approval of this article.', 404, null, true)
  // The web address is no part of what was approved.
  const { id: _, slug: __, ...row } = articleRow(candidate.document)
  return row
}

const isOther = (draft: Row, live: Edition): boolean => {
  const { document } = articleOf(draft)
  return !document || contentHash(document) !== live.contentHash
}

/** Saves a draft again that is newer than what was just published. */
async function keepAsDraft(req: PayloadRequest, collection: DocumentCollection, draft: Row): Promise<void> {
  // Its revision is that of a save by somebody who read an older text; this one changes nothing.
  const { id, createdAt: _, updatedAt: __, _status: ___, revision: ____, ...data } = draft
  // It is nobody's change.
  const context = { changedBy: draft.changedBy ?? [] }
  const options = { draft: true, context, depth: 0, overrideAccess: true, req: aside(req) } as const
  await req.payload.update({ collection, id, data: data as never, ...options })
}

async function endPublication(
  req: PayloadRequest,
  reference: Reference,
  context: Extract<ActContext, { ending: Ending }>,
): Promise<Edition> {
  allow(context.act, context.ending)
  const live = await liveEdition(req, reference)
  if (!live?.document) throw notPublishedError(reference, live)
  await cancelWaiting(req, reference, context.ending)
  await req.payload.update({
    collection: collectionOf(live.kind),
    id: rowId(reference.uid, reference.locale),
    data: { _status: 'draft' } as never,
    // Only the status is validated: a draft that lacks something must not stand in the way.
    unpublishAllLocales: true,
    req: aside(req),
    ...inContext(context),
  } as never)
  return (await liveEdition(req, reference))!
}

const notPublishedError = ({ uid, locale }: Reference, live: Edition | undefined): Error =>
  new APIError(
    live
      ? `“${live.title}” (${locale}) is not published: its last act was ${live.act}.`
      : `${uid} (${locale}) was never published.`,
    409,
    null,
    true,
  )

/**
 * Freezes a published row as a new edition. Examines what was stored, not what was sent. Returns undefined, and writes
 * nothing, when readers would see no difference.
 */
export async function freeze(
  req: PayloadRequest,
  collection: DocumentCollection,
  row: Row,
  act: 'publish' | 'correct',
  note: Note,
): Promise<Edition | undefined> {
  const { document, records, articles, waived, approval } = await examineOrRefuse(req, collection, row, note.waivers)
  if (!document) return undefined
  const { uid, locale, slug } = document
  const live = await liveEdition(req, { uid, locale })
  if (note.waivers?.length) allow('waive', note)
  if (live?.document && shownIn(live) === shownIn({ document, records, articles, approval })) return undefined
  // Only the reviewer's own approval answers for what was struck before it, not a confirmation of wording since.
  const strikes = document.kind === 'article' ? await carryStrikes(req, { uid, locale }, approval?.at) : []
  const edition = await appendEdition(
    req,
    {
      ...(strikes.length > 0 ? { strikes } : {}),
      ...{ uid, locale, act, slug, kind: document.kind, title: titleOf(document), contentHash: contentHash(document) },
      major: note.major ?? !live?.document,
      changeNote: note.changeNote ?? '',
      at: clockOf(req.payload).now().toISOString(),
      ...{
        document,
        records,
        articles,
        tombstone: null,
        waivers: waived,
        sample: note.sample ?? live?.sample ?? false,
        ...(approval ? { approval } : {}),
      },
    },
    note,
  )
  const { kind, title, stamp } = edition
  // The others were told to the trail when they were given.
  for (const { rule, reason } of edition.waivers.filter((waiver) => note.waivers?.includes(waiver)))
    await audit(req, note, { act: 'waive', kind, uid, locale, title, reason: `${rule}: ${reason}`, stamp })
  await writeUses(req, edition)
  if (kind === 'article') await cancelPublished(req, edition, note)
  return edition
}

/** What readers see of an edition, whatever dates make of it. */
const shownIn = ({
  document,
  records,
  articles,
  approval,
}: Pick<Edition, 'document' | 'records' | 'articles' | 'approval'>): string =>
  JSON.stringify([
    document,
    // Readers of a translation are told when its source has moved on.
    approval?.translation?.contentHash ?? null,
    shownParts(records),
    articles.map((held) => ({ ...held, records: shownParts(held.records) })),
  ])

const titleOf = (document: NonNullable<Edition['document']>): string =>
  document.kind === 'article' ? document.title : document.subject

/** Ends the live edition with a tombstone. */
export async function entomb(req: PayloadRequest, live: Edition, act: EndingAct, ending: Ending): Promise<Edition> {
  const { uid, locale, kind, slug, title, sample } = live
  const { reason, replacement = null, to = null } = ending
  const tombstone: Tombstone = { reason, replacement, to }
  const at = clockOf(req.payload).now().toISOString()
  const nothing = { document: null, records: null, articles: [], waivers: [], contentHash: null }
  const edition = await appendEdition(
    req,
    { uid, locale, kind, slug, title, sample, act, major: true, changeNote: reason, at, tombstone, ...nothing },
    ending,
  )
  await writeUses(req, edition)
  return edition
}
