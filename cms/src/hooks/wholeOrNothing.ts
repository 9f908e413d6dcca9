import { type BulkOperationResult, type CollectionAfterOperationHook, killTransaction } from 'payload'

type Bulk = BulkOperationResult<'articles', never>

/**
 * A change of many documents is made whole or not at all. Payload tells which of them was refused and keeps the rest,
 * among it what it had written of a document before a later hook refused that.
 */
export const wholeOrNothing: CollectionAfterOperationHook = async ({ collection, operation, req, result }) => {
  if (operation !== 'update' && operation !== 'delete') return result
  const { docs, errors } = result as Bulk
  if (errors.length === 0) return result
  await killTransaction(req)
  const left = `Not changed, as another ${collection.labels.singular} in the selection was refused.`
  const others = docs.map(({ id }) => ({ id, isPublic: true, message: left }))
  return { docs: [], errors: [...errors, ...others] } satisfies Bulk
}
