import type { Article, Locale } from 'content-schemas'
import { APIError, type CollectionAfterDeleteHook, type Payload, type PayloadRequest, type Where } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { type Acting, allow } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { type Changer, someProcess } from '../hooks/noteChangers.ts'
import { clockOf } from '../publishing/clock.ts'
import { articleOf, articleRow, type Row, rowId } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { aside, newestRow, shownBy } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { amended } from './amend.ts'
import { type Anchor, anchorTo, type Run, runsOf, type Spot, spotOf } from './anchors.ts'
import { type CommentState, commentStates } from './comment-states.ts'

/*
 * Comments on an article, and suggestions in them: what was said, and what became of it. Each act is one transaction,
 * with its entry in the audit trail, which never repeats the words: a purge has to find all of them here.
 */

/** A comment as it is kept. */
export type Comment = {
  id: string
  contentHash: string
  text: string
  /** The comment it answers. */
  parent: string | null
  /** The words it is about; null for the article as a whole. */
  anchor: Anchor | null
  /** What is to stand in their place, empty to take them out; null for a plain comment. */
  suggestion: string | null
  by: string
  user: string | null
  /** The link of somebody outside. */
  link: string | null
  at: string
  state: CommentState
  closedBy: string | null
}

/** What is said, and about which words. */
export type Said = {
  text: string
  anchor?: Anchor | null
  /** What is to stand in place of these words. */
  suggestion?: string | null
  parent?: string | null
}

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const of = ({ uid, locale }: Reference): Where => ({ and: [{ uid: { equals: uid } }, { locale: { equals: locale } }] })

/** The newest text of an article, ready to be commented on. */
export type Readable = { row: Row; article: Article; runs: Run[] }

/** The newest text of an article, as the request's transaction sees it. Throws what answers 404 or 422. */
export async function readableIn(req: PayloadRequest, reference: Reference): Promise<Readable> {
  const found = await readIn(req, reference)
  if ('missing' in found) throw new APIError(`It cannot be read as it is. ${found.missing}`, 422, null, true)
  return found
}

/** The same, or in words what is missing for it to be read. Throws what answers 404. */
export async function readIn(req: PayloadRequest, reference: Reference): Promise<Readable | { missing: string }> {
  const row = await newestRow(req, 'articles', reference)
  if (!row) throw new APIError('There is no such article.', 404, null, true)
  const { document: article, messages } = articleOf(row)
  if (!article) return { missing: messages.map(({ reason }) => reason).join(' ') }
  return { row, article, runs: runsOf(article, await shownBy(req, article)) }
}

/** All comments on an article, oldest first. */
export async function commentsOn(req: PayloadRequest, reference: Reference): Promise<Comment[]> {
  const where = of(reference)
  const sort = ['at', 'createdAt']
  const { docs } = await req.payload.find({ collection: 'comments', where, sort, pagination: false, ...quiet(req) })
  return docs.map(commentOf)
}

function commentOf(
  row: {
    [K in Exclude<keyof Comment, 'anchor' | 'state' | 'suggestion'> | keyof Anchor | 'suggestion']?: string | null
  } & { isSuggestion?: boolean | null; state: CommentState },
): Comment {
  const { block, exact, prefix, suffix } = row
  return {
    ...{ id: row.id!, contentHash: row.contentHash!, text: row.text!, parent: row.parent ?? null },
    anchor: exact ? { block: block ?? '', exact, prefix: prefix ?? '', suffix: suffix ?? '' } : null,
    suggestion: row.isSuggestion ? (row.suggestion ?? '') : null,
    ...{ by: row.by!, user: row.user ?? null, link: row.link ?? null, at: row.at! },
    ...{ state: row.state, closedBy: row.closedBy ?? null },
  }
}

/** Comments on the newest text of an article, or answers a comment. Words that no longer stand there are refused. */
export const comment = (
  payload: Payload,
  reference: Reference,
  { text, anchor = null, suggestion = null, parent = null, ...acting }: Acting & Said,
): Promise<Comment> =>
  inTransaction(payload, async (req) => {
    allow('comment', acting)
    const { article, runs } = await readableIn(req, reference)
    const spot = anchor && spotOf(runs, anchor)
    if (anchor && !spot)
      throw new APIError('The text was changed since you opened it. Read it again, then comment.', 409, null, true)
    if (suggestion !== null) assertChangeable(spot, runs, suggestion)
    if (parent !== null) await assertAnswerable(req, reference, parent)
    const said = { text, suggestion, parent }
    return keepComment(req, article, acting, said, spot && { run: runs[spot.index]!, spot })
  })

function assertChangeable(spot: Spot | null | undefined, runs: readonly Run[], suggestion: string): void {
  const refuse = (reason: string) => new APIError(reason, 400, null, true)
  if (!spot) throw refuse('A suggestion needs the words it is to replace. Choose them in the text.')
  const run = runs[spot.index]!
  if (run.isShared)
    throw refuse('These words stand in a shared passage, which other articles show too. Comment on them instead.')
  if (run.text.slice(spot.start, spot.end) === suggestion)
    throw refuse('The suggestion is what stands there already. Change it, or comment without one.')
}

async function assertAnswerable(req: PayloadRequest, reference: Reference, parent: string): Promise<void> {
  const answered = await commentById(req, reference, parent)
  if (answered.parent === null) return
  throw new APIError('An answer cannot be answered. Answer the comment it belongs to.', 409, null, true)
}

