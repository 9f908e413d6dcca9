import type { blocks } from 'content-schemas'
import { email } from 'pipeline/channels/email/index.ts'
import { paperOf } from 'pipeline/channels/print/paper.ts'
import { site as pages } from 'pipeline/channels/site/index.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { compile, prepare } from 'pipeline/compile.ts'
import { placeToStrike, recallOf, stillSaid, strikable, strike } from 'pipeline/transformers/strike.ts'
import { expect, test } from 'vitest'
import { article, heading, paragraph, published, root, site, text, today, uid } from './documents.ts'

const at = '2026-05-01T10:00:00.000Z'
const sentence = 'This passage was withdrawn on 1 May 2026; it may not be safe.'
const step = (id: string, ...children: blocks.Flow[]): blocks.Step => ({
  type: 'step',
  id,
  title: `Step ${id}`,
  children,
})
const source = article({
  summary: 'How to sleep. Take two.',
  body: root(
    heading(2, 'At night'),
    paragraph(
      'Lie still. ',
      { type: 'strong', children: [text('Take two')] },
      ' at once.',
      { type: 'citation', source: 's1' },
      ' Then rest.',
    ),
    {
      type: 'steps',
      id: 'way',
      children: [step('one', paragraph('Begin.')), step('two', paragraph('Take four.'), paragraph('Rest.'))],
    },
    {
      type: 'checklist',
      id: 'bag',
      items: [
        { id: 'a', text: 'Keys' },
        { id: 'b', text: 'Four pills' },
      ],
    },
    { type: 'callout', id: 'note', variant: 'note', children: [paragraph('Take two more.')] },
  ),
})
const struckBy = (meant: Parameters<typeof placeToStrike>[1]) =>
  strike(source, [{ id: uid(1), cause: 'unsafe', at, place: placeToStrike(source, meant) }])

test('words take their whole sentence with them, its mark of a source too, and nothing else', () => {
  const { body } = struckBy({ words: 'two at once' })
  expect(body.children[1]).toEqual(paragraph('Lie still. ', sentence, ' Then rest.'))
  expect({ ...body, children: body.children.toSpliced(1, 1) }).toEqual({
    ...{ ...source.body, children: source.body.children.toSpliced(1, 1) },
  })
})

test('a block gives way to a callout, a part of a block stays without what it said', () => {
  expect(struckBy({ block: 'note' }).body.children[4]).toEqual({
    ...{ type: 'callout', id: `struck-${uid(1)}`, variant: 'warning', children: [paragraph(sentence)] },
  })
  expect(struckBy({ block: 'two' }).body.children[2]).toMatchObject({
    children: [
      step('one', paragraph('Begin.')),
      { type: 'step', id: 'two', title: 'Withdrawn', children: [paragraph(sentence)] },
    ],
  })
  expect(struckBy({ block: 'b' }).body.children[3]).toMatchObject({
    items: [{ text: 'Keys' }, { id: 'b', text: sentence }],
  })
  expect(struckBy({ pointer: '/mainMessage' }).mainMessage).toBe(sentence)
  expect(struckBy({ words: 'Take two.', pointer: '/summary' }).summary).toBe(`How to sleep. ${sentence}`)
})

test.each([
  [{ words: 'Take' }, /stands there \d times/],
  [{ words: 'nowhere' }, /does not stand/],
  [{ block: 'none' }, /no passage none/],
  [{}, /Say which passage/],
  [{ words: 'Sleep well' }, /does not stand/],
])('%j is refused with what to do', (meant, says) => {
  expect(() => placeToStrike(source, meant)).toThrow(says)
})

test('every passage on offer can be struck, and is gone then; several at once too', () => {
  const all = strikable(source)
  expect(all.map(({ pointer }) => pointer)).toContain('/body/children/2/children/1/children/0')
  for (const { pointer } of all) {
    const place = { pointer }
    const words = recallOf(source, place)
    const left = strike(source, [{ id: uid(1), cause: 'wrong', at, place }])
    expect(JSON.stringify(left), pointer).toContain('This passage was withdrawn on 1 May 2026; it is wrong.')
    expect(stillSaid(source, words), pointer).toBeDefined()
    expect(stillSaid(left, words), pointer).toBeUndefined()
  }
  const places = [{ words: 'Lie still' }, { words: 'Then rest' }, { block: 'note' }].map((meant) =>
    placeToStrike(source, meant),
  )
  const left = strike(
    source,
    places.map((place, index) => ({ id: uid(index), cause: 'unsafe', at, place })),
  )
  expect(JSON.stringify(left).split(sentence)).toHaveLength(4)
  expect(JSON.stringify(left)).toContain('Take two')
})

