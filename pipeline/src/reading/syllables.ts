/*
 * Syllables, by spelling. Right for nineteen words of twenty, which is all that an average over a section needs.
 */

/** Whole words that no rule gets right. */
const irregular: Record<string, number> = {
  anyone: 3,
  anything: 3,
  business: 2,
  cocaine: 2,
  colonel: 2,
  every: 2,
  everyone: 3,
  eyes: 1,
  heroin: 3,
  hour: 1,
  once: 1,
  people: 2,
  someone: 2,
  something: 2,
  sometimes: 2,
  wednesday: 2,
}

/** Vowel letters that are not heard at the end of a word: of "care", "cares", "cared", but not of "table" or "places". */
const silentEnds = [
  /(?<!^[^aeiouy]*)(?<![^aeiouy]l)e$/,
  /(?<![^aeiouyl]l|[cgsxz]|ch|sh)es$/,
  /(?<![dt]|[^aeiouyl]l)ed$/,
]
/** The same inside a word, before an ending. */
const silentInside = /(?<=[aeiouy][^aeiouy]+)e(?=(?:ly|ful|fully|less|ment|ments|ness|some|thing|times?)$)/

/** Two vowels side by side that are two syllables, and endings heard as one more. */
const split = [
  /(?<![cgstx]|ll)i(?:a|o(?!r)|u)/,
  /(?<!f)rien|dien|iet|^clie|^scie/,
  /(?:[aeiou]|[^aeiouy]y)ing/,
  /[aeiou]y[aeiou]/,
  /[^gq]ua(?!de)/,
  /[^gq]uen[ct]|[^gq]uin/,
  /crea(?![ks]|m)|^rea(?:ct|ss|li)|deas?$|areas?$|ideal/,
  /[dr]eo|theo/,
  /coo[pr]/,
  /(?:s|th)m$/,
  /[ds]nt$/,
]

/** Syllables of an English word. Numbers count as one. */
export function englishSyllables(word: string): number {
  const letters = word
    .toLowerCase()
    .replace(/['’]s$/, '')
    .replace(/[^a-z]/g, '')
  const known = irregular[letters]
  if (known !== undefined) return known
  const silent = silentEnds.find((ending) => ending.test(letters))
  const spoken = (silent ? letters.replace(silent, '') : letters).replace(silentInside, '')
  const groups = spoken.match(/[aeiouy]+/g)?.length ?? 0
  return Math.max(
    1,
    split.reduce((sum, rule) => sum + (rule.test(spoken) ? 1 : 0), groups),
  )
}

const strong = 'aeoáéó'
const accentedWeak = 'íú'

/**
 * Syllables of a Spanish word (Ortografía de la lengua española, RAE 2010, on diphthongs and hiatus): each strong vowel
 * and each accented weak one is a nucleus; weak ones beside it belong to it.
 */
export function spanishSyllables(word: string): number {
  const letters = word
    .toLowerCase()
    .normalize('NFC')
    .replace(/[^a-záéíóúüñ]/g, '')
    .replace(/(?<=q)u|(?<=g)u(?=[eiéí])/g, '')
    .replace(/y$/, 'i')
    .replace(/^y(?=[^aeiouáéíóú]|$)/, 'i')
  const groups = letters.match(/[aeiouáéíóúü]+/g) ?? []
  return Math.max(
    1,
    groups.reduce((sum, group) => sum + Math.max(1, [...group].filter(isNucleus).length), 0),
  )
}

const isNucleus = (vowel: string): boolean => strong.includes(vowel) || accentedWeak.includes(vowel)
