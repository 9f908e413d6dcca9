import type { Article, blocks } from 'content-schemas'
import type { ShownRecords } from '../channels/channel.ts'
import type { Resolved, ResolvedRoot } from '../tree.ts'

type Closing = Resolved<blocks.CallToAction>

/**
 * The call to action at the end of an article, as the block it would be inside its body; undefined if there is none, or
 * if it would lead nowhere because its resource is closed.
 */
export function closingOf(article: Article, records: ShownRecords): Closing | undefined {
  const record = article.callToAction ? records['calls-to-action'][article.callToAction] : undefined
  if (!record) return undefined
  const wanted = record.resource ? records.resources[record.resource] : undefined
  const resource = wanted?.trust === 'closed' ? undefined : wanted
  if (!resource && !record.url) return undefined
  const data = { id: 's-call-to-action', depth: 2, record, resource }
  return { type: 'call-to-action', id: 'call-to-action', record: record.uid, data }
}

/** The resolved tree of an article with its closing call to action after it. */
export function withClosing(tree: ResolvedRoot, article: Article, records: ShownRecords): ResolvedRoot {
  const closing = closingOf(article, records)
  return closing ? { type: 'root', children: [...tree.children, closing] } : tree
}
