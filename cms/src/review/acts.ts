import type { Article, Message, Waiver } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { check } from 'pipeline/checks/index.ts'
import { waiverFor } from 'pipeline/checks/waivers.ts'
import { dayOf } from 'pipeline/clock.ts'
import { contentHash } from 'pipeline/identity.ts'
import { type Acting, allow } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { type Changer, writersSince } from '../hooks/noteChangers.ts'
import { nextReviewAfter } from '../hooks/planReview.ts'
import { clockOf } from '../publishing/clock.ts'
import { articleOf, type Row, rowId } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { RefusedError } from '../publishing/gate.ts'
import { policyIn } from '../publishing/policy.ts'
import { aside, newestRow, shownBy, siteIn } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { type Candidate, comparedWith, keepCandidate } from './candidates.ts'
import { mailOutcome, mailReviewer } from './mails.ts'

/*
 * The acts of review, each in one transaction, with its entry in the audit trail. They change nothing that readers see.
 */

/** A review as the row of an article holds it. Acts alone write it. */
export type ReviewFields = {
  reviewer?: string | null
  lastReviewed?: string | null
  nextReview?: string | null
  /** When it was submitted, ISO; empty while it is not in review. */
  submittedAt?: string | null
  submittedBy?: string | null
  /** What the reviewer said when it was returned. */
  note?: string | null
}

/** Hands the newest draft to a reviewer, a person's uid, who is told by mail. */
export async function submit(
  payload: Payload,
  reference: Reference,
  { reviewer, ...acting }: Acting & { reviewer: string },
): Promise<void> {
  const article = await inTransaction(payload, async (req) => {
    allow('submit', acting)
    const row = await rowToReview(req, reference)
    const document = readable(row, 'submitted')
    const person = await req.payload.findByID({
      collection: 'people',
      id: reviewer,
      disableErrors: true,
      ...{ depth: 0, overrideAccess: true, req: aside(req) },
    })
    if (!person) throw new APIError('Choose who is to review it.', 400, null, true)
    if (document.authors.includes(reviewer))
      throw new APIError(
        `${person.name} is an author of this article. Choose somebody else to review it.`,
        409,
        null,
        true,
      )
    const before = reviewOf(row)
    if (before.submittedAt && before.reviewer === reviewer)
      throw new APIError(`It is with ${person.name} for review already, who was told so.`, 409, null, true)
    const submittedAt = clockOf(payload).now().toISOString()
    const submittedBy = acting.user?.id ?? null
    const editor = submittedBy === null ? {} : { editor: submittedBy }
    await save(req, row, { ...before, reviewer, submittedAt, submittedBy, note: null }, editor)
    await audit(req, acting, entryOf('submit', document, `to ${person.name}`))
    return document
  })
  await mailReviewer(payload, article, reviewer, acting.by)
}

/** How a review came out. The reviewer is a person's uid: the one of the sign-in, where there is a sign-in. */
export type Approval = Acting & {
  reviewer?: string
  /** Hash of the text that was read; a newer one is refused. */
  contentHash?: string
  /** Why nobody is in danger, where the text has danger words and no topic of acute risk. A sign-in has to say it. */
  noDanger?: string | undefined
  /** Days, ISO: for a review that was made before its article came here. Else today, and when the policy says. */
  lastReviewed?: string | null
  nextReview?: string | null
}

/**
 * Approves the newest draft: freezes it with the records it shows as a candidate, which binds to exactly this content.
 * Throws `RefusedError` when the reviewer may not review it.
 */
export async function approve(payload: Payload, reference: Reference, approval: Approval): Promise<Candidate> {
  const { candidate, submittedBy } = await inTransaction(payload, async (req) => {
    allow('approve', approval)
    const row = await rowToReview(req, reference)
    const before = reviewOf(row)
    const reviewer = await reviewerOf(req, approval)
    assertNotOwn(row, approval)
    const today = dayOf(clockOf(payload).now())
    const lastReviewed = approval.lastReviewed ?? today
    const nextReview = approval.nextReview ?? (await nextReviewAfter(req, lastReviewed)).slice(0, 10)
    const written = readable(row, 'approved')
    assertRead(written, approval.contentHash)
    const document: Article = { ...written, review: { reviewer, lastReviewed, nextReview } }
    const records = await shownBy(req, document)
    const [site, policy] = [await siteIn(req, document.locale), await policyIn(req)]
    const found = check(document, { records, site, policy, today })
    refuseOver(
      document,
      found.filter(({ rule }) => ownRules.includes(rule)),
    )
    const translation = await comparedWith(req, document, records.people[reviewer]?.name)
    const answers = answersTo(document, found, approval, records.people[reviewer]?.name)
    const origin = { user: approval.user?.id ?? null, answers, approval: translation ? { translation } : {} }
    const candidate = await keepCandidate(req, document, records, origin)
    const said = [`as ${candidate.approvedBy}`, ...answers.map((answer) => `${answer.rule}: ${answer.reason}`)]
    await audit(req, approval, { ...entryOf('approve', document), reason: said.join('; ') })
    await save(req, row, { ...document.review, submittedAt: null, submittedBy: null, note: null }, { changedBy: [] })
    return { candidate, submittedBy: before.submittedBy }
  })
  await mailOutcome(payload, candidate.document, submittedBy, { by: approval.by, outcome: 'approved' })
  return candidate
}

