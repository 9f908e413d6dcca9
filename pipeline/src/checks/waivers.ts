import type { blocks, Document, Message, Place, Waiver } from 'content-schemas'
import { textOf } from '../transformers/text-of.ts'

/** The words a place is about; undefined where it names a node or field as a whole. */
export function passageAt(document: Document, { pointer, start, end }: Place): string | undefined {
  if (start === undefined || end === undefined) return undefined
  const found = pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
  if (typeof found === 'string') return found.slice(start, end)
  return typeof found === 'object' && found ? textOf(found as blocks.Node).slice(start, end) : undefined
}

/** A waiver for what a message is about: its rule, its place, and the words there. */
export function waiverFor(message: Message, document: Document, said: Pick<Waiver, 'reason' | 'by'>): Waiver {
  const { pointer } = message.place
  const passage = passageAt(document, message.place)
  return { rule: message.rule, pointer, ...(passage === undefined ? {} : { passage }), ...said }
}

/** The waiver that lets a message pass; undefined if there is none, and for every message that nobody may waive. */
export const waiverOf = (message: Message, document: Document, waivers: readonly Waiver[]): Waiver | undefined =>
  message.waivable
    ? waivers.find(
        ({ rule, pointer, passage, reason }) =>
          rule === message.rule &&
          pointer === message.place.pointer &&
          (passage === undefined || passage === passageAt(document, message.place)) &&
          reason.trim() !== '',
      )
    : undefined
