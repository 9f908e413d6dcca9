import { join } from 'node:path'
import { systemClock } from 'pipeline/clock.ts'
import { transportFrom } from 'pipeline/deliver/index.ts'
import { openClaims } from '../claims/open.ts'
import type { Environment } from '../environment.ts'
import { type Delivering, deliverNext } from '../newsletters/deliveries.ts'
import { deliveryQueue } from '../newsletters/outgoing.ts'
import { openStore } from './installation.ts'
import { endWithSupervisor, tell } from './lifeline.ts'

/** How often an idle sender looks for mail, milliseconds. */
const interval = 1000

/** What the sender and the `send` command deliver with. */
export async function openDelivering(environment: Environment): Promise<Delivering & { close(): Promise<void> }> {
  const { databaseUrl, dataDir, smtpUrl, mailFrom } = environment
  const { claims, close } = await openClaims(databaseUrl, systemClock)
  return {
    claims,
    store: await openStore(environment),
    transport: transportFrom(smtpUrl, join(dataDir, 'outbox')),
    from: mailFrom,
    holder: `${process.pid}`,
    now: () => systemClock.now(),
    close,
  }
}

/** The sender process: delivers queued mail, one message at a time, until it is told to end. Loads no Payload. */
export async function runSender(environment: Environment): Promise<void> {
  const delivering = await openDelivering(environment)
  let isEnding = false
  let working: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  const work = async () => {
    await delivering.claims.expire(deliveryQueue)
    while (!isEnding && (await deliverNext(delivering)));
  }
  const next = () => {
    working = work()
      .catch((error) => console.error(error))
      .then(() => {
        if (!isEnding) timer = setTimeout(next, interval)
      })
  }
  endWithSupervisor(async () => {
    isEnding = true
    clearTimeout(timer)
    // A message that is being handed over is finished, or its claim runs out as uncertain.
    await working
    await delivering.close()
  })
  next()
  tell({ type: 'ready' })
}
