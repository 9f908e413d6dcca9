import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { acquireLock, LockedError } from 'pipeline/release/lock.ts'
import type { Environment } from '../environment.ts'
import { type Kept, keepRunning } from './keep.ts'
import { databaseReady, type Link, linesOf, type Report, stopWithin } from './lifeline.ts'

/** The processes Signpost consists of, in the order they are started. */
export const processNames = ['front', 'worker', 'sender', 'admin'] as const
export type ProcessName = (typeof processNames)[number]

/** How a start ended: 0 it was told to stop, 1 it could not run. */
export type ExitCode = 0 | 1

/** What a person sees of a start. */
export type Terminal = { say(line: string): void; warn(line: string): void }

/**
 * Starts all processes and keeps them running until SIGINT or SIGTERM; resolves when all have ended. One supervisor
 * per `DATA_DIR`: a second one says so and ends.
 */
export async function start(environment: Environment, terminal: Terminal): Promise<ExitCode> {
  const began = Date.now()
  const lock = await takeLock(environment, terminal)
  if (!lock) return 1
  try {
    if (!(await isFree(environment.port, environment.host))) {
      terminal.warn(
        `Port ${environment.port} is in use by another program. Stop that, or choose another: \`PORT=3001 npm start\`.`,
      )
      return 1
    }
    return await supervise(environment, terminal, await freePort(), began)
  } finally {
    await lock.release()
  }
}

async function takeLock({ dataDir }: Environment, terminal: Terminal) {
  try {
    return await acquireLock(join(dataDir, 'run', 'supervisor.lock'), { purpose: 'npm start' })
  } catch (error) {
    if (!(error instanceof LockedError)) throw error
    terminal.warn(
      `Signpost is already running on ${dataDir} (process ${error.holder.pid}). ` +
        'Stop it first, or start this one on other data: `DATA_DIR=… PORT=… npm start`.',
    )
    return undefined
  }
}

/** All processes are gone this long after the order to stop, milliseconds. */
const killAfter = stopWithin + 1000

function supervise(environment: Environment, terminal: Terminal, adminPort: number, began: number): Promise<ExitCode> {
  const kept = new Map<ProcessName, Kept>()
  const ready = new Set<ProcessName>()
  let links: Link[] = []
  let admin: ChildProcess | undefined
  let isDatabaseReady = false
  const seconds = () => `${((Date.now() - began) / 1000).toFixed(1)} s`

  return new Promise((resolve) => {
    let isStopping = false
    const stop = async (code: ExitCode) => {
      if (isStopping) return
      isStopping = true
      await Promise.all([...kept.values()].map((one) => one.stop(killAfter)))
      resolve(code)
    }
    const onReport = (name: ProcessName, report: Report) => {
      if (report.type === 'database-ready') {
        isDatabaseReady = true
        if (admin?.connected) admin.send(databaseReady)
      }
      if (report.type === 'links') links = report.links
      else if (report.type !== 'ready') for (const line of linesOf(report)) terminal.say(line)
      if (report.type === 'hopeless') void stop(1)
      if (report.type !== 'ready' || ready.has(name)) return
      ready.add(name)
      for (const line of greeting(name, environment, seconds())) terminal.say(line)
      if (ready.size === processNames.length) for (const line of farewell(links, seconds())) terminal.say(line)
    }
    for (const name of processNames)
      kept.set(
        name,
        keepRunning({
          name,
          start: () => {
            const child = startProcess(name, adminPort)
            if (name !== 'admin') return child
            admin = child
            if (isDatabaseReady) child.send(databaseReady)
            return child
          },
          onReport: (report) => onReport(name, report),
          onLine: (line) => {
            if (!isChatter(line)) terminal.warn(`[${name}] ${line}`)
          },
          onDeath: (how, pause) =>
            terminal.warn(`[${name}] ended unexpectedly (${how}); starting it again in ${pause} ms.`),
        }),
      )
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        terminal.say('Stopping.')
        void stop(0)
      })
  })
}

// Next says what it is about.
const isChatter = (line: string): boolean => /^\s*[✓▲]/.test(line)

const greeting = (name: ProcessName, { siteUrl }: Environment, seconds: string): string[] => {
  if (name === 'front') return [`${siteUrl} answers (${seconds}); what is published appears there as it is made`]
  if (name === 'worker') return [`Database, content and release are ready (${seconds})`]
  if (name === 'admin') return [`${siteUrl}/admin answers (${seconds})`]
  return []
}

const farewell = (links: Link[], seconds: string): string[] => [
  '',
  `Signpost is ready (${seconds}). Stop it with Ctrl-C.`,
  ...(links.length > 0 ? linesOf({ type: 'links', links }) : []),
]

/** Starts one of the processes with a channel to this one. They import Payload by its production entry points. */
function startProcess(name: ProcessName, adminPort: number): ChildProcess {
  const command = [process.argv[1]!, 'start', '--only', name, '--admin-port', String(adminPort)]
  return spawn(process.execPath, ['--conditions=production', ...command], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen(port, host, () => server.close(() => resolve(true)))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
