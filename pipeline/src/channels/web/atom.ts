import { phrasesOf } from '../../phrases/index.ts'
import { idOf, paths } from '../addresses.ts'
import type { ListContext, Row } from '../channel.ts'
import { attachmentsOf, type FeedPage, feedTitle } from './feed-page.ts'
import { listingOf } from './listing.ts'
import { element, textElement, xmlDocument } from './xml.ts'

const json = 'application/feed+json'
const atom = 'application/atom+xml'

/** A page of a feed as Atom (RFC 4287), its pages linked as RFC 5005 has it. It says what the JSON Feed says. */
export function atomOf({ site, locale }: ListContext, { topic, page, next, rows }: FeedPage): string {
  const at = (number: number, extension: 'json' | 'atom') =>
    site.url + paths.feed(locale, number, topic?.slug, extension)
  const home = site.url + (topic ? paths.topic(locale, topic.slug) : paths.home(locale))
  return xmlDocument(
    element('feed', { xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': locale }, [
      textElement('id', at(1, 'atom')),
      textElement('title', feedTitle(site.name, topic)),
      textElement('subtitle', topic?.description ?? phrasesOf(locale).publishedBy(site.publisher)),
      textElement('updated', latest(rows) ?? site.updated ?? '1970-01-01T00:00:00.000Z'),
      element('link', { rel: 'self', type: atom, href: at(page, 'atom') }),
      element('link', { rel: 'alternate', type: 'text/html', href: home }),
      element('link', { rel: 'related', type: json, href: at(page, 'json') }),
      ...(next ? [element('link', { rel: 'next', type: atom, href: at(next, 'atom') })] : []),
      element('author', {}, [textElement('name', site.publisher), textElement('uri', site.url)]),
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
  return element('entry', { 'xml:lang': locale }, [
    textElement('id', idOf(siteUrl, uid, locale)),
    textElement('title', title),
    textElement('published', firstPublishedAt),
    textElement('updated', publishedAt),
    element('link', { rel: 'alternate', type: 'text/html', href: siteUrl + paths.page(locale, slug) }),
    // Not `alternate`, which RFC 4287 allows too: of several, readers take one for the page.
    element('link', { rel: 'related', type: 'application/json', href: siteUrl + paths.article(locale, slug, 'json') }),
    ...attachmentsOf(siteUrl, locale, slug).map(({ url, mime_type, title }) =>
      element('link', { rel: 'enclosure', type: mime_type, href: url, title }),
    ),
    ...authors.map(({ name, url }) =>
      element('author', {}, [textElement('name', name), ...(url ? [textElement('uri', url)] : [])]),
    ),
    ...topics.map(({ slug, name }) => element('category', { term: slug, label: name })),
    // A reader of Atom knows no notice: it stands first.
    textElement('summary', [notice, summary].filter(Boolean).join(' ')),
  ])
}
