import { blocks } from 'content-schemas'
import fc from 'fast-check'
import { fromLexical, maxLexicalDepth, toLexical } from 'pipeline/body/lexical.ts'
import { describe, expect, test } from 'vitest'
import { normalTree } from './body-trees.ts'

const uid = '7d444840-9dc0-41d1-b245-5ffdce74fad2'
const state = (...children: object[]) => ({ root: { type: 'root', version: 1, children } })
const text = (value: string, format = 0) => ({
  type: 'text',
  version: 1,
  text: value,
  format,
  detail: 0,
  mode: 'normal',
  style: '',
})
const paragraph = (...children: object[]) => ({ type: 'paragraph', version: 1, format: '', indent: 0, children })
const link = (fields: object, ...children: object[]) => ({ type: 'link', version: 3, id: '1', fields, children })
const item = (...children: object[]) => ({ type: 'listitem', version: 1, value: 1, children })
const list = (listType: string, ...children: object[]) => ({
  type: 'list',
  version: 1,
  listType,
  start: 1,
  tag: 'ul',
  children,
})
const block = (fields: object) => ({ type: 'block', version: 2, format: '', fields })
const cell = (value: string, more: object = {}) => ({
  type: 'tablecell',
  headerState: 0,
  colSpan: 1,
  rowSpan: 1,
  children: [paragraph(text(value))],
  ...more,
})
const row = (...children: object[]) => ({ type: 'tablerow', children })

const read = (...children: object[]) => fromLexical(state(...children))
const rules = (...children: object[]) => read(...children).messages.map(({ rule }) => rule)
const p = (...children: object[]) => ({ type: 'paragraph', children })
const t = (value: string) => ({ type: 'text', value })

describe('an editor state', () => {
  test('with marks becomes nested marks', () => {
    const { tree, messages } = read(paragraph(text('a '), text('b ', 1), text('c', 3), text(' d', 2)))
    const children = [
      { type: 'strong', children: [t('b '), { type: 'emphasis', children: [t('c')] }] },
      t(' '),
      { type: 'emphasis', children: [t('d')] },
    ]
    expect({ tree: tree.children, messages }).toEqual({ tree: [p(t('a '), ...children)], messages: [] })
  })

  test('with links keeps their addresses, and the article an internal one leads to', () => {
    const populated = { relationTo: 'articles', value: { id: `${uid}.en`, title: 'Any' } }
    const { tree, messages } = read(
      paragraph(
        link({ linkType: 'custom', url: 'tel:+18006624357' }, text('call')),
        text(' or '),
        link({ linkType: 'internal', doc: populated }, text('read', 1)),
        link({ linkType: 'internal', doc: { relationTo: 'articles', value: `${uid}.ar` } }, text('more')),
      ),
    )
    expect(messages).toEqual([])
    expect(tree.children).toEqual([
      p(
        { type: 'link', url: 'tel:+18006624357', children: [t('call')] },
        t(' or '),
        { type: 'strong', children: [{ type: 'link', url: `article:${uid}`, children: [t('read')] }] },
        { type: 'link', url: `article:${uid}`, children: [t('more')] },
      ),
    ])
  })

  test('with nested lists gives them to the item before them', () => {
    const { tree } = read(list('bullet', item(text('a')), item(list('number', item(text('b')))), item(text('c'))))
    const inner = { type: 'list', ordered: true, children: [{ type: 'listItem', children: [p(t('b'))] }] }
    const children = [
      { type: 'listItem', children: [p(t('a')), inner] },
      { type: 'listItem', children: [p(t('c'))] },
    ]
    expect(tree.children).toEqual([{ type: 'list', ordered: false, children }])
  })

  test('with populated records keeps their ids only', () => {
    const { tree } = read(
      block({ id: 'f', blockType: 'figure', media: { id: uid, alt: 'A door' }, caption: 'The door' }),
      block({ id: 'r', blockType: 'resources', resources: [{ id: uid, name: 'A helpline' }, uid] }),
    )
    expect(tree.children).toEqual([
      { type: 'figure', id: 'f', media: uid, caption: 'The door' },
      { type: 'resources', id: 'r', resources: [uid, uid] },
    ])
  })

  test('with merged cells keeps every text in its column', () => {
    const header = row(cell('a', { headerState: 1, colSpan: 2 }), cell('b', { headerState: 1 }))
    const { tree, messages } = read({
      type: 'table',
      children: [header, row(cell('c', { rowSpan: 2 }), cell('d'), cell('e')), row(cell('f'), cell('g'))],
    })
    const [table] = tree.children as [blocks.Table]
    const words = table.children.map((each) =>
      each.children.map(({ children }) => (children[0] as blocks.Text)?.value ?? ''),
    )
    expect(words).toEqual([
      ['a', '', 'b'],
      ['c', 'd', 'e'],
      ['', 'f', 'g'],
    ])
    expect(messages.map(({ rule }) => rule)).toEqual(['merged-cells'])
  })

  test.each([null, undefined, {}, { root: { children: [] } }, toLexical({ type: 'root', children: [] }, 'en')])(
    'that is empty is an empty tree: %j',
    (empty) => expect(fromLexical(empty).tree.children).toEqual([]),
  )

  test('that is empty still has a place for the cursor', () => {
    expect(toLexical({ type: 'root', children: [] }, 'ar').root.children).toMatchObject([
      { type: 'paragraph', direction: 'rtl' },
    ])
  })

  test('saved anew gives the same tree, whatever ids the editor gave to links and inline blocks', () => {
    const noise = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(noise)
      if (typeof value !== 'object' || value === null) return value
      const noisy = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, noise(each)]))
      if (noisy.type === 'link') noisy.id = 'other'
      if (noisy.type === 'inlineBlock') (noisy.fields as { id: string }).id = 'other'
      if ('direction' in noisy) noisy.direction = null
      return { ...noisy, version: 9, $: undefined }
    }
    fc.assert(
      fc.property(
        normalTree,
        (tree) => void expect(fromLexical(noise(toLexical(tree, 'en')))).toEqual({ tree, messages: [] }),
      ),
      { numRuns: 200 },
    )
  })
})

