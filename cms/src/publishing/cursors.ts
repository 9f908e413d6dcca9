import type { PayloadRequest, Where } from 'payload'
import { aside } from './records.ts'

/*
 * Cursors of rows that are only ever appended: one more than the highest this transaction sees, and unique. On SQLite one
 * transaction writes at a time; on MongoDB the second of two that run side by side fails and is tried again. So a cursor
 * is never seen before a lower one, and who trusts `cursor > n` misses nothing.
 */

/** The highest value of a field; 0 when there is no row. */
export async function highest(
  req: PayloadRequest,
  collection: 'editions' | 'assurances',
  field: 'number' | 'cursor',
  where?: Where,
): Promise<number> {
  const { docs } = await req.payload.find({
    collection,
    sort: `-${field}`,
    limit: 1,
    pagination: false,
    select: { [field]: true },
    ...(where ? { where } : {}),
    depth: 0,
    overrideAccess: true,
    req: aside(req),
  })
  return ((docs[0] as Record<string, unknown> | undefined)?.[field] as number | undefined) ?? 0
}

// A bulk update runs its hooks side by side in one transaction: they take turns here.
let turn: Promise<unknown> = Promise.resolve()
/** Runs when all that was given before has ended: what takes a cursor and writes it must not be parted. */
export function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const result = turn.then(run)
  turn = result.catch(() => undefined)
  return result
}

/**
 * Appends a row that an act has made, in the transaction of the request. What Payload would look at in what a person
 * typed, hooks and validation, costs more here than all the rest of an act on many documents.
 */
export async function appendRow(
  req: PayloadRequest,
  collection: 'editions' | 'uses' | 'audit',
  row: { id: string } & Record<string, unknown>,
): Promise<void> {
  await req.payload.db.create({ collection, data: row, customID: row.id, req, returning: false })
}
