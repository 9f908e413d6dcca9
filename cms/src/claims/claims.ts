/*
 * Leases and claims: who may do what others must not do at the same time.
 * Two databases implement the port; tests/cms/claims.test.ts holds both to the same behaviour.
 */

/** A name held by one holder until a moment. `fence` grows with every holder: a later one has the higher number. */
export type Lease = { name: string; holder: string; fence: number; until: Date }

export type Leases = {
  /** Takes the name for a number of milliseconds; undefined while somebody holds it. */
  acquire(name: string, holder: string, milliseconds: number): Promise<Lease | undefined>
  /** Holds it longer, counted from now; undefined when it ran out or was taken over: stop at once. */
  renew(lease: Lease, milliseconds: number): Promise<Lease | undefined>
  /** Gives it back, so that the next need not wait. Does nothing when it is somebody else's by now. */
  release(lease: Lease): Promise<void>
  /** The lease under a name, held or not; undefined if nobody ever took it. */
  find(name: string): Promise<Lease | undefined>
}

/** How far a row has come. `uncertain`: it may or may not have been done, and only a person may decide. */
export const rowStates = ['queued', 'sending', 'sent', 'failed', 'uncertain', 'skipped'] as const
export type RowState = (typeof rowStates)[number]

/** One thing to be done once. `payload` is small JSON of ids, never content. */
export type ClaimRow = {
  queue: string
  /** Unique within its queue. */
  key: string
  payload: unknown
  state: RowState
  /** How often it was claimed. */
  attempts: number
  /** Not to be claimed before. */
  notBefore: Date
  /** Why it is in its state; empty while there is nothing to say. */
  reason: string
}

/** A row in the hands of one holder until a moment. `fence` proves it: settling with an older one is refused. */
export type Claim = ClaimRow & { holder: string; fence: number; until: Date }

export type Claims = {
  /** Adds a row in state `queued`. False, and nothing changed, when the queue has the key already. */
  enqueue(queue: string, key: string, payload: unknown, notBefore?: Date): Promise<boolean>
  /** Takes the row that has waited longest (or the one named) for a number of milliseconds; undefined when none is waiting. */
  claim(queue: string, holder: string, milliseconds: number, key?: string): Promise<Claim | undefined>
  /** Ends a claim. False when the claim was lost meanwhile: the row stays as it is. */
  settle(claim: Claim, state: 'sent' | 'failed' | 'uncertain' | 'skipped', reason?: string): Promise<boolean>
  /** Puts a row back into the queue, for what certainly was not done. False when the claim was lost meanwhile. */
  again(claim: Claim, notBefore: Date, reason: string): Promise<boolean>
  /** Turns claims that ran out into `uncertain`, never back into `queued`: what they began may have happened. */
  expire(queue: string): Promise<number>
  find(queue: string, key: string): Promise<ClaimRow | undefined>
  /** Rows of a queue by state. */
  count(queue: string): Promise<Record<RowState, number>>
}

/** Both ports over one database. Every operation is a single conditional statement, safe among processes and machines. */
export type ClaimStore = { leases: Leases; claims: Claims; close(): Promise<void> }

export const noRows = (): Record<RowState, number> => ({
  queued: 0,
  sending: 0,
  sent: 0,
  failed: 0,
  uncertain: 0,
  skipped: 0,
})

export const expiredReason = 'The sender stopped or stalled while it had this row, so it may or may not have been done.'
