import { type blocks, type Locale, locales } from 'content-schemas'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { email, fill, letterOf } from 'pipeline/channels/email/index.ts'
import { columns } from 'pipeline/channels/email/text.ts'
import { compile } from 'pipeline/compile.ts'
import { message } from 'pipeline/deliver/index.ts'
import type { Published } from 'pipeline/source.ts'
import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { environmentFor, ids, prepared, publishedArticle, publishedIssue, siteOf, words } from './specimen.ts'

type Element = DefaultTreeAdapterTypes.Element

const letter = (published: Published) => {
  const { tree, context } = prepared(published)
  return letterOf(tree, context)
}
const htmlOf = (published: Published) => fill(letter(published).html)
const textOf = (published: Published) => fill(letter(published).text)

const kinds = { article: (locale: Locale) => publishedArticle(locale, { hero: ids.picture }), issue: publishedIssue }
const cases = locales.flatMap((locale) => (['article', 'issue'] as const).map((kind) => [kind, locale] as const))

const attribute = (element: Element, name: string) => element.attrs.find((each) => each.name === name)?.value
function* elementsIn(node: DefaultTreeAdapterTypes.Node): Generator<Element> {
  if ('tagName' in node) yield node
  if ('childNodes' in node) for (const child of node.childNodes) yield* elementsIn(child)
}
const all = (html: string, name?: string) =>
  [...elementsIn(parse(html))].filter(({ tagName }) => name === undefined || tagName === name)
