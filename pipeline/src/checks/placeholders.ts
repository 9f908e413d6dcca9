import { placeIn } from '../reading/passages.ts'
import type { Rule } from './rule.ts'

/** What a template leaves to whoever writes: words in `[[…]]`. */
const placeholders = /\[\[[^[\]]*\]\]/g
/** Whether a text is nothing but such words. */
export const isPlaceholder = (text: string): boolean => text.replace(placeholders, '').trim() === ''

export const placeholder: Rule = {
  id: 'placeholder',
  severity: 'block',
  waivable: false,
  *find({ passages }) {
    for (const passage of passages)
      for (const { 0: words, index } of passage.text.matchAll(placeholders))
        yield {
          ...placeIn(passage, { start: index, end: index + words.length }),
          reason: `“${words}” is still to be filled in.`,
          fix: 'Put your own words in its place, or remove it.',
        }
  },
}
