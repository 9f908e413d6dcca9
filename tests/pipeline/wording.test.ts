import { readFileSync } from 'node:fs'
import { type blocks, type Document, type Locale, type Message, noRecords, type WordingRule } from 'content-schemas'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { check, defaultPolicy, type Policy } from 'pipeline/checks/index.ts'
import { passageAt, waiverFor, waiverOf } from 'pipeline/checks/waivers.ts'
import { starterRules } from 'pipeline/checks/wording/starter-rules.ts'
import { describe, expect, test } from 'vitest'
import { lacks, seedArticle } from '../needs.ts'
import { article, heading, issue, known, paragraph, records, root, site, today } from './documents.ts'

type Span = { locale?: Locale; text: string; trips: string[] }
const spans: Span[] = JSON.parse(readFileSync(new URL('../fixtures/wording/spans.json', import.meta.url), 'utf8'))

const messagesIn = (document: Document, rule: string, policy: Policy = defaultPolicy): Message[] =>
  check(document, { records: records(), site, policy, today }).filter((message) => message.rule === rule)
const saying = (text: string, locale: Locale = 'en') => article({ locale, body: root(paragraph(text)) })

describe('the starter list', () => {
  test.each(spans)('$text → $trips', ({ locale, text, trips }) => {
    const document = saying(text, locale)
    expect(messagesIn(document, 'wording').map(({ place }) => passageAt(document, place))).toEqual(trips)
  })

  test('names every term once, and offers something else for each', () => {
    for (const locale of ['en', 'es'] as const) {
      const rules = starterRules.filter((rule) => rule.locale === locale)
      const terms = rules.flatMap(({ term, inflections }) => [term, ...inflections])
      expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([])
      const offered = rules.flatMap(({ replacements }) => replacements)
      for (const words of offered) expect(messagesIn(saying(words, locale), 'wording'), words).toEqual([])
      expect(rules.filter(({ replacements }) => replacements.length === 0)).toEqual([])
    }
    expect(new Set(starterRules.map(({ slug }) => slug)).size).toBe(starterRules.length)
  })
})

describe('wording', () => {
  test('says where, why and what to write instead, with a capital where one stood', () => {
    const [message] = messagesIn(saying('An addict needs help.'), 'wording')
    expect(message).toMatchObject({
      ...{ rule: 'wording', severity: 'block', waivable: true },
      place: { pointer: '/body/children/0/children/0', start: 0, end: 9 },
      replacements: ['A person with a substance use disorder', 'A person with an addiction'],
    })
    expect(message!.reason).toMatch(/^Avoid “An addict”\. \S/)
  })

  test('looks at titles, summaries, items and issues, but not at quotations', () => {
    const everywhere = article({
      title: 'Help for addicts',
      summary: 'For addicts.',
      body: root(
        heading(2, 'What Addicts Need'),
        { type: 'checklist', id: 'c', items: [{ id: 'i', text: 'For addicts' }] },
        { type: 'blockquote', children: [paragraph('We are addicts.')] },
      ),
    })
    expect(messagesIn(everywhere, 'wording').map(({ place }) => place.pointer)).toEqual([
      '/title',
      '/summary',
      '/body/children/0/children/0',
      '/body/children/1/items/0/text',
    ])
    expect(messagesIn(issue({ preheader: 'News for addicts' }), 'wording')).toMatchObject([
      { place: { pointer: '/preheader', start: 9, end: 16 } },
    ])
  })

  test('in a shared passage leads there, and offers nothing to replace here', () => {
    const some = records()
    some.snippets[known.snippet]!.body = root(paragraph('Some addicts die.'))
    const document = article({ body: root({ type: 'snippet', id: 's', record: known.snippet }) })
    const found = check(document, { records: some, site, policy: defaultPolicy, today })
    expect(found.map(({ rule, place, replacements }) => [rule, place, replacements])).toEqual([
      ['wording', { pointer: '/body/children/0' }, undefined],
    ])
    expect(found[0]!.fix).toContain('shared passage')
  })

  test('leaves alone what is named like a resource of the article', () => {
    const some = records()
    some.resources[known.helpline]!.name = 'Junkie Line'
    const block: blocks.Resources = { type: 'resources', id: 'r', resources: [known.helpline] }
    const document = article({ body: root(heading(2, 'Call Junkie Line'), paragraph('No junkie.'), block) })
    const found = check(document, { records: some, site, policy: defaultPolicy, today })
    expect(found.map(({ place }) => place.pointer)).toEqual(['/body/children/1/children/0'])
  })

  test('goes by the rules and the policy of the house', () => {
    const own: WordingRule = {
      ...starterRules[0]!,
      term: 'sufferer',
      inflections: ['sufferers'],
      exemptions: [],
      severity: 'advise',
    }
    const policy = { ...defaultPolicy, wording: [own] }
    expect(messagesIn(saying('Sufferers and addicts'), 'wording', policy)).toMatchObject([{ severity: 'advise' }])
    expect(messagesIn(saying('All addicts'), 'wording', { ...defaultPolicy, wordingBlocks: false })).toMatchObject([
      { severity: 'advise', waivable: true },
    ])
  })
})

