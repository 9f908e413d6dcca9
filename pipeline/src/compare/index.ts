import { type Article, noRecords, type Records } from 'content-schemas'
import { diffArrays } from 'diff'
import { align, type Pair, signatureOf } from './align.ts'
import { type Touch, touchKinds } from './labels.ts'
import { keyOf, type Part, partsOf, type Token, tokensOf } from './parts.ts'
import { countWords } from './spelling.ts'
import { type Hunk, inOrder, type Language, touchesOf } from './touches.ts'

export { type Touch, touchLabels } from './labels.ts'

/*
 * What is different between two versions of an article, as text that a person reads, with what each change touches.
 */

/** Words that stay, that were added, or that were taken out. */
export type Run = {
  text: string
  is: 'same' | 'added' | 'removed'
  /** Where the words lead, if they are a link. */
  link?: string
}

/** A passage of the newer text, or one that was taken out of it. */
export type Passage = {
  /** Where it stands, for people. */
  label: string
  /** JSON pointer into the newer document; of what was taken out, into the older one. */
  pointer: string
  /** Undefined where nothing changed. */
  change?: 'added' | 'removed' | 'changed' | 'moved'
  /** What the change touches, the gravest first; empty where nothing changed. */
  touches: Touch[]
  runs: Run[]
}

export type Comparison = {
  /** All of the newer text in reading order, with what was taken out where it stood. */
  text: Passage[]
  /** What changed, the gravest first. */
  changes: Passage[]
  /** About how long a careful reader needs for the changes; for all of it where there was nothing before. At least 1. */
  minutes: number
}

/** A version of an article with the records it names, as far as they are known: they are shown by their names. */
export type Version = { document: Article; records?: Records }

/**
 * Compares two versions of an article in one language. Without an older one nothing counts as changed, and all of the
 * text is there to be read. Where nothing is found to differ though the content does, that itself is a change.
 */
export function compare(before: Version | undefined, after: Version): Comparison {
  const is = partsIn(after)
  if (!before) {
    const text = is
      .filter(({ pieces }) => pieces.length > 0)
      .map((part) => passageOf({ part, touches: [], runs: asRuns(part.pieces, 'same') }))
    return { text, changes: [], minutes: minutesFor(text, []) }
  }
  const was = partsIn(before)
  const language = languageOf(was, before, after)
  const pairs = align(was, is)
  const carried = framesMoved(pairs)
  const text = pairs.flatMap((pair) => read(pair, language, carried))
  const changes = gravestFirst(text.filter(({ change }) => change))
  if (changes.length === 0 && contentOf(before.document) !== contentOf(after.document)) {
    const other: Passage = { label: 'Something else', pointer: '', change: 'changed', touches: ['structure'], runs: [] }
    return { text: [...text, other], changes: [other], minutes: 1 }
  }
  return { text, changes, minutes: minutesFor(text, changes) }
}

/** The changes that a second editor cannot answer for: all that are not shown to say the same as before. */
export const beyondWording = ({ changes }: Comparison): Passage[] =>
  changes.filter(({ touches }) => touches.some((touch) => touch !== 'rest'))

const partsIn = ({ document, records = noRecords() }: Version): Part[] => partsOf(document, records)

function languageOf(was: readonly Part[], ...versions: Version[]): Language {
  const terms = versions.flatMap(({ records }) => [
    ...Object.values(records?.glossary ?? {}).map(({ term }) => term),
    ...Object.values(records?.topics ?? {}).map(({ name }) => name),
  ])
  const glossary = new Set(terms.map((term) => term.toLowerCase()))
  const written = countWords(was.map(({ pieces }) => pieces.map(({ text }) => text).join('')))
  return { locale: versions[0]!.document.locale, glossary, written, known: new Map() }
}

/** What an approval binds to, in an order of its own. */
const contentOf = ({ slug: _, review: __, ...content }: Article): string => JSON.stringify(content)

/** Blocks that moved as a whole: what stands in them moved along, and is not told of one by one. */
const framesMoved = (pairs: readonly Pair[]): ReadonlySet<string> =>
  new Set(pairs.flatMap(({ after, isMoved }) => (isMoved && after?.frame !== undefined ? [after.frame] : [])))

