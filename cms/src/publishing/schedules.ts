import type { Edition, Locale } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { type Acting, allow } from '../access/acting.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { approvalMissing, candidateById, newestCandidate } from '../review/candidates.ts'
import { clockOf } from './clock.ts'
import { articleOf, articleRow, rowId } from './document.ts'
import { liveEdition, type Reference } from './editions.ts'
import { examineOrRefuse, RefusedError } from './gate.ts'
import { aside, newestRow } from './records.ts'
import { inTransaction } from './transaction.ts'

/*
 * What is to be published or withdrawn at a time. `firing.ts` does it when the time has come.
 */

/** A row of the schedule. `candidate` is what is published, an approval; null for a withdrawal. */
export type Schedule = {
  id: string
  uid: string
  locale: Locale
  title: string
  act: 'publish' | 'withdraw'
  /** When, ISO. */
  at: string
  state: 'waiting' | 'done' | 'refused' | 'cancelled'
  candidate: string | null
  by: string
  user: string | null
  reason: string
}

/** What to do when. A publication is of the approval named, else of the newest draft's; a withdrawal needs a reason. */
export type Plan = { act: 'publish' | 'withdraw'; at: Date; candidate?: string; reason?: string }

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

/** Schedules an act on an article. What stands against it today is refused today; the gate is met again at its time. */
export const schedule = (payload: Payload, reference: Reference, plan: Plan, acting: Acting): Promise<Schedule> =>
  inTransaction(payload, async (req) => {
    allow('schedule', acting)
    const { act, at, reason = '' } = plan
    if (!(at.getTime() > clockOf(payload).now().getTime())) throw misuse('This time has passed. Choose a later one.')
    const row = await newestRow(req, 'articles', reference)
    if (!row) throw new APIError('There is no such article.', 404, null, true)
    const title = String(row.title)
    const candidate = act === 'publish' ? await candidateFor(req, reference, row, plan.candidate) : null
    if (act === 'withdraw') await assertWithdrawable(req, reference, reason)
    const { uid, locale } = reference
    const data = { uid, locale, title, act, at: at.toISOString(), candidate: candidate?.id ?? null, reason }
    const made = await req.payload.create({
      collection: 'schedules',
      data: { ...data, state: 'waiting', by: acting.by, user: acting.user?.id ?? null },
      ...quiet(req),
    })
    await audit(req, acting, entryOf('schedule', scheduleOf(made), candidate?.contentHash))
    if (candidate) await noteAgain(req, reference)
    return scheduleOf(made)
  })

/** Takes something off the schedule before its time. */
export const cancel = (payload: Payload, id: string, acting: Acting): Promise<Schedule> =>
  inTransaction(payload, async (req) => {
    allow('cancel', acting)
    const found = await scheduleById(req, id)
    if (!found) throw new APIError('There is nothing like this on the schedule.', 404, null, true)
    if (found.state !== 'waiting') throw new APIError(`It is ${found.state} already.`, 409, null, true)
    await endSchedule(req, found, { state: 'cancelled' })
    await audit(req, acting, entryOf('cancel', found))
    if (found.act === 'publish') await noteAgain(req, found)
    return { ...found, state: 'cancelled' }
  })

/** Takes all that waits for a document off the schedule: it ends otherwise. */
export async function cancelWaiting(req: PayloadRequest, reference: Reference, acting: Acting): Promise<void> {
  for (const waiting of await waitingFor(req, reference)) {
    await endSchedule(req, waiting, { state: 'cancelled' })
    await audit(req, acting, entryOf('cancel', waiting))
  }
}

/** Takes a publication off the schedule once its text has been published otherwise. */
export async function cancelPublished(req: PayloadRequest, edition: Edition, acting: Acting): Promise<void> {
  for (const waiting of await waitingFor(req, edition)) {
    const candidate = waiting.candidate === null ? undefined : await candidateById(req, edition, waiting.candidate)
    if (candidate?.contentHash !== edition.contentHash) continue
    await endSchedule(req, waiting, { state: 'cancelled' })
    await audit(req, acting, entryOf('cancel', waiting))
  }
}

/** Refuses to replace what is published by a text that was approved before it. */
export async function assertNewer(req: PayloadRequest, schedule: Schedule): Promise<void> {
  const live = await liveEdition(req, schedule)
  if (!live?.contentHash || schedule.candidate === null) return
  const planned = await candidateById(req, schedule, schedule.candidate)
  const shown = await newestCandidate(req, schedule, live.contentHash)
  if (!planned || !shown || shown.at <= planned.at) return
  throw new APIError(
    'A text that was approved later has been published, and this one does not replace it.',
    409,
    null,
    true,
  )
}

