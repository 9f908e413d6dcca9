import type { Payload } from 'payload'
import type { ClaimStore, Lease } from '../claims/claims.ts'
import { fireDue } from '../publishing/firing.ts'

/** The lease of the one worker that does what is on the schedule. */
const scheduleLease = 'schedule'
/** How long another worker waits for one that was killed, milliseconds. */
const leaseTime = 30_000
/** How often the schedule is looked at, milliseconds. With `leaseTime` less than the minute it may be late. */
const interval = 10_000

/** Does what is on the schedule as its time comes. Among many workers one looks; that nothing happens twice the acts see to. */
export function startScheduler(
  payload: Payload,
  { leases }: ClaimStore,
  onError: (error: unknown) => void,
): { stop(): Promise<void> } {
  let lease: Lease | undefined
  let isStopping = false
  let timer: NodeJS.Timeout | undefined
  let working: Promise<void> = Promise.resolve()
  const work = async () => {
    lease = lease && (await leases.renew(lease, leaseTime))
    lease ??= await leases.acquire(scheduleLease, String(process.pid), leaseTime)
    if (lease) await fireDue(payload, onError)
  }
  const next = () => {
    working = work()
      .catch(onError)
      .then(() => {
        if (!isStopping) timer = setTimeout(next, interval)
      })
  }
  next()
  return {
    stop: async () => {
      isStopping = true
      clearTimeout(timer)
      await working
      if (lease) await leases.release(lease)
    },
  }
}
