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
  stop(): void
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
      // A process group of its own, so that the whole build can be ended at once.
      const building = spawn(process.execPath, [turbo, ...turboArguments], {
        ...options,
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = building
      return finished(building, onLine)
    },
    stop: () => {
      if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return
      process.kill(-child.pid, 'SIGKILL')
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
