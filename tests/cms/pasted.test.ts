import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type * as Lexical from '@payloadcms/richtext-lexical'
import { cleanPasted } from 'cms/src/writing/pasted.ts'
import { Window } from 'happy-dom'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { bodyToMarkdown } from 'pipeline/body/markdown.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'

/* What Word and Google Docs put on the clipboard, through the editor that articles have. */

let cms: Installation
let lexical: typeof Lexical
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  lexical = await import('@payloadcms/richtext-lexical')
})
afterAll(() => cms?.remove())

const bodyIn = (html: string): HTMLElement => {
  const { document } = new Window()
  document.write(html)
  return document.body as unknown as HTMLElement
}
/** As Payload's conversion asks for it. */
class Page {
  window: Window
  constructor(html: string) {
    this.window = new Window()
    this.window.document.write(html)
  }
}

async function pasted(html: string) {
  const field = cms.payload.collections.articles.config.flattenedFields.find((field) => field.name === 'body')
  const editorConfig = lexical.editorConfigFactory.fromField({ field: field as never })
  const state = lexical.convertHTMLToLexical({
    ...{ editorConfig, html: cleanPasted(bodyIn(html)) },
    JSDOM: Page as never,
  })
  const { tree, messages } = fromLexical(state)
  return { markdown: bodyToMarkdown(tree), messages }
}

const fixture = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../fixtures/pasted/${name}.html`, import.meta.url)), 'utf8')

const expected = `## What helps

Most people **sleep badly** at *first*.

- Get up at the same time
  - Even at weekends
- Keep the room cool

### Step by step

1. Turn off the screen
2. Breathe slowly

Read [more on sleep](https://example.org/sleep).

| **Sign** | **What to do** |
| - | - |
| No sleep for days | Call 911<br>Stay calm |
`

describe('what is pasted', () => {
  test.each(['word', 'google-docs'])(
    'from %s keeps headings, marks, lists, links and tables, and nothing else',
    async (name) => {
      expect(await pasted(fixture(name))).toEqual({ markdown: expected, messages: [] })
    },
  )

  test.each([
    [
      'cells over several',
      '<table><tr><td colspan=2>A<td rowspan=2>B<tr><td>C<td>D</table>',
      '| A | | B |\n| - | - | - |\n| C | D | |\n',
    ],
    ['a list of two kinds', '<ul><li>A<ol><li>B</ol></ul><ol><li>C</ol>', '- A\n  1. B\n\n1. C\n'],
    ['lines', '<div>A<div>B</div>C<br>D</div><hr><p>E', 'A\n\nB\n\nC\\\nD\n\n***\n\nE\n'],
    ['a quote', '<blockquote><p>A<p>B</blockquote>', '> A\\\n> B\n'],
    ['low headings', '<h2>A</h2><h5>B</h5>', '## A\n\n#### B\n'],
    [
      'links to nowhere',
      '<a href="javascript:alert(1)">A</a> <a href="#b">B</a> <a href="mailto:c@example.org">C</a>',
      'A B [C](mailto:c@example.org)\n',
    ],
    [
      'pictures, struck and small words',
      '<p><img alt="A"> <s>B</s> <sup>C</sup> <code>D</code></p><script>E</script>',
      'A B C D\n',
    ],
    ['text that looks like marks', '<p>1 &lt; 2 &amp; "3"</p>', '1 < 2 & "3"\n'],
  ])('as %s', async (_, html, markdown) => {
    expect(await pasted(html)).toEqual({ markdown, messages: [] })
  })
})