function read({ before, after, isMoved }: Pair, language: Language, carried: ReadonlySet<string>): Passage[] {
  if (!before || !after) {
    const [part, change] = after ? ([after, 'added'] as const) : ([before!, 'removed'] as const)
    if (part.pieces.length === 0 && part.frame === undefined) return []
    const tokens = tokensOf(part)
    const whole = [{ before: { start: 0, end: 0 }, after: { start: 0, end: tokens.length } }]
    const touches = inOrder([...touchesOf([], tokens, whole, language), ...part.surroundings, 'structure'])
    return [passageOf({ part, change, touches, runs: asRuns(part.pieces, change) })]
  }
  const moves = isMoved && !(before.container === after.container && carried.has(after.container))
  const isSame = signatureOf(before) === signatureOf(after)
  if (isSame && !moves)
    return after.pieces.length === 0
      ? []
      : [passageOf({ part: after, touches: [], runs: asRuns(after.pieces, 'same') })]
  const [was, is] = [tokensOf(before), tokensOf(after)]
  const hunks = isSame ? [] : hunksOf(was, is)
  const touches = inOrder([
    ...(hunks.length > 0 ? touchesOf(was, is, hunks, language) : []),
    ...before.surroundings,
    ...after.surroundings,
    ...(moves || before.form !== after.form ? (['structure'] as const) : []),
  ])
  const runs = runsOf(was, is, hunks)
  return [passageOf({ part: after, change: hunks.length === 0 && moves ? 'moved' : 'changed', touches, runs })]
}

function passageOf({ part, ...rest }: { part: Part } & Omit<Passage, 'label' | 'pointer'>): Passage {
  return { label: part.label, pointer: part.pointer, ...rest }
}

/** Words that may differ before a passage counts as written anew; more would take long to find. */
const mostEdits = 600

/** Where the words differ, in order. */
function hunksOf(before: readonly Token[], after: readonly Token[]): Hunk[] {
  const steps = diffArrays(before.map(keyOf), after.map(keyOf), { maxEditLength: mostEdits })
  if (!steps) return [{ before: { start: 0, end: before.length }, after: { start: 0, end: after.length } }]
  const hunks: Hunk[] = []
  let [from, to] = [0, 0]
  let isOpen = false
  for (const { added, removed, count } of steps) {
    if (!added && !removed) {
      ;[from, to, isOpen] = [from + count, to + count, false]
      continue
    }
    if (!isOpen) hunks.push({ before: { start: from, end: from }, after: { start: to, end: to } })
    isOpen = true
    const hunk = hunks.at(-1)!
    if (removed) hunk.before.end = from += count
    else hunk.after.end = to += count
  }
  return hunks
}

function runsOf(before: readonly Token[], after: readonly Token[], hunks: readonly Hunk[]): Run[] {
  const runs: Run[] = []
  let to = 0
  for (const hunk of hunks) {
    runs.push(...asRuns(after.slice(to, hunk.after.start), 'same'))
    runs.push(...asRuns(before.slice(hunk.before.start, hunk.before.end), 'removed'))
    runs.push(...asRuns(after.slice(hunk.after.start, hunk.after.end), 'added'))
    to = hunk.after.end
  }
  return [...runs, ...asRuns(after.slice(to), 'same')]
}

/** Tokens laid end to end, as long as they lead to the same place. */
function asRuns(tokens: readonly Token[], is: Run['is']): Run[] {
  const runs: Run[] = []
  for (const { text, mark } of tokens) {
    const link = /link (\S+)/.exec(mark)?.[1]
    const last = runs.at(-1)
    if (last && last.link === link) last.text += text
    else runs.push({ text, is, ...(link === undefined ? {} : { link }) })
  }
  return runs
}

const rank = ({ touches }: Passage): number => touchKinds.indexOf(touches[0] ?? 'rest')

/** The order of the text stays where the touch is the same. */
const gravestFirst = (changes: Passage[]): Passage[] => [...changes].sort((a, b) => rank(a) - rank(b))

/** Words a minute that somebody reads who has to answer for them. */
const careful = 180
/** Seconds to find one's way into a change, and to think over one that may do harm. */
const perChange = 10
const perGraveChange = 20

function minutesFor(text: readonly Passage[], changes: readonly Passage[]): number {
  const read = changes.length > 0 ? changes : text
  const words = read.flatMap(({ runs }) => runs).reduce((sum, run) => sum + (run.text.match(/\S+/g)?.length ?? 0), 0)
  const grave = changes.filter(({ touches }) => touches[0] !== 'words' && touches[0] !== 'rest').length
  return Math.max(1, Math.round(words / careful + (changes.length * perChange + grave * perGraveChange) / 60))
}
