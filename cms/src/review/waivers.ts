import type { Document, Message, Place, Waiver } from 'content-schemas'
import { APIError, createLocalReq, type Payload, type PayloadRequest, type Where } from 'payload'
import { waiverFor, waiverOf } from 'pipeline/checks/waivers.ts'
import { type Acting, allow } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { clockOf } from '../publishing/clock.ts'
import { type Row, rowId } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { type DocumentCollection, examine } from '../publishing/gate.ts'
import { aside, newestRow } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'

/** Waivers for everything in the newest draft that blocks by one of the rules; `refused` names rules nobody may waive. */
export type Waiving = { waivers: Waiver[]; refused: Message[] }

/** Makes waivers for what a publisher lets pass in the newest draft of a document, rule by rule, each for its own words. */
export async function waive(
  payload: Payload,
  collection: DocumentCollection,
  { uid, locale }: Reference,
  rules: readonly string[],
  said: Pick<Waiver, 'reason' | 'by'>,
): Promise<Waiving> {
  const req = await createLocalReq({}, payload)
  const row = await payload.findByID({
    ...{ collection, id: rowId(uid, locale), locale, draft: true, depth: 0, overrideAccess: true, req },
  })
  const { document, messages } = await examine(req, collection, row as unknown as Row)
  const meant = messages.filter(({ rule, severity }) => severity === 'block' && rules.includes(rule))
  if (!document) return { waivers: [], refused: meant }
  return {
    waivers: meant.filter(({ waivable }) => waivable).map((message) => waiverFor(message, document, said)),
    refused: meant.filter(({ waivable }) => !waivable),
  }
}

/** A waiver that is kept for the next editions of a document, until it is taken back. */
export type KeptWaiver = Waiver & { id: string; at: string }

/** Which finding in the newest draft is let pass, and why. */
export type Passing = Acting & { rule: string; place: Pick<Place, 'pointer' | 'start' | 'end'>; reason: string }

/** Lets one finding in the newest draft pass. It holds for these words in this place, in later drafts too. */
export const keepWaiver = (
  payload: Payload,
  collection: DocumentCollection,
  reference: Reference,
  passing: Passing,
): Promise<KeptWaiver> =>
  inTransaction(payload, async (req) => {
    allow('waive', passing)
    const { rule, place, reason, by } = passing
    if (!reason.trim()) throw misuse('Say why it may pass: the reason is empty.', 400)
    const row = await newestRow(req, collection, reference)
    const examined = row && (await examine(req, collection, row))
    const message = examined?.messages.find((one) => one.rule === rule && isAt(one.place, place))
    if (!examined?.document || !message) throw misuse('The text was changed: this is not there any more.', 409)
    if (!message.waivable || message.severity !== 'block') throw misuse(`Nobody may waive \`${rule}\`.`, 409)
    const { document } = examined
    const { kind, uid, locale } = document
    const waiver = waiverFor(message, document, { reason, by })
    const data = { ...waiver, uid, locale, at: clockOf(payload).now().toISOString() }
    const made = await req.payload.create({ collection: 'waivers', data, ...quiet(req) })
    await audit(req, passing, entryOf({ kind, uid, locale, title: titleOf(document) }, waiver, 'waive'))
    return waiverIn(made)
  })

/** Takes a waiver back: what it let pass stands against the next edition again. What is published stays as it is. */
export const takeBackWaiver = (
  payload: Payload,
  collection: DocumentCollection,
  reference: Reference,
  id: string,
  acting: Acting,
): Promise<void> =>
  inTransaction(payload, async (req) => {
    allow('waive', acting)
    const waiver = (await keptWaivers(req, reference)).find((kept) => kept.id === id)
    if (!waiver) throw misuse('There is no such waiver any more.', 404)
    await req.payload.delete({ collection: 'waivers', id, ...quiet(req) })
    const row = await newestRow(req, collection, reference)
    const kind = collection === 'articles' ? 'article' : 'issue'
    const title = String(row?.title ?? row?.subject ?? '')
    await audit(req, acting, entryOf({ kind, ...reference, title }, waiver, 'take-back-waiver'))
  })

/** What is let pass in a document, oldest first. */
export async function keptWaivers(req: PayloadRequest, reference: Reference): Promise<KeptWaiver[]> {
  const where = whereOf(reference)
  const { docs } = await req.payload.find({
    collection: 'waivers',
    where,
    sort: 'at',
    pagination: false,
    ...quiet(req),
  })
  return docs.map(waiverIn)
}

/** A waiver without what only the CMS keeps of it. */
export const plainWaiver = ({ id: _, at: __, ...waiver }: KeptWaiver): Waiver => waiver

/** The kept waiver that lets a message pass. */
export const keptWaiverOf = (message: Message, document: Document, kept: readonly KeptWaiver[]) =>
  waiverOf(message, document, kept) as KeptWaiver | undefined

/** Removes the waivers of a document, for a purge: they hold its words. */
export async function purgeWaivers(req: PayloadRequest, reference: Reference): Promise<void> {
  await req.payload.delete({ collection: 'waivers', where: whereOf(reference), ...quiet(req) })
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const whereOf = ({ uid, locale }: Reference): Where => ({
  and: [{ uid: { equals: uid } }, { locale: { equals: locale } }],
})
const misuse = (message: string, status: number) => new APIError(message, status, null, true)
const titleOf = (document: Document): string => (document.kind === 'article' ? document.title : document.subject)

const isAt = (place: Place, { pointer, start, end }: Passing['place']): boolean =>
  place.pointer === pointer && place.start === start && place.end === end

function waiverIn(row: object): KeptWaiver {
  const { id, rule, pointer, passage, reason, by, at } = row as KeptWaiver & { passage?: string | null }
  return { id, rule, pointer, ...(passage ? { passage } : {}), reason, by, at }
}

const entryOf = (
  named: Pick<AuditEntry, 'kind' | 'uid' | 'locale' | 'title'>,
  { rule, passage, reason }: Waiver,
  act: AuditEntry['act'],
): AuditEntry => ({ act, ...named, reason: `${rule}${passage ? ` “${passage}”` : ''}: ${reason}` })
