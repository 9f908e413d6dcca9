import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Changes, type Index, type Media } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { clockAt } from 'pipeline/clock.ts'
import { sha256, stampOf } from 'pipeline/identity.ts'
import { collect } from 'pipeline/release/collect.ts'
import { type Progress, reconcile } from 'pipeline/release/reconcile.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { article, known, records, uid } from '../pipeline/documents.ts'
import { filesIn, Publication, plain, workspace } from './publication.ts'

let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
beforeEach(async () => {
  publication = new Publication()
  place = await workspace(publication)
})
afterEach(() => place.remove())

const first = article({ uid: uid(101), slug: 'first', title: 'First' })
const second = article({ uid: uid(102), slug: 'second', title: 'Second', related: [uid(101)] })
const third = article({ uid: uid(103), slug: 'third', title: 'Third' })
const pathOf = (slug: string) => paths.article('en', slug, 'json')
const pdfOf = (slug: string) => paths.handout('en', slug, 'a4.standard')
const publishAll = () => [first, second, third].map((document) => publication.publish(document))
const verified = async () => verify(readStore(place.store), { now: new Date('2026-05-01T12:00:00Z') })
const changesOf = async (release: number) => Changes.parse(await place.json(paths.changes(release)))

describe('a release', () => {
  test('holds what is published, and verifies', async () => {
    publishAll()
    const report = await place.reconcile()
    expect(report).toMatchObject({ release: 2, made: 2, problems: [] })
    expect(await place.json(pathOf('second'))).toMatchObject({ title: 'Second', related: ['First'] })
    expect(await place.json(paths.feed('en'))).toEqual({ titles: ['First', 'Second', 'Third'] })
    expect(await place.read(pdfOf('first'))).toBe(`%PDF ${stampOf(first.uid, 'en', 1)}`)
    expect((await place.json(paths.edition(stampOf(first.uid, 'en', 1)))).document.title).toBe('First')
    expect(await verified()).toMatchObject({ release: 2 })
  })

  test('of nothing is a release too', async () => {
    expect(await place.reconcile()).toMatchObject({ release: 1 })
    expect(await place.json(paths.feed('en'))).toEqual({ titles: [] })
    await verified()
  })

  test('is not made again when nothing changed, by this process or the next', async () => {
    publishAll()
    await place.reconcile()
    const before = await filesIn(place.folder)
    expect(await place.reconcile()).toMatchObject({ release: 2, made: 0, changed: [], removed: [], compiled: 0 })
    expect(await filesIn(place.folder)).toEqual(before)
  })

  test('is the same from two empty stores', async () => {
    publishAll()
    const other = await workspace(publication)
    await place.reconcile()
    await other.reconcile()
    expect(await filesIn(join(other.folder, 'release', 'objects'))).toEqual(
      await filesIn(join(place.folder, 'release', 'objects')),
    )
    expect(await other.store.readIndex()).toEqual(await place.store.readIndex())
    await other.remove()
  })

  test('made step by step has the paths of one made at once', async () => {
    for (const document of [second, first, third]) {
      publication.publish(document)
      await place.reconcile()
    }
    publication.publish({ ...first, title: 'First again' })
    publication.end(third.uid, 'en', 'withdraw')
    await place.reconcile()
    const other = await workspace(publication)
    await other.reconcile()
    const objectsOf = async (folder: string) => Object.keys(await filesIn(join(folder, 'release', 'objects'))).length
    expect(await objectsOf(other.folder)).toBeLessThan(await objectsOf(place.folder))
    for (const slug of ['first', 'second', 'third'])
      expect(await other.read(pathOf(slug))).toBe(await place.read(pathOf(slug)))
    expect(await other.entry(pdfOf('third'))).toMatchObject({ status: 410 })
    expect(await place.entry(pdfOf('third'))).toMatchObject({ status: 410 })
    await other.remove()
  })
})

