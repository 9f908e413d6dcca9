import type { Phone, RecordOf } from 'content-schemas'
import { type Row, recordFieldsOf } from './document.ts'

/*
 * How people reach a resource: what somebody who confirms it has tried, and what readers have to hear of when it changes.
 */

export const reachParts = ['phones', 'text', 'chat', 'url', 'hours'] as const
export type ReachPart = (typeof reachParts)[number]

type Reach = Partial<RecordOf<'resources'>>

/**
 * What differs in how two states of a resource are reached. With `isTranslation`, words that were empty before say nothing
 * new: they are those of another language.
 */
export function changedReach(before: Reach, after: Reach, { isTranslation = false } = {}): ReachPart[] {
  const [was, is] = [partsOf(before), partsOf(after)]
  const isChanged = (part: ReachPart) =>
    is[part].length !== was[part].length ||
    is[part].some((value, index) => value !== was[part][index] && !(isTranslation && was[part][index] === ''))
  return reachParts.filter(isChanged)
}

/** The same of two rows. */
export const changedReachOf = (before: Row, after: Row, options: { isTranslation: boolean }): ReachPart[] =>
  changedReach(recordFieldsOf('resources', before), recordFieldsOf('resources', after), options)

function partsOf({ phones = [], text, chat, url, schedule, openingHours }: Reach): Record<ReachPart, string[]> {
  const numbers = (some: Phone[]) =>
    JSON.stringify(some.map(({ number, extension, type }) => [number, extension || null, type]))
  return {
    phones: [numbers(phones.filter(({ type }) => type !== 'text'))],
    text: [text ?? '', numbers(phones.filter(({ type }) => type === 'text'))],
    chat: [chat ?? ''],
    url: [url ?? ''],
    hours: [schedule ?? '', JSON.stringify(openingHours ?? null), ...phones.map(({ hours }) => hours ?? '')],
  }
}
