/*
 * Words as a search compares them. People leave out accents and the signs of Arabic vowels, and Arabic writes "the",
 * "and", "by", "as", "for" together with the word that follows, so a search for the word alone has to find those too.
 * `content-schemas/src/lists.ts` tells consumers of the search index the same rules.
 */

/** Marks above and below letters, and the stroke that makes an Arabic word longer. */
const marks = /[\p{M}\u0640]/gu
const sameLetters: Record<string, string> = { ٱ: 'ا', ة: 'ه', ى: 'ي' }
const arabicDigits = /[٠-٩]/g

/** Text in lower case, without accents, vowel signs and the differences Arabic writers leave out: `أ إ آ` are `ا`, `ة` is `ه`, `ى` is `ي`. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFKD')
    .replace(marks, '')
    .replace(/[ٱةى]/g, (letter) => sameLetters[letter]!)
    .replace(arabicDigits, (digit) => String(digit.charCodeAt(0) - 0x660))

/** The article, with what may stand before it: few words begin so by themselves. */
const article = /^(?:ال(?=..)|(?:[وف]?(?:[بك]?ال|لل))(?=...))/
/** One letter that may be a word of its own, or the first of this one. */
const oneLetter = [/^[وف](?=...)/, /^[وف]?[بكل](?=...)/]

/** The forms of a word an index holds: as it is written, folded, and both without what Arabic writes before it. */
export function indexedForms(word: string): string[] {
  const written = word.toLowerCase()
  const bare = written.normalize('NFC').replace(marks, '')
  const shorter = [article, ...oneLetter].map((leading) => bare.replace(leading, ''))
  return [...new Set([written, bare, ...shorter].flatMap((form) => [form, fold(form)]))]
}

/** The folded forms of a word one of which a search looks for; none of a word without letters. */
export function searchedForms(word: string): string[] {
  const bare = word.normalize('NFC').replace(marks, '')
  return [...new Set([bare, bare.replace(article, '')].map(fold))].filter(Boolean)
}