describe('one change', () => {
  beforeEach(async () => {
    publishAll()
    await place.reconcile()
  })

  test('touches its own paths and what shows it', async () => {
    const { stamp } = publication.publish({ ...third, mainMessage: 'Sleep.', body: article({ mainMessage: 'x' }).body })
    const report = await place.reconcile()
    expect(report.changed).toEqual(
      [pathOf('third'), pdfOf('third'), paths.edition(stamp), paths.changes(3), paths.changes(4)].sort(),
    )
    expect(report.removed).toEqual([])
    expect(report.compiled).toBe(2)
  })

  test('of a title reaches those that show it, and only those', async () => {
    publication.publish({ ...first, title: 'Changed' })
    const report = await place.reconcile()
    expect(await place.json(pathOf('second'))).toMatchObject({ related: ['Changed'] })
    expect(report.changed).toContain(pathOf('second'))
    expect(report.changed).toContain(paths.feed('en'))
    expect(report.changed).not.toContain(pathOf('third'))
  })

  test('stands in the change log', async () => {
    const { stamp } = publication.publish({ ...first, title: 'Changed' })
    await place.reconcile()
    const log = await changesOf(3)
    expect(log.changes).toMatchObject([
      { uid: first.uid, act: 'publish', stamp, number: 2, path: pathOf('first') },
      { uid: second.uid, act: 'state', number: 1 },
    ])
    expect(log.paths.set[pathOf('first')]).toBe((await place.entry(pathOf('first')))!.object)
    expect(log.paths.removed).toEqual([])
    expect((await place.store.readIndex())?.changes).toEqual({ first: 1, last: 4 })
  })

  test('is out in the first pass; what takes long follows, and the old file stands meanwhile', async () => {
    const { stamp } = publication.publish({ ...first, title: 'Changed' })
    await place.reconcile({ typeset: undefined })
    expect(await place.json(pathOf('first'))).toMatchObject({ stamp })
    expect(await place.read(pdfOf('first'))).toBe(`%PDF ${stampOf(first.uid, 'en', 1)}`)
    await place.reconcile()
    expect(await place.read(pdfOf('first'))).toBe(`%PDF ${stamp}`)
  })

  test('of the slug leaves redirects', async () => {
    publication.publish({ ...first, slug: 'renamed' })
    await place.reconcile()
    expect(await place.entry(pathOf('first'))).toMatchObject({ status: 301, location: pathOf('renamed') })
    expect(await place.entry(pdfOf('first'))).toMatchObject({ status: 301, location: pdfOf('renamed') })
  })

  test('a former address goes to who publishes there, and back', async () => {
    publication.publish({ ...first, slug: 'renamed' })
    publication.publish(article({ uid: uid(104), slug: 'first', title: 'Newcomer' }))
    await place.reconcile()
    expect(await place.json(pathOf('first'))).toMatchObject({ title: 'Newcomer' })
    publication.publish(article({ uid: uid(104), slug: 'moved', title: 'Newcomer' }))
    await place.reconcile()
    expect(await place.entry(pathOf('first'))).toMatchObject({ status: 301 })
    await verified()
  })

  test('an address goes to the strongest claim, however long the bytes of another one take', async () => {
    publication.publish({ ...first, slug: 'renamed' })
    publication.publish(article({ uid: uid(104), slug: 'first', title: 'Newcomer' }))
    const { store } = place
    const putObject = async (bytes: Uint8Array) => {
      if (!new TextDecoder().decode(bytes).includes('Newcomer')) await new Promise((resolve) => setTimeout(resolve, 20))
      return store.putObject(bytes)
    }
    await place.reconcile({ store: { ...store, putObject } })
    expect(await place.json(pathOf('first'))).toMatchObject({ title: 'Newcomer' })
  })

  test('by another version of the pipeline makes new files, and no new editions', async () => {
    const shouting = {
      ...plain,
      render: async (...given: Parameters<typeof plain.render>) => loud(await plain.render(...given)),
    }
    const report = await place.reconcile({ channels: [shouting], version: 'loud' })
    expect(report.changed).toContain(pathOf('third'))
    expect(report.changed.filter((path) => path.startsWith('/v1/editions/'))).toEqual([])
    expect((await changesOf(3)).changes.map(({ act }) => act)).toEqual(['state', 'state', 'state'])
  })
})

