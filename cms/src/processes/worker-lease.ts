import type { Lease } from '../claims/claims.ts'

/** Name of the lease by which a worker shows that it is there. */
export const workerLease = 'worker'
/** For how long it holds, milliseconds. */
export const leaseTime = 30_000
/** How long after its lease ran out a missing worker is told of, milliseconds: two minutes after it was last seen. */
const missedAfter = 90_000

/** When a worker was last there, by its lease, and whether that is too long ago. */
export const presenceIn = ({ until }: Lease, now: Date): { seen: Date; isMissing: boolean } => ({
  seen: new Date(until.getTime() - leaseTime),
  isMissing: now.getTime() - until.getTime() >= missedAfter,
})
