import type { Article, Feed, Locale } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { phrasesOf } from '../../phrases/index.ts'
import { handoutFormats, idOf, paths } from '../addresses.ts'
import type { List, ListContext, RenderContext, Row } from '../channel.ts'
import { schemaPath } from './schemas.ts'

/** Items on a page of a feed. */
export const pageSize = 100

/** What the feed shows of an article beyond its row. */
type Listing = { authors: Feed['items'][number]['authors']; tags: string[]; image?: string; notice: string | null }

export function feedListing({ records, notice }: RenderContext, article: Article): Listing {
  const hero = article.hero ? records.media[article.hero] : undefined
  const image = hero?.renditions.find(({ purpose }) => purpose === 'web') ?? hero?.renditions[0]
  return {
    authors: article.authors
      .flatMap((uid) => records.people[uid] ?? [])
      .map(({ name, url }) => ({ name, ...(url ? { url } : {}) })),
    tags: article.topics.flatMap((uid) => records.topics[uid]?.name ?? []),
    ...(image ? { image: paths.object(image.sha256) } : {}),
    notice,
  }
}

/**
 * The feed of a language in pages (JSON Feed 1.1), newest first. Pages are cut from the oldest article on, and an
 * article keeps its place when others are withdrawn, so what a reader has not visited yet never moves to a page it has
 * behind it. `feed.json` holds the newest, at most 100; `feed.2.json` the first hundred there ever were.
 */
export function feedPages(context: ListContext): List[] {
  const articles = context.groups(articlesTogether).get('articles')
  const count = Math.max(1, Math.ceil((articles?.rows.length ?? 0) / pageSize))
  return Array.from({ length: count }, (_, index) => {
    const isNewest = index === count - 1
    const page = isNewest ? 1 : index + 2
    const next = index > 0 ? paths.feed(context.locale, index + 1) : undefined
    const group = articles?.slice(index * pageSize, (index + 1) * pageSize)
    const published = group?.rows.filter(({ tombstone }) => !tombstone) ?? []
    return {
      path: paths.feed(context.locale, page),
      key: keyOf(context, group?.key, next),
      render: () => ({
        path: paths.feed(context.locale, page),
        type: 'application/feed+json; charset=utf-8',
        body: JSON.stringify(feedOf(context, published.toReversed(), page, next)),
      }),
    }
  })
}

const articlesTogether = ({ kind }: Row): string[] => (kind === 'article' ? ['articles'] : [])

/** Changes with anything the page shows. */
const keyOf = ({ site }: ListContext, rows: string | undefined, next: string | undefined): string =>
  sha256(JSON.stringify([site.name, site.publisher, site.url, site.sample, next, rows]))

const listingOf = (row: Row): Listing =>
  (row.listing.web as Listing | undefined) ?? { authors: [], tags: [], notice: null }

function feedOf({ site, locale }: ListContext, rows: readonly Row[], page: number, next: string | undefined): Feed {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: site.name,
    description: phrasesOf(locale).publishedBy(site.publisher),
    home_page_url: site.url + paths.home(locale),
    feed_url: site.url + paths.feed(locale, page),
    ...(next ? { next_url: site.url + next } : {}),
    language: locale,
    items: rows.map((row) => itemOf(row, site.url)),
  }
}

function itemOf(row: Row, siteUrl: string): Feed['items'][number] {
  const { locale, slug, uid } = row
  const { authors, tags, image, notice } = listingOf(row)
  return {
    id: idOf(siteUrl, uid, locale),
    url: siteUrl + paths.page(locale, slug),
    title: row.title,
    summary: row.summary,
    content_text: row.summary,
    date_published: row.firstPublishedAt,
    date_modified: row.publishedAt,
    authors,
    tags,
    language: locale,
    ...(image ? { image: siteUrl + image } : {}),
    attachments: attachmentsOf(siteUrl, locale, slug),
    _signpost: {
      about: siteUrl + schemaPath('feed'),
      uid,
      stamp: row.stamp,
      number: row.number,
      json: siteUrl + paths.article(locale, slug, 'json'),
      notice,
      review: row.review,
      sample: row.sample,
    },
  }
}

const attachmentsOf = (siteUrl: string, locale: Locale, slug: string): Feed['items'][number]['attachments'] =>
  handoutFormats.map((format) => ({
    url: siteUrl + paths.handout(locale, slug, format),
    mime_type: 'application/pdf',
    title: phrasesOf(locale).printPdf,
  }))