/** Writes a comment down, in the request's transaction. `place` is where in the text that was read. */
export async function keepComment(
  req: PayloadRequest,
  article: Article,
  { by, user, link = null }: Acting & { link?: string | null },
  { text, suggestion = null, parent = null }: Omit<Said, 'anchor'>,
  place: { run: Run; spot: Pick<Spot, 'start' | 'end'> } | null | undefined,
): Promise<Comment> {
  const { uid, locale } = article
  const at = clockOf(req.payload).now().toISOString()
  const data = {
    ...{ uid, locale, contentHash: contentHash(article), text, parent, by, user: user?.id ?? null, link, at },
    ...(place && { ...anchorTo(place.run, place.spot), start: place.spot.start, end: place.spot.end }),
    ...{ isSuggestion: suggestion !== null, suggestion, state: 'open' as const },
  }
  const row = await req.payload.create({ collection: 'comments', data, ...quiet(req) })
  const kind = parent !== null ? 'an answer' : suggestion !== null ? 'a suggestion' : 'a comment'
  await audit(req, { by, user }, { ...entryOf('comment', article), reason: kind })
  return commentOf(row)
}

const entryOf = (act: AuditEntry['act'], article: Article): AuditEntry => {
  const { uid, locale, title } = article
  return { act, kind: 'article', uid, locale, title, contentHash: contentHash(article) }
}

/** What people make of a comment by hand; `open` takes that back. */
export type Closing = Exclude<CommentState, 'accepted'>

/** Says what became of a comment. Only who wrote it takes it back; only a suggestion is declined. */
export const close = (
  payload: Payload,
  reference: Reference,
  { comment: id, state, ...acting }: Acting & { comment: string; state: Closing },
): Promise<void> =>
  inTransaction(payload, async (req) => {
    allow(state === 'withdrawn' ? 'comment' : 'resolve', acting)
    const { article } = await readableIn(req, reference)
    const found = await commentById(req, reference, id)
    const refuse = (reason: string) => new APIError(reason, 409, null, true)
    if (state === 'withdrawn' && found.user !== (acting.user?.id ?? null))
      throw refuse('Only who wrote it can take it back.')
    if (found.parent !== null && state !== 'withdrawn')
      throw refuse('An answer has no state of its own. Close the comment it belongs to.')
    if (state === 'declined' && found.suggestion === null) throw refuse('Only a suggestion can be declined.')
    const from: CommentState[] = state === 'open' ? ['resolved', 'declined'] : ['open']
    if (!from.includes(found.state)) throw refuse(`It is closed already: ${commentStates[found.state]}.`)
    await setState(req, id, state, acting)
    await audit(req, acting, { ...entryOf('resolve', article), reason: commentStates[state] })
  })

/**
 * Accepts a suggestion: its words stand in the newest draft from now on, as if the editor had typed them. Who suggested
 * them is no author by that. Refused when the passage is not what it was.
 */
export const accept = (
  payload: Payload,
  reference: Reference,
  { comment: id, ...acting }: Acting & { comment: string },
): Promise<void> =>
  inTransaction(payload, async (req) => {
    allow('accept', acting)
    const { article, runs } = await readableIn(req, reference)
    const { anchor, suggestion, state, user } = await commentById(req, reference, id)
    const refuse = (reason: string) => new APIError(reason, 409, null, true)
    if (suggestion === null || anchor === null) throw refuse('This comment suggests nothing that could be accepted.')
    if (state !== 'open') throw refuse(`It is closed already: ${commentStates[state]}.`)
    if (acting.user && user === acting.user.id)
      throw refuse('You suggested this yourself. Somebody else has to accept it.')
    const spot = spotOf(runs, anchor)
    if (!spot) throw refuse('The passage was changed since: these words no longer stand there. Change it by hand.')
    if (!spot.isSure) throw refuse('These words stand there more than once by now. Change them by hand.')
    const run = runs[spot.index]!
    const changed = run.isShared ? undefined : amended(article, run, { ...spot, words: suggestion })
    if (!changed) throw refuse('The words go across a line break or a shared passage. Change them by hand.')
    // Whoever has the article open is told whose change it is.
    req.user = (acting.user ?? null) as typeof req.user
    await saveText(req, changed, run, [acting.user?.id ?? someProcess, ...(user ? [{ suggested: user }] : [])])
    await setState(req, id, 'accepted', acting)
    await audit(req, acting, entryOf('accept', changed))
  })

/** Saves what of an article was amended: one field. */
async function saveText(req: PayloadRequest, article: Article, { pointer }: Run, changers: Changer[]): Promise<void> {
  const field = pointer.split('/')[1]!
  const data = { [field]: articleRow(article)[field] } as never
  const id = rowId(article.uid, article.locale)
  await req.payload.update({ collection: 'articles', id, data, draft: true, context: { changers }, ...quiet(req) })
}

async function commentById(req: PayloadRequest, reference: Reference, id: string): Promise<Comment> {
  const where: Where = { and: [of(reference), { id: { equals: id } }] }
  const { docs } = await req.payload.find({
    ...{ collection: 'comments', where, limit: 1, pagination: false },
    ...quiet(req),
  })
  if (docs[0]) return commentOf(docs[0])
  throw new APIError('There is no such comment on this article.', 404, null, true)
}

async function setState(req: PayloadRequest, id: string, state: CommentState, { by }: Acting): Promise<void> {
  const closed = state !== 'open'
  const closedAt = closed ? clockOf(req.payload).now().toISOString() : null
  const data = { state, closedBy: closed ? by : null, closedAt }
  await req.payload.update({ collection: 'comments', id, data, context: { act: 'comment' }, ...quiet(req) })
}

/** Removes what was said about an article, and the links to its text, with the article itself. */
export const forgetReview: CollectionAfterDeleteHook = async ({ doc, req }) => {
  const reference = { uid: String(doc.uid), locale: doc.locale as Locale }
  for (const collection of ['comments', 'review-links'] as const)
    await req.payload.delete({ collection, where: of(reference), context: { purge: true }, ...quiet(req) })
}
