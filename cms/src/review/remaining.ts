import type { Document, Message, Place } from 'content-schemas'
import { passageAt } from 'pipeline/checks/waivers.ts'
import type { Examined } from '../publishing/gate.ts'
import { type KeptWaiver, keptWaiverOf } from './kept-waivers.ts'

/** By whom something is to be done: whoever writes, the reviewer, or a publisher. */
export type Who = 'you' | 'reviewer' | 'publisher'

/** Words in the text, with some characters around them, by which they are found again while somebody types. */
export type Passage = { before: string; words: string; after: string }

/** What still stands against a publication, or is advised. */
export type Remaining = Message & {
  who: Who
  passage: Passage | null
  /** The waiver that lets it pass. */
  waiver: Pick<KeptWaiver, 'id' | 'reason' | 'by'> | null
}

/** Rules whose answer is not up to whoever writes. */
const whose: Record<string, Who> = {
  'approval-missing': 'reviewer',
  'reviewer-missing': 'reviewer',
  'reviewer-is-author': 'reviewer',
  'review-dates': 'reviewer',
  'unsigned-record': 'reviewer',
  'issue-article-unpublished': 'publisher',
}

/** The messages of the gate, all of them and in its order, each with who is to act and the words it is about. */
export const remainingIn = (
  { document, messages }: Pick<Examined, 'document' | 'messages'>,
  kept: readonly KeptWaiver[] = [],
): Remaining[] =>
  messages.map((message) => ({
    ...message,
    who: whose[message.rule] ?? 'you',
    passage: document && passageIn(document, message.place),
    waiver: (document && message.severity === 'block' && keptWaiverOf(message, document, kept)) || null,
  }))

/** Characters kept on either side of a passage. */
const around = 20

function passageIn(document: Document, place: Place): Passage | null {
  const { pointer, start = 0, end = 0 } = place
  const words = passageAt(document, place)
  if (!words) return null
  const text = (from: number, to: number) => passageAt(document, { pointer, start: from, end: to }) ?? ''
  return { before: text(Math.max(0, start - around), start), words, after: text(end, end + around) }
}
