import { APIError, type CollectionBeforeChangeHook, type PayloadRequest } from 'payload'
import type { Resource } from '../payload-types.ts'
import { asNotice } from './gate.ts'
import { aside } from './records.ts'
import { placesOf } from './uses.ts'

type Closing = Pick<Resource, 'status' | 'replacedBy'>

/**
 * Refuses, at every door, to close a resource that is used without saying what is shown in its place: where help was,
 * there must be no blank. What is shown there has to be open itself. One that is open again is shown itself.
 */
export const keepReachable: CollectionBeforeChangeHook<Resource> = async ({ data, originalDoc, operation, req }) => {
  const [before, after] = [originalDoc as Closing | undefined, { ...originalDoc, ...data } as Closing & { id: string }]
  if (after.status === 'active') return { ...data, replacedBy: null }
  const [was, is] = [before?.replacedBy, after.replacedBy]
  const closes = operation === 'update' && before?.status === 'active'
  if (is && (closes || is !== was)) await assertOpen(req, after.id, is)
  if (!is && (closes || was)) await refuseIfUsed(req, after.id)
  return data
}

/** Follows what replaces what: at the end there has to be an open one. */
async function assertOpen(req: PayloadRequest, id: string, replacement: string): Promise<void> {
  const seen = [id]
  for (let next = replacement; ; ) {
    if (seen.includes(next)) throw refusal('A resource cannot be shown in its own place. Choose another one.')
    const row = await req.payload.findByID({
      ...{ collection: 'resources', id: next, disableErrors: true },
      ...{ depth: 0, overrideAccess: true, req: aside(req) },
    })
    if (!row) throw refusal(`There is no resource ${next} to be shown in its place. Choose another one.`)
    if (row.status === 'active') return
    if (!row.replacedBy)
      throw refusal(`“${row.name ?? row.slug}” is closed too, so it cannot be shown in its place. Choose an open one.`)
    seen.push(next)
    next = row.replacedBy
  }
}

async function refuseIfUsed(req: PayloadRequest, id: string): Promise<void> {
  const places = await placesOf(req, 'resources', id)
  if (!places) return
  throw refusal(
    `This is used in ${places}, and readers would find nothing in its place. Choose what is shown there, under “Shown in its place”, in the same save.`,
  )
}

const refusal = (sentence: string) => new APIError(asNotice(sentence), 409, null, true)
