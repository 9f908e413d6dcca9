import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** What `next build` of the admin needs at its peak, bytes (measured: 2.2 GB). */
export const buildMemory = 2.2e9

// The build must not read this process's conditions and flags, and nobody is told about it.
const quiet = {
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  NODE_ENV: 'production',
  NODE_OPTIONS: '',
} as const
const turboArguments = ['run', 'build', '--filter=cms', '--env-mode=loose', '--no-daemon']

/** The admin's build, cached by the content of its sources. */
export type AdminBuild = {
  /** Whether the build of these very sources is there already, so that it costs about a second. */
  isCached(): Promise<boolean>
  /** Builds, or brings back the cached build. Rejects with the end of the log when it fails. */
  run(onLine: (line: string) => void): Promise<void>
  /** Ends a running build with all its processes. */
  stop(): Promise<void>
}

/** Builds the admin of the checkout at `root` through turbo. */
export function adminBuild(root: string): AdminBuild {
  const turbo = join(dirname(createRequire(import.meta.url).resolve('turbo/package.json')), 'bin', 'turbo')
  const options = { cwd: root, env: { ...process.env, ...quiet } }
  let child: ChildProcess | undefined
  return {
    isCached: async () => {
      const dry = [turbo, ...turboArguments, '--dry=json']
      const { stdout } = await promisify(execFile)(process.execPath, dry, { ...options, maxBuffer: 64e6 })
      const { tasks } = JSON.parse(stdout) as { tasks: { taskId: string; cache: { status: string } }[] }
      return tasks.find(({ taskId }) => taskId === 'cms#build')?.cache.status === 'HIT'
    },
    run: (onLine) => {
      const building = spawn(process.execPath, [turbo, ...turboArguments], {
        ...options,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = building
      return finished(building, onLine)
    },
    stop: async () => {
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
      // Turbo, npm and Next each make process groups of their own, and do not end each other when they are killed.
      for (const pid of await descendantsOf(child.pid)) end(pid)
    },
  }
}

const keptLines = 30

function finished(child: ChildProcess, onLine: (line: string) => void): Promise<void> {
  const log: string[] = []
  for (const stream of [child.stdout!, child.stderr!])
    createInterface(stream).on('line', (line) => {
      log.push(line)
      if (log.length > keptLines) log.shift()
      onLine(line)
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => {
      if (code === 0) resolve()
      else reject(new Error(`The admin could not be built (${signal ?? `exit ${code}`}).\n${log.join('\n')}`))
    })
  })
}

/** A process and all that it started, and they started. */
async function descendantsOf(root: number): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({ stdout: '' }))
  const pairs = stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
  const found = [root]
  for (const parent of found) found.push(...pairs.flatMap(([pid, ppid]) => (ppid === parent && pid ? [pid] : [])))
  return found
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // It ended by itself meanwhile.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
