import {
  type blocks,
  type Document,
  noRecords,
  type RecordKind,
  type RecordOf,
  type Records,
  type Resource,
} from 'content-schemas'

/** A reference: what a document names, and where. Articles are no records, but documents refer to them too. */
export type Use = { kind: RecordKind | 'articles'; uid: string; pointer: string }

/** Everything a document refers to itself, in reading order, once for each place. */
export function uses(document: Document): Use[] {
  const found: Use[] = []
  const add = (kind: Use['kind'], uid: string | null, pointer: string) => {
    if (uid) found.push({ kind, uid, pointer })
  }
  const all = (kind: Use['kind'], uids: readonly string[], pointer: string) =>
    uids.forEach((uid, index) => {
      add(kind, uid, `${pointer}/${index}`)
    })

  if (document.kind === 'issue') {
    document.items.forEach((item, index) => {
      const pointer = `/items/${index}`
      if (item.kind === 'article') add('articles', item.article, `${pointer}/article`)
      else if (item.kind === 'resource') add('resources', item.resource, `${pointer}/resource`)
      else if (item.kind === 'call-to-action') add('calls-to-action', item.record, `${pointer}/record`)
      else usesIn(item.body, `${pointer}/body`, found)
    })
    return found
  }
  all('audiences', document.audiences, '/audiences')
  all('topics', document.topics, '/topics')
  add('media', document.hero, '/hero')
  usesIn(document.body, '/body', found)
  all('people', document.authors, '/authors')
  all('articles', document.related, '/related')
  add('calls-to-action', document.callToAction, '/callToAction')
  add('people', document.review.reviewer, '/review/reviewer')
  return found
}

/** What a body refers to; `pointer` is that of the body. */
export function usesIn(node: blocks.Node, pointer: string, found: Use[] = []): Use[] {
  switch (node.type) {
    case 'figure':
      found.push({ kind: 'media', uid: node.media, pointer: `${pointer}/media` })
      break
    case 'resources':
    case 'urgent-help':
      node.resources.forEach((uid, index) => {
        found.push({ kind: 'resources', uid, pointer: `${pointer}/resources/${index}` })
      })
      break
    case 'call-to-action':
      found.push({ kind: 'calls-to-action', uid: node.record, pointer: `${pointer}/record` })
      break
    case 'snippet':
      found.push({ kind: 'snippets', uid: node.record, pointer: `${pointer}/record` })
      break
    case 'term':
      found.push({ kind: 'glossary', uid: node.term, pointer: `${pointer}/term` })
      break
    case 'link':
      if (node.url.startsWith('article:'))
        found.push({ kind: 'articles', uid: node.url.slice('article:'.length), pointer: `${pointer}/url` })
      break
  }
  if ('children' in node)
    node.children.forEach((child, index) => {
      usesIn(child, `${pointer}/children/${index}`, found)
    })
  return found
}

/** Finds a record by kind and uid, in the language of the document; undefined if there is none. */
export type Lookup = <K extends RecordKind>(
  kind: K,
  uid: string,
) => RecordOf<K> | undefined | Promise<RecordOf<K> | undefined>
type FoundRecord = RecordOf<RecordKind>

/**
 * Everything a document shows besides itself: the records it refers to, and those its snippets and calls to action
 * refer to in turn. Records stand in the order of their first use, so the same document gives the same bytes.
 * `missing` names references to nothing, each once, with the place in the document that led there.
 */
export async function recordsOf(document: Document, lookup: Lookup): Promise<{ records: Records; missing: Use[] }> {
  const records = noRecords()
  const missing: Use[] = []
  const asked = new Set<string>()
  let wanted = uses(document)
  while (wanted.length > 0) {
    const fresh = wanted.filter(({ kind, uid }) => kind !== 'articles' && isFirst(asked, `${kind} ${uid}`))
    const found = await Promise.all(fresh.map(({ kind, uid }) => lookup(kind as RecordKind, uid)))
    wanted = []
    for (const [index, use] of fresh.entries()) {
      const record = found[index]
      if (record) {
        Object.assign(records[use.kind as RecordKind], { [use.uid]: record })
        wanted.push(...usesOfRecord(record, use))
      } else missing.push(use)
    }
  }
  return { records, missing }
}

/**
 * The resource shown where a document names one: itself or, while that is not active, the one at the end of what replaces
 * it. Undefined when there is no resource of that uid.
 */
export function standIn<R extends Pick<Resource, 'uid' | 'status' | 'replacedBy'>>(
  resources: Readonly<Record<string, R>>,
  uid: string,
): R | undefined {
  const seen = new Set<string>()
  let found = resources[uid]
  while (found && found.status !== 'active' && found.replacedBy && isFirst(seen, found.uid)) {
    const next = resources[found.replacedBy]
    if (!next) break
    found = next
  }
  return found
}

/**
 * What a record refers to in turn, placed where `use` names the record. A snippet inside a snippet is never shown, so
 * it is not followed.
 */
export function usesOfRecord(record: FoundRecord, { kind, pointer }: Use): Use[] {
  const here = ({ kind, uid }: Use): Use => ({ kind, uid, pointer })
  if (kind === 'snippets' && 'body' in record)
    return usesIn(record.body, pointer)
      .filter((use) => use.kind !== 'snippets')
      .map(here)
  if (kind === 'calls-to-action' && 'resource' in record && record.resource)
    return [{ kind: 'resources', uid: record.resource, pointer }]
  if (kind === 'resources' && 'replacedBy' in record && record.replacedBy && record.status !== 'active')
    return [{ kind: 'resources', uid: record.replacedBy, pointer }]
  return []
}

/** What an editor calls one record of a kind. */
export const wordFor: Record<RecordKind, string> = {
  resources: 'resource',
  people: 'person',
  topics: 'topic',
  audiences: 'audience',
  glossary: 'glossary term',
  snippets: 'shared passage',
  'calls-to-action': 'call to action',
  media: 'picture',
}

const isFirst = (seen: Set<string>, key: string): boolean => !seen.has(key) && Boolean(seen.add(key))
