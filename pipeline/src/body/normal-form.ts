import type { blocks, Message } from 'content-schemas'
import { withoutInvisible } from '../invisible.ts'

/*
 * The normal form of a body: what an editor state and a Markdown file can both hold without loss.
 * Whatever a tree came from, equal content has an equal normal form; hashes, comparisons and round trips rest on it.
 */

/** Bits of a text's marks, the same that Lexical uses. */
export const strongMark = 1
export const emphasisMark = 2

/** Where a node came from. A reader leaves it on a node as `origin`; `settle` takes it off again. */
export type Origin = { line?: number | undefined; column?: number | undefined; messages?: Message[] | undefined }
/** Place in a Markdown file, both counted from 1, by JSON Pointer of the node. */
export type Positions = Record<string, { line: number; column: number }>

type Traced = { origin?: Origin }
type MarkedText = blocks.Text & { marks?: number }

/**
 * The normal form of a tree. Idempotent; the tree given stays as it is.
 *
 * - Text is merged, without control characters, what nobody sees, tabs or line ends; no space stands at the edges of a paragraph or of a mark.
 * - Strong stands outside of emphasis, a mark that covers a whole link outside of the link, a term outside of all marks.
 * - Empty marks, links, paragraphs, headings and lists are gone; headings have depth 2 to 4 and no line breaks.
 * - A list item is one paragraph and the lists nested in it; a quote is one paragraph; rows of a table are equally long.
 * - Callouts and urgent help hold paragraphs and lists; steps, care options and answers hold every block but each other's kinds.
 *   What has no room in a container stands right behind it.
 * - Every block and item has an id of its own; missing, malformed and repeated ones become `b1`, `b2` … in document order.
 */
export function normalise(tree: blocks.Root, misplaced?: Misplaced): blocks.Root {
  const identities = new Identities()
  const children = flow(tree.children, 'all', { identities, behind: [], misplaced })
  identities.settle()
  return { type: 'root', children }
}

/** Told of each node its container has no room for: it was moved behind the container, or became lines of text. */
export type Misplaced = (node: blocks.Flow, change: 'moved' | 'flattened') => void

export const misplacedReason = (node: blocks.Flow, change: 'moved' | 'flattened'): string =>
  change === 'moved'
    ? `There is no room for “${node.type}” here; it was moved behind what it stood in.`
    : `There is no room for “${node.type}” here; its text became plain lines.`

/** One line of plain text: control characters and what nobody sees gone, white space single, trimmed. */
export const plainLine = (value: unknown): string =>
  typeof value === 'string' ? cleaned(value).replace(/ {2,}/g, ' ').trim() : ''

/** Characters that titles, captions and items may have. */
export const maxLine = 400

/** The text of nodes, without marks; breaks count as a space. */
export function textOf(nodes: readonly blocks.Phrasing[]): string {
  let text = ''
  for (const node of nodes) {
    if (node.type === 'text') text += node.value
    else if (node.type === 'break') text += ' '
    else if ('children' in node) text += textOf(node.children)
  }
  return text
}

/** Takes the origins off a tree, gives each message its pointer and returns the positions, by pointers below `base`. */
export function settle(tree: blocks.Root, base: string): Positions {
  const positions: Positions = {}
  const visit = (node: Traced & object, pointer: string) => {
    const { origin } = node
    if (origin) {
      delete node.origin
      if (origin.line) positions[pointer] = { line: origin.line, column: origin.column ?? 1 }
      for (const message of origin.messages ?? []) message.place = { ...message.place, pointer }
    }
    for (const key of ['children', 'items', 'dos', 'donts', 'questions'] as const) {
      const list = (node as Record<string, unknown>)[key]
      if (Array.isArray(list)) for (const [index, child] of list.entries()) visit(child, `${pointer}/${key}/${index}`)
    }
  }
  visit(tree as Traced & object, base)
  return positions
}

// Ids

type Identified = { id: string }

class Identities {
  private readonly used = new Set<string>()
  private readonly nameless: Identified[] = []

  take<N extends Identified>(node: N): N {
    if (/^[A-Za-z0-9_-]{1,64}$/.test(node.id) && !this.used.has(node.id)) this.used.add(node.id)
    else this.nameless.push(node)
    return node
  }

  settle(): void {
    let number = 0
    for (const node of this.nameless) {
      do number++
      while (this.used.has(`b${number}`))
      node.id = `b${number}`
    }
  }
}

