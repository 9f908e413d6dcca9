import { type Command, textOption } from 'pipeline/commands/index.ts'
import { environment } from '../environment.ts'
import { closePayload, openPayload } from '../processes/installation.ts'

/** Gives a sign-in a new password. */
export const adminResetPassword: Command = {
  name: 'admin reset-password',
  usage: 'admin reset-password [--email ADDRESS]',
  summary: 'Give a sign-in a new password and print it.',
  help: `
--email ADDRESS  whose; default the administrator's, ADMIN_EMAIL
--json           {email, password}`,
  options: { email: { type: 'string' } },
  async run(context) {
    const email = textOption(context, 'email') ?? environment().adminEmail
    try {
      const [payload, { newPassword }] = await Promise.all([openPayload(), import('../processes/first-start.ts')])
      const { docs } = await payload.find({
        collection: 'users',
        where: { email: { equals: email } },
        limit: 1,
        depth: 0,
        overrideAccess: true,
      })
      const [user] = docs
      if (!user) throw new Error(`There is no sign-in ${email}. Give another address with \`--email\`.`)
      const password = newPassword()
      // Whoever forgot it may have locked the account by trying.
      const data = { password, loginAttempts: 0, lockUntil: null }
      await payload.update({ collection: 'users', id: user.id, data, overrideAccess: true })
      context.print(context.json ? JSON.stringify({ email, password }) : `New password of ${email}: ${password}`)
      return 0
    } finally {
      await closePayload()
    }
  },
}
