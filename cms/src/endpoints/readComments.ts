import { createLocalReq, type Endpoint, Forbidden, type PayloadRequest } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import type { Passage } from 'pipeline/reading/passages.ts'
import { type Actor, mayAct } from '../access/roles.ts'
import { staff } from '../access/who.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Reference } from '../publishing/editions.ts'
import { type Run, spotOf } from '../review/anchors.ts'
import type { CommentState } from '../review/comment-states.ts'
import { type Comment, commentsOn, readIn } from '../review/comments.ts'
import { isOpen, linksTo, type Verdict } from '../review/links.ts'
import { referenceIn } from './newestDraft.ts'

/** A run of text as it is read beside its comments. */
export type ReadRun = {
  text: string
  kind: Passage['kind']
  pointer: string
  block: string
  /** What it is, where the text itself does not say. */
  label: string | null
  /** Whether it stands in a shared passage, so that nothing can be suggested here. */
  isShared: boolean
}

/** A comment with where it leads in the newest text; `at` is null where its words no longer stand, or it has none. */
export type ReadComment = {
  id: string
  text: string
  by: string
  when: string
  isMine: boolean
  isOutside: boolean
  exact: string | null
  suggestion: string | null
  state: CommentState
  closedBy: string | null
  place: { run: number; start: number; end: number } | null
  answers: { id: string; text: string; by: string; when: string; isMine: boolean }[]
}

export type ReadLink = {
  id: string
  clinician: string
  by: string
  expiresAt: string
  lastUsedAt: string | null
  verdict: Verdict | null
  isOpen: boolean
  /** Whether it shows another text than the newest. */
  isEarlier: boolean
}

/** The newest text of an article run by run, what was said about it in reading order, and what the reader may do. */
export type CommentsAnswer = {
  /** In words, what is missing for the draft to be read at all; then there are no runs, and nothing can be said on it. */
  missing: string | null
  contentHash: string | null
  runs: ReadRun[]
  comments: ReadComment[]
  links: ReadLink[]
  may: Record<'comment' | 'resolve' | 'accept' | 'link', boolean>
}

/** `GET /api/articles/<id>/comments`, for everyone on the staff. */
export const comments: Endpoint = {
  path: '/:id/comments',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const answer = await answerFor(await createLocalReq({}, req.payload), referenceIn(req), req.user as Actor)
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}

async function answerFor(req: PayloadRequest, reference: Reference, user: Actor): Promise<CommentsAnswer> {
  const found = await readIn(req, reference)
  const { missing, runs } = 'missing' in found ? { ...found, runs: [] } : { ...found, missing: null }
  const said = await commentsOn(req, reference)
  const hash = 'missing' in found ? null : contentHash(found.article)
  const now = clockOf(req.payload).now().toISOString()
  const may = (act: 'comment' | 'resolve' | 'accept') => missing === null && mayAct(user, act)
  const links = mayAct(user, 'link') ? await linksTo(req, reference) : []
  return {
    missing,
    contentHash: hash,
    runs: runs.map(({ text, kind, pointer, block, label, isShared }) => {
      return { text, kind, pointer, block, label, isShared }
    }),
    comments: inOrder(said.filter(({ parent }) => parent === null).map((one) => read(one, said, runs, user))),
    links: links.map((link) => ({
      ...{ id: link.id, clinician: link.clinician, by: link.by, expiresAt: link.expiresAt },
      ...{ lastUsedAt: link.lastUsedAt, verdict: link.verdict, isOpen: isOpen(link, now) },
      isEarlier: link.contentHash !== hash,
    })),
    may: { comment: may('comment'), resolve: may('resolve'), accept: may('accept'), link: mayAct(user, 'link') },
  }
}

/** As they stand in the text; those about nothing that stands there go last. */
function inOrder(comments: ReadComment[]): ReadComment[] {
  const nowhere = { run: Number.MAX_SAFE_INTEGER, start: 0 }
  const placeOf = ({ place }: ReadComment) => place ?? nowhere
  return comments.toSorted((a, b) => placeOf(a).run - placeOf(b).run || placeOf(a).start - placeOf(b).start)
}

function read(one: Comment, said: readonly Comment[], runs: readonly Run[], user: Actor): ReadComment {
  const spot = one.anchor && spotOf(runs, one.anchor)
  const isMine = ({ user: author }: Comment) => author !== null && author === user?.id
  // What was taken back is not shown any more.
  const words = ({ text, state }: Comment) => (state === 'withdrawn' ? '' : text)
  return {
    ...{ id: one.id, text: words(one), by: one.by, when: one.at, isMine: isMine(one), isOutside: one.link !== null },
    ...{ exact: one.anchor?.exact ?? null, suggestion: one.suggestion, state: one.state, closedBy: one.closedBy },
    place: spot ? { run: spot.index, start: spot.start, end: spot.end } : null,
    answers: said
      .filter((answer) => answer.parent === one.id && answer.state !== 'withdrawn')
      .map((answer) => ({
        ...{ id: answer.id, text: answer.text, by: answer.by, when: answer.at, isMine: isMine(answer) },
      })),
  }
}
