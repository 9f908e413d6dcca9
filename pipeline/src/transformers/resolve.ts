import type { blocks, Message, OutlineEntry, ShownResource, Source } from 'content-schemas'
import type { ShownRecords } from '../channels/channel.ts'
import type { DataOf, ResolvedFlow, ResolvedPhrasing, ResolvedRoot } from '../tree.ts'
import { FragmentIds } from './fragment-ids.ts'
import { standIn, wordFor } from './records.ts'
import { textOf } from './text-of.ts'

/** What a body needs to be resolved. */
export type ResolveContext = {
  records: ShownRecords
  /** Sources by the id citations name, with their numbers: see `numbered`. */
  sources: ReadonlyMap<string, NumberedSource>
  /** Address of the page of an article; undefined if it is not published. */
  pageOf(uid: string): string | undefined
  /** Level of the title the body stands under: 1 for an article, 2 for a part of an issue. Default 1. */
  level?: number
  /** Fragments given so far; pass the same to bodies that end up on one page. */
  ids?: FragmentIds
  /** JSON pointer to the body in its document, for messages. Default `/body`. */
  pointer?: string
}
export type NumberedSource = { number: number; source: Source }
export type ResolvedBody = { tree: ResolvedRoot; outline: OutlineEntry[]; messages: Message[] }

/** Sources by id, numbered from `first`. */
export const numbered = (sources: readonly Source[], first = 1): Map<string, NumberedSource> =>
  new Map(sources.map((source, index) => [source.id, { number: first + index, source }]))

/**
 * Resolves a body: snippets give way to their passage, references get their records, headings and titles get a
 * fragment and a level without a gap, links between articles become addresses.
 *
 * Returns a new tree and leaves `body` as it is. What cannot be shown is left out with a message, never in silence;
 * words an author wrote inside a link or a term stay. Resources that are closed are left out. One walk.
 */
export function resolve(body: blocks.Root, context: ResolveContext): ResolvedBody {
  const walk = new Walk(context)
  const children = walk.flow(body.children, context.level ?? 1)
  return { tree: { type: 'root', children }, outline: walk.outline, messages: walk.messages }
}

// A heading without words names nothing in an outline: what it holds, such as a citation, is a paragraph.
const withWords = (node: blocks.Flow): blocks.Flow =>
  node.type === 'heading' && !textOf(node).trim() ? { type: 'paragraph', children: node.children } : node

/** Deepest level HTML and PDF have. */
const deepest = 6

/** What to make of a block; undefined leaves it out, and a message has said so. `level` is that of its enclosing heading. */
type Resolvers = {
  [T in Exclude<blocks.Flow['type'], 'snippet'>]: (
    walk: Walk,
    node: Extract<blocks.Flow, { type: T }>,
    level: number,
  ) => Extract<ResolvedFlow, { type: T }> | undefined
}

