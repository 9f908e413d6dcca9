import {
  type AudiencesJson,
  type Code,
  type GlossaryJson,
  type LookupJson,
  locales,
  type TopicsJson,
} from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { Group, List, ListContext, Row } from '../channel.ts'
import { audiencesIn, isPublishedArticle, listingOf, publishedArticles, termsIn, topicsIn } from './listing.ts'

/** A list that is JSON; its bytes depend on nothing but `shown` and the address of the site. */
const list = <T>({ site }: ListContext, path: string, shown: T, value: (shown: T) => object): List => ({
  path,
  key: sha256(JSON.stringify([site.url, shown])),
  render: () => ({ path, type: 'application/json; charset=utf-8', body: JSON.stringify(value(shown)) }),
})

/** Topics, audiences and the glossary of a language. */
export function vocabularies(context: ListContext): List[] {
  const { locale, site } = context
  const published = publishedArticles(context)
  const { compare } = new Intl.Collator(locale)
  const by =
    <T extends { uid: string }>(name: (record: T) => string) =>
    (a: T, b: T) =>
      compare(name(a), name(b)) || (a.uid < b.uid ? -1 : 1)
  const topics = topicsIn(published).map(({ record, articles }) => ({ ...record, articles }))
  const audiences = audiencesIn(published).map(({ record, articles }) => ({ ...record, articles }))
  const terms = termsIn(published).map(({ record }) => record)
  return [
    list(
      context,
      paths.topics(locale),
      topics.sort(by(({ name }) => name)),
      (topics): TopicsJson => ({
        version: 'v1',
        locale,
        topics: topics.map((topic) => ({
          ...topic,
          url: site.url + paths.topic(locale, topic.slug),
          feed: site.url + paths.feed(locale, 1, topic.slug),
          atom: site.url + paths.feed(locale, 1, topic.slug, 'atom'),
        })),
      }),
    ),
    list(
      context,
      paths.audiences(locale),
      audiences.sort(by(({ name }) => name)),
      (audiences): AudiencesJson => ({ version: 'v1', locale, audiences }),
    ),
    list(
      context,
      paths.glossary(locale),
      terms.sort(by(({ term }) => term)),
      (terms): GlossaryJson => ({ version: 'v1', locale, terms }),
    ),
  ]
}

/** Codes that can stand in an address as they are, which is what the three systems have. */
const plainCode = /^[A-Za-z0-9][A-Za-z0-9.-]*$/

/** A file for each code of a topic with published articles, in any language. */
export function lookups(context: ListContext): List[] {
  const byCode = new Map<string, Group[]>()
  for (const locale of locales)
    for (const [path, group] of context.groups(byCodes, locale)) byCode.set(path, [...(byCode.get(path) ?? []), group])
  return [...byCode].map(([path, groups]) => ({
    path,
    key: sha256(JSON.stringify([context.site.url, ...groups.map(({ key }) => key)])),
    render: () => ({
      path,
      type: 'application/json; charset=utf-8',
      body: JSON.stringify(
        lookupOf(
          context,
          path,
          groups.flatMap(({ rows }) => rows),
        ),
      ),
    }),
  }))
}

/** A grouping: published articles by the path of each code of their topics. */
const byCodes = (row: Row): string[] => codesOf(row).map(pathOf)
const pathOf = ({ system, code }: Code): string => paths.lookup(system, code)

function lookupOf({ site }: ListContext, path: string, rows: Row[]): LookupJson {
  const { system, code } = codesOf(rows[0]!).find((each) => pathOf(each) === path)!
  const sorted = rows.toSorted(byLanguageNewestFirst)
  const meant = sorted
    .flatMap((row) => listingOf(row).topics.map((topic) => ({ topic, locale: row.locale })))
    .filter(({ topic }) => topic.codes.some((each) => each.system === system && each.code === code))
    .map(({ topic: { uid, slug, name }, locale }) => ({ uid, locale, slug, name }))
  return {
    version: 'v1',
    system,
    code,
    topics: meant.filter(
      // The newest article of a language says what the topic is called.
      ({ uid, locale }, index) => index === meant.findIndex((each) => each.uid === uid && each.locale === locale),
    ),
    articles: sorted.map(({ uid, locale, slug, title, summary }) => ({
      uid,
      locale,
      slug,
      title,
      summary,
      url: site.url + paths.page(locale, slug),
      json: site.url + paths.article(locale, slug, 'json'),
    })),
  }
}

/** The codes of the topics of a published article, each once: two topics may share one. */
function codesOf(row: Row): Code[] {
  if (!isPublishedArticle(row)) return []
  const codes = listingOf(row).topics.flatMap((topic) => topic.codes)
  const unique = new Map(codes.map((each) => [`${each.system} ${each.code}`, each]))
  return [...unique.values()].filter(({ code }) => plainCode.test(code))
}

const byLanguageNewestFirst = (a: Row, b: Row): number => {
  if (a.locale !== b.locale) return a.locale < b.locale ? -1 : 1
  if (a.firstPublishedAt !== b.firstPublishedAt) return a.firstPublishedAt > b.firstPublishedAt ? -1 : 1
  return a.uid < b.uid ? -1 : 1
}
