import type { ServerProps } from 'payload'
import { type Actor, collectionRoles, hasRole } from '../../access/roles.ts'
import { ExchangeResources } from './ExchangeResources.tsx'

/** Files of directories and spreadsheets, for those who may. */
export const ResourceFiles = ({ user }: ServerProps) => {
  const { create, update } = collectionRoles.resources
  return <ExchangeResources canImport={hasRole(user as Actor, create) && hasRole(user as Actor, update)} />
}
