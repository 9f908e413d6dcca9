import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as FirstStart from 'cms/src/processes/first-start.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type { Reference } from 'cms/src/publishing/editions.ts'
import type * as Export from 'cms/src/publishing/folder/export.ts'
import type * as Import from 'cms/src/publishing/folder/import.ts'
import type { RefusedError } from 'cms/src/publishing/gate.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type { Locale } from 'content-schemas'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks, seedArticle } from '../needs.ts'
import { type Installation, install } from './installation.ts'

const sample = fileURLToPath(new URL('../../cms/sample', import.meta.url))
const now = '2026-05-01T09:00:00Z'

let cms: Installation
let importing: typeof Import
let exporting: typeof Export
let acts: typeof Acts
let makeWordingRules: typeof FirstStart.makeWordingRules
let review: typeof Review
let scratch: string
beforeAll(async () => {
  cms = await install(now)
  importing = await import('cms/src/publishing/folder/import.ts')
  exporting = await import('cms/src/publishing/folder/export.ts')
  acts = await import('cms/src/publishing/acts.ts')
  const firstStart: typeof FirstStart = await import('cms/src/processes/first-start.ts')
  makeWordingRules = firstStart.makeWordingRules
  review = await import('cms/src/review/acts.ts')
  scratch = await mkdtemp(join(tmpdir(), 'signpost-import-'))
})
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
  await cms?.remove()
})

describe('the sample', () => {
  test('is imported whole, as drafts', async () => {
    const files = await importing.importPaths(cms.payload, [sample])
    expect(files.filter(({ outcome }) => outcome === 'refused')).toEqual([])
    expect(
      files.flatMap(({ path, messages }) => messages.map(({ rule, reason }) => `${path} ${rule} ${reason}`)),
    ).toEqual([])
    const { docs } = await cms.payload.find({ collection: 'articles', pagination: false, draft: true, depth: 0 })
    expect(docs.length).toBeGreaterThanOrEqual(13)
    expect(docs.filter(({ importNotes, _status }) => importNotes || _status !== 'draft')).toEqual([])
    expect(docs.filter(({ related }) => related?.length).length).toBeGreaterThan(0)
  }, 300_000)

  test('has its records in every language they are written in', async () => {
    const slug = { slug: { equals: 'lifeline-988' } }
    const inLocale = async (locale: Locale) =>
      (await cms.payload.find({ collection: 'resources', where: slug, locale, depth: 0 })).docs[0]
    expect((await inLocale('en'))?.phones?.[0]).toMatchObject({ number: '988', hours: '24 hours, every day' })
    expect((await inLocale('es'))?.phones?.[0]).toMatchObject({ number: '988', hours: 'Las 24 horas, todos los días' })
    expect((await inLocale('ar'))?.name).toMatch(/988/)
  })

  test('is published by the acts, all of it', async () => {
    for (const kind of ['article', 'issue'] as const) {
      const collection = kind === 'article' ? 'articles' : 'issues'
      const { docs } = await cms.payload.find({ collection, pagination: false, draft: true, depth: 0 })
      for (const { uid, locale, ...row } of docs) {
        if ('review' in row) await approve({ uid, locale }, row.review as Review.ReviewFields)
        expect(await acts.publish(cms.payload, kind, { uid, locale }, { by: 'test', sample: true })).toMatchObject({
          number: 1,
          sample: true,
        })
      }
    }
  }, 300_000)

  test('imported again changes nothing: publishing makes no new edition', async () => {
    await importing.importPaths(cms.payload, [sample])
    const { docs } = await cms.payload.find({ collection: 'articles', pagination: false, draft: true, depth: 0 })
    for (const { uid, locale } of docs)
      expect(await acts.publish(cms.payload, 'article', { uid, locale }, { by: 'test' })).toMatchObject({ number: 1 })
  }, 300_000)
})

async function approve(reference: Reference, { reviewer, lastReviewed, nextReview }: Review.ReviewFields = {}) {
  const day = (date: string | null | undefined) => date?.slice(0, 10) ?? null
  const days = { lastReviewed: day(lastReviewed), nextReview: day(nextReview) }
  await review.approve(cms.payload, reference, { by: 'test', reviewer: reviewer ?? '', ...days })
}

test('a single file finds by their slugs the records that are there', async () => {
  const file = join(sample, 'articles', 'en', 'opioid-withdrawal-safely.md')
  const [imported] = await importing.importPaths(cms.payload, [file])
  expect(imported).toMatchObject({ outcome: 'updated', messages: [] })
  const [uid = ''] = imported!.became!.id.split('.')
  expect(await acts.publish(cms.payload, 'article', { uid, locale: 'en' }, { by: 'test' })).toMatchObject({ number: 1 })
})

describe('export', () => {
  test('imported into an empty installation and exported again is the same, byte by byte', async () => {
    const [first, second] = [join(scratch, 'first'), join(scratch, 'second')]
    await makeWordingRules(cms.payload)
    await changeEverything()
    const written = await exporting.exportTo(cms.payload, first)
    expect(new Set(written.map((path) => path.split('/')[0]))).toEqual(
      new Set(['site.yaml', 'editorial-policy.yaml', 'articles', 'issues', ...everyCollection.slice(2)]),
    )
    await wipe()
    const files = await importing.importPaths(cms.payload, [first])
    expect(files.filter(({ outcome, messages }) => outcome === 'refused' || messages.length > 0)).toEqual([])
    await exporting.exportTo(cms.payload, second)
    expect(await contents(second)).toEqual(await contents(first))
    // Not of the sample, which is removed below.
    await cms.payload.delete({ collection: 'media', where: { slug: { equals: 'photograph' } } })
  }, 300_000)
})