const resolvers: Resolvers = {
  paragraph: (walk, node) => ({ type: 'paragraph', children: walk.phrasing(node.children) }),
  // `level` is the heading's own here: see Walk.flow.
  heading: (walk, node, level) => ({
    type: 'heading',
    depth: node.depth,
    children: walk.phrasing(node.children),
    data: walk.titled(textOf(node), 'section', level),
  }),
  list: (walk, node, level) => ({
    ...node,
    children: walk.each(node.children, (item) => ({ type: 'listItem', children: walk.flow(item.children, level) })),
  }),
  blockquote: (walk, node, level) => ({ type: 'blockquote', children: walk.flow(node.children, level) }),
  thematicBreak: (_, node) => node,
  table: (walk, node) => ({
    type: 'table',
    children: walk.each(node.children, (row) => ({
      type: 'tableRow',
      children: walk.each(row.children, (cell) => ({ type: 'tableCell', children: walk.phrasing(cell.children) })),
    })),
  }),
  callout: (walk, node, level) => walk.container(node, level),
  checklist: (walk, node, level) => ({ ...node, data: walk.titled(node.title, node.id, level + 1) }),
  'do-dont': (walk, node, level) => ({ ...node, data: walk.titled(node.title, node.id, level + 1) }),
  'urgent-help': (walk, node, level) => {
    const resources = walk.resources(node.resources)
    const { data, ...rest } = walk.container(node, level)
    return { ...rest, data: { ...data, resources } }
  },
  steps: (walk, node, level) => {
    const data = walk.titled(node.title, node.id, level + 1)
    const below = node.title ? data.depth : level
    let number = 0
    return {
      ...node,
      data,
      children: walk.each(node.children, (step) => {
        number += 1
        const { data, ...rest } = walk.container(step, below)
        return { ...rest, data: { ...data, number } }
      }),
    }
  },
  'care-options': (walk, node, level) => {
    const data = walk.titled(node.title, node.id, level + 1)
    const below = node.title ? data.depth : level
    return { ...node, data, children: walk.each(node.children, (option) => walk.container(option, below)) }
  },
  faq: (walk, node, level) => {
    const data = walk.titled(node.title, node.id, level + 1)
    const below = node.title ? data.depth : level
    return { ...node, data, children: walk.each(node.children, (question) => walk.container(question, below)) }
  },
  figure: (walk, node) => {
    const media = walk.record('media', node.media, '/media')
    return media && { ...node, data: { media } }
  },
  resources: (walk, node, level) => {
    const resources = walk.resources(node.resources)
    if (resources.length === 0) return undefined
    return { ...node, data: { ...walk.titled(node.title, node.id, level + 1), resources } }
  },
  'call-to-action': (walk, node, level) => {
    const record = walk.record('calls-to-action', node.record, '/record')
    if (!record) return undefined
    const [resource] = record.resource ? walk.resources([record.resource], '/record') : []
    // With neither an address nor an open resource it would lead nowhere.
    if (!resource && !record.url) return undefined
    return { ...node, data: { ...walk.titled(record.heading, node.id, level + 1), record, resource } }
  },
}

class Walk {
  readonly outline: OutlineEntry[] = []
  readonly messages: Message[] = []
  private readonly context: ResolveContext
  private readonly ids: FragmentIds
  private readonly path: number[] = []
  private inSnippet = false

  constructor(context: ResolveContext) {
    this.context = context
    this.ids = context.ids ?? new FragmentIds()
  }

  /** Blocks under a title of `level`. Headings close the gaps an author left between their levels. */
  flow(nodes: readonly blocks.Flow[], level: number): ResolvedFlow[] {
    const resolved: ResolvedFlow[] = []
    const open: number[] = []
    this.visit(nodes, (written) => {
      const node = withWords(written)
      if (node.type === 'heading') {
        while (open.length > 0 && open[open.length - 1]! >= node.depth) open.pop()
        open.push(node.depth)
      }
      if (node.type === 'snippet') resolved.push(...this.snippet(node, level + open.length))
      else {
        const block = this.block(node, level + open.length)
        if (block) resolved.push(block)
      }
    })
    return resolved
  }

  phrasing(nodes: readonly blocks.Phrasing[]): ResolvedPhrasing[] {
    const resolved: ResolvedPhrasing[] = []
    this.visit(nodes, (node) => {
      switch (node.type) {
        case 'text':
        case 'break':
          resolved.push(node)
          break
        case 'strong':
        case 'emphasis':
          resolved.push({ type: node.type, children: this.phrasing(node.children) })
          break
        case 'link':
          this.link(node, resolved)
          break
        case 'term': {
          const definition = this.record('glossary', node.term, '/term')
          const children = this.phrasing(node.children)
          if (definition) resolved.push({ type: 'term', term: node.term, children, data: { definition } })
          else resolved.push(...children)
          break
        }
        case 'citation': {
          const data = this.context.sources.get(node.source)
          if (data) resolved.push({ type: 'citation', source: node.source, data })
          else this.lost('unknown-source', `A citation names a source, ${node.source}, that is not in the list.`)
          break
        }
        default:
          this.unknown(node)
      }
    })
    return resolved
  }

  /** Every item of a block, with its place known to messages. */
  each<N, R>(nodes: readonly N[], resolve: (node: N) => R): R[] {
    const resolved: R[] = []
    this.visit(nodes, (node) => resolved.push(resolve(node)))
    return resolved
  }

