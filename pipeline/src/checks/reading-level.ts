import type { Article, Records } from 'content-schemas'
import { placeIn, type Section } from '../reading/passages.ts'
import {
  type Formula,
  formulaFor,
  levelOf,
  type MeasuredSection,
  measure,
  type Sentence,
} from '../reading/readability.ts'
import type { Policy } from './policy.ts'
import type { ArticleRule, Finding } from './rule.ts'

export const readingLevel: ArticleRule = {
  id: 'reading-level',
  severity: 'block',
  waivable: true,
  *find({ document, records, policy, passages }) {
    const formula = formulaFor(document.locale)
    if (!formula) return
    const target = targetOf(document, records, policy)
    for (const section of measure(passages, records, formula)) {
      const limits = limitsOf(formula, target, isCritical(section.section))
      const { level } = section
      if (level === undefined || !formula.isHarder(level, limits.advise)) continue
      const severity = policy.readingLevelBlocks && formula.isHarder(level, limits.block) ? 'block' : 'advise'
      yield { ...findingOf(section, level, limits.advise, formula), severity }
    }
  },
}

/** The grade the easiest reader among the audiences should manage with; without one it is for patients. */
function targetOf({ audiences }: Article, records: Records, { readingLevel }: Policy): number {
  const kinds = audiences.flatMap((uid) => records.audiences[uid]?.kind ?? [])
  return Math.min(...(kinds.length > 0 ? kinds : (['patient'] as const)).map((kind) => readingLevel[kind]))
}

/** Whether people act on it, or read it in an emergency. */
const isCritical = ({ block }: Section): boolean => block === 'step' || block === 'urgent-help'

/** Up to `advise` nothing is said, up to `block` it is advice. */
type Limits = { advise: number; block: number }

/**
 * A grade has two grades of slack, one where it matters most. INFLESZ is no grade but a scale of five bands, validated on
 * what Spaniards read; the target becomes the band of such readers, the slack one band, half of one where it matters most.
 */
function limitsOf({ name }: Formula, target: number, isCritical: boolean): Limits {
  if (name === 'flesch-kincaid') return { advise: target, block: target + (isCritical ? 1 : 2) }
  const [advise, below] = bandOf(target)
  return { advise, block: isCritical ? (advise + below) / 2 : below }
}

/** Least score of the INFLESZ band for readers of a school grade, and of the band below it. */
function bandOf(grade: number): [own: number, below: number] {
  if (grade <= 6) return [65, 55]
  if (grade <= 9) return [55, 40]
  return [40, 0]
}

function findingOf(
  section: MeasuredSection,
  level: number,
  limit: number,
  formula: Formula,
): Omit<Finding, 'severity'> {
  const { title, pointer } = section.section
  const hardest = hardestOf(section.sentences, formula)
  const name = title ? `“${title}”` : 'The beginning'
  const quoted = hardest.map(({ passage, start, end }) => `“${shortened(passage.text.slice(start, end))}”`)
  return {
    pointer,
    reason: `${name} reads at ${levelName(level, formula)}; its readers need ${levelName(limit, formula)} or easier. Hardest: ${quoted.join(' ')}`,
    fix: 'Split long sentences and use everyday words, or mark words that have to be there as glossary terms.',
    places: hardest.map((sentence) => placeIn(sentence.passage, sentence)),
  }
}

const levelName = (level: number, { name }: Formula): string =>
  name === 'flesch-kincaid' ? `grade ${Number(level.toFixed(1))}` : `${level.toFixed(0)} of 100 on the INFLESZ scale`

function hardestOf(sentences: readonly Sentence[], formula: Formula): Sentence[] {
  const levels = new Map(sentences.map((sentence) => [sentence, levelOf([sentence], formula)]))
  return sentences
    .filter((sentence) => sentence.passage.kind === 'prose' && levels.get(sentence) !== undefined)
    .toSorted((a, b) => (formula.isHarder(levels.get(a)!, levels.get(b)!) ? -1 : 1))
    .slice(0, 3)
}

const shortened = (text: string): string =>
  text.length <= 160 ? text : `${text.slice(0, 150).replace(/\s+\S*$/, '')} …`
