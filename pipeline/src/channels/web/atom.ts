import { x } from 'xastscript'
import { phrasesOf } from '../../phrases/index.ts'
import { idOf, paths } from '../addresses.ts'
import type { ListContext, Row } from '../channel.ts'
import { attachmentsOf, type FeedPage, feedTitle } from './feed-page.ts'
import { listingOf } from './listing.ts'
import { fit, textElement, xmlDocument } from './xml.ts'

const json = 'application/feed+json'
const atom = 'application/atom+xml'

/** A page of a feed as Atom (RFC 4287), its pages linked as RFC 5005 has it. It says what the JSON Feed says. */
export function atomOf({ site, locale }: ListContext, { topic, page, next, rows }: FeedPage): string {
  const at = (number: number, extension: 'json' | 'atom') =>
    site.url + paths.feed(locale, number, topic?.slug, extension)
  const home = site.url + (topic ? paths.topic(locale, topic.slug) : paths.home(locale))
  return xmlDocument(
    x('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': locale }, [
      x('id', at(1, 'atom')),
      textElement('title', feedTitle(site.name, topic)),
      textElement('subtitle', topic?.description ?? phrasesOf(locale).publishedBy(site.publisher)),
      x('updated', latest(rows) ?? site.updated ?? '1970-01-01T00:00:00.000Z'),
      x('link', { rel: 'self', type: atom, href: at(page, 'atom') }),
      x('link', { rel: 'alternate', type: 'text/html', href: home }),
      x('link', { rel: 'related', type: json, href: at(page, 'json') }),
      ...(next ? [x('link', { rel: 'next', type: atom, href: at(next, 'atom') })] : []),
      x('author', [textElement('name', site.publisher), x('uri', site.url)]),
      textElement('rights', site.licence.name),
      ...rows.map((row) => entryOf(row, site.url)),
    ]),
  )
}

/** The newest change among the rows; undefined without any. */
function latest(rows: readonly Row[]): string | undefined {
  return rows
    .map(({ publishedAt }) => publishedAt)
    .sort()
    .at(-1)
}

function entryOf(row: Row, siteUrl: string) {
  const { uid, locale, slug, title, summary, firstPublishedAt, publishedAt } = row
  const { authors, topics, notice } = listingOf(row)
  return x('entry', { 'xml:lang': locale }, [
    x('id', idOf(siteUrl, uid, locale)),
    textElement('title', title),
    x('published', firstPublishedAt),
    x('updated', publishedAt),
    x('link', { rel: 'alternate', type: 'text/html', href: siteUrl + paths.page(locale, slug) }),
    // Not `alternate`, which RFC 4287 allows too: of several, readers take one for the page.
    x('link', { rel: 'related', type: 'application/json', href: siteUrl + paths.article(locale, slug, 'json') }),
    ...attachmentsOf(siteUrl, locale, slug).map(({ url, mime_type, title }) =>
      x('link', { rel: 'enclosure', type: mime_type, href: url, title }),
    ),
    ...authors.map(({ name, url }) => x('author', [textElement('name', name), ...(url ? [x('uri', url)] : [])])),
    ...topics.map(({ slug, name }) => x('category', { term: slug, label: fit(name) })),
    // A reader of Atom knows no notice: it stands first.
    textElement('summary', [notice, summary].filter(Boolean).join(' ')),
  ])
}
