import { type CollectionConfig, NotFound } from 'payload'
import { forgetAttempts, limitAttempts } from '../access/attempts.ts'
import { roleLabels, roles } from '../access/roles.ts'
import { askCode, forgetFactor, keepCode } from '../access/second-factor.ts'
import { accessTo, admins, adminsOrSelf, staff } from '../access/who.ts'
import { auditRoles } from '../audit/hooks.ts'
import { inviteUser } from '../endpoints/inviteUser.ts'
import { mailResetLink } from '../endpoints/mailResetLink.ts'
import { resetPassword } from '../endpoints/resetPassword.ts'
import { secondFactorEndpoints } from '../endpoints/secondFactor.ts'
import { environment } from '../environment.ts'
import { recordId } from '../fields/identity.ts'
import {
  endSessions,
  keepAnAdmin,
  keepAnAdminOnDelete,
  keepKeysToMachines,
  refuseMachines,
  refuseShortPassword,
} from '../hooks/guardAccounts.ts'
import { tellOwner } from '../hooks/tellOwner.ts'

export const Users: CollectionConfig = {
  slug: 'users',
  labels: { singular: 'User', plural: 'Users' },
  access: {
    ...accessTo('users'),
    admin: staff,
    unlock: admins,
    read: adminsOrSelf,
    update: adminsOrSelf,
  },
  admin: {
    hideAPIURL: true,
    group: 'Settings',
    useAsTitle: 'name',
    defaultColumns: ['name', 'email', 'roles'],
    listSearchableFields: ['name', 'email'],
    description: 'Who may sign in, and what they may do.',
    components: { beforeListTable: ['/admin/accounts/Invite.tsx#Invite'] },
  },
  auth: {
    tokenExpiration: 8 * 60 * 60,
    maxLoginAttempts: 5,
    lockTime: 10 * 60 * 1000,
    // Kept as a hash and a cipher; nobody can read one again.
    useAPIKey: true,
    forgotPassword: { expiration: 60 * 60 * 1000 },
    cookies: { sameSite: 'Lax', secure: environment().siteUrl.startsWith('https:') },
  },
  // The first administrator is made on the first start. Payload would let anyone become it.
  endpoints: [
    inviteUser,
    mailResetLink,
    resetPassword,
    ...secondFactorEndpoints,
    {
      path: '/first-register',
      method: 'post',
      handler: ({ t }) => {
        throw new NotFound(t)
      },
    },
  ],
  hooks: {
    beforeOperation: [limitAttempts, keepCode, refuseShortPassword],
    beforeChange: [keepAnAdmin, keepKeysToMachines, endSessions, tellOwner],
    beforeLogin: [refuseMachines, askCode],
    afterLogin: [forgetAttempts],
    afterChange: [auditRoles],
    beforeDelete: [keepAnAdminOnDelete],
    afterDelete: [forgetFactor],
  },
  fields: [
    recordId,
    {
      name: 'name',
      type: 'text',
      required: true,
      maxLength: 200,
      admin: { description: 'As colleagues, the audit trail and mails call them.' },
    },
    {
      name: 'roles',
      type: 'select',
      hasMany: true,
      required: true,
      saveToJWT: true,
      options: roles.map((value) => ({ value, label: roleLabels[value] })),
      access: { create: admins, update: admins },
      admin: { description: 'All that apply. A change ends the sessions of this sign-in.' },
    },
    {
      name: 'person',
      type: 'relationship',
      relationTo: 'people',
      label: 'As readers know this person',
      access: { create: admins, update: admins },
      admin: { description: 'The entry under People, for authors and reviewers. Nobody signs off what they wrote.' },
    },
    {
      name: 'machine',
      type: 'checkbox',
      label: 'A program, not a person',
      defaultValue: false,
      access: { create: admins, update: admins },
      admin: { description: 'It signs in with an API key, which is shown once. People have none.' },
    },
    {
      name: 'secondFactor',
      type: 'ui',
      admin: { components: { Field: '/admin/accounts/SecondFactor.tsx#SecondFactor' }, disableListColumn: true },
    },
  ],
}
