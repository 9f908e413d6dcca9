import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { acquireLock, holderOf, LockedError } from 'pipeline/release/lock.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-lock-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The lock file of a process that ended. */
const leftBehind = (path: string, token = 'dead') =>
  writeFile(path, JSON.stringify({ pid: process.pid, started: 'before this process', token, purpose: 'a dead one' }))

test('one holder at a time, named to the others', async () => {
  const path = join(folder, 'one')
  const lock = await acquireLock(path, { purpose: 'testing' })
  expect(await holderOf(path)).toMatchObject({ pid: process.pid, purpose: 'testing' })
  await expect(acquireLock(path, { purpose: 'second' })).rejects.toThrow(LockedError)
  await expect(acquireLock(path, { purpose: 'second' })).rejects.toThrow(`testing, process ${process.pid}`)
  await lock.release()
  expect(await holderOf(path)).toBeUndefined()
  await (await acquireLock(path, { purpose: 'second' })).release()
})

test('waits for its turn, at whatever moment the first one goes', async () => {
  for (let round = 0; round < 100; round++) {
    const path = join(folder, `turn-${round}`)
    const first = await acquireLock(path, { purpose: 'first' })
    const second = acquireLock(path, { purpose: 'second', wait: 5000 })
    await first.release()
    await (await second).release()
  }
})

test('a lock whose process is gone is taken over, by one of many', async () => {
  for (let round = 0; round < 20; round++) {
    const path = join(folder, `stale-${round}`)
    await leftBehind(path)
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => acquireLock(path, { purpose: 'thief' })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const holder = JSON.parse(await readFile(path, 'utf8'))
    const won = outcomes.find((outcome) => outcome.status === 'fulfilled')
    expect(won?.value.holder).toEqual(holder)
  }
})

test('a thief that died while taking over is taken over as well', async () => {
  const path = join(folder, 'twice')
  await leftBehind(path, 'first')
  await leftBehind(`${path}.after.first`, 'second')
  const lock = await acquireLock(path, { purpose: 'third' })
  expect(await holderOf(path)).toMatchObject({ purpose: 'third' })
  await lock.release()
  expect((await readdir(folder)).filter((name) => name.startsWith('twice'))).toEqual([])
})

test('an empty lock file, as a power cut leaves it, is nobody’s', async () => {
  const path = join(folder, 'empty')
  await writeFile(path, '')
  await (await acquireLock(path, { purpose: 'testing' })).release()
})

test('does not release what another holds now', async () => {
  const path = join(folder, 'other')
  const lock = await acquireLock(path, { purpose: 'testing' })
  await leftBehind(path)
  await lock.release()
  expect(JSON.parse(await readFile(path, 'utf8')).token).toBe('dead')
})

test('a living child holds its lock until it is killed', async () => {
  const path = join(folder, 'child')
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  const stat = await readFile(`/proc/${child.pid}/stat`, 'utf8').catch(() => undefined)
  if (stat === undefined) return child.kill()
  const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  await writeFile(path, JSON.stringify({ pid: child.pid, started, token: 'child', purpose: 'a child' }))
  await expect(acquireLock(path, { purpose: 'testing' })).rejects.toThrow(`a child, process ${child.pid}`)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
  await (await acquireLock(path, { purpose: 'testing' })).release()
})
