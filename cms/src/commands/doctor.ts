import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { renderPool } from 'pipeline/channels/print/pool.ts'
import { systemClock } from 'pipeline/clock.ts'
import type { Command } from 'pipeline/commands/index.ts'
import { holderOf } from 'pipeline/release/lock.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { openClaims } from '../claims/open.ts'
import { type Environment, environment } from '../environment.ts'
import { deliveryQueue } from '../newsletters/outgoing.ts'
import { buildMemory } from '../processes/admin-build.ts'
import { closePayload, openPayload, openStore } from '../processes/installation.ts'
import { readProblems } from '../processes/problems.ts'
import { workerLease } from '../processes/worker-lease.ts'

/** One thing looked at. `bad` is something that does not work; `note` something to know. */
type Finding = { name: string; state: 'good' | 'note' | 'bad'; says: string }

/** Looks at an installation and says what is wrong with it. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'Look at this installation: machine, database, release, typesetter, worker, mail.',
  help: `
--json  {findings: [{name, state: good|note|bad, says}]}

Exit 1 if something is bad.`,
  async run({ json, print }) {
    const findings: Finding[] = []
    for (const [name, look] of looks) {
      const finding = await found(name, look)
      findings.push(finding)
      if (!json) print(`${marks[finding.state]} ${finding.name.padEnd(11)} ${finding.says}`)
    }
    await closePayload()
    if (json) print(JSON.stringify({ findings }))
    return findings.some(({ state }) => state === 'bad') ? 1 : 0
  },
}

const marks = { good: 'ok  ', note: 'note', bad: 'BAD ' }

type Look = (settings: Environment) => Promise<Omit<Finding, 'name'>>

async function found(name: string, look: Look): Promise<Finding> {
  try {
    return { name, ...(await look(environment())) }
  } catch (error) {
    return { name, state: 'bad', says: error instanceof Error ? error.message : String(error) }
  }
}

const good = (says: string) => ({ state: 'good' as const, says })
const note = (says: string) => ({ state: 'note' as const, says })
const bad = (says: string) => ({ state: 'bad' as const, says })

const looks: readonly [string, Look][] = [
  ['Settings', async ({ dataDir, siteUrl }) => good(`data in ${dataDir}, readers come to ${siteUrl}`)],
  ['Node', async () => nodeFinding(process.versions.node)],
  ['Memory', async () => memoryFinding(process.availableMemory())],
  ['Database', databaseFinding],
  ['Release', releaseFinding],
  ['Documents', documentsFinding],
  ['Withdrawn', withdrawnFinding],
  ['Typesetter', typesetterFinding],
  ['Supervisor', supervisorFinding],
  ['Worker', workerFinding],
  ['Mail', mailFinding],
]

function nodeFinding(version: string) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isOld = major < 20 || (major === 20 && minor < 19)
  return isOld ? bad(`${version} is too old: install Node 20.19 or later`) : good(version)
}

function memoryFinding(available: number) {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  return available < buildMemory
    ? note(`${gigabytes(available)} free; building the admin needs about ${gigabytes(buildMemory)}`)
    : good(`${gigabytes(available)} free`)
}

async function databaseFinding({ databaseUrl }: Environment) {
  const payload = await openPayload()
  const { totalDocs } = await payload.count({ collection: 'editions', overrideAccess: true })
  const kind = databaseUrl.startsWith('file:') ? databaseUrl : 'MongoDB'
  return good(`${kind}, migrated, ${totalDocs} editions`)
}

async function releaseFinding(settings: Environment) {
  const store = await openStore(settings)
  if (!(await store.readIndex())) return note('there is none yet; `npm start` makes it')
  const { release, paths } = await verify(readStore(store))
  return good(`release ${release} is whole, ${paths} paths`)
}

async function documentsFinding({ dataDir }: Environment) {
  const problems = await readProblems(dataDir)
  const reasons = problems.map(({ locale, slug, uid, reason }) => `${locale}/${slug || uid}: ${reason}`)
  return reasons.length > 0 ? bad(`not published as they should be: ${reasons.join('; ')}`) : good('all published')
}

async function withdrawnFinding() {
  const [{ createLocalReq }, { isLate, unconfirmedStrikes }] = await Promise.all([
    import('payload'),
    import('../publishing/strikes.ts'),
  ])
  const open = await unconfirmedStrikes(await createLocalReq({}, await openPayload()))
  if (open.length === 0) return good('no passage waits for a reviewer to confirm that it was withdrawn')
  const late = open.filter((row) => isLate(row, systemClock.now())).length
  const titles = open.map(({ title, locale }) => `“${title}” (${locale})`).join(', ')
  return note(
    `unconfirmed by a reviewer: ${titles}${late > 0 ? `; ${late} for more than 24 hours` : ''}; it stays withdrawn`,
  )
}

async function typesetterFinding({ typesetter }: Environment) {
  const pool = renderPool({ compiler: typesetter, size: 1 })
  try {
    const { marked, says } = await pool.compilerInUse()
    return marked ? good(says) : note(says)
  } finally {
    await pool.close()
  }
}

async function supervisorFinding({ dataDir }: Environment) {
  const holder = await holderOf(join(dataDir, 'run', 'supervisor.lock'))
  return holder ? good(`runs as process ${holder.pid}`) : note('does not run on this machine')
}

async function workerFinding({ databaseUrl }: Environment) {
  const { leases, close } = await openClaims(databaseUrl, systemClock)
  try {
    const lease = await leases.find(workerLease)
    if (!lease) return note('was never there')
    return lease.until > new Date() ? good('is there') : note(`was last there before ${lease.until.toISOString()}`)
  } finally {
    await close()
  }
}

async function mailFinding({ smtpUrl, dataDir, databaseUrl }: Environment) {
  const { claims, close } = await openClaims(databaseUrl, systemClock)
  try {
    const { queued, uncertain, failed } = await claims.count(deliveryQueue)
    const waiting = `${queued} waiting, ${failed} failed, ${uncertain} uncertain`
    if (smtpUrl) return good(`goes to ${new URL(smtpUrl).host}; ${waiting}`)
    const outbox = join(dataDir, 'outbox')
    const there = await stat(outbox).then(
      () => true,
      () => false,
    )
    return note(
      `no mail leaves this machine: without SMTP_URL it becomes files in ${outbox}${there ? '' : ' (none yet)'}; ${waiting}`,
    )
  } finally {
    await close()
  }
}
