import type { blocks } from 'content-schemas'
import fc from 'fast-check'
import { normalise } from 'pipeline/body/normal-form.ts'
import { withoutInvisible } from 'pipeline/invisible.ts'

/*
 * Random bodies with every node and block, as wild as an editor could make them, and their normal forms.
 */

/** What trips a Markdown writer, beside plain words. */
const tokens = [
  ...['a', 'word', 'Naloxone', 'é', 'مرحبا', '中文', '🚑', 'e\u0301', 'don’t', '10', '1', 'x_y', 'a*b'],
  ...[' ', '  ', '\u00a0', ' ', '\u2028', '\u200f', '\u00ad'],
  ...[
    '*',
    '**',
    '_',
    '__',
    '`',
    '```',
    '~',
    '~~',
    '#',
    '##',
    '+',
    '-',
    '---',
    '=',
    '===',
    '>',
    '|',
    '||',
    '\\',
    '\\\\',
  ],
  ...[
    '[',
    ']',
    '[x]',
    '[ ]',
    '](',
    '(',
    ')',
    '!',
    '![',
    '[^1]',
    '[a]: b',
    '<',
    '<b>',
    '</b>',
    '<br>',
    '<!--',
    '-->',
    '&',
    '&amp;',
    '&#42;',
  ],
  ...[
    ':',
    '::',
    ':::',
    ':::callout',
    '::figure',
    ':term[',
    ':term{',
    ':cite{source=s1}',
    ':a[b]{c}',
    '{#id}',
    '{',
    '}',
    '"',
    "'",
  ],
  ...[
    '10:30',
    '(5.3:1)',
    'a :word',
    '1.',
    '1)',
    '1. ',
    '- ',
    '+ ',
    '* ',
    '# ',
    '| - |',
    ':-',
    'http://a.b',
    'www.a.b',
    'a@b.co',
    '.',
    ',',
    '/',
  ],
]
const string = fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 7 }).map((parts) => parts.join(''))
const line = fc.oneof(
  { weight: 3, arbitrary: string },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }) },
)
const title = line.map((value) => withoutInvisible(value).trim() || 'Title')
const id = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/)
const uid = fc.uuid({ version: 4 })
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

const webAddress = fc
  .tuple(
    fc.constantFrom('https://example.org/', 'http://a.b/'),
    fc.array(
      fc.constantFrom(
        'a',
        '/',
        '?q=',
        '&',
        '&amp;',
        '(',
        ')',
        '*',
        '_',
        '[',
        ']',
        '|',
        '"',
        '%20',
        '#',
        'é',
        '\\',
        '<',
        '>',
        ':',
        '~',
        "'",
      ),
      { maxLength: 6 },
    ),
  )
  .map(([base, rest]) => base + rest.join(''))
const url = fc.oneof(
  webAddress,
  fc.constantFrom('mailto:a_b@example.org', 'tel:+1-800-662-4357', 'sms:741741'),
  uid.map((value) => `article:${value}`),
)

type Tied = { words: blocks.Phrasing[] }
const { words } = fc.letrec<Tied>((tie) => ({
  words: fc.array(
    fc.oneof(
      { weight: 8, arbitrary: line.map((value): blocks.Phrasing => ({ type: 'text', value })) },
      { weight: 3, arbitrary: tie('words').map((children): blocks.Phrasing => ({ type: 'strong', children })) },
      { weight: 3, arbitrary: tie('words').map((children): blocks.Phrasing => ({ type: 'emphasis', children })) },
      { weight: 2, arbitrary: fc.record({ type: fc.constant('link' as const), url, children: tie('words') }) },
      { weight: 1, arbitrary: fc.constant<blocks.Phrasing>({ type: 'break' }) },
      {
        weight: 1,
        arbitrary: fc
          .tuple(uid, tie('words'))
          .map(([term, children]): blocks.Phrasing => ({ type: 'term', term, children })),
      },
      { weight: 1, arbitrary: id.map((source): blocks.Phrasing => ({ type: 'citation', source })) },
    ),
    { minLength: 1, maxLength: 4, depthIdentifier: 'words' },
  ),
}))