const loud = <F extends { body: string | Uint8Array }>(file: F): F => ({ ...file, body: `${file.body}!` })

describe('dates', () => {
  const day = (today: string) => place.reconcile({ clock: clockAt(`${today}T12:00:00.000Z`) })

  test('change states when their day comes, and back, and make no editions', async () => {
    publication.publish({ ...first, review: { ...first.review, nextReview: '2026-08-01' } })
    publication.publish(third)
    await day('2026-05-01')
    expect(await place.json(pathOf('first'))).toMatchObject({ review: 'current', notice: null })
    expect((await day('2026-05-02')).made).toBe(0)
    await day('2026-08-01')
    expect(await place.json(pathOf('first'))).toMatchObject({ review: 'due' })
    const report = await day('2026-08-02')
    expect(report.changed.filter((path) => !path.startsWith('/v1/changes/'))).toEqual([pathOf('first')])
    expect(await place.json(pathOf('first'))).toMatchObject({ review: 'overdue', notice: expect.any(String) })
    await day('2026-05-01')
    expect(await place.json(pathOf('first'))).toMatchObject({ review: 'current', stamp: stampOf(first.uid, 'en', 1) })
  })

  test('sign an index again at half its life', async () => {
    publishAll()
    await day('2026-05-01')
    const { release, expires } = (await place.store.readIndex()) as Index
    expect((await day('2026-05-30')).made).toBe(0)
    expect((await day('2026-06-02')).release).toBe(release + 1)
    expect((await place.store.readIndex())!.expires > expires).toBe(true)
  })
})

describe('what ends', () => {
  beforeEach(async () => {
    publishAll()
    await place.reconcile()
  })
  const end = async (act: 'withdraw' | 'gone' | 'purge' | 'redirect', tombstone = {}) => {
    publication.end(first.uid, 'en', act, tombstone)
    return place.reconcile()
  }

  test('a withdrawal leaves a tombstone, its editions, and no link', async () => {
    await end('withdraw')
    expect(await place.entry(pathOf('first'))).toMatchObject({ status: 410 })
    expect(await place.entry(pdfOf('first'))).toMatchObject({ status: 410 })
    expect(await place.entry(paths.edition(stampOf(first.uid, 'en', 1)))).toMatchObject({ status: 200 })
    expect(await place.json(pathOf('second'))).toMatchObject({ related: [null] })
    expect(await place.json(paths.feed('en'))).toEqual({ titles: ['Second', 'Third'] })
    expect((await changesOf(3)).changes[0]).toMatchObject({ act: 'withdraw', reason: 'It was wrong.' })
  })

  test('gone ends its editions too', async () => {
    await end('gone')
    expect(await place.entry(paths.edition(stampOf(first.uid, 'en', 1)))).toMatchObject({ status: 410 })
    await verified()
  })

  test('a redirect leads to the new slug', async () => {
    await end('redirect', { to: 'third' })
    expect(await place.entry(pdfOf('first'))).toMatchObject({ status: 301, location: pdfOf('third') })
  })

  test('a purge removes the bytes, and the release verifies', async () => {
    const edition = await place.entry(paths.edition(stampOf(first.uid, 'en', 1)))
    const pdf = await place.entry(pdfOf('first'))
    await end('purge')
    expect(await place.store.hasObject(edition!.object)).toBe(false)
    expect(await place.store.hasObject(pdf!.object)).toBe(false)
    const texts = Object.values(await filesIn(place.folder)).map((base64) => Buffer.from(base64, 'base64').toString())
    expect(texts.filter((text) => text.includes(first.mainMessage) && text.includes('"First"'))).toEqual([])
    await verified()
  })

  test('published again, it is back', async () => {
    await end('withdraw')
    publication.publish(first)
    await place.reconcile()
    expect(await place.entry(pathOf('first'))).toMatchObject({ status: 200 })
    expect(await place.entry(pdfOf('first'))).toMatchObject({ status: 200 })
    expect(await place.json(pathOf('second'))).toMatchObject({ related: ['First'] })
  })
})

