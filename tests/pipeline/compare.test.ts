import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Article, type blocks, type Locale } from 'content-schemas'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { beyondWording, type Comparison, compare, type Touch } from 'pipeline/compare/index.ts'
import { describe, expect, test } from 'vitest'
import { article, heading, known, link, paragraph, records, root, uid } from './documents.ts'

const version = (body: blocks.Flow[], changes: Partial<Article> = {}) => ({
  document: article({ body: root(...body), ...changes }),
  records: records(),
})
const between = (before: blocks.Flow[], after: blocks.Flow[], changes: Partial<Article> = {}): Comparison =>
  compare(version(before, changes), version(after, changes))
const touched = ({ changes }: Comparison): Touch[] => [...new Set(changes.flatMap(({ touches }) => touches))]
/** The first change as people read it: what was taken out in [-…-], what came in in {+…+}. */
const marked = ({ changes }: Comparison): string =>
  (changes[0]?.runs ?? [])
    .map(({ is, text }) => (is === 'same' ? text : is === 'added' ? `{+${text}+}` : `[-${text}-]`))
    .join('')

const step = (id: string, title: string, ...children: blocks.Flow[]): blocks.Step => ({
  ...{ type: 'step', id, title, children },
})
const steps = (...children: blocks.Step[]): blocks.Steps => ({ type: 'steps', id: 'steps', children })
const callout = (variant: blocks.Callout['variant'], words: string): blocks.Callout => ({
  ...{ type: 'callout', id: 'aside', variant, children: [paragraph(words)] },
})

