import { readFileSync } from 'node:fs'
import { type blocks, noRecords } from 'content-schemas'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { check, defaultPolicy } from 'pipeline/checks/index.ts'
import { passageAt } from 'pipeline/checks/waivers.ts'
import { passagesOf, placeIn } from 'pipeline/reading/passages.ts'
import { PhraseIndex } from 'pipeline/reading/phrases.ts'
import { readabilityOf } from 'pipeline/reading/readability.ts'
import { englishSyllables, spanishSyllables } from 'pipeline/reading/syllables.ts'
import { sentencesOf } from 'pipeline/reading/words.ts'
import { describe, expect, test } from 'vitest'
import { lacks, seedArticle } from '../needs.ts'
import { article, heading, known, paragraph, records, root, site, today } from './documents.ts'
import { readability as reference } from './readability.ts'
import { readSample } from './sample-folder.ts'

/* What rules about words see of a document, and how hard it is to read. */

const numbered = (list: string): [string, number][] =>
  list.split(', ').map((entry) => [entry.split(' ')[0]!, Number(entry.split(' ')[1])])

describe('syllables', () => {
  test.each(
    numbered(
      "the 1, table 2, services 3, changes 2, asked 1, wanted 2, handled 2, controlled 2, safely 2, treatment 2, medicine 3, withdrawal 3, heroin 3, opioid 3, naloxone 3, methadone 3, buprenorphine 4, being 2, going 2, trying 2, playing 2, period 3, action 2, million 2, serious 3, anxious 2, experience 4, client 2, clinic 2, quiet 2, friend 1, special 2, area 3, create 2, increase 2, idea 3, ideas 3, situation 4, language 2, influence 3, didn't 2, student 2, anxiety 4, diagnosis 4, physician 3, assessment 3, professional 4, therapy 3, medication 4, emergency 4, immediately 5, little 2, people 2, hours 1, please 1, available 4, families 3, studied 2, tried 1, lives 1, eyes 1, clothes 1, boxes 2, beyond 2, recovery 4, addiction 3, together 3, 988 1",
    ),
  )('English: %s', (word, count) => {
    expect(englishSyllables(word)).toBe(count)
  })

  test.each(
    numbered(
      'que 1, guía 2, guerra 2, pingüino 3, día 2, país 2, abstinencia 4, medicamento 5, reír 2, poeta 3, ciudad 2, muy 1, y 1, hay 1, ayuda 3, quien 1, agua 2, tratamiento 4, naloxona 4, sobredosis 4, baúl 2, aéreo 4, convulsiones 4, ahora 3, yo 1, siguiente 3',
    ),
  )('Spanish: %s', (word, count) => {
    expect(spanishSyllables(word)).toBe(count)
  })
})

test.each([
  ['Call now. Do not wait!', ['Call now.', 'Do not wait!']],
  ['Ask Dr. Lee at 10.30 a.m. on Monday. She knows.', ['Ask Dr. Lee at 10.30 a.m. on Monday.', 'She knows.']],
  ['Take food (e.g. Bread or rice). “Rest.” Then walk.', ['Take food (e.g. Bread or rice).', '“Rest.”', 'Then walk.']],
  ['¿Le duele? Llame al Dr. Ruiz. Ya.', ['¿Le duele?', 'Llame al Dr. Ruiz.', 'Ya.']],
  ['هل تشعر بالألم؟ اتصل الآن.', ['هل تشعر بالألم؟', 'اتصل الآن.']],
  ['8–24', []],
])('sentences of “%s”', (text, sentences) => {
  expect(sentencesOf(text).map(({ start, end }) => text.slice(start, end))).toEqual(sentences)
})

describe('phrases', () => {
  const index = new PhraseIndex(
    ['addict', 'recovering addict', 'medication-assisted treatment', 'clean', 'clean water'].map(
      (one) => [one, one] as const,
    ),
  )
  test.each([
    ['An addict’s family', ['addict']],
    ['A Recovering Addict', ['recovering addict']],
    [
      'medication assisted treatment, medication–assisted treatment',
      ['medication-assisted treatment', 'medication-assisted treatment'],
    ],
    ['a recovering. Addict', ['addict']],
    ['clean water', ['clean water']],
    ['the cleanest, addicted', []],
  ])('“%s”', (text, found) => {
    expect(index.find(text).map(({ value }) => value)).toEqual(found)
  })

  test('end before a possessive ending', () => {
    expect(index.find('An addict’s family')[0]).toMatchObject({ start: 3, end: 9 })
  })
})

