import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import {
  ArticleJson,
  blocks,
  type Edition,
  Feed,
  jsonSchemas,
  locales,
  type SchemaName,
  TombstoneJson,
} from 'content-schemas'
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import type { ListContext, Row } from 'pipeline/channels/channel.ts'
import { pageSize } from 'pipeline/channels/web/feed.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { toText } from 'pipeline/channels/web/text.ts'
import { compile } from 'pipeline/compile.ts'
import { serialise, toSafeHast, toSafeHtml } from 'pipeline/html/index.ts'
import { catalogueOf, listContext } from 'pipeline/release/catalogue.ts'
import type { Published } from 'pipeline/source.ts'
import type { ResolvedRoot } from 'pipeline/tree.ts'
import { describe, expect, test } from 'vitest'
import { environmentFor, ids, picture, prepared, publishedArticle, publishedIssue, siteOf, words } from './specimen.ts'

const objects = 'https://guide.example.org/v1/objects/'
const htmlOptions = { locale: 'en', objects, citations: 'source', terms: 'title' } as const

const ajv = new Ajv2020({ strict: true, allErrors: true })
formats.default(ajv)
const schemas = jsonSchemas()
const errorsOf = (name: SchemaName, value: unknown) => {
  const validate = ajv.getSchema((schemas[name] as { $id: string }).$id) ?? ajv.compile(schemas[name])
  validate(value)
  return validate.errors ?? []
}

async function files(published: Published, change = {}) {
  const compiled = await compile(published, environmentFor(published.live.locale, change), [web])
  expect(compiled.failed).toEqual([])
  return { ...compiled, at: (path: string) => compiled.files.find((file) => file.path === path) }
}
const articleIn = async (published: Published, change = {}) => {
  const { live } = published
  const file = (await files(published, change)).at(paths.article(live.locale, live.slug, 'json'))
  return JSON.parse(String(file?.body)) as ArticleJson
}
const htmlOf = async (...children: blocks.Flow[]) =>
  (await articleIn(publishedArticle('en', { body: { type: 'root', children } }))).html
const paragraph = (...children: blocks.Phrasing[]): blocks.Paragraph => ({ type: 'paragraph', children })
const text = (value: string): blocks.Text => ({ type: 'text', value })

type Element = DefaultTreeAdapterTypes.Element
function elementsIn(html: string): Element[] {
  const found: Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  const problems: string[] = []
  visit(parseFragment(html, { onParseError: ({ code }) => problems.push(code) }))
  expect(problems).toEqual([])
  return found
}
const attribute = (element: Element, name: string) => element.attrs.find((each) => each.name === name)?.value

