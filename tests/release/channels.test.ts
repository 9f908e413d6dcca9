import { Changes, HandoutsJson, TombstoneJson } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { stampOf } from 'pipeline/identity.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

/*
 * The life of an article through every channel there is; only the typesetter is a stand-in.
 */
let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
const document = article({ uid: uid(101), slug: 'first', title: 'A telling title' })
const other = article({ uid: uid(102), slug: 'second', title: 'Second', related: [uid(101)] })
const secret = 'a name that must not be told'

beforeEach(async () => {
  publication = new Publication()
  publication.publish(document)
  publication.publish(other)
  const typeset = async ({ input }: { input: unknown }) => new TextEncoder().encode(`%PDF ${JSON.stringify(input)}`)
  place = await workspace(publication, { channels, typeset })
  await place.reconcile()
})
afterEach(async () => {
  const now = new Date('2026-05-02T00:00:00Z')
  await verify(readStore(place.store), { now })
  const again = await workspace(publication, {
    ...place.options,
    store: place.store,
    stateFolder: `${place.folder}/again`,
  })
  expect((await again.reconcile()).changed, 'what a full compile changes').toEqual([])
  await again.remove()
  await place.remove()
})

/** Public addresses of an article, by what answers there. */
const statuses = async (slug: string) => {
  const entries = [...(await readPaths(place.store, await place.store.readIndex())).entries()]
  const own = entries.filter(([path]) => path.includes(`/${slug}`))
  return new Set(own.map(([, { status }]) => status))
}

test('published: every address answers, and its handout is ready', async () => {
  expect(await statuses('first')).toEqual(new Set([200]))
  expect(HandoutsJson.parse(await place.json(paths.handouts('en', 'first')))).toMatchObject({
    stamp: stampOf(document.uid, 'en', 1),
    formats: [{ state: 'ready', sha256: (await place.entry(paths.handout('en', 'first', 'a4.standard')))!.object }],
  })
})

test('a handout is pending until its edition is on paper', async () => {
  publication.publish({ ...document, title: 'Another title' })
  await place.reconcile({ typeset: undefined })
  expect(await place.json(paths.handouts('en', 'first'))).toMatchObject({ formats: [{ state: 'pending' }] })
  await place.reconcile()
  expect(await place.json(paths.handouts('en', 'first'))).toMatchObject({ formats: [{ state: 'ready' }] })
})

test('a handout that could not be made is tried again', async () => {
  publication.publish({ ...document, title: 'Another title' })
  let failures = 0
  await place.reconcile({
    typeset: async (job) => {
      if (failures === 2) return place.options.typeset!(job)
      failures += 1
      throw new Error('Typesetting took longer than 10 s and was ended.')
    },
  })
  expect(await place.json(paths.handouts('en', 'first'))).toMatchObject({ formats: [{ state: 'ready' }] })
})

test('renamed: every former address leads to the present one', async () => {
  publication.publish({ ...document, slug: 'renamed' })
  await place.reconcile()
  expect(await statuses('first')).toEqual(new Set([301]))
  expect(await statuses('renamed')).toEqual(new Set([200]))
})

test('withdrawn: every address says so, but the editions stay', async () => {
  const { stamp } = publication.end(document.uid, 'en', 'withdraw')
  await place.reconcile()
  expect(await statuses('first')).toEqual(new Set([410]))
  expect(TombstoneJson.parse(await place.json(paths.article('en', 'first', 'json')))).toMatchObject({
    state: 'withdrawn',
  })
  expect((await place.entry(paths.edition(stampOf(document.uid, 'en', 1))))!.status).toBe(200)
  expect((await place.entry(paths.stamp(stamp)))!.status).toBe(200)
  expect(await place.read(paths.feed('en'))).not.toContain('A telling title')
  expect(await place.read(paths.article('en', 'second', 'json'))).not.toContain('A telling title')
})

test('what took its place is in the change log', async () => {
  publication.end(document.uid, 'en', 'redirect', { to: 'second', replacement: other.uid })
  const { release } = await place.reconcile()
  const logs = await Promise.all(
    Array.from({ length: release }, (_, index) =>
      place.json(paths.changes(index + 1)).then((log) => Changes.parse(log)),
    ),
  )
  const changes = logs.flatMap((log) => log.changes).filter(({ act }) => act === 'redirect')
  expect(changes).toMatchObject([{ uid: document.uid, replacement: other.uid, to: 'second', reason: 'It was wrong.' }])
})

test('purged: not a byte of it is left, and paper still gets an answer', async () => {
  publication.publish({ ...document, summary: secret, mainMessage: secret })
  await place.reconcile()
  publication.end(document.uid, 'en', 'purge')
  await place.reconcile()
  for await (const { sha256 } of place.store.objects()) {
    const text = new TextDecoder().decode(await place.store.readObject(sha256))
    expect(text, sha256).not.toContain(secret)
  }
  expect((await place.entry(paths.edition(stampOf(document.uid, 'en', 2))))!.status).toBe(410)
  expect(await place.entry(paths.stamp(stampOf(document.uid, 'en', 2)))).toBeDefined()
})
