import { Changes, type Index } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import type { Channel } from 'pipeline/channels/channel.ts'
import { clockAt } from 'pipeline/clock.ts'
import { stampOf } from 'pipeline/identity.ts'
import { openReleaser } from 'pipeline/release/reconcile.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { article, known, noRecordsBut, uid } from '../pipeline/documents.ts'
import { Publication, plain, workspace } from './publication.ts'

/* A confirmation of a resource is a state: it remakes what shows the resource, and makes no edition. */

/** Says what it is told of the resources. */
const telling: Channel = {
  ...plain,
  async render(_, { edition, records }, { path }) {
    const told = Object.values(records.resources).map(({ assuredDate = null, verifyEveryDays, trust, notice }) => ({
      ...{ assuredDate, verifyEveryDays, trust, notice },
    }))
    return { path, type: 'application/json', body: JSON.stringify({ stamp: edition.stamp, told }) }
  },
}

const showing = article({ uid: uid(101), slug: 'showing', title: 'Showing' })
const other = article({ uid: uid(102), slug: 'other', title: 'Other' })
const pathOf = (slug: string) => paths.article('en', slug, 'json')
const at = (day: string) => ({ clock: clockAt(`${day}T12:00:00.000Z`) })

let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
beforeEach(async () => {
  publication = new Publication()
  place = await workspace(publication, { channels: [telling], typeset: undefined })
  publication.publish(showing, { records: noRecordsBut(known.helpline) })
  publication.publish(other, { records: noRecordsBut() })
  await place.reconcile()
})
afterEach(() => place.remove())

const told = async () => (await place.json(pathOf('showing'))).told[0]
const frozen = async () =>
  (await place.json(paths.edition(stampOf(showing.uid, 'en', 1)))).records.resources[known.helpline].assuredDate

test('a confirmation shows in exactly the documents that show the resource, under the same stamp', async () => {
  const before = await place.entry(pathOf('other'))
  publication.confirm(known.helpline, '2026-05-01', 90)
  const report = await place.reconcile()
  expect(report).toMatchObject({ made: 1, compiled: 1 })
  expect(report.changed.filter((path) => !path.startsWith('/v1/changes/'))).toEqual([pathOf('showing')])
  expect(await told()).toMatchObject({ assuredDate: '2026-05-01', verifyEveryDays: 90, trust: 'fresh', notice: null })
  expect(await place.entry(pathOf('other'))).toEqual(before)
  expect(await frozen()).toBe('2026-04-01')
  const { changes } = Changes.parse(await place.json(paths.changes(report.release)))
  expect(changes).toMatchObject([{ uid: showing.uid, act: 'state', stamp: stampOf(showing.uid, 'en', 1), number: 1 }])
})

test('a process that goes on notices it by itself, handouts included', async () => {
  const typeset = async () => new TextEncoder().encode('%PDF')
  const own = await workspace(publication, { channels: [telling], typeset })
  const releaser = openReleaser(own.options)
  while ((await releaser.step()).hasMore);
  expect(await releaser.step()).toMatchObject({ made: 0, compiled: 0, hasMore: false })
  publication.confirm(known.helpline, '2026-05-01')
  expect(await releaser.step()).toMatchObject({ made: 1, compiled: 1, hasMore: true })
  expect((await own.json(pathOf('showing'))).told).toMatchObject([{ assuredDate: '2026-05-01' }])
  // What shows it in the second pass is looked at again, and nothing else.
  expect((await releaser.step()).compiled).toBe(1)
  await own.remove()
})

test('the clock makes it expire, and a confirmation makes it fresh again', async () => {
  await place.reconcile(at('2026-09-29'))
  expect(await told()).toMatchObject({ trust: 'expired', notice: expect.stringContaining('1 April 2026') })
  publication.confirm(known.helpline, '2026-09-29')
  await place.reconcile(at('2026-09-29'))
  expect(await told()).toMatchObject({ trust: 'fresh', notice: null })
  // By the dates of the confirmation now, not by those of the edition.
  await place.reconcile(at('2027-03-28'))
  expect(await told()).toMatchObject({ trust: 'due' })
  await place.reconcile(at('2027-03-29'))
  expect(await told()).toMatchObject({ trust: 'expired', notice: expect.stringContaining('29 September 2026') })
  publication.confirm(known.helpline, null)
  await place.reconcile(at('2027-03-29'))
  expect(await told()).toMatchObject({ assuredDate: null, trust: 'expired' })
  expect((await place.json(pathOf('showing'))).stamp).toBe(stampOf(showing.uid, 'en', 1))
})

test('what is known of confirmations outlives the process, and a store made from nothing is the same', async () => {
  publication.confirm(known.helpline, '2026-04-20')
  publication.confirm(known.helpline, '2026-05-01')
  publication.confirm(uid(999), '2026-05-01')
  await place.reconcile()
  expect(await place.reconcile()).toMatchObject({ made: 0, compiled: 0 })
  publication.publish({ ...showing, title: 'Again' }, { records: noRecordsBut(known.helpline) })
  await place.reconcile()
  expect(await told()).toMatchObject({ assuredDate: '2026-05-01' })
  const anew = await workspace(publication, { channels: [telling], typeset: undefined })
  await anew.reconcile()
  expect(await anew.read(pathOf('showing'))).toBe(await place.read(pathOf('showing')))
  await anew.remove()
})

test('one of a resource that nothing shows makes no release, and is not asked for again', async () => {
  const { release } = (await place.store.readIndex()) as Index
  publication.confirm(known.closed, '2026-05-01')
  expect(await place.reconcile()).toMatchObject({ made: 0, compiled: 0, release })
  const asked: number[] = []
  const { assurances } = publication
  publication.assurances = (after) => {
    asked.push(after)
    return assurances.call(publication, after)
  }
  await place.reconcile()
  expect(asked).toEqual([1])
})
