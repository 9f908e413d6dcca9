import { diffArrays } from 'diff'
import { keyOf, type Part, tokensOf } from './parts.ts'

/** What became of a part. One of the two is missing where it was added or taken out. */
export type Pair = { before?: Part; after?: Part; isMoved: boolean }

/**
 * Finds for every part of one document the same part in the other: by its key, or, for prose, by its words, first in
 * the block it stands in, then anywhere. In the order of `after`, with what was taken out where it stood.
 */
export function align(before: readonly Part[], after: readonly Part[]): Pair[] {
  const partner = new Map<Part, Part>()
  pairByKey(before, after, partner)
  const blocks = grouped(before.filter(isProse))
  for (const [container, added] of grouped(after.filter(isProse)))
    pairByWords(blocks.get(container) ?? [], added, partner)
  pairMoved(before, after, partner)
  return inOrder(before, after, partner)
}

const isProse = ({ key }: Part): boolean => key === undefined

/** Equal for parts that nobody could tell apart. */
export const signatureOf = (part: Part): string => `${part.form}\n${wordsOf(part)}`
const wordsOf = ({ pieces }: Part): string => pieces.map(keyOf).join('\u0001')

function pairByKey(before: readonly Part[], after: readonly Part[], partner: Map<Part, Part>): void {
  const byKey = new Map(before.flatMap((part) => (part.key === undefined ? [] : [[part.key, part] as const])))
  for (const part of after) {
    const same = part.key === undefined ? undefined : byKey.get(part.key)
    if (!same) continue
    partner.set(part, same)
    // What has the key of another is no third one.
    byKey.delete(part.key!)
  }
}

function grouped(parts: readonly Part[]): Map<string, Part[]> {
  const groups = new Map<string, Part[]>()
  for (const part of parts) {
    const group = groups.get(part.container)
    if (group) group.push(part)
    else groups.set(part.container, [part])
  }
  return groups
}

/** Equal passages first; what lies between two of them is paired by likeness, in its order. */
function pairByWords(before: readonly Part[], after: readonly Part[], partner: Map<Part, Part>): void {
  let [from, to] = [0, 0]
  let [removed, added]: [Part[], Part[]] = [[], []]
  const close = () => {
    pairAlike(removed, added, partner)
    ;[removed, added] = [[], []]
  }
  for (const step of diffArrays(before.map(signatureOf), after.map(signatureOf))) {
    if (step.removed) removed.push(...before.slice(from, from + step.count))
    else if (step.added) added.push(...after.slice(to, to + step.count))
    else {
      close()
      for (let index = 0; index < step.count; index++) partner.set(after[to + index]!, before[from + index]!)
    }
    if (!step.added) from += step.count
    if (!step.removed) to += step.count
  }
  close()
}

/** Least share of words two passages have in common to count as one that was changed. */
const leastAlike = 0.4
/** Passages on both sides, multiplied, above which a rewritten text is not searched for what stayed. */
const mostCompared = 40_000

/** Pairs passages in their order so that together they have the most in common. */
function pairAlike(before: readonly Part[], after: readonly Part[], partner: Map<Part, Part>): void {
  if (before.length === 0 || after.length === 0 || before.length * after.length > mostCompared) return
  const [was, is] = [before.map(wordsIn), after.map(wordsIn)]
  // best[i][j]: of the passages from i and from j on.
  const best = Array.from({ length: before.length + 1 }, () => new Float64Array(after.length + 1))
  const likeness = was.map((some) => is.map((others) => alike(some, others)))
  const paired = (i: number, j: number): number => {
    const value = likeness[i]![j]!
    return value < leastAlike ? -1 : value + best[i + 1]![j + 1]!
  }
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--) best[i]![j] = Math.max(best[i + 1]![j]!, best[i]![j + 1]!, paired(i, j))
  for (let i = 0, j = 0; i < before.length && j < after.length; ) {
    if (best[i]![j] === paired(i, j)) partner.set(after[j++]!, before[i++]!)
    else if (best[i]![j] === best[i + 1]![j]) i++
    else j++
  }
}

const wordsIn = (part: Part): Map<string, number> => {
  const counts = new Map<string, number>()
  for (const { text } of tokensOf(part)) counts.set(text.trim(), (counts.get(text.trim()) ?? 0) + 1)
  return counts
}

/** Share of words in common: 0 to 1. */
function alike(some: Map<string, number>, others: Map<string, number>): number {
  let [common, total] = [0, 0]
  for (const [word, count] of some) {
    common += Math.min(count, others.get(word) ?? 0)
    total += count
  }
  for (const count of others.values()) total += count
  return total === 0 ? 0 : (2 * common) / total
}

/** Passages that stand unchanged in another place. */
function pairMoved(before: readonly Part[], after: readonly Part[], partner: Map<Part, Part>): void {
  const taken = new Set(partner.values())
  const left = new Map(before.filter((part) => isProse(part) && !taken.has(part)).map((part) => [wordsOf(part), part]))
  for (const part of after) {
    if (!isProse(part) || partner.has(part)) continue
    const same = left.get(wordsOf(part))
    if (!same) continue
    partner.set(part, same)
    left.delete(wordsOf(part))
  }
}

function inOrder(before: readonly Part[], after: readonly Part[], partner: Map<Part, Part>): Pair[] {
  const index = new Map(before.map((part, position) => [part, position]))
  const places = after.flatMap((part) => (partner.has(part) ? [index.get(partner.get(part)!)!] : []))
  const inPlace = longestRise(places)
  const taken = new Set(partner.values())
  const pairs: Pair[] = []
  let next = 0
  const takeOut = (until: number) => {
    for (; next < until; next++) if (!taken.has(before[next]!)) pairs.push({ before: before[next]!, isMoved: false })
  }
  for (const part of after) {
    const same = partner.get(part)
    if (!same) {
      // What was written anew stands after what it stands for.
      while (next < before.length && !taken.has(before[next]!)) takeOut(next + 1)
      pairs.push({ after: part, isMoved: false })
      continue
    }
    const position = index.get(same)!
    const stays = inPlace.has(position)
    if (stays) takeOut(position + 1)
    pairs.push({ before: same, after: part, isMoved: !stays || same.container !== part.container })
  }
  takeOut(before.length)
  return pairs
}

/** The longest series of numbers, in their order, that only rises. */
function longestRise(numbers: readonly number[]): Set<number> {
  // `ends[length - 1]`: where the series of that length with the lowest last number ends.
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, number] of numbers.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (numbers[ends[middle]!]! < number) low = middle + 1
      else high = middle
    }
    previous[index] = low > 0 ? ends[low - 1]! : -1
    ends[low] = index
  }
  const rise = new Set<number>()
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index]!) rise.add(numbers[index]!)
  return rise
}
