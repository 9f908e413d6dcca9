import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { Edition, recordKinds } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import type { Store } from 'pipeline/release/store.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, install } from '../cms/installation.ts'
import { article, known, records, uid } from '../pipeline/documents.ts'

const kills = process.env.SIGNPOST_TEST_FULL ? 50 : 10
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000)
const random = generator(seed)
const signpost = fileURLToPath(new URL('../../cms/bin/signpost.mjs', import.meta.url))

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let review: typeof Review
let store: Store
const workers: ChildProcess[] = []

beforeAll(async () => {
  cms = await install(new Date().toISOString())
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  review = await import('cms/src/review/acts.ts')
  store = await openFilesystemStore(join(cms.dataDir, 'release'))
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await cms?.remove()
})

test(`a worker killed ${kills} times during a publication loses nothing, and no reader sees it (seed ${seed})`, async () => {
  console.log(`SEED=${seed}`)
  const reader = startReader()
  const acknowledged: Edition[] = []
  let worker = await startWorker()
  for (let round = 1; round <= kills; round++) {
    const { uid, locale } = await draft(round)
    const killed = killAfter(worker, random() * 600)
    acknowledged.push(await acts.publish(cms.payload, 'article', { uid, locale }, { by: 'test' }))
    await killed
    worker = await startWorker()
  }
  await released(acknowledged)
  const seen = await reader.stop()
  expect(seen.broken).toEqual([])
  expect(seen.releases.length).toBeGreaterThan(1)
  expect(seen.releases).toEqual([...seen.releases].sort((a, b) => a - b))
  const { release } = await verify(readStore(store), { seen: seen.releases.at(-1) })
  expect(release).toBeGreaterThanOrEqual(seen.releases.at(-1)!)
}, 3_600_000)

async function draft(number: number) {
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)
  const reviewed = { reviewer: known.reviewer, lastReviewed: day(-30), nextReview: day(300) }
  const made = article({
    uid: uid(5000 + number),
    slug: `round-${number}`,
    title: `Round number ${number}`,
    review: reviewed,
  })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  await review.approve(cms.payload, made, { by: 'test', ...reviewed })
  return made
}

/** Starts a worker; resolves when it has made its first release. */
async function startWorker(): Promise<ChildProcess> {
  const { DATA_DIR, DATABASE_URL, SITE_URL } = process.env
  const worker = spawn(process.execPath, ['--conditions=production', signpost, 'start', '--only', 'worker'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, DATA_DIR, DATABASE_URL, SITE_URL, SAMPLE: 'no' } as unknown as NodeJS.ProcessEnv,
  })
  workers.push(worker)
  for await (const line of createInterface(worker.stdout!)) if (line === 'Ready.') return worker
  throw new Error('The worker ended before it was ready.')
}

async function killAfter(worker: ChildProcess, milliseconds: number): Promise<void> {
  await wait(milliseconds)
  const gone = once(worker, 'exit')
  worker.kill('SIGKILL')
  await gone
}

/** Waits until the release holds every edition that was acknowledged, as its own file and as the live one. */
async function released(editions: Edition[]): Promise<void> {
  const isIn = async ({ stamp, slug, locale }: Edition): Promise<boolean> => {
    const entries = await readPaths(store, await store.readIndex())
    const file = entries.get(paths.edition(stamp))
    const bytes = file && (await store.readObject(file.object))
    if (!bytes || !entries.get(paths.article(locale, slug, 'json'))) return false
    return Edition.parse(JSON.parse(new TextDecoder().decode(bytes))).stamp === stamp
  }
  for (const edition of editions) while (!(await isIn(edition))) await wait(200)
}

/** Reads the release over and over as a consumer would: index, then everything it names. */
function startReader(): { stop(): Promise<{ releases: number[]; broken: string[] }> } {
  const releases: number[] = []
  const broken: string[] = []
  let isStopping = false
  const reading = (async () => {
    while (!isStopping) {
      const index = await store.readIndex()
      if (index) {
        releases.push(index.release)
        await verify(readStore({ ...store, readIndex: async () => index })).catch((error) => broken.push(String(error)))
      }
      await wait(5)
    }
  })()
  return {
    stop: async () => {
      isStopping = true
      await reading
      return { releases, broken }
    },
  }
}

/** Numbers from 0 to 1 that look random, the same for the same seed (mulberry32). */
function generator(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
