import { type blocks, type Message, blocks as schema } from 'content-schemas'
import {
  emphasisMark,
  maxLine,
  misplacedReason,
  normalise,
  type Origin,
  plainLine,
  settle,
  strongMark,
  textOf,
} from './normal-form.ts'

/*
 * From the state of a Lexical editor, as Payload 3 stores it, to our tree: registries of readers keyed by node type and block.
 */

/** Levels of nesting that are read; what is deeper keeps its text only. */
export const maxLexicalDepth = 40

/**
 * The tree of an editor state, in normal form, read in one pass. Never throws: what has no home in the tree becomes a
 * message at the node around it, and its text stays. Undefined, null and an empty state are an empty tree.
 */
export function fromLexical(state: unknown): { tree: blocks.Root; messages: Message[] } {
  const reading: Reading = { messages: [], unplaced: [], depth: 0 }
  const root = isNode(state) ? (state.root as Read | undefined) : undefined
  if (state != null && !isNode(root))
    report(reading, 'unreadable-body', 'block', 'The body is no editor state.', 'Write it anew.')
  const draft: blocks.Root = { type: 'root', children: readFlow(root?.children, reading) }
  const tree = normalise(draft, (node, change) => reportMisplaced(node, change, reading))
  if (reading.messages.length) settle(tree, '/body')
  return { tree, messages: reading.messages }
}

type Read = { type?: unknown; children?: unknown; [key: string]: unknown }
type Reading = { messages: Message[]; unplaced: Message[]; depth: number }
type Fields = Record<string, unknown>

const isNode = (value: unknown): value is Read => typeof value === 'object' && value !== null
const listOf = (value: unknown): Read[] => (Array.isArray(value) ? value.filter(isNode) : [])
const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '')

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function report(reading: Reading, rule: string, severity: Message['severity'], reason: string, fix?: string): void {
  const message: Message = { rule, severity, waivable: false, reason, ...(fix && { fix }), place: { pointer: '/body' } }
  reading.messages.push(message)
  reading.unplaced.push(message)
}

function reportMisplaced(
  node: blocks.Flow & { origin?: Origin },
  change: 'moved' | 'flattened',
  reading: Reading,
): void {
  report(reading, 'misplaced-block', 'advise', misplacedReason(node, change))
  node.origin = { messages: [...(node.origin?.messages ?? []), ...reading.unplaced] }
  reading.unplaced = []
}

/** Children of a container: blocks as they are, words between them as paragraphs. */
function readFlow(children: unknown, reading: Reading): blocks.Flow[] {
  const flow: blocks.Flow[] = []
  if (!Array.isArray(children)) return flow
  let words: blocks.Phrasing[] | undefined
  for (const child of children) {
    if (!isNode(child)) continue
    const type = stringOf(child.type)
    if (Object.hasOwn(inlineNodes, type)) {
      if (!words) {
        words = []
        flow.push({ type: 'paragraph', children: words })
      }
      inlineNodes[type]!(child, words, reading)
      continue
    }
    words = undefined
    const node = readFlowNode(type, child, reading)
    if (!node) continue
    flow.push(node)
    if (reading.unplaced.length) {
      ;(node as { origin?: Origin }).origin = { messages: reading.unplaced }
      reading.unplaced = []
    }
  }
  return flow
}

function readFlowNode(type: string, node: Read, reading: Reading): blocks.Flow | undefined {
  if (reading.depth >= maxLexicalDepth) {
    reportDepth(reading)
    return textParagraph(node)
  }
  reading.depth++
  const flow = Object.hasOwn(flowNodes, type) ? flowNodes[type]!(node, reading) : readUnknown(type, node, reading)
  reading.depth--
  return flow
}

function readWords(children: unknown, reading: Reading): blocks.Phrasing[] {
  const words: blocks.Phrasing[] = []
  if (!Array.isArray(children)) return words
  for (const child of children) {
    if (!isNode(child)) continue
    const type = stringOf(child.type)
    if (Object.hasOwn(inlineNodes, type)) inlineNodes[type]!(child, words, reading)
    else readStrangeWords(type, child, words, reading)
  }
  return words
}