describe('article JSON', () => {
  test.each(locales)('in %s is what the contract says, to Zod and to a JSON Schema validator', async (locale) => {
    const json = await articleIn(publishedArticle(locale))
    expect(ArticleJson.parse(json)).toEqual(json)
    expect(errorsOf('article', json)).toEqual([])
  })

  test('shows every block in HTML and text', async () => {
    const { html, text, blocks: tree } = await articleIn(publishedArticle('en'))
    const classes = new Set(elementsIn(html).flatMap((element) => attribute(element, 'class')?.split(' ') ?? []))
    // A snippet gives way to its passage.
    for (const name of blocks.blockNames) if (name !== 'snippet') expect(classes).toContain(name)
    const said = Object.values(words.en)
      .flat(2)
      .flatMap((each) => (typeof each === 'string' ? each : Object.values(each)))
    const elsewhere = new Set(
      [
        'title',
        'summary',
        'mainMessage',
        'audience',
        'topic',
        'definition',
        'author',
        'reviewer',
        'source',
        'site',
        'publisher',
        'postalAddress',
        'subject',
        'greeting',
        'preheader',
        'footer',
        'emergency',
        'region',
      ].map((key) => words.en[key as keyof typeof words.en]),
    )
    const shown = elementsIn(html).length > 0 ? textOf(html) : ''
    // The alternative text of a picture stands in an attribute, and the second action has a number instead of a button.
    for (const value of said) {
      if (elsewhere.has(value)) continue
      if (value !== words.en.alt) expect(shown).toContain(value)
      expect(text).toContain(value)
    }
    expect(html).toContain(`alt="${words.en.alt}"`)
    expect(JSON.stringify(tree)).not.toContain('"data"')
  })

  test('tells headings apart by fragments of our own, the same as in the outline', async () => {
    const { html, outline } = await articleIn(publishedArticle('en'))
    const headings = elementsIn(html).filter(({ tagName }) => /^h[1-6]$/.test(tagName))
    const identified = headings.flatMap((heading) => attribute(heading, 'id') ?? [])
    expect(identified).toEqual(outline.map(({ id }) => id))
    expect(outline.length).toBeGreaterThan(10)
    for (const id of identified) expect(id).toMatch(/^s-/)
    expect(headings.every(({ tagName }) => tagName !== 'h1')).toBe(true)
  })

  test('has every number and date of its pictures', async () => {
    const { media, html } = await articleIn(publishedArticle('en'))
    const pictures = elementsIn(html).filter(({ tagName }) => tagName === 'img')
    expect(media.map(({ uid }) => uid)).toEqual([ids.picture, ids.ornament])
    for (const each of pictures) {
      expect(Object.values(media[0]!.urls)).toContain(attribute(each, 'src'))
      expect(Number(attribute(each, 'width'))).toBe(picture.readUInt32BE(16))
    }
    expect(pictures.map((each) => attribute(each, 'alt'))).toEqual([words.en.alt, ''])
  })

  test('leaves out what is closed, everywhere', async () => {
    const published = publishedArticle('en')
    const resource = published.live.records!.resources[ids.group]!
    published.live.records!.resources[ids.group] = { ...resource, status: 'defunct' }
    const json = await articleIn(published)
    expect(JSON.stringify(json)).not.toContain(words.en.group)
    expect(JSON.stringify(json.blocks)).not.toContain(ids.group)
  })

  test('ends with its call to action and the number it names, unless that is closed', async () => {
    const published = publishedArticle('en', { body: { type: 'root', children: [] }, callToAction: ids.callHelpline })
    const open = await files(published)
    const json = JSON.parse(String(open.at('/v1/en/articles/resting.json')?.body)) as ArticleJson
    expect(json.callToAction?.uid).toBe(ids.callHelpline)
    expect(json.resources.map(({ uid }) => uid)).toEqual([ids.helpline])
    expect(open.at('/v1/en/articles/resting.txt')?.body).toContain('Phone: +1 555 010 0199')
    const resource = published.live.records!.resources[ids.helpline]!
    published.live.records!.resources[ids.helpline] = { ...resource, status: 'inactive' }
    expect((await articleIn(published)).callToAction).toBeNull()
  })

  test('says how hard it is to read and what a publisher let pass, but not what its topics ask of writers', async () => {
    const published = publishedArticle('en')
    const waiver = { rule: 'wording', pointer: '/title', passage: 'addicts', reason: 'A name.', by: 'P. Ublisher' }
    published.live.waivers = [waiver]
    for (const topic of Object.values(published.live.records!.topics))
      topic.mustMention = [{ say: 'that it passes', words: ['passes'] }]
    const json = await articleIn(published)
    expect(json.waivers).toEqual([waiver])
    expect(json.readability).toMatchObject({ formula: 'flesch-kincaid', level: expect.any(Number) })
    expect(json.topics.length).toBeGreaterThan(0)
    expect(JSON.stringify(json)).not.toContain('mustMention')
  })

  test('says in JSON-LD who reviewed it, when, and what its steps are', async () => {
    const { jsonld, links, authors } = await articleIn(publishedArticle('es'))
    expect(jsonld).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'MedicalWebPage',
      inLanguage: 'es',
      lastReviewed: '2026-02-04',
      reviewedBy: { '@type': 'Person', name: words.es.reviewer },
      author: authors.map(({ name }) => ({ '@type': 'Person', name })),
      audience: [{ '@type': 'Patient' }],
      about: [{ '@type': 'MedicalCondition', name: words.es.topic }],
      citation: [{ '@type': 'CreativeWork', url: 'https://www.example.org/s' }],
      license: 'https://creativecommons.org/licenses/by/4.0/',
    })
    const parts = jsonld.hasPart as { '@type': string; step?: { '@type': string; url: string }[] }[]
    const steps = parts.find((part) => part['@type'] === 'HowTo')?.step
    expect(steps?.map((step) => step['@type'])).toEqual(['HowToStep', 'HowToStep', 'HowToStep'])
    expect(steps?.[0]?.url).toMatch(`${links.web}#s-`)
  })
})

