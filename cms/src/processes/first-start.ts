import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Locale, locales } from 'content-schemas'
import { createLocalReq, type Payload } from 'payload'
import { starterRules } from 'pipeline/checks/wording/starter-rules.ts'
import { systemClock } from 'pipeline/clock.ts'
import type { Role } from '../access/roles.ts'
import { openClaims } from '../claims/open.ts'
import type { Environment } from '../environment.ts'
import { publish } from '../publishing/acts.ts'
import { wordingRuleRow } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { type ImportedFile, importPaths } from '../publishing/folder/import.ts'
import { newestRow } from '../publishing/records.ts'
import { sharedKinds } from '../publishing/sign-offs.ts'
import { signOff, signOffStanding } from '../publishing/signing.ts'
import { approve, type ReviewFields } from '../review/acts.ts'
import { type SignIn, tell } from './lifeline.ts'

const queue = 'first-start'
/** Longer than a first start takes: another machine that starts at the same time waits for this one. */
const patience = 300_000

/**
 * What an installation needs before its first use: an administrator, wording rules and, if wanted, the sample, approved and
 * published by the acts as anyone's content is. Does what is not done yet; one that was interrupted is finished by the next.
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
  await nameReviewer(payload)
  await signSampleOff(payload, files)
  const drafts = files.flatMap(({ became }) => (became?.collection === 'articles' ? [became] : []))
  const issues = files.flatMap(({ became }) => (became?.collection === 'issues' ? [became] : []))
  const all = [...drafts.map(({ id }) => ['article', id] as const), ...issues.map(({ id }) => ['issue', id] as const)]
  for (const [index, [kind, id]] of all.entries()) {
    const [uid = '', locale = ''] = id.split('.')
    const reference = { uid, locale: locale as Locale }
    if (kind === 'article') await approveSample(payload, reference)
    await publish(payload, kind, reference, { by: 'Sample Publisher', sample: true })
    say(`Publishing the sample content: ${index + 1} of ${all.length} documents`)
  }
}

/**
 * Signs the shared texts of the sample off, in every language they have, in the name of its reviewer. From then on the
 * house asks for it.
 */
export async function signSampleOff(payload: Payload, files: readonly ImportedFile[]): Promise<void> {
  const acting = { by: 'Sample Reviewer' }
  const req = await createLocalReq({}, payload)
  for (const kind of sharedKinds)
    for (const { became } of files.filter((file) => file.became?.collection === kind))
      for (const locale of locales) {
        const text = { kind, uid: became!.id, locale }
        if ((await signOffStanding(req, text, acting)).contentHash) await signOff(payload, text, acting)
      }
  await payload.updateGlobal({
    slug: 'editorial-policy',
    data: { signOffShared: true },
    depth: 0,
    overrideAccess: true,
  })
}

/** Approves an article of the sample in the name of the reviewer its file names, as of the day that stands there. */
async function approveSample(payload: Payload, reference: Reference): Promise<void> {
  const row = await newestRow(await createLocalReq({}, payload), 'articles', reference)
  const { reviewer, lastReviewed, nextReview } = (row?.review ?? {}) as ReviewFields
  const days = { lastReviewed: dayIn(lastReviewed), nextReview: dayIn(nextReview) }
  await approve(payload, reference, { by: 'Sample Reviewer', reviewer: reviewer ?? '', ...days })
}

const dayIn = (date: string | null | undefined): string | null => date?.slice(0, 10) ?? null

/** Who readers see as the reviewer of most of the sample: the sample's reviewer approves in this name. */
const sampleReviewer = 'robin-sample'

async function nameReviewer(payload: Payload): Promise<void> {
  const quiet = { depth: 0, overrideAccess: true } as const
  const { docs } = await payload.find({ collection: 'people', where: { slug: { equals: sampleReviewer } }, ...quiet })
  const email = sampleAccounts.find(({ role }) => role === 'reviewer')?.email
  if (!docs[0]) return
  await payload.update({
    collection: 'users',
    where: { email: { equals: email } },
    data: { person: docs[0].id },
    ...quiet,
  })
}

function everyTwoSeconds(): (text: string) => void {
  let last = Date.now()
  return (text) => {
    if (Date.now() - last < 2000) return
    last = Date.now()
    tell({ type: 'progress', text })
  }
}
