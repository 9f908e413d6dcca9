import { type Edition, strikeCauses } from 'content-schemas'
import {
  APIError,
  addDataAndFileToRequest,
  createLocalReq,
  type Endpoint,
  type PayloadRequest,
  type Where,
} from 'payload'
import { z } from 'zod'
import { type Acting, signedIn } from '../access/acting.ts'
import { mayAct } from '../access/roles.ts'
import { correct, gone, publish, purge, redirect, withdraw } from '../publishing/acts.ts'
import type { Row } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { examine } from '../publishing/gate.ts'
import { move } from '../publishing/move.ts'
import { cancel, schedule } from '../publishing/schedules.ts'
import { confirmStrike, liftStrike, strike } from '../publishing/strikes.ts'
import { approve, isOwn, type ReviewFields, returnToEditor, submit } from '../review/acts.ts'
import { accept, close, comment } from '../review/comments.ts'
import { daysOfLink, makeLink, revokeLinks } from '../review/links.ts'
import { confirm, recall } from '../review/minor-lane.ts'
import { actsOfSecondReaders } from '../review/second-readers.ts'
import { type ArticleState, articleStates, possibleActs, type Standing, standingOf } from '../review/state.ts'
import { checkTranslation } from '../review/translations.ts'
import { newestDraft, referenceIn } from './newestDraft.ts'

/*
 * The acts on an article over REST. Each goes to the one function of the act, which asks the roles table.
 */

type Run = (req: PayloadRequest, reference: Reference, acting: Acting, body: unknown) => Promise<unknown>

const text = z.string().trim().max(1000)
const reason = text.min(1)
const id = z.string().min(1).max(100)
const chosen = z.object({ candidate: id.optional() })
const words = z.string().max(4000)
const said = words.trim().min(1)
const anchor = z.object({ block: z.string().max(100), exact: words.min(1), prefix: words, suffix: words })
/** Who answers for a text names which: the hash of what was on their screen. */
const read = z.object({ contentHash: id })

/** Reads a body and acts. */
const withBody =
  <T>(
    schema: z.ZodType<T>,
    run: (req: PayloadRequest, reference: Reference, acting: Acting, body: T) => unknown,
  ): Run =>
  async (req, reference, acting, body) => {
    const { data, error } = schema.safeParse(body)
    if (error) throw new APIError(`This act needs more: ${z.prettifyError(error)}`, 400, null, true)
    return run(req, reference, acting, data)
  }

const ending = z.object({ reason, replacement: id.nullish() })

const striking = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('passage'), cause: z.enum(strikeCauses), reason },
    ...{ pointer: id.optional(), block: id.optional(), words: text.optional() },
  }),
  z.object({ kind: z.literal('notice'), cause: z.enum(strikeCauses), reason }),
])