// Flow

/** What a container can hold. `all`: a document; `nested`: no steps, care options or questions; `text`: paragraphs and lists. */
type Room = 'all' | 'nested' | 'text'
/** `behind` collects what has no room, for the container around. */
type Pass = { identities: Identities; behind: blocks.Flow[]; misplaced: Misplaced | undefined }
type Form<N> = (node: N, room: Room, pass: Pass) => blocks.Flow | undefined

const nesting = new Set<string>(['steps', 'care-options', 'faq'])
const textual = new Set<string>(['paragraph', 'heading', 'list', 'blockquote', 'thematicBreak'])
const hasRoom = (type: string, room: Room): boolean =>
  room === 'all' || (room === 'nested' ? !nesting.has(type) : textual.has(type))

function flow(nodes: readonly blocks.Flow[], room: Room, pass: Pass): blocks.Flow[] {
  const result: blocks.Flow[] = []
  for (const node of nodes) {
    if (!hasRoom(node.type, room)) {
      moveBehind(node, pass)
      continue
    }
    const mark = pass.behind.length
    const normal = (forms[node.type] as Form<blocks.Flow>)(node, room, pass)
    if (normal) result.push(traced(normal, node))
    if (pass.behind.length > mark) result.push(...flow(pass.behind.splice(mark), room, pass))
  }
  return result
}

function moveBehind(node: blocks.Flow, { behind, misplaced }: Pass): void {
  misplaced?.(node, 'moved')
  behind.push(node)
}

function traced<N extends object>(to: N, from: object): N {
  const { origin } = from as Traced
  if (origin) (to as Traced).origin = origin
  return to
}

const forms: { [T in blocks.Flow['type']]: Form<Extract<blocks.Flow, { type: T }>> } = {
  paragraph: ({ children }) => paragraph(inline(children)),
  heading(node, room, { misplaced }) {
    const { depth, children } = node
    if (room === 'text') {
      misplaced?.(node, 'flattened')
      return paragraph(inline([{ type: 'strong', children: withoutBreaks(children) }]))
    }
    const words = inline(withoutBreaks(children))
    return words.length ? { type: 'heading', depth: depth <= 2 ? 2 : depth >= 4 ? 4 : 3, children: words } : undefined
  },
  list: (node, _, pass) => list(node, pass),
  blockquote(node, room, pass) {
    if (room === 'text') pass.misplaced?.(node, 'flattened')
    const words = oneParagraph(node.children, pass)
    return words && (room === 'text' ? words : { type: 'blockquote', children: [words] })
  },
  thematicBreak: (_, room) => (room === 'text' ? undefined : { type: 'thematicBreak' }),
  table,
  callout({ id, variant, title, children }, _, pass) {
    const block: blocks.Callout = { type: 'callout', id, variant, ...titled(title), children: [] }
    return fill(pass.identities.take(block), children, 'text', pass)
  },
  steps({ id, title, children }, _, pass) {
    const block: blocks.Steps = pass.identities.take({ type: 'steps', id, ...titled(title), children: [] })
    block.children = children.map((node) => {
      const { id, title, time } = node
      const line = plainLine(time)
      const step: blocks.Step = { type: 'step', id, title: plainLine(title), ...(line && { time: line }), children: [] }
      return traced(fill(pass.identities.take(step), node.children, 'nested', pass), node)
    })
    return block
  },
  'care-options'({ id, title, children }, _, pass) {
    const block: blocks.CareOptions = pass.identities.take({
      type: 'care-options',
      id,
      ...titled(title),
      children: [],
    })
    block.children = children.map((node) => {
      const { id, title, whoFor } = node
      const names = { title: plainLine(title), whoFor: plainLine(whoFor) }
      const option: blocks.CareOption = { type: 'care-option', id, ...names, questions: [], children: [] }
      fill(pass.identities.take(option), node.children, 'nested', pass)
      option.questions = items(node.questions, pass)
      return traced(option, node)
    })
    return block
  },
  checklist({ id, title, items: lines }, _, pass) {
    const block: blocks.Checklist = pass.identities.take({ type: 'checklist', id, ...titled(title), items: [] })
    block.items = items(lines, pass)
    return block
  },
  'do-dont'({ id, title, dos, donts }, _, pass) {
    const block: blocks.DoDont = pass.identities.take({ type: 'do-dont', id, ...titled(title), dos: [], donts: [] })
    block.dos = items(dos, pass)
    block.donts = items(donts, pass)
    return block
  },
  faq({ id, title, children }, _, pass) {
    const block: blocks.Faq = pass.identities.take({ type: 'faq', id, ...titled(title), children: [] })
    block.children = children.map((node) => {
      const question: blocks.Question = { type: 'question', id: node.id, title: plainLine(node.title), children: [] }
      return traced(fill(pass.identities.take(question), node.children, 'nested', pass), node)
    })
    return block
  },
  figure({ id, media, caption }, _, { identities }) {
    const line = plainLine(caption)
    return identities.take<blocks.Figure>({ type: 'figure', id, media, ...(line && { caption: line }) })
  },
  resources: ({ id, title, resources }, _, { identities }) =>
    identities.take<blocks.Resources>({ type: 'resources', id, ...titled(title), resources: [...resources] }),
  'call-to-action': ({ id, record }, _, { identities }) =>
    identities.take<blocks.CallToAction>({ type: 'call-to-action', id, record }),
  'urgent-help'({ id, title, resources, children }, _, pass) {
    const names = { title: plainLine(title), resources: [...resources] }
    const block: blocks.UrgentHelp = { type: 'urgent-help', id, ...names, children: [] }
    return fill(pass.identities.take(block), children, 'text', pass)
  },
  snippet: ({ id, record }, _, { identities }) => identities.take<blocks.Snippet>({ type: 'snippet', id, record }),
}