async function candidateFor(req: PayloadRequest, reference: Reference, row: { id: string }, id: string | undefined) {
  const { document } = articleOf(row)
  const candidate =
    id === undefined
      ? document && (await newestCandidate(req, reference, contentHash(document)))
      : await candidateById(req, reference, id)
  const title = document?.title ?? row.id
  if (!candidate) throw new RefusedError(title, [approvalMissing(await newestCandidate(req, reference), document)])
  const { slug: _, ...approved } = articleRow(candidate.document)
  await examineOrRefuse(req, 'articles', { ...row, ...approved })
  return candidate
}

async function assertWithdrawable(req: PayloadRequest, reference: Reference, reason: string): Promise<void> {
  if (!reason.trim()) throw misuse('Readers are told why: give a reason.')
  const live = await liveEdition(req, reference)
  if (!live?.document) throw new APIError('It is not published, so it cannot be withdrawn.', 409, null, true)
}

const misuse = (sentence: string) => new APIError(sentence, 400, null, true)

// The state in the row follows what is saved; nothing else of it changes.
async function noteAgain(req: PayloadRequest, { uid, locale }: Reference): Promise<void> {
  const row = await newestRow(req, 'articles', { uid, locale })
  if (row?._status !== 'draft') return
  await req.payload.update({ collection: 'articles', id: rowId(uid, locale), data: {}, draft: true, ...quiet(req) })
}

/** What waits for a document, soonest first. */
export async function waitingFor(req: PayloadRequest, { uid, locale }: Reference): Promise<Schedule[]> {
  const { docs } = await req.payload.find({
    collection: 'schedules',
    where: { and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, { state: { equals: 'waiting' } }] },
    sort: 'at',
    pagination: false,
    ...quiet(req),
  })
  return docs.map(scheduleOf)
}

/** What waits, soonest first; or the newest hundred, whatever became of them. */
export async function listSchedules(payload: Payload, which: 'waiting' | 'all'): Promise<Schedule[]> {
  const options =
    which === 'waiting' ? { where: { state: { equals: 'waiting' } }, sort: 'at', limit: 0, pagination: false } : {}
  const all = { sort: '-at', limit: 100, depth: 0, overrideAccess: true } as const
  const { docs } = await payload.find({ collection: 'schedules', ...all, ...options })
  return docs.map(scheduleOf)
}

/** What waits and whose time has come, the earliest first. */
export async function dueSchedules(req: PayloadRequest): Promise<Schedule[]> {
  const now = clockOf(req.payload).now().toISOString()
  const { docs } = await req.payload.find({
    collection: 'schedules',
    where: { and: [{ state: { equals: 'waiting' } }, { at: { less_than_equal: now } }] },
    sort: 'at',
    pagination: false,
    ...quiet(req),
  })
  return docs.map(scheduleOf)
}

/** A row of the schedule, as this request's transaction sees it. */
export async function scheduleById(req: PayloadRequest, id: string): Promise<Schedule | undefined> {
  const row = await req.payload.findByID({ collection: 'schedules', id, disableErrors: true, ...quiet(req) })
  return row ? scheduleOf(row) : undefined
}

/** Says what became of it. */
export async function endSchedule(
  req: PayloadRequest,
  { id }: Schedule,
  data: { state: Schedule['state']; reason?: string; stamp?: string },
): Promise<void> {
  await req.payload.update({ collection: 'schedules', id, data, ...quiet(req) })
}

/** Its entry in the audit trail. */
export const entryOf = (
  act: AuditEntry['act'],
  { uid, locale, title, at, act: planned, reason }: Schedule,
  contentHash?: string,
): AuditEntry => ({
  ...{ act, kind: 'article', uid, locale, title, ...(contentHash === undefined ? {} : { contentHash }) },
  reason: `${planned} at ${at}${reason ? `: ${reason}` : ''}`,
})

type ScheduleRow = Omit<Schedule, 'title' | 'candidate' | 'user' | 'reason'> & {
  title?: string | null
  candidate?: string | null
  user?: string | null
  reason?: string | null
}

const scheduleOf = (row: ScheduleRow): Schedule => {
  const { id, uid, locale, act, at, state, by, title, candidate, user, reason } = row
  const rest = { title: title ?? '', candidate: candidate ?? null, user: user ?? null, reason: reason ?? '' }
  return { id, uid, locale, act, at, state, by, ...rest }
}
