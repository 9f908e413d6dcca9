import type { blocks, Message } from 'content-schemas'

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
 * - Text is merged, without control characters, tabs or line ends; no space stands at the edges of a paragraph or of a mark.
 * - Strong stands outside of emphasis, a mark that covers a whole link outside of the link, a term outside of all marks.
 * - Empty marks, links, paragraphs, headings and lists are gone; headings have depth 2 to 4 and no line breaks.
 * - A list item is one paragraph and the lists nested in it; a quote is one paragraph; rows of a table are equally long.
 * - Callouts and urgent help hold paragraphs and lists; steps, care options and answers hold every block but each other's kinds.
 *   What has no room in a container stands right behind it.
 * - Every block and item has an id of its own; missing, malformed and repeated ones become `b1`, `b2` … in document order.
 */
export function normalise(tree: blocks.Root, misplaced?: Misplaced): blocks.Root {
  const identities = new Identities()
  const children = flow(tree.children, { room: 'all', identities, behind: [], misplaced })
  identities.settle()
  return { type: 'root', children }
}

/** Told of each node its container has no room for: it was moved behind the container, or became lines of text. */
export type Misplaced = (node: blocks.Flow, change: 'moved' | 'flattened') => void

export const misplacedReason = (node: blocks.Flow, change: 'moved' | 'flattened'): string =>
  change === 'moved'
    ? `There is no room for “${node.type}” here; it was moved behind what it stood in.`
    : `There is no room for “${node.type}” here; its text became plain lines.`

/** One line of plain text: control characters gone, white space single, trimmed. */
export const plainLine = (value: unknown): string =>
  typeof value === 'string' ? cleaned(value).replace(/ {2,}/g, ' ').trim() : ''

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
type Place = { room: Room; identities: Identities; behind: blocks.Flow[]; misplaced: Misplaced | undefined }
type Form<N> = (node: N, place: Place) => blocks.Flow | undefined

const nesting = new Set<string>(['steps', 'care-options', 'faq'])
const textual = new Set<string>(['paragraph', 'heading', 'list', 'blockquote', 'thematicBreak'])
const hasRoom = (type: string, room: Room): boolean =>
  room === 'all' || (room === 'nested' ? !nesting.has(type) : textual.has(type))

function flow(nodes: readonly blocks.Flow[], place: Place): blocks.Flow[] {
  const result: blocks.Flow[] = []
  for (const node of nodes) {
    if (!hasRoom(node.type, place.room)) {
      moveBehind(node, place)
      continue
    }
    const behind: blocks.Flow[] = []
    const form = forms[node.type] as Form<blocks.Flow> | undefined
    const normal = form?.(node, { ...place, behind })
    if (normal) result.push(traced(normal, node))
    if (behind.length) result.push(...flow(behind, place))
  }
  return result
}

