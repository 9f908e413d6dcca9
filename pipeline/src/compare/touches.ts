import type { Locale } from 'content-schemas'
import { invisible } from '../invisible.ts'
import { isHarmless, isReaccented } from './harmless.ts'
import { type Touch, touchKinds } from './labels.ts'
import type { Token } from './parts.ts'
import { unaccented, type WordCounts } from './spelling.ts'
import { isMedicine, lexicons } from './words.ts'

/** Tokens from one up to, not including, another. */
export type Range = { start: number; end: number }
/** One place where the words differ, in both texts. */
export type Hunk = { before: Range; after: Range }

/** What the hunks of one passage touch, by the words on both sides and beside them. */
export function touchesOf(
  before: readonly Token[],
  after: readonly Token[],
  hunks: readonly Hunk[],
  language: Language,
): Touch[] {
  const [was, is] = [new Reading(before, language), new Reading(after, language)]
  const found = new Set<Touch>()
  for (const [index, hunk] of hunks.entries()) {
    const touches = [...was.touchedBy(hunk.before), ...is.touchedBy(hunk.after)]
    const words: [string[], string[]] = [was.words(hunk.before), is.words(hunk.after)]
    // So much at once is no rewording, and nobody looks for opposites in it.
    if (words[0].length + words[1].length > mostReworded) touches.push('structure')
    else if (isOpposite(...words, language.locale)) touches.push('negations')
    const change = { was, is, language, others: others(hunks, index) }
    // A word that turns advice around does not turn it by its accent.
    if (touches.every((touch) => touch === 'turns') && isReaccented(hunk, change)) continue
    // What is not shown to be harmless is not minor.
    if (touches.length === 0 && !isHarmless(hunk, change)) touches.push('words')
    for (const touch of touches) found.add(touch)
  }
  if (isReordered(hunks, was, is)) found.add('structure')
  return inOrder(found)
}

const others = (hunks: readonly Hunk[], index: number): Hunk[] => hunks.filter((_, at) => at !== index)

/** Words in one place that may differ before a passage counts as written anew. */
const mostReworded = 40

/** Whether a word was taken out in one place and put in at another: who does what, or in which order, may be another. */
function isReordered(hunks: readonly Hunk[], was: Reading, is: Reading): boolean {
  const removedIn = new Map<string, number>()
  for (const [index, { before }] of hunks.entries())
    for (const word of was.words(before)) if (/\p{L}{3}/u.test(word)) removedIn.set(word, index)
  return hunks.some(({ after }, index) => is.words(after).some((word) => (removedIn.get(word) ?? index) !== index))
}

/** Each once, the gravest first; `rest` where there is nothing else. */
export function inOrder(touches: Iterable<Touch>): Touch[] {
  const found = new Set(touches)
  const grave = touchKinds.filter((kind) => kind !== 'rest' && found.has(kind))
  return grave.length > 0 ? grave : ['rest']
}

/** In which language texts are read, and the words its readers have explained to them, in lower case. */
export type Language = {
  locale: Locale
  glossary: ReadonlySet<string>
  /** How often each word stands in the older text. */
  written: WordCounts
  /** What words were found to be, so that each is looked up once. */
  known: Map<string, readonly (Touch | Lexical)[]>
}

/** A word as lists have it: lower case; in Arabic without vowel signs and stretching, with one form of alef. */
function plain(text: string): string {
  const word = text.trim().normalize('NFC').toLowerCase().replaceAll('’', "'")
  return word.replace(/[\u064b-\u0652\u0670\u0640]/g, '').replace(/[أإآٱ]/g, 'ا')
}

