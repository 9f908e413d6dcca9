import { APIError, type CollectionBeforeChangeHook } from 'payload'
import { type Actor, hasRole } from '../access/roles.ts'
import type { Person } from '../payload-types.ts'
import { placesOf } from '../publishing/uses.ts'

/**
 * Leaves the name and the credentials of somebody whom published articles name as author or reviewer to administrators:
 * readers would be told at once that somebody else wrote or reviewed them.
 */
export const keepShownPeople: CollectionBeforeChangeHook<Person> = async ({ data, originalDoc, operation, req }) => {
  if (operation !== 'update' || !req.user || hasRole(req.user as Actor, ['admin'])) return data
  if (saidOf(originalDoc) === saidOf({ ...originalDoc, ...data })) return data
  const places = await placesOf(req, 'people', String(originalDoc?.id))
  if (!places) return data
  throw new APIError(
    `Readers are told this name and these credentials in ${places}. Only an administrator can change them: ask one. For another person, make a new entry.`,
    ...([403, null, true] as const),
  )
}

const saidOf = (row: Partial<Person> | undefined): string => JSON.stringify([row?.name, row?.credentials || null])