describe('words', () => {
  /** Language, before, after, what it touches. `rest` alone may go the minor lane. */
  const cases: [Locale, string, string, Touch[]][] = [
    ['en', 'Drink some watr slowly each day.', 'Drink some water slowly each day.', ['rest']],
    ['en', 'It helps people to sleep', 'It helps people to sleep.', ['rest']],
    ['en', 'A warm bath helps, people say.', 'A warm bath helps people, they say.', ['words']],
    ['en', 'Rest in a quiet room.', 'Rest in a quite room.', ['words']],
    ['en', 'Take 2 of them.', 'Take 3 of them.', ['numbers']],
    ['en', 'Take 2 tablets.', 'Take 3 tablets.', ['numbers', 'doses']],
    ['en', 'Take two tablets.', 'Take three tablets.', ['numbers', 'doses']],
    ['en', 'Take two tablets.', 'Take tablets.', ['numbers', 'doses']],
    ['en', 'Take 2 mg of it.', 'Take 2 mcg of it.', ['numbers', 'doses']],
    ['en', 'Take 1.5 of it.', 'Take 15 of it.', ['numbers']],
    ['en', 'Take 2 tablets.', 'Take about 2 tablets.', ['numbers', 'doses']],
    ['en', 'Take ½ of it.', 'Take ¼ of it.', ['numbers']],
    ['en', 'Take it daily with food.', 'Take it weekly with food.', ['doses']],
    ['en', 'Half of them felt it.', 'Most of them felt it.', ['numbers', 'turns']],
    ['en', 'Call 988 at night.', 'Call 989 at night.', ['numbers', 'doses', 'phones']],
    ['en', 'The line is 555 0100 here.', 'The line is 555 0101 here.', ['numbers', 'phones']],
    ['en', 'Do not drive.', 'Do drive.', ['negations']],
    ['en', "You can't drive.", 'You can drive.', ['negations', 'turns']],
    ['en', 'Sleep without help.', 'Sleep with help.', ['negations', 'turns']],
    ['en', 'A harmless feeling.', 'A harmful feeling.', ['negations', 'turns']],
    ['en', 'That was likely so.', 'That was unlikely so.', ['negations']],
    ['en', 'No alcohol here.', 'No wine here.', ['negations', 'medicines']],
    ['en', 'Eat before bed.', 'Eat after bed.', ['turns']],
    ['en', 'You may sleep.', 'You must sleep.', ['turns']],
    ['en', 'Ask about naloxone first.', 'Ask about naltrexone first.', ['medicines']],
    ['en', 'Ask about Zubsolv today.', 'Ask about Lucemyra today.', ['medicines']],
    ['en', 'Ask for lorazepam there.', 'Ask for it there.', ['medicines']],
    ['en', 'Some melatonin helps.', 'Some light helps.', ['medicines']],
    ['es', 'Tome dos pastillas.', 'Tome tres pastillas.', ['numbers', 'doses']],
    ['es', 'No conduzca.', 'Conduzca.', ['negations']],
    ['es', 'Duerma sin ayuda.', 'Duerma con ayuda.', ['negations', 'turns']],
    ['es', 'Pregunte por la metadona hoy.', 'Pregunte por la cama hoy.', ['medicines']],
    ['es', 'Llame al 988 esta noche.', 'Llame al 911 esta noche.', ['numbers', 'doses', 'phones']],
    ['es', 'Un baño calinete ayuda.', 'Un baño caliente ayuda.', ['rest']],
    ['ar', 'خذ قرصين كل يوم.', 'خذ قرصًا كل يوم.', ['doses']],
    ['ar', 'خذ حبتين منه.', 'خذ ثلاث حبات منه.', ['numbers', 'doses']],
    ['ar', 'خذ ٢ منه.', 'خذ ٣ منه.', ['numbers']],
    ['ar', 'لا تركض هناك.', 'تركض هناك.', ['negations']],
    ['ar', 'نم بدون مساعدة.', 'نم بمساعدة.', ['negations']],
    ['ar', 'اسأل عن النالوكسون هناك.', 'اسأل عن السرير هناك.', ['medicines']],
    ['ar', 'الماء يسعد في النوم.', 'الماء يساعد في النوم.', ['words']],
  ]
  test.each(cases)('%s: “%s” → “%s”', (locale, before, after, expected) => {
    const found = between([paragraph(before)], [paragraph(after)], { locale })
    expect(touched(found)).toEqual(expected)
    expect(beyondWording(found)).toHaveLength(expected[0] === 'rest' ? 0 : 1)
  })

  test('are marked one by one', () => {
    const found = between([paragraph('Take 2 tablets at night.')], [paragraph('Take 3 tablets each night.')])
    expect(marked(found)).toBe('Take[- 2-]{+ 3+} tablets[- at-]{+ each+} night.')
    expect(found.changes).toHaveLength(1)
  })

  test('that change places are no mere wording', () => {
    const found = between([paragraph('Sit down there, then rest.')], [paragraph('Rest there, then sit down.')])
    expect(touched(found)).toContain('structure')
  })

  test('of a passage written anew are not sought for long', () => {
    const words = (seed: string) => Array.from({ length: 1500 }, (_, index) => seed.repeat((index % 40) + 1)).join(' ')
    const found = between([callout('note', words('a'))], [callout('note', words('b'))])
    expect(found.changes.map(({ change }) => change)).toEqual(['removed', 'added'])
  })
})

describe('passages', () => {
  const [one, two, three] = [paragraph('The first passage.'), paragraph('Another one.'), paragraph('Some last words.')]

  test('added, taken out, moved and changed are told apart, and are no mere wording', () => {
    const kinds = (found: Comparison) => found.changes.map(({ change, touches }) => [change, touches.at(-1)])
    expect(kinds(between([one], [one, two]))).toEqual([['added', 'structure']])
    expect(kinds(between([one, two], [two]))).toEqual([['removed', 'structure']])
    expect(kinds(between([one, two, three], [three, one, two]))).toEqual([['moved', 'structure']])
    expect(kinds(between([one, two], [heading(2, 'The first passage.'), two]))).toEqual(
      [['moved', 'structure']].map(() => ['changed', 'structure']),
    )
    expect(between([one, two], [one, two]).changes).toEqual([])
  })

  test('taken out stand where they stood', () => {
    const { text } = between([one, two, three], [one, three])
    const texts = text.map(({ runs }) => runs.map((run) => run.text).join(''))
    expect(texts.indexOf('Another one.')).toBe(texts.indexOf('The first passage.') + 1)
  })

  test('of a block moved as a whole are one change', () => {
    const [first, second] = [step('a', 'Get ready', one, two), step('b', 'Call', three)]
    const { changes } = between([steps(first, second)], [steps(second, first)])
    expect(changes.map(({ change, label }) => [change, label])).toEqual([['moved', 'Step: Call']])
  })

  test('that move into another block are not lost', () => {
    const { changes } = between([one, steps(step('a', 'Get ready', two))], [steps(step('a', 'Get ready', two, one))])
    expect(changes).toMatchObject([{ change: 'moved', touches: ['steps', 'structure'] }])
  })

  test('are told by their block, whatever is written in it', () => {
    const item = (id: string, text: string) => ({ id, text })
    const list = (...items: blocks.Item[]): blocks.Checklist => ({ type: 'checklist', id: 'bring', items })
    const found = between(
      [list(item('a', 'A pen'), item('b', 'Paper'))],
      [list(item('a', 'A pencil'), item('b', 'Paper'))],
    )
    expect(found.changes).toMatchObject([{ change: 'changed', pointer: '/body/children/0/items/0/text' }])
  })
})