describe.skipIf(lacks('seed'))('the article of a third party', () => {
  test('becomes a draft that keeps every word, and is refused publication with the reasons', async () => {
    const file = join(scratch, 'heroin-withdrawal-article.md')
    await cp(seedArticle, file)
    const [imported] = await importing.importPaths(cms.payload, [file])
    expect(imported).toMatchObject({ outcome: 'created', became: { collection: 'articles' } })
    const id = imported!.became!.id
    const row = await cms.payload.findByID({ collection: 'articles', id, draft: true, depth: 0 })
    expect(row.importNotes).toMatch(/author: \w+/)
    const kept = wordsOf(JSON.stringify([row.title, row.body]))
    const [, , ...source] = (await readFile(seedArticle, 'utf8')).split('---\n')
    expect([...wordsOf(source.join(''))].filter((word) => !kept.has(word))).toEqual([])
    const { uid, locale } = row
    const refusal: RefusedError = await acts
      .publish(cms.payload, 'article', { uid, locale }, { by: 'test' })
      .catch((error) => error)
    const rules = refusal.data!.messages.map(({ rule }) => rule)
    expect(rules).toEqual(
      expect.arrayContaining([
        'topic-missing',
        'sources-missing',
        'urgent-help-missing',
        'reviewer-missing',
        'approval-missing',
        'byline-missing',
      ]),
    )
  })
})

const wordsOf = (text: string) => new Set(text.match(/\p{Letter}{3,}/gu))

const everyCollection = [
  'issues',
  'articles',
  'calls-to-action',
  'snippets',
  'resources',
  'newsletters',
  'people',
  'topics',
  'audiences',
  'glossary',
  'media',
  'wording-rules',
] as const

/** What the sample leaves as it is by default: the rules of the house, a photograph, where the eye goes in it. */
async function changeEverything(): Promise<void> {
  const { payload } = cms
  const readingLevel = { patient: 6, family: 7, professional: 12 }
  const policy = {
    reviewEveryMonths: 18,
    verifyEveryDays: 90,
    readingLevel,
    wordingBlocks: false,
    readingLevelBlocks: false,
  }
  await payload.updateGlobal({ slug: 'editorial-policy', data: policy })
  const noise = {
    create: {
      width: 120,
      height: 90,
      channels: 3,
      background: '#0b5c6b',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  }
  const data = await sharp(noise as never)
    .jpeg({ quality: 70 })
    .toBuffer()
  const file = { name: 'photograph.jpg', data, mimetype: 'image/jpeg', size: data.length }
  const { id } = await payload.create({ collection: 'media', data: { alt: 'A wall' } as never, file })
  await payload.update({ collection: 'media', id, data: { focalX: 20, focalY: 80 } as never })
}

async function wipe(): Promise<void> {
  const { payload } = cms
  const anything = { id: { exists: true } }
  await payload.db.deleteMany({ collection: 'uses', where: anything })
  await payload.db.deleteMany({ collection: 'editions', where: anything })
  for (const collection of everyCollection) await payload.delete({ collection, where: anything })
  const readingLevel = { patient: 8, family: 8, professional: 10 }
  const counts = { reviewEveryMonths: 24, verifyEveryDays: 180 }
  const data = { ...counts, readingLevel, wordingBlocks: true, readingLevelBlocks: true }
  await payload.updateGlobal({ slug: 'editorial-policy', data })
  await payload.updateGlobal({ slug: 'site', data: { name: 'Wiped' } })
}

async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const read = await Promise.all(
    files.sort().map(async (file) => [file.slice(folder.length), await readFile(file, 'base64')] as const),
  )
  return Object.fromEntries(read)
}

describe('removing the sample', () => {
  test('takes out all of it, and leaves what somebody made', async () => {
    await importing.importPaths(cms.payload, [sample])
    const topic = await cms.payload.create({
      collection: 'topics',
      data: { name: 'Our own', kind: 'condition' } as never,
    })
    const [article] = (await cms.payload.find({ collection: 'articles', draft: true, limit: 1, depth: 0 })).docs
    await cms.payload.create({
      collection: 'feedback',
      data: {
        helpful: 'yes',
        locale: 'en',
        stamp: '7K3M9QX2AB',
        day: '2026-05-01',
        state: 'new',
        article: article!.id,
      },
    })
    const { removeSample } = await import('cms/src/publishing/folder/remove.ts')
    const { kept } = await removeSample(cms.payload, sample, [])
    expect(kept).toEqual([])
    const left = async (collection: 'topics' | 'resources' | 'media' | 'issues' | 'feedback') =>
      (await cms.payload.find({ collection, draft: true, pagination: false, depth: 0 })).docs.map(({ id }) => id)
    expect(await left('topics')).toEqual([topic.id])
    for (const collection of ['resources', 'media', 'issues', 'feedback'] as const)
      expect(await left(collection)).toEqual([])
    expect(await cms.payload.findGlobal({ slug: 'site' })).toMatchObject({ sample: false, name: 'Signpost' })
  }, 300_000)
})