function readStrangeWords(type: string, node: Read, words: blocks.Phrasing[], reading: Reading): void {
  report(
    reading,
    'unknown-node',
    'block',
    `“${type}” has no place inside a line of text. Only its text is kept.`,
    'Move it out of the line.',
  )
  const value = deepText(node)
  if (value) words.push({ type: 'text', value })
}

function readUnknown(type: string, node: Read, reading: Reading): blocks.Flow | undefined {
  report(
    reading,
    'unknown-node',
    'block',
    `“${type}” has no place in an article. Only its text is kept.`,
    'Write it with the blocks the editor offers.',
  )
  return textParagraph(node)
}

function textParagraph(node: Read): blocks.Paragraph | undefined {
  const value = deepText(node)
  return value ? { type: 'paragraph', children: [{ type: 'text', value }] } : undefined
}

/** All text below a node, however deep it is and whatever the nodes are; without recursion. */
function deepText(node: Read): string {
  const texts: string[] = []
  const open: Read[] = [node]
  for (let next = open.pop(); next; next = open.pop()) {
    if (typeof next.text === 'string') texts.push(next.text)
    const fields = isNode(next.fields) ? next.fields : undefined
    for (const key of ['title', 'caption', 'text']) if (fields) texts.push(stringOf(fields[key]))
    const states = fields ? Object.values(fields).filter((value) => isNode(value) && isNode(value.root)) : []
    open.push(...states.map((state) => (state as { root: Read }).root), ...listOf(next.children).toReversed())
  }
  return texts.filter(Boolean).join(' ')
}

/** Reports how a block-level node is set, where the tree has no word for it. */
function reportSetting(node: Read, reading: Reading): void {
  if (node.format && node.format !== 'start' && node.format !== 'left')
    report(reading, 'unsupported-format', 'advise', `The alignment “${shown(node.format)}” is not kept.`, 'Remove it.')
  if (node.indent && node.type !== 'listitem')
    report(reading, 'unsupported-format', 'advise', 'The indent is not kept.', 'Use a list or a quote instead.')
}

const flowNodes: Record<string, (node: Read, reading: Reading) => blocks.Flow | undefined> = {
  paragraph(node, reading) {
    if (node.format || node.indent) reportSetting(node, reading)
    return { type: 'paragraph', children: readWords(node.children, reading) }
  },
  heading(node, reading) {
    if (node.format || node.indent) reportSetting(node, reading)
    return { type: 'heading', depth: depthOf(node.tag, reading), children: readWords(node.children, reading) }
  },
  quote(node, reading) {
    if (node.format || node.indent) reportSetting(node, reading)
    return { type: 'blockquote', children: readFlow(node.children, reading) }
  },
  horizontalrule: () => ({ type: 'thematicBreak' }),
  list: readList,
  listitem: (node, reading) => readList({ listType: 'bullet', children: [node] }, reading),
  table: readTable,
  block(node, reading) {
    const fields = isNode(node.fields) ? node.fields : {}
    const type = stringOf(fields.blockType)
    if (Object.hasOwn(blockFields, type)) return blockFields[type as blocks.Block['type']](fields, reading)
    report(
      reading,
      'unknown-block',
      'block',
      `There is no block “${type}”. Only its text is kept.`,
      'Write it with the blocks the editor offers.',
    )
    return textParagraph(node)
  },
}

const inlineNodes: Record<string, (node: Read, words: blocks.Phrasing[], reading: Reading) => void> = {
  text(node, words, reading) {
    const value = node.text
    if (typeof value !== 'string' || value === '') return
    const format = typeof node.format === 'number' ? node.format : 0
    if (format > 3) reportFormats(format, reading)
    if (node.style)
      report(reading, 'unsupported-format', 'advise', `The style “${shown(node.style)}” is not kept.`, 'Remove it.')
    words.push({ type: 'text', value, marks: format & (strongMark | emphasisMark) } as blocks.Text)
  },
  linebreak: (_, words) => {
    words.push({ type: 'break' })
  },
  tab: (_, words) => {
    words.push({ type: 'text', value: ' ' })
  },
  link: readLink,
  autolink: readLink,
  inlineBlock(node, words, reading) {
    const fields = isNode(node.fields) ? node.fields : {}
    if (fields.blockType === 'term') readTerm(fields, words, reading)
    else if (fields.blockType === 'citation') readCitation(fields, words, reading)
    else {
      report(
        reading,
        'unknown-block',
        'block',
        `There is no block “${stringOf(fields.blockType)}” inside text. Only its text is kept.`,
        'Write it as text.',
      )
      const value = deepText(node)
      if (value) words.push({ type: 'text', value })
    }
  },
}