describe('what cannot be compiled', () => {
  test('keeps its last good files and is reported; the rest is published', async () => {
    publishAll()
    await place.reconcile()
    publication.publish({ ...first, title: 'First, unfit for json' })
    publication.publish({ ...third, title: 'Third again' })
    const report = await place.reconcile()
    expect(report.problems).toMatchObject([
      { uid: first.uid, slug: 'first', reason: expect.stringContaining('does not fit') },
    ])
    expect(await place.json(pathOf('first'))).toMatchObject({ title: 'First' })
    expect(await place.json(pathOf('second'))).toMatchObject({ related: ['First'] })
    expect(await place.json(pathOf('third'))).toMatchObject({ title: 'Third again' })
    expect((await place.reconcile()).problems).toHaveLength(1)
    publication.publish({ ...first, title: 'Mended' })
    expect((await place.reconcile()).problems).toEqual([])
    expect(await place.json(pathOf('second'))).toMatchObject({ related: ['Mended'] })
  })

  test('a malformed edition is a problem, not an exception', async () => {
    publication.publish(third)
    publication.publish(first, { title: 7 as unknown as string })
    expect((await place.reconcile()).problems).toMatchObject([{ uid: first.uid }])
    expect(await place.json(pathOf('third'))).toMatchObject({ title: 'Third' })
  })

  test('a handout that fails leaves the last good one', async () => {
    publication.publish(first)
    await place.reconcile()
    publication.publish({ ...first, title: 'First, unfit for slow' })
    await place.reconcile()
    expect(await place.read(pdfOf('first'))).toBe(`%PDF ${stampOf(first.uid, 'en', 1)}`)
  })
})

describe('what is remembered', () => {
  beforeEach(async () => {
    publishAll()
    await place.reconcile()
  })
  const journal = () => join(place.options.stateFolder, 'build.jsonl')

  test('may be lost: everything is compiled, and nothing changes', async () => {
    await rm(place.options.stateFolder, { recursive: true })
    expect(await place.reconcile()).toMatchObject({ made: 0, compiled: 6 })
  })

  test('may be damaged', async () => {
    await writeFile(journal(), '{"mark":')
    expect(await place.reconcile()).toMatchObject({ made: 0, compiled: 6 })
  })

  test('may be of another store', async () => {
    const other = await workspace(publication)
    publication.publish({ ...first, title: 'Elsewhere' })
    await other.reconcile({ stateFolder: place.options.stateFolder })
    expect((await place.reconcile()).problems).toEqual([])
    expect(await place.json(pathOf('first'))).toMatchObject({ title: 'Elsewhere' })
    await other.remove()
  })

  test('is of no account to a full reconcile, which removes what nothing explains', async () => {
    expect(await place.reconcile({ full: true })).toMatchObject({ made: 0, compiled: 6 })
    const fewer = new Publication()
    fewer.publish(first)
    const report = await place.reconcile({ full: true, source: fewer })
    expect(report.removed).toContain(pathOf('second'))
    expect(report.removed).not.toContain(paths.edition(stampOf(second.uid, 'en', 1)))
  })
})

test('a dry run says what would change, and changes nothing', async () => {
  publishAll()
  await place.reconcile()
  publication.publish({ ...third, title: 'Third again' })
  const before = await filesIn(place.folder)
  const report = await place.reconcile({ dryRun: true })
  expect(report).toMatchObject({ release: 2, made: 0 })
  expect(report.changed).toContain(pathOf('third'))
  expect(await filesIn(place.folder)).toEqual(before)
})

