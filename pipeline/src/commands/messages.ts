import { relative } from 'node:path'
import type { Message } from 'content-schemas'

/** A file and what was found in it. */
export type Findings = { path: string; messages: Message[] }

/** `file:line:column rule  reason  → fix`, advice marked as such. */
export function lineOf(path: string, { rule, severity, reason, fix, place }: Message): string {
  const at = [shortest(path), place.line, place.column].filter((part) => part !== undefined).join(':')
  const advice = severity === 'advise' ? ' (advice)' : ''
  return `${at} ${rule}${advice}  ${reason}${fix ? `  → ${fix}` : ''}`
}

/** In the order of the file. */
export const inOrder = (messages: Message[]): Message[] =>
  messages.toSorted(
    (a, b) => (a.place.line ?? 0) - (b.place.line ?? 0) || (a.place.column ?? 0) - (b.place.column ?? 0),
  )

export const blocks = ({ messages }: Findings): boolean => messages.some(({ severity }) => severity === 'block')

function shortest(path: string): string {
  const short = relative(process.cwd(), path)
  return short.startsWith('..') ? path : short
}

export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`