const formatNames = [
  'strikethrough',
  'underline',
  'code',
  'subscript',
  'superscript',
  'highlight',
  'lower case',
  'upper case',
  'capitals',
]

function reportFormats(format: number, reading: Reading): void {
  const names = formatNames.filter((_, bit) => format & (4 << bit))
  report(
    reading,
    'unsupported-format',
    'advise',
    `The format ${names.join(', ')} is not kept, the text is.`,
    'Use bold or italic, or none.',
  )
}

function depthOf(tag: unknown, reading: Reading): blocks.Heading['depth'] {
  if (tag === 'h2') return 2
  if (tag === 'h3') return 3
  if (tag === 'h4') return 4
  const depth = tag === 'h5' || tag === 'h6' ? 4 : 2
  report(
    reading,
    'heading-level',
    'advise',
    `A heading ${shown(tag)} became h${depth}: bodies have h2 to h4.`,
    'Choose another level.',
  )
  return depth
}

/** Goes one level deeper, or reports that it is too deep, keeps the text, and returns false. */
function enter(node: Read, words: blocks.Phrasing[], reading: Reading): boolean {
  if (++reading.depth <= maxLexicalDepth) return true
  reading.depth--
  reportDepth(reading)
  words.push({ type: 'text', value: deepText(node) })
  return false
}

function reportDepth(reading: Reading): void {
  report(
    reading,
    'too-deep',
    'block',
    `The content is nested more than ${maxLexicalDepth} levels deep. What is deeper keeps its text only.`,
    'Nest it less.',
  )
}

function readLink(node: Read, words: blocks.Phrasing[], reading: Reading): void {
  if (!enter(node, words, reading)) return
  const children = readWords(node.children, reading)
  reading.depth--
  const fields = isNode(node.fields) ? node.fields : {}
  const url = fields.linkType === 'internal' ? articleAddress(fields.doc) : stringOf(fields.url).trim()
  if (url.length <= 2000 && schema.linkPattern.test(url)) {
    words.push({ type: 'link', url, children })
    return
  }
  report(
    reading,
    'link-address',
    'block',
    `The link “${textOf(children)}” leads to “${url}”, which is no address readers can use. Only its text is kept.`,
    'Use an http, https, mailto, tel or sms address, or choose an article.',
  )
  words.push(...children)
}

function articleAddress(doc: unknown): string {
  if (!isNode(doc) || (doc.relationTo !== undefined && doc.relationTo !== 'articles')) return ''
  return `article:${idOf(doc.value).split('.', 1)[0]}`
}

function readTerm(fields: Fields, words: blocks.Phrasing[], reading: Reading): void {
  const value = stringOf(fields.text)
  const term = idOf(fields.term)
  if (!term)
    report(
      reading,
      'incomplete-block',
      'block',
      `The term “${value}” names no glossary entry.`,
      'Choose one, or write it as text.',
    )
  const text: blocks.Text = { type: 'text', value }
  if (value) words.push(term ? { type: 'term', term, children: [text] } : text)
}

function readCitation(fields: Fields, words: blocks.Phrasing[], reading: Reading): void {
  const source = stringOf(fields.source)
  if (source) words.push({ type: 'citation', source })
  else report(reading, 'incomplete-block', 'block', 'A citation names no source.', 'Choose one, or remove it.')
}

/** The id of a related record, whether it came alone, populated, or with the name of its collection. */
function idOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (!isNode(value)) return ''
  return 'relationTo' in value ? idOf(value.value) : stringOf(value.id)
}
const idsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(idOf).filter(Boolean) : [])

