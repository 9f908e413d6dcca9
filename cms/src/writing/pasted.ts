import { blocks } from 'content-schemas'

/*
 * What Word, Google Docs and web pages put on the clipboard, brought down to what a text here can hold. Word writes lists
 * as paragraphs with a mark in front; Google Docs wraps all in a `b` that is not bold; both carry looks that have no place.
 */

/** HTML of headings, paragraphs, lists, tables, quotes, links, strong and emphasis: what a pasted page says, and no more. */
export function cleanPasted(page: ParentNode): string {
  const parts: Part[] = []
  readFlow(page, parts, { level: 0, ordered: false })
  const shift = parts.some((part) => part.type === 'heading' && part.depth === 1) ? 1 : 0
  return written(parts, shift)
}

type Item = { type: 'item'; level: number; ordered: boolean; html: string }
type Part =
  | { type: 'paragraph' | 'quote'; html: string }
  | { type: 'heading'; depth: number; html: string }
  | { type: 'line' }
  | { type: 'table'; rows: string[][] }
  | Item
type ListContext = Pick<Item, 'level' | 'ordered'>
type Marks = { isStrong: boolean; isEmphasised: boolean; isHeading?: boolean }

// Elements

const flowTags =
  'p h1 h2 h3 h4 h5 h6 ul ol li table blockquote pre hr div section article main header footer aside figure dl dt dd body html'.split(
    ' ',
  )
const silentTags = 'style script head title meta link xml template iframe object svg select'.split(' ')

const isElement = (node: Node): node is Element => node.nodeType === 1
const nameOf = (element: Element): string => element.tagName.toLowerCase()
const styleOf = (element: Element): string => (element.getAttribute('style') ?? '').replace(/\s+/g, '').toLowerCase()
const classOf = (element: Element): string => element.getAttribute('class') ?? ''

/** What nobody sees on the page it was copied from: styles, the marks Word puts before items, its comments. */
const isSilent = (element: Element): boolean =>
  silentTags.includes(nameOf(element)) ||
  /mso-list:ignore|mso-element:(comment|annotation)|mso-hide:all|display:none/.test(styleOf(element)) ||
  /MsoCommentReference/.test(classOf(element))

const holdsFlow = (element: Element): boolean =>
  flowTags.includes(nameOf(element)) || [...element.children].some(holdsFlow)

// Flow

function readFlow(parent: Node, parts: Part[], list: ListContext): void {
  let run: Node[] = []
  const flush = () => {
    add(parts, { type: 'paragraph', html: wordsOf(run) })
    run = []
  }
  for (const node of parent.childNodes) {
    if (isElement(node) && isSilent(node)) continue
    if (!isElement(node) || !holdsFlow(node)) {
      run.push(node)
      continue
    }
    flush()
    readElement(node, parts, list)
  }
  flush()
}

function readElement(element: Element, parts: Part[], list: ListContext): void {
  const name = nameOf(element)
  const depth = /MsoTitle/.test(classOf(element)) ? 1 : Number(/^h([1-6])$/.exec(name)?.[1])
  if (depth) add(parts, { type: 'heading', depth, html: wordsOf(element.childNodes, { ...plain, isHeading: true }) })
  else if (name === 'p' || name === 'pre') readParagraph(element, parts)
  else if (name === 'hr') parts.push({ type: 'line' })
  else if (name === 'table') parts.push({ type: 'table', rows: rowsOf(element) })
  else if (name === 'blockquote') add(parts, { type: 'quote', html: lines(element) })
  else if (name === 'ul' || name === 'ol') readFlow(element, parts, { level: list.level + 1, ordered: name === 'ol' })
  else if (name === 'li') readItem(element, parts, list)
  else readFlow(element, parts, list)
}

function readParagraph(element: Element, parts: Part[]): void {
  const level = Number(/mso-list:\w+level(\d)/.exec(styleOf(element))?.[1])
  const html = wordsOf(element.childNodes)
  if (level) add(parts, { type: 'item', level, ordered: isNumbered(element), html })
  else add(parts, { type: 'paragraph', html })
}

/** Whether the mark that Word puts before an item counts: `1.`, `a)`, `iv.`, but not the `o` of a second bullet. */
function isNumbered(element: Element): boolean {
  const mark = [...element.querySelectorAll('span')].find((span) => /mso-list:ignore/.test(styleOf(span)))
  return /^\s*\(?[\p{L}\p{N}]+[.)]/u.test(mark?.textContent ?? '')
}

/** An item is one paragraph, and behind it the items of the lists in it. */
function readItem(element: Element, parts: Part[], { level, ordered }: ListContext): void {
  const nested = [...element.childNodes].filter((node) => isElement(node) && /^[uo]l$/.test(nameOf(node)))
  const own = [...element.childNodes].filter((node) => !nested.includes(node))
  add(parts, { type: 'item', level: Math.max(level, 1), ordered, html: ownLines(own) })
  for (const node of nested) readElement(node as Element, parts, { level, ordered })
}

function add(parts: Part[], part: Exclude<Part, { type: 'line' | 'table' }>): void {
  if (part.html) parts.push(part)
}

/** The paragraphs in an element as lines of one. */
const lines = (element: Element): string => ownLines([...element.childNodes])
function ownLines(nodes: Node[]): string {
  const inside: Part[] = []
  const holder = nodes[0]?.ownerDocument?.createElement('div')
  for (const node of nodes) holder?.appendChild(node.cloneNode(true))
  if (holder) readFlow(holder, inside, { level: 0, ordered: false })
  return inside.flatMap((part) => ('html' in part ? [part.html] : [])).join('<br>')
}

