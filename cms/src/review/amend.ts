import type { Article } from 'content-schemas'
import type { Run } from './anchors.ts'

/** Words to be put in place of others, in one run of text; characters as UTF-16 code units of its text. */
export type Amendment = { start: number; end: number; words: string }

/**
 * The article with words replaced as if somebody had typed them: only the words that differ are touched, so marks, links
 * and ids stay. Undefined where a change goes across a line break, which is no character of the text.
 */
export function amended(article: Article, run: Run, amendment: Amendment): Article | undefined {
  const copy = structuredClone(article)
  // From the end: what stands before a change stays where it was.
  for (const change of changesOf(run.text, amendment).reverse())
    if (!type(copy, run, change, amendment.start)) return undefined
  // Not before now: pieces are addressed by where they stood.
  dropEmpty(copy.body)
  return copy
}

/** Makes one change in a copy. False where it goes across what is no text. */
function type(copy: Article, run: Run, change: Amendment, head: number): boolean {
  const { start, end, words } = change
  if (run.pieces.length === 0) {
    replaceAt(copy, run.pointer, change)
    return true
  }
  const touched = run.pieces.filter((piece) => piece.start < end && start < piece.end)
  const first = touched[0] ?? typedInto(run, start, head)
  const covered = touched.reduce((sum, piece) => sum + Math.min(end, piece.end) - Math.max(start, piece.start), 0)
  if (!first || covered < end - start) return false
  for (const piece of new Set([first, ...touched])) {
    const from = Math.max(start - piece.start, 0)
    const to = Math.max(from, Math.min(end, piece.end) - piece.start)
    replaceAt(copy, piece.pointer, { start: from, end: to, words: piece === first ? words : '' })
  }
  return true
}

/** What is added goes on as the character before it, like typing; at the head of the words, as those. */
function typedInto({ pieces }: Run, at: number, head: number) {
  const isHere = (piece: { start: number; end: number }) => piece.start <= at && at <= piece.end
  return at === head ? pieces.findLast(isHere) : pieces.find(isHere)
}

/** Words, what parts them, and single characters. */
const tokens = (text: string): string[] => text.match(/\s+|[\p{L}\p{M}\p{N}]+|./gsu) ?? []

/** The changes that lead to other words, from left to right: what both have in their order is kept. */
function changesOf(text: string, { start, end, words }: Amendment): Amendment[] {
  const [old, fresh] = [tokens(text.slice(start, end)), tokens(words)]
  const common = commonFrom(old, fresh)
  const changes: Amendment[] = []
  let open: Amendment | undefined
  let at = start
  for (let i = 0, j = 0; i < old.length || j < fresh.length; ) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      open = undefined
      at += old[i]!.length
      i++
      j++
      continue
    }
    if (!open) {
      open = { start: at, end: at, words: '' }
      changes.push(open)
    }
    if (j === fresh.length || (i < old.length && common[i + 1]![j]! >= common[i]![j + 1]!)) {
      at += old[i++]!.length
      open.end = at
    } else open.words += fresh[j++]
  }
  return changes
}

const worth = (token: string): number => (/[\p{L}\p{N}]/u.test(token) ? 4 : 1)

/** How much two lists of tokens have in common, in order, from each pair of places to their ends: words count most. */
function commonFrom(old: readonly string[], fresh: readonly string[]): number[][] {
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(fresh.length + 1).fill(0))
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = fresh.length - 1; j >= 0; j--)
      common[i]![j] =
        old[i] === fresh[j] ? common[i + 1]![j + 1]! + worth(old[i]!) : Math.max(common[i + 1]![j]!, common[i]![j + 1]!)
  return common
}

/** Replaces in the string, or the text node, that a pointer names. */
function replaceAt(article: Article, pointer: string, { start, end, words }: Amendment): void {
  const keys = pointer.split('/').slice(1)
  const last = keys.pop()!
  type Holder = Record<string, unknown>
  const holder = keys.reduce<unknown>((value, key) => (value as Holder)[key], article) as Holder
  const changed = (value: string) => value.slice(0, start) + words + value.slice(end)
  const found = holder[last] as string | { value: string }
  if (typeof found === 'string') holder[last] = changed(found)
  else found.value = changed(found.value)
}

/** Takes out text nodes without text, and the marks that held nothing else. */
function dropEmpty(node: object): void {
  const holder = node as { children?: object[] }
  if (!holder.children) return
  for (const child of holder.children) dropEmpty(child)
  holder.children = holder.children.filter((child) => {
    const { type, value, children } = child as { type: string; value?: string; children?: object[] }
    if (type === 'text') return value !== ''
    return !(['strong', 'emphasis', 'link', 'term'].includes(type) && children?.length === 0)
  })
}
