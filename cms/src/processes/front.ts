import type { IncomingMessage, ServerResponse } from 'node:http'
import { systemClock } from 'pipeline/clock.ts'
import { createFront } from 'pipeline/serve/index.ts'
import type { ClaimStore } from '../claims/claims.ts'
import { openClaims } from '../claims/open.ts'
import type { Environment } from '../environment.ts'
import { answerTaker } from '../feedback/take.ts'
import { readAdminState } from './admin-state.ts'
import { answerWaiting } from './admin-waiting.ts'
import { openServedStore } from './installation.ts'
import { endWithSupervisor, tell } from './lifeline.ts'
import { complaintsAbout, readProblems } from './problems.ts'
import { type Behind, passOn } from './proxy.ts'
import { presenceIn, workerLease } from './worker-lease.ts'

/** Paths the admin answers. `review` is for those outside, who have a link. */
const adminPaths = /^\/(admin|api|_next|review|admin-icon\.svg)(\/|\?|$)/

/**
 * The front process: everything readers get, at file speed, and the way to the admin. Loads neither Payload nor Next,
 * so it answers within a second and goes on while they start, stop or fail.
 */
export async function runFront(environment: Environment, adminPort: number): Promise<void> {
  const { dataDir, host, port, siteUrl } = environment
  const behind: Behind = { port: adminPort, protocol: siteUrl.startsWith('https:') ? 'https' : 'http' }
  const toAdmin = (request: IncomingMessage, response: ServerResponse): boolean => {
    const url = request.url ?? '/'
    if (!adminPaths.test(url)) return false
    passOn(request, response, behind, () => {
      readAdminState(dataDir)
        .catch(() => undefined)
        .then((state) => answerWaiting(response, url.replace(/\?.*/, ''), state))
    })
    return true
  }
  const onError = (error: unknown) => console.error(error)
  const takeAnswer = answerTaker({ dataDir, siteUrl, clock: systemClock, onError })
  const presence = workerPresence(environment)
  const served = await openServedStore(environment)
  const front = createFront({
    store: served.store,
    fallback: (request, response) => takeAnswer(request, response) || toAdmin(request, response),
    health: async () => [
      ...served.complaints(),
      ...(await presence.complaints()),
      ...complaintsAbout(await readProblems(dataDir)),
    ],
    ...(environment.accessLog ? { accessLog: (line: string) => console.log(withoutTokens(line)) } : {}),
    onError,
  })
  endWithSupervisor(async () => {
    await front.close()
    await served.close()
    await presence.close()
  })
  try {
    await front.listen(port, host)
  } catch (error) {
    tell({
      type: 'hopeless',
      reason: `Cannot listen on ${host}:${port}: ${(error as Error).message}. Choose another \`PORT\` or \`HOST\`.`,
    })
    process.exit(1)
  }
  tell({ type: 'ready' })
}

/** A line of the access log without what opens a door: it is nobody's business who reads the log. */
export const withoutTokens = (line: string): string =>
  line.replace(/\/(review|admin\/reset|preview\/[a-z-]+)\/[^/\s]+/, '/$1/…')

/** What `/healthz` says of the worker. Opens the database when it is first asked. */
function workerPresence({ databaseUrl }: Environment) {
  let store: Promise<ClaimStore> | undefined
  return {
    complaints: async (): Promise<string[]> => {
      store ??= openClaims(databaseUrl, systemClock)
      try {
        const lease = await (await store).leases.find(workerLease)
        if (lease && !presenceIn(lease, new Date()).isMissing) return []
        return [lease ? `No worker has been seen since ${lease.until.toISOString()}.` : 'No worker has been seen yet.']
      } catch {
        store = undefined
        return ['The database cannot be reached.']
      }
    },
    close: async () => (await store?.catch(() => undefined))?.close(),
  }
}
