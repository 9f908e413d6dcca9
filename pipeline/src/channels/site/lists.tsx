/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { Article, Locale, Topic } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { type Phrases, phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { Group, List, ListContext, RenderContext, RenderedFile, Row } from '../channel.ts'
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
  const topics = topicsOf(context)
  const newest = context.groups(publishedTogether).get('articles')?.slice(-newestOnHome)
  const named = topics.map(({ topic }) => topic)
  const home = pageList(paths.home(locale), context, [newest?.key, named], () => homePage(context, newest, topics))
  const isDefault = locale === locales[0]
  return [
    home,
    ...(isDefault ? [{ ...home, path: '/', render: () => ({ ...home.render(), path: '/' }) }] : []),
    ...topics.map(({ topic, group }) =>
      pageList(paths.topic(locale, topic.slug), context, [group.key, topic], () => topicPage(context, topic, group)),
    ),
    notFound(context),
    ...(isDefault
      ? [asset(assets.styles, 'text/css; charset=utf-8', styles), asset(assets.icon, 'image/svg+xml', icon)]
      : []),
  ]
}

const isPublished = ({ kind, tombstone }: Row): boolean => kind === 'article' && !tombstone
const publishedTogether = (row: Row): string[] => (isPublished(row) ? ['articles'] : [])
const publishedByTopic = (row: Row): string[] => (isPublished(row) ? listingOf(row).topics.map(({ uid }) => uid) : [])

type TopicGroup = { topic: Topic; group: Group }
/** Topics by name, with their articles. */
function topicsOf(context: ListContext): TopicGroup[] {
  const { compare } = new Intl.Collator(context.locale)
  return [...context.groups(publishedByTopic)]
    .map(([uid, group]) => ({ topic: newestTopic(uid, group), group }))
    .sort((a, b) => compare(a.topic.name, b.topic.name))
}

/** A record stands in many editions; the one published last says what it is called today. */
function newestTopic(uid: string, { rows }: Group): Topic {
  let newest = rows[0]!
  for (const row of rows) if (row.publishedAt > newest.publishedAt) newest = row
  return listingOf(newest).topics.find((topic) => topic.uid === uid)!
}

function pageList(path: string, { site, locales }: ListContext, shown: unknown[], html: () => string): List {
  return {
    path,
    key: sha256(JSON.stringify([site, locales, ...shown])),
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

function homePage({ site, locale, locales }: ListContext, newest: Group | undefined, topics: TopicGroup[]): string {
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
          {articleList(newest?.rows.toReversed() ?? [], phrases)}
        </section>
      </>
    ),
  }
  return renderPage(page, { site, isSample: site.sample })
}

function topicPage({ site, locale }: ListContext, topic: Topic, { rows }: Group): string {
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
          {articleList(rows.toReversed(), phrases)}
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
