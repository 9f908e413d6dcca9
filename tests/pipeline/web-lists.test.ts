import { AudiencesJson, GlossaryJson, LookupJson, type Topic, TopicsJson } from 'content-schemas'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import type { Row } from 'pipeline/channels/channel.ts'
import { sitemap } from 'pipeline/channels/web/sitemap.ts'
import { describe, expect, test } from 'vitest'
import { records, site } from './documents.ts'
import { bodyAt, contextOf, type Lists, listsOf, rowAt } from './web-rows.ts'

const topic: Topic = {
  ...Object.values(records().topics)[0]!,
  codes: [
    { system: 'icd-10', code: 'G47.0' },
    { system: 'mesh', code: 'D007319' },
  ],
}
const other: Topic = { ...topic, uid: topic.uid.replace(/3$/, '4'), slug: 'rest', name: 'A rest', codes: [] }
const json = (lists: Lists, path: string): unknown => JSON.parse(bodyAt(lists, path))
const lookup = (lists: Lists, code = 'G47.0') => LookupJson.parse(json(lists, paths.lookup('icd-10', code)))

describe('vocabularies', () => {
  const lists = listsOf([
    rowAt(1, {}, { topics: [topic, other], audiences: Object.values(records().audiences) }),
    rowAt(2, {}, { topics: [topic], glossary: Object.values(records().glossary) }),
    rowAt(3, { tombstone: true, topics: [] }, { topics: [topic] }),
    rowAt(4, { locale: 'es' }, { topics: [topic] }),
  ])

  test('list topics by name with their articles and feeds', () => {
    const { topics } = TopicsJson.parse(json(lists, paths.topics('en')))
    expect(topics.map(({ name, articles }) => [name, articles])).toEqual([
      ['A rest', 1],
      ['Sleep', 2],
    ])
    expect(topics[1]!.feed).toBe(`${site.url}/v1/en/topics/sleep/feed.json`)
    for (const { feed, atom } of topics)
      for (const url of [feed, atom]) expect(lists.has(url.slice(site.url.length))).toBe(true)
  })

  test('list audiences and words', () => {
    expect(AudiencesJson.parse(json(lists, paths.audiences('en'))).audiences).toMatchObject([{ articles: 1 }])
    expect(GlossaryJson.parse(json(lists, paths.glossary('en'))).terms).toMatchObject([{ term: 'melatonin' }])
  })
})

describe('look-up by code', () => {
  const rows = [
    rowAt(1, {}, { topics: [topic, { ...other, codes: topic.codes }] }),
    rowAt(2, {}, { topics: [topic] }),
    rowAt(3, { locale: 'ar' }, { topics: [{ ...topic, name: 'النوم' }] }),
    rowAt(4, { tombstone: true }, { topics: [topic] }),
    rowAt(5, {}, { topics: [other] }),
  ]

  test('gives the articles of its topics in every language, newest first, each once', () => {
    const { articles, topics } = lookup(listsOf(rows))
    expect(articles.map(({ slug }) => slug)).toEqual(['article-3', 'article-2', 'article-1'])
    expect(articles[0]!.json).toBe(`${site.url}/v1/ar/articles/article-3.json`)
    expect(topics.map(({ locale, name }) => `${locale} ${name}`)).toEqual(['ar النوم', 'en Sleep', 'en A rest'])
  })

  test('has a file for each code, at an address as it is written', () => {
    const strange = { ...topic, codes: [...topic.codes, { system: 'mesh' as const, code: 'a/../b c' }] }
    const found = [...listsOf([rowAt(1, {}, { topics: [strange] })]).keys()].filter((path) => path.includes('/lookup/'))
    expect(found).toEqual(['/v1/lookup/icd-10/G47.0.json', '/v1/lookup/mesh/D007319.json'])
  })

  test('changes with its articles, and not with the order they come in', () => {
    const keyOf = (rows: Row[]) => listsOf(rows).get(paths.lookup('icd-10', 'G47.0'))?.key
    expect(keyOf(rows.toReversed())).toBe(keyOf(rows))
    expect(keyOf(rows.slice(1))).not.toBe(keyOf(rows))
  })
})

describe('the sitemap', () => {
  type Element = DefaultTreeAdapterTypes.Element
  const elements = (xml: string, name: string): Element[] => {
    const found: Element[] = []
    const visit = (node: DefaultTreeAdapterTypes.Node) => {
      if ('tagName' in node && node.tagName === name) found.push(node)
      if ('childNodes' in node) node.childNodes.forEach(visit)
    }
    visit(parse(xml.replace(/^<\?.*?\?>/, '')))
    return found
  }
  const textOf = (element: Element) => element.childNodes.map((node) => ('value' in node ? node.value : '')).join('')
  const locations = (xml: string) => elements(xml, 'loc').map(textOf)
  const rows = [
    rowAt(1),
    rowAt(1, { locale: 'es', slug: 'articulo' }),
    rowAt(2),
    rowAt(3, { sample: true }),
    rowAt(4, { tombstone: true }),
  ]

  test('lists homes and published articles with their translations, and no sample', () => {
    const xml = bodyAt(listsOf(rows), '/sitemap.xml')
    expect(locations(xml)).toEqual(
      ['/en', '/es', '/en/articles/article-1', '/es/articles/articulo', '/en/articles/article-2'].map(
        (path) => site.url + path,
      ),
    )
    const alternates = elements(xml, 'xhtml:link').map(({ attrs }) => attrs.map(({ value }) => value))
    expect(alternates).toContainEqual(['alternate', 'es', `${site.url}/es/articles/articulo`])
    expect(alternates.length).toBe(2 * 2 + 2 * 2)
  })

  test('has parts and an index of them when it is long', () => {
    const lists: Lists = new Map(sitemap(contextOf(rows), 2).map((list) => [list.path, list]))
    const parts = locations(bodyAt(lists, '/sitemap.xml')).map((url) => url.slice(site.url.length))
    expect(parts).toEqual(['/sitemap.1.xml', '/sitemap.2.xml', '/sitemap.3.xml'])
    expect(parts.flatMap((path) => locations(bodyAt(lists, path))).length).toBe(5)
  })
})

describe('the search index', () => {
  const lists = listsOf(Array.from({ length: 600 }, (_, index) => rowAt(index)))
  const search = lists.get(paths.search('en'))!

  test('is the same when it is made some at a time', async () => {
    expect(await search.renderUnless!(async () => false)).toEqual(search.render())
  })

  test('is given up for something more urgent', async () => {
    let asked = 0
    expect(await search.renderUnless!(async () => ++asked === 2)).toBeUndefined()
    expect(asked).toBe(2)
  })
})
