import { createLocalReq, type Endpoint, Forbidden } from 'payload'
import { staff } from '../access/who.ts'
import { type Compared, compareVersions, type Listed, versionsOf } from '../review/versions.ts'
import { referenceIn } from './newestDraft.ts'

/** What the review of an article reads: two versions, what differs, and what else can be compared. */
export type ChangesAnswer = Compared & { versions: Listed[] }

/**
 * `GET /api/articles/<id>/changes?from=<version>&to=<version>`, for everyone on the staff: what differs between two
 * versions, by default between the last approval and the newest draft.
 */
export const changes: Endpoint = {
  path: '/:id/changes',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const own = await createLocalReq({}, req.payload)
    const reference = referenceIn(req)
    const { from = 'approval', to = 'draft' } = req.query as { from?: string; to?: string }
    const compared = await compareVersions(own, reference, { from: String(from), to: String(to) })
    const answer: ChangesAnswer = { ...compared, versions: await versionsOf(own, reference) }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}