const acts: Record<string, Run> = {
  submit: withBody(z.object({ reviewer: id }), ({ payload }, reference, acting, { reviewer }) =>
    submit(payload, reference, { ...acting, reviewer }),
  ),
  approve: withBody(read.extend({ noDanger: text.optional() }), async ({ payload }, reference, acting, read) => {
    const candidate = await approve(payload, reference, { ...acting, ...read })
    return { candidate: candidate.id, contentHash: candidate.contentHash }
  }),
  return: withBody(z.object({ note: reason }), ({ payload }, reference, acting, { note }) =>
    returnToEditor(payload, reference, { ...acting, note }),
  ),
  comment: withBody(
    z.object({ text: said, anchor: anchor.nullish(), suggestion: words.nullish(), parent: id.nullish() }),
    async ({ payload }, reference, acting, body) => ({
      comment: (await comment(payload, reference, { ...acting, ...body })).id,
    }),
  ),
  resolve: withBody(
    z.object({ comment: id, state: z.enum(['open', 'resolved', 'declined', 'withdrawn']) }),
    ({ payload }, reference, acting, body) => close(payload, reference, { ...acting, ...body }),
  ),
  accept: withBody(z.object({ comment: id }), ({ payload }, reference, acting, body) =>
    accept(payload, reference, { ...acting, ...body }),
  ),
  link: withBody(
    z.object({
      clinician: text.min(1).max(200),
      days: z.int().min(daysOfLink.least).max(daysOfLink.most).optional(),
      mail: z.email().optional(),
    }),
    async ({ payload }, reference, acting, body) => {
      const { link, address } = await makeLink(payload, reference, { ...acting, ...body })
      return { link: link.id, expiresAt: link.expiresAt, address }
    },
  ),
  unlink: withBody(z.object({ link: id.optional() }), async ({ payload }, reference, acting, body) => ({
    revoked: await revokeLinks(payload, reference, { ...acting, ...body }),
  })),
  confirm: withBody(read, async ({ payload }, reference, acting, read) => {
    const candidate = await confirm(payload, reference, { ...acting, ...read })
    return { candidate: candidate.id, contentHash: candidate.contentHash }
  }),
  recall: withBody(z.object({ reason }), ({ payload }, reference, acting, { reason }) =>
    recall(payload, reference, { ...acting, reason }),
  ),
  'check-translation': withBody(
    read.extend({ sourceHash: id.optional(), numbers: text.optional() }),
    async ({ payload }, reference, acting, read) => {
      const candidate = await checkTranslation(payload, reference, { ...acting, ...read })
      return { candidate: candidate.id, contentHash: candidate.contentHash }
    },
  ),
  publish: withBody(
    chosen.extend({ changeNote: text.optional(), major: z.boolean().optional() }),
    async ({ payload }, reference, acting, { candidate, ...note }) =>
      shortly(await publish(payload, 'article', reference, { ...acting, ...note }, { candidate })),
  ),
  correct: withBody(
    chosen.extend({ changeNote: reason }),
    async ({ payload }, reference, acting, { candidate, changeNote }) =>
      shortly(await correct(payload, 'article', reference, { ...acting, changeNote }, { candidate })),
  ),
  schedule: withBody(
    chosen.extend({
      act: z.enum(['publish', 'withdraw']),
      at: z.iso.datetime({ offset: true }),
      reason: text.optional(),
    }),
    ({ payload }, reference, acting, { at, ...plan }) =>
      schedule(payload, reference, { ...plan, at: new Date(at) }, acting),
  ),
  cancel: withBody(z.object({ schedule: id }), ({ payload }, _, acting, body) =>
    cancel(payload, body.schedule, acting),
  ),
  withdraw: withBody(ending, async ({ payload }, reference, acting, body) =>
    shortly(await withdraw(payload, reference, { ...acting, ...body })),
  ),
  gone: withBody(ending, async ({ payload }, reference, acting, body) =>
    shortly(await gone(payload, reference, { ...acting, ...body })),
  ),
  redirect: withBody(z.object({ reason, to: id }), async ({ payload }, reference, acting, body) =>
    shortly(await redirect(payload, reference, { ...acting, ...body })),
  ),
  move: withBody(z.object({ slug: z.string().trim().max(96) }), async ({ payload }, reference, acting, body) =>
    shortly(await move(payload, reference, { ...acting, ...body })),
  ),
  purge: withBody(z.object({ reason }), async ({ payload }, reference, acting, body) =>
    shortly(await purge(payload, reference, { ...acting, ...body })),
  ),
  strike: withBody(striking, async ({ payload }, reference, acting, body) =>
    shortly(await strike(payload, reference, { ...acting, ...body })),
  ),
  'confirm-strike': withBody(z.object({ strike: id }), ({ payload }, _, acting, body) =>
    confirmStrike(payload, body.strike, acting),
  ),
  'lift-strike': withBody(z.object({ strike: id, reason }), async ({ payload }, _, acting, { strike, ...body }) => {
    const edition = await liftStrike(payload, strike, { ...acting, ...body })
    return edition && shortly(edition)
  }),
}

const shortly = ({ number, stamp, act }: Edition) => ({ number, stamp, act })

