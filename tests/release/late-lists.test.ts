import { openReleaser } from 'pipeline/release/reconcile.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, plain, workspace } from './publication.ts'

/*
 * Lists that take long come right after the rest of a release, and are never left standing with what was purged.
 */
const path = '/v1/en/search.json'
const slow: typeof plain = {
  ...plain,
  lists: ({ rows, locale }) => {
    const titles = rows.filter((row) => row.locale === locale && !row.tombstone).map(({ title }) => title)
    const render = () => ({ path, type: 'application/json', body: JSON.stringify(titles) })
    return locale === 'en' ? [{ path, pass: 2, key: titles.join(), render }] : []
  },
}
let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
beforeEach(async () => {
  publication = new Publication()
  publication.publish(article())
  place = await workspace(publication, { channels: [slow] })
})
afterEach(() => place.remove())

test('a list of pass 2 is in the release after the one with its articles, and lists all of them', async () => {
  const releaser = openReleaser(place.options)
  expect(await releaser.step()).toMatchObject({ made: 1, hasMore: true })
  expect(await place.entry(path)).toBeUndefined()
  await releaser.step()
  expect(await place.json(path)).toEqual(['Sleep well'])
  publication.publish(article({ uid: uid(101), slug: 'second', title: 'Second' }))
  await releaser.step()
  expect(await place.json(path)).toEqual(['Sleep well'])
  await releaser.step()
  expect(await place.json(path)).toEqual(['Sleep well', 'Second'])
})

test('it is made though the process ended between the two', async () => {
  await openReleaser(place.options).step()
  expect(await place.entry(path)).toBeUndefined()
  await place.reconcile()
  expect(await place.json(path)).toEqual(['Sleep well'])
  expect((await place.reconcile()).made).toBe(0)
})

test('what is purged is gone from it at once', async () => {
  await place.reconcile()
  publication.end(uid(100), 'en', 'purge')
  await openReleaser(place.options).step()
  expect(await place.json(path)).toEqual([])
})

test('an act that comes in the middle of a list does not wait for it', async () => {
  let begun = 0
  const endless: typeof plain = {
    ...slow,
    lists: (context) =>
      slow.lists!(context).map((list) => ({
        ...list,
        async renderUnless(isInterrupted) {
          begun += 1
          if (begun === 1) publication.publish(article({ uid: uid(101), slug: 'second', title: 'Second' }))
          while (begun === 1) {
            if (await isInterrupted()) return undefined
            await new Promise((resolve) => setTimeout(resolve, 20))
          }
          return list.render()
        },
      })),
  }
  const releaser = openReleaser({ ...place.options, channels: [endless] })
  await releaser.step()
  expect(await releaser.step()).toMatchObject({ hasMore: true })
  expect(await place.entry(path)).toBeUndefined()
  await releaser.step()
  expect(await place.entry('/v1/en/articles/second.json')).toBeDefined()
  expect(await place.entry(path)).toBeUndefined()
  await releaser.step()
  expect(await place.json(path)).toEqual(['Sleep well', 'Second'])
})
