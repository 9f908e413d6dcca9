import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import { type Article, type Edition, recordKinds } from 'content-schemas'
import type { PublishedSource } from 'pipeline/source.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let source: PublishedSource
const by = { by: 'A. Publisher' }
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(cms.payload)
  await fillRecords()
})
afterAll(() => cms?.remove())

async function fillRecords(): Promise<void> {
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
}

async function draft(number: number, changes: Partial<Article> = {}): Promise<Article> {
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  return made
}

async function changesAfter(cursor: number): Promise<{ uid: string; act: string; cursor: number }[]> {
  const found = []
  for await (const change of source.changes(cursor)) found.push(change)
  return found
}
const newest = async () => (await changesAfter(0)).at(-1)?.cursor ?? 0
const live = async (number: number): Promise<Edition | undefined> => (await source.document(uid(number), 'en'))?.live
const statusOf = async (number: number) =>
  (await cms.payload.findByID({ collection: 'articles', id: `${uid(number)}.en` }))._status

describe('publish', () => {
  test('freezes the draft and what it shows as edition 1', async () => {
    const made = await draft(101)
    const edition = await acts.publish(cms.payload, 'article', english(101), by)
    expect(edition).toMatchObject({
      number: 1,
      act: 'publish',
      major: true,
      document: made,
      at: '2026-05-01T09:00:00.000Z',
    })
    expect(Object.keys(edition.records!.people).sort()).toEqual([known.author, known.reviewer].sort())
    expect(await live(101)).toEqual(edition)
    expect(await source.edition(edition.stamp)).toEqual(edition)
    expect(await statusOf(101)).toBe('published')
  })

  test('without a change makes no new edition', async () => {
    await draft(102)
    const first = await acts.publish(cms.payload, 'article', english(102), by)
    expect(await acts.publish(cms.payload, 'article', english(102), by)).toEqual(first)
  })

  test('after a change makes the next edition; a draft alone makes none', async () => {
    await draft(103)
    await acts.publish(cms.payload, 'article', english(103), by)
    const id = `${uid(103)}.en`
    await cms.payload.update({ collection: 'articles', id, data: { summary: 'Sleep better.' }, draft: true })
    expect(await live(103)).toMatchObject({ number: 1, document: { summary: 'How to sleep better.' } })
    const second = await acts.publish(cms.payload, 'article', english(103), { ...by, changeNote: 'Shorter.' })
    expect(second).toMatchObject({
      number: 2,
      major: false,
      changeNote: 'Shorter.',
      document: { summary: 'Sleep better.' },
    })
    expect((await source.document(uid(103), 'en'))?.history.map(({ number }) => number)).toEqual([2, 1])
  })

  test('is refused with the list of reasons, and leaves nothing', async () => {
    await draft(104, { topics: [], sources: [], review: { reviewer: null, lastReviewed: null, nextReview: null } })
    const before = await newest()
    const refusal = await acts.publish(cms.payload, 'article', english(104), by).catch((error) => error)
    expect(refusal).toMatchObject({ name: 'RefusedError', status: 422 })
    expect(refusal.data.messages.length).toBeGreaterThan(2)
    expect(await live(104)).toBeUndefined()
    expect(await newest()).toBe(before)
    expect(await statusOf(104)).toBe('draft')
  })
})
