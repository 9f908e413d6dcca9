import { createLocalReq, type Endpoint, Forbidden } from 'payload'
import { type Actor, mayAct } from '../access/roles.ts'
import { staff } from '../access/who.ts'
import { type DocumentCollection, examine } from '../publishing/gate.ts'
import { keptWaivers } from '../review/kept-waivers.ts'
import { type Remaining, remainingIn } from '../review/remaining.ts'
import { newestDraft, referenceIn } from './newestDraft.ts'

/** What the panel beside the text reads: what the gate would say if the newest draft were published now. */
export type ChecksAnswer = { messages: Remaining[]; mayWaive: boolean }

/** `GET /api/<collection>/<id>/checks`, for everyone on the staff. */
export const checksOf = (collection: DocumentCollection): Endpoint => ({
  path: '/:id/checks',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const own = await createLocalReq({}, req.payload)
    const reference = referenceIn(req)
    const row = await newestDraft(own, collection, reference)
    const answer: ChecksAnswer = {
      messages: remainingIn(await examine(own, collection, row), await keptWaivers(own, reference)),
      mayWaive: mayAct(req.user as Actor, 'waive'),
    }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
})
