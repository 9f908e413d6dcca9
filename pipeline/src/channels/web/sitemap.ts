import { type Locale, locales } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext, Row } from '../channel.ts'
import { isPublishedArticle } from './listing.ts'
import { element, textElement, xmlDocument } from './xml.ts'

/** Most addresses of a file (https://www.sitemaps.org/protocol.html). */
export const mostAddresses = 50_000

type Page = { path: string; modified?: string; alternates: { locale: Locale; path: string }[] }

/**
 * The pages search engines may list, with their translations (`hreflang`): homes, and articles that are no sample. More
 * than one file can hold stand in several, and `/sitemap.xml` is their index.
 */
export function sitemap(context: ListContext, most = mostAddresses): List[] {
  const listed = locales.flatMap((locale) => context.groups(listedTogether, locale).get('listed') ?? [])
  const count = listed.reduce((sum, { rows }) => sum + rows.length, context.locales.length)
  const key = [context.locales, ...listed.map(({ key }) => key)]
  // Found once for all files, and only if one of them is made.
  let found: Page[] | undefined
  const pages = () => {
    found ??= pagesOf(
      context.locales,
      listed.flatMap(({ rows }) => rows),
    )
    return found
  }
  if (count <= most) return [list(context, paths.sitemap(), key, () => urlSet(context, pages()))]
  const names = Array.from({ length: Math.ceil(count / most) }, (_, index) => paths.sitemap(index + 1))
  return [
    list(context, paths.sitemap(), names, () => indexOf(context, names)),
    ...names.map((path, index) =>
      list(context, path, key, () => urlSet(context, pages().slice(index * most, (index + 1) * most))),
    ),
  ]
}

/** A grouping: what search engines may list, as one group. */
const listedTogether = (row: Row): string[] => (isPublishedArticle(row) && !row.sample ? ['listed'] : [])

function pagesOf(locales: readonly Locale[], rows: readonly Row[]): Page[] {
  const homes = locales.map((locale) => ({ locale, path: paths.home(locale) }))
  const byUid = new Map<string, Row[]>()
  for (const row of rows.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))) {
    const known = byUid.get(row.uid)
    if (known) known.push(row)
    else byUid.set(row.uid, [row])
  }
  const articles = [...byUid.values()].flatMap((siblings) => {
    const alternates = siblings.map(({ locale, slug }) => ({ locale, path: paths.page(locale, slug) }))
    return siblings.map(({ locale, slug, publishedAt }) => ({
      path: paths.page(locale, slug),
      modified: publishedAt,
      alternates,
    }))
  })
  return [...homes.map(({ path }) => ({ path, alternates: homes })), ...articles]
}

const nameOf = ({ uid, locale }: Row): string => `${uid}.${locale}`

const list = ({ site }: ListContext, path: string, shown: unknown, root: () => string): List => ({
  path,
  pass: 2,
  key: sha256(JSON.stringify([site.url, shown])),
  render: () => ({ path, type: 'application/xml; charset=utf-8', body: xmlDocument(root()) }),
})

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9'

const urlSet = ({ site }: ListContext, pages: Page[]): string =>
  element(
    'urlset',
    { xmlns: namespace, 'xmlns:xhtml': 'http://www.w3.org/1999/xhtml' },
    pages.map(({ path, modified, alternates }) =>
      element('url', {}, [
        textElement('loc', site.url + path),
        ...(modified ? [textElement('lastmod', modified)] : []),
        ...(alternates.length > 1 ? alternates : []).map(({ locale, path }) =>
          element('xhtml:link', { rel: 'alternate', hreflang: locale, href: site.url + path }),
        ),
      ]),
    ),
  )

const indexOf = ({ site }: ListContext, names: string[]): string =>
  element(
    'sitemapindex',
    { xmlns: namespace },
    names.map((path) => element('sitemap', {}, [textElement('loc', site.url + path)])),
  )
