import type { Document, Message, Place, Waiver } from 'content-schemas'
import { APIError, createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { waiverFor } from 'pipeline/checks/waivers.ts'
import { type Acting, allow } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { clockOf } from '../publishing/clock.ts'
import { type Row, rowId } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { type DocumentCollection, examine } from '../publishing/gate.ts'
import { aside, newestRow } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { type KeptWaiver, keptWaivers, waiverIn } from './kept-waivers.ts'

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

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const misuse = (message: string, status: number) => new APIError(message, status, null, true)
const titleOf = (document: Document): string => (document.kind === 'article' ? document.title : document.subject)

const isAt = (place: Place, { pointer, start, end }: Passing['place']): boolean =>
  place.pointer === pointer && place.start === start && place.end === end

const entryOf = (
  named: Pick<AuditEntry, 'kind' | 'uid' | 'locale' | 'title'>,
  { rule, passage, reason }: Waiver,
  act: AuditEntry['act'],
): AuditEntry => ({ act, ...named, reason: `${rule}${passage ? ` “${passage}”` : ''}: ${reason}` })
