import { noRecords } from 'content-schemas'
import type { Version } from './index.ts'
import { type Part, partsOf } from './parts.ts'

/** Numbers in figures that one of two texts has and the other has not, as they are written there. */
export type NumbersApart = { source: string[]; translation: string[] }

/**
 * What in a translation is not the number that its source says, nor the other way round. Figures count in any digits and
 * with any separators; number words are for people. Whatever the languages write differently is here too, such as a time.
 */
export function numbersApart(source: Version, translation: Version): NumbersApart {
  const [from, to] = [numbersIn(source), numbersIn(translation)]
  const without = (some: Map<string, string>, others: Map<string, string>) =>
    [...some].flatMap(([digits, written]) => (others.has(digits) ? [] : [written]))
  return { source: without(from, to), translation: without(to, from) }
}

const figures = /\p{Nd}+(?:[.,:/\u066b\u066c\u2010-\u2013-]?\p{Nd}+)*/gu

/** Each number once, by its digits. */
function numbersIn({ document, records = noRecords() }: Version): Map<string, string> {
  const text = partsOf(document, records).filter(isRead).map(writtenIn).join('\n')
  return new Map((text.match(figures) ?? []).map((written) => [digitsOf(written), written]))
}

const readFields: readonly string[] = ['/title', '/summary', '/mainMessage']
/** Sources, names and rights are alike in all languages, or nobody's instruction. */
const isRead = ({ key, form }: Part): boolean => (form === 'field' ? readFields.includes(key ?? '') : form !== 'source')

const writtenIn = ({ pieces }: Part): string =>
  pieces.map(({ text, mark }) => (/\b(?:record|citation)\b/.test(mark) ? ' ' : text)).join('')

const digitsOf = (written: string): string =>
  written
    .normalize('NFKC')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.codePointAt(0)! & 0xf))
    .replace(/\D/g, '')
