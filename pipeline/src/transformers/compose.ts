import type { blocks, Edition, Issue, Message, OutlineEntry } from 'content-schemas'
import type { ShownRecords } from '../channels/channel.ts'
import type { Part, ResolvedFlow } from '../tree.ts'
import { FragmentIds } from './fragment-ids.ts'
import { numbered, type ResolveContext, type ResolvedBody, resolve } from './resolve.ts'

export type ComposeContext = Pick<ResolveContext, 'records' | 'pageOf'> & {
  /** Address of the page of a stamp, which is there for ever. */
  stampPageOf(stamp: string): string
}
type HeldArticle = Edition['articles'][number]

/** Level of the title of a part; the subject of the issue is level 1. */
const partLevel = 2

/**
 * Composes an issue into one tree: a `part` for every article, and its other items as blocks, in order. Headings of an
 * article stand below the title of its part, fragments differ over the whole issue, and sources are numbered through.
 *
 * An excerpt is the paragraphs an article opens with, and all of its urgent help: that is never left out.
 */
export function compose(issue: Issue, articles: readonly HeldArticle[], context: ComposeContext): ResolvedBody {
  const composing = new Composing(context)
  const byUid = new Map(articles.map((held) => [held.article.uid, held]))
  issue.items.forEach((item, index) => {
    const pointer = `/items/${index}`
    if (item.kind === 'article') {
      const held = byUid.get(item.article)
      if (held) composing.article(held, item.show, pointer)
      else composing.missing(item.article, pointer)
    } else composing.body(bodyOf(item, index), item.kind === 'text' ? `${pointer}/body` : pointer)
  })
  return {
    tree: { type: 'root', children: composing.children },
    outline: composing.outline,
    messages: composing.messages,
  }
}

type OtherItem = Exclude<Issue['items'][number], { kind: 'article' }>
function bodyOf(item: OtherItem, index: number): blocks.Root {
  if (item.kind === 'text') return item.body
  const id = `item-${index + 1}`
  const block: blocks.Flow =
    item.kind === 'resource'
      ? { type: 'resources', id, resources: [item.resource] }
      : { type: 'call-to-action', id, record: item.record }
  return { type: 'root', children: [block] }
}

class Composing {
  readonly children: (ResolvedFlow | Part)[] = []
  readonly outline: OutlineEntry[] = []
  readonly messages: Message[] = []
  private readonly context: ComposeContext
  private readonly ids = new FragmentIds()
  private sources = 0

  constructor(context: ComposeContext) {
    this.context = context
  }

  body(body: blocks.Root, pointer: string): void {
    const { tree, outline, messages } = resolve(body, { ...this.context, sources: new Map(), ids: this.ids, pointer })
    this.children.push(...tree.children)
    this.outline.push(...outline)
    this.messages.push(...messages)
  }

  article({ article, stamp }: HeldArticle, show: Part['show'], pointer: string): void {
    const data = { id: this.ids.next(article.title), depth: partLevel }
    this.outline.push({ ...data, text: article.title })
    this.children.push({
      type: 'part',
      title: article.title,
      summary: article.summary,
      url: this.context.pageOf(article.uid) ?? this.context.stampPageOf(stamp),
      show,
      children: show === 'link' ? [] : this.content(article, show, pointer),
      data,
    })
  }

  missing(uid: string, pointer: string): void {
    this.messages.push({
      rule: 'missing-record',
      severity: 'block',
      waivable: false,
      reason: `The article this item shows (${uid}) is not in the issue.`,
      fix: 'Choose a published article.',
      place: { pointer: `${pointer}/article` },
    })
  }

  private content(article: HeldArticle['article'], show: 'full' | 'excerpt', pointer: string): ResolvedFlow[] {
    const body = show === 'full' ? article.body : excerptOf(article.body, this.context.records.snippets)
    const resolved = resolve(body, {
      ...this.context,
      sources: numbered(article.sources, this.sources + 1),
      level: partLevel,
      ids: this.ids,
    })
    this.sources += article.sources.length
    this.outline.push(...resolved.outline)
    // The article's own places mean nothing in the issue.
    this.messages.push(...resolved.messages.map((message) => ({ ...message, place: { pointer } })))
    return resolved.tree.children as ResolvedFlow[]
  }
}

function excerptOf(body: blocks.Root, snippets: ShownRecords['snippets']): blocks.Root {
  const isOpening = ({ type }: blocks.Flow) => type === 'paragraph' || type === 'list'
  const end = body.children.findIndex((node) => !isOpening(node))
  const opening = end < 0 ? body.children : body.children.slice(0, end)
  const rest = body.children.slice(opening.length)
  return { type: 'root', children: [...opening, ...rest.flatMap((node) => urgentHelpIn(node, snippets))] }
}

function urgentHelpIn(node: blocks.Node, snippets: ShownRecords['snippets']): blocks.Flow[] {
  if (node.type === 'urgent-help') return [node]
  if (node.type === 'snippet') {
    const passage = snippets[node.record]?.body
    return passage ? passage.children.flatMap((child) => urgentHelpIn(child, {})) : []
  }
  return 'children' in node ? node.children.flatMap((child: blocks.Node) => urgentHelpIn(child, snippets)) : []
}
