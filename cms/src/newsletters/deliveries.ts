import { type Delivery, deliver, type Transport } from 'pipeline/deliver/index.ts'
import type { Store } from 'pipeline/release/store.ts'
import type { Claim, Claims } from '../claims/claims.ts'
import { type DeliveryPayload, deliveryQueue, NotReleasedError, outgoingOf } from './outgoing.ts'

/** What delivering needs; no Payload. */
export type Delivering = {
  claims: Claims
  store: Store
  transport: Transport
  /** Address of the sender. */
  from: string
  /** Who claims. */
  holder: string
  now(): Date
}

/** What became of a delivery, and how. */
export type Outcome = {
  key: string
  state: 'sent' | 'failed' | 'queued' | 'uncertain' | 'skipped'
  reason: string
  file?: string
}

/** A hand-off ends within a minute; a claim that lasts longer than this was lost. */
const claimTime = 120_000
/** Pauses before the next attempts, milliseconds; after the last one the delivery has failed. */
const pauses = [60_000, 300_000, 1_800_000, 7_200_000, 21_600_000]

/**
 * Delivers the mail that has waited longest, or the one named: claimed first, so that nobody else sends it, and settled
 * by what the mail server said. Undefined when there is none to deliver.
 */
export async function deliverNext(delivering: Delivering, key?: string): Promise<Outcome | undefined> {
  const { claims, holder } = delivering
  const claim = await claims.claim(deliveryQueue, holder, claimTime, key)
  if (!claim) return undefined
  try {
    return await settle(claim, await handOver(claim, delivering), delivering)
  } catch (error) {
    // Nothing was handed over: the message could not be made, or the outbox not be written.
    const reason = error instanceof Error ? error.message : String(error)
    const state = error instanceof NotReleasedError ? 'skipped' : 'failed'
    await claims.settle(claim, state, reason)
    return { key: claim.key, state, reason }
  }
}

async function handOver({ payload }: Claim, { store, transport, from }: Delivering): Promise<Delivery> {
  return deliver(await outgoingOf(store, payload as DeliveryPayload, from), transport)
}

async function settle(claim: Claim, delivery: Delivery, { claims, now }: Delivering): Promise<Outcome> {
  const { state, stage, code, file } = delivery
  // The server's own words may repeat the address, which belongs into no log or ledger.
  const reason = state === 'sent' ? '' : `${stage}${code ? ` ${code}` : ''}`
  const pause = pauses[claim.attempts - 1]
  if (state === 'retry' && pause !== undefined) {
    await claims.again(claim, new Date(now().getTime() + pause), reason)
    return { key: claim.key, state: 'queued', reason }
  }
  const final = state === 'retry' ? 'failed' : state
  await claims.settle(claim, final, reason)
  return { key: claim.key, state: final, reason, ...(file ? { file } : {}) }
}