describe('what stands around a change', () => {
  const typo = (wrap: (words: string) => blocks.Flow) =>
    touched(between([wrap('Some watr helps.')], [wrap('Some water helps.')]))

  test('is part of what it touches', () => {
    expect(typo((words) => paragraph(words))).toEqual(['rest'])
    expect(typo((words) => callout('note', words))).toEqual(['rest'])
    expect(typo((words) => callout('emergency', words))).toEqual(['urgent-help'])
    expect(typo((words) => steps(step('a', 'Drink', paragraph(words))))).toEqual(['steps'])
    expect(typo((words) => steps(step('a', words)))).toEqual(['steps'])
    expect(typo((words) => ({ type: 'do-dont', id: 'd', dos: [{ id: 'a', text: words }], donts: [] }))).toEqual([
      'do-dont',
    ])
    expect(
      typo((words) => ({ type: 'urgent-help', id: 'u', title: 'Now', resources: [], children: [paragraph(words)] })),
    ).toEqual(['urgent-help'])
    const item = (words: string): blocks.ListItem => ({ type: 'listItem', children: [paragraph(words)] })
    expect(typo((words) => ({ type: 'list', ordered: true, children: [item(words)] }))).toEqual(['steps'])
    expect(typo((words) => ({ type: 'list', ordered: false, children: [item(words)] }))).toEqual(['rest'])
  })

  test('changes with its form', () => {
    expect(touched(between([callout('note', 'Rest.')], [callout('warning', 'Rest.')]))).toEqual(['structure'])
  })

  test('are the cells of a table', () => {
    const row = (...cells: string[]): blocks.TableRow => ({
      type: 'tableRow',
      children: cells.map((words) => ({ type: 'tableCell', children: paragraph(words).children })),
    })
    const table = (...rows: blocks.TableRow[]): blocks.Table => ({ type: 'table', children: rows })
    const head = row('What', 'Where')
    const moved = between([table(head, row('a warm room', 'here'))], [table(head, row('a warm', 'room here'))])
    expect(touched(moved)).toEqual(['structure', 'words'])
  })
})

describe('links, sources and records', () => {
  const to = (url: string, words: string) => paragraph('Read ', link(url, words), ' there.')

  test('are no wording', () => {
    expect(touched(between([to('https://a.example/', 'this')], [to('https://b.example/', 'this')]))).toEqual(['links'])
    expect(touched(between([to('https://a.example/', 'ths')], [to('https://a.example/', 'this')]))).toEqual(['links'])
    expect(touched(between([to('tel:988', 'us')], [to('tel:989', 'us')]))).toEqual(['phones', 'links'])
    const cited = (source: string): blocks.Flow => ({
      type: 'paragraph',
      children: [...paragraph('It helps').children, { type: 'citation', source }],
    })
    expect(touched(between([cited('s1')], [cited('s2')]))).toEqual(['records'])
    const list = (...resources: string[]): blocks.Resources => ({ type: 'resources', id: 'r', resources })
    const found = between([list(known.helpline)], [list(known.helpline, known.closed)])
    expect(touched(found)).toEqual(['records'])
    expect(marked(found)).toBe('Night Line{+, Old Line+}')
  })

  test('are the same whatever they are called', () => {
    const list: blocks.Flow = { type: 'resources', id: 'r', resources: [known.helpline] }
    const renamed = records()
    renamed.resources[known.helpline]!.name = 'Day Line'
    expect(compare(version([list]), { ...version([list]), records: renamed }).changes).toEqual([])
  })

  test('show where changed words lead', () => {
    const found = between([to('https://a.example/', 'this')], [to('https://b.example/', 'this')])
    expect(found.changes[0]!.runs.flatMap(({ link }) => link ?? [])).toEqual([
      'https://a.example/',
      'https://b.example/',
    ])
  })
})