/** Lexical nests a list in an item of its own, which belongs to the item before it: the normal form joins them. */
function readList(node: Read, reading: Reading): blocks.List {
  const children: blocks.ListItem[] = []
  for (const item of listOf(node.children)) {
    if (item.format) reportSetting(item, reading)
    if (typeof item.checked === 'boolean' && node.listType === 'check')
      report(
        reading,
        'unsupported-format',
        'advise',
        'A list with ticks became a plain list.',
        'Use the checklist block.',
      )
    if (item.type === 'listitem') children.push({ type: 'listItem', children: readFlow(item.children, reading) })
    else children.push({ type: 'listItem', children: readFlow([item], reading) })
  }
  const ordered = node.listType === 'number'
  return { type: 'list', ordered, ...(ordered && typeof node.start === 'number' && { start: node.start }), children }
}

function readTable(node: Read, reading: Reading): blocks.Table {
  const rows: blocks.TableRow[] = []
  // How many more rows a cell that spans rows takes in each column.
  const taken: number[] = []
  let isMerged = false
  for (const row of listOf(node.children)) {
    const cells: blocks.TableCell[] = []
    const fillTaken = () => {
      while (taken[cells.length]) {
        taken[cells.length]!--
        cells.push({ type: 'tableCell', children: [] })
      }
    }
    for (const cell of listOf(row.children)) {
      fillTaken()
      const { columns, rows } = spanOf(cell)
      if (columns > 1 || rows > 1) isMerged = true
      for (let column = 0; column < columns; column++) {
        taken[cells.length] = rows - 1
        cells.push({ type: 'tableCell', children: column ? [] : readCell(cell, reading) })
      }
    }
    fillTaken()
    rows.push({ type: 'tableRow', children: cells })
  }
  if (isMerged)
    report(
      reading,
      'merged-cells',
      'advise',
      'Merged cells became a cell with the text and empty ones.',
      'Write the table without merged cells.',
    )
  if (!isHeader(listOf(node.children)[0]))
    report(
      reading,
      'table-header',
      'advise',
      'The first row of the table became its header.',
      'Make it one, so that it is understood without seeing the table.',
    )
  return { type: 'table', children: rows }
}

const maxSpan = 50
const spanOf = (cell: Read): { columns: number; rows: number } => ({
  columns: span(cell.colSpan),
  rows: span(cell.rowSpan),
})
const span = (value: unknown): number =>
  typeof value === 'number' && value > 1 ? Math.min(Math.trunc(value), maxSpan) : 1
const isHeader = (row: Read | undefined): boolean =>
  !row || listOf(row.children).every((cell) => cell.headerState === 1 || cell.headerState === 3)

/** The words of a cell: its paragraphs as lines. */
function readCell(cell: Read, reading: Reading): blocks.Phrasing[] {
  const words: blocks.Phrasing[] = []
  readLines(cell.children, words, reading)
  return words
}

const lineTypes = new Set<unknown>(['paragraph', 'heading', 'quote', 'list', 'listitem'])

function readLines(children: unknown, words: blocks.Phrasing[], reading: Reading): void {
  for (const child of listOf(children)) {
    const type = stringOf(child.type)
    if (Object.hasOwn(inlineNodes, type)) inlineNodes[type]!(child, words, reading)
    else {
      if (words.length && words.at(-1)!.type !== 'break') words.push({ type: 'break' })
      if (lineTypes.has(type) && enter(child, words, reading)) {
        readLines(child.children, words, reading)
        reading.depth--
      } else if (!lineTypes.has(type)) readStrangeWords(type, child, words, reading)
    }
  }
}

