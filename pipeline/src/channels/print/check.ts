import type { Message } from 'content-schemas'
import { hasGlyph } from './fonts.ts'
import type { Paper } from './paper.ts'

/** Deepest nesting of blocks a handout may have: the template recurses. */
export const depthLimit = 20

/**
 * What would keep a handout from being typeset as PDF/UA-1, in words: no title, a skipped heading, a picture without
 * alternative text, a character no font has, nesting too deep. The typesetter refuses the same, but says it to programmers.
 */
export function checkPaper(paper: Paper): Message[] {
  const messages: Message[] = []
  const add = (rule: string, reason: string, fix: string) =>
    messages.push({ rule, severity: 'block', waivable: false, reason, fix, place: { pointer: '' } })
  if (!paper.title.trim()) add('print-title', 'The handout has no title.', 'Give the article a title.')
  for (const gap of headingGaps(paper))
    add('print-heading-order', `The heading “${gap}” skips a level.`, 'Use the next level below the heading before it.')
  for (const path of picturesWithoutText(paper))
    add(
      'print-alternative-text',
      `A picture (${path}) has no alternative text.`,
      'Describe it, or mark it as decorative.',
    )
  for (const [character, where] of unknownCharacters(paper))
    add(
      'print-character',
      `No font of the handout has the character “${character}” (${codeOf(character)}), which stands in “${where}”.`,
      'Write it in words or leave it out.',
    )
  if (depthOf(paper) > depthLimit)
    add('print-depth', `Blocks are nested deeper than ${depthLimit} levels.`, 'Take some lists out of each other.')
  return messages
}

type Object = Record<string, unknown>
const isObject = (value: unknown): value is Object => typeof value === 'object' && value !== null

/** Every object inside a value, in reading order, itself included. */
function* objectsIn(value: unknown): Generator<Object> {
  if (!isObject(value)) return
  if (!Array.isArray(value)) yield value
  for (const part of Object.values(value)) yield* objectsIn(part)
}

function headingGaps(paper: Paper): string[] {
  const gaps: string[] = []
  let before = 0
  for (const { level, runs } of objectsIn([paper.urgent, paper.body])) {
    if (typeof level !== 'number') continue
    if (level > before + 1) gaps.push(textIn(runs))
    before = level
  }
  return gaps
}

const picturesWithoutText = (paper: Paper): string[] =>
  [...objectsIn(paper)]
    .filter(({ path, alt, decorative }) => typeof path === 'string' && !decorative && !String(alt ?? '').trim())
    .map(({ path }) => String(path))

// Values the template does not set as text.
const unset = new Set(['type', 'url', 'path', 'qr', 'variant', 'layout', 'language', 'direction', 'count'])

/** Characters without a glyph, each with the passage it was first found in. */
function unknownCharacters(paper: Paper): Map<string, string> {
  const found = new Map<string, string>()
  const visit = (value: unknown) => {
    if (typeof value === 'string') {
      for (const character of value)
        if (!hasGlyph(character.codePointAt(0)!) && !found.has(character))
          found.set(character, passageAround(value, character))
    } else if (isObject(value)) {
      for (const [key, part] of Object.entries(value)) if (!unset.has(key)) visit(part)
    }
  }
  visit(paper)
  return found
}

function passageAround(text: string, character: string): string {
  const at = text.indexOf(character)
  const from = Math.max(0, at - 20)
  return text.slice(from, at + 20).trim()
}

const codeOf = (character: string): string =>
  `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`

const textIn = (value: unknown): string =>
  [...objectsIn(value)].map(({ text }) => (typeof text === 'string' ? text : '')).join('')

const depthOf = (value: unknown): number => {
  if (!isObject(value)) return 0
  let deepest = 0
  for (const part of Object.values(value)) deepest = Math.max(deepest, depthOf(part))
  return deepest + (typeof value.type === 'string' && ('children' in value || 'items' in value) ? 1 : 0)
}