test('a dry run for another template lists the files of the first pass that it then changes', async () => {
  publishAll()
  await place.reconcile()
  const titled: typeof plain = {
    ...plain,
    async render(...given) {
      const file = await plain.render(...given)
      return given[1].edition.slug === 'second' ? file : loud(file)
    },
  }
  const template = { channels: [titled], version: 'titled' }
  const seen: string[] = []
  const onProgress = ({ what, total }: Progress) => void seen.push(`${what} of ${total}`)
  const dry = await place.reconcile({ ...template, dryRun: true, onProgress })
  expect(dry).toMatchObject({ made: 0, changed: [pathOf('first'), pathOf('third')], removed: [] })
  expect(seen).toContain('documents of 3')
  const { changed } = await place.reconcile(template)
  expect(changed.filter((path) => !/\.pdf$|^\/v1\/changes\//.test(path))).toEqual(dry.changed)
})

test('the release number is above the one given', async () => {
  publication.publish(first)
  expect(await place.reconcile({ above: 40 })).toMatchObject({ release: 42 })
  expect((await place.store.readIndex())?.changes).toEqual({ first: 41, last: 42 })
})

test('two at once make the same release', async () => {
  publishAll()
  const reports = await Promise.all(
    [1, 2, 3].map((number) => reconcile({ ...place.options, stateFolder: `${place.options.stateFolder}${number}` })),
  )
  expect(new Set(reports.map(({ release }) => release)).size).toBeLessThanOrEqual(2)
  await verified()
  expect((await place.reconcile()).made).toBe(0)
})

test('editions made while nobody reconciled are made up for', async () => {
  publication.publish(first)
  publication.publish({ ...first, title: 'Second edition' })
  await place.reconcile()
  expect((await place.json(paths.edition(stampOf(first.uid, 'en', 1)))).title).toBe('First')
  expect((await place.json(paths.edition(stampOf(first.uid, 'en', 2)))).title).toBe('Second edition')
})

test('pictures are public under their hash, with their type', async () => {
  const bytes = new TextEncoder().encode('a picture')
  const picture = sha256(bytes)
  publication.assets.set(picture, bytes)
  const media: Media = {
    ...records().media[known.picture]!,
    renditions: [{ purpose: 'web', sha256: picture, type: 'image/jpeg', width: 1, height: 1, bytes: bytes.length }],
  }
  publication.publish(first, { records: { ...records(), media: { [known.picture]: media } } })
  await place.reconcile()
  expect(await place.entry(paths.object(picture))).toMatchObject({ object: picture, type: 'image/jpeg' })
  publication.end(first.uid, 'en', 'purge')
  await place.reconcile()
  expect(await place.entry(paths.object(picture))).toBeUndefined()
  expect(await place.store.hasObject(picture)).toBe(false)
})

test('long texts are kept compressed', async () => {
  publication.publish({
    ...first,
    testedWith: '',
    summary: 'word '.repeat(100),
    body: {
      type: 'root',
      children: [{ type: 'paragraph', children: [{ type: 'text', value: 'many words '.repeat(300) }] }],
    },
  })
  await place.reconcile()
  expect(await place.entry(pathOf('first'))).toMatchObject({ br: expect.any(String), gzip: expect.any(String) })
  await verified()
})

test('collecting keeps what the newest releases name, and every edition', async () => {
  for (let number = 0; number < 6; number++) {
    publication.publish({ ...first, title: `Title ${number}` })
    await place.reconcile()
  }
  const old = (await changesOf(1)).paths.set[pathOf('first')]!
  expect(await place.store.hasObject(old)).toBe(true)
  const now = Date.now() + 86_400_000
  // Something urgent comes in the middle: it ends there, and the next one does the rest.
  let looks = 0
  const isInterrupted = async () => ++looks > 8
  const begun = await collect(place.store, { keep: 2, now, isInterrupted })
  expect(begun).toMatchObject({ isCutShort: true })
  await verified()
  const { removed, isCutShort } = await collect(place.store, { keep: 2, now })
  expect(isCutShort).toBe(false)
  expect(removed).toBeGreaterThan(begun.removed)
  expect(await place.store.hasObject(old)).toBe(false)
  expect((await place.json(paths.edition(stampOf(first.uid, 'en', 1)))).title).toBe('Title 0')
  await verified()
})
