import { APIError, addDataAndFileToRequest, type Endpoint, type Payload } from 'payload'
import { z } from 'zod'
import { limitMails } from '../access/attempts.ts'
import { linkToSet } from '../access/invitations.ts'

/**
 * `POST /api/users/forgot-password`: mails a link to set a new password. Answers the same, and as fast, whether there is
 * such a sign-in or not. In the place of Payload's, which reserves the mail outside the transaction it is in and so
 * waits for itself on SQLite.
 */
export const mailResetLink: Endpoint = {
  path: '/forgot-password',
  method: 'post',
  handler: async (req) => {
    await addDataAndFileToRequest(req)
    const { data } = z.object({ email: z.string().min(1).max(320) }).safeParse(req.data)
    if (!data) throw new APIError('An e-mail address is needed.', 400, null, true)
    limitMails(data.email)
    const token = await req.payload.forgotPassword({ collection: 'users', data, disableEmail: true, req })
    if (token) void mail(req.payload, data.email, token)
    return Response.json({ message: req.t('general:success') })
  },
}

async function mail(payload: Payload, to: string, token: string): Promise<void> {
  const text = [
    `Somebody, perhaps you, asked for a new password. Set one here within an hour:\n${linkToSet(token)}`,
    'If it was not you, there is nothing to do: the old password stays.\n',
  ].join('\n\n')
  try {
    await payload.sendEmail({ to, subject: 'A new password for Signpost', text })
  } catch (error) {
    payload.logger.error({ err: error, msg: 'The link to set a new password could not be mailed.' })
  }
}
