import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TypesetJob } from 'pipeline/channels/channel.ts'
import { handoutJob } from 'pipeline/channels/print/index.ts'
import { type RenderPoolOptions, renderPool } from 'pipeline/channels/print/pool.ts'
import { afterEach, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { prepared, publishedArticle } from './specimen.ts'

const entry = fileURLToPath(new URL('../fixtures/print/unruly-typesetter.ts', import.meta.url))
const pools: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

/** A pool whose documents may misbehave; slow machines get time. */
const unrulyPool = (options: RenderPoolOptions = {}) => {
  const pool = renderPool({ entry, size: 1, timeLimit: 60_000, ...options })
  pools.push(pool)
  return pool
}
const goodJob = (): Promise<TypesetJob> => {
  const { tree, context } = prepared(publishedArticle('en'))
  return handoutJob(tree, context)
}
const badJob = (misdeed: string): TypesetJob => ({ input: { misdeed }, files: {}, date: '2026-01-01' })
const isPdf = (bytes: Uint8Array) => Buffer.from(bytes.subarray(0, 5)).toString() === '%PDF-'

test('a document that hangs is ended, and the next one is typeset', async () => {
  const pool = unrulyPool({ timeLimit: 3000 })
  await pool.compilerInUse()
  await expect(pool.typeset(badJob('hang'))).rejects.toThrow(/longer than 3 s/)
  expect(isPdf(await pool.typeset(await goodJob()))).toBe(true)
})

test('a document that crashes ends its own child only', async () => {
  const pool = unrulyPool({ size: 2 })
  const job = await goodJob()
  const [crashed, ...others] = await Promise.allSettled([
    pool.typeset(badJob('crash')),
    pool.typeset(job),
    pool.typeset(job),
  ])
  expect(crashed).toMatchObject({ status: 'rejected', reason: { message: expect.stringMatching(/ended by itself/) } })
  expect(others.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
})

test('a document that eats memory is ended at the limit', async () => {
  const pool = unrulyPool({ memoryLimit: 500 })
  await expect(pool.typeset(badJob('bloat'))).rejects.toThrow(/more than 500 MB of memory/)
  expect(isPdf(await pool.typeset(await goodJob()))).toBe(true)
})

test('a child knows nothing of the environment of the pool', async () => {
  process.env.SIGNING_KEY = 'a secret'
  const pool = unrulyPool()
  const told = await pool.typeset(badJob('tell')).catch((error: Error) => error.message)
  expect(told).toContain('FONTCONFIG_FILE')
  expect(told).not.toContain('a secret')
})

test('children are replaced after their share of documents', async () => {
  const pool = unrulyPool({ recycleAfter: 1 })
  const job = await goodJob()
  const made = await Promise.all([pool.typeset(job), pool.typeset(job)])
  expect(made.every(isPdf)).toBe(true)
  expect(made[1]).toEqual(made[0])
})

test('what the typesetter refuses is said in its words', async () => {
  const job = await goodJob()
  await expect(unrulyPool().typeset({ ...job, files: {} })).rejects.toThrow(/refused the document: .*not found/)
})

test.skipIf(lacks('native typesetter'))('and so is what its export refuses', async () => {
  const job = await goodJob()
  const unseen = { ...job, input: { ...(job.input as object), title: 'Well done 🎉' } }
  await expect(unrulyPool().typeset(unseen)).rejects.toThrow(/^The typesetter refused the document: PDF\/UA-1 error: /)
})

test('a closed pool rejects what waits and what comes', async () => {
  const pool = unrulyPool()
  const waiting = [pool.typeset(badJob('hang')), pool.typeset(badJob('hang'))]
  const settled = Promise.allSettled(waiting)
  await pool.close()
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  await expect(pool.typeset(badJob('hang'))).rejects.toThrow(/closed/)
})

test('a pool keeps its process alive while it is needed, and no longer', () => {
  const program = `
    import { renderPool } from 'pipeline/channels/print/pool.ts'
    const closed = renderPool()
    await closed.compilerInUse()
    await closed.close()
    console.log((await renderPool().compilerInUse()).build)`
  const { stdout, status } = spawnSync('node', ['--import', 'tsx', '--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    encoding: 'utf8',
    // Far more than it needs, and less than an idle child lives.
    timeout: 25_000,
  })
  expect({ stdout: stdout.trim(), status }).toEqual({ stdout: expect.stringMatching(/^(?:native|wasm)$/), status: 0 })
})
