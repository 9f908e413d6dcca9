import type { Message } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { beyondWording, compare, type Passage, touchLabels } from 'pipeline/compare/index.ts'
import { type Acting, allow } from '../access/acting.ts'
import type { Actor } from '../access/roles.ts'
import { audit } from '../audit/record.ts'
import { changersOf, someProcess } from '../hooks/noteChangers.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Row } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { RefusedError } from '../publishing/gate.ts'
import { shownBy } from '../publishing/records.ts'
import { isAnswered, openStrikes } from '../publishing/strikes.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { assertRead, entryOf, readable, reviewOf, rowToReview, save } from './acts.ts'
import {
  type Candidate,
  keepCandidate,
  lastRecall,
  newestApproval,
  newestCandidate,
  recallCandidate,
} from './candidates.ts'
import { mailConfirmed, mailRecalled } from './mails.ts'

/*
 * The minor lane: a change that touches nothing but wording keeps its approval when a second editor confirms it. All
 * changes since the reviewer's approval are looked at together, so that small steps do not add up to a large one; what
 * is not understood is not minor. The reviewer is told, and may recall it: then the next word is theirs.
 */

/** Confirms that the newest draft differs from what was approved in nothing but wording. Throws `RefusedError`. */
export async function confirm(
  payload: Payload,
  reference: Reference,
  acting: Acting & { contentHash?: string },
): Promise<Candidate> {
  const { candidate, changes } = await inTransaction(payload, async (req) => {
    allow('confirm', acting)
    const row = await rowToReview(req, reference)
    const document = readable(row, 'confirmed')
    assertRead(document, acting.contentHash)
    const basis = await basisOf(req, reference, row)
    const reviewed = { ...document, review: basis.document.review }
    const records = await shownBy(req, reviewed)
    const comparison = compare(basis, { document, records })
    const against = beyondWording(comparison)
    if (against.length > 0) throw new RefusedError(document.title, against.map(messageOf), 'confirmed')
    if (comparison.changes.length === 0)
      throw misfit('Nothing was changed since it was approved. There is nothing to confirm.')
    await assertSecond(req, acting, row, document.authors)
    const at = clockOf(payload).now().toISOString()
    const kept = await keepCandidate(req, reviewed, records, {
      ...{ act: 'confirm', basis: basis.id, user: acting.user?.id ?? null, answers: basis.answers },
      approval: { ...basis.approval, confirmation: { by: acting.by, at } },
    })
    await audit(req, acting, { ...entryOf('confirm', document), reason: inWords(comparison.changes) })
    await save(req, row, { ...reviewOf(row), ...basis.document.review }, { changedBy: [] })
    return { candidate: kept, changes: comparison.changes }
  })
  await mailConfirmed(payload, candidate, { by: acting.by, changes: inWords(changes) })
  return candidate
}

/** Takes the newest confirmation back: its text is not approved any longer, and goes to a reviewer. */
export async function recall(
  payload: Payload,
  reference: Reference,
  { reason, ...acting }: Acting & { reason: string },
): Promise<void> {
  const candidate = await inTransaction(payload, async (req) => {
    allow('recall', acting)
    if (!reason.trim()) throw new APIError('Say why it is recalled: the reason is empty.', 400, null, true)
    const row = await rowToReview(req, reference)
    const newest = await recallable(req, reference)
    if (!newest) throw misfit('No change of wording was confirmed since it was approved. There is nothing to recall.')
    await recallCandidate(req, newest, acting.user?.id ?? null)
    await audit(req, acting, entryOf('recall', newest.document, reason))
    // The row keeps its state in the words of its lists.
    await save(req, row, reviewOf(row))
    return newest
  })
  await mailRecalled(payload, candidate, { by: acting.by, reason })
}

/** The newest confirmation that a reviewer may take back; undefined if a reviewer has the last word already. */
export async function recallable(req: PayloadRequest, reference: Reference): Promise<Candidate | undefined> {
  const newest = await newestCandidate(req, reference)
  return newest?.act === 'confirm' ? newest : undefined
}

/** Whether somebody could confirm what differs from an approval: nothing but wording does, and none of them wrote it. */
export async function couldConfirm(req: PayloadRequest, reference: Reference, row: Row, user: Actor): Promise<boolean> {
  try {
    const document = readable(row, 'confirmed')
    const basis = await basisOf(req, reference, row)
    const comparison = compare(basis, { document, records: await shownBy(req, document) })
    await assertSecond(req, { by: '', user }, row, document.authors)
    return comparison.changes.length > 0 && beyondWording(comparison).length === 0
  } catch (error) {
    if (error instanceof APIError) return false
    throw error
  }
}

/** The approval that a change of wording rests on. */
async function basisOf(req: PayloadRequest, reference: Reference, row: Row): Promise<Candidate> {
  if (reviewOf(row).submittedAt) throw misfit('It is in review, so the reviewer decides.')
  const basis = await newestApproval(req, reference)
  if (!basis) throw misfit('No reviewer has approved it yet, so there is no approval it could keep.')
  const recalled = await lastRecall(req, reference)
  if (recalled !== undefined && recalled >= basis.at)
    throw misfit('A reviewer recalled a change since it was approved, so a reviewer has to approve the next one.')
  const strikes = await openStrikes(req, reference)
  if (strikes.some((strike) => !isAnswered(strike, basis.approval.at)))
    throw misfit('Something was withdrawn from it since it was approved, so a reviewer has to approve the next text.')
  return basis
}

/** Refuses whoever wrote the change, saved it, or is an author of the article: it takes a second pair of eyes. */
async function assertSecond(
  req: PayloadRequest,
  { user }: Acting,
  row: Row,
  authors: readonly string[],
): Promise<void> {
  if (!user)
    throw new APIError(
      'Say who confirms it: a second editor has to. On the command line, with `--as`.',
      400,
      null,
      true,
    )
  const changers = changersOf(row)
  if (changers.includes(someProcess))
    throw misfit(
      'It was changed by an import or another process, so nobody knows who wrote it. Submit it to a reviewer.',
    )
  if (changers.includes(user.id)) throw misfit('You changed this text yourself. Another editor has to confirm it.')
  const { person } = await req.payload.findByID({
    collection: 'users',
    id: user.id,
    depth: 0,
    overrideAccess: true,
    req,
  })
  const own = typeof person === 'object' ? person?.id : person
  if (own && authors.includes(own)) throw misfit('You are an author of this article. Another editor has to confirm it.')
}

const misfit = (sentence: string) => new APIError(sentence, 409, null, true)

const messageOf = ({ label, pointer, touches, runs }: Passage): Message => ({
  ...{ rule: 'beyond-wording', severity: 'block', waivable: false },
  reason: `“${label}” touches ${touches.map((touch) => touchLabels[touch]).join(', ')}: ${excerpt(runs)}`,
  fix: 'Submit it to a reviewer.',
  place: { pointer },
})

/** What was taken out and put in, without what stayed. */
const excerpt = (runs: Passage['runs']): string => {
  const words = runs
    .filter(({ is }) => is !== 'same')
    .map(({ is, text }) => `${is === 'added' ? '+' : '−'}“${text.trim()}”`)
  const all = words.join(' ')
  return all.length > 200 ? `${all.slice(0, 200)}…` : all || 'its place or form'
}

const inWords = (changes: readonly Passage[]): string =>
  changes
    .map(({ label, runs }) => `${label}: ${excerpt(runs)}`)
    .join('; ')
    .slice(0, 1000)
