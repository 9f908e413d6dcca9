import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Payload } from 'payload'
import { starterRules } from 'pipeline/checks/wording/starter-rules.ts'
import { systemClock } from 'pipeline/clock.ts'
import type { Role } from '../access/roles.ts'
import { openClaims } from '../claims/claims.ts'
import type { Environment } from '../environment.ts'
import { publish } from '../publishing/acts.ts'
import { wordingRuleRow } from '../publishing/document.ts'
import { importPaths } from '../publishing/folder/import.ts'
import { type SignIn, tell } from './lifeline.ts'

const queue = 'first-start'
/** Longer than a first start takes: another machine that starts at the same time waits for this one. */
const patience = 300_000

/**
 * What an installation needs before its first use: an administrator, wording rules and, if wanted, the sample, published
 * by the acts as anyone's content is. Does what is not done yet; one that was interrupted is finished by the next.
 */
export async function prepareInstallation(payload: Payload, environment: Environment): Promise<void> {
  const { claims, leases, close } = await openClaims(environment.databaseUrl, systemClock)
  try {
    const lease = await leases.acquire(queue, `${process.pid}`, patience)
    await makeAccounts(payload, environment)
    if ((await claims.find(queue, 'wording-rules')) === undefined) {
      await makeWordingRules(payload)
      await claims.enqueue(queue, 'wording-rules', null)
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

/** Sign-ins to try the roles with. */
export const sampleAccounts: { role: Role; name: string; email: string }[] = [
  { role: 'editor', name: 'Sample Editor', email: 'editor@signpost.example' },
  { role: 'reviewer', name: 'Sample Reviewer', email: 'reviewer@signpost.example' },
  { role: 'publisher', name: 'Sample Publisher', email: 'publisher@signpost.example' },
]

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

async function importSample(payload: Payload, { root }: Environment): Promise<void> {
  const say = everyTwoSeconds()
  tell({ type: 'progress', text: 'Importing the sample content' })
  const files = await importPaths(payload, [join(root, 'cms', 'sample')], {
    onFile: (_, done, total) => say(`Importing the sample content: ${done} of ${total} files`),
  })
  const refused = files.filter(({ outcome }) => outcome === 'refused')
  for (const { path, messages } of refused)
    tell({ type: 'progress', text: `${path} was not imported: ${messages.map(({ reason }) => reason).join(' ')}` })
  const drafts = files.flatMap(({ became }) => (became?.collection === 'articles' ? [became] : []))
  const issues = files.flatMap(({ became }) => (became?.collection === 'issues' ? [became] : []))
  const all = [...drafts.map(({ id }) => ['article', id] as const), ...issues.map(({ id }) => ['issue', id] as const)]
  for (const [index, [kind, id]] of all.entries()) {
    const [uid = '', locale = ''] = id.split('.')
    await publish(payload, kind, { uid, locale: locale as 'en' }, { by: 'Sample Publisher', sample: true })
    say(`Publishing the sample content: ${index + 1} of ${all.length} documents`)
  }
}

function everyTwoSeconds(): (text: string) => void {
  let last = Date.now()
  return (text) => {
    if (Date.now() - last < 2000) return
    last = Date.now()
    tell({ type: 'progress', text })
  }
}
