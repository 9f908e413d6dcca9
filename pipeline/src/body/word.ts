import { inflateRawSync } from 'node:zlib'
import type { Message } from 'content-schemas'
import type { Element, Nodes as HastNodes, Root as HastRoot } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { defaultHandlers, type Handle, toMdast } from 'hast-util-to-mdast'
import mammoth from 'mammoth'
import type { Nodes, PhrasingContent, Root, RootContent } from 'mdast'
import type { LeafDirective } from 'mdast-util-directive'
import { phrasing } from 'mdast-util-phrasing'
import { limitMessage, limits } from './limits.ts'
import { fromMdast, type ParsedMarkdown } from './markdown.ts'
import { plainLine } from './normal-form.ts'

/*
 * Word documents (.docx), one direction: headings, lists, tables, links and pictures are kept; of what has no home the
 * text stays and a message says so.
 */

/** A picture of a Word document. A figure of its tree names it as its media. */
export type WordPicture = {
  name: string
  type: string
  /** Its alternative text; '' if it has none. */
  alt: string
  /** Base 64. */
  bytes: string
}
export type ParsedWord = ParsedMarkdown & { pictures: WordPicture[] }

/** Reads a Word document. Never throws for content. Runs in this process: see `markdownReader` for files of people you do not know. */
export async function fromWord(bytes: Uint8Array): Promise<ParsedWord> {
  const excess = unpackedExcess(bytes)
  if (excess) return nothing(excess)
  const reading: Reading = { pictures: [], messages: [] }
  const html = await htmlOf(bytes, reading)
  if (html === undefined) return nothing(notWord())
  if (html.length > limits.wordText) return nothing(tooLong(html.length))
  try {
    return read(fromHtml(html, { fragment: true }), reading)
  } catch (error) {
    if (error instanceof RangeError)
      return nothing(limitMessage('limit-nesting', 'The text is nested too deeply.', 'Nest it less.'))
    throw error
  }
}

type Reading = { pictures: WordPicture[]; messages: Message[] }

const nothing = (message: Message): ParsedWord => ({
  frontMatter: {},
  tree: { type: 'root', children: [] },
  messages: [message],
  positions: {},
  pictures: [],
})

const styles = [
  "p[style-name='Title'] => h1.title:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
]

/** What browsers and the typesetter show. */
const shownTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/avif']

async function htmlOf(bytes: Uint8Array, { pictures, messages }: Reading): Promise<string | undefined> {
  const convertImage = mammoth.images.imgElement(async (image) => {
    const name = `picture-${pictures.length + 1}`
    pictures.push({ name, type: image.contentType, alt: '', bytes: await image.readAsBase64String() })
    return { src: name }
  })
  try {
    const options = { styleMap: styles, convertImage, externalFileAccess: false }
    const { value, messages: said } = await mammoth.convertToHtml({ buffer: Buffer.from(bytes) }, options)
    for (const reason of new Set(said.map(({ message }) => message)))
      messages.push(advice('unsupported-format', reasonOf(reason)))
    return value
  } catch {
    // The library throws plain errors for whatever it cannot read.
    return undefined
  }
}

function reasonOf(said: string): string {
  const style = /^Unrecognised (paragraph|run|table) style: '?([^']*?)'? \(/.exec(said)
  if (style) return `The style “${style[2]}” means nothing here; what it was used for is plain text.`
  const ignored = /^An unrecognised element was ignored: (?:.*[:}])?(\w+)/.exec(said)
  return ignored ? `Something of the file, “${ignored[1]}”, has no place here and was left out.` : `The file: ${said}.`
}

const advice = (
  rule: string,
  reason: string,
  fix = 'Look at it in the draft.',
  severity: Message['severity'] = 'advise',
): Message => ({
  ...{ rule, severity, waivable: false, reason, fix },
  place: { pointer: '/body' },
})

// From HTML to the tree

function read(html: HastRoot, reading: Reading): ParsedWord {
  const title = takeTitle(html)
  prepare(html, reading)
  const root = toMdast(html, { handlers: handlersFor(reading) }) as Root
  const parsed = fromMdast(
    { ...root, children: root.children.flatMap((node) => withFigures(node, reading)) },
    title ? { title } : {},
  )
  return { ...parsed, messages: [...reading.messages, ...parsed.messages], pictures: reading.pictures }
}

const isElement = (node: HastNodes, name: string): node is Element => node.type === 'element' && node.tagName === name

function takeTitle(html: HastRoot): string | undefined {
  const at = html.children.findIndex(
    (node) => isElement(node, 'h1') && [node.properties.className].flat().includes('title'),
  )
  if (at < 0) return undefined
  const [heading] = html.children.splice(at, 1)
  return plainLine(wordsIn(heading!)) || undefined
}

const wordsIn = (node: HastNodes): string =>
  node.type === 'text' ? node.value : 'children' in node ? node.children.map(wordsIn).join('') : ''

