import { createLocalReq, type Endpoint, Forbidden } from 'payload'
import type { StrikablePassage } from 'pipeline/transformers/strike.ts'
import { actingIn } from '../access/acting.ts'
import { mayAct } from '../access/roles.ts'
import { staff } from '../access/who.ts'
import { clockOf } from '../publishing/clock.ts'
import { isLate, openStrikes, passagesOn, type StrikeRow } from '../publishing/strikes.ts'
import { referenceIn } from './newestDraft.ts'

/** What the panel of an article reads about what was withdrawn from it at once. */
export type StrikesAnswer = {
  strikes: (Pick<StrikeRow, 'id' | 'kind' | 'cause' | 'reason' | 'says' | 'at' | 'by' | 'state' | 'answeredBy'> & {
    /** Whether the time of the reviewers is over. */
    isLate: boolean
    /** Whether the signed-in user may confirm or lift it. */
    mayAnswer: boolean
  })[]
  /** What the signed-in user could withdraw; empty for who may not. */
  passages: StrikablePassage[]
}

/** `GET /api/articles/<id>/strikes`, for everyone on the staff. */
export const strikesOf: Endpoint = {
  path: '/:id/strikes',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const { user } = actingIn(req)
    const own = await createLocalReq({}, req.payload)
    const reference = referenceIn(req)
    const now = clockOf(req.payload).now()
    const answer: StrikesAnswer = {
      strikes: (await openStrikes(own, reference)).map((row) => {
        const { id, kind, cause, reason, says, at, by, state, answeredBy } = row
        const mayAnswer = mayAct(user, 'confirm-strike') && row.user !== user?.id
        return { ...{ id, kind, cause, reason, says, at, by, state, answeredBy }, isLate: isLate(row, now), mayAnswer }
      }),
      passages: mayAct(user, 'strike') ? await passagesOn(own, reference) : [],
    }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}
