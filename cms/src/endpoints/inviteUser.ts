import { APIError, addDataAndFileToRequest, type Endpoint } from 'payload'
import { z } from 'zod'
import { signedIn } from '../access/acting.ts'
import { invite } from '../access/invitations.ts'
import { roles } from '../access/roles.ts'

const Body = z.object({
  name: z.string().trim().min(1).max(200),
  email: z.email(),
  roles: z.array(z.enum(roles)).min(1),
  person: z.string().optional(),
})

/** `POST /api/users/invite`: makes a sign-in and mails its owner a link to set the password. */
export const inviteUser: Endpoint = {
  path: '/invite',
  method: 'post',
  handler: async (req) => {
    const acting = signedIn(req)
    await addDataAndFileToRequest(req)
    const { data, error } = Body.safeParse(req.data)
    if (error)
      throw new APIError(`Name, e-mail address and roles are needed: ${z.prettifyError(error)}`, 400, null, true)
    await invite(req.payload, data, acting)
    return Response.json({ invited: data.email }, { status: 201 })
  },
}
