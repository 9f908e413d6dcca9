import { Index } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { systemClock } from 'pipeline/clock.ts'
import type { ClaimStore } from '../../claims/claims.ts'
import { openClaims } from '../../claims/open.ts'
import { environment } from '../../environment.ts'
import { presenceIn, workerLease } from '../../processes/worker-lease.ts'

/*
 * What goes on behind the admin, for people who only see the admin.
 */

let store: Promise<ClaimStore> | undefined

/** When a worker was last there, and whether that is more than two minutes ago; undefined if none ever was. */
export async function workerPresence(): Promise<{ seen: Date; isMissing: boolean } | undefined> {
  store ??= openClaims(environment().databaseUrl, systemClock)
  try {
    const lease = await (await store).leases.find(workerLease)
    return lease && presenceIn(lease, new Date())
  } catch (error) {
    store = undefined
    throw error
  }
}

/** The release that readers get from the front of this machine; undefined where there is none, or none yet. */
export async function servedRelease(): Promise<{ release: number; at: string } | undefined> {
  try {
    const address = `http://127.0.0.1:${environment().port}${paths.index}`
    const response = await fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(1000) })
    return response.ok
      ? Index.pick({ release: true, at: true })
          .strip()
          .parse(await response.json())
      : undefined
  } catch {
    // Nobody listens there: the front is another machine's, or starts.
    return undefined
  }
}