describe('overclaims and pressure', () => {
  test.each([
    ['overclaim', 'en', 'It is always best to stay.', 'always best'],
    ['overclaim', 'en', 'There is no chance of relapse.', 'no chance of'],
    ['overclaim', 'en', 'Success is guaranteed here.', 'guaranteed'],
    ['overclaim', 'en', 'It is risk-free.', 'risk-free'],
    ['overclaim', 'es', 'Siempre es lo mejor quedarse.', 'Siempre es lo mejor'],
    ['overclaim', 'es', 'Funciona para todos.', 'Funciona para todos'],
    ['pressure', 'en', 'Why wouldn’t you accept help?', 'Why wouldn’t you'],
    ['pressure', 'en', 'Act now!', 'Act now'],
    ['pressure', 'es', '¿Qué está esperando?', 'Qué está esperando'],
  ] as const)('%s, %s: %s', (rule, locale, text, passage) => {
    const document = saying(text, locale)
    const found = messagesIn(document, rule)
    expect(found.map(({ place, severity }) => [passageAt(document, place), severity])).toEqual([[passage, 'advise']])
  })

  test.each([
    ['en', 'Success is not guaranteed.'],
    ['en', 'This is not the only way.'],
    ['en', 'Staying is not always the best choice.'],
    ['en', 'There is a chance of relapse, and it is best to plan for it.'],
    ['en', 'Why would it hurt?'],
    ['en', 'You can act, now or later.'],
    ['es', 'No siempre es lo mejor.'],
    ['es', 'No está garantizado.'],
    ['es', 'El riesgo baja.'],
  ] as const)('nothing of the kind, %s: %s', (locale, text) => {
    const document = saying(text, locale)
    expect([...messagesIn(document, 'overclaim'), ...messagesIn(document, 'pressure')]).toEqual([])
  })
})

describe('waivers', () => {
  const document = saying('All addicts.')
  const [message] = messagesIn(document, 'wording')
  const waiver = waiverFor(message!, document, { reason: 'The name of a film.', by: 'P. Ublisher' })

  test('name rule, place and words', () => {
    expect(waiver).toEqual({
      ...{ rule: 'wording', pointer: '/body/children/0/children/0', passage: 'addicts' },
      ...{ reason: 'The name of a film.', by: 'P. Ublisher' },
    })
    expect(waiverOf(message!, document, [waiver])).toBe(waiver)
  })

  test('hold for these words only, in this place, by this rule, with a reason', () => {
    const changed = saying('All junkies.')
    const [other] = messagesIn(changed, 'wording')
    expect(waiverOf(other!, changed, [waiver])).toBeUndefined()
    for (const change of [{ pointer: '/title' }, { rule: 'reading-level' }, { reason: ' ' }])
      expect(waiverOf(message!, document, [{ ...waiver, ...change }])).toBeUndefined()
  })

  test('never let pass what nobody may waive', () => {
    const unsourced = article({ sources: [] })
    const [missing] = messagesIn(unsourced, 'sources-missing')
    const said = waiverFor(missing!, unsourced, { reason: 'In a hurry.', by: 'P. Ublisher' })
    expect(waiverOf(missing!, unsourced, [said])).toBeUndefined()
  })
})

describe.skipIf(lacks('seed'))('the article of a third party', () => {
  const { document } = articleFrom(fromMarkdown(readFileSync(seedArticle, 'utf8')), { path: 'seed.md' })
  const found = check(document, { records: noRecords(), site, policy: defaultPolicy, today })
  const of = (rule: string) => found.filter((message) => message.rule === rule)

  test('is refused for its words, each with its place and something to write instead', () => {
    const passages = of('wording').map(({ place }) => passageAt(document, place)!.toLowerCase())
    expect(passages.length).toBeGreaterThanOrEqual(15)
    expect(passages.length).toBeLessThanOrEqual(20)
    for (const term of [
      'an addict',
      'drug abuse',
      'get clean',
      'recovering addicts',
      'a fix',
      'medication-assisted treatment',
    ])
      expect(passages).toContain(term)
    expect(passages.join(' ')).not.toMatch(/cleanest|anonymous/)
    for (const message of of('wording')) {
      expect(message).toMatchObject({ severity: 'block', waivable: true })
      expect(message.replacements?.length).toBeGreaterThan(0)
    }
  })

  test('is refused for the sections that are much too hard, by name and grade', () => {
    const grades = Object.fromEntries(
      of('reading-level').map(({ reason }) => {
        const [, title, grade] = /^“(.+?)” reads at grade ([\d.]+);/.exec(reason)!
        return [title, Number(grade)]
      }),
    )
    const blocking = of('reading-level').filter(({ severity }) => severity === 'block')
    const names = blocking.map(({ reason }) => /“(.+?)”/.exec(reason)![1]!)
    expect(names.map((name) => /Inpatient|Ongoing|Co-Occurring/.exec(name)?.[0])).toEqual([
      'Inpatient',
      'Ongoing',
      'Co-Occurring',
    ])
    expect(Math.abs(Math.max(...Object.values(grades)) - 11.4)).toBeLessThanOrEqual(0.5)
    for (const { places } of blocking) expect(places).toHaveLength(3)
  })

  test('is advised about absolutes and pressure', () => {
    expect(of('overclaim').length).toBeGreaterThanOrEqual(2)
    expect(of('pressure').length).toBeGreaterThanOrEqual(3)
  })
})