function textOf(html: string): string {
  const read = (node: DefaultTreeAdapterTypes.Node): string =>
    'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(read).join('') : ''
  return read(parseFragment(html))
}

describe('HTML', () => {
  test('is the same as hast-util-to-html writes', () => {
    const hostile = {
      type: 'root',
      children: [paragraph(text('a < b && c > d "e" \'f\' &amp; </p> \u00a0'))],
    } as ResolvedRoot
    for (const tree of [...locales.map((locale) => prepared(publishedArticle(locale)).tree), hostile]) {
      const fast = parseFragment(toSafeHtml(tree, htmlOptions))
      const known = parseFragment(serialise(toSafeHast(tree, htmlOptions)))
      expect(serialize(fast)).toBe(serialize(known))
    }
  })

  test('keeps an author’s markup as words', async () => {
    const markup = '<script>alert(1)</script><img src=x onerror=alert(1)>'
    const html = await htmlOf(paragraph(text(markup)))
    expect(elementsIn(html).map(({ tagName }) => tagName)).toEqual(['p'])
    expect(textOf(html)).toBe(markup)
  })

  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    '//evil.example',
    'vbscript:x',
    ' javascript:x',
    '/relative',
  ])('gives no link to %s', (url) => {
    const tree: ResolvedRoot = {
      type: 'root',
      children: [{ type: 'paragraph', children: [{ type: 'link', url, children: [text('here')] }] }],
    }
    const [, link] = elementsIn(toSafeHtml(tree, htmlOptions))
    expect(link?.tagName).toBe('a')
    expect(link?.attrs).toEqual([])
  })

  test('shows no picture but our own', () => {
    const { tree } = prepared(publishedArticle('en'))
    const html = toSafeHtml(tree, { ...htmlOptions, objects: 'https://elsewhere.example/' })
    const sources = elementsIn(html)
      .filter(({ tagName }) => tagName === 'img')
      .map((each) => attribute(each, 'src'))
    expect(sources.length).toBe(2)
    const foreign = toSafeHast(
      {
        type: 'root',
        children: [
          {
            ...(tree.children.find(({ type }) => type === 'figure') as object),
            data: { media: { alt: 'x', renditions: [{ purpose: 'web', sha256: '../evil', width: 1, height: 1 }] } },
          },
        ],
      } as ResolvedRoot,
      htmlOptions,
    )
    expect(serialise(foreign)).not.toContain('evil')
  })

  test('throws on a node nobody has written a handler for', () => {
    const tree = { type: 'root', children: [{ type: 'marquee', children: [] }] } as unknown as ResolvedRoot
    expect(() => toSafeHtml(tree, htmlOptions)).toThrow(/marquee/)
    expect(() => toText(tree, 'en')).toThrow(/marquee/)
  })

  test('isolates numbers and addresses in Arabic, and nowhere else', async () => {
    const isolated = (html: string) =>
      elementsIn(html)
        .filter(({ tagName }) => tagName === 'bdi')
        .map((each) => textOf(serialize(each)))
    const arabic = await articleIn(publishedArticle('ar'))
    expect(isolated(arabic.html)).toEqual(
      expect.arrayContaining(['+1 555 010 4477', 'www.example.org/rest', '+1 555 010 0199']),
    )
    expect(arabic.text).toContain('\u2066+1 555 010 4477\u2069')
    expect(isolated((await articleIn(publishedArticle('en'))).html)).toEqual([])
  })

  test('drops an author’s direction override', async () => {
    expect(await htmlOf(paragraph(text('call \u202e119\u202c now')))).toBe('<p>call 119 now</p>')
  })
})

