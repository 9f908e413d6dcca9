import { createLocalReq, type Endpoint, Forbidden } from 'payload'
import { staff } from '../access/who.ts'
import { type DocumentCollection, examine } from '../publishing/gate.ts'
import { type Remaining, remainingIn } from '../review/remaining.ts'
import { newestDraft, referenceIn } from './newestDraft.ts'

/** What the panel beside the text reads: what the gate would say if the newest draft were published now. */
export type ChecksAnswer = { messages: Remaining[] }

/** `GET /api/<collection>/<id>/checks`, for everyone on the staff. */
export const checksOf = (collection: DocumentCollection): Endpoint => ({
  path: '/:id/checks',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const own = await createLocalReq({}, req.payload)
    const row = await newestDraft(own, collection, referenceIn(req))
    const answer: ChecksAnswer = { messages: remainingIn(await examine(own, collection, row)) }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
})
