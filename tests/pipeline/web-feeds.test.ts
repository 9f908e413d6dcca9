import { Feed, locales, type Topic } from 'content-schemas'
import FeedParser from 'feedparser'
import { parseAtomFeed, parseJsonFeed } from 'feedsmith'
import { paths } from 'pipeline/channels/addresses.ts'
import type { Row } from 'pipeline/channels/channel.ts'
import { pageSize } from 'pipeline/channels/channel.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { compile } from 'pipeline/compile.ts'
import { describe, expect, test } from 'vitest'
import { site } from './documents.ts'
import { environmentFor, publishedArticle, siteOf, words } from './specimen.ts'
import { bodyAt, type Lists, listsOf, rowAt } from './web-rows.ts'

const topic = (number: number, change: Partial<Topic> = {}): Topic => ({
  uid: `00000000-0000-4000-8000-1000000000${String(number).padStart(2, '0')}`,
  slug: `topic-${number}`,
  kind: 'condition',
  name: `Topic ${number}`,
  acuteRisk: false,
  sensitive: false,
  codes: [],
  ...change,
})
const rest = topic(1)
const rows = (count: number) => Array.from({ length: count }, (_, index) => rowAt(index, {}, { topics: [rest] }))
const specimenRow = async (locale: (typeof locales)[number]) =>
  (await compile(publishedArticle(locale), environmentFor(locale), [web])).row

type FeedOf = (page?: number) => string
const ofLanguage: FeedOf = (page) => paths.feed('en', page)
const ofTopic: FeedOf = (page) => paths.feed('en', page, rest.slug)
const asAtom = (json: string) => json.replace(/json$/, 'atom')
const here = (url: string) => url.slice(site.url.length)

const read = (lists: Lists, path: string) => Feed.parse(JSON.parse(bodyAt(lists, path)))
/** Ids in the order a consumer meets them; from the second page on it reads `later`. */
function visit(feed: FeedOf, first: Lists, later = first): string[] {
  const seen: string[] = []
  let lists = first
  for (let path: string | undefined = feed(); path; lists = later) {
    const { items, next_url } = read(lists, path)
    seen.push(...items.map(({ _signpost }) => _signpost.uid))
    path = next_url && here(next_url)
  }
  return seen
}
const newestFirst = (rows: Row[]) => rows.toReversed().map(({ uid }) => uid)

describe.each([
  ['a language', ofLanguage],
  ['a topic', ofTopic],
] as const)('the feed of %s', (_, feed) => {
  test.each([1, pageSize, pageSize + 1, 3 * pageSize - 1])(
    'with %i articles visits each once, newest first',
    (count) => {
      const all = rows(count)
      expect(visit(feed, listsOf(all))).toEqual(newestFirst(all))
    },
  )

  test('visits each once though articles appear and are corrected meanwhile', () => {
    const before = rows(3 * pageSize)
    const corrected = before.map((row, index) => (index % 70 === 5 ? { ...row, stamp: 'C0RRECTED0', number: 2 } : row))
    const after = [...corrected, rowAt(900, {}, { topics: [rest] })]
    expect(visit(feed, listsOf(before), listsOf(after))).toEqual(newestFirst(before))
  })

  test('one change makes no more than its page anew, as JSON and as Atom', () => {
    const all = rows(2 * pageSize + 10)
    const keys = (rows: Row[]) => [...listsOf(rows)].map(([path, { key }]) => `${path} ${key}`)
    const changed = all.map((row, index) => (index === 3 ? { ...row, stamp: 'CHANGED000' } : row))
    expect(keys([...all].reverse())).toEqual(keys(all))
    const different = keys(changed)
      .filter((key) => !keys(all).includes(key))
      .map((key) => key.replace(/ .*/, ''))
    expect(different.filter((path) => path.includes('feed')).sort()).toEqual(
      [ofLanguage(2), asAtom(ofLanguage(2)), ofTopic(2), asAtom(ofTopic(2))].sort(),
    )
  })
})

test('the feed of a language visits each once though articles are withdrawn meanwhile', () => {
  const before = rows(3 * pageSize)
  const withdrawn = new Set([before[5]!.uid, before[150]!.uid])
  const after = before.map((row) => (withdrawn.has(row.uid) ? { ...row, tombstone: true, topics: [] } : row))
  expect(visit(ofLanguage, listsOf(before), listsOf(after))).toEqual(
    newestFirst(before.filter(({ uid }) => !withdrawn.has(uid))),
  )
})

test('without an article there is an empty feed, and none of a topic', () => {
  const lists = listsOf([])
  expect(read(lists, ofLanguage()).items).toEqual([])
  expect(parseAtomFeed(bodyAt(lists, asAtom(ofLanguage()))).entries ?? []).toEqual([])
  expect([...lists.keys()].filter((path) => path.includes('/topics/'))).toEqual([])
})

