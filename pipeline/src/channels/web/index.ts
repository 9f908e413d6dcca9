import type { Article } from 'content-schemas'
import { toMarkdown } from '../../body/markdown.ts'
import type { Published } from '../../source.ts'
import type { ResolvedRoot } from '../../tree.ts'
import { paths } from '../addresses.ts'
import type { Channel, List, ListContext, Output, RenderContext, RenderedFile } from '../channel.ts'
import { articleJson } from './article.ts'
import { articleText } from './article-text.ts'
import { directory } from './directory.ts'
import { feeds } from './feed.ts'
import { listingIn } from './listing.ts'
import { lookups, vocabularies } from './lists.ts'
import { openApiFile, schemaFiles } from './schemas.ts'
import { searchIndex } from './search.ts'
import { sitemap } from './sitemap.ts'
import { articleStylesheet } from './stylesheet.ts'
import { tombstoneJson } from './tombstone.ts'

/**
 * What programs read: an article as JSON, plain text and Markdown, its frozen edition, feeds, resources as HSDS,
 * vocabularies, look-up by code, a search index, and the schemas of it all. Former addresses lead to the present one; those of a tombstone say what happened.
 */
export const web: Channel = {
  name: 'web',
  outputs: (published) => [...articleOutputs(published), ...editionOutputs(published)],
  render: async (tree, context, output) => renderers[nameOf(output)](tree, context, output),
  listing: (tree, context) => {
    const { document } = context.edition
    return document?.kind === 'article' ? listingIn(tree, context, document) : {}
  },
  lists: (context) => [
    ...feeds(context),
    ...directory(context),
    ...vocabularies(context),
    searchIndex(context),
    ...(context.locale === context.locales[0] ? listsOfAll(context) : []),
  ],
}

/** What there is once, whatever the language. */
const listsOfAll = (context: ListContext): List[] => [
  ...lookups(context),
  ...sitemap(context),
  ...schemaFiles(),
  openApiFile(context.site.url),
  ...articleStylesheet,
]

const extensions = ['json', 'txt', 'md'] as const
const once = { pass: 1, tree: false } as const

function articleOutputs({ live, history }: Published): Output[] {
  if (live.kind !== 'article') return []
  const { locale } = live
  const isTombstone = live.document === null
  const former = new Set(history.map(({ slug }) => slug))
  former.delete(live.slug)
  return [
    ...extensions.map((extension) => ({
      ...once,
      name: isTombstone ? 'tombstone' : extension,
      path: paths.article(locale, live.slug, extension),
      tree: !isTombstone && extension !== 'md',
    })),
    ...[...former].flatMap((slug) =>
      extensions.map((extension) => ({ ...once, name: 'moved', path: paths.article(locale, slug, extension) })),
    ),
  ]
}

/** The live edition; older ones stay in the release as they were, unless the document is gone with all its editions. */
function editionOutputs({ live, history }: Published): Output[] {
  const own = { ...once, name: 'edition', path: paths.edition(live.stamp) }
  if (live.act !== 'gone' && live.act !== 'purge') return [own]
  const older = history.filter(({ stamp }) => stamp !== live.stamp)
  return [own, ...older.map(({ stamp }) => ({ ...once, name: 'tombstone', path: paths.edition(stamp) }))]
}

type Render = (tree: ResolvedRoot, context: RenderContext, output: Output) => RenderedFile
const renderers = {
  json: (tree, context, { path }) => json(path, articleJson(tree, context, articleOf(context))),
  txt: (tree, context, { path }) => text(path, articleText(tree, context, articleOf(context))),
  md: (_, context, { path }) => ({
    path,
    type: 'text/markdown; charset=utf-8',
    body: toMarkdown(articleOf(context)),
  }),
  edition: (_, { edition }, { path }) => json(path, edition),
  moved: (_, { edition, site }, { path }) => {
    const location = site.url + paths.article(edition.locale, edition.slug, extensionOf(path))
    return { ...text(path, location), status: 301, location }
  },
  tombstone: (_, context, { path }) => tombstone(context, path),
} satisfies Record<string, Render>

function nameOf({ name }: Output): keyof typeof renderers {
  if (name in renderers) return name as keyof typeof renderers
  throw new Error(`The web channel has no output "${name}". Its outputs are ${Object.keys(renderers).join(', ')}.`)
}

function tombstone(context: RenderContext, path: string): RenderedFile {
  const { edition, site } = context
  const body = tombstoneJson(context)
  const file = path.endsWith('.json') ? json(path, body) : text(path, body.notice)
  if (edition.act !== 'redirect' || !edition.tombstone?.to) return { ...file, status: 410 }
  const location = site.url + paths.article(edition.locale, edition.tombstone.to, extensionOf(path))
  return { ...file, status: 301, location }
}

function articleOf({ edition }: RenderContext): Article {
  if (edition.document?.kind === 'article') return edition.document
  throw new Error(`Edition ${edition.stamp} holds no article. Only outputs of articles are rendered with one.`)
}

type Extension = (typeof extensions)[number]
const extensionOf = (path: string): Extension =>
  extensions.find((extension) => path.endsWith(`.${extension}`)) ?? 'json'
const json = (path: string, value: object): RenderedFile => ({
  path,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
})
const text = (path: string, body: string): RenderedFile => ({ path, type: 'text/plain; charset=utf-8', body })
