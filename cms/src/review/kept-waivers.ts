import type { Document, Message, Waiver } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { waiverOf } from 'pipeline/checks/waivers.ts'
import type { Reference } from '../publishing/editions.ts'
import { aside } from '../publishing/records.ts'

/** A waiver that is kept for the next editions of a document, until it is taken back. */
export type KeptWaiver = Waiver & { id: string; at: string }

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

/** The waiver a row holds. */
export function waiverIn(row: object): KeptWaiver {
  const { id, rule, pointer, passage, reason, by, at } = row as KeptWaiver & { passage?: string | null }
  return { id, rule, pointer, ...(passage ? { passage } : {}), reason, by, at }
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const whereOf = ({ uid, locale }: Reference): Where => ({
  and: [{ uid: { equals: uid } }, { locale: { equals: locale } }],
})
