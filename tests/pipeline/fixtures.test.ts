import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Article, blocks, directionOf, Records } from 'content-schemas'
import { parse } from 'parse5'
import { normalise } from 'pipeline/body/normal-form.ts'
import type { Channel, RenderedFile } from 'pipeline/channels/channel.ts'
import { channels } from 'pipeline/channels/index.ts'
import { renderPool } from 'pipeline/channels/print/pool.ts'
import { compile, type Environment, prepare } from 'pipeline/compile.ts'
import { sha256 } from 'pipeline/identity.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { plain } from '../fixtures/channels/plain/index.ts'
import { lacks } from '../needs.ts'
import { published, site, today } from './documents.ts'

/*
 * Every block, in both writing directions, through every channel. A fixture is a folder: `document.json`,
 * `records.json`, `expected.json` (words every channel must show, or must not), and beside them what each channel
 * made of it. `UPDATE_FIXTURES=1` writes these anew; look at what changed before you commit it.
 */

const folder = fileURLToPath(new URL('../fixtures', import.meta.url))
const blockFolder = join(folder, 'blocks')
const directions = ['ltr', 'rtl'] as const
const names = readdirSync(blockFolder).sort()
const fixtures = names.flatMap((name) => directions.map((direction) => ({ name, direction })))
type Fixture = (typeof fixtures)[number]

const pool = renderPool({ size: 1 })
afterAll(() => pool.close())

const pictures = new Map(
  readdirSync(join(folder, 'pictures')).map((name) => {
    const bytes = readFileSync(join(folder, 'pictures', name))
    return [sha256(bytes), bytes as Uint8Array]
  }),
)
const environment: Environment = {
  site,
  today,
  row: () => undefined,
  translations: () => [],
  asset: async (hash) => pictures.get(hash),
  typeset: (job) => pool.typeset(job),
}

const pathOf = ({ name, direction }: Fixture, file: string) => join(blockFolder, name, direction, file)
const readJson = (fixture: Fixture, file: string) => JSON.parse(readFileSync(pathOf(fixture, file), 'utf8'))
const documentOf = (fixture: Fixture) => Article.parse(readJson(fixture, 'document.json'))
const editionOf = (fixture: Fixture) =>
  published(documentOf(fixture), { records: Records.parse(readJson(fixture, 'records.json')) })

test('every block has a fixture', () => {
  for (const block of blocks.blockNames) expect(names).toContain(block)
})

describe.each(fixtures)('$name, $direction', (fixture) => {
  const document = documentOf(fixture)
  const { shows, hides } = readJson(fixture, 'expected.json') as { shows: string[]; hides: string[] }

  test('is an article in normal form that holds what it is named for', () => {
    expect(directionOf(document.locale)).toBe(fixture.direction)
    expect(normalise(document.body)).toEqual(document.body)
    const isBlock = (blocks.blockNames as readonly string[]).includes(fixture.name)
    if (isBlock) expect(document.body.children.map(({ type }) => type)).toContain(fixture.name)
  })

  test.each(channels)('through $name', async (channel) => {
    const { files, messages } = await compile(editionOf(fixture), environment, [channel])
    expect(messages.filter(({ severity }) => severity === 'block')).toEqual([])
    const readable = files.flatMap((file) => readableForm(file) ?? [])
    expect(readable.length).toBeGreaterThan(0)
    for (const { file, extension, content, words } of readable) {
      if (words !== undefined) {
        for (const expected of shows) expect(squeezed(words), file.path).toContain(squeezed(expected))
        for (const hidden of hides) expect(squeezed(words), file.path).not.toContain(squeezed(hidden))
      }
      if (content !== undefined) compare(fixture, `${channel.name}${nameIn(file)}.${extension}`, content)
    }
  })
})

// `/v1/en/emails/about-faq.html` gives nothing, `/v1/en/handouts/about-faq.a4.standard.pdf` gives `.a4.standard`.
const nameIn = ({ path }: RenderedFile): string => /\/[^/.]+((?:\.[^/.]+)*)\.[^/.]+$/.exec(path)?.[1] ?? ''

