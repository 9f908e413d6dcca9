import type { blocks, Document, Records } from 'content-schemas'
import { type Passage, passagesOf } from 'pipeline/reading/passages.ts'

/*
 * Words in a text, found again after it was edited elsewhere: the TextQuoteSelector of the W3C Web Annotation Data Model
 * (section 4.2.4), inside one run of text (a paragraph, a cell, an item, a title).
 */

/** Words, what stands around them, and the innermost block or item that holds them; a field's name where none does. */
export type Anchor = { block: string; exact: string; prefix: string; suffix: string }

/** A run of text, the block it stands in, and what it is where the text itself does not say: “Do not”. */
export type Run = Passage & { block: string; label: string | null }

/** Fields whose text means little, or the contrary, without their name. */
const labels: Record<string, string> = {
  summary: 'Summary',
  mainMessage: 'Main message',
  dos: 'Do',
  donts: 'Do not',
  whoFor: 'Who it suits',
  questions: 'To ask',
  caption: 'Under the picture',
}

/** Where words stand: in which run, from and to which character. `isSure` unless they could be others just like them. */
export type Spot = { index: number; start: number; end: number; isSure: boolean }

/** Characters kept on either side of the words. */
const around = 32
/** As many of them have to stand there still, on one side at least. */
const near = 12
/** Words so long are the same words, whatever stands around them. */
const telling = 40

/** All text of a document, in reading order, each run with its block. */
export const runsOf = (document: Document, records: Records): Run[] =>
  passagesOf(document, records).map((passage) => ({
    ...passage,
    block: blockAt(document, passage.pointer),
    label: passage.pointer.split('/').flatMap((key) => labels[key] ?? [])[0] ?? null,
  }))

function blockAt(document: Document, pointer: string): string {
  const keys = pointer.split('/').slice(1)
  let block = keys[0] ?? ''
  let value: unknown = document
  for (const key of keys) {
    value = (value as Record<string, unknown> | undefined)?.[key]
    const { id } = (value ?? {}) as Partial<blocks.Item>
    if (id !== undefined) block = id
  }
  return block
}

/** Names words of a run so that they are found again. */
export const anchorTo = (
  { block, text }: Pick<Run, 'block' | 'text'>,
  { start, end }: { start: number; end: number },
): Anchor => ({
  ...{ block, exact: text.slice(start, end) },
  ...{ prefix: text.slice(Math.max(0, start - around), start), suffix: text.slice(end, end + around) },
})

/** Finds words in a text that may be another by now. Undefined when they no longer stand there as they did. */
export function spotOf(runs: readonly Run[], anchor: Anchor): Spot | undefined {
  const found: (Spot & { likeness: number })[] = []
  if (anchor.exact === '') return undefined
  for (const [index, { text, block }] of runs.entries())
    for (let start = text.indexOf(anchor.exact); start >= 0; start = text.indexOf(anchor.exact, start + 1)) {
      const end = start + anchor.exact.length
      const before = isBefore(text.slice(0, start), anchor.prefix)
      const after = isAfter(text.slice(end), anchor.suffix)
      if (!before && !after && anchor.exact.length < telling) continue
      const likeness = (block === anchor.block ? 4 : 0) + Number(before) + Number(after)
      found.push({ index, start, end, isSure: true, likeness })
    }
  const most = Math.max(...found.map(({ likeness }) => likeness))
  const [best, ...others] = found.filter(({ likeness }) => likeness === most)
  return best && { index: best.index, start: best.start, end: best.end, isSure: others.length === 0 }
}

// Where the text ended within reach, it has to end there still.
const isBefore = (text: string, prefix: string): boolean =>
  prefix.length < near ? text === prefix : text.endsWith(prefix.slice(-near))
const isAfter = (text: string, suffix: string): boolean =>
  suffix.length < near ? text === suffix : text.startsWith(suffix.slice(0, near))