test('a topic that is called something else has its feed at the new address', () => {
  const renamed = { ...rest, slug: 'repose', name: 'Repose' }
  const lists = listsOf([
    rowAt(1, {}, { topics: [rest] }),
    rowAt(2, { publishedAt: '2026-02-02T00:00:00.000Z' }, { topics: [renamed] }),
  ])
  const feed = read(lists, paths.feed('en', 1, 'repose'))
  expect(feed.title).toBe(`Repose – ${site.name}`)
  expect(feed.items.length).toBe(2)
  expect(lists.has(ofTopic())).toBe(false)
})

describe.each(locales)('in %s, to parsers of others', (locale) => {
  const lists = async () => listsOf([await specimenRow(locale)], { locale, site: siteOf(words[locale]) })
  const link = (siteUrl: string) => `${siteUrl}/${locale}/articles/`

  test('JSON Feed: feedsmith reads every field', async () => {
    const { url } = siteOf(words[locale])
    const feed = parseJsonFeed(JSON.parse(bodyAt(await lists(), paths.feed(locale))))
    expect(feed).toMatchObject({ language: locale, title: words[locale].site })
    const [item] = feed.items ?? []
    expect(item).toMatchObject({
      title: words[locale].title,
      summary: words[locale].summary,
      authors: [{ name: words[locale].author }],
      tags: [words[locale].topic],
      attachments: [{ mime_type: 'application/pdf' }],
    })
    expect(item?.url?.startsWith(link(url))).toBe(true)
    expect(item?.date_published).toBe('2026-02-05T09:00:00.000Z')
  })

  test('Atom: feedsmith and feedparser read the same', async () => {
    const { url } = siteOf(words[locale])
    const xml = bodyAt(await lists(), asAtom(paths.feed(locale)))
    const smith = parseAtomFeed(xml)
    expect(smith.links).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rel: 'self', href: url + asAtom(paths.feed(locale)) }),
        expect.objectContaining({ rel: 'alternate', href: `${url}/${locale}` }),
      ]),
    )
    const [entry] = smith.entries ?? []
    const other = await parsedBy(xml)
    expect(other.errors).toEqual([])
    expect(other.title).toBe(smith.title?.value)
    const [item] = other.items
    expect(item).toMatchObject({
      title: words[locale].title,
      guid: entry?.id,
      categories: [entry?.categories?.[0]?.term],
    })
    expect(entry?.categories?.[0]?.label).toBe(words[locale].topic)
    expect(entry?.authors?.[0]?.name).toBe(words[locale].author)
    expect(item?.summary).toContain(words[locale].summary)
    expect(item?.link.startsWith(link(url))).toBe(true)
    expect(item?.enclosures).toMatchObject([{ type: 'application/pdf' }])
    expect(item?.pubdate?.toISOString()).toBe('2026-02-05T09:00:00.000Z')
  })
})

test('what has to be shown stands first for who knows no notice, as JSON and as Atom', () => {
  const notice = 'This article was withdrawn in part.'
  const lists = listsOf([rowAt(1, { summary: 'How to sleep.' }, { notice }), rowAt(2, { summary: 'How to rest.' })])
  const [plain, noted] = parseJsonFeed(JSON.parse(bodyAt(lists, ofLanguage()))).items ?? []
  expect(noted?.content_text).toBe(`${notice}\n\nHow to sleep.`)
  expect(plain?.content_text).toBe('How to rest.')
  expect(parseAtomFeed(bodyAt(lists, asAtom(ofLanguage()))).entries?.[1]?.summary?.value).toBe(
    `${notice} How to sleep.`,
  )
})

test('Atom keeps markup and what XML cannot hold as words, or leaves it out', async () => {
  const title = 'a < b & "c" \u0000\u001f]]> <script>'
  const lists = listsOf([rowAt(1, { title, summary: '' })])
  const { errors, items } = await parsedBy(bodyAt(lists, asAtom(ofLanguage())))
  expect(errors).toEqual([])
  expect(parseAtomFeed(bodyAt(lists, asAtom(ofLanguage()))).entries?.[0]?.title?.value).toBe('a < b & "c" ]]> <script>')
  expect(items.length).toBe(1)
})

test('the extension leads to the schema that explains it', () => {
  const lists = listsOf(rows(1))
  const { about } = read(lists, ofLanguage()).items[0]!._signpost
  expect(lists.get(here(about))?.render().type).toContain('schema+json')
})

async function parsedBy(xml: string) {
  const parser = new FeedParser({ addmeta: false })
  const errors: string[] = []
  parser.on('error', (error: Error) => errors.push(error.message))
  let title: string | undefined
  parser.on('meta', (meta: FeedParser.Meta) => {
    title = meta.title
  })
  const items: FeedParser.Item[] = []
  parser.on('data', (item: FeedParser.Item) => items.push(item))
  const ended = new Promise((resolve) => parser.on('end', resolve))
  parser.end(xml)
  await ended
  return { errors, items, title }
}
