import { type CollectionConfig, NotFound } from 'payload'
import { type Actor, hasRole, roleLabels, roles } from '../access/roles.ts'
import { accessTo, adminsAsField, adminsOrSelf } from '../access/who.ts'
import { environment } from '../environment.ts'
import { recordId } from '../fields/identity.ts'
import { keepAnAdmin, keepAnAdminOnDelete, refuseShortPassword } from '../hooks/guardAccounts.ts'

export const Users: CollectionConfig = {
  slug: 'users',
  labels: { singular: 'User', plural: 'Users' },
  access: {
    ...accessTo('users'),
    admin: ({ req }) => hasRole(req.user as Actor, roles),
    unlock: ({ req }) => hasRole(req.user as Actor, ['admin']),
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
  },
  auth: {
    tokenExpiration: 8 * 60 * 60,
    maxLoginAttempts: 5,
    lockTime: 10 * 60 * 1000,
    forgotPassword: { expiration: 60 * 60 * 1000 },
    cookies: { sameSite: 'Lax', secure: environment().siteUrl.startsWith('https:') },
  },
  // The first administrator is made on the first start. Payload would let anyone become it.
  endpoints: [
    {
      path: '/first-register',
      method: 'post',
      handler: ({ t }) => {
        throw new NotFound(t)
      },
    },
  ],
  hooks: {
    beforeOperation: [refuseShortPassword],
    beforeChange: [keepAnAdmin],
    beforeDelete: [keepAnAdminOnDelete],
  },
  fields: [
    recordId,
    { name: 'name', type: 'text', required: true, maxLength: 200 },
    {
      name: 'roles',
      type: 'select',
      hasMany: true,
      required: true,
      saveToJWT: true,
      options: roles.map((value) => ({ value, label: roleLabels[value] })),
      access: { create: adminsAsField, update: adminsAsField },
    },
    {
      name: 'person',
      type: 'relationship',
      relationTo: 'people',
      label: 'As readers know this person',
      access: { create: adminsAsField, update: adminsAsField },
      admin: { description: 'The entry under People, for authors and reviewers. Nobody signs off what they wrote.' },
    },
  ],
}