/** Gives an article that is in review back to its editor, with a note of what is to be done. */
export async function returnToEditor(
  payload: Payload,
  reference: Reference,
  { note, ...acting }: Acting & { note: string },
): Promise<void> {
  const { article, submittedBy } = await inTransaction(payload, async (req) => {
    allow('return', acting)
    if (!note.trim()) throw new APIError('Say what is to be changed: the note is empty.', 400, null, true)
    const row = await rowToReview(req, reference)
    const before = reviewOf(row)
    if (!before.submittedAt) throw new APIError('It is not in review, so it cannot be returned.', 409, null, true)
    const article = readable(row, 'returned')
    await save(req, row, { ...before, submittedAt: null, submittedBy: null, note })
    await audit(req, acting, entryOf('return', article, note))
    return { article, submittedBy: before.submittedBy }
  })
  await mailOutcome(payload, article, submittedBy, { by: acting.by, outcome: 'returned', note })
}

/** What a reviewer says to danger words. It holds for exactly this text, as the approval does. */
function answersTo(
  document: Article,
  found: Message[],
  { noDanger, user, by }: Approval,
  reviewer: string | undefined,
): Waiver[] {
  const dangers = found.filter(({ rule }) => rule === 'danger-words')
  const reason = noDanger?.trim()
  if (!reason && user) refuseOver(document, dangers)
  return reason ? dangers.map((message) => waiverFor(message, document, { reason, by: reviewer ?? by })) : []
}

/** What an approval has to hold by itself. The rest of the rules is between the editor and the gate of publication. */
const ownRules = ['reviewer-missing', 'reviewer-is-author', 'review-dates']

export async function rowToReview(req: PayloadRequest, reference: Reference): Promise<Row> {
  const row = await newestRow(req, 'articles', reference)
  if (!row) throw new APIError('There is no such article.', 404, null, true)
  return row
}

export const reviewOf = (row: Row): ReviewFields => (row.review ?? {}) as ReviewFields

export function readable(row: Row, what: string): Article {
  const { document, messages } = articleOf(row)
  if (document) return document
  const reasons = messages.map(({ reason }) => reason).join(' ')
  throw new APIError(`It cannot be ${what} as it is. ${reasons}`, 422, null, true)
}

/** The person a sign-in is; the one named where a process of ours acts. */
async function reviewerOf(req: PayloadRequest, { user, reviewer }: Approval): Promise<string> {
  if (!user) {
    if (reviewer) return reviewer
    throw new APIError('Name the reviewer who approves.', 400, null, true)
  }
  const options = { depth: 0, overrideAccess: true, req: aside(req) } as const
  const { person } = await req.payload.findByID({ collection: 'users', id: user.id, ...options })
  if (person) return typeof person === 'string' ? person : person.id
  throw new APIError(
    'Readers are told who reviewed, and your sign-in names no person. An administrator can choose yours under Users.',
    409,
    null,
    true,
  )
}

/** Whether a sign-in wrote any of this text since it was last approved, or submitted it: it may not approve it. */
export const isOwn = (row: Row, user: Acting['user']): boolean =>
  Boolean(user) && (reviewOf(row).submittedBy === user!.id || writersSince(row).includes(user!.id))

function assertNotOwn(row: Row, { user }: Approval): void {
  if (!isOwn(row, user)) return
  const did = reviewOf(row).submittedBy === user?.id ? 'submitted this' : 'changed this text'
  throw new APIError(`You ${did} yourself. Somebody else has to approve it.`, 409, null, true)
}

export function assertRead(document: Article, hash: string | undefined): void {
  if (hash !== undefined && hash !== contentHash(document))
    throw new APIError('The text was changed since you opened it. Read it again, then approve it.', 409, null, true)
}

function refuseOver({ title }: Article, messages: Message[]): void {
  if (messages.length > 0) throw new RefusedError(title, messages, 'approved')
}

/** Saves the review in the row; with `changedBy`, also who is to answer for the text since its last approval. */
export async function save(
  req: PayloadRequest,
  { uid, locale }: Row,
  review: ReviewFields,
  { changedBy, ...more }: { editor?: string; changedBy?: Changer[] } = {},
): Promise<void> {
  await req.payload.update({
    collection: 'articles',
    id: rowId(String(uid), String(locale)),
    data: { review, ...more } as never,
    draft: true,
    context: changedBy ? { changedBy } : {},
    ...{ depth: 0, overrideAccess: true, req: aside(req) },
  })
}

export const entryOf = (act: AuditEntry['act'], document: Article, reason = ''): AuditEntry => {
  const { uid, locale, title } = document
  return { act, kind: 'article', uid, locale, title, reason, contentHash: contentHash(document) }
}