const titled = (title: string | undefined): { title?: string } => {
  const line = plainLine(title)
  return line ? { title: line } : {}
}

function fill<N extends { children: blocks.Flow[] }>(node: N, children: blocks.Flow[], room: Room, pass: Pass): N {
  node.children = flow(children, room, pass)
  return node
}

const items = (nodes: readonly blocks.Item[], { identities }: Pass): blocks.Item[] =>
  nodes.flatMap((node) => {
    const text = plainLine(node.text)
    return text ? [traced(identities.take({ id: node.id, text }), node)] : []
  })

const paragraph = (words: blocks.Phrasing[]): blocks.Paragraph | undefined =>
  words.length ? { type: 'paragraph', children: words } : undefined

/** Flow as the one paragraph it can be: its paragraphs as lines, what is no text behind. */
function oneParagraph(nodes: readonly blocks.Flow[], pass: Pass, lists?: blocks.List[]): blocks.Paragraph | undefined {
  const words: blocks.Phrasing[] = []
  gatherLines(nodes, pass, words, lists)
  return paragraph(inline(words))
}

/** Without `lists` to put them in, the items of a list are lines as well. */
function gatherLines(nodes: readonly blocks.Flow[], pass: Pass, words: blocks.Phrasing[], lists?: blocks.List[]): void {
  for (const node of nodes) {
    if (node.type === 'list' && lists) lists.push(node)
    else if (node.type === 'paragraph') gatherLine(node, words)
    else if (!textual.has(node.type)) moveBehind(node, pass)
    else if (node.type !== 'thematicBreak') {
      pass.misplaced?.(node, 'flattened')
      if (node.type === 'heading') gatherLine(node, words)
      else if (node.type === 'blockquote') gatherLines(node.children, pass, words, lists)
      else if (node.type === 'list') for (const item of node.children) gatherLines(item.children, pass, words)
    }
  }
}

function gatherLine({ children }: blocks.Paragraph | blocks.Heading, words: blocks.Phrasing[]): void {
  if (words.length) words.push({ type: 'break' })
  words.push(...children)
}

function list(node: blocks.List, pass: Pass): blocks.List | undefined {
  const children: blocks.ListItem[] = []
  for (const item of node.children) {
    const nested: blocks.List[] = []
    const words = oneParagraph(item.children, pass, nested)
    const lists = nested.map((each) => list(each, pass)).filter((each) => each !== undefined)
    const previous = children.at(-1)
    if (words) children.push(traced({ type: 'listItem', children: [words, ...lists] }, item))
    // A list that belongs to no text belongs to the item before it, and without one it takes the place of its item.
    else if (previous) previous.children.push(...lists)
    else for (const each of lists) children.push(...each.children)
  }
  if (!children.length) return undefined
  const { ordered, start } = node
  const numbered = ordered && Number.isInteger(start) && start! > 1 && start! < 10_000
  return { type: 'list', ordered, ...(numbered && { start }), children }
}