describe('passages', () => {
  const body: blocks.Root = root(
    heading(2, 'First'),
    paragraph('One ', { type: 'strong', children: [{ type: 'text', value: 'two' }] }, ' three.'),
    { type: 'blockquote', children: [paragraph('Quoted.')] },
    {
      type: 'steps',
      id: 's',
      children: [
        {
          type: 'step',
          id: 'a',
          title: 'Act',
          children: [paragraph('Do it.'), { type: 'checklist', id: 'c', items: [{ id: 'i', text: 'Water' }] }],
        },
      ],
    },
    { type: 'snippet', id: 'shared', record: known.snippet },
  )
  const document = article({ body })
  const passages = passagesOf(document, records())

  test('hold everything a reader is told, in order, each in its section', () => {
    expect(passages.map(({ text, kind, section }) => [text, kind, section?.title])).toEqual([
      ['Sleep well', 'title', undefined],
      ['How to sleep better.', 'prose', undefined],
      ['Get up at the same time every day.', 'prose', undefined],
      ['First', 'title', 'First'],
      ['One two three.', 'prose', 'First'],
      ['Quoted.', 'quotation', 'First'],
      ['Act', 'title', 'Act'],
      ['Do it.', 'prose', 'Act'],
      ['Water', 'prose', 'Act'],
      ['In danger', 'title', 'In danger'],
      ['Call now', 'title', 'Call now'],
      ['Call 911.', 'prose', 'Call now'],
    ])
  })

  test('lead back to the node that holds a span, and to the passage for one across nodes', () => {
    const passage = passages.find(({ text }) => text.startsWith('One'))!
    const within = placeIn(passage, { start: 4, end: 7 })
    expect(within).toEqual({ pointer: '/body/children/1/children/1/children/0', start: 0, end: 3 })
    expect(passageAt(document, within)).toBe('two')
    const across = placeIn(passage, { start: 0, end: 7 })
    expect(across).toEqual({ pointer: '/body/children/1', start: 0, end: 7 })
    expect(passageAt(document, across)).toBe('One two')
    expect(placeIn(passages.at(-1)!, { start: 0, end: 4 })).toEqual({ pointer: '/body/children/4' })
  })
})

describe('readability', () => {
  test.skipIf(lacks('seed'))('of the article of a third party is what others measured, within half a grade', () => {
    const { document } = articleFrom(fromMarkdown(readFileSync(seedArticle, 'utf8')), { path: 'seed.md' })
    const { formula, level, smog, sections } = readabilityOf(document, noRecords())
    expect(formula).toBe('flesch-kincaid')
    expect(Math.abs(level! - 8.8)).toBeLessThanOrEqual(0.5)
    expect(Math.abs(Math.max(...sections.map((section) => section.level ?? 0)) - 11.4)).toBeLessThanOrEqual(0.5)
    expect(smog).toBeGreaterThan(level!)
    const theirs = new Map(reference(document.body).map(({ title, grade }) => [title, grade]))
    // The reference leaves titles out, so that short sections differ most.
    for (const section of sections.slice(1))
      expect(Math.abs(section.level! - theirs.get(section.title)!), section.title).toBeLessThanOrEqual(1.3)
  })

  test('of every article of the sample is told; of Arabic, that there is no formula', async () => {
    const { articles } = await readSample(today)
    const told = articles.map(({ document }) => [document.locale, readabilityOf(document, noRecords())] as const)
    for (const [locale, { formula, level, words }] of told) {
      expect(formula).toBe({ en: 'flesch-kincaid', es: 'inflesz', ar: null }[locale])
      expect(level === null).toBe(locale === 'ar')
      expect(words).toBeGreaterThan(250)
    }
  })

  test('does not count glossary words, and leaves quotations and very short sections unmeasured', () => {
    const hard = 'Anesthesiologists characteristically administer buprenorphine.'
    const levelOf = (...children: blocks.Flow[]) => readabilityOf(article({ body: root(...children) }), noRecords())
    expect(levelOf({ type: 'blockquote', children: [paragraph(hard)] })).toMatchObject({ words: 0, level: null })
    expect(levelOf(paragraph(hard)).sections).toEqual([{ title: '', level: null, words: 4 }])
    const term: blocks.Term = { type: 'term', term: known.term, children: [{ type: 'text', value: 'buprenorphine' }] }
    const marked = levelOf(paragraph('We may give you ', term, ' now.')).level!
    expect(marked).toBeLessThan(levelOf(paragraph('We may give you buprenorphine now.')).level!)
  })
})

