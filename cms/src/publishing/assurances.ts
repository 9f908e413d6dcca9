import { type Locale, locales, type Trust } from 'content-schemas'
import {
  APIError,
  type CollectionAfterChangeHook,
  type CollectionBeforeChangeHook,
  type FieldHook,
  type Payload,
  type PayloadRequest,
  type TypedUser,
  type Where,
} from 'payload'
import { dayOf } from 'pipeline/clock.ts'
import type { Assurance } from 'pipeline/source.ts'
import { confirmationDays, trustOf } from 'pipeline/states.ts'
import { type Acting, actingIn, allow } from '../access/acting.ts'
import type { Resource } from '../payload-types.ts'
import { clockOf } from './clock.ts'
import { highest, inTurn } from './cursors.ts'
import type { Row } from './document.ts'
import { changedReachOf } from './reach.ts'
import { aside } from './records.ts'
import { afterCommit, inTransaction, wake } from './transaction.ts'

/*
 * That somebody confirmed a resource is a state of what is published: it makes no edition, so no printed copy looks old.
 * The release reads it beside the editions.
 */

/** A resource that has to be confirmed, or soon has to. */
export type ToConfirm = { id: string; name: string; trust: 'due' | 'expired'; assuredDate: string | null }

type Confirmed = Pick<Assurance, 'assuredDate' | 'verifyEveryDays'>
type ResourceRow = Pick<Resource, 'assuredDate' | 'verifyEveryDays'>

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

const confirmedIn = ({ assuredDate, verifyEveryDays }: ResourceRow): Confirmed => ({
  assuredDate: assuredDate ? assuredDate.slice(0, 10) : null,
  verifyEveryDays,
})
const isSame = (one: Confirmed, other: Confirmed): boolean =>
  one.assuredDate === other.assuredDate && one.verifyEveryDays === other.verifyEveryDays

/**
 * Tells the release, through every door, that a resource was confirmed, or has to be at other intervals. What a new
 * resource says at first is frozen in the editions that show it.
 */
export const recordAssurance: CollectionAfterChangeHook = async ({ doc, previousDoc, operation, req }) => {
  const resource = String(doc.id)
  const known = (await newestOf(req, resource)) ?? (operation === 'update' ? confirmedIn(previousDoc) : undefined)
  const confirmed = confirmedIn(doc)
  if (known && !isSame(known, confirmed)) await appendAssurance(req, { resource, ...confirmed }, actingIn(req))
  return doc
}

async function newestOf(req: PayloadRequest, resource: string): Promise<Confirmed | undefined> {
  const { docs } = await req.payload.find({
    collection: 'assurances',
    where: { resource: { equals: resource } },
    sort: '-cursor',
    limit: 1,
    pagination: false,
    ...quiet(req),
  })
  return docs[0] && confirmedIn(docs[0])
}

const appendAssurance = (req: PayloadRequest, assurance: Omit<Assurance, 'cursor'>, { by }: Acting): Promise<void> =>
  inTurn(async () => {
    const cursor = (await highest(req, 'assurances', 'cursor')) + 1
    const at = clockOf(req.payload).now().toISOString()
    await req.payload.create({ collection: 'assurances', data: { ...assurance, by, at, cursor }, ...quiet(req) })
    await afterCommit(req, wake)
  })

/** Writes down that whoever acts has checked a resource today. Returns the day. */
export const verifyResource = (
  payload: Payload,
  id: string,
  acting: Acting & { email?: string },
): Promise<{ assuredDate: string }> =>
  inTransaction(payload, async (req) => {
    allow('verify', acting)
    const locale = await languageOf(req, id)
    if (!locale) throw new APIError('There is no such resource.', 404, null, true)
    const assuredDate = dayOf(clockOf(payload).now())
    await payload.update({
      collection: 'resources',
      id,
      locale,
      data: { assuredDate, ...(acting.email ? { assurerEmail: acting.email } : {}) },
      // In whose name the hooks write it down.
      user: acting.user as TypedUser | undefined,
      ...quiet(req),
    })
    return { assuredDate }
  })

