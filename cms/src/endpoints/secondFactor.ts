import { APIError, addDataAndFileToRequest, type Endpoint, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { signedIn } from '../access/acting.ts'
import { type Owner, offerFactor, renewRecovery, resetFactor, turnOff, turnOn } from '../access/second-factor.ts'

const own = (name: string, run: (req: PayloadRequest, owner: Owner, code: string) => Promise<object>): Endpoint => ({
  path: `/second-factor/${name}`,
  method: 'post',
  handler: async (req) => {
    signedIn(req)
    const user = req.user!
    if (user.machine) throw new APIError('A program has no second factor.', 403, null, true)
    await addDataAndFileToRequest(req)
    const { data } = z.object({ code: z.string().max(40).default('') }).safeParse(req.data ?? {})
    // What is shown here is shown this once.
    return Response.json(await run(req, user, data?.code ?? ''), { headers: { 'Cache-Control': 'no-store' } })
  },
})

/**
 * `POST /api/users/second-factor/…`: what whoever is signed in does with the own second factor; and
 * `POST /api/users/<id>/second-factor/reset`, for administrators.
 */
export const secondFactorEndpoints: Endpoint[] = [
  own('offer', (req, owner) => offerFactor(req, owner)),
  own('turn-on', async (req, owner, code) => ({ recovery: await turnOn(req.payload, owner, code, signedIn(req)) })),
  own('turn-off', async (req, owner, code) => {
    await turnOff(req.payload, owner, code, signedIn(req))
    return {}
  }),
  own('recovery', async (req, owner, code) => ({
    recovery: await renewRecovery(req.payload, owner, code, signedIn(req)),
  })),
  {
    path: '/:id/second-factor/reset',
    method: 'post',
    handler: async (req) => {
      await resetFactor(req.payload, String(req.routeParams?.id), signedIn(req))
      return Response.json({})
    },
  },
]
