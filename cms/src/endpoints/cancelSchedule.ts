import type { Endpoint } from 'payload'
import { signedIn } from '../access/acting.ts'
import { cancel } from '../publishing/schedules.ts'

/** `POST /api/schedules/<id>/cancel`: takes it off the schedule. */
export const cancelSchedule: Endpoint = {
  path: '/:id/cancel',
  method: 'post',
  handler: async (req) => Response.json(await cancel(req.payload, String(req.routeParams?.id), signedIn(req))),
}
