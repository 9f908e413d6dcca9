import type { Act, Waiver } from 'content-schemas'
import type { Acting } from '../access/acting.ts'

/** What is said about an act, and who does it. */
export type Note = Acting & {
  /** What changed, for readers. */
  changeNote?: string
  /** Whether it alters what a reader should do. A first edition is major. */
  major?: boolean
  /** Findings to let pass. Only those that somebody may waive are; the rest refuse the act all the same. */
  waivers?: Waiver[]
  /** Whether it is sample content; without a word on it, as before. */
  sample?: boolean
}
/** Why a document is no longer published. */
export type Ending = Acting & { reason: string; replacement?: string | null; to?: string | null }

export type EndingAct = Extract<Act, 'withdraw' | 'gone' | 'redirect' | 'purge'>
/** What an act tells the hooks it passes through, in `req.context`. */
export type ActContext = { act: 'publish' | 'correct'; note: Note } | { act: EndingAct; ending: Ending }
