import type { Edition } from 'content-schemas'
import { sha256 } from '../../identity.ts'

/*
 * The one place in a mail that differs from reader to reader. Templates put a node there; the rendered bytes are cut
 * at it, so that what an author writes can never open a second place.
 */

/** A rendered text, cut at its personal place. */
export type Cut = { before: string; after: string }

/** The name of the place in an edition's mail: a hash over all of its content, which no content can contain. */
export const markOf = ({ stamp, contentHash }: Edition): string => `personal:${sha256(`${stamp}|${contentHash}`)}`

/** Cuts a text at the mark, which stands in it exactly once. */
export function cutAt(text: string, mark: string): Cut {
  const [before, after, ...more] = text.split(mark)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error('A mail has to have exactly one personal place. Mend email/letter.tsx.')
  return { before, after }
}

/** The text with `personal` in its place; for everybody, with nothing. */
export const fill = ({ before, after }: Cut, personal = ''): string => before + personal + after
