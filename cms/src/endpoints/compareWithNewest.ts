import { APIError, addDataAndFileToRequest, type Endpoint, Forbidden, type PayloadRequest } from 'payload'
import { z } from 'zod'
import { staff } from '../access/who.ts'
import { type Row, rowId } from '../publishing/document.ts'
import { type Difference, differencesOf } from '../writing/differences.ts'
import { revisionOf } from '../writing/revision.ts'
import { newestDraft, referenceIn } from './newestDraft.ts'

/** What an open form reads: which revision is the newest, whose it is, and who else has the article open to change it. */
export type RevisionAnswer = {
  revision: string
  savedBy: string | null
  savedAt: string
  /** Another person who is writing in it now. */
  editing: string | null
}

/** What stands between the words of a form and the newest draft. */
export type DifferencesAnswer = RevisionAnswer & { differences: Difference[] }

/** `GET /api/articles/<id>/revision`, for everyone on the staff. */
export const newestRevision: Endpoint = {
  path: '/:id/revision',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    return Response.json(await answerFor(req, await newest(req)), { headers: { 'Cache-Control': 'no-store' } })
  },
}

const Values = z.record(z.string(), z.unknown())
const Body = z.object({ base: Values, mine: Values })

/**
 * `POST /api/articles/<id>/differences` with `base`, the article as it was read, and `mine`, as it stands in the form:
 * who changed what, the newest draft being theirs. Changes nothing.
 */
export const differences: Endpoint = {
  path: '/:id/differences',
  method: 'post',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    await addDataAndFileToRequest(req)
    const { data } = Body.safeParse(req.data)
    if (!data)
      throw new APIError('Send `base` and `mine`: the article as it was read, and as it is now.', 400, null, true)
    const theirs = await newest(req)
    const answer: DifferencesAnswer = {
      ...(await answerFor(req, theirs)),
      differences: await differencesOf(req, { ...data, theirs }),
    }
    return Response.json(answer)
  },
}

const newest = (req: PayloadRequest): Promise<Row> => newestDraft(req, 'articles', referenceIn(req))

const answerFor = async (req: PayloadRequest, row: Row): Promise<RevisionAnswer> => ({
  revision: revisionOf(row),
  savedBy: typeof row.savedBy === 'string' ? row.savedBy : null,
  savedAt: String(row.updatedAt),
  editing: await otherEditor(req, rowId(String(row.uid), String(row.locale))),
})

/** How long a lock is believed without a sign of life; Payload's own default, milliseconds. */
const lockLasts = 300_000

/** Who else holds the lock that Payload gives to whoever starts to type. */
async function otherEditor({ payload, user }: PayloadRequest, id: string): Promise<string | null> {
  const since = new Date(Date.now() - lockLasts).toISOString()
  const { docs } = await payload.find({
    collection: 'payload-locked-documents',
    where: {
      and: [
        { 'document.relationTo': { equals: 'articles' } },
        { 'document.value': { equals: id } },
        { updatedAt: { greater_than: since } },
      ],
    },
    ...{ depth: 1, pagination: false, overrideAccess: true },
  })
  const others = docs.flatMap(({ user: { value } }) =>
    typeof value === 'object' && value.id !== user?.id ? [value] : [],
  )
  return others[0] ? (others[0].name ?? others[0].email) : null
}