describe('files of an article', () => {
  test('are JSON, text, Markdown and the frozen edition', async () => {
    const published = publishedArticle('en')
    const { at, files: all } = await files(published)
    expect(all.map(({ path }) => path)).toEqual([
      '/v1/en/articles/resting.json',
      '/v1/en/articles/resting.txt',
      '/v1/en/articles/resting.md',
      paths.edition(published.live.stamp),
    ])
    expect(JSON.parse(String(at(paths.edition(published.live.stamp))?.body))).toEqual(published.live)
    const txt = String(at('/v1/en/articles/resting.txt')?.body)
    for (const part of [
      words.en.title,
      words.en.emergency,
      words.en.mainMessage,
      '[1] On rest and recovery',
      'Reviewed by: Rita Reviewer',
    ])
      expect(txt).toContain(part)
    expect(String(at('/v1/en/articles/resting.md')?.body)).toContain(':::urgent-help')
  })

  test('an issue has only its edition', async () => {
    const issue = publishedIssue('en')
    expect(web.outputs(issue).map(({ path }) => path)).toEqual([paths.edition(issue.live.stamp)])
  })

  test('a former address leads to the present one', async () => {
    const published = publishedArticle('en')
    published.history.push({ ...published.history[0]!, number: 1, stamp: 'AAAAAAAAAA', slug: 'old-name' })
    expect((await files(published)).at('/v1/en/articles/old-name.json')).toMatchObject({
      status: 301,
      location: 'https://guide.example.org/v1/en/articles/resting.json',
    })
  })

  const tombstoneOf = (act: Edition['act'], tombstone: Partial<Edition['tombstone']> = {}): Published => {
    const { live, history } = publishedArticle('en')
    const changes = { act, number: 3, stamp: 'ZZZZZZZZZZ', at: '2026-02-20T00:00:00.000Z' }
    const grave = { reason: 'The advice was wrong.', replacement: null, to: null, ...tombstone }
    return {
      live: { ...live, ...changes, document: null, records: null, contentHash: null, tombstone: grave },
      history: [{ ...history[0]!, ...changes, contentHash: null }, ...history],
    }
  }

  test.each([
    ['withdraw', 'withdrawn', '2026-02-27'],
    ['gone', 'gone', '2026-02-27'],
    ['purge', 'purged', '2026-02-20'],
  ] as const)('%s leaves a tombstone at every address', async (act, state, removeBy) => {
    const { at } = await files(tombstoneOf(act))
    const file = at('/v1/en/articles/resting.json')
    const json = JSON.parse(String(file?.body))
    expect(file?.status).toBe(410)
    expect(TombstoneJson.parse(json)).toMatchObject({ state, removeBy })
    expect(errorsOf('tombstone', json)).toEqual([])
    expect(json.notice).toContain('The advice was wrong.')
    for (const extension of ['txt', 'md'] as const)
      expect(at(paths.article('en', 'resting', extension))?.status).toBe(410)
  })

  test('what is gone ends its editions too; what is withdrawn does not', async () => {
    const former = publishedArticle('en').live.stamp
    expect((await files(tombstoneOf('gone'))).at(paths.edition(former))?.status).toBe(410)
    expect((await files(tombstoneOf('withdraw'))).at(paths.edition(former))).toBeUndefined()
  })

  test('a redirect leads to the article that took its place', async () => {
    const { at } = await files(tombstoneOf('redirect', { to: 'sleeping' }))
    expect(at('/v1/en/articles/resting.json')).toMatchObject({
      status: 301,
      location: 'https://guide.example.org/v1/en/articles/sleeping.json',
    })
  })
})

