/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { Article, Locale, ShownResource, Topic } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { type Phrases, phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import {
  type Group,
  type List,
  type ListContext,
  perPage,
  type RenderContext,
  type RenderedFile,
  type Row,
} from '../channel.ts'
import { developerPages } from './developers.tsx'
import { feedbackPages } from './feedback.tsx'
import { type Found, finderPage } from './finder.tsx'
import { assets, breadcrumb, type Content, type Page, renderPage, time, waysOn, words } from './frame.tsx'
import { scripts } from './scripts.generated.ts'
import { icon, styles } from './styles.ts'

/** What lists show of an article beyond its row. */
type Listing = { topics: Topic[]; audiences: string[]; lastReviewed: string | null; resources: ShownResource[] }

export const siteListing = ({ records }: RenderContext, { topics, audiences, review }: Article): Listing => ({
  topics: topics.flatMap((uid) => records.topics[uid] ?? []),
  audiences: audiences.flatMap((uid) => records.audiences[uid]?.name ?? []),
  lastReviewed: review.lastReviewed,
  resources: Object.values(records.resources).filter(({ trust }) => trust !== 'closed'),
})

const listingOf = (row: Row): Listing =>
  (row.listing.site as Listing | undefined) ?? { topics: [], audiences: [], lastReviewed: null, resources: [] }

/** Articles on a home page; topics lead to all of them. */
const newestOnHome = 30

/** Home, topics, resource finder and the page for what is not found, in one language; with the default language also `/` and the assets. */
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
    finder(context, named),
    notFound(context),
    ...feedbackPages(context),
    ...(isDefault
      ? [
          ...developerPages(context),
          asset(assets.styles, 'text/css; charset=utf-8', styles),
          asset(assets.icon, 'image/svg+xml', icon),
          asset(assets.exit, javascript, scripts.exit),
          asset(assets.finder, javascript, scripts.finder),
          asset(assets.search, javascript, scripts.search),
          asset(paths.embed, javascript, scripts.embed),
          asset(paths.client, javascript, scripts.client),
        ]
      : []),
  ]
}

const javascript = 'text/javascript; charset=utf-8'

const isPublished = ({ kind, tombstone }: Row): boolean => kind === 'article' && !tombstone
const publishedTogether = (row: Row): string[] => (isPublished(row) ? ['articles'] : [])
const publishedByTopic = (row: Row): string[] => (isPublished(row) ? listingOf(row).topics.map(({ uid }) => uid) : [])
const publishedByResource = (row: Row): string[] =>
  isPublished(row) ? listingOf(row).resources.map(({ uid }) => uid) : []

type TopicGroup = { topic: Topic; group: Group }
/** Topics by name, with their articles. */
function topicsOf(context: ListContext): TopicGroup[] {
  const { compare } = new Intl.Collator(context.locale)
  return [...context.groups(publishedByTopic)]
    .map(([uid, group]) => ({ topic: newestTopic(uid, group), group }))
    .sort((a, b) => compare(a.topic.name, b.topic.name))
}

/** A record stands in many editions; the one published last says what it is called today. */
const newestTopic = (uid: string, group: Group): Topic =>
  listingOf(newestOf(group)).topics.find((topic) => topic.uid === uid)!

function newestAmong(rows: readonly Row[]): Row {
  let newest = rows[0]!
  for (const row of rows) if (row.publishedAt > newest.publishedAt) newest = row
  return newest
}
const newestPerPage = perPage(newestAmong)
const newestOf = (group: Group): Row => newestAmong(newestPerPage(group))

/** Resources whom to call first, then by name. */
function resourcesOf(context: ListContext): Found[] {
  const { compare } = new Intl.Collator(context.locale)
  return [...context.groups(publishedByResource)]
    .map(([uid, group]) => foundIn(uid, group))
    .sort((a, b) => rankOf(a) - rankOf(b) || compare(a.resource.name, b.resource.name))
}

const kindOrder: ShownResource['kind'][] = ['helpline', 'service', 'support-group', 'website', 'publication']
const rankOf = ({ resource }: Found): number => kindOrder.indexOf(resource.kind)

// A group is the same object until one of its rows changes: what was found in it is kept as long.
const foundInGroups = new WeakMap<Group, Found>()
/** A resource as the article published last shows it, with the topics of all that show it. */
function foundIn(uid: string, group: Group): Found {
  const known = foundInGroups.get(group)
  if (known) return known
  const topics = new Set(topicNames(group).flat())
  const resource = listingOf(newestOf(group)).resources.find((each) => each.uid === uid)!
  const found = { resource, topics: [...topics].sort() }
  foundInGroups.set(group, found)
  return found
}

const topicNames = perPage((rows) => [...new Set(rows.flatMap((row) => listingOf(row).topics.map(({ name }) => name)))])

function finder(context: ListContext, topics: readonly Topic[]): List {
  const { locale, locales, site } = context
  const path = paths.finder(locale)
  const found = resourcesOf(context)
  const isSensitive = topics.some(({ sensitive }) => sensitive)
  const alternates = locales
    .filter((other) => other !== locale)
    .map((other) => ({ locale: other, path: paths.finder(other) }))
  return {
    path,
    key: sha256(JSON.stringify([site, locales, found, isSensitive])),
    render: () => ({
      path,
      type: 'text/html; charset=utf-8',
      body: finderPage(context, found, { alternates, isSensitive }),
    }),
  }
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
    scripts: [assets.search],
    main: (
      <>
        <h1>{site.name}</h1>
        <p class="summary">{phrases.publishedBy(site.publisher)}</p>
        {searchForm(locale, phrases)}
        <p class="to-finder">
          <a href={paths.finder(locale)}>{phrases.findHelp}</a>
          <span>{phrases.findHelpText}</span>
        </p>
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

/** The search, shown by its script: what it needs is in its attributes. */
const searchForm = (locale: Locale, phrases: Phrases): Content => (
  <search>
    <form
      class="search"
      hidden
      autocomplete="off"
      data-index={paths.search(locale)}
      data-pages={paths.page(locale, '')}
      data-finder={paths.finder(locale, '')}
      data-help={phrases.searchFoundHelp('{count}')}
      data-found={phrases.searchFound('{count}')}
      data-none={phrases.searchNone}
      data-failed={phrases.searchFailed}
    >
      <label for="search-words">{phrases.searchLabel}</label>
      <span class="search-line">
        <input id="search-words" type="search" spellcheck="false" />
        <button type="submit">{phrases.search}</button>
      </span>
      <span class="hint">{phrases.nothingIsSent}</span>
    </form>
    <p class="search-status" role="status" />
    <ol class="search-results article-list" role="list" />
  </search>
)

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
        {waysOn(locale, phrases)}
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
