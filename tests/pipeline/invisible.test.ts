import { articleFrom } from 'pipeline/body/document.ts'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { invisible, withoutInvisible, withoutInvisibleIn } from 'pipeline/invisible.ts'
import { expect, test } from 'vitest'

/* What nobody sees reaches no text, by whichever door it comes. */

const override = (text: string) => `\u202e${text}\u202c`

test.each<[string, string, string]>([
  ['a direction override', `Take ${override('12')} mg`, 'Take 12 mg'],
  ['isolates and marks', '\u2066988\u2069 \u200e\u200f\u061c', '988 '],
  ['a zero-width space, a word joiner, a byte order mark', '1\u200b2\u2060 m\ufeffg', '12 mg'],
  ['a soft hyphen: it hides a word from every rule', 'am\u00adphetamine', 'amphetamine'],
  ['a joiner between Latin letters', 'add\u200cict add\u200dict', 'addict addict'],
  ['tags, in which text can be hidden', 'Rest\u{e0049}\u{e006e}.', 'Rest.'],
  ['a filler and a joiner of graphemes', 'a\u3164b\u034fc', 'abc'],
  ['a variation between digits', '1\ufe0f2', '12'],
  ['an override beside a joiner that is of use', 'می\u200c\u202eخواهم', 'میخواهم'],
])('%s goes', (_, given, expected) => {
  expect(withoutInvisible(given)).toBe(expected)
  expect(withoutInvisible(expected)).toBe(expected)
})

test.each([
  'می\u200cخواهم',
  'ه\u200dم',
  '👩\u200d👧',
  '🏳\ufe0f\u200d🌈',
  '❤\ufe0f',
  '1\ufe0f\u20e3',
  'año',
  'مُحَمَّد',
  '\u0600',
])('“%s” stays: readers see what it does', (text) => {
  expect(withoutInvisible(text)).toBe(text)
})

test('every format character of Unicode counts as one nobody sees, but for those with a shape', () => {
  const shaped = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}]/u
  const missed: string[] = []
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    const sign = String.fromCodePoint(code)
    if (/\p{Cf}/u.test(sign) && !shaped.test(sign) && !invisible.test(sign)) missed.push(code.toString(16))
  }
  expect(missed).toEqual([])
})

test('front matter, the text of a file and the state of an editor are without', () => {
  const file = `---\ntitle: "Take ${override('12')} mg"\nsummary: "${override('12')}"\n---\n\nTake ${override('12')} **m\u200bg**.\n`
  const { document } = articleFrom(fromMarkdown(file))
  expect(document).toMatchObject({ title: 'Take 12 mg', summary: '12' })
  const text = { type: 'text', text: `Take ${override('12')} mg`, format: 0, version: 1 }
  const { tree } = fromLexical({ root: { type: 'root', children: [{ type: 'paragraph', children: [text] }] } })
  for (const written of [document, tree]) expect(JSON.stringify(written)).not.toMatch(invisible)
})

test('plain data is cleaned to its depth, and the state of an editor left alone', () => {
  const day = new Date()
  const state = { root: { text: override('12') } }
  const given = { a: [{ b: override('12') }], day, none: null, state }
  expect(withoutInvisibleIn(given)).toEqual({ a: [{ b: '12' }], day, none: null, state })
})