/** What the day makes of a resource; undefined when the row was read without the fields it takes. */
function trustIn(row: Partial<Resource>, { payload }: PayloadRequest): Trust | undefined {
  const { status, assuredDate, verifyEveryDays } = row
  if (!status || !verifyEveryDays) return undefined
  const today = dayOf(clockOf(payload).now())
  return trustOf({ status, verifyEveryDays, ...(assuredDate ? { assuredDate: assuredDate.slice(0, 10) } : {}) }, today)
}

/** Derives what the day makes of a resource whenever it is read with the fields it takes. */
export const deriveTrust: FieldHook<Resource> = ({ siblingData, req }) => trustIn(siblingData, req)

/** What an editor is told of a resource where it is chosen. */
export const trustInShort: Record<Trust, string> = {
  fresh: 'confirmed',
  due: 'to be confirmed soon',
  expired: 'not confirmed in time',
  closed: 'closed',
}

/** Says with the name of a resource what the day makes of it, wherever it is read to be chosen. */
export const tellTrust: FieldHook<Resource> = ({ value, siblingData, req }) => {
  const name = value ?? siblingData.name ?? siblingData.slug
  const trust = trustIn(siblingData, req)
  return typeof name === 'string' && trust ? `${name} · ${trustInShort[trust]}` : name
}

/**
 * Takes a confirmation back when how the resource is reached is changed and the same save names no other day of one:
 * nobody has called the new number. A version of before is not confirmed by being restored.
 */
export const takeBackConfirmation: CollectionBeforeChangeHook<Resource> = ({ data, originalDoc, operation, req }) => {
  if (operation !== 'update' || !originalDoc) return data
  const after = { ...originalDoc, ...data } as Resource
  const isConfirmed = confirmedIn(after).assuredDate !== confirmedIn(originalDoc).assuredDate
  if (isConfirmed && !req.context.isRestoring) return data
  const isTranslation = req.locale !== locales[0]
  const isSame = changedReachOf(asRow(originalDoc), asRow(after), { isTranslation }).length === 0
  return isSame && !req.context.isRestoring ? data : { ...data, assuredDate: null, assurerEmail: null }
}
const asRow = (row: Resource) => row as unknown as Row

/** Keeps in the row on which days its confirmation falls due and ends, for lists and filters. */
export const planConfirmation: CollectionBeforeChangeHook<Resource> = ({ data, originalDoc }) => {
  const { status, assuredDate, verifyEveryDays } = { ...originalDoc, ...data } as Resource
  const days = confirmationDays({ status, verifyEveryDays, assuredDate: assuredDate?.slice(0, 10) })
  // Noon is the same day nearly everywhere.
  return { ...data, dueFrom: days ? `${days.due}${noon}` : null, confirmBy: days ? `${days.by}${noon}` : null }
}
const noon = 'T12:00:00.000Z'

/** The active resources that fall due, as of today: never confirmed ones first, then the ones confirmed longest ago. */
export async function resourcesToConfirm(payload: Payload): Promise<ToConfirm[]> {
  const { docs } = await payload.find({
    collection: 'resources',
    where: { and: [{ status: { equals: 'active' } }, { or: [isDue(payload), { dueFrom: { exists: false } }] }] },
    select: { name: true, slug: true, status: true, assuredDate: true, verifyEveryDays: true, trust: true },
    pagination: false,
    depth: 0,
    overrideAccess: true,
  })
  const due = docs.flatMap(({ id, name, slug, trust, ...row }): ToConfirm[] => {
    if (trust !== 'due' && trust !== 'expired') return []
    // It may have a name in another language only.
    return [{ id, name: name ?? slug ?? '', trust, assuredDate: confirmedIn(row).assuredDate }]
  })
  return due.sort((a, b) => (a.assuredDate ?? '').localeCompare(b.assuredDate ?? '') || a.name.localeCompare(b.name))
}

const isDue = (payload: Payload): Where => ({
  dueFrom: { less_than_equal: `${dayOf(clockOf(payload).now())}${noon}` },
})

/** A language in which a resource has what a save asks for; undefined when there is no such resource. */
async function languageOf(req: PayloadRequest, id: string): Promise<Locale | undefined> {
  const options = { locale: 'all', disableErrors: true, ...quiet(req) } as const
  const row = await req.payload.findByID({ collection: 'resources', id, ...options })
  const names = row?.name as unknown as Partial<Record<Locale, string>> | undefined
  return names && (locales.find((locale) => names[locale]) ?? locales[0])
}
