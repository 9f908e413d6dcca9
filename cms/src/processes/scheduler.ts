import type { Payload } from 'payload'
import type { ClaimStore, Lease } from '../claims/claims.ts'
import { fireDue } from '../publishing/firing.ts'
import { remindOfStrikes } from '../publishing/strikes.ts'
import { mailReminders } from '../review/reminders.ts'
import { type Repeated, repeat } from './repeat.ts'

/** The lease of the one worker that does what is on the schedule. */
const scheduleLease = 'schedule'
/** How long another worker waits for one that was killed, milliseconds. */
const leaseTime = 30_000
/** How often the schedule is looked at, milliseconds. With `leaseTime` less than the minute it may be late. */
const interval = 10_000

/**
 * Does what is on the schedule as its time comes, and reminds people of what falls due. Among many workers one looks; that
 * nothing happens twice the acts and the claims see to.
 */
export function startScheduler(
  payload: Payload,
  { leases, claims }: ClaimStore,
  onError: (error: unknown) => void,
): Repeated {
  let lease: Lease | undefined
  const remind = mailReminders(payload, claims, onError)
  const work = async () => {
    lease = lease && (await leases.renew(lease, leaseTime))
    lease ??= await leases.acquire(scheduleLease, String(process.pid), leaseTime)
    if (!lease) return
    await fireDue(payload, onError)
    await remind()
    await remindOfStrikes(payload)
  }
  const looking = repeat(work, interval, onError)
  return {
    stop: async () => {
      await looking.stop()
      if (lease) await leases.release(lease)
    },
  }
}
