/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { Article, Locale, Topic } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { type Phrases, phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext, RenderContext, RenderedFile, Row } from '../channel.ts'
import { developerPages } from './developers.tsx'
import { assets, breadcrumb, type Content, type Page, renderPage, time, words } from './frame.tsx'
import { icon, styles } from './styles.ts'

/** What lists show of an article beyond its row. */
type Listing = { topics: Topic[]; audiences: string[]; lastReviewed: string | null }

export const siteListing = ({ records }: RenderContext, { topics, audiences, review }: Article): Listing => ({
  topics: topics.flatMap((uid) => records.topics[uid] ?? []),
  audiences: audiences.flatMap((uid) => records.audiences[uid]?.name ?? []),
  lastReviewed: review.lastReviewed,
})

const listingOf = (row: Row): Listing =>
  (row.listing.site as Listing | undefined) ?? { topics: [], audiences: [], lastReviewed: null }

/** Articles on a home page; topics lead to all of them. */
const newestOnHome = 30

/** Home, topics and the page for what is not found, in one language; with the default language also `/` and the assets. */
export function siteLists(context: ListContext): List[] {
  const { locale, locales } = context
  const rows = context.rows
    .filter((row) => row.kind === 'article' && row.locale === locale && !row.tombstone)
    .sort(newestFirst)
  const topics = topicsOf(rows, locale)
  const home = pageList(paths.home(locale), context, rows, () => homePage(context, rows, topics))
  const isDefault = locale === locales[0]
  return [
    home,
    ...(isDefault ? [{ ...home, path: '/', render: () => ({ ...home.render(), path: '/' }) }] : []),
    ...topics.map(({ topic, rows }) =>
      pageList(paths.topic(locale, topic.slug), context, rows, () => topicPage(context, topic, rows)),
    ),
    notFound(context),
    ...(isDefault
      ? [
          ...developerPages(context),
          asset(assets.styles, 'text/css; charset=utf-8', styles),
          asset(assets.icon, 'image/svg+xml', icon),
        ]
      : []),
  ]
}

const newestFirst = (a: Row, b: Row): number =>
  a.firstPublishedAt === b.firstPublishedAt
    ? a.uid < b.uid
      ? -1
      : 1
    : a.firstPublishedAt > b.firstPublishedAt
      ? -1
      : 1

type TopicRows = { topic: Topic; rows: Row[] }
/** Topics by name. A record stands in many editions; the one published last says what it is called today. */
function topicsOf(rows: readonly Row[], locale: Locale): TopicRows[] {
  const byUid = new Map<string, TopicRows & { publishedAt: string }>()
  for (const row of rows)
    for (const topic of listingOf(row).topics) {
      const known = byUid.get(topic.uid)
      if (!known) byUid.set(topic.uid, { topic, rows: [row], publishedAt: row.publishedAt })
      else {
        known.rows.push(row)
        if (row.publishedAt > known.publishedAt) Object.assign(known, { topic, publishedAt: row.publishedAt })
      }
    }
  const { compare } = new Intl.Collator(locale)
  return [...byUid.values()].sort((a, b) => compare(a.topic.name, b.topic.name))
}

function pageList(path: string, { site, locales }: ListContext, rows: readonly Row[], html: () => string): List {
  const shown = rows.map(({ stamp, review }) => `${stamp} ${review}`)
  return {
    path,
    key: sha256(JSON.stringify([site, locales, shown])),
    render: (): RenderedFile => ({ path, type: 'text/html; charset=utf-8', body: html() }),
  }
}

const asset = (path: string, type: string, body: string): List => ({
  path,
  key: sha256(body),
  render: () => ({ path, type, body }),
})

const homesIn = (locales: readonly Locale[], but: Locale) =>
  locales.filter((locale) => locale !== but).map((locale) => ({ locale, path: paths.home(locale) }))

function homePage({ site, locale, locales }: ListContext, rows: Row[], topics: TopicRows[]): string {
  const phrases = phrasesOf(locale)
  const page: Page = {
    locale,
    title: site.name,
    description: phrases.publishedBy(site.publisher),
    path: paths.home(locale),
    alternates: homesIn(locales, locale),
    isIndexed: true,
    main: (
      <>
        <h1>{site.name}</h1>
        <p class="summary">{phrases.publishedBy(site.publisher)}</p>
        {topics.length > 0 ? (
          <section class="topics">
            <h2>{phrases.topics}</h2>
            <ul role="list">
              {topics.map(({ topic }) => (
                <li>
                  <a href={paths.topic(locale, topic.slug)}>{words(topic.name, locale)}</a>
                  {topic.description ? <p>{words(topic.description, locale)}</p> : null}
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section class="articles">
          <h2>{phrases.latestArticles}</h2>
          {articleList(rows.slice(0, newestOnHome), phrases)}
        </section>
      </>
    ),
  }
  return renderPage(page, { site, isSample: site.sample })
}

function topicPage({ site, locale }: ListContext, topic: Topic, rows: Row[]): string {
  const phrases = phrasesOf(locale)
  const page: Page = {
    locale,
    title: topic.name,
    description: topic.description ?? phrases.articlesAbout(topic.name),
    path: paths.topic(locale, topic.slug),
    isIndexed: true,
    isSensitive: topic.sensitive,
    main: (
      <>
        {breadcrumb([{ title: phrases.home, path: paths.home(locale) }], phrases)}
        <h1>{words(topic.name, locale)}</h1>
        {topic.description ? <p class="summary">{words(topic.description, locale)}</p> : null}
        <section class="articles">
          <h2>{phrases.allArticles}</h2>
          {articleList(rows, phrases)}
        </section>
      </>
    ),
  }
  return renderPage(page, { site, isSample: site.sample })
}

const articleList = (rows: readonly Row[], phrases: Phrases): Content =>
  rows.length === 0 ? (
    <p>{phrases.noArticlesYet}</p>
  ) : (
    <ul class="article-list" role="list">
      {rows.map((row) => articleCard(row, phrases))}
    </ul>
  )

function articleCard(row: Row, phrases: Phrases): Content {
  const { locale, slug, title, summary } = row
  const { audiences, lastReviewed } = listingOf(row)
  return (
    <li>
      <h3>
        <a href={paths.page(locale, slug)}>{words(title, locale)}</a>
      </h3>
      <p>{words(summary, locale)}</p>
      <p class="card-facts">
        {audiences.map((name) => (
          <span>{name}</span>
        ))}
        {lastReviewed ? (
          <span>
            {phrases.lastReviewed} {time(lastReviewed, locale)}
          </span>
        ) : null}
      </p>
    </li>
  )
}

/** Served for every path without a page, unknown stamps among them. */
function notFound({ site, locale, locales }: ListContext): List {
  const path = paths.notFound(locale)
  const phrases = phrasesOf(locale)
  const page: Page = {
    locale,
    title: phrases.notFound,
    alternates: homesIn(locales, locale),
    isIndexed: false,
    main: (
      <>
        <h1>{phrases.notFound}</h1>
        <p>{phrases.notFoundText}</p>
        <p>
          <a href={paths.home(locale)}>{phrases.backToHome}</a>
        </p>
      </>
    ),
  }
  return {
    path,
    key: sha256(JSON.stringify([site, locales])),
    render: () => ({
      path,
      type: 'text/html; charset=utf-8',
      status: 404,
      body: renderPage(page, { site, isSample: site.sample }),
    }),
  }
}
