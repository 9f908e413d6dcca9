import type { Message } from 'content-schemas'
import { isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, stringify } from 'yaml'
import { withoutInvisibleIn } from '../invisible.ts'
import { limitMessage, limits } from './limits.ts'
import type { Positions } from './normal-form.ts'

export type FrontMatter = Record<string, unknown>

/**
 * Takes the YAML front matter off a Markdown text: between a first line `---` and the next one.
 * Plain data only (YAML 1.2 core schema, no aliases, no tags); what is no mapping of keys is a message and counts as empty.
 * `lines` are the lines before the body; positions are those of the keys, by JSON Pointer.
 */
export function splitFrontMatter(text: string): {
  frontMatter: FrontMatter
  body: string
  lines: number
  messages: Message[]
  positions: Positions
} {
  const match = /^---[ \t]*(?:\r\n?|\n)([\s\S]*?(?:\r\n?|\n))??---[ \t]*(?:\r\n?|\n|$)/.exec(text)
  if (!match) return { frontMatter: {}, body: text, lines: 0, messages: [], positions: {} }
  const lines = match[0].split(/\r\n?|\n/).length - 1
  return { ...readYaml(match[1] ?? ''), body: text.slice(match[0].length), lines }
}

function readYaml(source: string): { frontMatter: FrontMatter; messages: Message[]; positions: Positions } {
  const refused = (reason: string, line = 1) => ({
    frontMatter: {},
    messages: [
      { ...limitMessage('front-matter', reason, 'Write `key: value` lines.', line), place: { pointer: '', line } },
    ],
    positions: {},
  })
  if (Buffer.byteLength(source) > limits.frontMatterBytes)
    return refused(`The front matter is larger than ${limits.frontMatterBytes / 1024} KB.`)
  try {
    const lineCounter = new LineCounter()
    const document = parseDocument(source, { lineCounter, schema: 'core', stringKeys: true, logLevel: 'silent' })
    const [error] = document.errors
    if (error)
      return refused(`The front matter is no YAML: ${firstLine(error.message)}`, (error.linePos?.[0].line ?? 0) + 1)
    const frontMatter: unknown = withoutInvisibleIn(document.toJS({ maxAliasCount: 0 }))
    if (frontMatter === null) return { frontMatter: {}, messages: [], positions: {} }
    if (typeof frontMatter !== 'object' || Array.isArray(frontMatter))
      return refused('The front matter is no list of keys.')
    const positions: Positions = {}
    locate(document.contents, '', lineCounter, positions)
    return { frontMatter: frontMatter as FrontMatter, messages: [], positions }
  } catch (error) {
    return refused(`The front matter cannot be read: ${firstLine((error as Error).message)}`)
  }
}

const firstLine = (text: string): string => text.split('\n', 1)[0]!.replace(/:$/, '.')

function locate(node: unknown, pointer: string, lines: LineCounter, positions: Positions): void {
  const at = (below: string, start: number | undefined) => {
    const { line, col } = lines.linePos(start ?? 0)
    // One line for the `---` above.
    positions[below] = { line: line + 1, column: col }
  }
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key)) continue
      const below = `${pointer}/${String(key.value).replaceAll('~', '~0').replaceAll('/', '~1')}`
      at(below, key.range?.[0])
      locate(value, below, lines, positions)
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      at(`${pointer}/${index}`, isNode(item) ? item.range?.[0] : undefined)
      locate(item, `${pointer}/${index}`, lines, positions)
    }
  }
}

/** Front matter with its `---` lines, in the order of the keys; empty strings, lists and nulls are left out. */
export function writeFrontMatter(fields: FrontMatter): string {
  const filled = Object.entries(fields).filter(([, value]) => !isEmpty(value))
  return `---\n${stringify(Object.fromEntries(filled), { schema: 'core', lineWidth: 0 })}---\n`
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
