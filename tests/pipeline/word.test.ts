import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bodyToMarkdown } from 'pipeline/body/markdown.ts'
import { markdownReader } from 'pipeline/body/read-markdown.ts'
import { fromWord } from 'pipeline/body/word.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { wordDocument, zipBomb } from './word-files.ts'

let bytes: Buffer
const folder = mkdtempSync(join(tmpdir(), 'signpost-word-'))
beforeAll(async () => {
  bytes = await wordDocument()
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a Word document', () => {
  test('keeps headings, marks, lists, links, tables and pictures', async () => {
    const { frontMatter, tree } = await fromWord(bytes)
    expect(frontMatter).toEqual({ title: 'Getting through the night' })
    expect(bodyToMarkdown(tree)).toBe(`Most people **sleep badly** at *first*.\\[1]

## What helps

- Get up at the same time
  - Even at weekends
- Keep the room cool

### Step by step

1. Turn off the screen
2. Breathe slowly

Read [more on sleep](https://example.org/sleep). Take two pills.

| Sign | What to do |
| - | - |
| No sleep for days | Call 911 |

::figure{#b1 media=picture-1}

And another one:

::figure{#b2 media=picture-2}

1. As the study says.
`)
  })

  test('gives its pictures along, with what they are described as', async () => {
    const { pictures } = await fromWord(bytes)
    expect(pictures.map(({ name, type, alt }) => ({ name, type, alt }))).toEqual([
      { name: 'picture-1', type: 'image/png', alt: 'A moon over a bed' },
      { name: 'picture-2', type: 'image/png', alt: '' },
    ])
    expect(Buffer.from(pictures[0]!.bytes, 'base64').subarray(1, 4).toString()).toBe('PNG')
  })

  test('says what has no home here', async () => {
    const { messages } = await fromWord(bytes)
    expect(messages.map(({ rule, reason }) => `${rule}: ${reason}`)).toEqual([
      'alternative-text: The picture “picture-2” is not described, so people who do not see it miss what it says.',
      'unsupported-format: “Take two pills.” was struck through, and is plain text now.',
      'heading-level: A heading of level 1 is the title of the article; in the body it became one of level 2.',
    ])
  })
})

describe('is refused, in a child that can be ended:', () => {
  const reader = markdownReader()
  afterAll(() => reader.close())
  test.each([
    ['an archive that unpacks to more than it says', () => zipBomb(64 * 1024 * 1024), 'limit-size'],
    ['a file that is larger than the limit', () => Buffer.alloc(11 * 1024 * 1024), 'limit-size'],
    ['something else', () => Buffer.from('No Word document at all.'), 'encoding'],
    ['an archive that is no document', () => zipBomb(10), 'encoding'],
    ['half a document', () => bytes.subarray(0, bytes.length / 2), 'encoding'],
  ])('%s', async (name, make, rule) => {
    const path = join(folder, `${name.replaceAll(' ', '-')}.docx`)
    writeFileSync(path, make())
    const parsed = await reader.read(path)
    expect(parsed.tree.children).toEqual([])
    expect(parsed.messages.map((message) => message.rule)).toEqual([rule])
  })

  test('and goes on with the next file, Word or Markdown', async () => {
    writeFileSync(join(folder, 'a.docx'), bytes)
    writeFileSync(join(folder, 'b.md'), '# Sleep\n\nGo to bed.\n')
    const [word, markdown] = await Promise.all(['a.docx', 'b.md'].map((name) => reader.read(join(folder, name))))
    expect(word!.frontMatter.title).toBe('Getting through the night')
    expect(word!.pictures).toHaveLength(2)
    expect(markdown!.frontMatter.title).toBe('Sleep')
  })
})
