import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Article, Article as ArticleSchema, blocks, Issue, locales } from 'content-schemas'
import { check } from 'pipeline/checks/index.ts'
import { withDays } from 'pipeline/sources/records.ts'
import { reviewState, trustOf } from 'pipeline/states.ts'
import { recordsOf, uses } from 'pipeline/transformers/records.ts'
import { describe, expect, test } from 'vitest'
import { readability } from './readability.ts'
import { readSample, sampleDir } from './sample-folder.ts'

const today = '2026-03-01'
const sample = await readSample(today)
const inEnglish = sample.articles.filter(({ document }) => document.locale === 'en')
const files = readdirSync(sampleDir, { recursive: true, encoding: 'utf8' })
const contentOf = (file: string): Buffer => readFileSync(join(sampleDir, file))
const textFiles = files.filter((file) => /\.(?:md|yaml)$/.test(file))

describe('relative dates', () => {
  test('become days counted from the import, where they are a whole value', () => {
    const fields = { assuredDate: '-30d', sources: [{ checkedOn: '+0d' }], title: '-30 days', range: '1-30d' }
    expect(withDays(fields, '2028-03-01')).toEqual({
      assuredDate: '2028-01-31',
      sources: [{ checkedOn: '2028-03-01' }],
      title: '-30 days',
      range: '1-30d',
    })
  })

  test('leave nothing of the sample overdue on its first day', () => {
    for (const { file, document } of sample.articles) expect(reviewState(document.review, today), file).toBe('current')
    for (const uid of resourceUids()) expect(trustOf(sample.record('en', 'resources', uid)!, today), uid).toBe('fresh')
  })
})

describe('every document', () => {
  const documents = [...sample.articles, ...sample.issues].map((entry) => [entry.file, entry] as const)

  test.each(documents)('%s has its shape and refers to what there is', async (_, { document, messages }) => {
    expect(messages).toEqual([])
    expect((document.kind === 'article' ? ArticleSchema : Issue).safeParse(document).error).toBeUndefined()
    const { missing } = await recordsOf(document, (kind, uid) => sample.record(document.locale, kind, uid))
    expect(missing).toEqual([])
    const articles = uses(document).filter(({ kind }) => kind === 'articles')
    for (const { uid } of articles)
      expect(sample.articles.map((each) => `${each.document.locale} ${each.document.uid}`)).toContain(
        `${document.locale} ${uid}`,
      )
  })

  test.each(documents)('%s may be published', async (_, { document }) => {
    const { records } = await recordsOf(document, (kind, uid) => sample.record(document.locale, kind, uid))
    expect(check(document, { records, site: sample.site(document.locale), policy: sample.policy, today })).toEqual([])
  })
})

describe('the articles', () => {
  test('are as many as promised, in each language', () => {
    const count = (locale: string) => sample.articles.filter(({ document }) => document.locale === locale).length
    expect(count('en')).toBeGreaterThanOrEqual(8)
    expect(count('es')).toBeGreaterThanOrEqual(4)
    expect(count('ar')).toBeGreaterThanOrEqual(1)
    expect(resourceUids().length).toBeGreaterThanOrEqual(12)
  })

  test('use every block, glossary terms and citations', () => {
    const found = new Set(sample.articles.flatMap(({ document }) => typesIn(document.body)))
    expect([...found]).toEqual(
      expect.arrayContaining([...blocks.blockNames, 'term', 'citation', 'table', 'blockquote']),
    )
  })

  test.each(sample.articles.map((entry) => [entry.file, entry.document] as const))(
    '%s cites its sources only',
    (_, document) => {
      const known = document.sources.map(({ id }) => id)
      expect(known.length).toBeGreaterThanOrEqual(2)
      expect(new Set(citationsIn(document.body))).toEqual(new Set(known))
    },
  )

  const translations = sample.articles.filter(({ document }) => document.locale !== 'en')
  test.each(translations.map((entry) => [entry.file, entry.document] as const))(
    '%s matches its English original',
    (_, document) => {
      const original = inEnglish.find((each) => each.document.uid === document.uid)!.document
      expect(idsIn(document.body)).toEqual(idsIn(original.body))
      expect(referencesOf(document)).toEqual(referencesOf(original))
      expect(document.sources.map(({ id }) => id)).toEqual(original.sources.map(({ id }) => id))
    },
  )

  test.each(inEnglish.map((entry) => [entry.file, entry.document] as const))(
    '%s reads at grade 8 or below',
    (_, document) => {
      const sections = readability(document.body)
      const { words, grade } = sections.pop()!
      expect(words).toBeGreaterThanOrEqual(300)
      expect(words).toBeLessThanOrEqual(900)
      expect(grade).toBeLessThanOrEqual(8)
      // A grade of a few words means nothing.
      expect(sections.filter((section) => section.words >= 25 && section.grade > 9)).toEqual([])
    },
  )
})