/** A word and, in Arabic, what is left of it without what is written together with it: and, in, for, the. */
function formsOf(text: string): string[] {
  const word = plain(text)
  if (!/\p{Script=Arabic}/u.test(word)) return [word, ...word.split(/[-']/)]
  const bare = [/^[وف]/, /^(?:[وف]?[بكل]?ال|[وف]?لل)/, /^[وف]?[بكلس]/].flatMap((prefix) => {
    const rest = word.replace(prefix, '')
    return rest !== word && rest.length > 1 ? [rest] : []
  })
  return [word, ...bare]
}

export type Lexical = 'numbers' | 'units' | 'negations' | 'turns' | 'calls'
const lists: readonly Lexical[] = ['numbers', 'units', 'negations', 'turns', 'calls']

/** What the words of one passage are. */
class Reading {
  readonly tokens: readonly Token[]
  private readonly language: Language
  readonly kinds: readonly ReadonlySet<Touch | Lexical>[]

  constructor(tokens: readonly Token[], language: Language) {
    this.tokens = tokens
    this.language = language
    const kinds = tokens.map((token, index) => this.kindsOf(token, index))
    this.kinds = kinds
    for (const [index, kind] of kinds.entries()) if (kind.has('numbers')) this.readNumber(index, kinds)
  }

  words({ start, end }: Range): string[] {
    return this.tokens.slice(start, end).map(({ text }) => plain(text))
  }

  /** What changed tokens are; and, since a word beside a number or a “not” changes what that means, what they stand beside. */
  touchedBy({ start, end }: Range): Touch[] {
    const found = this.kinds.slice(start, end).flatMap((kinds) => [...kinds])
    const isOnlySpacing =
      start < end && this.tokens.slice(start, end).every(({ text }) => /^[\s.,;:!?…“”"'’()]+$/.test(text))
    if (!isOnlySpacing) found.push(...this.beside(start - 1), ...this.beside(end))
    const touches = new Set<Touch>()
    for (const kind of found) {
      if (kind === 'units') touches.add('doses')
      else if (kind !== 'calls') touches.add(kind)
    }
    return [...touches]
  }

  private beside(index: number): (Touch | Lexical)[] {
    const near = this.kinds[index] ?? new Set()
    return [...near].filter(
      (kind) => kind === 'numbers' || kind === 'doses' || kind === 'phones' || kind === 'negations',
    )
  }

  private kindsOf({ text, mark }: Token, index: number): Set<Touch | Lexical> {
    const kinds = new Set<Touch | Lexical>(marked(mark))
    const word = text.trim()
    // Names of records and sources are not the author's words here.
    if (kinds.has('records')) return kinds
    if (invisible.test(text)) kinds.add('hidden')
    if (/\p{N}/u.test(word)) kinds.add('numbers')
    if (!/[\p{L}%‰°]/u.test(word)) return kinds
    for (const kind of this.lookUp(word)) kinds.add(kind)
    if (this.isName(word, index)) kinds.add('medicines')
    return kinds
  }

  private lookUp(word: string): readonly (Touch | Lexical)[] {
    const { locale, glossary, known } = this.language
    const before = known.get(word)
    if (before) return before
    const [lexicon, forms] = [lexicons[locale], formsOf(word)]
    const kinds: (Touch | Lexical)[] = lists.filter((list) => forms.some((form) => lexicon[list].has(form)))
    if (forms.some((form) => lexicon.numerals.test(unaccented(form)))) kinds.push('numbers')
    if (locale === 'en' && forms[0]!.endsWith("n't")) kinds.push('negations')
    if (forms.some((form) => isMedicine(form) || glossary.has(form))) kinds.push('medicines')
    known.set(word, kinds)
    return kinds
  }

  /** A capital inside a sentence, or letters of another script: perhaps a brand, which no list knows. */
  private isName(word: string, index: number): boolean {
    if (this.language.locale === 'ar') return /\p{Script=Latin}/u.test(word)
    if (!/\p{Lu}/u.test(word) || word === 'I') return false
    const before = this.tokens[index - 1]?.text.trim()
    const opensSentence = before === undefined || /[.!?…:“"¿¡([|⏎]$/.test(before)
    return !opensSentence || /\p{L}.*\p{Lu}/u.test(word)
  }

  /** What a number is of: something to call, or a dose. What is between it and its unit belongs to it. */
  private readNumber(index: number, kinds: readonly Set<Touch | Lexical>[]): void {
    const digits = this.digitsFrom(index)
    const isCalled = kinds.slice(Math.max(0, index - reach), index).some((kind) => kind.has('calls'))
    if (digits >= leastDigits || (isCalled && digits >= 3)) kinds[index]!.add('phones')
    const unit = kinds.slice(index + 1, index + 1 + span).findIndex((kind) => kind.has('units'))
    for (let at = index; unit >= 0 && at <= index + 1 + unit; at++) kinds[at]!.add('doses')
  }

  /** How many digits stand together, over spaces, brackets and hyphens, as in a telephone number. */
  private digitsFrom(index: number): number {
    const isPart = (at: number) => /^[\s\p{N}()+.\u2010-\u2013-]+$/u.test(this.tokens[at]?.text ?? '')
    let [start, end] = [index, index]
    while (isPart(start - 1)) start--
    while (isPart(end)) end++
    const text = this.tokens.slice(start, end).map((token) => token.text)
    return text.join('').match(/\p{N}/gu)?.length ?? 0
  }
}

/** Words before a number in which somebody says to call it. */
const reach = 8
/** Words after a number among which its unit stands. */
const span = 3
/** Digits from which on a number is one to call, whatever is said of it. */
const leastDigits = 7

function marked(mark: string): Touch[] {
  const touches: Touch[] = []
  if (mark.includes('link ')) touches.push('links')
  if (/link (?:tel|sms):/.test(mark)) touches.push('phones')
  if (mark.includes('term ')) touches.push('medicines')
  if (mark.includes('citation ') || mark.includes('record ')) touches.push('records')
  if (mark.includes('break') || mark === 'cell' || mark === 'line') touches.push('structure')
  return touches
}

/** Whether a word became its opposite: “safe” and “unsafe”, “harmless” and “harmful”. */
function isOpposite(was: readonly string[], is: readonly string[], locale: Locale): boolean {
  const { prefixes } = lexicons[locale]
  const turns = (word: string, other: string): boolean =>
    prefixes.some((prefix) => word === prefix + other || word === `${prefix}-${other}`) ||
    (/less$/.test(word) && word.slice(0, -4) === other.replace(/ful$/, ''))
  return was.some((word) => is.some((other) => turns(word, other) || turns(other, word)))
}
