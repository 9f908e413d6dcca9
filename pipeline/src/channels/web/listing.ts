import type { Article, Audience, Feed, GlossaryTerm, ShownResource, Topic } from 'content-schemas'
import { paths } from '../addresses.ts'
import type { RenderContext, Row } from '../channel.ts'

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
}

export function listingIn({ records, notice, outline }: RenderContext, article: Article): Listing {
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
  }
}

const none: Listing = {
  authors: [],
  notice: null,
  topics: [],
  audiences: [],
  glossary: [],
  resources: [],
  headings: [],
}
export const listingOf = (row: Row): Listing => (row.listing.web as Listing | undefined) ?? none

export const isPublishedArticle = ({ kind, tombstone }: Row): boolean => kind === 'article' && !tombstone

/** A record as rows show it: it stands in many editions, and the one published last says what it is today. */
export type Shown<T> = { record: T; articles: number; row: Row }

/** The records of published rows, each once. */
export function recordsIn<T extends { uid: string }>(
  rows: readonly Row[],
  of: (listing: Listing) => readonly T[],
): Shown<T>[] {
  const found = new Map<string, Shown<T>>()
  for (const row of rows.filter(isPublishedArticle))
    for (const record of of(listingOf(row))) {
      const known = found.get(record.uid)
      if (!known) found.set(record.uid, { record, articles: 1, row })
      else {
        known.articles += 1
        if (row.publishedAt >= known.row.publishedAt) Object.assign(known, { record, row })
      }
    }
  return [...found.values()]
}
