import { type Command, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { type Role, roles } from '../access/roles.ts'
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

/** Takes the second factor off a sign-in whose owner lost it. */
export const adminResetSecondFactor: Command = {
  name: 'admin reset-second-factor',
  usage: 'admin reset-second-factor [--email ADDRESS]',
  summary: 'Take the second factor off a sign-in whose owner lost the phone and the recovery codes.',
  help: `
--email ADDRESS  whose; default the administrator's, ADMIN_EMAIL
--json           {email}

It is in the audit trail, and all sessions of the sign-in end.`,
  options: { email: { type: 'string' } },
  async run(context) {
    const email = textOption(context, 'email') ?? environment().adminEmail
    const { resetFactor } = await import('../access/second-factor.ts')
    try {
      const payload = await openPayload()
      const where = { email: { equals: email } }
      const { docs } = await payload.find({ collection: 'users', where, limit: 1, depth: 0, overrideAccess: true })
      const [user] = docs
      if (!user) throw new Error(`There is no sign-in ${email}. Give another address with \`--email\`.`)
      await resetFactor(payload, user.id, { by: 'command line' })
      context.print(context.json ? JSON.stringify({ email }) : `${email} signs in with the password alone.`)
      return 0
    } finally {
      await closePayload()
    }
  },
}

/** Makes a sign-in whose owner sets the password. */
export const adminInvite: Command = {
  name: 'admin invite',
  usage: 'admin invite EMAIL --name NAME --role ROLE…',
  summary: 'Make a sign-in, and mail its owner a link to set the password.',
  help: `
--name NAME      full name
--role ROLE      ${roles.join(', ')}; may be given several times
--json           {email, link}

The link holds for a week. It is printed too, for where no mail leaves.`,
  options: { name: { type: 'string' }, role: { type: 'string', multiple: true } },
  arguments: { least: 1 },
  async run(context) {
    const [email = ''] = context.arguments
    const name = textOption(context, 'name')
    const given = [context.options.role ?? []].flat() as string[]
    const unknown = given.find((role) => !roles.includes(role as Role))
    if (!name || given.length === 0) throw new MisuseError('Give a name and a role: `--name "…" --role editor`.')
    if (unknown !== undefined) throw new MisuseError(`There is no role \`${unknown}\`. There are ${roles.join(', ')}.`)
    const { invite } = await import('../access/invitations.ts')
    try {
      const link = await invite(await openPayload(), { name, email, roles: given as Role[] }, { by: 'the operator' })
      context.print(context.json ? JSON.stringify({ email, link }) : `${email} is invited: ${link}`)
      return 0
    } finally {
      await closePayload()
    }
  },
}
