import type { Article, Audience, blocks, Feed, GlossaryTerm, Locale, ShownResource, Topic } from 'content-schemas'
import { textOf } from '../../transformers/text-of.ts'
import type { ResolvedNode, ResolvedRoot } from '../../tree.ts'
import { paths } from '../addresses.ts'
import { type Group, type ListContext, perPage, type RenderContext, type Row } from '../channel.ts'

/** What the lists of this channel show of an article beyond its row. */
export type Listing = {
  authors: Feed['items'][number]['authors']
  /** Path of its picture. */
  image?: string
  notice: string | null
  topics: Topic[]
  audiences: Audience[]
  glossary: GlossaryTerm[]
  /** Closed ones among them: who knows one by its uid has to learn that it is closed. */
  resources: ShownResource[]
  headings: string[]
  /** What its urgent help says. */
  urgent: string
}

export function listingIn(tree: ResolvedRoot, { records, notice, outline }: RenderContext, article: Article): Listing {
  const hero = article.hero ? records.media[article.hero] : undefined
  const image = hero?.renditions.find(({ purpose }) => purpose === 'web') ?? hero?.renditions[0]
  return {
    authors: article.authors
      .flatMap((uid) => records.people[uid] ?? [])
      .map(({ name, url }) => ({ name, ...(url ? { url } : {}) })),
    ...(image ? { image: paths.object(image.sha256) } : {}),
    notice,
    topics: article.topics.flatMap((uid) => records.topics[uid] ?? []),
    audiences: article.audiences.flatMap((uid) => records.audiences[uid] ?? []),
    glossary: Object.values(records.glossary),
    resources: Object.values(records.resources),
    headings: outline.map(({ text }) => text),
    urgent: urgentHelpIn(tree).join('\n'),
  }
}

/** The words of each urgent help, paragraph by paragraph. */
function urgentHelpIn(node: ResolvedNode): string[] {
  if (node.type === 'urgent-help') return node.children.map(linesOf)
  return 'children' in node ? node.children.flatMap(urgentHelpIn) : []
}
const linesOf = (node: ResolvedNode): string =>
  'children' in node && node.type !== 'paragraph' ? node.children.map(linesOf).join('\n') : textOf(node as blocks.Node)

const none: Listing = {
  authors: [],
  notice: null,
  topics: [],
  audiences: [],
  glossary: [],
  resources: [],
  headings: [],
  urgent: '',
}
export const listingOf = (row: Row): Listing => (row.listing.web as Listing | undefined) ?? none

export const isPublishedArticle = ({ kind, tombstone }: Row): boolean => kind === 'article' && !tombstone

/** A grouping: all published articles, as one group. */
const publishedTogether = (row: Row): string[] => (isPublishedArticle(row) ? ['published'] : [])
export const publishedArticles = ({ groups }: Pick<ListContext, 'groups'>, locale?: Locale): Group | undefined =>
  groups(publishedTogether, locale).get('published')

/** A record as rows show it: it stands in many editions, and the one published last says what it is today. */
export type Shown<T> = { record: T; articles: number; row: Row }

/** The records of published articles, each once. */
export const topicsIn = recordsIn(({ topics }) => topics)
export const audiencesIn = recordsIn(({ audiences }) => audiences)
export const termsIn = recordsIn(({ glossary }) => glossary)
export const resourcesIn = recordsIn(({ resources }) => resources)

function recordsIn<T extends { uid: string }>(of: (listing: Listing) => readonly T[]) {
  const found = perPage((rows) =>
    together(rows.flatMap((row) => of(listingOf(row)).map((record) => ({ record, articles: 1, row })))),
  )
  // Several lists ask for the same.
  const known = new WeakMap<Group, readonly Shown<T>[]>()
  return (group: Group | undefined): readonly Shown<T>[] => {
    const all = (group && known.get(group)) ?? together(found(group).flat())
    if (group) known.set(group, all)
    return all
  }
}

/** Each record once. Of those published at one time the later one counts. */
function together<T extends { uid: string }>(all: readonly Shown<T>[]): Shown<T>[] {
  const found = new Map<string, Shown<T>>()
  for (const each of all) {
    const known = found.get(each.record.uid)
    if (!known) found.set(each.record.uid, { ...each })
    else {
      known.articles += each.articles
      if (each.row.publishedAt < known.row.publishedAt) continue
      known.record = each.record
      known.row = each.row
    }
  }
  return [...found.values()]
}
