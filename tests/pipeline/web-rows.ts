import type { Locale, Site } from 'content-schemas'
import type { List, ListContext, Row } from 'pipeline/channels/channel.ts'
import { web } from 'pipeline/channels/web/index.ts'
import type { Listing } from 'pipeline/channels/web/listing.ts'
import { catalogueOf, listContext } from 'pipeline/release/catalogue.ts'
import { site as publication } from './documents.ts'

/** Rows as many published articles leave them, for the lists of the web channel. */
export const rowAt = (index: number, change: Partial<Row> = {}, listing: Partial<Listing> = {}): Row => ({
  uid: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
  locale: 'en',
  kind: 'article',
  slug: `article-${index}`,
  title: `Article ${index}`,
  summary: 'A summary.',
  topics: (listing.topics ?? []).map(({ uid }) => uid),
  audiences: [],
  stamp: String(index).padStart(10, '0'),
  number: 1,
  firstPublishedAt: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
  publishedAt: '2026-02-01T00:00:00.000Z',
  changeNote: '',
  review: 'current',
  tombstone: false,
  sample: false,
  listing: {
    web: {
      authors: [{ name: 'Ada' }],
      notice: null,
      topics: [],
      audiences: [],
      glossary: [],
      resources: [],
      headings: [],
      urgent: '',
      ...listing,
    } satisfies Listing,
  },
  ...change,
})

export const contextOf = (
  rows: Row[],
  {
    site = publication,
    locale = 'en',
    locales = ['en', 'es'],
  }: { site?: Site; locale?: Locale; locales?: Locale[] } = {},
): ListContext => listContext(catalogueOf(rows), { site, locale, locales, today: '2026-03-01' })

/** The lists of a language by path. */
export type Lists = Map<string, List>
export const listsOf = (...given: Parameters<typeof contextOf>): Lists =>
  new Map(web.lists!(contextOf(...given)).map((list) => [list.path, list]))

export const bodyAt = (lists: Lists, path: string): string => {
  const list = lists.get(path)
  if (!list) throw new Error(`There is no list at ${path}.`)
  return String(list.render().body)
}
