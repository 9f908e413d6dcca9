import { type blocks, type Message, blocks as schema } from 'content-schemas'
import type * as mdast from 'mdast'
import type { ContainerDirective, LeafDirective, TextDirective } from 'mdast-util-directive'
import { limitMessage, limits } from './limits.ts'
import { maxLine, misplacedReason, normalise, type Origin, plainLine } from './normal-form.ts'

/*
 * From mdast, as the parser gives it, to our tree: a registry of readers keyed by node type, and one of directives by name.
 * What has no home here becomes a message with its place, and its text stays.
 */

/** The tree of a parsed Markdown text, its origins still on the nodes. `lines`: how many lines stand before the text in its file. */
export function readTree(root: mdast.Root, source: string, lines: number): { tree: blocks.Root; messages: Message[] } {
  const reading: Reading = { source, lines, messages: [], unplaced: [], definitions: new Map(), shift: shiftOf(root) }
  collectDefinitions(root, reading)
  const children = readFlow(root.children, reading)
  reportUnusedDefinitions(reading)
  const tree = normalise({ type: 'root', children }, (node, change) => {
    reading.unplaced = []
    reportAt(reading, (node as Traced).origin ?? {}, 'misplaced-block', 'advise', misplacedReason(node, change))
    leaveOrigin(node, (node as Traced).origin ?? {}, reading)
  })
  return { tree, messages: reading.messages }
}

type Traced = { origin?: Origin }
type Reading = {
  source: string
  lines: number
  messages: Message[]
  /** Messages that wait for the block they are about. */
  unplaced: Message[]
  definitions: Map<string, { node: mdast.Definition; isUsed: boolean }>
  /** Added to the depth of each heading. */
  shift: 0 | 1
}
type Located = Pick<mdast.Node, 'position'>
type Directive = ContainerDirective | LeafDirective

const placeOf = (node: Located, { lines }: Reading): Origin => {
  const start = node.position?.start
  return start ? { line: start.line + lines, column: start.column } : {}
}

function report(
  reading: Reading,
  node: Located,
  rule: string,
  severity: Message['severity'],
  reason: string,
  fix?: string,
): void {
  reportAt(reading, placeOf(node, reading), rule, severity, reason, fix)
}

function reportAt(
  reading: Reading,
  { line, column }: Origin,
  rule: string,
  severity: Message['severity'],
  reason: string,
  fix?: string,
): void {
  const place = { pointer: '/body', ...(line && { line, column }) }
  const message: Message = { rule, severity, waivable: false, reason, ...(fix && { fix }), place }
  reading.messages.push(message)
  reading.unplaced.push(message)
}

function leaveOrigin(node: object, { line, column, messages }: Origin, reading: Reading): void {
  const waiting = [...(messages ?? []), ...reading.unplaced]
  ;(node as Traced).origin = { line, column, ...(waiting.length && { messages: waiting }) }
  reading.unplaced = []
}

const sourceOf = (node: Located, { source }: Reading): string =>
  source.slice(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)

const text = (value: string): blocks.Text => ({ type: 'text', value })
const paragraphOf = (children: blocks.Phrasing[]): blocks.Paragraph => ({ type: 'paragraph', children })

/** Text with its lines kept apart. */
const linesOf = (value: string): blocks.Phrasing[] =>
  value.split(/\r\n?|\n/).flatMap((line, index) => (index ? [{ type: 'break' } as const, text(line)] : [text(line)]))

// Definitions