function moveBehind(node: blocks.Flow, { behind, misplaced }: Place): void {
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
  heading(node, { room, misplaced }) {
    const { depth, children } = node
    if (room === 'text') {
      misplaced?.(node, 'flattened')
      return paragraph(inline([{ type: 'strong', children: withoutBreaks(children) }]))
    }
    const words = inline(withoutBreaks(children))
    return words.length ? { type: 'heading', depth: depth <= 2 ? 2 : depth >= 4 ? 4 : 3, children: words } : undefined
  },
  list,
  blockquote(node, place) {
    if (place.room === 'text') place.misplaced?.(node, 'flattened')
    const words = oneParagraph(node.children, place)
    return words && (place.room === 'text' ? words : { type: 'blockquote', children: [words] })
  },
  thematicBreak: (_, { room }) => (room === 'text' ? undefined : { type: 'thematicBreak' }),
  table,
  callout({ id, variant, title, children }, place) {
    const block: blocks.Callout = { type: 'callout', id, variant, ...titled(title), children: [] }
    return fill(place.identities.take(block), children, 'text', place)
  },
  steps({ id, title, children }, place) {
    const block: blocks.Steps = place.identities.take({ type: 'steps', id, ...titled(title), children: [] })
    block.children = children.map((node) => {
      const { id, title, time } = node
      const line = plainLine(time)
      const step: blocks.Step = { type: 'step', id, title: plainLine(title), ...(line && { time: line }), children: [] }
      return traced(fill(place.identities.take(step), node.children, 'nested', place), node)
    })
    return block
  },
  'care-options'({ id, title, children }, place) {
    const block: blocks.CareOptions = place.identities.take({
      type: 'care-options',
      id,
      ...titled(title),
      children: [],
    })
    block.children = children.map((node) => {
      const { id, title, whoFor } = node
      const names = { title: plainLine(title), whoFor: plainLine(whoFor) }
      const option: blocks.CareOption = { type: 'care-option', id, ...names, questions: [], children: [] }
      fill(place.identities.take(option), node.children, 'nested', place)
      option.questions = items(node.questions, place)
      return traced(option, node)
    })
    return block
  },
  checklist({ id, title, items: lines }, place) {
    const block: blocks.Checklist = place.identities.take({ type: 'checklist', id, ...titled(title), items: [] })
    block.items = items(lines, place)
    return block
  },
  'do-dont'({ id, title, dos, donts }, place) {
    const block: blocks.DoDont = place.identities.take({ type: 'do-dont', id, ...titled(title), dos: [], donts: [] })
    block.dos = items(dos, place)
    block.donts = items(donts, place)
    return block
  },
  faq({ id, title, children }, place) {
    const block: blocks.Faq = place.identities.take({ type: 'faq', id, ...titled(title), children: [] })
    block.children = children.map((node) => {
      const question: blocks.Question = { type: 'question', id: node.id, title: plainLine(node.title), children: [] }
      return traced(fill(place.identities.take(question), node.children, 'nested', place), node)
    })
    return block
  },
  figure({ id, media, caption }, { identities }) {
    const line = plainLine(caption)
    return identities.take<blocks.Figure>({ type: 'figure', id, media, ...(line && { caption: line }) })
  },
  resources: ({ id, title, resources }, { identities }) =>
    identities.take<blocks.Resources>({ type: 'resources', id, ...titled(title), resources: [...resources] }),
  'call-to-action': ({ id, record }, { identities }) =>
    identities.take<blocks.CallToAction>({ type: 'call-to-action', id, record }),
  'urgent-help'({ id, title, resources, children }, place) {
    const names = { title: plainLine(title), resources: [...resources] }
    const block: blocks.UrgentHelp = { type: 'urgent-help', id, ...names, children: [] }
    return fill(place.identities.take(block), children, 'text', place)
  },
  snippet: ({ id, record }, { identities }) => identities.take<blocks.Snippet>({ type: 'snippet', id, record }),
}

const titled = (title: string | undefined): { title?: string } => {
  const line = plainLine(title)
  return line ? { title: line } : {}
}

function fill<N extends { children: blocks.Flow[] }>(node: N, children: blocks.Flow[], room: Room, place: Place): N {
  node.children = flow(children, { ...place, room })
  return node
}

const items = (nodes: readonly blocks.Item[], { identities }: Place): blocks.Item[] =>
  nodes.flatMap((node) => {
    const text = plainLine(node.text)
    return text ? [traced(identities.take({ id: node.id, text }), node)] : []
  })

const paragraph = (words: blocks.Phrasing[]): blocks.Paragraph | undefined =>
  words.length ? { type: 'paragraph', children: words } : undefined

/** Flow as the one paragraph it can be: its paragraphs as lines, what is no text behind. */
function oneParagraph(
  nodes: readonly blocks.Flow[],
  place: Place,
  lists?: blocks.List[],
): blocks.Paragraph | undefined {
  const words: blocks.Phrasing[] = []
  gatherLines(nodes, place, words, lists)
  return paragraph(inline(words))
}

/** Without `lists` to put them in, the items of a list are lines as well. */
function gatherLines(
  nodes: readonly blocks.Flow[],
  place: Place,
  words: blocks.Phrasing[],
  lists?: blocks.List[],
): void {
  for (const node of nodes) {
    if (node.type === 'list' && lists) lists.push(node)
    else if (node.type === 'paragraph') gatherLine(node, words)
    else if (!textual.has(node.type)) moveBehind(node, place)
    else if (node.type !== 'thematicBreak') {
      place.misplaced?.(node, 'flattened')
      if (node.type === 'heading') gatherLine(node, words)
      else if (node.type === 'blockquote') gatherLines(node.children, place, words, lists)
      else if (node.type === 'list') for (const item of node.children) gatherLines(item.children, place, words)
    }
  }
}