test('no file puts a label on people', () => {
  const labels =
    /\b(?:addicts?|abus(?:e|er|ers|ed|ing)|junkies?|alcoholics?|(?:drug|substance|opioid|heroin) users?|drug habit|relapsed?|clean|dirty|medication-assisted|substitution therapy)\b/gi
  const properNames = /Alcoholics Anonymous|alcoholics-anonymous|https?:\/\/\S+/g
  const found = textFiles.flatMap((file) =>
    [...contentOf(file).toString('utf8').replace(properNames, '').matchAll(labels)].map(
      ([label]) => `${file}: ${label}`,
    ),
  )
  expect(found).toEqual([])
})

describe('the pictures', () => {
  const pictures = files.filter((file) => file.endsWith('.png'))

  test.each(pictures)('%s is wide enough and small enough, and described in every language', (file) => {
    const bytes = contentOf(file)
    expect(bytes.readUInt32BE(16)).toBeGreaterThanOrEqual(1600)
    expect(bytes.length).toBeLessThanOrEqual(300 * 1024)
    const uid = uidIn(file.replace('.png', '.yaml'))
    const alternatives = locales.map((locale) => sample.record(locale, 'media', uid)!.alt)
    expect(new Set(alternatives.filter(Boolean)).size).toBe(locales.length)
  })
})

test('people, publisher and address are plainly made up', () => {
  for (const locale of locales) {
    expect(sample.site(locale)).toMatchObject({ sample: true, publisher: expect.stringContaining('fictional') })
    expect(sample.site(locale).postalAddress).toContain('fictional')
    expect(sample.site(locale).emergency.map(({ number }) => number)).toEqual(['911', '999', '112'])
  }
  const people = sample.articles.flatMap(({ document }) => [...document.authors, document.review.reviewer!])
  for (const uid of people)
    expect(sample.record('en', 'people', uid)).toMatchObject({
      fictional: true,
      name: expect.stringContaining('(fictional)'),
    })
})

const uidIn = (file: string): string => /^uid: (.+)$/m.exec(contentOf(file).toString('utf8'))![1]!
const resourceUids = (): string[] => files.filter((file) => /^resources[/\\]/.test(file)).map(uidIn)

const childrenOf = (node: blocks.Node): readonly blocks.Node[] => ('children' in node ? node.children : [])
const typesIn = (node: blocks.Node): string[] => [node.type, ...childrenOf(node).flatMap(typesIn)]
const citationsIn = (node: blocks.Node): string[] =>
  node.type === 'citation' ? [node.source] : childrenOf(node).flatMap(citationsIn)

/** Headings, blocks and items in order: what a translation keeps. */
function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn)
  if (typeof value !== 'object' || value === null) return []
  const { type = 'item', id, depth } = value as { type?: string; id?: string; depth?: number }
  const own = id ?? depth
  return [...(own === undefined ? [] : [`${type} ${own}`]), ...Object.values(value).flatMap(idsIn)]
}

/** The records a document refers to; articles aside, since not all are translated. */
const referencesOf = (document: Article): string[] =>
  uses(document)
    .filter(({ kind, pointer }) => kind !== 'articles' && !pointer.startsWith('/authors'))
    .map(({ kind, uid }) => `${kind} ${uid}`)
    .sort()
