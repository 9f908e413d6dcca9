import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { paths } from 'pipeline/channels/addresses.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import type { Store } from 'pipeline/release/store.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, readText, workspace } from './publication.ts'

/*
 * The process dies at every single write: from the n-th call that changes the disk on, nothing happens any more. What it
 * had written stays, as after kill -9; a write that it died in has happened by half.
 */
const life = vi.hoisted(() => ({ left: Number.POSITIVE_INFINITY, writes: 0 }))

vi.mock('node:fs/promises', async (importOriginal) => {
  const fs = await importOriginal<typeof import('node:fs/promises')>()
  const step = (half?: () => unknown) => {
    life.writes += 1
    life.left -= 1
    if (life.left === 0) half?.()
    if (life.left <= 0) throw new Error('killed')
  }
  const mortal =
    <A extends unknown[], R>(call: (...given: A) => Promise<R>, half?: (...given: A) => unknown) =>
    async (...given: A): Promise<R> => {
      step(half && (() => half(...given)))
      return call(...given)
    }
  const { writeFileSync, appendFileSync } = await import('node:fs')
  const halfOf = (bytes: unknown) => Buffer.from(bytes as Uint8Array).subarray(0, (bytes as Uint8Array).length >> 1)
  return {
    ...fs,
    link: mortal(fs.link),
    rename: mortal(fs.rename),
    rm: mortal(fs.rm),
    mkdir: mortal(fs.mkdir as never),
    truncate: mortal(fs.truncate),
    writeFile: mortal(fs.writeFile, (path, bytes) => writeFileSync(path as string, halfOf(bytes))),
    appendFile: mortal(fs.appendFile, (path, bytes) => appendFileSync(path as string, halfOf(bytes))),
    open: async (...given: Parameters<typeof fs.open>) => {
      if (given[1] === 'r') return fs.open(...given)
      step()
      const handle = await fs.open(...given)
      const write = handle.writeFile.bind(handle)
      handle.writeFile = mortal(write as never, (bytes: unknown) => writeFileSync(handle.fd, halfOf(bytes)))
      return handle
    },
  }
})

/** Lets a work run until its n-th write; false if it came to its end before. */
async function killedAt(write: number, work: () => Promise<unknown>): Promise<boolean> {
  life.left = write
  try {
    await work()
    return false
  } catch (error) {
    if (life.left > 0) throw error
    return true
  } finally {
    life.left = Number.POSITIVE_INFINITY
  }
}

const publication = new Publication()
const document = article({ uid: uid(101), slug: 'first', title: 'First' })
const now = new Date('2026-05-02T00:00:00Z')
let place: Awaited<ReturnType<typeof workspace>>
const folders: string[] = []

beforeAll(async () => {
  publication.publish(document)
  publication.publish(article({ uid: uid(102), slug: 'second', title: 'Second', related: [uid(101)] }))
  place = await workspace(publication)
  await place.reconcile()
  publication.publish({ ...document, title: 'Changed' })
  publication.end(uid(102), 'en', 'purge')
})
afterAll(() => Promise.all([place.folder, ...folders].map((folder) => rm(folder, { recursive: true, force: true }))))

/** A copy of the installation as it was before the changes. */
async function copy() {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-crash-'))
  folders.push(folder)
  await cp(place.folder, folder, { recursive: true })
  const open = async () => ({
    ...place.options,
    store: await openFilesystemStore(join(folder, 'release')),
    stateFolder: join(folder, 'state'),
  })
  return { folder, open }
}

/** Locks of a process that died name a process that is no more; here that process is the one that tests. */
async function bury(folder: string): Promise<void> {
  for (const name of await readdir(join(folder, 'state'))) {
    if (!name.startsWith('lock')) continue
    const path = join(folder, 'state', name)
    const holder = await readFile(path, 'utf8')
    if (holder.endsWith('}')) await writeFile(path, JSON.stringify({ ...JSON.parse(holder), started: 'before' }))
  }
}

const objectsOf = async (store: Store) => {
  const entries = [...(await readPaths(store, await store.readIndex())).entries()]
  return Object.fromEntries(
    entries.filter(([path]) => !path.startsWith('/v1/changes/')).map(([path, entry]) => [path, entry.object]),
  )
}

test('a process that dies at any write loses nothing, and leaves a whole release', async () => {
  const whole = await copy()
  life.writes = 0
  await reconcile(await whole.open())
  const writes = life.writes
  const expected = await objectsOf((await whole.open()).store)
  const stride = process.env.SIGNPOST_TEST_FULL ? 1 : 6
  const first = 1 + (Date.now() % stride)
  console.log(`dies at every ${stride}th of ${writes} writes, from number ${first}`)

  const moments = Array.from({ length: Math.ceil((writes - first + 1) / stride) }, (_, index) => first + index * stride)
  for (const write of new Set([1, ...moments])) {
    const { folder, open } = await copy()
    const before = await open()
    await killedAt(write, () => reconcile(before))
    await bury(folder)
    const after = await open()
    const found = await verify(readStore(after.store), { now, seen: 2 }).catch((error) => error)
    // A purge that was cut short has removed bytes of older releases only.
    expect(found, `the release after dying at write ${write}`).toMatchObject({ paths: expect.any(Number) })
    await reconcile(after)
    expect(await objectsOf(after.store), `the release made after dying at write ${write}`).toEqual(expected)
    expect(await readText(after.store, paths.article('en', 'first', 'json'))).toContain('Changed')
    await verify(readStore(after.store), { now, seen: found.release })
    expect((await reconcile(await open())).made).toBe(0)
    await rm(folder, { recursive: true })
  }
})

test('dying twice is no worse', async () => {
  for (const [one, two] of [
    [30, 10],
    [60, 40],
    [90, 5],
    [110, 60],
  ] as const) {
    const { folder, open } = await copy()
    for (const write of [one, two]) {
      const options = await open()
      await killedAt(write, () => reconcile(options))
      await bury(folder)
    }
    const options = await open()
    await reconcile(options)
    expect(await readText(options.store, paths.article('en', 'first', 'json'))).toContain('Changed')
    await verify(readStore(options.store), { now, seen: 2 })
  }
})
