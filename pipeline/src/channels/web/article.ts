import {
  type Article,
  type ArticleJson,
  type blocks,
  directionOf,
  type Media,
  type ShownMedia,
  type ShownResource,
} from 'content-schemas'
import { toSafeHtml } from '../../html/index.ts'
import { phrasesOf } from '../../phrases/index.ts'
import { readabilityOf } from '../../reading/readability.ts'
import { medicalWebPage } from '../../schema-org.ts'
import { strikeText, struckBlock } from '../../transformers/strike.ts'
import type { ResolvedNode, ResolvedRoot } from '../../tree.ts'
import { handoutFormats, idOf, paths } from '../addresses.ts'
import type { RenderContext, Row } from '../channel.ts'
import { stylesheetObject } from './stylesheet.ts'
import { toText } from './text.ts'

/** The article as consumers read it. Throws on a node type that HTML or text has no handler for. */
export function articleJson(tree: ResolvedRoot, context: RenderContext, article: Article): ArticleJson {
  const { edition, records, site, review, notice } = context
  const { uid, locale, slug } = article
  const all = <T>(of: Record<string, T>, uids: readonly string[]): T[] => uids.flatMap((each) => of[each] ?? [])
  const shown = shownIn(tree)
  const links = linksOf(context, article)
  const licence = licenceOf(context, article)
  const hero = article.hero ? records.media[article.hero] : undefined
  const { reviewer, lastReviewed, nextReview } = article.review
  return {
    version: 'v1',
    id: idOf(site.url, uid, locale),
    uid,
    locale,
    direction: directionOf(locale),
    slug,
    sample: edition.sample || site.sample,
    title: article.title,
    summary: article.summary,
    mainMessage: article.mainMessage,
    notice,
    removeBy: null,
    edition: {
      number: edition.number,
      stamp: edition.stamp,
      contentHash: edition.contentHash ?? '',
      firstPublishedAt: context.history[context.history.length - 1]?.at ?? edition.at,
      publishedAt: edition.at,
      changeNote: edition.changeNote,
    },
    audiences: all(records.audiences, article.audiences),
    topics: all(records.topics, article.topics).map(({ mustMention: _, ...topic }) => topic),
    hero: hero ? withUrls(hero, context) : null,
    outline: context.outline,
    blocks: { type: 'root', children: tree.children.map((node) => authored(node) as blocks.Flow) },
    html: toSafeHtml(tree, { locale, objects: site.url + paths.object(''), citations: 'source', terms: 'title' }),
    text: toText(tree, locale),
    resources: [...shown.resources.values()],
    glossary: [...shown.glossary.values()],
    media: [...shown.media.values()].map((media) => withUrls(media, context)),
    callsToAction: [...shown.callsToAction.values()],
    callToAction: shown.callsToAction.get(article.callToAction ?? '') ?? null,
    related: article.related.flatMap((each) => reference(context.row(each, locale), site.url) ?? []),
    authors: all(records.people, article.authors),
    review: {
      reviewedBy: (reviewer && records.people[reviewer]) || null,
      lastReviewed,
      nextReview,
      state: review,
    },
    sources: article.sources,
    readability: edition.readability ?? readabilityOf(article, records),
    waivers: edition.waivers,
    ...strikesOf(tree, context),
    licence,
    attribution: phrasesOf(locale).attribution(article.title, site.publisher, licence.name),
    publisher: site.publisher,
    funding: article.funding || (site.funding ?? ''),
    conflicts: article.conflicts,
    emergency: site.emergency,
    translations: context.translations().map(({ locale, slug, title }) => ({
      locale,
      slug,
      title,
      url: site.url + paths.page(locale, slug),
      json: site.url + paths.article(locale, slug, 'json'),
    })),
    links,
    jsonld: medicalWebPage(tree, context, article),
  }
}