const blockFields: { [T in blocks.Block['type']]: (fields: Fields, reading: Reading) => blocks.Block } = {
  callout: (fields, reading) => ({
    type: 'callout',
    id: stringOf(fields.id),
    variant: variantOf(fields.variant, reading),
    title: lineOf(fields.title, reading),
    children: contentOf(fields, reading),
  }),
  steps: (fields, reading) => ({
    type: 'steps',
    id: stringOf(fields.id),
    title: lineOf(fields.title, reading),
    children: listOf(fields.steps).map((step) => ({
      type: 'step',
      id: stringOf(step.id),
      title: required(step.title, 'step', 'title', reading),
      time: lineOf(step.time, reading),
      children: contentOf(step, reading),
    })),
  }),
  'care-options': (fields, reading) => ({
    type: 'care-options',
    id: stringOf(fields.id),
    title: lineOf(fields.title, reading),
    children: listOf(fields.options).map((option) => ({
      type: 'care-option',
      id: stringOf(option.id),
      title: required(option.title, 'care option', 'title', reading),
      whoFor: required(option.whoFor, 'care option', 'line saying whom it suits', reading),
      questions: itemsOf(option.questions, reading),
      children: contentOf(option, reading),
    })),
  }),
  checklist: (fields, reading) => ({
    type: 'checklist',
    id: stringOf(fields.id),
    title: lineOf(fields.title, reading),
    items: itemsOf(fields.items, reading),
  }),
  'do-dont': (fields, reading) => ({
    type: 'do-dont',
    id: stringOf(fields.id),
    title: lineOf(fields.title, reading),
    dos: itemsOf(fields.dos, reading),
    donts: itemsOf(fields.donts, reading),
  }),
  faq: (fields, reading) => ({
    type: 'faq',
    id: stringOf(fields.id),
    title: lineOf(fields.title, reading),
    children: listOf(fields.questions).map((question) => ({
      type: 'question',
      id: stringOf(question.id),
      title: required(question.title, 'question', 'text', reading),
      children: contentOf(question, reading),
    })),
  }),
  figure: (fields, reading) => ({
    type: 'figure',
    id: stringOf(fields.id),
    media: required(idOf(fields.media), 'figure', 'picture', reading),
    caption: lineOf(fields.caption, reading),
  }),
  resources: (fields, reading) => ({
    type: 'resources',
    id: stringOf(fields.id),
    title: lineOf(fields.title, reading),
    resources: idsOf(fields.resources),
  }),
  'call-to-action': (fields, reading) => ({
    type: 'call-to-action',
    id: stringOf(fields.id),
    record: required(idOf(fields.record), 'call to action', 'record', reading),
  }),
  'urgent-help': (fields, reading) => ({
    type: 'urgent-help',
    id: stringOf(fields.id),
    title: required(fields.title, 'urgent help', 'title', reading),
    resources: idsOf(fields.resources),
    children: contentOf(fields, reading),
  }),
  snippet: (fields, reading) => ({
    type: 'snippet',
    id: stringOf(fields.id),
    record: required(idOf(fields.record), 'snippet', 'record', reading),
  }),
}

const contentOf = (fields: Fields, reading: Reading): blocks.Flow[] =>
  isNode(fields.content) && isNode(fields.content.root) ? readFlow(fields.content.root.children, reading) : []

const itemsOf = (rows: unknown, reading: Reading): blocks.Item[] =>
  listOf(rows).map((row) => ({ id: stringOf(row.id), text: lineOf(row.text, reading) }))

function lineOf(value: unknown, reading: Reading): string {
  const line = plainLine(value)
  if (line.length > maxLine) {
    const reason = `A line of this block has ${line.length} characters; the limit is ${maxLine}.`
    report(reading, 'too-long', 'block', reason, 'Shorten it, or write it as text.')
  }
  return line
}

function required(value: unknown, block: string, field: string, reading: Reading): string {
  const text = lineOf(value, reading)
  if (!text) report(reading, 'incomplete-block', 'block', `A ${block} has no ${field}.`, 'Fill it in.')
  return text
}

function variantOf(value: unknown, reading: Reading): blocks.Callout['variant'] {
  if (value === 'note' || value === 'tip' || value === 'warning' || value === 'emergency') return value
  report(
    reading,
    'incomplete-block',
    'block',
    'A callout does not say whether it is a note, a tip, a warning or an emergency.',
    'Choose one.',
  )
  return 'note'
}
