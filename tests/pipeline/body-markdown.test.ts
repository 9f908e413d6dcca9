import { readFileSync } from 'node:fs'
import { Article, type blocks, type Issue, type Newsletter } from 'content-schemas'
import { articleFrom, derivedUid, issueFrom, slugFrom } from 'pipeline/body/document.ts'
import { limits } from 'pipeline/body/limits.ts'
import { bodyFromMarkdown, bodyToMarkdown, fromMarkdown, toMarkdown } from 'pipeline/body/markdown.ts'
import { textOf } from 'pipeline/body/normal-form.ts'
import { bindReferences } from 'pipeline/body/references.ts'
import { describe, expect, test } from 'vitest'

const uid = '7d444840-9dc0-41d1-b245-5ffdce74fad2'
const paragraphs = (...texts: string[]) =>
  texts.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] }))

describe('the guide to the grammar', () => {
  const guide = readFileSync(new URL('../../pipeline/src/body/README.md', import.meta.url), 'utf8')
  const examples = [...guide.matchAll(/^```markdown\n([\s\S]*?)^```$/gm)].map(([, example]) => example!)

  test('has an example of every block', () => {
    const { tree } = bodyFromMarkdown(examples.join('\n'))
    const types = new Set(tree.children.map(({ type }) => type))
    for (const type of [
      'callout',
      'steps',
      'care-options',
      'checklist',
      'do-dont',
      'faq',
      'figure',
      'resources',
      'call-to-action',
      'urgent-help',
      'snippet',
      'table',
      'list',
      'blockquote',
      'thematicBreak',
    ])
      expect(types).toContain(type)
  })

  test.each(examples)('is read without a message and written the same: %s', (example) => {
    const { tree, messages } = bodyFromMarkdown(example)
    expect(messages).toEqual([])
    expect(bodyToMarkdown(tree)).toBe(example)
  })
})

describe('prose', () => {
  test.each([
    'At 10:30 or 1:2, (5.3:1), a :word, :smile: and :a[b]{c=d}.',
    'www.example.org and http://example.org and a@example.org are no links, ~~this~~ stands, [ ] and [x] too.',
    'مرحبا 10:30 — 中文 🚑 e\u0301 \u00a0 no\u00a0break',
    '5 * 3 * 2 _ snake_case_word',
    'C:\\temp \\(x\\)'.replaceAll('\\(', '('),
  ])('means what it says: %s', (line) => {
    const { tree, messages } = bodyFromMarkdown(line)
    expect({ tree: tree.children, messages }).toEqual({ tree: paragraphs(line.replace('\\)', ')')), messages: [] })
  })

  test.each([
    '# no heading',
    '+ no item',
    '1. no item',
    '- no item',
    '> no quote',
    ':::callout',
    '::figure',
    '| a | b |\n| - | - |',
    '[x]: y',
    '---',
    '    no code',
    '`x`',
    '<b>',
    '&amp;',
    '\\',
    'a\\',
    '**',
    '~~~',
    '=== ',
  ])('that looks like markup is escaped: %s', (value) => {
    const tree = { type: 'root', children: paragraphs(value) } as blocks.Root
    const { tree: read, messages } = bodyFromMarkdown(bodyToMarkdown(tree))
    expect(messages).toEqual([])
    expect(read.children).toEqual(paragraphs(value.trim().replaceAll('\n', ' ')))
  })

  test('in the cells of a table keeps its bars and breaks, also right before the end of a block', () => {
    const cell = (...children: object[]) => ({ type: 'tableCell', children })
    const text = (value: string) => ({ type: 'text', value })
    const row = (...children: object[]) => ({ type: 'tableRow', children })
    const table = {
      type: 'table',
      children: [
        row(cell(text('a|b')), cell()),
        row(cell(text('`|`'), { type: 'break' }, text('c\\')), cell(text('<br>'))),
      ],
    }
    const step = { type: 'step', id: 's', title: 'T', children: [table] }
    const tree = { type: 'root', children: [{ type: 'steps', id: 'x', children: [step] }, table] } as blocks.Root
    expect(bodyFromMarkdown(bodyToMarkdown(tree))).toMatchObject({ tree, messages: [] })
  })
})

