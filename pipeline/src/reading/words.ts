import type { Span } from './passages.ts'

/*
 * Words and sentences of plain text, in any of the languages.
 */

/** A word and where it stands. `form` is how it is compared: lower case, straight apostrophe, bare Arabic. */
export type Word = Span & { form: string }

const wordPattern = /[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu

/** The words of a text, in order. A hyphen parts two words. */
export function wordsOf(text: string): Word[] {
  const found: Word[] = []
  for (const { 0: word, index } of text.matchAll(wordPattern))
    found.push({ start: index, end: index + word.length, form: formOf(word) })
  return found
}

const ascii = /^[\x20-\x7e]*$/
const arabic = /\p{Script=Arabic}/u

function formOf(word: string): string {
  if (ascii.test(word)) return word.toLowerCase()
  const form = word.normalize('NFC').toLowerCase().replaceAll('’', "'")
  if (!arabic.test(form)) return form
  // Without vowel signs and stretching, one form of alef, without the article and what is written together with it.
  return form
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/^[وف]?(?:[بك]?ال|لل)(?=..)/, '')
}

/** Abbreviations whose full stop ends no sentence. */
const abbreviations = new Set(
  'dr dra drs mr mrs ms prof st sr sra srta ud uds e.g i.e eg ie p.ej ej vs approx no núm tel etc'.split(' '),
)
const end = /[.!?؟…]+["'”’»)\]]*\s+/gu

/** The sentences of a text: what holds a letter, up to a mark that ends it. */
export function sentencesOf(text: string): Span[] {
  const found: Span[] = []
  let start = 0
  const add = (until: number) => {
    if (/\p{L}/u.test(text.slice(start, until)))
      found.push({ start, end: start + text.slice(start, until).trimEnd().length })
    start = until
  }
  for (const { 0: mark, index } of text.matchAll(end)) {
    const next = index + mark.length
    if (mark.startsWith('.') && !endsSentence(text.slice(start, index), text[next] ?? '')) continue
    add(next)
  }
  add(text.length)
  return found
}

function endsSentence(before: string, next: string): boolean {
  const last = /[\p{L}\p{N}.]+$/u.exec(before)?.[0].toLowerCase() ?? ''
  if (abbreviations.has(last) || (/^\p{Lu}$/u.test(before.slice(-1)) && /(?:^|\s)\p{L}$/u.test(before))) return false
  return !/\p{Ll}/u.test(next)
}