function rowsOf(table: Element): string[][] {
  const rows = [...table.querySelectorAll('tr')].filter((row) => row.closest('table') === table)
  const grid: string[][] = rows.map(() => [])
  for (const [y, row] of rows.entries())
    for (const cell of [...row.children].filter((child) => /^t[dh]$/.test(nameOf(child)))) {
      let x = 0
      while (grid[y]![x] !== undefined) x++
      const span = (name: string, most: number) => Math.min(Math.max(Number(cell.getAttribute(name)) || 1, 1), most)
      // A cell over several stands in the first of them; the others are empty.
      for (let down = 0; down < span('rowspan', rows.length - y); down++)
        for (let right = 0; right < span('colspan', 30); right++)
          grid[y + down]![x + right] = down + right === 0 ? lines(cell) : ''
    }
  return grid.filter((row) => row.length > 0)
}

// Words

const plain: Marks = { isStrong: false, isEmphasised: false }

const wordsOf = (nodes: Iterable<Node>, marks: Marks = plain): string =>
  [...nodes]
    .map((node) => words(node, marks))
    .join('')
    .replace(/[\t\n\r \u00a0]+/g, ' ')
    .replace(/^(?: |<br>)+|(?: |<br>)+$/g, '')

function words(node: Node, marks: Marks): string {
  if (node.nodeType === 3) return marked(escaped(node.nodeValue ?? ''), marks)
  if (!isElement(node) || isSilent(node)) return ''
  const name = nameOf(node)
  if (name === 'br') return '<br>'
  if (name === 'img') return escaped(node.getAttribute('alt') ?? '')
  const inside = [...node.childNodes].map((child) => words(child, marksOf(node, marks))).join('')
  const address = name === 'a' ? (node.getAttribute('href') ?? '').trim() : ''
  const isLink = blocks.linkPattern.test(address) && !address.startsWith('article:') && inside.trim() !== ''
  return isLink ? `<a href="${escaped(address)}">${inside}</a>` : inside
}

function marksOf(element: Element, marks: Marks): Marks {
  const [name, style] = [nameOf(element), styleOf(element)]
  const weight = /(?:^|;)font-weight:(\w+)/.exec(style)?.[1]
  const slant = /(?:^|;)font-style:(\w+)/.exec(style)?.[1]
  const isBold =
    weight === undefined ? /^(b|strong)$/.test(name) || marks.isStrong : weight === 'bold' || Number(weight) >= 600
  const isSlanted = slant === undefined ? /^(i|em)$/.test(name) || marks.isEmphasised : slant === 'italic'
  return { ...marks, isStrong: isBold, isEmphasised: isSlanted }
}

/** Marked words; spaces stay outside. In headings nothing is marked. */
function marked(text: string, { isStrong, isEmphasised, isHeading }: Marks): string {
  if (isHeading || !text.trim()) return text
  const [, before = '', inside = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? []
  const emphasised = isEmphasised ? `<em>${inside}</em>` : inside
  return before + (isStrong ? `<strong>${emphasised}</strong>` : emphasised) + after
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

// HTML

function written(parts: Part[], shift: number): string {
  let html = ''
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!
    if (part.type === 'item') {
      const end = parts.findIndex((other, index) => index > at && other.type !== 'item')
      const items = parts.slice(at, end < 0 ? undefined : end) as Item[]
      html += writtenList(items)
      at += items.length - 1
    } else html += writtenPart(part, shift)
  }
  return html
}

function writtenPart(part: Exclude<Part, Item>, shift: number): string {
  switch (part.type) {
    case 'paragraph':
      return `<p>${part.html}</p>`
    case 'quote':
      return `<blockquote>${part.html}</blockquote>`
    case 'line':
      return '<hr>'
    case 'heading': {
      const depth = Math.min(Math.max(part.depth + shift, 2), 4)
      return `<h${depth}>${part.html}</h${depth}>`
    }
    case 'table':
      return writtenTable(part.rows)
  }
}

function writtenTable(rows: string[][]): string {
  const columns = Math.max(0, ...rows.map(({ length }) => length))
  const cells = (row: string[], name: string) =>
    Array.from({ length: columns }, (_, index) => `<${name}><p>${row[index] ?? ''}</p></${name}>`).join('')
  return `<table>${rows.map((row, index) => `<tr>${cells(row, index === 0 ? 'th' : 'td')}</tr>`).join('')}</table>`
}

/** Items in a row as nested lists: of a level those until one that is less deep, parted where bullets and numbers change. */
function writtenList(items: Item[]): string {
  const [first] = items
  if (!first) return ''
  const level = Math.min(...items.map((item) => item.level))
  const ordered = items.find((item) => item.level === level)!.ordered
  const name = ordered ? 'ol' : 'ul'
  let html = ''
  for (let at = 0; at < items.length; ) {
    const item = items[at]!
    if (html && item.level === level && item.ordered !== ordered)
      return `<${name}>${html}</${name}>${writtenList(items.slice(at))}`
    const isOwn = item.level === level
    const start = isOwn ? at + 1 : at
    const next = items.findIndex((other, index) => index >= start && other.level === level)
    const deeper = items.slice(start, next < 0 ? undefined : next)
    html += `<li>${isOwn ? item.html : ''}${writtenList(deeper)}</li>`
    at = start + deeper.length
  }
  return `<${name}>${html}</${name}>`
}
