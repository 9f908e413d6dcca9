import { Changes, HundredChanges } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { openReleaser } from 'pipeline/release/reconcile.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

const publication = new Publication()
let place: Awaited<ReturnType<typeof workspace>>
const titled = (number: number, title: string, slug = `a-${number}`) =>
  publication.publish(article({ uid: uid(100 + number), slug, title }))
const logOf = async (release: number) => Changes.parse(await place.json(paths.changes(release)))

beforeAll(async () => {
  place = await workspace(publication, { typeset: undefined })
  const releaser = openReleaser(place.options)
  for (let release = 1; release <= 100; release++) {
    if (release === 50) publication.end(uid(102), 'en', 'withdraw')
    else if (release === 60) titled(3, 'Renamed', 'renamed')
    else titled(1 + (release % 5), `Title of release ${release}`)
    await releaser.step()
  }
})
afterAll(() => place.remove())

test('a hundred change files become one with the release after them', async () => {
  expect((await place.store.readIndex())?.release).toBe(100)
  expect(await place.entry(paths.hundredChanges(1))).toBeUndefined()
  titled(1, 'The hundred and first')
  await openReleaser(place.options).step()
  expect(Object.keys((await logOf(101)).paths.set)).toContain(paths.hundredChanges(1))
  expect((await place.store.readIndex())?.changes).toEqual({ first: 1, last: 101 })
  await verify(readStore(place.store), { now: new Date('2026-05-02T00:00:00Z') })
  titled(1, 'The hundred and second')
  const again = await place.reconcile()
  expect(again.changed).not.toContain(paths.hundredChanges(1))
})

test('it says what they say, read one after the other', async () => {
  const hundred = HundredChanges.parse(await place.json(paths.hundredChanges(1)))
  expect([hundred.first, hundred.last]).toEqual([1, 100])
  const objects = new Map<string, string | undefined>()
  for (let release = 1; release <= 100; release++) {
    const log = await logOf(release)
    for (const [path, object] of Object.entries(log.paths.set)) objects.set(path, object)
    for (const path of log.paths.removed) objects.set(path, undefined)
    objects.set(paths.changes(release), (await place.entry(paths.changes(release)))!.object)
  }
  const present = [...objects].filter(([, object]) => object !== undefined)
  expect(hundred.paths.set).toEqual(Object.fromEntries(present))
  expect(hundred.paths.removed).toEqual([...objects.keys()].filter((path) => !objects.get(path)).sort())
  const byUid = new Map(hundred.changes.map((change) => [change.uid, change]))
  expect([...byUid.keys()]).toEqual([1, 2, 3, 4, 5].map((number) => uid(100 + number)))
  expect(byUid.get(uid(101))).toMatchObject({ act: 'publish', number: 18 })
})

test('a log that began anew inside a hundred has no file for it', async () => {
  const source = new Publication()
  const other = await workspace(source, { typeset: undefined })
  const release = async (options = {}) => {
    source.publish(article({ uid: uid(101), slug: 'first', title: `Title ${source.log.length}` }))
    return openReleaser({ ...other.options, ...options }).step()
  }
  expect((await release({ above: 198 })).release).toBe(199)
  await release()
  await release()
  expect((await other.store.readIndex())?.changes).toEqual({ first: 199, last: 201 })
  expect(await other.entry(paths.hundredChanges(101))).toBeUndefined()
  await other.remove()
})
