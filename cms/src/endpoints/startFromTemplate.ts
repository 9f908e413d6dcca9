import { Locale } from 'content-schemas'
import { APIError, addDataAndFileToRequest, type Endpoint } from 'payload'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { bodyToMarkdown } from 'pipeline/body/markdown.ts'
import { z } from 'zod'
import { signedIn } from '../access/acting.ts'
import { templateRow } from '../writing/templates.ts'

const Body = z.object({
  template: z.string().max(100),
  locale: Locale,
  /** An empty article that is to be filled; without one, a new one is made. */
  article: z.string().max(100).optional(),
})

/** `POST /api/articles/from-template`: a draft that starts from a template. Answers its id. */
export const startFromTemplate: Endpoint = {
  path: '/from-template',
  method: 'post',
  handler: async (req) => {
    signedIn(req)
    await addDataAndFileToRequest(req)
    const { data: asked, error } = Body.safeParse(req.data)
    if (error) throw new APIError(`Which template, in which language? ${z.prettifyError(error)}`, 400, null, true)
    const row = await templateRow(asked.locale, asked.template)
    if (!row) throw new APIError('There is no such template in this language.', 404, null, true)
    const access = { req, overrideAccess: false, draft: true, depth: 0 } as const
    if (asked.article === undefined) {
      const data = { ...row, locale: asked.locale } as never
      const { id } = await req.payload.create({ collection: 'articles', data, ...access })
      return Response.json({ id }, { status: 201 })
    }
    const found = await req.payload.findByID({ collection: 'articles', id: asked.article, ...access })
    if (found.locale !== asked.locale || found.title || bodyToMarkdown(fromLexical(found.body).tree))
      throw new APIError('This article is not empty: a template would replace what is in it.', 409, null, true)
    await req.payload.update({ collection: 'articles', id: asked.article, data: row as never, ...access })
    return Response.json({ id: asked.article })
  },
}
