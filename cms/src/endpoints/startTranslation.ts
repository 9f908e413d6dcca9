import { Locale } from 'content-schemas'
import { APIError, type Endpoint, type PayloadRequest } from 'payload'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { rowId } from '../fields/identity.ts'
import type { Article } from '../payload-types.ts'

/**
 * `POST /api/articles/<id>/in/<locale>`: a draft of the article in another language, under the same uid, with the text
 * that is to be translated. What was signed off is not carried over: a translation has a review of its own.
 */
export const startTranslation: Endpoint = {
  path: '/:id/in/:locale',
  method: 'post',
  handler: async (req) => {
    const locale = Locale.safeParse(req.routeParams?.locale).data
    if (!locale) throw new APIError('There is no such language here.', 404)
    const access = { req, overrideAccess: false, draft: true, depth: 0 } as const
    const source = await req.payload.findByID({ collection: 'articles', id: String(req.routeParams?.id), ...access })
    const translation = await req.payload.create({
      collection: 'articles',
      data: await inLanguage(source, locale, req),
      ...access,
    })
    return Response.json({ id: translation.id }, { status: 201 })
  },
}

async function inLanguage(source: Article, locale: Locale, req: PayloadRequest) {
  const { id: _, slug: __, review: ___, importNotes: ____, _status: _____, createdAt, updatedAt, ...shared } = source
  return {
    ...shared,
    locale,
    // A translation of a translation is one of its source.
    translatedFrom: source.translatedFrom ?? source.locale,
    // Links to other articles lead to the same article in this language.
    body: toLexical(fromLexical(source.body).tree, locale) as unknown as Article['body'],
    related: await translated(source.related ?? [], locale, req),
    sources: source.sources?.map(({ id: _, ...row }) => row),
  }
}

/** The related articles that exist in the language. */
async function translated(related: NonNullable<Article['related']>, locale: Locale, req: PayloadRequest) {
  const ids = related.map((article) =>
    rowId(String(typeof article === 'string' ? article : article.id).split('.')[0]!, locale),
  )
  if (ids.length === 0) return []
  const { docs } = await req.payload.find({
    collection: 'articles',
    where: { id: { in: ids } },
    pagination: false,
    depth: 0,
    select: {},
    req,
  })
  return ids.filter((id) => docs.some((doc) => doc.id === id))
}
