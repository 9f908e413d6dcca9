import { type Collection, MongoClient, MongoServerError } from 'mongodb'
import type { Clock } from 'pipeline/clock.ts'
import {
  type Claim,
  type ClaimRow,
  type ClaimStore,
  expiredReason,
  type Lease,
  noRows,
  type RowState,
} from './claims.ts'

type LeaseDocument = { _id: string; holder: string; fence: number; until: Date }
type RowDocument = {
  /** The unique index: queue and key. */
  _id: string
  queue: string
  key: string
  payload: unknown
  state: RowState
  attempts: number
  notBefore: Date
  reason: string
  holder: string | null
  fence: number
  until: Date | null
}

/**
 * Leases and claims in MongoDB. Each operation is one `findOneAndUpdate` or `updateMany` with its condition in the
 * filter, acknowledged by a majority, and tried again when another client wrote the same document in that moment.
 */
export async function openMongoClaims(databaseUrl: string, clock: Clock): Promise<ClaimStore> {
  const client = await MongoClient.connect(databaseUrl, {
    writeConcern: { w: 'majority' },
    readConcern: { level: 'majority' },
    serverSelectionTimeoutMS: 5000,
  })
  const rows = client.db().collection<RowDocument>('claims_rows')
  await rows.createIndex({ queue: 1, state: 1, notBefore: 1 })
  return {
    leases: leases(client.db().collection<LeaseDocument>('claims_leases'), () => clock.now()),
    claims: claims(rows, () => clock.now()),
    close: () => client.close(),
  }
}

const later = (moment: Date, milliseconds: number) => new Date(moment.getTime() + milliseconds)
const idOf = (queue: string, key: string) => `${queue}:${key}`

const leases = (collection: Collection<LeaseDocument>, now: () => Date): ClaimStore['leases'] => ({
  acquire: async (name, holder, milliseconds) => {
    const taken = await unlessDuplicate(() =>
      collection.findOneAndUpdate(
        { _id: name, until: { $lte: now() } },
        { $set: { holder, until: later(now(), milliseconds) }, $inc: { fence: 1 } },
        { upsert: true, returnDocument: 'after' },
      ),
    )
    return leaseOf(taken)
  },
  renew: async (lease, milliseconds) =>
    leaseOf(
      await retried(() =>
        collection.findOneAndUpdate(
          { _id: lease.name, fence: lease.fence, until: { $gt: now() } },
          { $set: { until: later(now(), milliseconds) } },
          { returnDocument: 'after' },
        ),
      ),
    ),
  release: async (lease) => {
    await retried(() => collection.updateOne({ _id: lease.name, fence: lease.fence }, { $set: { until: now() } }))
  },
  find: async (name) => leaseOf(await collection.findOne({ _id: name })),
})

const claims = (collection: Collection<RowDocument>, now: () => Date): ClaimStore['claims'] => {
  const update = async (claim: Claim, set: Partial<RowDocument>) => {
    const { queue, key, fence } = claim
    const result = await retried(() =>
      collection.updateOne(
        { _id: idOf(queue, key), fence, state: 'sending' },
        { $set: { ...set, holder: null, until: null } },
      ),
    )
    return result.modifiedCount === 1
  }
  return {
    enqueue: async (queue, key, payload, notBefore) => {
      const row = { queue, key, payload, notBefore: notBefore ?? now() }
      const fresh = { state: 'queued' as const, attempts: 0, reason: '', holder: null, fence: 0, until: null }
      const added = await unlessDuplicate(() => collection.insertOne({ _id: idOf(queue, key), ...row, ...fresh }))
      return added !== undefined
    },
    claim: async (queue, holder, milliseconds, key) => {
      const row = await retried(() =>
        collection.findOneAndUpdate(
          { queue, state: 'queued', notBefore: { $lte: now() }, ...(key === undefined ? {} : { key }) },
          { $set: { state: 'sending', holder, until: later(now(), milliseconds) }, $inc: { fence: 1, attempts: 1 } },
          { sort: { notBefore: 1 }, returnDocument: 'after' },
        ),
      )
      return row ? claimOf(row) : undefined
    },
    settle: (claim, state, reason = '') => update(claim, { state, reason }),
    again: (claim, notBefore, reason) => update(claim, { state: 'queued', notBefore, reason }),
    expire: async (queue) => {
      const result = await retried(() =>
        collection.updateMany(
          { queue, state: 'sending', until: { $lte: now() } },
          { $set: { state: 'uncertain', reason: expiredReason, holder: null, until: null } },
        ),
      )
      return result.modifiedCount
    },
    find: async (queue, key) => {
      const row = await collection.findOne({ _id: idOf(queue, key) })
      return row ? rowOf(row) : undefined
    },
    count: async (queue) => {
      const counted = noRows()
      for (const state of Object.keys(counted) as RowState[])
        counted[state] = await collection.countDocuments({ queue, state })
      return counted
    },
  }
}

const writeConflict = 112
const duplicateKey = 11000
const isCode = (error: unknown, code: number) => error instanceof MongoServerError && error.code === code

async function retried<T>(operation: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation()
    } catch (error) {
      if (!isCode(error, writeConflict) || attempt === 20) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * attempt))
    }
  }
}

/** Undefined when the unique index refused the insert: somebody else has it. */
async function unlessDuplicate<T>(operation: () => Promise<T>): Promise<T | undefined> {
  try {
    return await retried(operation)
  } catch (error) {
    if (isCode(error, duplicateKey)) return undefined
    throw error
  }
}

const leaseOf = (row: LeaseDocument | null | undefined): Lease | undefined =>
  row ? { name: row._id, holder: row.holder, fence: row.fence, until: row.until } : undefined

const rowOf = ({ queue, key, payload, state, attempts, notBefore, reason }: RowDocument): ClaimRow => ({
  queue,
  key,
  payload,
  state,
  attempts,
  notBefore,
  reason,
})

const claimOf = (row: RowDocument): Claim => ({
  ...rowOf(row),
  holder: row.holder ?? '',
  fence: row.fence,
  until: row.until ?? new Date(0),
})