describe('the feed', () => {
  const rowAt = (index: number, change: Partial<Row> = {}): Row => ({
    uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    locale: 'en',
    kind: 'article',
    slug: `article-${index}`,
    title: `Article ${index}`,
    summary: 'A summary.',
    topics: [],
    audiences: [],
    stamp: String(index).padStart(10, '0'),
    number: 1,
    firstPublishedAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
    publishedAt: '2026-02-01T00:00:00.000Z',
    changeNote: '',
    review: 'current',
    tombstone: false,
    sample: false,
    listing: { web: { authors: [{ name: 'Ada' }], tags: ['Rest'], notice: null } },
    ...change,
  })
  const rows = (count: number) => Array.from({ length: count }, (_, index) => rowAt(index))
  const site = siteOf(words.en)
  const context = (rows: Row[]): ListContext =>
    listContext(catalogueOf(rows), { site, locale: 'en', locales: ['es', 'en'], today: '2026-03-01' })
  const pagesOf = (rows: Row[]) => new Map(web.lists!(context(rows)).map((list) => [list.path, list]))
  const read = (pages: ReturnType<typeof pagesOf>, path: string) =>
    Feed.parse(JSON.parse(String(pages.get(path)?.render().body)))

  /** Reads as a consumer does; `after` is asked for the pages as they are before every page but the first. */
  function visit(first: ReturnType<typeof pagesOf>, later = first): string[] {
    const seen: string[] = []
    let pages = first
    for (let path: string | undefined = paths.feed('en'); path; pages = later) {
      const { items, next_url } = read(pages, path)
      seen.push(...items.map(({ _signpost }) => _signpost.uid))
      path = next_url?.slice(site.url.length)
    }
    return seen
  }
  const newestFirst = (rows: Row[]) => rows.toReversed().map(({ uid }) => uid)

  test('of a real article is what the contract says', async () => {
    const { row } = await files(publishedArticle('en'))
    const page = JSON.parse(String(pagesOf([row]).get(paths.feed('en'))?.render().body))
    expect(Feed.parse(page).items[0]).toMatchObject({
      title: words.en.title,
      authors: [{ name: words.en.author }],
      tags: [words.en.topic],
      attachments: [{ mime_type: 'application/pdf' }],
    })
    expect(errorsOf('feed', page)).toEqual([])
  })

  test.each([0, 1, pageSize, pageSize + 1, 3 * pageSize - 1])(
    'of %i articles visits each once, newest first',
    (count) => {
      const all = rows(count)
      expect(visit(pagesOf(all))).toEqual(newestFirst(all))
    },
  )

  test('visits each once though articles appear and disappear meanwhile', () => {
    const before = rows(3 * pageSize)
    const withdrawn = new Set([before[5]!.uid, before[150]!.uid])
    const after = [...before.map((row) => (withdrawn.has(row.uid) ? { ...row, tombstone: true } : row)), rowAt(900)]
    expect(visit(pagesOf(before), pagesOf(after))).toEqual(newestFirst(before.filter(({ uid }) => !withdrawn.has(uid))))
  })

  test('a page changes its key with what it shows, and only then', () => {
    const all = rows(2 * pageSize + 10)
    const keys = (rows: Row[]) => [...pagesOf(rows).values()].map(({ path, key }) => `${path} ${key}`)
    const changed = all.map((row, index) => (index === 3 ? { ...row, stamp: 'CHANGED000' } : row))
    expect(keys([...all].reverse())).toEqual(keys(all))
    const different = keys(changed).filter((key) => !keys(all).includes(key))
    expect(different.length).toBe(1)
    expect(different[0]).toMatch(/^\/v1\/en\/feed\.2\.json /)
  })

  test('leads to the schema that explains its extension', () => {
    const { at } = { at: new Map(web.lists!({ ...context([]), locale: 'es' }).map((list) => [list.path, list])) }
    const about = read(pagesOf(rows(1)), paths.feed('en')).items[0]!._signpost.about
    expect(at.get(about.slice(site.url.length))?.render().type).toContain('schema+json')
  })
})
