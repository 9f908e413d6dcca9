import { cp, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ArticleJson, Edition, Feed } from 'content-schemas'
import { channels } from 'pipeline/channels/index.ts'
import { clockAt } from 'pipeline/clock.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { folderSource, readFolder } from 'pipeline/sources/folder.ts'
import { readPicture } from 'pipeline/sources/pictures.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesIn, workspace } from './publication.ts'

const fixture = fileURLToPath(new URL('../fixtures/folder', import.meta.url))
const clock = clockAt('2026-05-01T12:00:00.000Z')
let content: string
beforeAll(async () => {
  content = await mkdtemp(join(tmpdir(), 'signpost-folder-'))
  await cp(fixture, content, { recursive: true })
  const moment = new Date('2026-04-30T12:00:00Z')
  for (const path of Object.keys(await filesIn(content))) await utimes(join(content, path), moment, moment)
})
afterAll(() => rm(content, { recursive: true, force: true }))

test('a folder is read with its records, days from today, and pictures', async () => {
  const { documents, records, pictures } = await readFolder(content, { today: '2026-05-01' })
  expect(documents.flatMap(({ messages }) => messages)).toEqual([])
  expect(documents.map(({ document }) => `${document.kind} ${document.locale} ${document.slug}`)).toEqual([
    'article en rest-by-day',
    'article en sleep-well',
    'article es dormir-bien',
    'issue en sleep-and-rest',
  ])
  expect(documents[0]!.document).toMatchObject({ review: { lastReviewed: '2026-04-01' } })
  const bed = await records.lookupIn('es')('media', records.findUid('media', 'bed')!)
  expect(bed).toMatchObject({ alt: 'Una cama junto a una ventana.', renditions: [{ width: 320, height: 180 }] })
  expect([...pictures.keys()]).toEqual([bed!.renditions[0]!.sha256])
})

test('every document is published in its first edition, as the contract has it', async () => {
  const source = folderSource(content, { clock })
  const ids: string[] = []
  for await (const { uid, locale } of source.changes(0)) {
    const { live } = (await source.document(uid, locale))!
    Edition.parse(live)
    expect(await source.edition(live.stamp)).toEqual(live)
    ids.push(`${live.kind} ${live.number}`)
  }
  expect(ids.sort()).toEqual(['article 1', 'article 1', 'article 1', 'issue 1'])
  expect(await source.document('00000000-0000-4000-8000-000000000000', 'en')).toBeUndefined()
  expect(await source.edition('0000000000')).toBeUndefined()
})

describe('a folder through every channel but paper', () => {
  let place: Awaited<ReturnType<typeof workspace>>
  const settings = { channels, clock, typeset: undefined, rescan: true }
  beforeAll(async () => {
    place = await workspace(folderSource(content, { clock }), settings)
    await place.reconcile()
  })
  afterAll(() => place.remove())

  test('gives articles and feeds as the contract has them', async () => {
    const json = ArticleJson.parse(await place.json('/v1/en/articles/sleep-well.json'))
    expect(json.related).toMatchObject([{ title: 'Rest by day' }])
    expect(json.translations).toMatchObject([{ locale: 'es', slug: 'dormir-bien' }])
    expect(json.html).toContain('https://notes.example/en/articles/rest-by-day')
    expect(await place.entry(`/v1/objects/${json.hero!.renditions[0]!.sha256}`)).toMatchObject({ type: 'image/png' })
    expect(Feed.parse(await place.json('/v1/en/feed.json')).items).toHaveLength(2)
    await verify(readStore(place.store), { now: clock.now() })
  })

  test('gives the same release from the same folder', async () => {
    const other = await workspace(folderSource(content, { clock }), settings)
    await other.reconcile()
    expect(await other.store.readIndex()).toEqual(await place.store.readIndex())
    await other.remove()
  })

  test('follows each change of a file, and nothing else', async () => {
    const before = (await place.store.readIndex())!.release
    expect((await place.reconcile()).made).toBe(0)
    await writeFile(
      join(content, 'resources/night-line.yaml'),
      'kind: helpline\nname: Night Line\nstatus: defunct\ndescription: Closed.\nuid: 5f1f2f6e-6f5c-4d53-9a3c-0f6d8f7b1b01\n',
    )
    const { changed } = await place.reconcile()
    expect(changed).toContain('/v1/en/articles/rest-by-day.json')
    expect(changed.filter((path) => path.startsWith('/v1/schemas/'))).toEqual([])
    expect(ArticleJson.parse(await place.json('/v1/en/articles/rest-by-day.json')).resources).toEqual([])
    expect((await place.store.readIndex())!.release).toBeGreaterThan(before)
  })
})

test('a picture tells its size, whatever wrote it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-picture-'))
  const jpeg = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0001108007b01c803012200021101031101ffd9', 'hex')
  await writeFile(join(folder, 'a.jpg'), jpeg)
  expect((await readPicture(join(folder, 'a.jpg')))?.rendition).toMatchObject({
    type: 'image/jpeg',
    width: 456,
    height: 123,
  })
  for (const [name, bytes] of [
    ['b.jpg', jpeg.subarray(0, 12)],
    ['c.svg', Buffer.from('<svg/>')],
    ['d.png', Buffer.alloc(0)],
  ] as const) {
    await writeFile(join(folder, name), bytes)
    expect(await readPicture(join(folder, name)), name).toBeUndefined()
  }
  expect(await readPicture(join(folder, 'none.png'))).toBeUndefined()
  await rm(folder, { recursive: true })
})
