import { recordKinds } from 'content-schemas'
import { withoutInvisible } from '../invisible.ts'
import { wordFor } from '../transformers/records.ts'
import type { Rule } from './rule.ts'

/** Saving and importing take these out; what was stored before, or came by another way, is told here. */
export const hiddenCharacter: Rule = {
  id: 'hidden-character',
  severity: 'block',
  waivable: false,
  *find({ document, records }) {
    for (const { pointer, text } of hiddenIn(document, ''))
      yield {
        pointer,
        reason: `${shown(text)} holds a character that nobody sees. It can show readers another number or word than was reviewed.`,
        fix: 'Type the words anew.',
      }
    for (const kind of recordKinds)
      for (const record of Object.values(records[kind]))
        for (const { text } of hiddenIn(record, ''))
          yield {
            pointer: '',
            reason: `${shown(text)}, in the ${wordFor[kind]} that is shown here, holds a character that nobody sees.`,
            fix: 'Open that record and save it: the character goes.',
          }
  },
}

const shown = (text: string): string => `“${withoutInvisible(text).slice(0, 80)}”`

function* hiddenIn(value: unknown, pointer: string): Generator<{ pointer: string; text: string }> {
  if (typeof value === 'string') {
    if (withoutInvisible(value) !== value) yield { pointer, text: value }
  } else if (typeof value === 'object' && value !== null)
    for (const [key, held] of Object.entries(value)) yield* hiddenIn(held, `${pointer}/${key}`)
}
