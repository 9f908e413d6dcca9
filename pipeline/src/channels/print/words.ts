import { directedRuns, withoutDirectionControls } from '../../bidi.ts'
import type { ResolvedPhrasing } from '../../tree.ts'

/** A piece of text as the template sets it: marks flattened, so that the template needs no recursion for them. */
export type Run =
  | { type: 'text'; text: string; strong: boolean; emphasis: boolean; term: boolean; ltr: boolean }
  | { type: 'break' }
  | { type: 'citation'; number: number }
  /** `shown`: the address as readers of paper can type it; null where the text says it already. */
  | { type: 'link'; url: string; shown: string | null; children: Run[] }

type Marks = { strong: boolean; emphasis: boolean; term: boolean }
const plain: Marks = { strong: false, emphasis: false, term: false }

/** Text as paper holds it: one line, without control characters, breakable where a word is longer than a line. */
export const clean = (text: string): string =>
  text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(ignorable, '')
    .replace(/[^ ]{60,}/gu, (word) => word.replace(/.{30}/gu, '$&\u200B'))

// What is never shown and no font has: soft hyphens, joiners of emoji, tags. The joiners of Arabic stay.
const ignorable = /(?:\u00AD|\u034F|\u180E|\u200B|[\u2060-\u2064]|[\uFE00-\uFE0F]|\uFEFF|[\u{E0000}-\u{E0FFF}])/gu

/** Plain text as runs; addresses and telephone numbers are apart in right-to-left languages. */
export const textRuns = (text: string, isRightToLeft: boolean, marks: Marks = plain): Run[] =>
  (isRightToLeft ? directedRuns(clean(text)) : [{ text: withoutDirectionControls(clean(text)), ltr: false }])
    .filter((run) => run.text)
    .map((run) => ({ type: 'text', ...marks, ...run }))

/** The words of a node as runs, in reading order. */
export function runsOf(phrasing: readonly ResolvedPhrasing[], isRightToLeft: boolean, marks: Marks = plain): Run[] {
  return phrasing.flatMap((node): Run[] => {
    switch (node.type) {
      case 'text':
        return textRuns(node.value, isRightToLeft, marks)
      case 'strong':
        return runsOf(node.children, isRightToLeft, { ...marks, strong: true })
      case 'emphasis':
        return runsOf(node.children, isRightToLeft, { ...marks, emphasis: true })
      case 'term':
        return runsOf(node.children, isRightToLeft, { ...marks, term: true })
      case 'break':
        return [{ type: 'break' }]
      case 'citation':
        return [{ type: 'citation', number: node.data.number }]
      case 'link':
        return linkRuns(node.url, runsOf(node.children, isRightToLeft, marks))
      default:
        throw new Error(`Print has no form for "${(node as { type: string }).type}". Give it one in print/words.ts.`)
    }
  })
}

function linkRuns(url: string, children: Run[]): Run[] {
  // A link to an article that is not published here leads nowhere: its words stay.
  if (url.startsWith('article:')) return children
  return [{ type: 'link', url, shown: shownAddress(url, wordsOf(children)), children }]
}

/** The words of runs, as plain text. */
export const wordsOf = (runs: readonly Run[]): string =>
  runs.map((run) => (run.type === 'text' ? run.text : run.type === 'link' ? wordsOf(run.children) : ' ')).join('')

/** An address as people type it: `https://www.example.org/` is "example.org". Numbers stay as they are. */
export const readable = (url: string): string =>
  url.replace(/^(?:https?:\/\/(?:www\.)?|mailto:|tel:|sms:)/i, '').replace(/\/$/, '')

function shownAddress(url: string, text: string): string | null {
  const address = readable(url)
  const bare = (value: string) => value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return bare(text).includes(bare(address)) ? null : address
}
