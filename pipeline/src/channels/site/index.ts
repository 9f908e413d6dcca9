import type { Article } from 'content-schemas'
import type { Published } from '../../source.ts'
import type { ResolvedRoot } from '../../tree.ts'
import { idOf, paths } from '../addresses.ts'
import type { Channel, Output, RenderContext, RenderedFile } from '../channel.ts'
import { articlePage } from './article.tsx'
import { siteListing, siteLists } from './lists.tsx'
import { stampPage } from './stamp.tsx'
import { tombstonePage } from './tombstone.tsx'

/**
 * What people read: a page an article, a page a stamp that was ever printed, the way from a stable id and from every
 * former address, and the pages that list them. Static, and whole without script; the embed for other sites.
 */
export const site: Channel = {
  name: 'site',
  outputs,
  render: async (tree, context, output) => rendererOf(output)(tree, context, output),
  listing: (_, context) => {
    const { document } = context.edition
    return document?.kind === 'article' ? siteListing(context, document) : {}
  },
  lists: siteLists,
}

const once = { pass: 1, tree: false } as const

function outputs({ live, history }: Published): Output[] {
  const { uid, locale } = live
  return [
    ...(live.kind === 'article' ? articleOutputs({ live, history }) : []),
    { ...once, name: 'id', path: idOf('', uid, locale) },
    ...history.map(({ stamp }) => ({ ...once, name: 'stamp', path: paths.stamp(stamp) })),
  ]
}

function articleOutputs({ live, history }: Published): Output[] {
  const { locale, slug } = live
  const own = live.document ? { ...once, name: 'page', tree: true } : { ...once, name: 'tombstone' }
  const former = new Set(history.map((edition) => edition.slug))
  former.delete(slug)
  return [
    { ...own, path: paths.page(locale, slug) },
    ...[...former].map((each) => ({ ...once, name: 'moved', path: paths.page(locale, each) })),
  ]
}

type Render = (tree: ResolvedRoot, context: RenderContext, output: Output) => RenderedFile
const renderers: Record<string, Render> = {
  page: (tree, context, { path }) => html(path, articlePage(tree, context, articleOf(context))),
  stamp: (_, context, { path }) => html(path, stampPage(context, copyAt(context, path))),
  id: (_, context, { path }) => redirect(path, context, pageOf(context)),
  moved: (_, context, { path }) => redirect(path, context, pageOf(context)),
  tombstone: (_, context, { path }) => {
    const { act, locale, tombstone } = context.edition
    if (act === 'redirect' && tombstone?.to) return redirect(path, context, paths.page(locale, tombstone.to))
    return { ...html(path, tombstonePage(context)), status: 410 }
  },
}

function rendererOf({ name }: Output): Render {
  const renderer = renderers[name]
  if (renderer) return renderer
  throw new Error(`The site channel has no output "${name}". Its outputs are ${Object.keys(renderers).join(', ')}.`)
}

const pageOf = ({ edition: { kind, locale, slug } }: RenderContext): string =>
  kind === 'article' ? paths.page(locale, slug) : paths.issue(locale, slug)

function copyAt({ history }: RenderContext, path: string) {
  const copy = history.find(({ stamp }) => paths.stamp(stamp) === path)
  if (copy) return copy
  throw new Error(`No edition has the stamp page ${path}. Stamp pages are made for the editions in the history.`)
}

function articleOf({ edition }: RenderContext): Article {
  if (edition.document?.kind === 'article') return edition.document
  throw new Error(`Edition ${edition.stamp} holds no article. Only outputs of articles are rendered with one.`)
}

const html = (path: string, body: string): RenderedFile => ({ path, type: 'text/html; charset=utf-8', body })
const redirect = (path: string, { site }: RenderContext, to: string): RenderedFile => ({
  path,
  type: 'text/plain; charset=utf-8',
  body: site.url + to,
  status: 301,
  location: site.url + to,
})