describe('what has no home in the tree', () => {
  const kept = [
    ['a format', paragraph(text('kept', 1 << 3)), 'unsupported-format'],
    ['a style', paragraph({ ...text('kept'), style: 'color: red' }), 'unsupported-format'],
    ['an alignment', { ...paragraph(text('kept')), format: 'center' }, 'unsupported-format'],
    ['an indent', { ...paragraph(text('kept')), indent: 1 }, 'unsupported-format'],
    ['a heading of level 1', { type: 'heading', tag: 'h1', children: [text('kept')] }, 'heading-level'],
    ['a list with ticks', list('check', { ...item(text('kept')), checked: true }), 'unsupported-format'],
    ['an unknown node', { type: 'collapsible', children: [paragraph(text('kept'))] }, 'unknown-node'],
    ['an unknown node in a line', paragraph({ type: 'hashtag', text: 'kept' }), 'unknown-node'],
    ['an unknown block', block({ id: 'x', blockType: 'banner', title: 'kept' }), 'unknown-block'],
    [
      'an unknown inline block',
      paragraph({ type: 'inlineBlock', fields: { blockType: 'x', text: 'kept' } }),
      'unknown-block',
    ],
    [
      'an address with a script',
      paragraph(link({ linkType: 'custom', url: 'javascript:alert(1)' }, text('kept'))),
      'link-address',
    ],
    [
      'a link to what is no article',
      paragraph(link({ linkType: 'internal', doc: { relationTo: 'users', value: uid } }, text('kept'))),
      'link-address',
    ],
    [
      'a term without an entry',
      paragraph({ type: 'inlineBlock', fields: { blockType: 'term', text: 'kept' } }),
      'incomplete-block',
    ],
    [
      'a block in a block that holds text',
      block({
        id: 'c',
        blockType: 'callout',
        variant: 'note',
        content: state(block({ id: 'd', blockType: 'checklist', title: 'kept', items: [] })),
      }),
      'misplaced-block',
    ],
  ] as const

  test.each(kept)('%s is a message, and its text stays', (_, node, rule) => {
    const { tree, messages } = read(paragraph(text('before')), node)
    expect(messages.map((message) => message.rule)).toEqual([rule])
    expect(messages[0]!.place.pointer).toMatch(/^\/body\/children\/[12]/)
    expect(JSON.stringify(tree)).toContain('"kept"')
  })

  test('is a message even where it has no text', () => {
    expect(rules({ type: 'upload', relationTo: 'media', value: uid })).toEqual(['unknown-node'])
    expect(rules(paragraph({ type: 'inlineBlock', fields: { blockType: 'citation' } }))).toEqual(['incomplete-block'])
    expect(fromLexical('text').messages).toMatchObject([{ rule: 'unreadable-body', severity: 'block' }])
  })

  test('nesting without end keeps its text', () => {
    let node: object = paragraph(text('deepest'))
    for (let depth = 0; depth < 5000; depth++)
      node = depth % 2 ? list('bullet', item(node)) : { type: 'quote', children: [node] }
    const { tree, messages } = read(node)
    expect(messages.map(({ rule }) => rule)).toContain('too-deep')
    expect(JSON.stringify(tree)).toContain('deepest')
    let nested: object = text('deepest')
    for (let depth = 0; depth < 5000; depth++) nested = link({ linkType: 'custom', url: 'https://a.b' }, nested)
    expect(JSON.stringify(read(paragraph(nested)))).toContain('deepest')
    expect(maxLexicalDepth).toBeLessThan(100)
  })

  test('never throws, and follows the contract but for what is reported', () => {
    const keys = [
      'type',
      'children',
      'fields',
      'text',
      'format',
      'tag',
      'root',
      'content',
      'blockType',
      'steps',
      'items',
      'listType',
      'url',
      'linkType',
    ]
    const types = [
      'paragraph',
      'text',
      'list',
      'listitem',
      'quote',
      'heading',
      'table',
      'tablerow',
      'tablecell',
      'link',
      'block',
      'inlineBlock',
      'callout',
      'steps',
      'constructor',
      '__proto__',
    ]
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        fc.constantFrom<unknown>(...types, 'h2', 1, -1, null, true, '', 'https://a.b'),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom(...keys), tie('value'), { maxKeys: 6 }),
      ),
    }))
    fc.assert(
      fc.property(fc.array(value), (children) => {
        const { tree, messages } = fromLexical({ root: { children } })
        const { error } = blocks.Root.safeParse(tree)
        if (error) expect(messages.map(({ rule }) => rule)).toContain('incomplete-block')
      }),
      { numRuns: 2000 },
    )
  })
})
