import { Locale } from 'content-schemas'
import { APIError, addDataAndFileToRequest, type Endpoint, Forbidden, type TypedUser } from 'payload'
import { z } from 'zod'
import { type Actor, collectionRoles, hasRole } from '../access/roles.ts'
import { findWords, type Holder, replaceWords } from '../writing/replace.ts'

const Body = z.object({
  find: z.string().trim().min(1).max(200),
  replace: z
    .string()
    .max(200)
    .regex(/^[^\n\r]*$/),
  locale: Locale,
  wholeWords: z.boolean().optional(),
  matchCase: z.boolean().optional(),
  chosen: z
    .array(
      z.object({
        collection: z.enum(['articles', 'snippets', 'calls-to-action']),
        id: z.string().max(100),
        revision: z.string().max(100),
      }),
    )
    .optional(),
})

export type ReplaceAnswer = { holders: Holder[] }

/** `POST /api/articles/replace`: where the words stand; with `chosen`, replaces them there, in drafts. */
export const replaceInArticles: Endpoint = {
  path: '/replace',
  method: 'post',
  handler: async (req) => {
    if (!hasRole(req.user as Actor, collectionRoles.articles.update)) throw new Forbidden(req.t)
    await addDataAndFileToRequest(req)
    const { data, error } = Body.safeParse(req.data)
    if (error) throw new APIError(`Say what to find, and what to put there: ${z.prettifyError(error)}`, 400, null, true)
    const { chosen, ...wanted } = data
    const holders = chosen
      ? await replaceWords(req.payload, wanted, { chosen, user: req.user as TypedUser })
      : await findWords(req.payload, wanted)
    return Response.json({ holders } satisfies ReplaceAnswer)
  },
}
