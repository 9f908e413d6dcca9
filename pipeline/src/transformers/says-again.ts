import type { Locale } from 'content-schemas'
import { isMedicine, lexicons } from '../compare/words.ts'
import { withoutInvisible } from '../invisible.ts'
import { sentencesOf } from '../reading/words.ts'

/*
 * Whether a text says again what another said. Signs, case, accents and spacing do not count, nor a word exchanged in a
 * long sentence; but with another number, negation or medicine it is another sentence.
 */

/** Whether every sentence of `said` stands in `text`, in the same or nearly the same words. */
export function saysAgain(text: string, said: string, locale: Locale): boolean {
  const all = foldedWords(text)
  const [sentences, sought] = [text, said].map((some) => sentenceWords(some))
  return (
    sought!.length > 0 &&
    sought!.every(
      (words) =>
        (words.length >= leastWords && holds(all, words)) ||
        sentences!.some((sentence) => isSame(sentence, words) || isNearly(sentence, words, locale)),
    )
  )
}

/** Words from which on a sentence is known again inside another; “Rest.” alone is in too many. */
const leastWords = 3
/** Words from which on one may be another, and the share that must stay. */
const leastForNear = 5
const leastAlike = 0.75

/** Letters and digits, one spelling each. A sign between digits stays: 1.5 is not 15. */
const foldedWords = (text: string): string[] =>
  withoutInvisible(text)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\p{M}'’\u0640]/gu, '')
    .match(/\p{N}+(?:[.,:/\u066b\u066c]\p{N}+)*|[\p{L}]+/gu) ?? []

const sentenceWords = (text: string): string[][] =>
  sentencesOf(text)
    .map(({ start, end }) => foldedWords(text.slice(start, end)))
    .filter((words) => words.length > 0)

const isSame = (some: readonly string[], others: readonly string[]): boolean => some.join(' ') === others.join(' ')
const holds = (all: readonly string[], words: readonly string[]): boolean =>
  ` ${all.join(' ')} `.includes(` ${words.join(' ')} `)

function isNearly(some: readonly string[], others: readonly string[], locale: Locale): boolean {
  if (others.length < leastForNear || !isSame(telling(some, locale), telling(others, locale))) return false
  const left = [...some]
  const common = others.filter((word) => {
    const at = left.indexOf(word)
    if (at >= 0) left.splice(at, 1)
    return at >= 0
  })
  return (2 * common.length) / (some.length + others.length) >= leastAlike
}

/** The words that make it another sentence. */
function telling(words: readonly string[], locale: Locale): string[] {
  const { numbers, numerals, negations } = lexicons[locale]
  return words.filter(
    (word) =>
      /\p{N}/u.test(word) || numbers.has(word) || numerals.test(word) || negations.has(word) || isMedicine(word),
  )
}
