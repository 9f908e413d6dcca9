import type { Touch } from './labels.ts'
import type { Token } from './parts.ts'
import { isCorrected, isSplit, spelled, unaccented } from './spelling.ts'
import type { Hunk, Language, Lexical, Range } from './touches.ts'

/*
 * What may change without anybody having to understand the text: case, spacing, a slip of the pen, a word written twice,
 * a full stop at the end. It is not asked whether a change does harm, but whether it is shown to do none; all else is
 * for a reviewer, and so is what stands beside a number or a unit.
 */

/** The words of a passage, and what lists say of each. */
export type Side = { tokens: readonly Token[]; kinds: readonly ReadonlySet<Touch | Lexical>[] }
/** Where a change stands: both texts, and what else changed in the passage. */
export type Change = { was: Side; is: Side; language: Language; others: readonly Hunk[] }

/** Whether what differs in one place is shown to say the same. Both sides must be free of what lists call grave. */
export function isHarmless(hunk: Hunk, change: Change): boolean {
  const { was, is } = change
  if (isSecondTime(hunk, was)) return true
  const [old, now] = [
    was.tokens.slice(hunk.before.start, hunk.before.end),
    is.tokens.slice(hunk.after.start, hunk.after.end),
  ]
  return (
    areWordsTheSame(old.filter(isWordToken), now.filter(isWordToken), hunk, change) && areMarksTheSame(hunk, change)
  )
}

const isWordToken = ({ text }: Token): boolean => /[\p{L}\p{N}]/u.test(text)
const isMark = (token: Token | undefined): boolean => token !== undefined && !isWordToken(token)

/** Whether all that changed is that words which stood there twice stand there once. */
function isSecondTime({ before: { start, end }, after }: Hunk, { tokens }: Side): boolean {
  const taken = tokens.slice(start, end)
  if (after.start !== after.end || !taken.every(isWordToken)) return false
  const copies = [tokens.slice(start - taken.length, start), tokens.slice(end, end + taken.length)]
  const wordsOf = (some: readonly Token[]) => some.map(({ text }) => spelled(text)).join(' ')
  return copies.some((copy) => wordsOf(copy) === wordsOf(taken))
}

function areWordsTheSame(
  old: readonly Token[],
  now: readonly Token[],
  hunk: Hunk,
  { was, language: { locale, written } }: Change,
): boolean {
  const isSame =
    old.length === now.length && old.every(({ text }, index) => spelled(text) === spelled(now[index]!.text))
  if (isSame) return true
  if (isBesideAmount(hunk.before, was)) return false
  if (old.length === 1 && now.length > 1)
    return isSplit(
      old[0]!.text,
      now.map(({ text }) => text),
      locale,
      written,
    )
  return (
    old.length === now.length && old.every(({ text }, index) => isCorrected(text, now[index]!.text, locale, written))
  )
}

/** Whether all that changed is accents, which what stood there lacked or had wrong: it was no word, and reads as this one. */
export function isReaccented(hunk: Hunk, change: Change): boolean {
  const { was, is } = change
  const [old, now] = [
    was.tokens.slice(hunk.before.start, hunk.before.end).filter(isWordToken),
    is.tokens.slice(hunk.after.start, hunk.after.end).filter(isWordToken),
  ]
  const areAlike = old.every(
    ({ text }, index) => unaccented(spelled(text)) === unaccented(spelled(now[index]?.text ?? '')),
  )
  return old.length === now.length && areAlike && isHarmless(hunk, change)
}

/** Whether the next word on either side is a number, or what numbers are of. */
function isBesideAmount({ start, end }: Range, side: Side): boolean {
  const near = [nextWord(side, start - 1, -1), nextWord(side, end, 1)]
  return near.some((at) => ['numbers', 'units', 'doses', 'phones'].some((kind) => side.kinds[at]?.has(kind as Lexical)))
}

function nextWord({ tokens }: Side, from: number, step: 1 | -1): number {
  let at = from
  while (isMark(tokens[at])) at += step
  return at
}

/** Signs that are each other's other shape. */
const shapes: readonly [RegExp, string][] = [
  [/[“”„«»]/g, '"'],
  [/[‘’‚]/g, "'"],
  [/[–—]/g, '–'],
  [/…/g, '...'],
]
const signsIn = ({ tokens }: Side, { start, end }: Range): string =>
  shapes.reduce(
    (text, [shape, sign]) => text.replace(shape, sign),
    tokens
      .slice(start, end)
      .filter((token) => isMark(token))
      .map(({ text }) => text.trim())
      .join(''),
  )

function areMarksTheSame(hunk: Hunk, { was, is, others }: Change): boolean {
  const [old, now] = [signsIn(was, hunk.before), signsIn(is, hunk.after)]
  const isAtEnd = hunk.before.end === was.tokens.length && hunk.after.end === is.tokens.length
  if (isAtEnd && [old, now].every((sign) => sign === '' || sign === '.')) return true
  if (old === '' && now === '') return true
  if (isBesideDigits(hunk.before, was) || isBesideDigits(hunk.after, is)) return false
  if (old === now) return true
  if (isDoubledSign(hunk, was, old, now)) return true
  const added = now.length > old.length ? now : old
  const isOne = old.length + now.length === 1
  if (!isOne || !/[,،.]/.test(added)) return false
  if (added === '.' && !startsSentence(hunk, is)) return false
  const isSafe = now === added ? isQuiet(hunk.after, is) : isQuiet(hunk.before, was)
  return isSafe && !others.some((other) => isInSentence(other, hunk, was))
}

const hasDigit = (token: Token | undefined): boolean => token !== undefined && /\p{N}/u.test(token.text)
const isBesideDigits = ({ start, end }: Range, { tokens }: Side): boolean =>
  hasDigit(tokens[start - 1]) || hasDigit(tokens[end])

/** “,,” became “,”. */
function isDoubledSign({ before: { start, end } }: Hunk, { tokens }: Side, old: string, now: string): boolean {
  const beside = [tokens[start - 1], tokens[end]].map((token) => token?.text.trim())
  return now === '' && /^[,،;:!?؟]$/.test(old) && beside.includes(old)
}

/** Whether what follows the change begins with a capital, as the next sentence does. */
const startsSentence = ({ after }: Hunk, { tokens }: Side): boolean => /^\s*\p{Lu}/u.test(tokens[after.end]?.text ?? '')

const endsSentence = (token: Token | undefined): boolean => token === undefined || /[.!?؟…⏎|]$/.test(token.text)

/** The sentence around a place; both, where a sign between two is what changed. */
function sentenceAround({ start, end }: Range, { tokens }: Side): Range {
  let [from, to] = [start, end]
  while (from > 0 && !endsSentence(tokens[from - 1])) from--
  while (to < tokens.length && !endsSentence(tokens[to])) to++
  return { start: from, end: to }
}

const isInSentence = ({ before }: Hunk, hunk: Hunk, was: Side): boolean => {
  const { start, end } = sentenceAround(hunk.before, was)
  return before.start <= end && before.end >= start
}

/** Whether a sentence has nothing that a comma could turn: no negation, number or medicine, and beside it no “only” or “if”. */
function isQuiet(range: Range, side: Side): boolean {
  const { start, end } = sentenceAround(range, side)
  const grave = ['numbers', 'doses', 'units', 'phones', 'negations', 'medicines'] as const
  const isGrave = side.kinds.slice(start, end).some((kinds) => grave.some((kind) => kinds.has(kind)))
  const beside = [nextWord(side, range.start - 1, -1), nextWord(side, range.end, 1)]
  return !isGrave && !beside.some((at) => side.kinds[at]?.has('turns'))
}
