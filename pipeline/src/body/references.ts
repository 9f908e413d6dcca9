import type { Article, blocks, Document, Issue, IssueItem, Message, RecordKind } from 'content-schemas'
import { derivedUid } from './document.ts'

/** Finds the uid of what a file refers to by slug. */
export type Lookup = (kind: RecordKind | 'articles', slug: string) => string | undefined

const uid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/**
 * Replaces the slugs in a document's references by uids; uids stay, whether or not there is such a record.
 * A slug that `lookup` does not know becomes a message, and the uid that a record of this kind and slug would derive,
 * so that the document has its shape and shows as lacking that record.
 */
export function bindReferences<D extends Document>(document: D, lookup: Lookup): { document: D; messages: Message[] } {
  const binding: Binding = { lookup, messages: [] }
  const bound = document.kind === 'article' ? bindArticle(document, binding) : bindIssue(document, binding)
  return { document: bound as D, messages: binding.messages }
}

/** The same for a body alone; pointers start with `base`. */
export function bindTree(
  tree: blocks.Root,
  lookup: Lookup,
  base = '/body',
): { tree: blocks.Root; messages: Message[] } {
  const binding: Binding = { lookup, messages: [] }
  return { tree: bindNode(tree, base, binding), messages: binding.messages }
}

type Binding = { lookup: Lookup; messages: Message[] }

function bind(kind: RecordKind | 'articles', key: string, pointer: string, binding: Binding): string {
  // An empty key was reported where it was read.
  if (key === '' || uid.test(key)) return key
  const found = binding.lookup(kind, key)
  if (found) return found
  const reason = `There is no record “${key}” among the ${kind.replaceAll('-', ' ')}.`
  const fix = 'Correct the slug, or make the record.'
  binding.messages.push({
    rule: 'unknown-reference',
    severity: 'block',
    waivable: false,
    reason,
    fix,
    place: { pointer },
  })
  return derivedUid(`${kind}/${key}`)
}

const bindAll = (kind: RecordKind | 'articles', keys: readonly string[], pointer: string, binding: Binding): string[] =>
  keys.map((key, index) => bind(kind, key, `${pointer}/${index}`, binding))
const bindOne = (kind: RecordKind, key: string | null, pointer: string, binding: Binding): string | null =>
  key === null ? null : bind(kind, key, pointer, binding)

const bindArticle = (article: Article, binding: Binding): Article => ({
  ...article,
  audiences: bindAll('audiences', article.audiences, '/audiences', binding),
  topics: bindAll('topics', article.topics, '/topics', binding),
  hero: bindOne('media', article.hero, '/hero', binding),
  body: bindNode(article.body, '/body', binding),
  authors: bindAll('people', article.authors, '/authors', binding),
  related: bindAll('articles', article.related, '/related', binding),
  callToAction: bindOne('calls-to-action', article.callToAction, '/callToAction', binding),
  review: { ...article.review, reviewer: bindOne('people', article.review.reviewer, '/review/reviewer', binding) },
})

const bindIssue = (issue: Issue, binding: Binding): Issue => ({
  ...issue,
  items: issue.items.map((item, index) => bindItem(item, `/items/${index}`, binding)),
})

function bindItem(item: IssueItem, at: string, binding: Binding): IssueItem {
  switch (item.kind) {
    case 'article':
      return { ...item, article: bind('articles', item.article, `${at}/article`, binding) }
    case 'resource':
      return { ...item, resource: bind('resources', item.resource, `${at}/resource`, binding) }
    case 'call-to-action':
      return { ...item, record: bind('calls-to-action', item.record, `${at}/record`, binding) }
    case 'text':
      return { ...item, body: bindNode(item.body, `${at}/body`, binding) }
  }
}

function bindNode<N extends blocks.Node>(node: N, pointer: string, binding: Binding): N {
  const bound = bindOwn(node, pointer, binding)
  if (!('children' in bound)) return bound as N
  const children = bound.children.map((child, index) => bindNode(child, `${pointer}/children/${index}`, binding))
  return { ...bound, children } as N
}

function bindOwn(node: blocks.Node, pointer: string, binding: Binding): blocks.Node {
  switch (node.type) {
    case 'figure':
      return { ...node, media: bind('media', node.media, pointer, binding) }
    case 'call-to-action':
      return { ...node, record: bind('calls-to-action', node.record, pointer, binding) }
    case 'snippet':
      return { ...node, record: bind('snippets', node.record, pointer, binding) }
    case 'resources':
    case 'urgent-help':
      return { ...node, resources: node.resources.map((key) => bind('resources', key, pointer, binding)) }
    case 'term':
      return { ...node, term: bind('glossary', node.term, pointer, binding) }
    case 'link': {
      const key = /^article:(.+)$/i.exec(node.url)?.[1]
      return key ? { ...node, url: `article:${bind('articles', key, pointer, binding)}` } : node
    }
    default:
      return node
  }
}