/** Makes the first row of a table its head; notes what pictures are described as, and reports those that are not. */
function prepare(node: HastNodes, reading: Reading): void {
  if (isElement(node, 'table')) headFirstRow(node)
  if (isElement(node, 'img')) {
    const picture = reading.pictures.find(({ name }) => name === node.properties.src)
    if (!picture) return
    picture.alt = plainLine(node.properties.alt)
    if (picture.alt || !shownTypes.includes(picture.type)) return
    const reason = `The picture “${picture.name}” is not described, so people who do not see it miss what it says.`
    reading.messages.push(
      advice('alternative-text', reason, 'Say in its record what it shows, or mark it as decorative.', 'block'),
    )
    return
  }
  if ('children' in node) for (const child of node.children) prepare(child, reading)
}

function headFirstRow(node: Element): void {
  const rows = [
    node,
    ...node.children.filter((child) => isElement(child, 'thead') || isElement(child, 'tbody')),
  ].flatMap((part) => ('children' in part ? part.children.filter((child) => isElement(child, 'tr')) : []))
  for (const one of rows[0]?.children ?? []) if (isElement(one, 'td')) one.tagName = 'th'
}

const handlersFor = ({ messages }: Reading): Record<string, Handle> => ({
  // Word marks places with anchors, and footnotes are links within the file.
  a(state, node: Element) {
    if (/^(?!#)./.test(String(node.properties.href ?? ''))) return defaultHandlers.a(state, node)
    return wordsIn(node) === '↑' ? undefined : state.all(node)
  },
  td: cell,
  th: cell,
  s(state, node: Element) {
    const reason = `“${plainLine(wordsIn(node)).slice(0, 80)}” was struck through, and is plain text now.`
    messages.push(advice('unsupported-format', reason, 'Take it out if it is not meant to be read.', 'block'))
    return state.all(node)
  },
})

/** A cell holds words alone: paragraphs and items in it become its lines. */
const cell: Handle = (state, node: Element) => ({ type: 'tableCell', children: lines(state.all(node)) })

function lines(nodes: readonly Nodes[]): PhrasingContent[] {
  return nodes.flatMap((node, index): PhrasingContent[] => {
    const isFlow = node.type === 'paragraph' || !phrasing(node)
    const words = isFlow && 'children' in node ? lines(node.children) : [node as PhrasingContent]
    return isFlow && index > 0 && words.length > 0 ? [{ type: 'break' }, ...words] : words
  })
}

// Pictures

/** The node without its pictures, and behind it a figure for each of them. */
function withFigures(node: RootContent, reading: Reading): RootContent[] {
  const figures: LeafDirective[] = []
  const left = takePictures(node, figures, reading)
  const isEmpty =
    left.type === 'paragraph' && left.children.every((child) => child.type === 'text' && !child.value.trim())
  return [...(isEmpty && figures.length > 0 ? [] : [left]), ...figures]
}

function takePictures<N extends Nodes>(node: N, figures: LeafDirective[], reading: Reading): N {
  if (!('children' in node)) return node
  const children = (node.children as Nodes[]).flatMap((child): Nodes[] => {
    if (child.type !== 'image') return [takePictures(child, figures, reading)]
    const picture = reading.pictures.find(({ name }) => name === child.url)
    if (picture && shownTypes.includes(picture.type)) {
      figures.push({ type: 'leafDirective', name: 'figure', attributes: { media: picture.name }, children: [] })
      return []
    }
    const reason = `The picture “${child.url}” is of a kind that browsers do not show (${picture?.type ?? 'unknown'}). It was left out.`
    reading.messages.push(advice('image', reason, 'Save it as PNG or JPEG, and add it to the article.', 'block'))
    reading.pictures = reading.pictures.filter((other) => other !== picture)
    return child.alt ? [{ type: 'text', value: child.alt }] : []
  })
  return { ...node, children } as N
}

// Limits

const notWord = (): Message =>
  limitMessage('encoding', 'The file is no Word document that can be read.', 'Save it as .docx, without a password.')

const tooLong = (characters: number): Message =>
  limitMessage(
    'limit-size',
    `The text has ${Math.ceil(characters / 1024)} KB; the limit is ${limits.wordText / 1024} KB.`,
    'Split it.',
  )

/**
 * A Word document is a ZIP archive (APPNOTE 6.3.10): everything in it is unpacked once with a budget, whatever sizes it
 * claims, before anybody reads it.
 */
function unpackedExcess(bytes: Uint8Array): Message | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let budget: number = limits.wordUnpacked
  try {
    const end = file.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'))
    if (end < 0) return notWord()
    let at = file.readUInt32LE(end + 16)
    for (let left = file.readUInt16LE(end + 10); left > 0; left--) {
      if (file.readUInt32LE(at) !== 0x02014b50) return notWord()
      const local = file.readUInt32LE(at + 42)
      const start = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28)
      const packed = file.subarray(start, start + file.readUInt32LE(at + 20))
      budget -=
        file.readUInt16LE(at + 10) === 0
          ? packed.length
          : inflateRawSync(packed, { maxOutputLength: Math.max(budget, 1) }).length
      if (budget < 0) return tooMuch()
      at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32)
    }
    return undefined
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooMuch() : notWord()
  }
}

const tooMuch = (): Message =>
  limitMessage(
    'limit-size',
    `The file unpacks to more than ${limits.wordUnpacked / 1024 / 1024} MB.`,
    'Make its pictures smaller, or split it.',
  )
