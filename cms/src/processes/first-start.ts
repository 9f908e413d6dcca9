import { randomBytes } from 'node:crypto'
import type { Payload } from 'payload'
import { starterRules } from 'pipeline/checks/wording/starter-rules.ts'
import { systemClock } from 'pipeline/clock.ts'
import type { Role } from '../access/roles.ts'
import { openClaims } from '../claims/open.ts'
import type { Environment } from '../environment.ts'
import { wordingRuleRow } from '../publishing/document.ts'
import { noteAllWaiting } from '../publishing/signing.ts'
import { type SignIn, tell } from './lifeline.ts'
import { importSample, sampleAccounts } from './sample.ts'

const queue = 'first-start'
/** Longer than a first start takes: another machine that starts at the same time waits for this one. */
const patience = 300_000

/**
 * What an installation needs before its first use: an administrator, wording rules, a policy and, if wanted, the sample,
 * approved and published by the acts as anyone's content is; and what rows of an earlier version lack. Does what is not
 * done yet; one that was interrupted is finished by the next.
 */
export async function prepareInstallation(payload: Payload, environment: Environment): Promise<void> {
  const { claims, leases, close } = await openClaims(environment.databaseUrl, systemClock)
  try {
    const lease = await leases.acquire(queue, `${process.pid}`, patience)
    await makeAccounts(payload, environment)
    if ((await claims.find(queue, 'wording-rules')) === undefined) {
      await makeWordingRules(payload)
      await askForSignOffs(payload)
      await claims.enqueue(queue, 'wording-rules', null)
    }
    if ((await claims.find(queue, 'sign-offs')) === undefined) {
      await noteAllWaiting(payload)
      await claims.enqueue(queue, 'sign-offs', null)
    }
    const isDone = (await claims.find(queue, 'sample')) !== undefined
    if (environment.sample && !isDone) {
      await importSample(payload, environment)
      await claims.enqueue(queue, 'sample', null)
    }
    if (lease) await leases.release(lease)
  } finally {
    await close()
  }
}

/** A password that is easy to type and hard to guess: 80 bits. */
export function newPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
  const characters = Array.from(randomBytes(16), (byte) => letters[byte % letters.length])
  return [0, 4, 8, 12].map((start) => characters.slice(start, start + 4).join('')).join('-')
}

async function makeAccounts(payload: Payload, { adminEmail, sample }: Environment): Promise<void> {
  if ((await payload.count({ collection: 'users', overrideAccess: true })).totalDocs > 0) return
  const admin = { role: 'admin' as const, name: 'Administrator', email: adminEmail }
  const signIns: SignIn[] = []
  for (const { role, name, email } of [admin, ...(sample ? sampleAccounts : [])]) {
    const password = newPassword()
    // Whoever sets a place up has to be able to try everything in it.
    const roles: Role[] = role === 'admin' ? ['admin', 'publisher', 'editor'] : [role]
    await payload.create({ collection: 'users', data: { name, email, password, roles }, overrideAccess: true })
    signIns.push({ role, email, password })
  }
  tell({ type: 'sign-ins', signIns })
}

/** Makes the wording rules a house starts with records of its own, to be changed like any other. */
export async function makeWordingRules(payload: Payload): Promise<void> {
  if ((await payload.count({ collection: 'wording-rules', overrideAccess: true })).totalDocs > 0) return
  for (const rule of starterRules)
    await payload.create({ collection: 'wording-rules', data: wordingRuleRow(rule) as never, overrideAccess: true })
}

/** Has a new house ask for sign-offs of its shared texts; one that is there already decides for itself. */
export async function askForSignOffs(payload: Payload): Promise<void> {
  const data = { signOffShared: true }
  await payload.updateGlobal({ slug: 'editorial-policy', data, depth: 0, overrideAccess: true })
}
