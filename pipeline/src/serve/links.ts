import { ArticleJson, type Locale, locales, type ManifestEntry } from 'content-schemas'
import { z } from 'zod'
import { paths } from '../channels/addresses.ts'

/** What of an article's JSON the headers of its forms are made from. */
const Linked = z.looseObject({ links: ArticleJson.shape.links, licence: ArticleJson.shape.licence })

/** Forms of an article: its page, its JSON, its text. */
const form = new RegExp(`^(?:/v1)?/(${locales.join('|')})/articles/([^/.]+)(?:\\.(?:json|md|txt))?$`)

/** The JSON of the article that a path is a form of; undefined if it is none, or the article is not published. */
export function articleAt(
  path: string,
  entryAt: (path: string) => ManifestEntry | undefined,
): ManifestEntry | undefined {
  const [, locale, slug] = form.exec(path) ?? []
  if (locale === undefined || slug === undefined) return undefined
  const entry = entryAt(paths.article(locale as Locale, slug, 'json'))
  return entry?.status === 200 ? entry : undefined
}

/**
 * The `Link` header (RFC 8288) of every form of an article: its page, its other forms, this edition for ever (RFC 7089)
 * and its licence. Undefined where the JSON has none of them.
 */
export function linksIn(json: Uint8Array): string | undefined {
  const parsed = Linked.safeParse(JSON.parse(new TextDecoder().decode(json)))
  if (!parsed.success) return undefined
  const { links, licence } = parsed.data
  return [
    link(links.web, 'canonical', 'text/html'),
    link(links.json, 'alternate', 'application/json'),
    link(links.markdown, 'alternate', 'text/markdown'),
    link(links.text, 'alternate', 'text/plain'),
    ...links.handouts.map(({ url, type }) => link(url, 'alternate', type)),
    link(links.edition, 'memento', 'application/json'),
    link(licence.url, 'license'),
  ].join(', ')
}

/** As a URL is written out it holds nothing that could end the header or the link. */
const link = (address: string, relation: string, type?: string): string =>
  `<${new URL(address).href}>; rel="${relation}"${type ? `; type="${type}"` : ''}`