function table(node: blocks.Table): blocks.Table | undefined {
  const width = Math.max(0, ...node.children.map((row) => row.children.length))
  let isEmpty = true
  const children = node.children.map((row) => {
    const cells = row.children.map((cell) => {
      const words = inline(cell.children)
      if (words.length) isEmpty = false
      return traced<blocks.TableCell>({ type: 'tableCell', children: words }, cell)
    })
    while (cells.length < width) cells.push({ type: 'tableCell', children: [] })
    return traced<blocks.TableRow>({ type: 'tableRow', children: cells }, row)
  })
  return isEmpty ? undefined : { type: 'table', children }
}

// Words

function inline(nodes: readonly blocks.Phrasing[]): blocks.Phrasing[] {
  // Most paragraphs are one text without marks.
  const only = nodes.length === 1 ? plainWords(nodes[0]!) : undefined
  return only ? [{ type: 'text', value: only }] : new Words().add(nodes, 0).end()
}

/** The value of a text that is in normal form by itself: without marks, and without space at its edges. */
function plainWords(node: blocks.Phrasing): string | undefined {
  if (node.type !== 'text' || (node as MarkedText).marks) return undefined
  const value = cleaned(node.value)
  const hasEdge = value.charCodeAt(0) === 32 || value.charCodeAt(value.length - 1) === 32
  return hasEdge || value === '' ? undefined : value
}

const withoutBreaks = (nodes: readonly blocks.Phrasing[]): blocks.Phrasing[] =>
  nodes.map((node) => {
    if (node.type === 'break') return { type: 'text', value: ' ' }
    return 'children' in node ? { ...node, children: withoutBreaks(node.children) } : node
  })

/**
 * Takes words in reading order, with the bits of their marks, and nests them anew.
 * What shows no mark (white space, breaks, citations) waits for the next word, and takes the marks both its neighbours have.
 */
class Words {
  private readonly words: blocks.Phrasing[] = []
  private strong = this.words
  private emphasis = this.words
  /** Marks of the last word. */
  private marks = 0
  private waiting: (string | blocks.Break | blocks.Citation)[] = []

  add(nodes: readonly blocks.Phrasing[], marks: number): this {
    for (const node of nodes) this.addOne(node, marks)
    return this
  }

  /** The words, without white space and breaks at the end. */
  end(): blocks.Phrasing[] {
    for (let last = this.waiting.at(-1); typeof last === 'string' || last?.type === 'break'; last = this.waiting.at(-1))
      this.waiting.pop()
    if (this.waiting.length) this.settleWaiting(0)
    return this.words
  }

  private addOne(node: blocks.Phrasing, marks: number): void {
    if (node.type === 'text') this.addText(cleaned(node.value), marks | ((node as MarkedText).marks ?? 0))
    else if (node.type === 'strong') this.add(node.children, marks | strongMark)
    else if (node.type === 'emphasis') this.add(node.children, marks | emphasisMark)
    else if (node.type === 'link') this.addLink(node, marks)
    else if (node.type === 'term') this.addTerm(node)
    else if (node.type === 'break') this.addBreak()
    else this.waiting.push(citationOf(node))
  }

  private addText(value: string, marks: number): void {
    let start = 0
    let end = value.length
    while (start < end && value.charCodeAt(start) === 32) start++
    while (end > start && value.charCodeAt(end - 1) === 32) end--
    if (start) this.addSpace(value.slice(0, start))
    if (start === end) return
    this.open(marks)
    appendText(this.emphasis, start || end < value.length ? value.slice(start, end) : value)
    if (end < value.length) this.addSpace(value.slice(end))
  }

  /** None at the start, and none beside a break. */
  private addSpace(value: string): void {
    if (value === '') return
    const last = this.waiting.at(-1)
    if (last ? typeof last === 'string' || last.type !== 'break' : this.words.length) this.waiting.push(value)
  }

  private addBreak(): void {
    while (typeof this.waiting.at(-1) === 'string') this.waiting.pop()
    if (this.words.length || this.waiting.length) this.waiting.push({ type: 'break' })
  }

  private addTerm(node: blocks.Term): void {
    const text = cleaned(textOf(node.children))
    const value = plainLine(text)
    if (text.startsWith(' ')) this.addSpace(' ')
    if (!value) return
    this.open(0)
    this.words.push(traced<blocks.Term>({ type: 'term', term: node.term, children: [{ type: 'text', value }] }, node))
    if (text.endsWith(' ')) this.addSpace(' ')
  }

