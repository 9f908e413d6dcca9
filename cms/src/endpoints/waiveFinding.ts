import { APIError, addDataAndFileToRequest, type Endpoint } from 'payload'
import { z } from 'zod'
import { signedIn } from '../access/acting.ts'
import type { DocumentCollection } from '../publishing/gate.ts'
import { keepWaiver, takeBackWaiver } from '../review/waivers.ts'
import { referenceIn } from './newestDraft.ts'

const passing = z.object({
  rule: z.string().min(1).max(100),
  place: z.object({
    pointer: z.string().max(1000),
    start: z.int().min(0).optional(),
    end: z.int().min(0).optional(),
  }),
  reason: z.string().trim().min(1).max(1000),
})

/** `POST /api/<collection>/<id>/waivers`: a publisher lets one finding in the newest draft pass, with a reason. */
export const waiveIn = (collection: DocumentCollection): Endpoint => ({
  path: '/:id/waivers',
  method: 'post',
  handler: async (req) => {
    const acting = signedIn(req)
    await addDataAndFileToRequest(req)
    const { data, error } = passing.safeParse(req.data ?? {})
    if (error) throw new APIError(`A waiver needs more: ${z.prettifyError(error)}`, 400, null, true)
    const { id } = await keepWaiver(req.payload, collection, referenceIn(req), { ...acting, ...data })
    return Response.json({ waiver: id })
  },
})

/** `POST /api/<collection>/<id>/waivers/<waiver>/take-back`. */
export const takeBackIn = (collection: DocumentCollection): Endpoint => ({
  path: '/:id/waivers/:waiver/take-back',
  method: 'post',
  handler: async (req) => {
    const acting = signedIn(req)
    await takeBackWaiver(req.payload, collection, referenceIn(req), String(req.routeParams?.waiver), acting)
    return Response.json({ done: true })
  },
})
