import { randomBytes } from 'node:crypto'
import { APIError, type Payload } from 'payload'
import { environment } from '../environment.ts'
import { inTransaction } from '../publishing/transaction.ts'
import type { Acting } from './acting.ts'
import { hasRole, type Role } from './roles.ts'

/** Who is invited. */
export type Invitation = { name: string; email: string; roles: Role[]; person?: string | null }

const days = 7

/**
 * Makes a sign-in without a password and mails its owner a link to set one, which holds for a week. Returns the link.
 * Nobody knows the password it has until then.
 */
export async function invite(payload: Payload, invitation: Invitation, acting: Acting): Promise<string> {
  if (acting.user && !hasRole(acting.user, ['admin']))
    throw new APIError('Only an administrator invites.', 403, null, true)
  const { email, name } = invitation
  const [password, token] = [randomBytes(32).toString('base64url'), randomBytes(20).toString('hex')]
  const resetPasswordExpiration = new Date(Date.now() + days * 86_400_000).toISOString()
  await inTransaction(payload, async (req) => {
    // The audit trail tells of the roles given, and by whom.
    req.user = (acting.user ?? null) as typeof req.user
    const data = { ...invitation, password, resetPasswordToken: token, resetPasswordExpiration }
    await payload.create({ collection: 'users', data, overrideAccess: true, req })
  })
  const link = linkToSet(token)
  await payload.sendEmail({
    to: email,
    subject: 'Your sign-in to Signpost',
    text: [
      `${name}, ${acting.by} has made you a sign-in.`,
      `Set your password here; the link holds for ${days} days:\n${link}`,
      `Later, ask for a new one at ${environment().siteUrl}/admin/forgot\n`,
    ].join('\n\n'),
  })
  return link
}

/** Where whoever has a token sets a password. */
export const linkToSet = (token: string): string => `${environment().siteUrl}/admin/reset/${token}`
