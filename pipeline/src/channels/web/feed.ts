import type { Feed, Topic } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { phrasesOf } from '../../phrases/index.ts'
import { idOf, paths } from '../addresses.ts'
import type { Group, List, ListContext, Row } from '../channel.ts'
import { atomOf } from './atom.ts'
import { attachmentsOf, type FeedPage, feedTitle } from './feed-page.ts'
import { isPublishedArticle, listingOf, publishedArticles, topicsIn } from './listing.ts'
import { schemaPath } from './schemas.ts'

/** The feed of a language, and of each of its topics, as JSON Feed 1.1 and as Atom. */
export function feeds(context: ListContext): List[] {
  const all = context.groups(articlesTogether).get('articles')
  const topics = new Map(topicsIn(publishedArticles(context)).map(({ record }) => [record.uid, record]))
  const byTopic = [...context.groups(topicsTogether)].flatMap(([uid, group]) => {
    const topic = topics.get(uid)
    return topic ? pagesOf(context, group, topic) : []
  })
  return [...pagesOf(context, all, undefined), ...byTopic]
}

const articlesTogether = ({ kind }: Row): string[] => (kind === 'article' ? ['articles'] : [])
const topicsTogether = (row: Row): string[] => (isPublishedArticle(row) ? row.topics : [])

/**
 * A feed in pages, newest first. Pages are cut from the oldest article on, and those of a language keep the place of
 * articles that were withdrawn, so what a reader has not visited yet never moves to a page it has behind it.
 * `feed.json` holds the newest, at most 100; `feed.2.json` the first hundred there ever were.
 */
function pagesOf(context: ListContext, group: Group | undefined, topic: Topic | undefined): List[] {
  const count = Math.max(1, group?.pages.length ?? 0)
  return Array.from({ length: count }, (_, index) => {
    const some = group?.pages[index]
    const page = index === count - 1 ? 1 : index + 2
    const shown: FeedPage = {
      topic,
      page,
      next: index > 0 ? index + 1 : undefined,
      // Only of pages that are made: of all together it would take as long as there are articles.
      get rows() {
        return (some?.rows ?? []).filter(isPublishedArticle).toReversed()
      },
    }
    return forms(context, shown, keyOf(context, shown, some?.key))
  }).flat()
}

/** Changes with anything the page shows. */
const keyOf = ({ site }: ListContext, { topic, next }: FeedPage, rows: string | undefined): string =>
  sha256(JSON.stringify([site.name, site.publisher, site.url, site.sample, topic, next, rows]))

function forms(context: ListContext, shown: FeedPage, key: string): List[] {
  const at = (extension: 'json' | 'atom') => paths.feed(context.locale, shown.page, shown.topic?.slug, extension)
  const list = (path: string, type: string, body: () => string): List => ({
    path,
    key,
    render: () => ({ path, type: `${type}; charset=utf-8`, body: body() }),
  })
  return [
    list(at('json'), 'application/feed+json', () => JSON.stringify(feedOf(context, shown))),
    list(at('atom'), 'application/atom+xml', () => atomOf(context, shown)),
  ]
}

function feedOf({ site, locale }: ListContext, { topic, page, next, rows }: FeedPage): Feed {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feedTitle(site.name, topic),
    description: topic?.description ?? phrasesOf(locale).publishedBy(site.publisher),
    home_page_url: site.url + (topic ? paths.topic(locale, topic.slug) : paths.home(locale)),
    feed_url: site.url + paths.feed(locale, page, topic?.slug),
    ...(next ? { next_url: site.url + paths.feed(locale, next, topic?.slug) } : {}),
    language: locale,
    items: rows.map((row) => itemOf(row, site.url)),
  }
}

function itemOf(row: Row, siteUrl: string): Feed['items'][number] {
  const { locale, slug, uid } = row
  const { authors, topics, image, notice } = listingOf(row)
  return {
    id: idOf(siteUrl, uid, locale),
    url: siteUrl + paths.page(locale, slug),
    title: row.title,
    summary: row.summary,
    // A reader of feeds knows no notice: it stands first.
    content_text: [notice, row.summary].filter(Boolean).join('\n\n'),
    date_published: row.firstPublishedAt,
    date_modified: row.publishedAt,
    authors,
    tags: topics.map(({ name }) => name),
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