test('a passage is known again in a draft that still has it', () => {
  const words = recallOf(source, placeToStrike(source, { block: 'two' }))
  expect(words).toEqual({ words: ['Take four.', 'Rest.'], block: 'two' })
  expect(stillSaid(source, words)).toBe('/body/children/2/children/1/children/0')
  expect(stillSaid(struckBy({ block: 'two' }), words)).toBeUndefined()
})

test.each(['en', 'es', 'ar'] as const)('every channel says so, in %s', async (locale) => {
  const written = { ...source, locale }
  const places = [placeToStrike(written, { block: 'note' })]
  const strikes = [
    { id: uid(1), kind: 'passage', cause: 'unsafe', at, from: 'ABCDEFGHJK', place: places[0]! } as const,
    { id: uid(2), kind: 'notice', cause: 'outdated', at, from: 'ABCDEFGHJK', place: { pointer: '' } } as const,
  ]
  const edition = published(strike(written, strikes.slice(0, 1)), { strikes })
  const environment = {
    ...{ site, today, row: () => undefined, translations: () => [], assurance: () => undefined },
    asset: async () => undefined,
    typeset: async () => new Uint8Array(),
  }
  const { files, row } = await compile(edition, environment, [web, pages, email], 1)
  const bodyOf = (end: string) =>
    String(files.find(({ path }) => path.endsWith(end))?.body).replaceAll(/[\u2066-\u2069]/g, '')
  const json = JSON.parse(bodyOf('articles/sleep-well.json'))
  const [passage, notice] = json.strikes
  expect(passage).toMatchObject({ ...strikes[0], block: `struck-${uid(1)}` })
  expect(notice).toMatchObject({ ...strikes[1], block: null })
  expect(json.notice).toContain(notice.text)
  expect(json.html).toContain(passage.text)
  expect(json.blocks.children[4]).toMatchObject({ id: passage.block })
  for (const end of [
    'articles/sleep-well.txt',
    'articles/sleep-well.md',
    'emails/sleep-well.html',
    'articles/sleep-well',
  ])
    expect(
      bodyOf(end)
        .replaceAll(/<[^>]*>|\s+/g, ' ')
        .replaceAll(/ +/g, ' '),
      end,
    ).toContain(passage.text.slice(0, 30))
  expect(bodyOf('emails/sleep-well.txt').replaceAll(/[\s|]+/g, ' ')).toContain(passage.text)
  expect(JSON.stringify(row.listing)).toContain(notice.text)
  const { tree, context } = prepare(edition, environment)
  const { paper } = paperOf(tree, context)
  expect(JSON.stringify(paper).replaceAll(/[\u2066-\u2069]/g, '')).toContain(passage.text.slice(0, 12))
  expect(JSON.stringify(paper.notice)).not.toBe('[]')
})

test.each<[string, string, boolean]>([
  ['The dose of the first day is 12 mg.', 'These dose of the first day is 12 mg.', true],
  ['The dose of the first day is 12 mg.', 'The dose, of the first DAY  is １２ mg!', true],
  ['The dose of the first day is 12 mg.', 'So: the dose of the first day is 12 mg, as before.', true],
  ['The dose of the first day is 12 mg.', 'The dose of the first day is 6 mg.', false],
  ['The dose of the first day is 12 mg.', 'The dose of the first day is not 12 mg.', false],
  ['Take 15 of it.', 'Take 1.5 of it.', false],
  ['Rest.', 'You can rest here.', false],
  ['Rest.', 'rest!', true],
  ['Let them sleep it off. Keep them warm.', 'Keep them warm.', false],
  ['Déjelos dormir en casa sin más.', 'Dejelos dormir, en casa; sin más', true],
])('“%s” is said again by “%s”: %s', (was, now, expected) => {
  const words = { words: [was], block: null }
  expect(stillSaid(article({ body: root(paragraph(now)) }), words) !== undefined).toBe(expected)
})