describe('Markdown written elsewhere', () => {
  const foreign: [what: string, markdown: string, rule: string, ...texts: string[]][] = [
    ['HTML', '<div>some <b>text</b></div>', 'raw-html', '<div>some <b>text</b></div>'],
    ['HTML in a line', 'some <b>text</b>', 'raw-html', 'some <b>text</b>'],
    ['a footnote', 'A claim.[^1]\n\n[^1]: The evidence.', 'footnote', 'A claim.[^1]', '[^1]: The evidence.'],
    ['a footnote of one word', 'A claim.[^1]\n\n[^1]: Evidence', 'footnote', 'A claim.[^1]', '[^1]: Evidence'],
    ['a picture', '![A clinic](clinic.png)', 'image', 'A clinic'],
    ['code', '```js\nlet a\n```', 'code', 'let a'],
    ['code in a line', 'Press `Enter`.', 'code', 'Press Enter.'],
    ['an unknown block', ':::warning[Careful]\nHot.\n:::', 'unknown-block', 'Careful', 'Hot.'],
    ['an unknown leaf', '::youtube[A film]{#abc}', 'unknown-block', 'A film'],
    ['an unknown leaf without a label', '::toc', 'unknown-block', '::toc'],
    ['a broken block', ':::callout{variant="}\nText\n', 'broken-block', ':::callout{variant="} Text'],
    ['an address with a script', '[a](javascript:alert)', 'link-address', 'a'],
    ['a relative address', '[a](../other.md)', 'link-address', 'a'],
    ['the title of a link', '[a](https://example.org "Title")', 'link-title', 'a'],
    ['an unused definition', 'a\n\n[b]: https://example.org', 'unused-definition', 'a'],
    ['a term of nothing', ':term[a]', 'incomplete-block', ':term[a]'],
    ['a heading of level 5', '##### a', 'heading-level', 'a'],
    ['a table in a list', '- a\n\n  | b |\n  | - |', 'misplaced-block', 'a', 'b'],
    ['a heading in a quote', '> # a\n>\n> b', 'misplaced-block', 'a b'],
    ['steps in a step', ':::::steps\n::::step[a]\n:::steps[b]\n:::\n::::\n:::::', 'misplaced-block', 'a', 'b'],
    ['text in a checklist', ':::checklist\na\n\n- b\n:::', 'misplaced-block', 'a', 'b'],
    ['marks in a title', ':::callout[**a**]\n:::', 'plain-text', 'a'],
    ['a figure of nothing', '::figure[a]', 'incomplete-block', 'a'],
    ['a title too long', `:::callout[${'a '.repeat(300)}]\n:::`, 'too-long', 'a '.repeat(300).trim()],
    ['an unknown variant', ':::callout[a]{variant=loud}\n:::', 'unknown-variant', 'a'],
    ['a block that is not closed', ':::callout[a]\nb', 'unclosed-block', 'a', 'b'],
    ['the alignment of a column', '| a |\n| :-: |\n| b |', 'unsupported-format', 'a', 'b'],
  ]
  test.each(foreign)('with %s keeps its text and says where it is', (_, markdown, rule, ...texts) => {
    const { tree, messages } = bodyFromMarkdown(markdown)
    expect(messages.map((message) => message.rule)).toContain(rule)
    for (const { place } of messages) expect(place.line).toBeGreaterThan(0)
    for (const text of texts) expect(wordsOf(tree)).toContain(text)
  })

  test('with references resolves them', () => {
    const { tree, messages } = bodyFromMarkdown('[a][b] and [b]\n\n[b]: https://example.org')
    expect(messages).toEqual([])
    expect(JSON.stringify(tree).match(/https:\/\/example.org/g)).toHaveLength(2)
  })

  test('with a title as heading takes it as the title', () => {
    const { frontMatter, tree, positions } = fromMarkdown('---\nlocale: en\n---\n# A title\n\n## A section\n')
    expect(frontMatter).toEqual({ locale: 'en', title: 'A title' })
    expect(tree.children).toMatchObject([{ type: 'heading', depth: 2 }])
    expect(positions).toMatchObject({ '/title': { line: 4 }, '/body/children/0': { line: 6, column: 1 } })
  })

  test('with sections at level 1 moves all headings down', () => {
    const { tree, messages } = fromMarkdown('---\ntitle: T\n---\n# A\n\n## B\n\n# C\n')
    expect(tree.children.map((node) => (node as blocks.Heading).depth)).toEqual([2, 3, 2])
    expect(messages.map(({ rule, place }) => [rule, place.pointer, place.line])).toEqual([
      ['heading-level', '/body/children/0', 4],
      ['heading-level', '/body/children/2', 8],
    ])
  })

  test('without ids gets them in order, without taking one that is given', () => {
    const { tree } = bodyFromMarkdown(
      ':::callout\n:::\n\n:::callout{#b1}\n:::\n\n:::callout{#b1}\n:::\n\n:::checklist{ids=x}\n- a\n- b\n:::',
    )
    expect(tree.children.map((node) => (node as blocks.Callout).id)).toEqual(['b2', 'b1', 'b3', 'b4'])
    expect((tree.children[3] as blocks.Checklist).items.map(({ id }) => id)).toEqual(['x', 'b5'])
  })
})

