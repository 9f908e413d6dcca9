import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))
const command = join(root, 'cms/bin/signpost.mjs')

/** A Signpost started as a user starts it, on a folder and a port of its own. */
export type Running = {
  url: string
  dataDir: string
  child: ChildProcess
  /** All it printed so far. */
  log(): string
  /** Waits until its output matches; fails with the output when it ends first. */
  until(pattern: RegExp): Promise<RegExpMatchArray>
  /** The sign-in printed for a role. */
  signIn(role: string): { email: string; password: string }
  /** Sends SIGINT, as Ctrl-C does, and waits for the end. */
  stop(): Promise<{ code: number | null; milliseconds: number }>
}

export async function startSignpost(
  settings: { dataDir?: string; node?: string; environment?: Record<string, string> } = {},
): Promise<Running> {
  const port = await freePort()
  const dataDir = settings.dataDir ?? mkdtempSync(join(tmpdir(), 'signpost-'))
  const child = spawn(settings.node ?? process.execPath, ['--conditions=production', command, 'start'], {
    cwd: root,
    env: { ...userEnvironment(), DATA_DIR: dataDir, PORT: String(port), ...settings.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (log += text))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return {
    url: `http://localhost:${port}`,
    dataDir,
    child,
    log: () => log,
    until: async (pattern) => {
      let isOver = false
      void ended.then(() => (isOver = true))
      for (;;) {
        const match = log.match(pattern)
        if (match) return match
        if (isOver) throw new Error(`Signpost ended before it printed ${pattern}:\n${log}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    signIn: (role) => {
      const match = new RegExp(`^\\s*${role}\\s+(\\S+@\\S+)\\s+(\\S+)$`, 'mi').exec(log)
      if (!match) throw new Error(`No sign-in for a ${role} was printed:\n${log}`)
      return { email: match[1]!, password: match[2]! }
    },
    stop: async () => {
      const began = Date.now()
      child.kill('SIGINT')
      return { code: await ended, milliseconds: Date.now() - began }
    },
  }
}

/** Runs `npx signpost …` on the same data as a running one. */
export async function signpost(
  args: string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [command, ...args], {
    cwd: root,
    env: { ...userEnvironment(), ...environment },
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (text) => (stdout += text))
  child.stderr.on('data', (text) => (stderr += text))
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { code, stdout, stderr }
}

export const remove = (dataDir: string): void => rmSync(dataDir, { recursive: true, force: true })

/** Processes whose environment names a data folder: what a stop must leave none of. Linux only. */
export function processesOn(dataDir: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`DATA_DIR=${dataDir}\0`)
      } catch {
        return false
      }
    })
}

/** As a user's shell has it: without what the test runner adds. */
function userEnvironment(): NodeJS.ProcessEnv {
  const isOurs = (name: string) => /^(?:VITEST|SIGNPOST|MONGODB|TEST|NODE_OPTIONS$|NODE_ENV$)/.test(name)
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOurs(name))) as NodeJS.ProcessEnv
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
