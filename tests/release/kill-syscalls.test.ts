import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { paths } from 'pipeline/channels/addresses.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readStore, VerifyError, verify } from 'pipeline/release/verify.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { readText } from './publication.ts'
import { generator, seedOf } from './random.ts'

/*
 * kill -9 at the system calls that make a release last: the n-th rename, link or sync. The
 * process and its state are those of a reconciler; four readers look all the while.
 */
const calls = 'rename,renameat,renameat2,link,linkat,fsync,fdatasync'
const kills = process.env.SIGNPOST_TEST_FULL ? 150 : 10
/** About as many of these calls as a start and three releases take. */
const furthest = 120
const pollers = 4

let folder: string
let program: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-kill-'))
  program = join(folder, 'publish-forever.mjs')
  await build({
    entryPoints: [fileURLToPath(new URL('./publish-forever.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)" },
  })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Publishes from a number on and is killed at its n-th call. One thread does all of its writing, so that n is n. */
const publishAndKillAt = (call: number, from: number): Promise<{ said: number | undefined; signal: string | null }> =>
  new Promise((resolve, reject) => {
    const watch = ['-f', '-qq', '-o', '/dev/null', '-e', `trace=${calls}`]
    const inject = ['-e', `inject=${calls}:signal=SIGKILL:when=${call}`]
    const child = spawn('strace', [...watch, ...inject, process.execPath, program, folder, String(from)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('close', (_, signal) => {
      const last = said.split('\n').slice(0, -1).at(-1)
      resolve({ said: last === undefined ? undefined : Number(last), signal })
    })
  })

type Seen = { releases: number; broken: string[] }

/** Verifies whichever release stands, again and again. */
async function poll(isOver: () => boolean): Promise<Seen> {
  const store = await openFilesystemStore(join(folder, 'release'))
  const seen: Seen = { releases: 0, broken: [] }
  for (let last = 0; !isOver(); await new Promise((resolve) => setTimeout(resolve, 5))) {
    if (!(await store.readIndex())) continue
    try {
      const { release } = await verify(readStore(store), { seen: last })
      if (release > last) seen.releases += 1
      last = release
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error
      seen.broken.push(error.message)
    }
  }
  return seen
}

describe.skipIf(lacks('strace'))('kill -9 at a system call', () => {
  test(`${kills} times: no half release, none rolled back, nothing lost that was said`, async () => {
    const random = generator(seedOf('Calls to die at'))
    let isOver = false
    const watching = Array.from({ length: pollers }, () => poll(() => isOver))
    const died: number[] = []
    let next = 0
    for (let kill = 0; kill < kills; kill++) {
      const call = 1 + Math.floor(random() * furthest)
      died.push(call)
      const { said, signal } = await publishAndKillAt(call, next)
      expect(signal, `the process that was to die at call ${call}`).toBe('SIGKILL')
      const store = await openFilesystemStore(join(folder, 'release'))
      if (said !== undefined) {
        const { title } = JSON.parse((await readText(store, paths.article('en', 'first', 'json')))!)
        expect(Number(title.slice('Title '.length)), `after dying at call ${call}`).toBeGreaterThanOrEqual(said)
        next = said + 2
      }
      if (await store.readIndex()) await verify(readStore(store))
    }
    isOver = true
    const seen = await Promise.all(watching)
    console.log(
      `died at calls ${died.join(', ')}; the readers saw ${seen.map(({ releases }) => releases).join(', ')} releases`,
    )
    expect(seen.flatMap(({ broken }) => broken)).toEqual([])
    expect(Math.max(...seen.map(({ releases }) => releases))).toBeGreaterThan(1)
  })
})