const item = fc.record({ id, text: line })
const items = fc.array(item, { maxLength: 4 })
const paragraph = words.map((children): blocks.Flow => ({ type: 'paragraph', children }))
const cell = fc
  .oneof(words, fc.constant<blocks.Phrasing[]>([]))
  .map((children) => ({ type: 'tableCell' as const, children }))
const table = fc
  .array(
    fc.array(cell, { maxLength: 4 }).map((children) => ({ type: 'tableRow' as const, children })),
    { minLength: 1, maxLength: 4 },
  )
  .map((children): blocks.Flow => ({ type: 'table', children }))

const { flow } = fc.letrec<{ flow: blocks.Flow[]; list: blocks.Flow }>((tie) => {
  const children = tie('flow')
  const block = fc.oneof(
    fc.record({
      type: fc.constant('callout' as const),
      id,
      variant: fc.constantFrom('note' as const, 'tip' as const, 'warning' as const, 'emergency' as const),
      title: maybe(title),
      children,
    }),
    fc.record({
      type: fc.constant('steps' as const),
      id,
      title: maybe(title),
      children: fc.array(fc.record({ type: fc.constant('step' as const), id, title, time: maybe(title), children }), {
        maxLength: 3,
      }),
    }),
    fc.record({
      type: fc.constant('care-options' as const),
      id,
      title: maybe(title),
      children: fc.array(
        fc.record({ type: fc.constant('care-option' as const), id, title, whoFor: title, questions: items, children }),
        { maxLength: 3 },
      ),
    }),
    fc.record({ type: fc.constant('checklist' as const), id, title: maybe(title), items }),
    fc.record({ type: fc.constant('do-dont' as const), id, title: maybe(title), dos: items, donts: items }),
    fc.record({
      type: fc.constant('faq' as const),
      id,
      title: maybe(title),
      children: fc.array(fc.record({ type: fc.constant('question' as const), id, title, children }), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('figure' as const), id, media: uid, caption: maybe(title) }),
    fc.record({
      type: fc.constant('resources' as const),
      id,
      title: maybe(title),
      resources: fc.array(uid, { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('call-to-action' as const), id, record: uid }),
    fc.record({
      type: fc.constant('urgent-help' as const),
      id,
      title,
      resources: fc.array(uid, { maxLength: 3 }),
      children,
    }),
    fc.record({ type: fc.constant('snippet' as const), id, record: uid }),
  )
  return {
    list: fc.record({
      type: fc.constant('list' as const),
      ordered: fc.boolean(),
      start: maybe(fc.integer({ min: -1, max: 12_000 })),
      children: fc.array(
        children.map((inner) => ({ type: 'listItem' as const, children: inner })),
        { maxLength: 3 },
      ),
    }),
    flow: fc.array(
      fc.oneof(
        { weight: 6, arbitrary: paragraph },
        {
          weight: 2,
          arbitrary: fc.record({
            type: fc.constant('heading' as const),
            depth: fc.constantFrom(2 as const, 3 as const, 4 as const),
            children: words,
          }),
        },
        { weight: 3, arbitrary: tie('list') },
        { weight: 1, arbitrary: children.map((inner): blocks.Flow => ({ type: 'blockquote', children: inner })) },
        { weight: 1, arbitrary: fc.constant<blocks.Flow>({ type: 'thematicBreak' }) },
        { weight: 2, arbitrary: table },
        { weight: 4, arbitrary: block },
      ),
      { maxLength: 4, depthIdentifier: 'flow' },
    ),
  }
})

/** Any tree of the schema's nodes, in normal form or not. */
export const anyTree: fc.Arbitrary<blocks.Root> = flow.map((children) => ({ type: 'root', children }))
/** A tree in normal form. */
export const normalTree: fc.Arbitrary<blocks.Root> = anyTree.map((tree) => normalise(tree))