function collectDefinitions(root: mdast.Root, reading: Reading): void {
  const visit = (node: mdast.Nodes) => {
    if (node.type === 'definition' && !isFootnote(node) && !reading.definitions.has(node.identifier))
      reading.definitions.set(node.identifier, { node, isUsed: false })
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(root)
}

// Without footnotes as a syntax, `[^1]: word` reads as the definition of a link.
const isFootnote = ({ identifier }: { identifier: string }): boolean => identifier.startsWith('^')

function addressOf(node: mdast.LinkReference | mdast.ImageReference, reading: Reading): string | undefined {
  const definition = reading.definitions.get(node.identifier)
  if (!definition) return undefined
  definition.isUsed = true
  return definition.node.url
}

function reportUnusedDefinitions(reading: Reading): void {
  for (const { node, isUsed } of reading.definitions.values()) {
    if (isUsed) continue
    const reason = `The address ${node.url} is defined as “${node.label ?? node.identifier}” and not used.`
    report(reading, node, 'unused-definition', 'advise', reason, 'Link to it, or remove it.')
    reading.unplaced = []
  }
}

// Headings

/** With a heading of level 1 in the body, all go down a level, as long as that leaves them levels to stand on. */
function shiftOf(root: mdast.Root): 0 | 1 {
  const depths: number[] = []
  const visit = (node: mdast.Nodes) => {
    if (node.type === 'heading') depths.push(node.depth)
    else if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(root)
  return depths.includes(1) && Math.max(...depths) < 4 ? 1 : 0
}

function depthOf(node: mdast.Heading, reading: Reading): blocks.Heading['depth'] {
  const wanted = node.depth + reading.shift
  const depth = wanted <= 2 ? 2 : wanted >= 4 ? 4 : 3
  if (node.depth === 1) {
    const reason = 'A heading of level 1 is the title of the article; in the body it became one of level 2.'
    const fix = 'Put the title in the front matter, and start the body at level 2.'
    report(reading, node, 'heading-level', 'advise', reason, fix)
  } else if (depth < wanted) {
    const reason = `A heading of level ${node.depth} became one of level 4, the lowest there is.`
    report(reading, node, 'heading-level', 'advise', reason, 'Use fewer levels.')
  }
  return depth
}

// Flow

function readFlow(nodes: readonly mdast.Nodes[], reading: Reading): blocks.Flow[] {
  return nodes.flatMap((node) => {
    const read = flowReaders[node.type] as ((node: mdast.Nodes, reading: Reading) => blocks.Flow[]) | undefined
    const flow = read ? read(node, reading) : [paragraphOf(readWords([node], reading))]
    const [first] = flow
    if (first && !(first as Traced).origin) leaveOrigin(first, placeOf(node, reading), reading)
    return flow
  })
}

const flowReaders: {
  [T in mdast.Nodes['type']]?: (node: Extract<mdast.Nodes, { type: T }>, reading: Reading) => blocks.Flow[]
} = {
  paragraph(node, reading) {
    if (/^:{2,}/.test(sourceOf(node, reading))) {
      const reason = 'This line of colons opens or closes no block; it stays as text.'
      report(reading, node, 'broken-block', 'block', reason, 'Check the name, the brackets, the quotes and the colons.')
    }
    return [paragraphOf(readWords(node.children, reading))]
  },
  heading: (node, reading) => [
    { type: 'heading', depth: depthOf(node, reading), children: readWords(node.children, reading) },
  ],
  blockquote: (node, reading) => [{ type: 'blockquote', children: readFlow(node.children, reading) }],
  thematicBreak: () => [{ type: 'thematicBreak' }],
  list: readList,
  table: readTable,
  code(node, reading) {
    report(reading, node, 'code', 'advise', 'Code became a plain paragraph.', 'Write it as text.')
    return [paragraphOf(linesOf(node.value))]
  },
  html(node, reading) {
    reportHtml(node, reading)
    return [paragraphOf(linesOf(node.value))]
  },
  definition(node, reading) {
    if (!isFootnote(node)) return []
    reportFootnote(node, reading)
    return [paragraphOf(linesOf(sourceOf(node, reading)))]
  },
  containerDirective: readDirective,
  leafDirective: readDirective,
}

function readList(node: mdast.List, reading: Reading): blocks.Flow[] {
  const children = node.children.map((item) => {
    if (typeof item.checked === 'boolean') report(reading, item, 'unsupported-format', 'advise', 'A tick is not kept.')
    const result: blocks.ListItem = { type: 'listItem', children: readFlow(item.children, reading) }
    leaveOrigin(result, placeOf(item, reading), reading)
    return result
  })
  const start = node.ordered && typeof node.start === 'number' && node.start !== 1 ? { start: node.start } : {}
  return [{ type: 'list', ordered: node.ordered ?? false, ...start, children }]
}

function readTable(node: mdast.Table, reading: Reading): blocks.Flow[] {
  const columns = Math.max(...node.children.map((row) => row.children.length))
  if (columns > limits.tableColumns || columns * node.children.length > limits.tableCells)
    return readLargeTable(node, reading)
  if (node.align?.some(Boolean))
    report(reading, node, 'unsupported-format', 'advise', 'The alignment of columns is not kept.', 'Remove the colons.')
  const children = node.children.map((row) => {
    const cells = row.children.map((cell) => ({
      type: 'tableCell' as const,
      children: readWords(cell.children, reading),
    }))
    return { type: 'tableRow' as const, children: cells }
  })
  return [{ type: 'table', children }]
}

function readLargeTable(node: mdast.Table, reading: Reading): blocks.Flow[] {
  const { line } = placeOf(node, reading)
  const reason = `The table is larger than ${limits.tableColumns} columns or ${limits.tableCells} cells; its rows became paragraphs.`
  reading.messages.push(limitMessage('limit-table', reason, 'Split it.', line))
  return node.children.map((row) =>
    paragraphOf(row.children.flatMap((cell) => [...readWords(cell.children, reading), text(' ')])),
  )
}

// Words

function readWords(nodes: readonly mdast.Nodes[], reading: Reading): blocks.Phrasing[] {
  return nodes.flatMap((node): blocks.Phrasing[] => {
    const read = wordReaders[node.type] as ((node: mdast.Nodes, reading: Reading) => blocks.Phrasing[]) | undefined
    return read ? read(node, reading) : [text(sourceOf(node, reading) || plainText([node]))]
  })
}

const wordReaders: {
  [T in mdast.Nodes['type']]?: (node: Extract<mdast.Nodes, { type: T }>, reading: Reading) => blocks.Phrasing[]
} = {
  text(node, reading) {
    if (/(?<!\\)\[\^[^\]\s]/.test(sourceOf(node, reading))) reportFootnote(node, reading)
    return [text(node.value)]
  },
  strong: (node, reading) => [{ type: 'strong', children: readWords(node.children, reading) }],
  emphasis: (node, reading) => [{ type: 'emphasis', children: readWords(node.children, reading) }],
  break: () => [{ type: 'break' }],
  link(node, reading) {
    if (node.title) {
      const reason = `The title of a link, “${node.title}”, is not kept.`
      report(reading, node, 'link-title', 'advise', reason, 'Say it in the text of the link.')
    }
    return readLink(node, node.url, reading)
  },
  linkReference(node, reading) {
    const url = addressOf(node, reading)
    if (url !== undefined) return readLink(node, url, reading)
    if (isFootnote(node)) reportFootnote(node, reading)
    return [text(sourceOf(node, reading))]
  },
  image: (node, reading) => readImage(node, node.url, reading),
  imageReference: (node, reading) => readImage(node, addressOf(node, reading) ?? '', reading),
  inlineCode(node, reading) {
    report(reading, node, 'code', 'advise', `Code, “${node.value}”, became plain text.`, 'Write it as text.')
    return [text(node.value)]
  },
  html(node, reading) {
    if (/^<br\s*\/?>$/i.test(node.value)) return [{ type: 'break' }]
    reportHtml(node, reading)
    return linesOf(node.value)
  },
  textDirective: readTextDirective,
}

// While a file is read, a link to an article may give its slug.
const addressPattern = new RegExp(`${schema.linkPattern.source}|^article:[a-z0-9]+(?:-[a-z0-9]+)*$`, 'i')

function readLink(node: mdast.Link | mdast.LinkReference, url: string, reading: Reading): blocks.Phrasing[] {
  const children = readWords(node.children, reading)
  if (url.length <= 2000 && addressPattern.test(url)) {
    const { line, column } = placeOf(node, reading)
    return [{ type: 'link', url, children, origin: { line, column } } as blocks.Link]
  }
  const reason = `A link leads to “${url}”, which is no address readers can use. Only its text is kept.`
  const fix = 'Use an http, https, mailto, tel or sms address, or `article:` and the slug of an article.'
  report(reading, node, 'link-address', 'block', reason, fix)
  return children
}

function readImage(node: mdast.Image | mdast.ImageReference, url: string, reading: Reading): blocks.Phrasing[] {
  const reason = `The picture ${url} has no record. Only its alternative text is kept.`
  const fix = 'Make a media record of it and show it with `::figure{media=…}`.'
  report(reading, node, 'image', 'block', reason, fix)
  return node.alt ? [text(node.alt)] : []
}

const reportHtml = (node: mdast.Html, reading: Reading): void =>
  report(reading, node, 'raw-html', 'block', 'HTML is no markup here; it stays as text.', 'Write it as Markdown.')

const reportFootnote = (node: Located, reading: Reading): void =>
  report(
    reading,
    node,
    'footnote',
    'advise',
    'Footnotes are no markup here; they stay as text.',
    'Cite a source: `:cite{source=…}`.',
  )

function readTextDirective(node: TextDirective, reading: Reading): blocks.Phrasing[] {
  const attributes = node.attributes ?? {}
  const { line, column } = placeOf(node, reading)
  const children = [text(plainText(node.children))]
  if (node.name === 'term' && attributes.of && children[0]!.value.trim())
    return [{ type: 'term', term: attributes.of, children, origin: { line, column } } as blocks.Term]
  if (node.name === 'cite' && attributes.source)
    return [{ type: 'citation', source: attributes.source, origin: { line, column } } as blocks.Citation]
  const [form, what] =
    node.name === 'term' ? ['`:term[word]{of=…}`', 'glossary entry'] : ['`:cite{source=…}`', 'source']
  report(
    reading,
    node,
    'incomplete-block',
    'block',
    `“:${node.name}” names no ${what}; it stays as text.`,
    `Write ${form}.`,
  )
  return [text(sourceOf(node, reading))]
}

/** Plain text of any nodes; breaks count as a space. */
const plainText = (nodes: readonly mdast.Nodes[]): string =>
  nodes
    .map((node): string => {
      if ('children' in node) return plainText(node.children)
      if ('value' in node) return node.value
      if ('alt' in node) return node.alt ?? ''
      return node.type === 'break' ? ' ' : ''
    })
    .join('')

// Directives

type Parts = {
  id: string
  /** The label, plain. */
  title: string
  attributes: Record<string, string>
  /** The content, without the label. */
  children: mdast.Nodes[]
}
type DirectiveReader = (parts: Parts, node: Directive, reading: Reading) => blocks.Flow[]

const containers: Record<string, DirectiveReader> = {
  callout({ id, title, attributes, children }, node, reading) {
    const variant = variantOf(attributes.variant, node, reading)
    return [{ type: 'callout', id, variant, title, children: readFlow(children, reading) }]
  },
  steps({ id, title, children }, node, reading) {
    const { parts, behind } = partsOf(children, 'step', node, reading)
    const steps = parts.map((part) => {
      const step: blocks.Step = {
        type: 'step',
        id: part.id,
        title: needed(part.title, 'step', 'title', part.node, reading),
        time: part.attributes.time,
        children: readFlow(part.children, reading),
      }
      leaveOrigin(step, placeOf(part.node, reading), reading)
      return step
    })
    return [{ type: 'steps', id, title, children: steps }, ...behind]
  },
  'care-options'({ id, title, children }, node, reading) {
    const { parts, behind } = partsOf(children, 'care-option', node, reading)
    const options = parts.map((part) => {
      const asks = part.children.filter(
        (child) => child.type === 'leafDirective' && child.name === 'ask',
      ) as LeafDirective[]
      const flow = part.children.filter((child) => !(asks as mdast.Nodes[]).includes(child))
      const option: blocks.CareOption = {
        type: 'care-option',
        id: part.id,
        title: needed(part.title, 'care option', 'title', part.node, reading),
        whoFor: needed(
          part.attributes.for ?? '',
          'care option',
          'attribute `for` saying whom it suits',
          part.node,
          reading,
        ),
        questions: asks.map((ask) => itemOf(ask.attributes?.id ?? '', plainText(ask.children), ask, reading)),
        children: readFlow(flow, reading),
      }
      leaveOrigin(option, placeOf(part.node, reading), reading)
      return option
    })
    return [{ type: 'care-options', id, title, children: options }, ...behind]
  },
  checklist({ id, title, attributes, children }, _, reading) {
    const { items, behind } = itemsOf(children, attributes.ids, reading)
    return [{ type: 'checklist', id, title, items }, ...behind]
  },
  'do-dont'({ id, title, children }, node, reading) {
    const { parts, behind } = partsOf(children, ['do', 'dont'], node, reading)
    const block: blocks.DoDont = { type: 'do-dont', id, title, dos: [], donts: [] }
    for (const part of parts) {
      const list = itemsOf(part.children, part.attributes.ids, reading)
      ;(part.node.name === 'do' ? block.dos : block.donts).push(...list.items)
      behind.push(...list.behind)
    }
    return [block, ...behind]
  },
  faq({ id, title, children }, node, reading) {
    const { parts, behind } = partsOf(children, 'question', node, reading)
    const questions = parts.map((part) => {
      const question: blocks.Question = {
        type: 'question',
        id: part.id,
        title: needed(part.title, 'question', 'text', part.node, reading),
        children: readFlow(part.children, reading),
      }
      leaveOrigin(question, placeOf(part.node, reading), reading)
      return question
    })
    return [{ type: 'faq', id, title, children: questions }, ...behind]
  },
  resources({ id, title, children }, _, reading) {
    const resources: string[] = []
    const behind = readFlow(
      children.filter((child) => !takeResources(child, resources)),
      reading,
    )
    return [{ type: 'resources', id, title, resources }, ...behind]
  },
  'urgent-help'({ id, title, attributes, children }, node, reading) {
    const resources = (attributes.resources ?? '').split(/\s+/).filter(Boolean)
    const heading = needed(title, 'urgent help', 'title', node, reading)
    return [{ type: 'urgent-help', id, title: heading, resources, children: readFlow(children, reading) }]
  },
}

const leaves: Record<string, DirectiveReader> = {
  figure({ id, title, attributes }, node, reading) {
    const media = needed(attributes.media ?? '', 'figure', 'attribute `media`', node, reading)
    return [{ type: 'figure', id, media, caption: title }]
  },
  'call-to-action'({ id, attributes }, node, reading) {
    return [
      {
        type: 'call-to-action',
        id,
        record: needed(attributes.record ?? '', 'call to action', 'attribute `record`', node, reading),
      },
    ]
  },
  snippet({ id, attributes }, node, reading) {
    return [
      { type: 'snippet', id, record: needed(attributes.record ?? '', 'snippet', 'attribute `record`', node, reading) },
    ]
  },
}

function readDirective(node: Directive, reading: Reading): blocks.Flow[] {
  const registry = node.type === 'leafDirective' ? leaves : containers
  if (!Object.hasOwn(registry, node.name)) return readUnknownDirective(node, reading)
  reportUnclosed(node, reading)
  return registry[node.name]!(apart(node, reading), node, reading)
}

function readUnknownDirective(node: Directive, reading: Reading): blocks.Flow[] {
  const form = node.type === 'leafDirective' ? '::' : ':::'
  const reason = `There is no block “${form}${node.name}”. Its text stays.`
  report(reading, node, 'unknown-block', 'block', reason, `The blocks are ${known.join(', ')}.`)
  if (node.type === 'containerDirective') return readFlow(node.children, reading)
  const words = readWords(node.children, reading)
  return [paragraphOf(words.length ? words : [text(sourceOf(node, reading))])]
}

const known = [
  ...Object.keys(containers).map((name) => `:::${name}`),
  ...Object.keys(leaves).map((name) => `::${name}`),
]

function reportUnclosed(node: Directive, reading: Reading): void {
  if (
    node.type === 'containerDirective' &&
    !/^[\s>]*:{3,}\s*$/.test(
      sourceOf(node, reading)
        .split(/\r\n?|\n/)
        .at(-1)!,
    )
  )
    report(
      reading,
      node,
      'unclosed-block',
      'block',
      `The block “:::${node.name}” is not closed; all that follows is inside.`,
      'Close it with a line of as many colons.',
    )
}

function apart(node: Directive, reading: Reading): Parts {
  const [first] = node.children
  const isLabelled =
    first?.type === 'paragraph' && (first.data as { directiveLabel?: boolean } | undefined)?.directiveLabel
  const label: readonly mdast.Nodes[] = node.type === 'leafDirective' ? node.children : isLabelled ? first.children : []
  const rest: mdast.Nodes[] = node.type === 'leafDirective' ? [] : node.children.slice(isLabelled ? 1 : 0)
  reportMarks(label, node, reading)
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(node.attributes ?? {})) attributes[name] = value ?? ''
  for (const line of [attributes.time, attributes.for]) if (line) reportLength(line, node, reading)
  const title = plainLine(plainText(label))
  reportLength(title, node, reading)
  return { id: attributes.id ?? '', title, attributes, children: rest }
}

function reportMarks(words: readonly mdast.Nodes[], node: Located, reading: Reading): void {
  if (words.some((word) => word.type !== 'text'))
    report(
      reading,
      node,
      'plain-text',
      'advise',
      'Marks and links are not kept in a title or a list of this block.',
      'Write it as plain text.',
    )
}

function reportLength(line: string, node: Located, reading: Reading): void {
  if (line.length <= maxLine) return
  const reason = `A line of this block has ${line.length} characters; the limit is ${maxLine}.`
  report(reading, node, 'too-long', 'block', reason, 'Shorten it, or write it as text.')
}

type Part = Parts & { node: ContainerDirective }

/** The parts of a block that is made of them, and what stands between them. */
function partsOf(
  nodes: readonly mdast.Nodes[],
  names: string | readonly string[],
  block: Directive,
  reading: Reading,
): { parts: Part[]; behind: blocks.Flow[] } {
  const parts: Part[] = []
  const strays: mdast.Nodes[] = []
  for (const node of nodes) {
    if (node.type === 'containerDirective' && [names].flat().includes(node.name))
      parts.push({ ...apart(node, reading), node })
    else strays.push(node)
  }
  const [stray] = strays
  if (stray) {
    const reason = `“:::${block.name}” holds nothing but ${[names]
      .flat()
      .map((name) => `“:::${name}”`)
      .join(' and ')}; the rest was moved behind it.`
    report(reading, stray, 'misplaced-block', 'advise', reason, 'Move it.')
  }
  return { parts, behind: readFlow(strays, reading) }
}

/** The items of the lists in a block, with the ids given for them in order; what is no list was moved behind. */
function itemsOf(
  nodes: readonly mdast.Nodes[],
  ids = '',
  reading: Reading,
): { items: blocks.Item[]; behind: blocks.Flow[] } {
  const given = ids.split(/\s+/).filter(Boolean)
  const items: blocks.Item[] = []
  const strays: mdast.Nodes[] = []
  const take = (list: mdast.List) => {
    for (const { children } of list.children) {
      for (const child of children) {
        if (child.type === 'list') take(child)
        else if (child.type === 'paragraph')
          items.push(itemOf(given[items.length] ?? '', plainText(child.children), child, reading))
        else strays.push(child)
      }
    }
  }
  for (const node of nodes) {
    if (node.type === 'list') take(node)
    else strays.push(node)
  }
  const [stray] = strays
  if (stray)
    report(
      reading,
      stray,
      'misplaced-block',
      'advise',
      'This block holds nothing but a list; the rest was moved behind it.',
      'Move it.',
    )
  return { items, behind: readFlow(strays, reading) }
}

function itemOf(id: string, value: string, node: mdast.Paragraph | LeafDirective, reading: Reading): blocks.Item {
  reportMarks(node.children, node, reading)
  reportLength(plainLine(value), node, reading)
  const item: blocks.Item = { id, text: value }
  const { line, column } = placeOf(node, reading)
  ;(item as Traced).origin = { line, column }
  return item
}

/** Takes the keys out of a list of `[Name](resource:key)`; false if it is something else. */
function takeResources(node: mdast.Nodes, resources: string[]): boolean {
  if (node.type !== 'list') return false
  const keys = node.children.map((item) => {
    const [paragraph] = item.children
    const [link] = paragraph?.type === 'paragraph' && item.children.length === 1 ? paragraph.children : []
    return link?.type === 'link' ? /^resource:(\S+)$/i.exec(link.url)?.[1] : undefined
  })
  if (!keys.every((key) => key !== undefined)) return false
  resources.push(...keys)
  return true
}

function needed(value: string, block: string, what: string, node: Located, reading: Reading): string {
  const line = plainLine(value)
  if (!line) report(reading, node, 'incomplete-block', 'block', `A ${block} has no ${what}.`, 'Add it.')
  return line
}

function variantOf(value: string | undefined, node: Located, reading: Reading): blocks.Callout['variant'] {
  if (value === undefined || value === '') return 'note'
  if (value === 'note' || value === 'tip' || value === 'warning' || value === 'emergency') return value
  report(
    reading,
    node,
    'unknown-variant',
    'block',
    `There is no callout “${value}”; it became a note.`,
    'Use note, tip, warning or emergency.',
  )
  return 'note'
}
