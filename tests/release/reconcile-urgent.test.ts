import { paths } from 'pipeline/channels/addresses.ts'
import type { Channel } from 'pipeline/channels/channel.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { openReleaser, type ReconcileOptions, type Releaser } from 'pipeline/release/reconcile.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { strike } from 'pipeline/transformers/strike.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, plain, workspace } from './publication.ts'

/*
 * What an editor publishes does not wait for long work. No test here looks at a clock: each render takes a while, the
 * act comes in the middle of the work, and what counts is the order of the releases.
 */
const many = 240
const documentAt = (number: number, title = `Title ${number}`) =>
  article({ uid: uid(1000 + number), slug: `a-${number}`, title, related: [uid(1000 + ((number + 1) % many))] })
const pathOf = (number: number) => paths.article('en', `a-${number}`, 'json')

let source: Publication
let place: Awaited<ReturnType<typeof workspace>>
/** Renders since this was last set to 0, and what happens at the hundredth. */
let renders = 0
let atHundredth = () => {}
const slow: Channel = {
  ...plain,
  outputs: (published) => plain.outputs(published).filter(({ pass }) => pass === 1),
  async render(...given) {
    renders += 1
    if (renders === 100) atHundredth()
    await new Promise((resolve) => setTimeout(resolve, 40))
    return plain.render(...given)
  },
}
/** The same for another version of the code, which makes other bytes of everything. */
const louder: Channel = {
  ...slow,
  async render(...given) {
    const file = await slow.render(...given)
    return { ...file, body: `${file.body} ` }
  },
}
beforeEach(async () => {
  source = new Publication()
  for (let number = 0; number < many; number++) source.publish(documentAt(number))
  place = await workspace(source, { channels: [slow], typeset: undefined })
  renders = 0
  atHundredth = () => {}
})
afterEach(() => place.remove())

/** Steps until nothing is left, and what each release brought. */
async function releasesOf(releaser: Releaser): Promise<string[][]> {
  const releases: string[][] = []
  for (;;) {
    const { made, changed, hasMore } = await releaser.step()
    if (made > 0) releases.push(changed)
    if (!hasMore) return releases
  }
}
const open = (more: Partial<ReconcileOptions> = {}) => openReleaser({ ...place.options, ...more })
/** The first release that has a path, by its place in the order. */
const placeOf = (releases: string[][], path: string) => releases.findIndex((changed) => changed.includes(path))

const laterThan = (place: number, releases: string[][]) => articles.filter((path) => placeOf(releases, path) > place)

/** What is released, in a store that had it all at once. */
async function objectsAtOnce(more: Partial<ReconcileOptions> = {}) {
  const other = await workspace(source, { channels: [plain], typeset: undefined, ...more })
  await other.reconcile()
  const objects = await objectsOf(other)
  await other.remove()
  return objects
}
const articles = Array.from({ length: many }, (_, number) => pathOf(number))
async function objectsOf({ store }: Pick<typeof place, 'store'>) {
  const released = await readPaths(store, await store.readIndex())
  return [...articles, paths.feed('en')].map((path) => released.get(path)?.object)
}

test('while everything is made anew for another version of the code', async () => {
  const about = (body: string): Channel['lists'] => {
    const path = '/v1/en/about.txt'
    return (context) => [
      ...plain.lists!(context),
      { path, key: 'the same', render: () => ({ path, type: 'text/plain', body }) },
    ]
  }
  await place.reconcile({ channels: [{ ...slow, lists: about('quiet') }] })
  renders = 0
  atHundredth = () => source.publish(documentAt(7, 'Urgent'))
  const loudest = { ...louder, lists: about('loud') }
  const releases = await releasesOf(open({ channels: [loudest], version: 'louder' }))
  const urgent = releases.findIndex((changed) => changed.some((path) => path.startsWith('/v1/editions/')))
  expect(urgent, 'the release that has the new edition').toBe(0)
  expect(laterThan(urgent, releases).length, 'articles that came later').toBeGreaterThan(0)
  expect(releases[urgent]).toContain(paths.feed('en'))
  expect(placeOf(releases, '/v1/en/about.txt'), 'a list that shows nothing new').toBeGreaterThan(urgent)
  expect(new Set(releases.flat().filter((path) => articles.includes(path)))).toEqual(new Set(articles))
  expect(await place.json(pathOf(7))).toMatchObject({ title: 'Urgent' })
  await verify(readStore(place.store), { now: new Date('2026-05-02T00:00:00Z') })
})