function compare(fixture: Fixture, name: string, content: string): void {
  const path = pathOf(fixture, name)
  if (process.env.UPDATE_FIXTURES) writeFileSync(path, content)
  expect(existsSync(path), `${name} is missing: run with UPDATE_FIXTURES=1 and look at it`).toBe(true)
  expect(content).toBe(readFileSync(path, 'utf8'))
}

/** A file as people review it, and the words readers get from it; undefined for what holds no body of an article. */
type Readable = { file: RenderedFile; extension: string; content: string | undefined; words: string | undefined }

function readableForm(file: RenderedFile): Readable | undefined {
  const type = file.type.split(';')[0]
  const text = () => (typeof file.body === 'string' ? file.body : new TextDecoder().decode(file.body))
  if (type === 'text/html') return { file, ...ofHtml(text()) }
  if (type === 'text/plain') return { file, extension: 'txt', content: text(), words: text() }
  // Markdown is what authors write: references, not what they show.
  if (type === 'text/markdown') return { file, extension: 'md', content: text(), words: undefined }
  if (type === 'application/pdf') return { file, extension: 'txt', ...ofPdf(file.body as Uint8Array) }
  const { html } = type === 'application/json' ? JSON.parse(text()) : {}
  return typeof html === 'string' ? { file, ...ofHtml(html) } : undefined
}

type HtmlNode = { nodeName: string; value?: string; childNodes?: HtmlNode[] }
function ofHtml(html: string) {
  const wordsIn = ({ nodeName, value, childNodes = [] }: HtmlNode): string =>
    nodeName === '#text'
      ? (value ?? '')
      : /^(?:style|script|title)$/.test(nodeName)
        ? ''
        : childNodes.map(wordsIn).join('')
  // What stands around the article is the same on every page.
  const own = /<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? /<body\b[\s\S]*<\/body>/.exec(html)?.[0] ?? html
  return { extension: 'html', content: `${own.replaceAll('><', '>\n<')}\n`, words: wordsIn(parse(html) as HtmlNode) }
}

const cannotReadPdf = lacks('pdftotext')
function ofPdf(bytes: Uint8Array) {
  if (cannotReadPdf) return { content: undefined, words: undefined }
  const directory = mkdtempSync(join(tmpdir(), 'signpost-fixture-'))
  try {
    const path = join(directory, 'handout.pdf')
    writeFileSync(path, bytes)
    const words = execFileSync('pdftotext', ['-enc', 'UTF-8', path, '-'], { encoding: 'utf8' })
    return { content: words, words }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/** Text without what layout adds to it: white space, direction controls, presentation forms. */
const squeezed = (text: string): string =>
  text.normalize('NFKC').replace(/[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gu, '')

describe('a block without a compiler', () => {
  const { tree, context } = prepare(editionOf({ name: 'prose', direction: 'ltr' }), environment)
  const strange = { type: 'unheard-of', id: 'x', children: [], data: { id: 's-x', depth: 2 } }
  const paragraph = { type: 'paragraph', children: [strange] }

  const bodies = async (channel: Channel) => {
    const outputs = channel.outputs(editionOf({ name: 'prose', direction: 'ltr' })).filter((output) => output.tree)
    const rendered = outputs.map(async (output) => ({ output, file: await channel.render(tree, context, output) }))
    return (await Promise.all(rendered)).flatMap(({ output, file }) => (readableForm(file) ? [output] : []))
  }

  test.each(channels)('makes $name refuse the document', async (channel) => {
    const outputs = await bodies(channel)
    expect(outputs.length).toBeGreaterThan(0)
    for (const output of outputs)
      for (const node of [strange, paragraph]) {
        // A context of its own, so that nothing kept from another render answers.
        const broken = { type: 'root', children: [...tree.children, node] } as typeof tree
        await expect(channel.render(broken, { ...context }, output), output.path).rejects.toThrow('unheard-of')
      }
  })
})

test('one more channel is one folder and one line', async () => {
  const { files, row, messages } = await compile(
    editionOf({ name: 'checklist', direction: 'ltr' }),
    environment,
    [...channels, plain],
    1,
  )
  expect(messages).toEqual([])
  const file = files.find(({ path }) => path === '/plain/en/about-checklist')
  expect(file?.body).toContain('Going to a clinic')
  expect(row.listing.plain).toBe(1)
})
