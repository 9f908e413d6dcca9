import { Audience, WordingRule } from 'content-schemas'
import {
  APIError,
  addDataAndFileToRequest,
  createLocalReq,
  type Endpoint,
  Forbidden,
  type PayloadRequest,
} from 'payload'
import { z } from 'zod'
import { staff } from '../access/who.ts'
import { rowId, wordingRuleOf } from '../publishing/document.ts'
import { type ChangedRules, dryRun, type Rescoring } from '../publishing/rescoring.ts'

/** What a changed rule would say of what is published, as its form shows it: the first articles by name, and all counted. */
export type DryRunAnswer = {
  articles: number
  /** Articles and places in them. */
  hit: number
  places: number
  found: { id: string; title: string; locale: string; messages: { reason: string; pointer: string }[] }[]
}

/** Articles that are named; a form is no list. */
const most = 50

async function answerTo(req: PayloadRequest, read: (data: Record<string, unknown>) => ChangedRules): Promise<Response> {
  if (!staff({ req })) throw new Forbidden(req.t)
  await addDataAndFileToRequest(req)
  const changed = read((req.data ?? {}) as Record<string, unknown>)
  const result = await dryRun(await createLocalReq({}, req.payload), changed)
  return Response.json(shortly(result), { headers: { 'Cache-Control': 'no-store' } })
}

const shortly = ({ articles, found }: Rescoring): DryRunAnswer => ({
  ...{ articles, hit: found.length, places: found.reduce((sum, { messages }) => sum + messages.length, 0) },
  found: found.slice(0, most).map(({ uid, locale, title, messages }) => ({
    ...{ id: rowId(uid, locale), title, locale },
    messages: messages.map(({ reason, place }) => ({ reason, pointer: place.pointer })),
  })),
})

/** `POST /api/wording-rules/dry-run`: what the rule in the body would say that the rules of today do not. */
export const dryRunOfRule: Endpoint = {
  path: '/dry-run',
  method: 'post',
  handler: (req) =>
    answerTo(req, ({ id, ...fields }) => {
      const uid = typeof id === 'string' ? id : crypto.randomUUID()
      const rule = { ...fields, slug: fields.slug || 'unsaved' }
      const wordingRule = wordingRuleOf({ ...rule, id: uid })
      if (wordingRule) return { wordingRule }
      const { error } = WordingRule.safeParse({ ...rule, uid })
      throw new APIError(`Fill in the rule first. ${error ? z.prettifyError(error) : ''}`, 400, null, true)
    }),
}

const grades = z.object(
  Object.fromEntries(Audience.shape.kind.options.map((kind) => [kind, z.number().min(3).max(18)])) as Record<
    Audience['kind'],
    z.ZodNumber
  >,
)
const policyBody = z.object({
  readingLevel: grades.optional(),
  readingLevelBlocks: z.boolean().optional(),
  wordingBlocks: z.boolean().optional(),
})

/** `POST /api/globals/editorial-policy/dry-run`: what the policy in the body would say that the present one does not. */
export const dryRunOfPolicy: Endpoint = {
  path: '/dry-run',
  method: 'post',
  handler: (req) =>
    answerTo(req, (fields) => {
      const { data, error } = policyBody.safeParse(fields)
      if (error) throw new APIError(`Fill in the policy first. ${z.prettifyError(error)}`, 400, null, true)
      const set = Object.entries(data).filter(([, value]) => value !== undefined)
      return { policy: Object.fromEntries(set) }
    }),
}