describe('front matter', () => {
  test('gives an article, and what is missing is empty', () => {
    const file = `---\nuid: ${uid}\ntitle: "2024"\ntopics: opioids\nsources:\n  - { title: A, url: "https://a.b", checkedOn: 2026-01-31 }\nreview: { reviewer: jo, lastReviewed: 2026-01-31 }\n---\nText\n`
    const { document, messages } = articleFrom(fromMarkdown(file), { path: 'content/articles/es/any-name.md' })
    expect(messages).toEqual([])
    expect(document).toMatchObject({
      uid,
      locale: 'es',
      slug: '2024',
      title: '2024',
      topics: ['opioids'],
      hero: null,
      authors: [],
    })
    expect(document.sources).toEqual([{ id: 's1', title: 'A', url: 'https://a.b', checkedOn: '2026-01-31' }])
    expect(document.review).toEqual({ reviewer: 'jo', lastReviewed: '2026-01-31', nextReview: null })
  })

  test('with unknown keys and wrong values says so at their lines, and keeps the unknown', () => {
    const parsed = fromMarkdown(
      '---\ntitle: T\nauthor: newadmin\nsummary: [1]\nlocale: fr\nslug: Not a slug\nhero: 1\ntopics:\n  - a\n  - b: c\nreview: { lastReviewed: soon, by: me }\nsources: [{ title: A }]\n---\n',
    )
    const { document, messages, unknown } = articleFrom(parsed)
    expect(unknown).toEqual({ author: 'newadmin' })
    expect(document).toMatchObject({ locale: 'en', slug: 't', summary: '', hero: null, topics: ['a'], sources: [] })
    expect(messages.map(({ rule, place }) => `${rule} ${place.pointer} ${place.line}`).sort()).toEqual([
      'unknown-key /author 3',
      'unknown-key /review/by 11',
      'wrong-value /hero 7',
      'wrong-value /locale 5',
      'wrong-value /review/lastReviewed 11',
      'wrong-value /slug 6',
      'wrong-value /sources/0/checkedOn 12',
      'wrong-value /sources/0/url 12',
      'wrong-value /summary 4',
      'wrong-value /topics/1 10',
    ])
    expect(messages.find(({ place }) => place.pointer === '/author')!.reason).toContain('newadmin')
  })

  test.each([
    ['that is no YAML', 'a: [', 3],
    ['that is a list', '- a', 1],
    ['with aliases', 'a: &a [x]\nb: *a', 1],
    ['that is too large', `a: ${'x'.repeat(limits.frontMatterBytes)}`, 1],
    ['with a key twice', 'a: 1\na: 2', 3],
  ])('%s is a message, and the body stays', (_, yaml, line) => {
    const { frontMatter, tree, messages } = fromMarkdown(`---\n${yaml}\n---\nText\n`)
    expect(frontMatter).toEqual({})
    expect(messages).toMatchObject([{ rule: 'front-matter', severity: 'block', place: { line } }])
    expect(tree.children).toEqual(paragraphs('Text'))
  })

  test('runs nothing', () => {
    const { messages } = fromMarkdown('---js\n{ title: process.exit(1) }\n---\nText\n')
    expect(messages).toEqual([])
  })

  test('derives names that stay', () => {
    expect(slugFrom('¿Qué es la abstinencia? — Año 1')).toBe('que-es-la-abstinencia-ano-1')
    expect(slugFrom('مرحبا')).toBe('')
    expect(slugFrom(`${'word '.repeat(40)}`)).toMatch(/^word(-word){1,18}$/)
    const { document } = articleFrom(fromMarkdown('# مرحبا\n'), { path: '/any/articles/ar/hello.md' })
    expect(document).toMatchObject({ slug: 'hello', locale: 'ar', uid: derivedUid('articles/hello'), title: 'مرحبا' })
    expect(document.uid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('a document', () => {
  test('written as a file and read again is the same article', () => {
    const article: Article = {
      kind: 'article',
      uid,
      locale: 'es',
      slug: 'a-slug',
      title: 'Title: with "quotes", # and ---',
      summary: '- a\n  b: c',
      mainMessage: 'true',
      audiences: [uid],
      topics: [uid],
      hero: uid,
      body: bodyFromMarkdown('---\n\nText').tree,
      authors: [uid],
      sources: [{ id: 's1', title: '2026-01-31', publisher: 'null', url: 'https://a.b', checkedOn: '2026-01-31' }],
      related: [uid],
      callToAction: uid,
      licence: '',
      funding: 'x',
      conflicts: '~',
      need: 'y',
      testedWith: '1.0',
      review: { reviewer: uid, lastReviewed: '2026-01-31', nextReview: null },
    }
    const { document, messages, unknown } = articleFrom(fromMarkdown(toMarkdown(article)))
    expect({ document, messages, unknown }).toEqual({ document: article, messages: [], unknown: {} })
  })

  test('is an issue, its texts in its front matter', () => {
    const newsletter: Newsletter = { uid, slug: 'news', name: 'News', sender: 'News' }
    const issue: Issue = {
      kind: 'issue',
      uid,
      locale: 'en',
      slug: 'first',
      newsletter,
      subject: 'First',
      preheader: '',
      greeting: 'Hello',
      items: [
        { kind: 'article', article: uid, show: 'full' },
        { kind: 'resource', resource: uid },
        { kind: 'call-to-action', record: uid },
        { kind: 'text', body: bodyFromMarkdown('Some **text**\n\n:::callout[A]{#a variant=tip}\nB\n:::').tree },
      ],
    }
    const read = issueFrom(fromMarkdown(toMarkdown(issue)), {
      newsletter: (key) => (key === 'news' ? newsletter : undefined),
    })
    expect(read).toEqual({ document: issue, messages: [], unknown: {} })
    const wrong = issueFrom(fromMarkdown('---\nnewsletter: none\nitems: [{ article: a }, { what: b }]\n---\n'), {
      newsletter: () => undefined,
    })
    expect(wrong.messages.map(({ rule }) => rule)).toEqual(['unknown-reference', 'wrong-value'])
  })

  test('bound to records has uids for slugs; what there is no record of says so and keeps its place', () => {
    const parsed = fromMarkdown(
      '---\ntitle: T\ntopics: [opioids, none]\n---\n[a](article:other) :term[b]{of=nothing}\n\n::figure{media=door}\n\n:::resources\n- [c](resource:line)\n:::\n',
    )
    const known: Record<string, string> = {
      'topics/opioids': uid,
      'articles/other': uid,
      'media/door': uid,
      'resources/line': uid,
    }
    const { document, messages } = bindReferences(
      articleFrom(parsed).document,
      (kind, slug) => known[`${kind}/${slug}`],
    )
    expect(messages.map(({ rule, place }) => [rule, place.pointer])).toEqual([
      ['unknown-reference', '/topics/1'],
      ['unknown-reference', '/body/children/0/children/2'],
    ])
    expect(document.topics).toEqual([uid, derivedUid('topics/none')])
    expect(document.body.children).toMatchObject([
      { children: [{ url: `article:${uid}` }, {}, { term: derivedUid('glossary/nothing') }] },
      { media: uid },
      { resources: [uid] },
    ])
    expect(Article.safeParse(document).success).toBe(true)
  })
})

/** All text of a tree, titles and items included, each block on its own. */
function wordsOf(tree: blocks.Root): string[] {
  const texts: string[] = []
  const visit = (node: Record<string, unknown>) => {
    for (const key of ['title', 'caption', 'text', 'whoFor', 'time'])
      if (typeof node[key] === 'string') texts.push(node[key])
    const children = (node.children ?? []) as Record<string, unknown>[]
    if (['paragraph', 'heading', 'tableCell'].includes(node.type as string))
      texts.push(textOf(children as blocks.Phrasing[]))
    else for (const child of children) visit(child)
    for (const key of ['items', 'dos', 'donts', 'questions'])
      for (const item of (node[key] ?? []) as object[]) visit(item as Record<string, unknown>)
  }
  visit(tree as unknown as Record<string, unknown>)
  return texts
}
