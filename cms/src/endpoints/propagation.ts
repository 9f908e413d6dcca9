import type { RecordKind } from 'content-schemas'
import { type Endpoint, Forbidden } from 'payload'
import { staff } from '../access/who.ts'
import { type Propagation, propagationOf } from '../publishing/dependents.ts'

/** What the form of a record reads while it is being saved; null when nothing is under way in this process. */
export type PropagationAnswer = { propagation: Propagation | null }

/** `GET /api/<kind>/<id>/propagation`: how many of the articles that show the record have followed its change. */
export const propagationIn = (kind: RecordKind): Endpoint => ({
  path: '/:id/propagation',
  method: 'get',
  handler: (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const answer: PropagationAnswer = { propagation: propagationOf(kind, String(req.routeParams?.id)) ?? null }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
})
