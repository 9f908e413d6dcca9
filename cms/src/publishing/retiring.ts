import type { Payload, TypedUser } from 'payload'
import { sourceKey } from 'pipeline/checks/retired-sources.ts'
import type { Acting } from '../access/acting.ts'
import { clockOf } from './clock.ts'
import { aside } from './records.ts'
import { inTransaction } from './transaction.ts'

/** A source that nothing should rest on any longer, and what to cite instead. */
export type Retiring = { url: string; because: string; instead?: string | undefined }

/** Marks a source as retired, or says anew why. A sign-in is held to what it may do with the collection. */
export const retire = (payload: Payload, { url, because, instead }: Retiring, { user }: Acting): Promise<void> =>
  inTransaction(payload, async (req) => {
    const access = { overrideAccess: user === undefined || user === null, user: user as TypedUser | null | undefined }
    const options = { collection: 'retired-sources', depth: 0, req: aside(req), ...access } as const
    const { docs } = await payload.find({ ...options, pagination: false })
    const known = docs.find((row) => sourceKey(row.url) === sourceKey(url))
    const data = { url: known?.url ?? url, because, instead: instead ?? null }
    if (known) await payload.update({ ...options, id: known.id, data })
    else
      await payload.create({ ...options, data: { ...data, retiredOn: clockOf(payload).now().toISOString() } as never })
  })
