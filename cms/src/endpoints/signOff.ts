import { Locale } from 'content-schemas'
import { APIError, addDataAndFileToRequest, createLocalReq, type Endpoint, Forbidden } from 'payload'
import { z } from 'zod'
import { actingIn, signedIn } from '../access/acting.ts'
import { mayAct } from '../access/roles.ts'
import { staff } from '../access/who.ts'
import type { SharedKind } from '../publishing/sign-offs.ts'
import { type SignOffStanding, signOff, signOffStanding } from '../publishing/signing.ts'

const body = z.object({ locale: Locale, contentHash: z.string().max(100).optional() })

/** What the form of a shared text reads about its sign-off. */
export type SignOffAnswer = SignOffStanding & { mayAct: boolean }

/**
 * `POST /api/<kind>/<id>/sign-off`: signs the text off in the language of the body. `GET`, with `?locale=`, tells where
 * that stands, to everyone on the staff.
 */
export const signOffOf = (kind: SharedKind): Endpoint[] => [
  {
    path: '/:id/sign-off',
    method: 'post',
    handler: async (req) => {
      const acting = signedIn(req)
      await addDataAndFileToRequest(req)
      const { data, error } = body.safeParse(req.data ?? {})
      if (error) throw new APIError(`This act needs more: ${z.prettifyError(error)}`, 400, null, true)
      const { locale, contentHash } = data
      const text = { kind, uid: String(req.routeParams?.id), locale }
      return Response.json({ done: await signOff(req.payload, text, { ...acting, contentHash }) })
    },
  },
  {
    path: '/:id/sign-off',
    method: 'get',
    handler: async (req) => {
      if (!staff({ req })) throw new Forbidden(req.t)
      const { data: locale } = Locale.safeParse(req.searchParams.get('locale') ?? 'en')
      if (!locale) throw new APIError(`Name a language: ${Locale.options.join(', ')}.`, 400, null, true)
      const acting = actingIn(req)
      const own = await createLocalReq({}, req.payload)
      const standing = await signOffStanding(own, { kind, uid: String(req.routeParams?.id), locale }, acting)
      const answer: SignOffAnswer = { ...standing, mayAct: mayAct(acting.user, 'sign-off') }
      return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
    },
  },
]
