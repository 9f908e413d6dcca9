import type { blocks, Document, Records } from 'content-schemas'

/*
 * The text of a document as rules about words need it: runs of plain text, and from every character of them the way back
 * to the node that holds it. Never raw text: what a block leaves out is not read.
 */

/** A part of the body that a reader meets under one title: what a heading, a step, an option or an answer holds. */
export type Section = {
  /** Empty before the first heading. */
  title: string
  pointer: string
  /** The block it is, or stands in: a step, an option, an answer, urgent help. */
  block: SectionBlock['type'] | undefined
}

/** A run of text: a paragraph, a cell, an item, a title. */
export type Passage = {
  text: string
  /** JSON pointer of the node or field that holds it; for what a snippet shows, that of the snippet. */
  pointer: string
  kind: 'prose' | 'title' | 'quotation'
  /** Where in the body; undefined for fields such as the summary. */
  section?: Section
  /** Whether it stands in a snippet, so that it cannot be changed here. */
  isShared: boolean
  /** The text nodes it is made of, in order. */
  pieces: readonly Piece[]
  /** What the author marked as glossary terms. */
  terms: readonly Span[]
}
export type Span = { start: number; end: number }
type Piece = Span & { pointer: string }

/** A place inside one node: that of the text node if the span lies in one, else that of the passage. */
export function placeIn(passage: Passage, { start, end }: Span): { pointer: string; start?: number; end?: number } {
  if (passage.isShared) return { pointer: passage.pointer }
  const piece = passage.pieces.find((one) => one.start <= start && end <= one.end)
  if (!piece) return { pointer: passage.pointer, start, end }
  return { pointer: piece.pointer, start: start - piece.start, end: end - piece.start }
}

/** All text a document says itself or shows through snippets, in reading order. */
export function passagesOf(document: Document, records: Records): Passage[] {
  const found: Passage[] = []
  const field = (name: string, text: string, kind: Passage['kind']) => {
    if (text.trim()) found.push({ text, pointer: `/${name}`, kind, isShared: false, pieces: [], terms: [] })
  }
  const walk = new Walk(found, records)
  if (document.kind === 'article') {
    field('title', document.title, 'title')
    field('summary', document.summary, 'prose')
    field('mainMessage', document.mainMessage, 'prose')
    walk.body(document.body, '/body')
    return found
  }
  field('subject', document.subject, 'title')
  field('preheader', document.preheader, 'prose')
  field('greeting', document.greeting, 'prose')
  for (const [index, item] of document.items.entries())
    if (item.kind === 'text') walk.body(item.body, `/items/${index}/body`)
  return found
}

type Place = { pointer: string; section: Section; isQuoted: boolean; isShared: boolean }

/** Blocks whose content is a section of its own. */
const sectionBlocks = ['step', 'care-option', 'question', 'urgent-help'] as const
type SectionBlock = Extract<blocks.Node, { type: (typeof sectionBlocks)[number] }>
const isSectionBlock = (node: blocks.Node): node is SectionBlock =>
  (sectionBlocks as readonly string[]).includes(node.type)

class Walk {
  private readonly found: Passage[]
  private readonly records: Records

  constructor(found: Passage[], records: Records) {
    this.found = found
    this.records = records
  }

  body(root: blocks.Root, pointer: string): void {
    const section: Section = { title: '', pointer, block: undefined }
    this.children(root.children, { pointer, section, isQuoted: false, isShared: false })
  }

  /** A heading opens a section that lasts to the next one, or to the end of what it stands in. */
  private children(nodes: readonly blocks.Node[], place: Place): void {
    let { section } = place
    for (const [index, node] of nodes.entries()) {
      const pointer = place.isShared ? place.pointer : `${place.pointer}/children/${index}`
      if (node.type === 'heading') section = { title: textIn(node), pointer, block: section.block }
      this.node(node, { ...place, pointer, section })
    }
  }

  private node(node: blocks.Node, place: Place): void {
    if (node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell') {
      this.text(node, place)
      return
    }
    if (node.type === 'snippet') {
      const passage = this.records.snippets[node.record]
      if (passage && !place.isShared) this.children(passage.body.children, { ...place, isShared: true })
      return
    }
    const inside = isSectionBlock(node) ? { ...place, section: sectionOf(node, place) } : place
    if ('title' in node && node.title) this.field(node.title, 'title', below(inside, 'title'))
    this.fields(node, inside)
    if ('children' in node)
      this.children(node.children, { ...inside, isQuoted: place.isQuoted || node.type === 'blockquote' })
  }

  /** Plain text that blocks hold in fields of their own. */
  private fields(node: blocks.Node, place: Place): void {
    const items = (key: string, list: readonly blocks.Item[]) => {
      for (const [index, { text }] of list.entries()) this.field(text, 'prose', below(place, `${key}/${index}/text`))
    }
    if (node.type === 'checklist') items('items', node.items)
    if (node.type === 'do-dont') {
      items('dos', node.dos)
      items('donts', node.donts)
    }
    if (node.type === 'care-option') {
      if (node.whoFor) this.field(node.whoFor, 'prose', below(place, 'whoFor'))
      items('questions', node.questions)
    }
    if (node.type === 'figure' && node.caption) this.field(node.caption, 'prose', below(place, 'caption'))
  }

  private field(text: string, kind: Passage['kind'], { pointer, section, isShared }: Place): void {
    this.found.push({ text, pointer, kind, section, isShared, pieces: [], terms: [] })
  }

  private text(node: blocks.Paragraph | blocks.Heading | blocks.TableCell, place: Place): void {
    const { pointer, section, isShared, isQuoted } = place
    const run: Run = { text: '', pieces: [], terms: [] }
    gather(node.children, pointer, run)
    if (!run.text.trim()) return
    const kind = isQuoted ? 'quotation' : node.type === 'heading' ? 'title' : 'prose'
    this.found.push({ ...run, pointer, kind, section, isShared })
  }
}

const below = (place: Place, field: string): Place => ({
  ...place,
  pointer: place.isShared ? place.pointer : `${place.pointer}/${field}`,
})

const sectionOf = (node: SectionBlock, { pointer }: Place): Section => ({
  title: node.title,
  pointer,
  block: node.type,
})

type Run = { text: string; pieces: Piece[]; terms: Span[] }

/** Lays the text of phrasing nodes end to end, as `textOf` does, and notes where each piece came from. */
function gather(nodes: readonly blocks.Phrasing[], pointer: string, run: Run): void {
  for (const [index, node] of nodes.entries()) {
    const start = run.text.length
    const here = `${pointer}/children/${index}`
    if (node.type === 'text') {
      run.text += node.value
      run.pieces.push({ start, end: run.text.length, pointer: here })
    } else if (node.type === 'break') run.text += ' '
    else if ('children' in node) gather(node.children, here, run)
    if (node.type === 'term') run.terms.push({ start, end: run.text.length })
  }
}

function textIn(node: blocks.Heading): string {
  const run: Run = { text: '', pieces: [], terms: [] }
  gather(node.children, '', run)
  return run.text
}
