import type { Document, Edition, Locale, Readability, Records } from 'content-schemas'
import { type Passage, passagesOf, type Section, type Span } from './passages.ts'
import { PhraseIndex } from './phrases.ts'
import { englishSyllables, spanishSyllables } from './syllables.ts'
import { sentencesOf, type Word, wordsOf } from './words.ts'

/*
 * How hard a text is to read. Sentences come from blocks: every title, item and cell is one of its own; quotations are
 * not ours to measure.
 */

/** How the reading level of a language is counted. */
export type Formula = {
  name: NonNullable<Readability['formula']>
  syllablesOf(word: string): number
  /** From the words of a sentence and the syllables of a word, on average. */
  level(wordsPerSentence: number, syllablesPerWord: number): number
  /** Whether the first level is harder to read than the second. */
  isHarder(level: number, than: number): boolean
}

/** Fewer words than this say nothing reliable about a section. */
export const leastWords = 30

const formulas: Record<Locale, Formula | undefined> = {
  en: {
    // Kincaid, Fishburne, Rogers and Chissom, Derivation of new readability formulas, Research Branch Report 8-75, 1975.
    name: 'flesch-kincaid',
    syllablesOf: remembering(englishSyllables),
    level: (words, syllables) => 0.39 * words + 11.8 * syllables - 15.59,
    isHarder: (level, than) => level > than,
  },
  es: {
    // Szigriszt Pazos, Sistemas predictivos de legibilidad, 1993; scale for patients: Barrio-Cantalejo and others,
    // Validación de la Escala INFLESZ, Anales del Sistema Sanitario de Navarra 31(2), 2008, 135-152.
    name: 'inflesz',
    syllablesOf: remembering(spanishSyllables),
    level: (words, syllables) => 206.835 - 62.3 * syllables - words,
    isHarder: (level, than) => level < than,
  },
  // No formula for Arabic is validated for patients.
  ar: undefined,
}

/** How the reading level is counted in a language; undefined where there is no formula for it. */
export const formulaFor = (locale: Locale): Formula | undefined => formulas[locale]

/** A sentence, where it stands and what it is made of. */
export type Sentence = Span & {
  passage: Passage
  words: number
  counted: number
  syllables: number
  polysyllables: number
}

/** A section, its sentences and its reading level; `level` is undefined for too few words. */
export type MeasuredSection = { section: Section; sentences: Sentence[]; words: number; level: number | undefined }

/** Measures the body of a document, section by section, in reading order. Glossary words are not held against it. */
export function measure(passages: readonly Passage[], records: Records, formula: Formula): MeasuredSection[] {
  const glossary = new PhraseIndex(Object.values(records.glossary).map(({ term }) => [term, term] as const))
  const sections = new Map<Section, Sentence[]>()
  for (const passage of passages) {
    if (passage.kind === 'quotation' || !passage.section) continue
    const sentences = sections.get(passage.section) ?? []
    sections.set(passage.section, sentences)
    sentences.push(...measurePassage(passage, glossary, formula))
  }
  return [...sections].map(([section, sentences]) => {
    const words = sum(sentences, 'words')
    return { section, sentences, words, level: words < leastWords ? undefined : levelOf(sentences, formula) }
  })
}

/** The reading level of sentences taken together; undefined if there is nothing to count. */
export function levelOf(sentences: readonly Sentence[], formula: Formula): number | undefined {
  const counted = sum(sentences, 'counted')
  if (counted === 0) return undefined
  return formula.level(sum(sentences, 'words') / sentences.length, sum(sentences, 'syllables') / counted)
}

/** Most words whose syllables are remembered. */
const remembered = 20_000

/** Counts each word once: texts use the same ones over and over. */
function remembering(count: (word: string) => number): (word: string) => number {
  const known = new Map<string, number>()
  return (word) => {
    const before = known.get(word)
    if (before !== undefined) return before
    if (known.size >= remembered) known.clear()
    const syllables = count(word)
    known.set(word, syllables)
    return syllables
  }
}

function measurePassage(passage: Passage, glossary: PhraseIndex<string>, { syllablesOf }: Formula): Sentence[] {
  const words = wordsOf(passage.text)
  const exempt = [...passage.terms, ...glossary.find(passage.text, words)].sort((a, b) => a.start - b.start)
  let first = 0
  // Words come in order, so a span that ended before one is of no use to the next.
  const isExempt = (word: Word) => {
    while (first < exempt.length && exempt[first]!.end < word.end) first++
    return first < exempt.length && exempt[first]!.start <= word.start
  }
  let next = 0
  return sentencesOf(passage.text).map(({ start, end }) => {
    const count = { words: 0, counted: 0, syllables: 0, polysyllables: 0 }
    for (; next < words.length && words[next]!.start < end; next++) {
      const word = words[next]!
      count.words += 1
      if (isExempt(word)) continue
      const syllables = syllablesOf(passage.text.slice(word.start, word.end))
      count.counted += 1
      count.syllables += syllables
      if (syllables >= 3) count.polysyllables += 1
    }
    return { start, end, passage, ...count }
  })
}

/** The readability of a document as its readers are told. */
export function readabilityOf(document: Document, records: Records): Readability {
  const formula = formulaFor(document.locale)
  const passages = passagesOf(document, records)
  const sections = measure(passages, records, formula ?? counting)
  const sentences = sections.flatMap((section) => section.sentences)
  return {
    formula: formula?.name ?? null,
    level: formula ? rounded(levelOf(sentences, formula)) : null,
    smog: document.locale === 'en' ? rounded(smogOf(sentences)) : null,
    words: sum(sentences, 'words'),
    sentences: sentences.length,
    sections: sections
      .filter(({ words }) => words > 0)
      .map(({ section, words, level }) => ({ title: section.title, level: formula ? rounded(level) : null, words })),
  }
}

/** What an edition keeps of the readability of its document: that of an article, measured once for all who read it. */
export const readabilityKept = (document: Document | null, records: Records | null): Pick<Edition, 'readability'> =>
  document?.kind === 'article' && records ? { readability: readabilityOf(document, records) } : {}

/** Counts words and sentences where no formula is to be had. */
const counting: Formula = { name: 'flesch-kincaid', syllablesOf: () => 1, level: () => 0, isHarder: () => false }

/** McLaughlin, SMOG grading, Journal of Reading 12(8), 1969; made for 30 sentences or more. */
function smogOf(sentences: readonly Sentence[]): number | undefined {
  if (sentences.length < 30) return undefined
  return 1.043 * Math.sqrt(sum(sentences, 'polysyllables') * (30 / sentences.length)) + 3.1291
}

const rounded = (level: number | undefined): number | null => (level === undefined ? null : Math.round(level * 10) / 10)

const sum = (sentences: readonly Sentence[], key: 'words' | 'counted' | 'syllables' | 'polysyllables'): number =>
  sentences.reduce((total, sentence) => total + sentence[key], 0)