test('a passage that is withdrawn does not wait for everything to be made anew', async () => {
  await place.reconcile()
  renders = 0
  const before = documentAt(7)
  const passage = { pointer: '/body/children/0' }
  const at = '2026-05-01T10:00:00.000Z'
  atHundredth = () => {
    const struck = { id: uid(1), kind: 'passage', cause: 'unsafe', at, from: 'ABCDEFGHJK', place: passage } as const
    source.publish(strike(before, [struck]), { act: 'correct', strikes: [struck] })
  }
  const releases = await releasesOf(open({ channels: [louder], version: 'louder' }))
  const urgent = releases.findIndex((changed) => changed.some((path) => path.startsWith('/v1/editions/')))
  expect(urgent, 'the release that has it').toBeGreaterThanOrEqual(0)
  expect(laterThan(urgent, releases).length, 'articles that came later').toBeGreaterThan(0)
  expect(releases[urgent]).toContain(pathOf(7))
  const { body, notice } = await place.json(pathOf(7))
  expect(JSON.stringify(body)).toContain('This passage was withdrawn on 1 May 2026; it may not be safe.')
  expect(notice).toContain('A passage of this page was withdrawn on 1 May 2026.')
})

test('while a release is made from nothing; lists wait until every document is there', async () => {
  atHundredth = () => source.publish(article({ uid: uid(5000), slug: 'urgent', title: 'Urgent' }))
  const releases = await releasesOf(open())
  const urgent = placeOf(releases, paths.article('en', 'urgent', 'json'))
  expect(urgent).toBeGreaterThanOrEqual(0)
  expect(laterThan(urgent, releases).length, 'articles that came later').toBeGreaterThan(0)
  const listed = placeOf(releases, paths.feed('en'))
  expect(listed, 'the release that has the lists').toBeGreaterThan(urgent)
  const before = new Set(releases.slice(0, listed + 1).flat())
  expect(articles.filter((path) => !before.has(path))).toEqual([])
  expect(await objectsOf(place)).toEqual(await objectsAtOnce())
})

test('a process that ends in the middle leaves nothing out', async () => {
  const releaser = open()
  atHundredth = () => source.publish(documentAt(7, 'Urgent'))
  expect(await releaser.step()).toMatchObject({ made: 1, hasMore: true })
  expect(await place.entry(paths.feed('en'))).toBeUndefined()
  // Another process goes on; what is there already it does not make again.
  renders = 0
  await releasesOf(open())
  expect(renders).toBeLessThan(many)
  expect(await objectsOf(place)).toEqual(await objectsAtOnce())
  expect((await place.reconcile()).made).toBe(0)
})

test('a full rebuild that is cut short removes what nothing explains only when it is done', async () => {
  await place.reconcile()
  const fewer = new Publication()
  for (let number = 0; number < many - 1; number++) fewer.publish(documentAt(number))
  renders = 0
  atHundredth = () => fewer.publish(documentAt(7, 'Urgent'))
  const releaser = open({ source: fewer, full: true })
  const first = await releaser.step()
  expect(first).toMatchObject({ removed: [], hasMore: true })
  expect(await place.entry(paths.feed('en'))).toBeDefined()
  // The process that was told to do it in full ends; the next one knows that it was not done.
  await releasesOf(open({ source: fewer }))
  expect(await place.entry(pathOf(many - 1))).toBeUndefined()
  expect(await place.json(pathOf(7))).toMatchObject({ title: 'Urgent' })
})
