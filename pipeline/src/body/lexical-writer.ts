import { type blocks, directionOf, type Locale } from 'content-schemas'
import { emphasisMark, strongMark, textOf } from './normal-form.ts'

/*
 * From our tree to the state of a Lexical editor, as Payload 3 stores it.
 */

/** A node of an editor state. */
export type LexicalNode = { type: string; version: number; [key: string]: unknown }
/** An editor state as Payload stores it. */
export type LexicalState = { root: LexicalNode & { children: LexicalNode[] } }

type Fields = Record<string, unknown>

/** The editor state of a tree, as Payload's editor would store it. Ids of links and inline blocks are derived from their order. */
export function toLexical(tree: blocks.Root, locale: Locale): LexicalState {
  return stateOf(tree.children, { locale, direction: directionOf(locale), inlineIds: 0 })
}

type Writing = { locale: Locale; direction: 'ltr' | 'rtl'; inlineIds: number }

function stateOf(flow: readonly blocks.Flow[], writing: Writing): LexicalState {
  const children = flow.map((node) => writeFlow(node, writing))
  // An editor does not open a state without a place for the cursor.
  if (!children.length) children.push(writeParagraph([], writing))
  return { root: element('root', children, writing) }
}

const element = (type: string, children: LexicalNode[], writing: Writing, more: Fields = {}) => ({
  type,
  version: 1,
  direction: writing.direction,
  format: '',
  indent: 0,
  ...more,
  children,
})

const writeParagraph = (words: readonly blocks.Phrasing[], writing: Writing): LexicalNode => {
  const children = writeWords(words, 0, writing)
  const textFormat = children[0]?.type === 'text' ? children[0].format : 0
  return element('paragraph', children, writing, { textFormat, textStyle: '' })
}

function writeFlow(node: blocks.Flow, writing: Writing): LexicalNode {
  switch (node.type) {
    case 'paragraph':
      return writeParagraph(node.children, writing)
    case 'heading':
      return element('heading', writeWords(node.children, 0, writing), writing, { tag: `h${node.depth}` })
    case 'blockquote':
      return element(
        'quote',
        node.children.flatMap((child) => writeLine(child, writing)),
        writing,
      )
    case 'thematicBreak':
      return { type: 'horizontalrule', version: 1 }
    case 'list':
      return writeList(node, 0, writing)
    case 'table':
      return writeTable(node, writing)
    default:
      return { type: 'block', version: 2, format: '', fields: writeFields(node, writing) }
  }
}

const writeLine = (node: blocks.Flow, writing: Writing): LexicalNode[] =>
  node.type === 'paragraph' ? writeWords(node.children, 0, writing) : []

function writeList(list: blocks.List, indent: number, writing: Writing): LexicalNode {
  const start = list.start ?? 1
  const items: LexicalNode[] = []
  let value = start
  for (const item of list.children) {
    for (const child of item.children) {
      // A nested list stands in an item of its own, with the number of the next one.
      const isNested = child.type === 'list'
      const children = isNested ? [writeList(child, indent + 1, writing)] : writeLine(child, writing)
      items.push(element('listitem', children, writing, { indent, value }))
      if (!isNested) value++
    }
  }
  const type = list.ordered ? { listType: 'number', tag: 'ol' } : { listType: 'bullet', tag: 'ul' }
  return element('list', items, writing, { ...type, start })
}

const writeTable = (table: blocks.Table, writing: Writing): LexicalNode =>
  element(
    'table',
    table.children.map((row, index) =>
      element(
        'tablerow',
        row.children.map((cell) =>
          element('tablecell', [writeParagraph(cell.children, writing)], writing, {
            backgroundColor: null,
            colSpan: 1,
            headerState: index === 0 ? 1 : 0,
            rowSpan: 1,
          }),
        ),
        writing,
      ),
    ),
    writing,
  )

const writeWords = (words: readonly blocks.Phrasing[], marks: number, writing: Writing): LexicalNode[] =>
  words.flatMap((node) => writeWord(node, marks, writing))

function writeWord(node: blocks.Phrasing, marks: number, writing: Writing): LexicalNode | LexicalNode[] {
  switch (node.type) {
    case 'text':
      return { type: 'text', version: 1, detail: 0, format: marks, mode: 'normal', style: '', text: node.value }
    case 'strong':
      return writeWords(node.children, marks | strongMark, writing)
    case 'emphasis':
      return writeWords(node.children, marks | emphasisMark, writing)
    case 'break':
      return { type: 'linebreak', version: 1 }
    case 'link':
      return writeLink(node, marks, writing)
    case 'term':
      return inlineBlock('term', { text: textOf(node.children), term: node.term }, writing)
    case 'citation':
      return inlineBlock('citation', { source: node.source }, writing)
  }
}

function writeLink(node: blocks.Link, marks: number, writing: Writing): LexicalNode {
  const uid = /^article:(.+)$/i.exec(node.url)?.[1]
  const fields = uid
    ? { linkType: 'internal', newTab: false, doc: { relationTo: 'articles', value: `${uid}.${writing.locale}` } }
    : { linkType: 'custom', newTab: false, url: node.url }
  const id = inlineId(writing)
  return { ...element('link', writeWords(node.children, marks, writing), writing), version: 3, id, fields }
}

const inlineBlock = (blockType: string, fields: Fields, writing: Writing): LexicalNode => ({
  type: 'inlineBlock',
  version: 1,
  fields: { id: inlineId(writing), blockName: '', blockType, ...fields },
})

// In the shape of the ids that Payload gives.
const inlineId = (writing: Writing): string => (++writing.inlineIds).toString(16).padStart(24, '0')

function writeFields(node: blocks.Block, writing: Writing): Fields {
  const named = { id: node.id, blockName: '', blockType: node.type }
  const titled = 'title' in node ? { ...named, title: node.title } : named
  const content = (children: readonly blocks.Flow[]) => stateOf(children, writing)
  switch (node.type) {
    case 'callout':
      return { ...titled, variant: node.variant, content: content(node.children) }
    case 'steps': {
      const steps = node.children.map(({ id, title, time, children }) => {
        return { id, title, ...(time && { time }), content: content(children) }
      })
      return { ...titled, steps }
    }
    case 'care-options': {
      const options = node.children.map(({ id, title, whoFor, questions, children }) => {
        return { id, title, whoFor, content: content(children), questions }
      })
      return { ...titled, options }
    }
    case 'checklist':
      return { ...titled, items: node.items }
    case 'do-dont':
      return { ...titled, dos: node.dos, donts: node.donts }
    case 'faq':
      return {
        ...titled,
        questions: node.children.map(({ id, title, children }) => ({ id, title, content: content(children) })),
      }
    case 'figure':
      return { ...named, media: node.media, ...(node.caption && { caption: node.caption }) }
    case 'resources':
      return { ...titled, resources: node.resources }
    case 'call-to-action':
    case 'snippet':
      return { ...named, record: node.record }
    case 'urgent-help':
      return { ...titled, content: content(node.children), resources: node.resources }
  }
}
