import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import {
  ArticleJson,
  blocks,
  type Edition,
  jsonSchemas,
  locales,
  Media,
  type SchemaName,
  TombstoneJson,
} from 'content-schemas'
import type { Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { h } from 'hastscript'
import { type DefaultTreeAdapterTypes, parseFragment, serialize } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { toText } from 'pipeline/channels/web/text.ts'
import { compile } from 'pipeline/compile.ts'
import { serialise, toSafeHast, toSafeHtml } from 'pipeline/html/index.ts'
import type { Published } from 'pipeline/source.ts'
import type { ResolvedRoot } from 'pipeline/tree.ts'
import { describe, expect, test } from 'vitest'
import { environmentFor, ids, picture, prepared, publishedArticle, publishedIssue, words } from './specimen.ts'

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

  test('says the readability its edition was frozen with, and measures it for one that kept none', async () => {
    const { live, history } = publishedArticle('en')
    const { readability, ...older } = live
    const measured = await articleIn({ live: older, history })
    expect(measured.readability).toEqual(readability)
    const frozen = await articleIn({ live: { ...live, readability: { ...readability!, level: 3.2 } }, history })
    expect(frozen.readability.level).toBe(3.2)
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
      const known = parseFragment(toHtml(toSafeHast(tree, htmlOptions)))
      expect(serialize(fast)).toBe(serialize(known))
    }
  })

  test('of a page has the bytes that hast-util-to-html writes', () => {
    const signs = 'a & b < c > d "e" \'f\' `g` \0 \u00a0 é'
    const page = {
      type: 'root',
      children: [
        { type: 'doctype' },
        h('html', { lang: 'ar', dir: 'rtl' }, [
          h('head', [h('meta', { charSet: 'utf-8' }), h('script', `if (1 < 2 && "${signs}") true`), h('style', signs)]),
          h('body', { className: ['one', 'two'], tabIndex: 0, 'aria-label': signs, dataPages: '/en/', dataIndex: '' }, [
            { type: 'comment', value: ' note ' },
            h('a', { href: `https://example.org/?a=1&b=${signs}`, hrefLang: 'en', download: '' }, signs),
            h('a', { href: '/en/', download: true, hidden: false, title: '' }, [
              h('br'),
              h('img', { srcSet: ['a 1x', 'b 2x'] }),
            ]),
            h('input', { type: 'search', hidden: true, disabled: 'disabled', accept: ['a', 'b'], max: 3, value: null }),
            h('video', { controls: true, preload: 'none' }, [h('source', { src: signs })]),
            h('p'),
          ]),
        ]),
      ],
    } satisfies Root
    expect(serialise(page)).toBe(toHtml(page))
  })

  test('of a page has no svg', () => {
    expect(() => serialise(h('div', [h('svg', { viewBox: '0 0 1 1' })]))).toThrow('serialise.ts')
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

  test('offers a picture in sizes of the best format a browser knows, and JPEG to all others', () => {
    const size = (hash: string, type: string, width: number) => ({
      ...{ purpose: 'web', sha256: hash.repeat(64), type, width, height: width / 2, bytes: 1 },
    })
    const sizes = [size('a', 'image/webp', 1600), size('b', 'image/webp', 800), size('c', 'image/jpeg', 800)]
    const figure = (renditions: object[]) => {
      const node = {
        type: 'figure',
        data: { media: Media.parse({ uid: ids.picture, slug: 'bag', alt: 'A bag', renditions }) },
      }
      const html = toSafeHtml({ type: 'root', children: [node] } as unknown as ResolvedRoot, htmlOptions)
      const elements = elementsIn(html).filter(({ tagName }) => ['picture', 'source', 'img'].includes(tagName))
      return elements.map(({ tagName, attrs }) => ({
        tagName,
        ...Object.fromEntries(attrs.map((each) => [each.name, each.value])),
      }))
    }
    const at = (hash: string) => htmlOptions.objects + hash.repeat(64)
    const shape = '(max-width: 720px) 100vw, 720px'
    const image = { tagName: 'img', alt: 'A bag', width: '1600', height: '800', loading: 'lazy', decoding: 'async' }
    expect(figure(sizes)).toEqual([
      { tagName: 'picture' },
      { tagName: 'source', type: 'image/webp', srcset: `${at('a')} 1600w, ${at('b')} 800w`, sizes: shape },
      { ...image, src: at('c') },
    ])
    const avif = figure([...sizes, size('d', 'image/avif', 400)])
    expect(avif.map((each) => ('type' in each ? each.type : each.tagName))).toEqual([
      'picture',
      'image/avif',
      'image/webp',
      'img',
    ])
    expect(figure(sizes.slice(0, 2))).toEqual([{ ...image, src: at('a') }])
    expect(figure([size('c', 'image/jpeg', 1600)])).toEqual([{ ...image, src: at('c') }])
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
