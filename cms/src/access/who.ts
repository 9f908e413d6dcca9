import type { Access, CollectionConfig, GlobalConfig, PayloadRequest } from 'payload'
import { type Actor, collectionRoles, globalRoles, hasRole, type Role, roles } from './roles.ts'

/*
 * Access functions, named by who. Which of them stands where is decided by the table in `roles.ts`.
 */

const only =
  (allowed: readonly Role[]) =>
  ({ req }: { req: PayloadRequest }): boolean =>
    hasRole(req.user as Actor, allowed)

/** Anyone who is signed in and has a role. */
export const staff = only(roles)
export const admins = only(['admin'])
/** Administrators, and a user as far as the own account goes. */
export const adminsOrSelf: Access = ({ req }) => admins({ req }) || (req.user ? { id: { equals: req.user.id } } : false)

/** The access of a collection, as the table has it. Versions are read by whoever reads the collection. */
export function accessTo(slug: keyof typeof collectionRoles): NonNullable<CollectionConfig['access']> {
  const row = collectionRoles[slug]
  return {
    read: only(row.read),
    readVersions: only(row.read),
    create: only(row.create),
    update: only(row.update),
    delete: only(row.delete),
  }
}

/** The access of a global, as the table has it. */
export function accessToGlobal(slug: keyof typeof globalRoles): NonNullable<GlobalConfig['access']> {
  const row = globalRoles[slug]
  return { read: only(row.read), readVersions: only(row.read), update: only(row.update) }
}
