import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { blocks } from 'content-schemas'
import { build } from 'esbuild'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { limits } from 'pipeline/body/limits.ts'
import { fromMarkdown, toMarkdown } from 'pipeline/body/markdown.ts'
import { type MarkdownReader, markdownReader, readMarkdown } from 'pipeline/body/read-markdown.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks, seedArticle } from '../needs.ts'

const folder = mkdtempSync(join(tmpdir(), 'signpost-body-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

let files = 0
function file(content: string | Uint8Array): string {
  const path = join(folder, `${++files}.md`)
  writeFileSync(path, content)
  return path
}

describe('a text out of bounds is refused, at its line', () => {
  test.each([
    ['quotes', `a\n\n${'>'.repeat(10_000)} b`, 'limit-nesting', 3],
    ['lists', `${'- '.repeat(5_000)}a`, 'limit-nesting', 1],
    ['blocks', `${':::a\n'.repeat(700)}`, 'limit-nesting', limits.depth + 1],
    [
      'blocks of growing fences',
      Array.from({ length: 60 }, (_, index) => `${':'.repeat(99 - index)}callout`).join('\n'),
      'limit-nesting',
      limits.depth + 1,
    ],
    [
      'lists by indent',
      Array.from({ length: 60 }, (_, index) => `${'  '.repeat(index)}- a`).join('\n'),
      'limit-nesting',
      40,
    ],
    ['bytes', 'a '.repeat(limits.bytes), 'limit-size', 1],
  ])('%s', (_, text, rule, line) => {
    const { tree, messages } = fromMarkdown(`---\ntitle: T\n---\n${text}`)
    expect(tree.children).toEqual([])
    expect(messages).toMatchObject([{ rule, severity: 'block', place: { line: line + 3 } }])
  })

  test('but a large table becomes paragraphs with all its text', () => {
    const columns = limits.tableColumns + 1
    const { tree, messages } = fromMarkdown(
      `|${' word |'.repeat(columns)}\n|${'-|'.repeat(columns)}\n${'|\n'.repeat(2_000)}`,
    )
    expect(messages.map(({ rule }) => rule)).toEqual(['limit-table'])
    expect(JSON.stringify(tree).match(/word/g)).toHaveLength(columns)
  })

  test('and people’s texts are not', () => {
    const ruled = `Text\n\n${'- '.repeat(40)}\n\n${':::callout\nText\n:::\n\n'.repeat(100)}${'- a\n'.repeat(500)}`
    expect(fromMarkdown(ruled).messages).toEqual([])
  })
})

describe.each(['from the sources', 'bundled'])('the child that parses, %s', (how) => {
  let reader: MarkdownReader
  let child: string | undefined
  const impatient = { milliseconds: 1_000, megabytes: 64 }

  beforeAll(async () => {
    if (how === 'bundled') {
      child = join(folder, 'markdown-child.js')
      await build({
        entryPoints: [fileURLToPath(new URL('../../pipeline/src/body/markdown-child.ts', import.meta.url))],
        outfile: child,
        bundle: true,
        platform: 'node',
        format: 'esm',
        banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
      })
      writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
    }
    reader = markdownReader({ child })
  })
  afterAll(() => reader.close())

  test('reads as the parser does', async () => {
    const text = '---\ntitle: T\n---\n## A\n\n<b>B</b>\n'
    expect(await reader.read(file(text))).toEqual(fromMarkdown(text))
  })

  test('loses only the file it does not survive', async () => {
    // One takes minutes, the other gigabytes.
    const stuck = file(`${'*'.repeat(20_000)}a${'*'.repeat(20_000)}`)
    const hungry = file('[a]: b\n'.repeat(20_000) + '[a]'.repeat(20_000))
    const strict = markdownReader({ child, ...impatient })
    const parsed = await Promise.all([file('a'), stuck, file('b'), hungry, file('c')].map((path) => strict.read(path)))
    strict.close()
    expect(parsed.map(({ messages }) => messages[0]?.rule.replace(/time|memory/, 'cost'))).toEqual([
      undefined,
      'limit-cost',
      undefined,
      'limit-cost',
      undefined,
    ])
    expect(parsed.map(({ tree }) => tree.children.length)).toEqual([1, 0, 1, 0, 1])
  })

  test('is asked only for text of a size people write', async () => {
    const large = await reader.read(file('a'.repeat(limits.bytes + 1)))
    const binary = await reader.read(file(new Uint8Array([0xff, 0xfe, 0x00])))
    expect([large, binary].map(({ messages }) => messages[0]?.rule)).toEqual(['limit-size', 'encoding'])
    await expect(reader.read(join(folder, 'none.md'))).rejects.toThrow('none.md')
  })

  test('ends with its reader', async () => {
    const path = file('a')
    expect((await readMarkdown(path, { child })).tree.children).toHaveLength(1)
    const closed = markdownReader({ child })
    closed.close()
    await expect(closed.read(path)).rejects.toThrow('closed')
  })
})

test('a child that is not there is said to be not built', async () => {
  await expect(readMarkdown(file('a'), { child: join(folder, 'nothing.js') })).rejects.toThrow('Is it built?')
})

describe.skipIf(lacks('seed'))('the article of a third party', () => {
  test('keeps all its words through Markdown and the editor', async () => {
    const source = readFileSync(seedArticle, 'utf8')
    const body = source.replace(/^---\n[\s\S]*?\n---\n/, '')
    const parsed = await readMarkdown(seedArticle)
    const { document, messages, unknown } = articleFrom(parsed, { path: seedArticle })
    expect(parsed.messages).toEqual([])
    expect(wordsOf(textOf(document.body))).toEqual(wordsOf(body))
    expect(fromLexical(toLexical(document.body, 'en'))).toEqual({ tree: document.body, messages: [] })
    expect(fromMarkdown(toMarkdown(document)).tree).toEqual(document.body)

    expect(Object.keys(unknown).sort()).toEqual(['audience', 'author', 'image'])
    expect(messages.map(({ rule }) => rule)).toEqual(['unknown-key', 'unknown-key', 'unknown-key'])
    for (const { reason, place } of messages) {
      expect(reason).toContain(unknown[place.pointer.slice(1)])
      expect(place.line).toBeGreaterThan(1)
    }
  })
})

/** Words, without the marks of Markdown. */
const wordsOf = (text: string): string[] => text.match(/[\p{Letter}\p{Number}’']+/gu) ?? []

const textOf = (node: blocks.Node): string => {
  if ('value' in node) return node.value
  if (!('children' in node)) return ''
  const texts = (node.children as blocks.Node[]).map(textOf)
  return node.type === 'paragraph' || node.type === 'heading' ? `${texts.join('')}\n` : texts.join('')
}
