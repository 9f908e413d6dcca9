import type { Locale } from 'content-schemas'
import { isWord } from './dictionary.ts'
import { lexicons } from './words.ts'

/*
 * Which word may take the place of another without saying anything else. A slip of the pen is recognised by what stood
 * there before: it was no word. Two words of a language are never the same, however near they are.
 */

/** How often each word stands in a text, by its spelling in lower case. */
export type WordCounts = ReadonlyMap<string, number>

/** One spelling for what is the same word: case, curly apostrophes and stretched Arabic letters set aside. */
export const spelled = (text: string): string =>
  text.trim().normalize('NFC').toLowerCase().replaceAll('’', "'").replaceAll('\u0640', '')

/** A word without its accents. */
export const unaccented = (word: string): string =>
  word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')

/** Counts the words of texts. */
export function countWords(texts: Iterable<string>): WordCounts {
  const counts = new Map<string, number>()
  for (const text of texts)
    for (const [word] of text.matchAll(/[\p{L}\p{M}\u0640]+(?:['’-][\p{L}\p{M}\u0640]+)*/gu)) {
      const key = spelled(word)
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  return counts
}

/** Whether one word only corrects the other: in a text that has no other use of what stood there. */
export function isCorrected(was: string, is: string, locale: Locale, written: WordCounts): boolean {
  const [old, now] = [spelled(was), spelled(is)]
  if (old === now) return true
  if (exchangeable[locale].some((pair) => pair.includes(old) && pair.includes(now))) return true
  return (
    isNear(old, now) &&
    !differsInPrefix(old, now, locale) &&
    isSlip(old, locale, written) &&
    isKnown(now, locale) === true
  )
}

/** Whether one word only lacked the space between these, as in “alot”. */
export const isSplit = (was: string, is: readonly string[], locale: Locale, written: WordCounts): boolean =>
  is.length > 1 &&
  spelled(was) === is.map(spelled).join('') &&
  isSlip(spelled(was), locale, written) &&
  is.every((word) => isKnown(spelled(word), locale) === true)

/** Forms that are taken for each other, and of which a reader does the same. */
const exchangeable: Record<Locale, readonly (readonly string[])[]> = {
  en: [
    ['a', 'an'],
    ['is', 'are'],
    ['was', 'were'],
    ['which', 'that'],
    ['its', "it's"],
    ['your', "you're"],
    ['their', 'there', "they're"],
  ],
  es: [['un', 'una']],
  ar: [],
}

/** A word nobody knows, and that its writer did not use twice. */
const isSlip = (word: string, locale: Locale, written: WordCounts): boolean =>
  isKnown(word, locale) === false && (written.get(word) ?? 0) <= 1

const isKnown = (word: string, locale: Locale): boolean | undefined => isWord(word.replace(/'s$/, ''), locale)

/** Letters from which on two slips are likely in a word. */
const longWord = 9

/** One slip, or two in a long word; never of the first letter, but for its change of places with the second. */
function isNear(old: string, now: string): boolean {
  const [was, is] = [[...old], [...now]]
  if (Math.min(was.length, is.length) < 3) return false
  const swapped = was[0] === is[1] && was[1] === is[0]
  if (was[0] !== is[0] && !swapped) return false
  return edits(was, is) <= (is.length >= longWord ? 2 : 1)
}

/** Optimal string alignment distance: letters added, left out, exchanged, or in the place of their neighbour. */
function edits(was: readonly string[], is: readonly string[]): number {
  const rows = Array.from({ length: was.length + 1 }, (_, i) =>
    Array.from({ length: is.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
  )
  for (let i = 1; i <= was.length; i++)
    for (let j = 1; j <= is.length; j++) {
      const isSame = was[i - 1] === is[j - 1]
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + (isSame ? 0 : 1))
      if (i > 1 && j > 1 && was[i - 1] === is[j - 2] && was[i - 2] === is[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = least
    }
  return rows[was.length]![is.length]!
}

/** Whether two words differ in what they begin with and what turns them around: “hypo” and “hyper”, “intra” and “inter”. */
function differsInPrefix(old: string, now: string, locale: Locale): boolean {
  let same = 0
  while (same < old.length && old[same] === now[same]) same++
  const { beginnings } = lexicons[locale]
  return beginnings.some((start) => same < start.length && (old.startsWith(start) || now.startsWith(start)))
}