describe('a comparison', () => {
  test('has the gravest changes first, and says how long they take', () => {
    const text = (...words: string[]) => words.map((one) => paragraph(one))
    const before = text(
      'Some watr helps.',
      'Rest until noon.',
      'Do not run.',
      'Take 2 of them.',
      'The rest of it is the same.',
    )
    const after = text(
      'Some water helps.',
      'Rest before noon.',
      'Do run.',
      'Take 3 of them.',
      'The rest of it is the same.',
    )
    const { changes, minutes } = between(before, after)
    expect(changes.map(({ touches }) => touches[0])).toEqual(['numbers', 'negations', 'turns', 'rest'])
    expect(minutes).toBe(2)
  })

  test('with nothing is all of the text, unmarked', () => {
    const { changes, text, minutes } = compare(undefined, version([paragraph('Sleep well.')]))
    expect(changes).toEqual([])
    expect(minutes).toBe(1)
    expect(text.map(({ label }) => label)).toContain('Main message')
    expect(text.every(({ runs }) => runs.every(({ is }) => is === 'same'))).toBe(true)
  })

  test('sees a change of every field but the review and the address', () => {
    const changed: Partial<Article> = {
      ...{ title: 'Other', summary: 'Other.', mainMessage: 'Other.', audiences: [], topics: [], hero: known.picture },
      ...{ body: root(paragraph('Other.')), authors: [known.reviewer], sources: [], related: [uid(77)] },
      ...{ callToAction: known.callToAction, licence: 'Other', funding: 'Other', conflicts: 'Other', need: 'Other' },
      ...{ testedWith: 'Other', findings: 'Other', inequalities: 'Other', reach: 'Other', impact: 'Other' },
      translatedFrom: 'es',
    }
    const apart = ['kind', 'uid', 'locale', 'slug', 'review']
    expect(Object.keys(changed).sort()).toEqual(
      Object.keys(Article.shape)
        .filter((key) => !apart.includes(key))
        .sort(),
    )
    for (const [field, value] of Object.entries(changed)) {
      const { changes } = compare(
        version([paragraph('As it was.')]),
        version([paragraph('As it was.')], { [field]: value }),
      )
      expect(
        changes.map(({ label }) => label),
        field,
      ).not.toContain('Something else')
      expect(changes.length, field).toBeGreaterThan(0)
    }
    const [one, other] = [
      version([]),
      version([], { slug: 'moved', review: { reviewer: null, lastReviewed: null, nextReview: null } }),
    ]
    expect(compare(one, other).changes).toEqual([])
  })

  test('that finds nothing where the content differs says so, and is no wording', () => {
    const twice: blocks.Flow = { type: 'checklist', id: 'c', items: [] }
    const bare = between([{ type: 'blockquote', children: [] }, twice], [twice])
    expect(bare.changes).toMatchObject([{ touches: ['structure'] }])
  })

  test('of a long text with one number changed finds just that', async () => {
    const path = join(import.meta.dirname, '../../cms/sample/articles/ar/opioid-withdrawal-safely.md')
    const { document } = articleFrom(fromMarkdown(await readFile(path, 'utf8')), { path })
    const whole: Article = { ...document, review: article().review }
    const text = JSON.stringify(whole.body)
    const number = /"text","value":"[^"]*?(\d+)[^"]*"/.exec(text)![1]!
    const other = { ...whole, body: JSON.parse(text.replace(number, '77')) as blocks.Root }
    const { changes } = compare({ document: whole }, { document: other })
    expect(changes).toHaveLength(1)
    expect(changes[0]!.touches).toContain('numbers')
  })
})