function gatherLine({ children }: blocks.Paragraph | blocks.Heading, words: blocks.Phrasing[]): void {
  if (words.length) words.push({ type: 'break' })
  words.push(...children)
}

function list(node: blocks.List, place: Place): blocks.List | undefined {
  const children: blocks.ListItem[] = []
  for (const item of node.children) {
    const nested: blocks.List[] = []
    const words = oneParagraph(item.children, place, nested)
    const lists = nested.map((each) => list(each, place)).filter((each) => each !== undefined)
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

/*
 * Words are taken apart into pieces that know their marks, settled, and nested again.
 * What shows no mark (white space, breaks, citations) takes the marks both its neighbours have.
 */
type Piece = { node: MarkedText | blocks.Break | blocks.Citation | blocks.Term | blocks.Link; marks: number }

function inline(nodes: readonly blocks.Phrasing[]): blocks.Phrasing[] {
  const pieces: Piece[] = []
  takeApart(nodes, 0, pieces)
  return nest(trimmed(shared(pieces)))
}

const withoutBreaks = (nodes: readonly blocks.Phrasing[]): blocks.Phrasing[] =>
  nodes.map((node) => {
    if (node.type === 'break') return { type: 'text', value: ' ' }
    return 'children' in node ? { ...node, children: withoutBreaks(node.children) } : node
  })

function takeApart(nodes: readonly blocks.Phrasing[], marks: number, pieces: Piece[]): void {
  for (const node of nodes) {
    switch (node.type) {
      case 'text': {
        const value = cleaned(node.value)
        if (value) pieces.push({ node: { type: 'text', value }, marks: marks | ((node as MarkedText).marks ?? 0) })
        break
      }
      case 'strong':
        takeApart(node.children, marks | strongMark, pieces)
        break
      case 'emphasis':
        takeApart(node.children, marks | emphasisMark, pieces)
        break
      case 'link':
        takeLinkApart(node, marks, pieces)
        break
      case 'term':
        takeTermApart(node, marks, pieces)
        break
      case 'citation':
        pieces.push({ node: traced<blocks.Citation>({ type: 'citation', source: node.source }, node), marks: 0 })
        break
      case 'break':
        pieces.push({ node: { type: 'break' }, marks: 0 })
    }
  }
}

function takeTermApart(node: blocks.Term, marks: number, pieces: Piece[]): void {
  const text = cleaned(textOf(node.children))
  const value = plainLine(text)
  if (!value) return
  if (text.startsWith(' ')) pieces.push({ node: { type: 'text', value: ' ' }, marks })
  const term: blocks.Term = { type: 'term', term: node.term, children: [{ type: 'text', value }] }
  pieces.push({ node: traced(term, node), marks: 0 })
  if (text.endsWith(' ')) pieces.push({ node: { type: 'text', value: ' ' }, marks })
}

/** White space at the edges of a link stands outside of it, citations behind it; terms and links in it are its text. */
function takeLinkApart(node: blocks.Link, marks: number, pieces: Piece[]): void {
  const inner: Piece[] = []
  const behind: Piece[] = []
  takeApart(node.children, marks, inner)
  const words: Piece[] = []
  for (const piece of inner) {
    if (piece.node.type === 'citation') behind.push(piece)
    else if (piece.node.type === 'term') words.push({ node: piece.node.children[0] as blocks.Text, marks: piece.marks })
    else if (piece.node.type === 'link') takeApart(piece.node.children, piece.marks, words)
    else words.push(piece)
  }
  const settled = shared(words)
  const first = settled.findIndex((piece) => !isBlank(piece))
  if (first === -1) {
    pieces.push(...settled, ...behind)
    return
  }
  const last = settled.findLastIndex((piece) => !isBlank(piece))
  const core = settled.slice(first, last + 1)
  const common = core.reduce((both, piece) => both & piece.marks, strongMark | emphasisMark)
  const children = nest(trimmed(core.map((piece) => ({ node: piece.node, marks: piece.marks & ~common }))))
  const link = traced<blocks.Link>({ type: 'link', url: node.url, children }, node)
  pieces.push(...settled.slice(0, first), { node: link, marks: common }, ...settled.slice(last + 1), ...behind)
}

const isBlank = ({ node }: Piece): boolean =>
  node.type === 'break' || (node.type === 'text' && !/[^ ]/.test(node.value))
const isNeutral = (piece: Piece): boolean => piece.node.type === 'citation' || isBlank(piece)

/** Gives white space, breaks and citations the marks that both their neighbours have. */
function shared(pieces: Piece[]): Piece[] {
  if (!pieces.some((piece) => piece.marks)) return pieces
  const split = pieces.flatMap(withEdges)
  let before = 0
  for (let index = 0; index < split.length; ) {
    let end = index
    while (end < split.length && isNeutral(split[end]!)) end++
    const marks = sharedMarks(before, split[end]?.marks ?? 0)
    for (; index < end; index++) split[index]!.marks = marks
    before = split[end]?.marks ?? 0
    index = end + 1
  }
  return split
}

// Emphasis ends where strong begins or ends around it.
const sharedMarks = (before: number, after: number): number => ((before ^ after) & strongMark ? 0 : before & after)

/** A text apart from the white space at its edges. */
function withEdges(piece: Piece): Piece[] {
  if (piece.node.type !== 'text') return [piece]
  const [, before = '', value = '', after = ''] = /^( *)(.*?)( *)$/su.exec(piece.node.value) ?? []
  if (!before && !after) return [piece]
  return [before, value, after]
    .filter(Boolean)
    .map((part) => ({ node: { type: 'text', value: part }, marks: piece.marks }))
}

/** Without white space at the edges and beside breaks, without breaks at the edges. */
function trimmed(pieces: Piece[]): Piece[] {
  const result: Piece[] = []
  for (const piece of pieces) {
    const previous = result.at(-1)
    const isStart = !previous || previous.node.type === 'break'
    if (piece.node.type === 'text') {
      const value = isStart ? piece.node.value.replace(/^ +/, '') : piece.node.value
      if (value) result.push({ node: { type: 'text', value }, marks: piece.marks })
    } else if (piece.node.type === 'break') {
      trimEnd(result)
      if (result.length) result.push(piece)
    } else result.push(piece)
  }
  do trimEnd(result)
  while (result.at(-1)?.node.type === 'break' && result.pop())
  return result
}

function trimEnd(pieces: Piece[]): void {
  for (let last = pieces.at(-1); last?.node.type === 'text'; last = pieces.at(-1)) {
    const value = last.node.value.replace(/ +$/, '')
    pieces.pop()
    if (value) {
      pieces.push({ node: { type: 'text', value }, marks: last.marks })
      return
    }
  }
}

function nest(pieces: readonly Piece[]): blocks.Phrasing[] {
  const words: blocks.Phrasing[] = []
  let strong = words
  let emphasis = words
  let marks = 0
  for (const piece of pieces) {
    const changed = marks ^ piece.marks
    if (changed & strongMark) strong = piece.marks & strongMark ? open('strong', words) : words
    if (changed) emphasis = piece.marks & emphasisMark ? open('emphasis', strong) : strong
    marks = piece.marks
    append(emphasis, piece.node)
  }
  return words
}

function open(type: 'strong' | 'emphasis', into: blocks.Phrasing[]): blocks.Phrasing[] {
  const children: blocks.Phrasing[] = []
  into.push({ type, children })
  return children
}

function append(words: blocks.Phrasing[], node: Piece['node']): void {
  const last = words.at(-1)
  if (node.type === 'text' && last?.type === 'text')
    words[words.length - 1] = { type: 'text', value: last.value + node.value }
  else words.push(node)
}

/** Text without what a line of text cannot hold: line ends and tabs become a space, other control characters go. */
function cleaned(value: string): string {
  if (!/[\u0000-\u001F\u007F\uFEFF\uD800-\uDFFF]/.test(value)) return value
  return value
    .replace(/[ \t]*[\n\r]+[ \t\n\r]*/g, ' ')
    .replace(/\t/g, ' ')
    .replace(/[\u0000-\u001F\u007F\uFEFF]/g, '')
    .replace(/\p{Surrogate}/gu, '\uFFFD')
}