/** `POST /api/articles/<id>/acts/<act>`: does an act; what it needs is in the JSON body. */
export const act: Endpoint = {
  path: '/:id/acts/:act',
  method: 'post',
  handler: async (req) => {
    const acting = signedIn(req)
    const run = acts[String(req.routeParams?.act)]
    if (!run) throw new APIError(`There is no such act. There are ${Object.keys(acts).join(', ')}.`, 404, null, true)
    await addDataAndFileToRequest(req)
    const done = await run(req, referenceIn(req), acting, req.data ?? {})
    return Response.json({ done: done ?? true })
  },
}

/** `GET /api/articles/<id>/acts`: where the article stands, and what the signed-in user may do next. */
export const standing: Endpoint = {
  path: '/:id/acts',
  method: 'get',
  handler: async (req) => {
    const { user } = signedIn(req)
    const own = await createLocalReq({}, req.payload)
    const row = await newestDraft(own, 'articles', referenceIn(req))
    const found = await standingOf(own, row)
    const { state, review, live, candidate, schedules, contentHash } = found
    const { note, reviewer, submittedAt } = (row.review ?? {}) as ReviewFields
    const possible = possibleActs(found, user)
    const answer: StandingAnswer = {
      ...{ state, label: articleStates[state], review: live?.document ? review : undefined, contentHash },
      live: live && { act: live.act, number: live.number, at: live.at },
      candidate: candidate && {
        ...{ id: candidate.id, by: candidate.approvedBy, at: candidate.at },
        isNewest: candidate.contentHash === contentHash,
      },
      schedules: schedules.map(({ id, act, at, by }) => ({ id, act, at, by })),
      submittedAt: submittedAt ?? null,
      reviewer: reviewer ? await nameOf(req, reviewer) : null,
      note: note ?? null,
      acts: [...possible, ...(await actsOfSecondReaders(own, row, user))],
      own: isOwn(row, user),
      danger: possible.includes('approve') ? await dangerIn(own, row) : null,
      reviewers: mayAct(user, 'submit') ? await reviewersFor(req) : [],
    }
    return Response.json(answer)
  },
}

/** What the panel of the article reads. */
export type StandingAnswer = {
  state: ArticleState
  label: string
  review: Standing['review']
  contentHash: string | undefined
  live: { act: string; number: number; at: string } | undefined
  candidate: { id: string; by: string; at: string; isNewest: boolean } | undefined
  schedules: { id: string; act: 'publish' | 'withdraw'; at: string; by: string }[]
  submittedAt: string | null
  reviewer: string | null
  note: string | null
  acts: string[]
  /** Whether the signed-in user wrote or submitted this text, and so may not approve it. */
  own: boolean
  /** What a reviewer who approves has to answer; null where there is nothing. */
  danger: string | null
  reviewers: { id: string; name: string }[]
}

async function dangerIn(req: PayloadRequest, row: Row): Promise<string | null> {
  const { messages } = await examine(req, 'articles', row)
  return messages.find(({ rule }) => rule === 'danger-words')?.reason ?? null
}

async function nameOf(req: PayloadRequest, person: string): Promise<string | null> {
  const options = { depth: 0, overrideAccess: true, disableErrors: true } as const
  return (await req.payload.findByID({ collection: 'people', id: person, ...options }))?.name ?? null
}

/** People who have a reviewer's sign-in. */
async function reviewersFor({ payload }: PayloadRequest): Promise<{ id: string; name: string }[]> {
  const where: Where = { and: [{ roles: { in: ['reviewer'] } }, { person: { exists: true } }] }
  const { docs } = await payload.find({ collection: 'users', where, depth: 1, pagination: false, overrideAccess: true })
  const people = docs.flatMap(({ person }: { person?: unknown }) => {
    const { id, name } = (person ?? {}) as { id?: string; name?: string }
    return id && name ? [[id, { id, name }] as const] : []
  })
  return [...new Map(people).values()]
}
