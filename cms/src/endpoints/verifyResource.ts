import type { Endpoint } from 'payload'
import { signedIn } from '../access/acting.ts'
import { verifyResource } from '../publishing/assurances.ts'

/** `POST /api/resources/<id>/verify`: whoever is signed in has checked the resource today. */
export const verify: Endpoint = {
  path: '/:id/verify',
  method: 'post',
  handler: async (req) => {
    const acting = { ...signedIn(req), ...(req.user?.email ? { email: req.user.email } : {}) }
    return Response.json(await verifyResource(req.payload, String(req.routeParams?.id), acting))
  },
}
