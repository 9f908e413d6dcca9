import type { Edition } from 'content-schemas'
import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'
import { dayOf } from 'pipeline/clock.ts'
import { contentHash } from 'pipeline/identity.ts'
import { reviewState } from 'pipeline/states.ts'
import { type Actor, type GuardedAct, mayAct } from '../access/roles.ts'
import { clockOf } from '../publishing/clock.ts'
import { articleOf, type Row } from '../publishing/document.ts'
import { editionOf, liveEdition } from '../publishing/editions.ts'
import { type Schedule, waitingFor } from '../publishing/schedules.ts'
import { type Candidate, newestCandidate } from './candidates.ts'

/*
 * Where an article stands: derived here and nowhere else, from its newest text, its approvals, its schedule and its
 * live edition. The row keeps the first word of it for lists and filters, as of its last save or act.
 */

export const articleStates = {
  draft: 'Draft',
  'in-review': 'In review',
  approved: 'Approved',
  scheduled: 'Scheduled',
  published: 'Published',
  changed: 'Published, with a newer draft',
  withdraw: 'Withdrawn',
  gone: 'Ended for good',
  redirect: 'Redirected',
} as const
export type ArticleState = keyof typeof articleStates

export type Standing = {
  state: ArticleState
  /** Hash of the newest text; undefined while its fields cannot be read. */
  contentHash: string | undefined
  /** The newest edition, tombstones included. */
  live: Edition | undefined
  /** What dates make of the review of the live edition; undefined when nothing is published. */
  review: 'current' | 'due' | 'overdue' | 'unreviewed' | undefined
  /** The approval of the newest text; else of an earlier one that is not published yet. */
  candidate: Candidate | undefined
  /** What is to happen at a time, soonest first. */
  schedules: Schedule[]
}

/** Where an article stands, from its newest row, as the request's transaction sees it. */
export async function standingOf(req: PayloadRequest, row: Row): Promise<Standing> {
  const { document } = articleOf(row)
  const reference = { uid: String(row.uid), locale: row.locale as Edition['locale'] }
  const hash = document && contentHash(document)
  const live = await liveEdition(req, reference)
  const approval = hash === undefined ? undefined : await newestCandidate(req, reference, hash)
  const schedules = await waitingFor(req, reference)
  const approved = await asApproved(req, live)
  const isApproved = approval !== undefined && isNews(approval, approved)
  const earlier = isApproved ? undefined : await newestCandidate(req, reference)
  const published = live?.document?.kind === 'article' ? live.document : undefined
  return {
    state: stateFrom(row, hash, approved, isApproved ? approval : undefined, schedules),
    contentHash: hash,
    live,
    review: published && reviewState(published.review, dayOf(clockOf(req.payload).now())),
    candidate: isApproved ? approval : earlier && isNews(earlier, approved) ? earlier : undefined,
    schedules,
  }
}

/** The live edition with the text it was approved with: of a passage that was withdrawn since, the draft knows nothing. */
async function asApproved(req: PayloadRequest, live: Edition | undefined): Promise<Edition | undefined> {
  const struck = live?.strikes?.find(({ kind }) => kind === 'passage')
  const from = struck && (await editionOf(req, struck.from))
  return live && from ? { ...live, contentHash: from.contentHash } : live
}

/** Whether an approval is of something that readers do not have. */
function isNews({ contentHash, document, at }: Candidate, live: Edition | undefined): boolean {
  if (!live) return true
  if (live.document?.kind !== 'article') return at > live.at
  return contentHash !== live.contentHash || JSON.stringify(document.review) !== JSON.stringify(live.document.review)
}

function stateFrom(
  row: Row,
  hash: string | undefined,
  live: Edition | undefined,
  approval: Candidate | undefined,
  schedules: Schedule[],
): ArticleState {
  if ((row.review as { submittedAt?: string | null } | undefined)?.submittedAt) return 'in-review'
  if (approval) return schedules.some(({ candidate }) => candidate === approval.id) ? 'scheduled' : 'approved'
  if (!live) return 'draft'
  if (!live.document) return live.act as 'withdraw' | 'gone' | 'redirect'
  return live.contentHash === hash ? 'published' : 'changed'
}

/** Keeps the state in the row whenever that is saved, for lists and filters. */
export const noteState: CollectionBeforeChangeHook = async ({ data, originalDoc, context, req }) => {
  const state = await stateAfter({ ...originalDoc, ...data } as Row, context.act as { act: string } | undefined, req)
  return { ...data, state }
}

async function stateAfter(row: Row, act: { act: string } | undefined, req: PayloadRequest): Promise<ArticleState> {
  if (row._status === 'published') return 'published'
  if (act && act.act in articleStates) return act.act as ArticleState
  return (await standingOf(req, row)).state
}

/** The acts on an article that make sense as it stands, and that the user may do. */
export function possibleActs({ state, live, candidate, schedules }: Standing, user: Actor): GuardedAct[] {
  const isLive = Boolean(live?.document)
  const isIn = (...states: ArticleState[]) => states.includes(state)
  const possible: [GuardedAct, boolean][] = [
    ['submit', !isIn('in-review', 'approved', 'scheduled')],
    ['approve', isIn('in-review')],
    ['return', isIn('in-review')],
    ['publish', candidate !== undefined],
    ['schedule', candidate !== undefined || isLive],
    ['cancel', schedules.length > 0],
    ['withdraw', isLive],
    ['move', isLive],
  ]
  return possible.flatMap(([act, makesSense]) => (makesSense && mayAct(user, act) ? [act] : []))
}
