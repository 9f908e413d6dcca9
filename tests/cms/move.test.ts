import { join } from 'node:path'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Moving from 'cms/src/publishing/move.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { recordKinds } from 'content-schemas'
import type { Where } from 'payload'
import { channels } from 'pipeline/channels/index.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { createKey, signerOf } from 'pipeline/release/sign.ts'
import type { PublishedSource } from 'pipeline/source.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, known, records, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* The web address of a published article changes by an act. */

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let moving: typeof Moving
let review: typeof Review
let source: PublishedSource
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  moving = await import('cms/src/publishing/move.ts')
  review = await import('cms/src/review/acts.ts')
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(cms.payload)
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
})
afterAll(() => cms?.remove())

const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const idOf = (number: number) => `${uid(number)}.en`
const by = { by: 'A publisher' }
async function published(number: number): Promise<void> {
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}` }
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(article(named)) as never, draft: true })
  await review.approve(cms.payload, english(number), { by: 'L. Wong', reviewer: known.reviewer })
  await acts.publish(cms.payload, 'article', english(number), by)
}
const newest = (number: number) =>
  cms.payload.findByID({ collection: 'articles', id: idOf(number), draft: true, depth: 0 })
const save = (number: number, data: object) =>
  cms.payload.update({ collection: 'articles', id: idOf(number), data: data as never, draft: true, depth: 0 })
const move = (number: number, slug: string) => moving.move(cms.payload, english(number), { ...by, slug })

test('a published article is moved, and its former addresses lead to the new one', async () => {
  await published(9001)
  expect(await move(9001, 'sleeping-well')).toMatchObject({ number: 2, slug: 'sleeping-well', major: false })
  expect(await newest(9001)).toMatchObject({ slug: 'sleeping-well', _status: 'published' })
  expect(await move(9001, 'sleep')).toMatchObject({ number: 3, document: { slug: 'sleep' } })
  const store = await openFilesystemStore(join(cms.dataDir, 'release'))
  const signer = await signerOf([await createKey()])
  await reconcile({ store, source, signer, channels, version: 'test', stateFolder: join(cms.dataDir, 'state') })
  const paths = await readPaths(store, await store.readIndex())
  expect(paths.get('/en/articles/sleep')).toMatchObject({ status: 200 })
  for (const former of ['sleeping-well', 'article-9001']) {
    expect(paths.get(`/en/articles/${former}`)).toMatchObject({
      status: 301,
      location: 'http://localhost:3000/en/articles/sleep',
    })
    expect(paths.get(`/v1/en/articles/${former}.json`)).toMatchObject({ status: 301 })
  }
  const { docs } = await cms.payload.find({ collection: 'audit', where: { act: { equals: 'move' } }, sort: 'at' })
  expect(docs.map(({ reason }) => reason).sort()).toEqual(['article-9001 → sleeping-well', 'sleeping-well → sleep'])
})

test('what is drafted meanwhile stays a draft, and is published at the new address', async () => {
  await published(9002)
  await save(9002, { summary: 'A newer summary.' })
  expect(await move(9002, 'moved-9002')).toMatchObject({ document: { summary: 'How to sleep better.' } })
  expect(await newest(9002)).toMatchObject({ slug: 'moved-9002', summary: 'A newer summary.', _status: 'draft' })
  await review.approve(cms.payload, english(9002), { by: 'L. Wong', reviewer: known.reviewer })
  expect(await acts.publish(cms.payload, 'article', english(9002), by)).toMatchObject({
    ...{ number: 3, slug: 'moved-9002', document: { summary: 'A newer summary.' } },
  })
})

test('no other door changes the address once it was published', async () => {
  await published(9003)
  await expect(save(9003, { slug: 'typed' })).rejects.toMatchObject({ data: { errors: [{ path: 'slug' }] } })
  await save(9003, { title: 'Quite another title' })
  expect((await newest(9003)).slug).toBe('article-9003')
  await acts.withdraw(cms.payload, english(9003), { ...by, reason: 'Old.' })
  await expect(save(9003, { slug: 'typed' })).rejects.toMatchObject({ data: { errors: [{ path: 'slug' }] } })
})

test('a version of before is restored at the address of today', async () => {
  await published(9004)
  await move(9004, 'moved-9004')
  await save(9004, { summary: 'Newer.' })
  const where: Where = { and: [{ parent: { equals: idOf(9004) } }, { 'version.slug': { equals: 'article-9004' } }] }
  const { docs } = await cms.payload.findVersions({ collection: 'articles', where, limit: 1 })
  await cms.payload.restoreVersion({ collection: 'articles', id: docs[0]!.id, draft: true })
  expect(await newest(9004)).toMatchObject({ slug: 'moved-9004', summary: 'How to sleep better.' })
})

test.each([
  ['what was never published', 'never-published', 409],
  ['the address it has', 'article-9005', 409],
  ['the address of another article', 'article-9006', 409],
  ['a former address of another article', 'former-9006', 409],
  ['the address of a draft', 'article-9007', 409],
  ['no address', 'Not An Address', 400],
])('is refused: %s', async (name, slug, status) => {
  if ((await cms.payload.count({ collection: 'articles', where: { uid: { equals: uid(9005) } } })).totalDocs === 0) {
    for (const number of [9005, 9006]) await published(number)
    for (const slug of ['former-9006', 'article-9006']) await move(9006, slug)
    const made = article({ uid: uid(9007), slug: 'article-9007', title: 'A draft' })
    await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  }
  await expect(move(name === 'what was never published' ? 9007 : 9005, slug)).rejects.toMatchObject({ status })
  expect((await newest(9005)).slug).toBe('article-9005')
})
