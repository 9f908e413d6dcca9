import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Kept, keepRunning } from 'cms/src/processes/keep.ts'
import type { Report } from 'cms/src/processes/lifeline.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'

const signpost = fileURLToPath(new URL('../../cms/bin/signpost.mjs', import.meta.url))

let folder: string
let kept: Kept | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-supervision-'))
})
afterEach(async () => {
  await kept?.stop(0)
  kept = undefined
  await rm(folder, { recursive: true, force: true })
})

/** Keeps a program of a few lines running, and tells what becomes of it. */
async function keep(program: string) {
  const file = join(folder, 'program.mjs')
  await writeFile(file, program)
  const reports: Report[] = []
  const deaths: string[] = []
  const pids: number[] = []
  kept = keepRunning({
    name: 'program',
    start: () => {
      const child = fork(file, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
      pids.push(child.pid!)
      return child
    },
    onReport: (report) => reports.push(report),
    onLine: () => {},
    onDeath: (how) => deaths.push(how),
  })
  return { reports, deaths, pids, kept }
}

const ready = `process.send({ type: 'ready' });`
const until = async (condition: () => boolean | Promise<boolean>) => {
  while (!(await condition())) await wait(20)
}
const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a process that is kept running', () => {
  test('is started again when it dies', async () => {
    const { reports, deaths, pids } = await keep(`${ready} setInterval(() => {}, 1000)`)
    await until(() => reports.length === 1)
    process.kill(pids[0]!, 'SIGKILL')
    await until(() => reports.length === 2)
    expect(deaths).toEqual(['SIGKILL'])
    expect(isAlive(pids[1]!)).toBe(true)
  })

  test('is ended for good, and not started again', async () => {
    const { reports, deaths, pids, kept } = await keep(`${ready} setInterval(() => {}, 1000)`)
    await until(() => reports.length === 1)
    await kept.stop(5000)
    expect(isAlive(pids[0]!)).toBe(false)
    expect([pids.length, deaths.length]).toEqual([1, 0])
  })

  test('is killed when it does not end by itself', async () => {
    const { reports, pids, kept } = await keep(`process.on('SIGTERM', () => {}); ${ready} setInterval(() => {}, 1000)`)
    await until(() => reports.length === 1)
    await kept.stop(100)
    expect(isAlive(pids[0]!)).toBe(false)
  })
})

test('a process whose supervisor is killed ends by itself', async () => {
  const pidFile = join(folder, 'pid')
  const supervisor = join(folder, 'supervisor.mjs')
  await writeFile(
    supervisor,
    `import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
const child = spawn(process.execPath, ['--conditions=production', ${JSON.stringify(signpost)}, 'start', '--only', 'sender'], {
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
})
child.on('message', ({ type }) => type === 'ready' && writeFileSync(${JSON.stringify(pidFile)}, String(child.pid)))`,
  )
  const env = { PATH: process.env.PATH, DATA_DIR: join(folder, 'data') } as unknown as NodeJS.ProcessEnv
  const running = spawn(process.execPath, [supervisor], { env, stdio: 'inherit' })
  await until(() => existsSync(pidFile))
  const sender = Number(await readFile(pidFile, 'utf8'))
  expect(isAlive(sender)).toBe(true)
  running.kill('SIGKILL')
  await once(running, 'exit')
  await until(() => !isAlive(sender))
})
