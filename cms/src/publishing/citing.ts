import type { Locale } from 'content-schemas'
import type { PayloadRequest, Where } from 'payload'
import { sourceKey } from 'pipeline/checks/retired-sources.ts'
import { aside } from './records.ts'

/** An article that cites a source: what is published, its newest draft, or both. */
export type Citing = { id: string; title: string; locale: Locale; isPublished: boolean; isInDraft: boolean }

/** The articles that cite a page, by title, however they write its address. */
export async function citing(req: PayloadRequest, url: string): Promise<Citing[]> {
  const [published, drafts] = [await rowsCiting(req, url, false), await rowsCiting(req, url, true)]
  const found = new Map<string, Citing>()
  for (const [rows, part] of [
    [published, 'isPublished'],
    [drafts, 'isInDraft'],
  ] as const)
    for (const { id, title, locale } of rows)
      found.set(id, { ...(found.get(id) ?? { id, title, locale, isPublished: false, isInDraft: false }), [part]: true })
  return [...found.values()].sort((a, b) => a.title.localeCompare(b.title))
}

async function rowsCiting(req: PayloadRequest, url: string, draft: boolean) {
  const key = sourceKey(url)
  // The part that every way to write it has; the rest is compared here.
  const cites: Where = { 'sources.url': { contains: key.replace(/^[^/]*/, '') || key } }
  const { docs } = await req.payload.find({
    collection: 'articles',
    where: draft ? cites : { and: [cites, { _status: { equals: 'published' } }] },
    ...{ draft, pagination: false, depth: 0, overrideAccess: true, req: aside(req) },
  })
  return docs.filter(({ sources }) => sources?.some((source) => sourceKey(source.url) === key))
}
