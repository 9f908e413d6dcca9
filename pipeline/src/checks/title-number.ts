import type { Locale } from 'content-schemas'
import { textOf } from '../transformers/text-of.ts'
import type { ArticleRule } from './rule.ts'
import type { Survey } from './survey.ts'

export const titleNumber: ArticleRule = {
  id: 'title-number',
  severity: 'block',
  // A name may hold a number that counts nothing here, such as that of the Twelve Steps.
  waivable: true,
  *find({ document, survey }) {
    const promised = countIn(document.title, document.locale)
    if (promised === undefined) return
    const counts = countsOf(survey)
    if (counts.includes(promised)) return
    const found = counts.length === 0 ? 'nothing in the text is numbered' : `the text has ${counts.join(' or ')}`
    yield {
      pointer: '/title',
      reason: `The title promises ${promised}, but ${found}.`,
      fix: 'Let the title and the number of steps agree.',
    }
  },
}

/**
 * The number of steps a title promises, such as 3 in "Three things to do first"; undefined if it promises none.
 * Only a number before (in Arabic also after) a word for steps counts: "24 hours", "type 2" and "988" promise nothing,
 * nor does "one step at a time".
 */
export function countIn(title: string, locale: Locale): number | undefined {
  const { numbers, counted, dual } = languages[locale]
  const words = wordsOf(title)
  for (const [index, word] of words.entries()) {
    if (dual?.test(word)) return 2
    const number = numbers[word] ?? (/^\d{1,2}$/.test(word) ? Number(word) : undefined)
    if (number === undefined || number < 2) continue
    const after = words.slice(index + 1, index + 1 + reach)
    const before = locale === 'ar' && index > 0 ? [words[index - 1]!] : []
    if ([...before, ...after].some((near) => counted.test(near))) return number
  }
  return undefined
}

/** Words between a number and what it counts: "3 very important things". */
const reach = 3

/** Words in lower case, without vowel signs and the Arabic article, digits as Latin ones. */
const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/^ال/, ''))
    .filter(Boolean)

const numbered = (...spellings: string[][]): Record<string, number> =>
  Object.fromEntries(spellings.flatMap((words, index) => words.map((word) => [word, index + 2])))

const languages: Record<Locale, { numbers: Record<string, number>; counted: RegExp; dual?: RegExp }> = {
  en: {
    numbers: numbered(
      ...['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'].map((word) => [
        word,
      ]),
    ),
    counted: /^(?:steps|things|ways|tips|stages|phases|actions)$/,
  },
  es: {
    numbers: numbered(
      ...['dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'].map((word) => [
        word,
      ]),
    ),
    counted: /^(?:pasos|cosas|maneras|formas|consejos|etapas|fases|acciones)$/,
  },
  ar: {
    // Numbers take the gender opposite to what they count, so each has two forms.
    numbers: numbered(
      ['اثنان', 'اثنتان', 'اثنين', 'اثنتين'],
      ['ثلاث', 'ثلاثة'],
      ['أربع', 'أربعة', 'اربع', 'اربعة'],
      ['خمس', 'خمسة'],
      ['ست', 'ستة'],
      ['سبع', 'سبعة'],
      ['ثماني', 'ثمانية', 'ثمان'],
      ['تسع', 'تسعة'],
      ['عشر', 'عشرة'],
    ),
    counted: /^(?:خطوات|أشياء|اشياء|أمور|امور|طرق|نصائح|مراحل)$/,
    dual: /^(?:خطوتان|خطوتين|طريقتان|طريقتين|نصيحتان|نصيحتين|مرحلتان|مرحلتين|أمران|أمرين|شيئان|شيئين)$/,
  },
}

/** What in the text may be meant: steps; without any, headings with a number; without those, numbered lists. */
function countsOf({ shown, sections }: Survey): number[] {
  const steps = shown.flatMap(({ node }) => (node.type === 'steps' ? [node.children.length] : []))
  if (steps.length > 0) return distinct([...steps, steps.reduce((sum, count) => sum + count, 0)])
  const headings = sections.filter(({ heading }) => heading && /^\s*[\d٠-٩]+\s*[.):–-]/.test(textOf(heading.node)))
  if (headings.length > 0) return [headings.length]
  return distinct(shown.flatMap(({ node }) => (node.type === 'list' && node.ordered ? [node.children.length] : [])))
}
const distinct = (counts: number[]): number[] => [...new Set(counts)]