function linksOf({ edition, site }: RenderContext, { locale, slug }: Article): ArticleJson['links'] {
  const to = (path: string) => site.url + path
  return {
    web: to(paths.page(locale, slug)),
    json: to(paths.article(locale, slug, 'json')),
    text: to(paths.article(locale, slug, 'txt')),
    markdown: to(paths.article(locale, slug, 'md')),
    email: to(paths.email(locale, slug, 'html')),
    handouts: handoutFormats.map((format) => ({
      format,
      url: to(paths.handout(locale, slug, format)),
      type: 'application/pdf',
    })),
    edition: to(paths.edition(edition.stamp)),
    stamp: to(paths.stamp(edition.stamp)),
    stylesheet: to(stylesheetObject),
  }
}

/** What was withdrawn, and what readers are told in its place. */
function strikesOf(tree: ResolvedRoot, { edition }: RenderContext): Pick<ArticleJson, 'strikes'> {
  if (!edition.strikes?.length) return {}
  const isThere = (id: string): boolean => holdsBlock(tree, id)
  return {
    strikes: edition.strikes.map((strike) => ({
      ...strike,
      block: isThere(struckBlock(strike)) ? struckBlock(strike) : null,
      text: strikeText(edition.locale, strike),
    })),
  }
}

const holdsBlock = (node: ResolvedNode, id: string): boolean =>
  ('id' in node && node.id === id) || ('children' in node && node.children.some((child) => holdsBlock(child, id)))

/** The licence of the site, or that of the article, whose text may name its address. */
function licenceOf({ site }: RenderContext, { licence }: Article): ArticleJson['licence'] {
  if (!licence) return site.licence
  return { name: licence, url: /https?:\/\/[^\s"<>\\^`{|}]+/.exec(licence)?.[0] ?? site.licence.url }
}

function reference(row: Row | undefined, siteUrl: string): ArticleJson['related'][number] | undefined {
  if (row?.kind !== 'article') return undefined
  const { uid, slug, title, summary, locale } = row
  const url = siteUrl + paths.page(locale, slug)
  return { uid, slug, title, summary, url, json: siteUrl + paths.article(locale, slug, 'json') }
}

const withUrls = (media: Media, { site }: RenderContext): ShownMedia => ({
  ...media,
  urls: Object.fromEntries(media.renditions.map(({ sha256 }) => [sha256, site.url + paths.object(sha256)])),
})

type Shown = {
  resources: Map<string, ShownResource>
  glossary: Map<string, ArticleJson['glossary'][number]>
  media: Map<string, Media>
  callsToAction: Map<string, ArticleJson['callsToAction'][number]>
}

/** The records a tree shows, each once, in reading order. */
function shownIn(tree: ResolvedRoot): Shown {
  const shown: Shown = { resources: new Map(), glossary: new Map(), media: new Map(), callsToAction: new Map() }
  collect(tree, shown)
  return shown
}

function collect(node: ResolvedNode, shown: Shown): void {
  switch (node.type) {
    case 'resources':
    case 'urgent-help':
      for (const resource of node.data.resources) shown.resources.set(resource.uid, resource)
      break
    case 'call-to-action':
      shown.callsToAction.set(node.data.record.uid, node.data.record)
      if (node.data.resource) shown.resources.set(node.data.resource.uid, node.data.resource)
      break
    case 'term':
      shown.glossary.set(node.data.definition.uid, node.data.definition)
      break
    case 'figure':
      shown.media.set(node.data.media.uid, node.data.media)
      break
  }
  if ('children' in node) for (const child of node.children) collect(child, shown)
}

/** A resolved node in the form of the contract again: references by uid, closed resources left out. */
function authored(node: ResolvedNode): object {
  const { data: _, ...plain } = node as ResolvedNode & { data?: unknown }
  if (node.type === 'resources' || node.type === 'urgent-help')
    Object.assign(plain, { resources: node.data.resources.map((resource) => resource.uid) })
  return 'children' in node ? { ...plain, children: node.children.map(authored) } : plain
}
