import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Article, blocks, directionOf, type Locale, Records, type Site } from 'content-schemas'
import { normalise } from 'pipeline/body/normal-form.ts'
import type { Channel } from 'pipeline/channels/channel.ts'
import { channels } from 'pipeline/channels/index.ts'
import { renderPool } from 'pipeline/channels/print/pool.ts'
import { compile, type Environment, prepare } from 'pipeline/compile.ts'
import { sha256 } from 'pipeline/identity.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { plain } from '../fixtures/channels/plain/index.ts'
import { lacks } from '../needs.ts'
import { published, site, today } from './documents.ts'
import { type Readable, readableForm } from './readable.ts'

/*
 * Every block, in both writing directions, through every channel. A fixture is a folder: `document.json`,
 * `records.json`, `expected.json` (words every channel must show, or must not), and beside them what each channel
 * made of it. `UPDATE_FIXTURES=1` writes these anew; look at what changed before you commit it.
 */

const folder = fileURLToPath(new URL('../fixtures', import.meta.url))
const blockFolder = join(folder, 'blocks')
const directions = ['ltr', 'rtl'] as const
const names = readdirSync(blockFolder).sort()
const fixtures = names.flatMap((name) =>
  directions.flatMap((direction) => (existsSync(join(blockFolder, name, direction)) ? [{ name, direction }] : [])),
)
type Fixture = (typeof fixtures)[number]

const pool = renderPool({ size: 1 })
afterAll(() => pool.close())

const pictures = new Map(
  readdirSync(join(folder, 'pictures')).map((name) => {
    const bytes = readFileSync(join(folder, 'pictures', name))
    return [sha256(bytes), bytes as Uint8Array]
  }),
)
const sites: Record<string, Site> = {
  en: site,
  ar: {
    ...site,
    name: 'دليل الصحة',
    publisher: 'مؤسسة الدليل',
    emergency: [{ region: 'الولايات المتحدة', text: 'هل أنت في خطر الآن؟ اتصل بالرقم 911.', number: '911' }],
  },
}
const environmentFor = (locale: Locale): Environment => ({
  site: sites[locale]!,
  today,
  row: () => undefined,
  translations: () => [],
  assurance: () => undefined,
  asset: async (hash) => pictures.get(hash),
  typeset: (job) => pool.typeset(job),
})

const pathOf = ({ name, direction }: Fixture, file: string) => join(blockFolder, name, direction, file)
const readJson = (fixture: Fixture, file: string) => JSON.parse(readFileSync(pathOf(fixture, file), 'utf8'))
const documentOf = (fixture: Fixture) => Article.parse(readJson(fixture, 'document.json'))
const editionOf = (fixture: Fixture) =>
  published(documentOf(fixture), { records: Records.parse(readJson(fixture, 'records.json')) })

test('every block has a fixture in both directions', () => {
  const held = fixtures.map(({ name, direction }) => `${name} ${direction}`)
  for (const block of blocks.blockNames)
    for (const direction of directions) expect(held).toContain(`${block} ${direction}`)
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
    const edition = editionOf(fixture)
    const { files, messages } = await compile(edition, environmentFor(document.locale), [channel])
    expect(messages.filter(({ severity }) => severity === 'block')).toEqual([])

    const outputs = channel.outputs(edition).filter(({ tree }) => tree)
    const bodies = files.filter(({ path }) => outputs.some((output) => output.path === path))
    const readable = bodies.flatMap((file) => readableForm(file) ?? [])
    const isUnreadable = bodies.some(({ type }) => type === 'application/pdf') && lacks('pdftotext')
    expect(readable.length > 0 || isUnreadable).toBe(true)
    for (const form of readable) {
      const words = form.piecesOf(form.words).join('')
      const holds = (text: string) => form.piecesOf(text).every((piece) => words.includes(piece))
      expect({ path: form.path, lacks: shows.filter((text) => !holds(text)) }).toEqual({ path: form.path, lacks: [] })
      expect({ path: form.path, shows: hides.filter(holds) }).toEqual({ path: form.path, shows: [] })
      compare(fixture, channel.name, form)
    }
  })
})

// `/v1/en/emails/about-faq.html` gives nothing, `/v1/en/handouts/about-faq.a4.standard.pdf` gives `.a4.standard`.
const formatIn = (path: string): string => /[^/.]((?:\.[^/.]+)*?)(?:\.[^/.]+)?$/.exec(path)?.[1] ?? ''

function compare(fixture: Fixture, channel: string, { path, extension, content, piecesOf }: Readable): void {
  const golden = pathOf(fixture, `${channel}${formatIn(path)}.${extension}`)
  if (process.env.UPDATE_FIXTURES) writeFileSync(golden, content)
  expect(existsSync(golden), `${golden} is missing: run with UPDATE_FIXTURES=1 and look at what it writes`).toBe(true)
  const before = readFileSync(golden, 'utf8')
  // Another version of a reader of PDFs breaks lines elsewhere.
  if (path.endsWith('.pdf')) expect(piecesOf(content).sort()).toEqual(piecesOf(before).sort())
  else expect(content).toBe(before)
}

describe('a block without a compiler', () => {
  const { tree, context } = prepare(editionOf({ name: 'prose', direction: 'ltr' }), environmentFor('en'))
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
    environmentFor('en'),
    [...channels, plain],
    1,
  )
  expect(messages).toEqual([])
  const file = files.find(({ path }) => path === '/plain/en/about-checklist')
  expect(file?.body).toContain('Going to a clinic')
  expect(row.listing.plain).toBe(1)
})