const wordsIn = (node: DefaultTreeAdapterTypes.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(wordsIn).join('') : ''

const text = (value: string): blocks.Text => ({ type: 'text', value })
const paragraph = (...children: blocks.Phrasing[]): blocks.Paragraph => ({ type: 'paragraph', children })

describe.each(cases)('the mail of an %s in %s', (kind, locale) => {
  const published = kinds[kind](locale)
  const html = htmlOf(published)

  test('parses without an error, in its language and direction', () => {
    const errors: string[] = []
    parse(html, { onParseError: ({ code }) => errors.push(code) })
    expect(errors).toEqual([])
    const [root] = all(html, 'html')
    expect(attribute(root!, 'lang')).toBe(locale)
    expect(attribute(root!, 'dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  })

  test('uses only what mail programs can show', () => {
    const tags = new Set(all(html).map(({ tagName }) => tagName))
    for (const tag of ['script', 'svg', 'form', 'iframe', 'object', 'link', 'video']) expect(tags).not.toContain(tag)
    const styles = all(html).map((element) => attribute(element, 'style') ?? '')
    expect(styles.join(';')).not.toMatch(/flex|grid|position|float/)
    for (const element of all(html))
      expect(Number(attribute(element, 'width')?.replace('100%', '0') ?? 0)).toBeLessThan(601)
  })

  test('can be read by everybody', () => {
    for (const image of all(html, 'img')) expect(attribute(image, 'alt')).toBeDefined()
    expect(all(html, 'img').map((image) => attribute(image, 'alt'))).toContain(words[locale].alt)
    const data = all(html, 'table').filter((table) => attribute(table, 'role') !== 'presentation')
    expect(data.length).toBeGreaterThan(0)
    for (const cell of all(html, 'th')) expect(attribute(cell, 'scope')).toBe('col')
    let before = 0
    for (const { tagName } of all(html).filter((element) => /^h[1-6]$/.test(element.tagName))) {
      const level = Number(tagName[1])
      expect(level).toBeLessThanOrEqual(before + 1)
      before = level
    }
  })

  test('shows pictures of its own publication only, and no address of one reader', () => {
    const { url } = siteOf(words[locale])
    for (const image of all(html, 'img'))
      expect(attribute(image, 'src')).toMatch(new RegExp(`^${url}/v1/objects/[0-9a-f]{64}$`))
    for (const link of all(html, 'a')) expect(attribute(link, 'href')).toMatch(/^(?:https:\/\/|mailto:|tel:|sms:)/)
  })

  test.each(['light', 'dark'] as const)('has a contrast of 4.5 everywhere, in %s', (scheme) => {
    const pairs = contrasts(html, scheme)
    expect(pairs.length).toBeGreaterThan(50)
    expect(pairs.filter(({ ratio }) => ratio < 4.5)).toEqual([])
  })

  test('says who sends it, why, and whom to call in danger', () => {
    for (const form of [html, textOf(published)]) {
      const shown = form
        .replace(/<[^>]+>/g, '')
        .replace(/[\u2066\u2069\n]/g, ' ')
        .replace(/\s+/g, ' ')
      expect(shown).toContain(words[locale].postalAddress)
      expect(shown).toContain(words[locale].emergency)
      if (kind === 'issue') expect(shown).toContain(words[locale].footer)
    }
  })

  test('has a text part of short lines', () => {
    const long = textOf(published)
      .split('\n')
      .filter((line) => [...line.replace(/[\u2066\u2069]/g, '')].length > columns)
    // An address is one word, however long.
    expect(long.filter((line) => !/https?:\/\/\S+/.test(line))).toEqual([])
  })

  test('is read by a mail parser as it was written', async () => {
    const { subject, html, text } = letter(published)
    const { raw } = await message({
      from: { name: 'Signpost', address: 'letters@example.org' },
      to: 'ada@example.net',
      subject,
      html: fill(html),
      text: fill(text),
      date: new Date('2026-02-05T09:00:00Z'),
      identity: 'x',
    })
    const mail = await PostalMime.parse(raw)
    const lines = (value: string | undefined) => value?.replace(/\r\n/g, '\n').trimEnd()
    expect(mail.subject).toBe(subject)
    expect(lines(mail.html)).toBe(fill(html).trimEnd())
    expect(lines(mail.text)).toBe(fill(text).trimEnd())
    expect(raw.byteLength).toBeLessThan(100_000)
  })
})

test('in Arabic, telephone numbers and addresses are isolated', () => {
  const spans = all(htmlOf(publishedArticle('ar'))).filter((element) => attribute(element, 'dir') === 'ltr')
  const isolated = spans.map(wordsIn)
  for (const run of ['+1 555 010 4477', '+1 555 010 0199', 'www.example.org/rest']) expect(isolated).toContain(run)
  expect(textOf(publishedArticle('ar'))).toContain('\u2066+1 555 010 0199\u2069')
})

test('text: links are numbered notes', () => {
  const written = textOf(publishedArticle('en'))
  expect(written).toContain(`${words.en.link} [1]`)
  expect(written).toMatch(/^\[1\] https:\/\/www\.example\.org\/sleep$/m)
})

test('an author’s text is data to the very end', () => {
  const hostile = '<script>alert(1)</script>"><img src=x onerror=alert(1)><!--personal:1--> &amp; {{name}}'
  const published = publishedArticle('en', {
    title: hostile,
    body: { type: 'root', children: [paragraph(text(hostile))] },
  })
  const html = htmlOf(published)
  expect(all(html, 'script')).toEqual([])
  expect(all(html, 'img')).toEqual([])
  expect(wordsIn(parse(html)).split(hostile).length - 1).toBe(3)
  expect(textOf(published)).toContain('<script>alert(1)</script>')
})

test('one personal place, cut out of both parts, which no author can name', () => {
  const { html, text } = letter(publishedIssue('en'))
  const filled = fill(html, '<p>yours</p>')
  expect(filled.split('<p>yours</p>')).toHaveLength(2)
  expect(filled.indexOf(words.en.postalAddress)).toBeLessThan(filled.indexOf('<p>yours</p>'))
  expect(fill(html) + fill(text)).not.toContain('personal:')
})

test('a sample says so first, and stays out of search engines', () => {
  const published = publishedArticle('en')
  const { tree, context } = prepared({ ...published, live: { ...published.live, sample: true } })
  const html = fill(letterOf(tree, context).html)
  expect(html).toMatch(/<meta name="robots" content="noindex">/)
  const shown = wordsIn(all(html, 'body')[0]!)
  expect(shown.indexOf('This is sample content')).toBeGreaterThan(0)
  expect(shown.indexOf('This is sample content')).toBeLessThan(shown.indexOf(words.en.mainMessage))
})

describe('the channel', () => {
  test('writes an issue to the archive as it was sent', async () => {
    const { files } = await compile(publishedIssue('en'), environmentFor('en'), [email])
    const body = (path: string) => files.find((file) => file.path === path)?.body
    expect(files.map(({ path }) => path)).toEqual([
      '/v1/en/newsletters/quiet-days.html',
      '/v1/en/newsletters/quiet-days.txt',
      '/en/newsletters/quiet-days',
    ])
    expect(body('/en/newsletters/quiet-days')).toBe(body('/v1/en/newsletters/quiet-days.html'))
  })

  test('has nothing for a document that is no longer published', () => {
    const published = publishedArticle('en')
    expect(email.outputs({ ...published, live: { ...published.live, document: null } })).toEqual([])
  })

  test.each(['html', 'text'])('refuses a node it has no form for, in %s', async (name) => {
    const published = publishedArticle('en')
    const { tree, context } = prepared(published)
    const broken = { ...tree, children: [...tree.children, { type: 'unheard-of' }] } as unknown as typeof tree
    const output = email.outputs(published).find((each) => each.name === name)!
    await expect(email.render(broken, context, output)).rejects.toThrow(/unheard-of/)
  })
})

type Colours = { colour: string; back: string }

/** Contrast of every text with what is behind it (WCAG 2.2, 1.4.3), with the style sheet's dark colours or without. */
function contrasts(html: string, scheme: 'light' | 'dark'): { text: string; ratio: number }[] {
  const sheet = wordsIn(all(html, 'style')[0]!)
  const darkOf = new Map(
    [...sheet.matchAll(/\.(\w+) \{([^}]*)\}/g)].map(([, name, rules]) => [name!, rules!.replaceAll(' !important', '')]),
  )
  const found: { text: string; ratio: number }[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node, inherited: Colours) => {
    if ('value' in node && node.value.trim())
      found.push({ text: node.value, ratio: contrast(inherited.colour, inherited.back) })
    if (!('tagName' in node)) return
    const style = attribute(node, 'style') ?? ''
    if (style.startsWith('display:none')) return
    const classes = scheme === 'dark' ? (attribute(node, 'class') ?? '').split(' ') : []
    const rules = [style, ...classes.map((name) => darkOf.get(name) ?? '')].join(';')
    const last = (pattern: RegExp) => [...rules.matchAll(pattern)].at(-1)?.[1]
    const colours = {
      colour: last(/(?:^|;)\s*color:\s*(#\w{6})/g) ?? inherited.colour,
      back: last(/background-color:\s*(#\w{6})/g) ?? inherited.back,
    }
    for (const child of node.childNodes) visit(child, colours)
  }
  visit(all(html, 'body')[0]!, { colour: '#000000', back: '#ffffff' })
  return found
}

function contrast(left: string, right: string): number {
  const [light, dark] = [luminance(left), luminance(right)].sort((a, b) => b - a)
  return (light! + 0.05) / (dark! + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}
