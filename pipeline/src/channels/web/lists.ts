import type { AudiencesJson, Code, GlossaryJson, LookupJson, TopicsJson } from 'content-schemas'
import { hashOf, sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext, Row } from '../channel.ts'
import { isPublishedArticle, listingOf, recordsIn } from './listing.ts'

/** A list that is JSON; its bytes depend on nothing but `shown` and the address of the site. */
const list = <T>({ site }: ListContext, path: string, shown: T, value: (shown: T) => object): List => ({
  path,
  key: sha256(JSON.stringify([site.url, shown])),
  render: () => ({ path, type: 'application/json; charset=utf-8', body: JSON.stringify(value(shown)) }),
})

/** Topics, audiences and the glossary of a language. */
export function vocabularies(context: ListContext): List[] {
  const { locale, site } = context
  const rows = context.groups(publishedTogether).get('published')?.rows ?? []
  const { compare } = new Intl.Collator(locale)
  const by =
    <T extends { uid: string }>(name: (record: T) => string) =>
    (a: T, b: T) =>
      compare(name(a), name(b)) || (a.uid < b.uid ? -1 : 1)
  const topics = recordsIn(rows, (listing) => listing.topics).map(({ record, articles }) => ({ ...record, articles }))
  const audiences = recordsIn(rows, (listing) => listing.audiences).map(({ record, articles }) => ({
    ...record,
    articles,
  }))
  const terms = recordsIn(rows, (listing) => listing.glossary).map(({ record }) => record)
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

const publishedTogether = (row: Row): string[] => (isPublishedArticle(row) ? ['published'] : [])

/** Codes that can stand in an address as they are, which is what the three systems have. */
const plainCode = /^[A-Za-z0-9][A-Za-z0-9.-]*$/

/** A file for each code of a topic with published articles, in any language. */
export function lookups(context: ListContext): List[] {
  const byCode = new Map<string, Code & { rows: Row[] }>()
  for (const row of context.rows.filter(isPublishedArticle))
    for (const { system, code } of codesOf(row)) {
      const path = paths.lookup(system, code)
      const known = byCode.get(path)
      if (known) known.rows.push(row)
      else byCode.set(path, { system, code, rows: [row] })
    }
  return [...byCode].map(([path, { system, code, rows }]) => ({
    path,
    key: sha256(JSON.stringify([context.site.url, ...rows.map(hashOf).sort()])),
    render: () => ({
      path,
      type: 'application/json; charset=utf-8',
      body: JSON.stringify(lookupOf(context, { system, code }, rows)),
    }),
  }))
}

function lookupOf({ site }: ListContext, { system, code }: Code, rows: Row[]): LookupJson {
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

/** The codes of a row's topics, each once: two topics may share one. */
function codesOf(row: Row): Code[] {
  const codes = listingOf(row).topics.flatMap((topic) => topic.codes)
  const unique = new Map(codes.map((each) => [`${each.system} ${each.code}`, each]))
  return [...unique.values()].filter(({ code }) => plainCode.test(code))
}

const byLanguageNewestFirst = (a: Row, b: Row): number => {
  if (a.locale !== b.locale) return a.locale < b.locale ? -1 : 1
  if (a.firstPublishedAt !== b.firstPublishedAt) return a.firstPublishedAt > b.firstPublishedAt ? -1 : 1
  return a.uid < b.uid ? -1 : 1
}