const easy = 'You can call us at any time of the day. We are here to help you. It costs you nothing at all. '
const hard =
  'Comprehensive multidisciplinary assessment necessitates considerable organizational preparation, particularly regarding communication between participating institutions. '
const foundIn = (body: blocks.Root, changes: Partial<typeof defaultPolicy> = {}, locale: 'en' | 'es' | 'ar' = 'en') =>
  check(article({ body, locale }), {
    records: records(),
    site,
    policy: { ...defaultPolicy, ...changes },
    today,
  }).filter(({ rule }) => rule === 'reading-level')
const mixed = (hardSentences: number, easyOnes: number) => paragraph(hard.repeat(hardSentences) + easy.repeat(easyOnes))
const step = (...children: blocks.Flow[]): blocks.Steps => ({
  type: 'steps',
  id: 's',
  children: [{ type: 'step', id: 'a', title: 'Act', children }],
})

describe('reading-level', () => {
  test('blocks a section that is much too hard, by name, with its three hardest sentences and their places', () => {
    const [found, ...others] = foundIn(root(heading(2, 'Easy'), mixed(0, 3), heading(2, 'Hard'), mixed(4, 1)))
    expect(others).toEqual([])
    expect(found).toMatchObject({ severity: 'block', waivable: true, place: { pointer: '/body/children/2' } })
    expect(found!.reason).toMatch(
      /^“Hard” reads at grade \d+\.?\d*; its readers need grade 8 or easier\. Hardest: “Comprehensive/,
    )
    expect(found!.places).toHaveLength(3)
    const document = article({ body: root(heading(2, 'Easy'), mixed(0, 3), heading(2, 'Hard'), mixed(4, 1)) })
    expect(passageAt(document, found!.places![0]!)).toBe(hard.trim())
  })

  test('is stricter in steps, and advises below that', () => {
    const body = mixed(1, 3)
    const level = readabilityOf(article({ body: root(body) }), noRecords()).level!
    const target = (slack: number) => ({ readingLevel: { patient: level - slack, family: 8, professional: 12 } })
    expect(foundIn(root(body), target(1.5))).toMatchObject([{ severity: 'advise' }])
    expect(foundIn(root(body), target(2.5))).toMatchObject([{ severity: 'block' }])
    expect(foundIn(root(step(body)), target(1.5))).toMatchObject([
      { severity: 'block', place: { pointer: '/body/children/0/children/0' } },
    ])
    expect(foundIn(root(body), target(-0.5))).toEqual([])
  })

  test('goes by the audience that finds it hardest, and by the policy', () => {
    const body = root(mixed(4, 1))
    expect(foundIn(body, { readingLevelBlocks: false })).toMatchObject([{ severity: 'advise' }])
    expect(foundIn(body, { readingLevel: { patient: 40, family: 8, professional: 12 } })).toEqual([])
  })

  test('measures Spanish on a scale made for it, and says nothing about Arabic', () => {
    const spanish =
      'La implementación institucional de procedimientos terapéuticos multidisciplinares requiere consideraciones organizativas extraordinariamente complejas, particularmente relacionadas con responsabilidades administrativas. '
    const [found] = foundIn(root(paragraph(spanish.repeat(2))), {}, 'es')
    expect(found).toMatchObject({ severity: 'block' })
    expect(found!.reason).toContain('INFLESZ')
    expect(foundIn(root(paragraph('Llame cuando quiera. Le ayudamos. No cuesta nada. '.repeat(5))), {}, 'es')).toEqual(
      [],
    )
    expect(foundIn(root(paragraph('نحن هنا لمساعدتك في أي وقت. '.repeat(20))), {}, 'ar')).toEqual([])
  })
})