  /** White space at the edges of a link stands outside of it, citations behind it; terms and links in it are its text. */
  private addLink(node: blocks.Link, marks: number): void {
    const only = node.children.length === 1 ? plainWords(node.children[0]!) : undefined
    if (only) {
      this.addLinkOf([{ type: 'text', value: only }], node, marks)
      return
    }
    const { texts, citations } = flatten(node.children, marks)
    const isWord = ({ value }: LinkText) => value !== undefined && /[^ ]/.test(value)
    const first = texts.findIndex(isWord)
    const last = texts.findLastIndex(isWord)
    const common = texts.reduce((both, text) => (isWord(text) ? both & text.marks : both), strongMark | emphasisMark)
    const inner = new Words()
    for (const [index, { value, marks }] of texts.entries()) {
      if (value === undefined) (index > first && index < last ? inner : this).addBreak()
      else if (index < first || index > last) this.addSpace(value)
      else {
        if (index === first && value.startsWith(' ')) this.addSpace(' ')
        inner.addText(value, marks & ~common)
        if (index === last) this.addLinkOf(inner.end(), node, common)
        if (index === last && value.endsWith(' ')) this.addSpace(' ')
      }
    }
    for (const citation of citations) this.waiting.push(citation)
  }

  private addLinkOf(children: blocks.Phrasing[], node: blocks.Link, marks: number): void {
    this.open(marks)
    this.emphasis.push(traced<blocks.Link>({ type: 'link', url: node.url, children }, node))
  }

  /** Opens the marks for a word, after what waits for it. */
  private open(marks: number): void {
    if (this.waiting.length) this.settleWaiting(marks)
    if (marks !== this.marks) this.change(marks)
  }

  private settleWaiting(marks: number): void {
    // Emphasis ends where strong begins or ends around it.
    this.change((this.marks ^ marks) & strongMark ? 0 : this.marks & marks)
    for (const node of this.waiting) {
      if (typeof node === 'string') appendText(this.emphasis, node)
      else this.emphasis.push(node)
    }
    this.waiting = []
  }

  private change(marks: number): void {
    const changed = this.marks ^ marks
    if (changed & strongMark) this.strong = marks & strongMark ? opened('strong', this.words) : this.words
    if (changed) this.emphasis = marks & emphasisMark ? opened('emphasis', this.strong) : this.strong
    this.marks = marks
  }
}

/** `value` is undefined for a break. */
type LinkText = { value: string | undefined; marks: number }

function flatten(
  nodes: readonly blocks.Phrasing[],
  marks: number,
): { texts: LinkText[]; citations: blocks.Citation[] } {
  const texts: LinkText[] = []
  const citations: blocks.Citation[] = []
  const visit = (node: blocks.Phrasing, marks: number) => {
    if (node.type === 'text')
      texts.push({ value: cleaned(node.value), marks: marks | ((node as MarkedText).marks ?? 0) })
    else if (node.type === 'break') texts.push({ value: undefined, marks })
    else if (node.type === 'citation') citations.push(citationOf(node))
    else {
      const own = node.type === 'strong' ? strongMark : node.type === 'emphasis' ? emphasisMark : 0
      for (const child of node.children) visit(child, marks | own)
    }
  }
  for (const node of nodes) visit(node, marks)
  return { texts, citations }
}

const citationOf = (node: blocks.Citation): blocks.Citation => traced({ type: 'citation', source: node.source }, node)

function opened(type: 'strong' | 'emphasis', into: blocks.Phrasing[]): blocks.Phrasing[] {
  const children: blocks.Phrasing[] = []
  into.push({ type, children })
  return children
}

function appendText(words: blocks.Phrasing[], value: string): void {
  const last = words.at(-1)
  if (last?.type === 'text') last.value += value
  else words.push({ type: 'text', value })
}

/** Text without what a line of text cannot hold: line ends and tabs become a space, what nobody sees goes. */
function cleaned(given: string): string {
  const value = withoutInvisible(given)
  if (!/[\u0000-\u001F\u007F\uFEFF\uD800-\uDFFF]/.test(value)) return value
  return value
    .replace(/[ \t]*[\n\r]+[ \t\n\r]*/g, ' ')
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001F\u007F\uFEFF]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}
