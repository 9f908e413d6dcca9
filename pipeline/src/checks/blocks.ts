import { blocks, type Document } from 'content-schemas'
import { textOf } from '../transformers/text-of.ts'
import type { Finding, Rule } from './rule.ts'
import type { Visited } from './survey.ts'

type Named = Exclude<blocks.Node, blocks.Phrasing | blocks.Root>

/** What editors call a node. */
const nameOf: Record<Named['type'], string> = {
  paragraph: 'paragraph',
  heading: 'heading',
  list: 'list',
  listItem: 'list item',
  blockquote: 'quotation',
  thematicBreak: 'line',
  table: 'table',
  tableRow: 'table row',
  tableCell: 'table cell',
  callout: 'callout',
  steps: 'steps',
  step: 'step',
  'care-options': 'care options',
  'care-option': 'care option',
  checklist: 'checklist',
  'do-dont': 'do and don’t',
  faq: 'questions',
  question: 'question',
  figure: 'picture',
  resources: 'resources',
  'call-to-action': 'call to action',
  'urgent-help': 'urgent help',
  snippet: 'shared passage',
}

type Emptiness = { [T in Named['type']]?: (node: Extract<Named, { type: T }>) => boolean }

const hasWords = (items: readonly blocks.Item[]): boolean => items.some(({ text }) => text.trim() !== '')
const hasContent = (nodes: readonly blocks.Node[]): boolean => nodes.some((node) => !isEmpty(node))
const hasText = (node: blocks.Node): boolean => textOf(node).trim() !== ''

/** When a node has nothing to show. A step, like a care option, may be its title alone. */
const emptiness: Emptiness = {
  paragraph: (node) => !hasText(node),
  heading: (node) => !hasText(node),
  list: ({ children }) => children.length === 0,
  listItem: ({ children }) => !hasContent(children),
  blockquote: ({ children }) => !hasContent(children),
  table: (node) => !hasText(node),
  callout: ({ children }) => !hasContent(children),
  steps: ({ children }) => children.length === 0,
  step: (node) => !node.title.trim(),
  'care-options': ({ children }) => children.length === 0,
  'care-option': (node) => !node.title.trim(),
  checklist: ({ items }) => !hasWords(items),
  'do-dont': ({ dos, donts }) => !hasWords([...dos, ...donts]),
  faq: ({ children }) => children.length === 0,
  question: (node) => !node.title.trim() || !hasContent(node.children),
  figure: ({ media }) => !media,
  resources: ({ resources }) => resources.length === 0,
  'call-to-action': ({ record }) => !record,
  'urgent-help': ({ children, resources }) => !hasContent(children) && resources.length === 0,
  snippet: ({ record }) => !record,
}

function isEmpty(node: blocks.Node): boolean {
  const empty = emptiness[node.type as Named['type']] as ((node: blocks.Node) => boolean) | undefined
  return empty?.(node) ?? false
}

export const emptyBlock: Rule = {
  id: 'empty-block',
  severity: 'block',
  waivable: false,
  *find({ survey, records }) {
    const found = new Set<blocks.Node>()
    for (const { node, pointer, within } of survey.nodes) {
      const passage = node.type === 'snippet' ? records.snippets[node.record]?.body : undefined
      const isVoid = isEmpty(node) || (passage !== undefined && !hasContent(passage.children))
      if (!isVoid || within.some((outer) => found.has(outer))) continue
      found.add(node)
      yield {
        pointer,
        reason: `There is nothing in this ${nameOf[node.type as Named['type']]}.`,
        fix: 'Fill it in or remove it.',
      }
    }
  },
}

export const blockNesting: Rule = {
  id: 'block-nesting',
  severity: 'block',
  waivable: false,
  *find({ survey }) {
    const said = new Set<string>()
    for (const visited of survey.shown) {
      const outer = mayNotHold(visited)
      if (!outer) continue
      const inner = nameOf[visited.node.type as Named['type']]
      const reason = `A block “${inner}” stands inside “${nameOf[outer.type as Named['type']]}”, where it cannot be shown.`
      if (said.has(visited.pointer + reason)) continue
      said.add(visited.pointer + reason)
      yield { pointer: visited.pointer, reason, fix: 'Move it out, before or after the block around it.' }
    }
  },
}

const isBlock = ({ type }: blocks.Node): boolean => (blocks.blockNames as readonly string[]).includes(type)
const isNesting = ({ type }: blocks.Node): boolean => (blocks.nestingBlockNames as readonly string[]).includes(type)
const holdsTextOnly = ({ type }: blocks.Node): boolean => type === 'callout' || type === 'urgent-help'
const isTextual = ({ type }: blocks.Node): boolean => type === 'paragraph' || type === 'list' || type === 'listItem'

/** The node around this one that may not hold it; undefined if all may. */
function mayNotHold({ node, within }: Visited): blocks.Node | undefined {
  const isFlow = node.type in nameOf
  return within.find(
    (outer) =>
      (isNesting(outer) && isNesting(node)) ||
      (outer.type === 'snippet' && node.type === 'snippet') ||
      (holdsTextOnly(outer) && isFlow && !isTextual(node)) ||
      ((outer.type === 'listItem' || outer.type === 'blockquote') && isBlock(node)),
  )
}

export const duplicateId: Rule = {
  id: 'duplicate-id',
  severity: 'block',
  waivable: false,
  *find({ document, survey }) {
    yield* repeated(survey.nodes.flatMap(({ node, pointer }) => idsOf(node, pointer)))
    yield* repeated(sourceIdsOf(document))
  },
}

type PlacedId = { id: string; pointer: string }

function* repeated(ids: PlacedId[]): Iterable<Finding> {
  const seen = new Set<string>()
  for (const { id, pointer } of ids) {
    if (seen.has(id))
      yield {
        pointer,
        reason: `The id “${id}” is used twice, so changes and comments cannot tell the two apart.`,
        fix: 'Give the second one an id of its own, or insert it anew.',
      }
    seen.add(id)
  }
}

function idsOf(node: blocks.Node, pointer: string): PlacedId[] {
  const own = 'id' in node ? [{ id: node.id, pointer }] : []
  const lists = { items: undefined, dos: undefined, donts: undefined, questions: undefined, ...node }
  const inner = (['items', 'dos', 'donts', 'questions'] as const).flatMap((key) =>
    ((lists[key] ?? []) as blocks.Item[]).map(({ id }, index) => ({ id, pointer: `${pointer}/${key}/${index}` })),
  )
  return [...own, ...inner]
}

const sourceIdsOf = (document: Document): PlacedId[] =>
  document.kind === 'article' ? document.sources.map(({ id }, index) => ({ id, pointer: `/sources/${index}` })) : []
