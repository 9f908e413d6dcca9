import { APIError, addDataAndFileToRequest, type Endpoint, type PayloadRequest, type Where } from 'payload'
import { z } from 'zod'
import { countReset } from '../access/attempts.ts'
import { inTransaction } from '../publishing/transaction.ts'

const Body = z.object({ token: z.string().min(1).max(200), password: z.string() })

/**
 * `POST /api/users/reset-password`: sets a password with the token of a mailed link, once. In the place of Payload's, which
 * signs in besides: a link in a mailbox must not stand in for the second factor.
 */
export const resetPassword: Endpoint = {
  path: '/reset-password',
  method: 'post',
  handler: async (req) => {
    countReset(req)
    await addDataAndFileToRequest(req)
    const { data } = Body.safeParse(req.data)
    if (!data) throw new APIError('The link and a password are needed.', 400, null, true)
    await inTransaction(req.payload, (own) => setPassword(own, data))
    return Response.json({ message: req.t('authentication:passwordResetSuccessfully') })
  },
}

async function setPassword(req: PayloadRequest, { token, password }: z.infer<typeof Body>): Promise<void> {
  const options = { depth: 0, overrideAccess: true, req } as const
  const now = new Date().toISOString()
  const where: Where = {
    and: [{ resetPasswordToken: { equals: token } }, { resetPasswordExpiration: { greater_than: now } }],
  }
  const { docs } = await req.payload.find({ collection: 'users', where, limit: 1, ...options })
  const [user] = docs
  if (!user) throw new APIError('This link was used, or is too old. Ask for a new one.', 403, null, true)
  const spent = { resetPasswordToken: null, resetPasswordExpiration: now, loginAttempts: 0, lockUntil: null }
  await req.payload.update({ collection: 'users', id: user.id, data: { password, sessions: [], ...spent }, ...options })
}