  /** A titled node with blocks in it, one level below `level`. */
  container<N extends { id: string; title?: string | undefined; children: blocks.Flow[] }>(node: N, level: number) {
    const data = this.titled(node.title, node.id, level + 1)
    return { ...node, data, children: this.flow(node.children, node.title ? data.depth : level) }
  }

  /** Fragment and level of a title. Without a title the fragment comes from `fallback`, and the outline knows nothing of it. */
  titled(title: string | undefined, fallback: string, level: number): DataOf['heading'] {
    const depth = Math.min(level, deepest)
    const id = this.ids.next(title || fallback)
    if (title) this.outline.push({ id, depth, text: title })
    return { id, depth }
  }

  /**
   * Open resources, each once, with what replaces a closed one in its place; those that are not to be had are reported,
   * each at its place in the block.
   */
  resources(uids: readonly string[], place?: string): ShownResource[] {
    const open: ShownResource[] = []
    uids.forEach((uid, index) => {
      const named = this.record('resources', uid, place ?? `/resources/${index}`)
      const resource = named && standIn(this.context.records.resources, uid)
      if (resource && resource.trust !== 'closed') {
        if (!open.includes(resource)) open.push(resource)
      } else if (resource)
        this.lost(
          'resource-closed',
          `${resource.name} is closed and left out.`,
          place ?? `/resources/${index}`,
          'advise',
        )
    })
    return open
  }

  record<K extends keyof ShownRecords>(kind: K, uid: string, place: string): ShownRecords[K][string] | undefined {
    const record = (this.context.records[kind] as Record<string, ShownRecords[K][string]>)[uid]
    if (!record) this.lost('missing-record', `A ${wordFor[kind]} this refers to (${uid}) does not exist.`, place)
    return record
  }

  private block(node: Exclude<blocks.Flow, blocks.Snippet>, level: number): ResolvedFlow | undefined {
    const resolver = resolvers[node.type] as ((walk: Walk, node: unknown, level: number) => ResolvedFlow) | undefined
    return resolver ? resolver(this, node, level) : this.unknown(node)
  }

  /** The passage, one level below the heading it stands under: it belongs to the section that shows it. */
  private snippet(node: blocks.Snippet, level: number): ResolvedFlow[] {
    if (this.inSnippet) {
      this.lost('snippet-in-snippet', 'A shared passage holds another one, which is left out.')
      return []
    }
    const record = this.record('snippets', node.record, '/record')
    if (!record) return []
    this.inSnippet = true
    const passage = this.flow(record.body.children, level)
    this.inSnippet = false
    return passage
  }

  private link(node: blocks.Link, resolved: ResolvedPhrasing[]): void {
    const children = this.phrasing(node.children)
    if (!node.url.startsWith('article:')) {
      resolved.push({ type: 'link', url: node.url, children })
      return
    }
    const url = this.context.pageOf(node.url.slice('article:'.length))
    if (url) resolved.push({ type: 'link', url, children })
    else {
      resolved.push(...children)
      this.lost(
        'link-unpublished',
        'A link leads to an article that is not published; its text stands without the link.',
        '',
        'advise',
      )
    }
  }

  private unknown(node: object): undefined {
    this.lost('unknown-node', `There is no block or mark called ${(node as { type: string }).type}.`)
  }

  // Places inside a snippet are no places of this document: messages point at the snippet.
  private visit<N>(nodes: readonly N[], visit: (node: N) => void): void {
    if (this.inSnippet) {
      for (const node of nodes) visit(node)
      return
    }
    for (let index = 0; index < nodes.length; index++) {
      this.path.push(index)
      visit(nodes[index]!)
      this.path.pop()
    }
  }

  private lost(rule: string, reason: string, place = '', severity: Message['severity'] = 'block'): void {
    let pointer = this.context.pointer ?? '/body'
    for (const index of this.path) pointer += `/children/${index}`
    this.messages.push({
      rule,
      severity,
      waivable: false,
      reason,
      place: { pointer: this.inSnippet ? pointer : pointer + place },
    })
  }
}
