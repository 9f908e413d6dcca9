import type { Locale } from 'content-schemas'
import type { Payload, Where } from 'payload'
import { dayOf } from 'pipeline/clock.ts'
import { dueDays } from 'pipeline/states.ts'
import { z } from 'zod'
import { type Actor, collectionRoles, hasRole } from '../access/roles.ts'
import type { Claim, Claims } from '../claims/claims.ts'
import { environment } from '../environment.ts'
import type { Article, Schedule, User } from '../payload-types.ts'
import { clockOf } from '../publishing/clock.ts'
import { linkTo } from './mails.ts'

/*
 * Mails that nobody's act sets off: a review falls due, a schedule did not do what was planned. What was told to whom is
 * a row of a queue whose key says all of it, so each is told once, whatever ends in between, however many look, and
 * wherever the clock jumps. A mail that may have left when its worker ended is not sent a second time.
 */

const queue = 'reminder'
/** A hand-over ends within a minute or two; a claim that lasts longer was lost. Milliseconds. */
const claimTime = 120_000
/** Pauses before the next attempts, milliseconds; after the last one the mail has failed. */
const pauses = [60_000, 600_000, 3_600_000, 21_600_000]
/** How long after its time a schedule that still waits is told of, milliseconds. */
const lateAfter = 600_000
/** Schedules looked at, newest first, and articles at a time. */
const most = 50
const batch = 500

const Reminder = z.discriminatedUnion('of', [
  z.strictObject({ of: z.literal('review'), article: z.string(), nextReview: z.string(), user: z.string() }),
  z.strictObject({ of: z.literal('schedule'), schedule: z.string(), user: z.string() }),
])
type Reminder = z.infer<typeof Reminder>
type Mail = { subject: string; paragraphs: string[] }

const quiet = { depth: 0, overrideAccess: true } as const

/**
 * Reminds people when it is called, again and again: of reviews once a day, of schedules each time. Call it in one worker
 * at a time; two do no harm.
 */
export function mailReminders(
  payload: Payload,
  claims: Claims,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let done: string | undefined
  return async () => {
    const today = dayOf(clockOf(payload).now())
    // Any other day, an earlier one too: the clock may have been wrong.
    if (today !== done) await queueReviews(payload, claims, today)
    done = today
    await queueSchedules(payload, claims)
    await claims.expire(queue)
    for (;;) {
      const claim = await claims.claim(queue, String(process.pid), claimTime)
      if (!claim) return
      await deliver(payload, claims, claim, onError)
    }
  }
}

const dayLength = 86_400_000
/** Days from one day to another. */
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / dayLength)

/**
 * The last time somebody was to be told of a review, in days before it: 90, 30, 0, then each thirtieth day after it.
 * Undefined while there is time. What a worker that was away missed is not made up for: only the last counts.
 */
export function stageOf(nextReview: string, today: string): number | undefined {
  const left = daysBetween(today, nextReview)
  if (left > dueDays) return undefined
  if (left > 30) return dueDays
  if (left > 0) return 30
  return -30 * Math.floor(-left / 30) || 0
}

type Falling = Pick<Article, 'id' | 'review' | 'editor'>

async function queueReviews(payload: Payload, claims: Claims, today: string): Promise<void> {
  const until = new Date(Date.parse(today) + dueDays * dayLength).toISOString().slice(0, 10)
  const where: Where = {
    and: [{ _status: { equals: 'published' } }, { 'review.nextReview': { less_than_equal: `${until}T23:59:59.999Z` } }],
  }
  const select = { review: true, editor: true } as const
  for (let page = 1; ; page++) {
    const found = await payload.find({
      collection: 'articles',
      ...{ where, select, page, limit: batch, sort: 'id', ...quiet },
    })
    for (const article of found.docs as Falling[]) await queueReview(payload, claims, article, today)
    if (!found.hasNextPage) return
  }
}

async function queueReview(payload: Payload, claims: Claims, article: Falling, today: string): Promise<void> {
  const nextReview = article.review?.nextReview?.slice(0, 10)
  if (!nextReview) return
  const stage = stageOf(nextReview, today)
  if (stage === undefined) return
  for (const user of await peopleOf(payload, article)) {
    const key = `${article.id}|${nextReview}|${stage}|${user}`
    await queueOnce(claims, key, { of: 'review', article: article.id, nextReview, user })
  }
}

/** The sign-ins of an article's editor and reviewer. Where no editor is known any more, the publishers'. */
async function peopleOf(payload: Payload, { editor, review }: Falling): Promise<Set<string>> {
  const writer = editor ? await userById(payload, editor) : undefined
  const isThere = hasRole(writer as Actor, collectionRoles.articles.update)
  const editors = isThere ? [editor!] : await usersWho(payload, { roles: { in: ['publisher'] } })
  const reviewer = typeof review?.reviewer === 'string' ? review.reviewer : review?.reviewer?.id
  const reviewers = reviewer
    ? await usersWho(payload, { and: [{ person: { equals: reviewer } }, { roles: { in: ['reviewer'] } }] })
    : []
  return new Set([...editors, ...reviewers])
}

async function usersWho(payload: Payload, where: Where): Promise<string[]> {
  const { docs } = await payload.find({ collection: 'users', where, limit: most, select: {}, ...quiet })
  return docs.map(({ id }) => id)
}

const userById = async (payload: Payload, id: string): Promise<User | undefined> =>
  (await payload.findByID({ collection: 'users', id, disableErrors: true, ...quiet })) ?? undefined

async function queueSchedules(payload: Payload, claims: Claims): Promise<void> {
  const late = new Date(clockOf(payload).now().getTime() - lateAfter).toISOString()
  const isLate: Where = { and: [{ state: { equals: 'waiting' } }, { at: { less_than_equal: late } }] }
  const { docs } = await payload.find({
    collection: 'schedules',
    where: { or: [{ state: { equals: 'refused' } }, isLate] },
    ...{ sort: '-at', limit: most, ...quiet },
  })
  for (const { id, state, user } of docs)
    if (user) await queueOnce(claims, `${id}|${state}`, { of: 'schedule', schedule: id, user })
}

// Looking takes no lock, and nearly always finds it.
async function queueOnce(claims: Claims, key: string, reminder: Reminder): Promise<void> {
  if (!(await claims.find(queue, key))) await claims.enqueue(queue, key, reminder)
}

async function deliver(
  payload: Payload,
  claims: Claims,
  claim: Claim,
  onError: (error: unknown) => void,
): Promise<void> {
  const reminder = Reminder.parse(claim.payload)
  const user = await userById(payload, reminder.user)
  const mail = user && (await mailOf(payload, reminder))
  if (!mail) {
    await claims.settle(claim, 'skipped', 'It is not so any more.')
    return
  }
  try {
    const text = `${mail.paragraphs.join('\n\n')}\n`
    await payload.sendEmail({ to: user.email, subject: mail.subject, text })
    await claims.settle(claim, 'sent')
  } catch (error) {
    onError(error)
    await tryAgain(payload, claims, claim)
  }
}

async function tryAgain(payload: Payload, claims: Claims, claim: Claim): Promise<void> {
  const pause = pauses[claim.attempts - 1]
  const reason = 'The mail could not be handed over.'
  if (pause === undefined) await claims.settle(claim, 'failed', reason)
  else await claims.again(claim, new Date(clockOf(payload).now().getTime() + pause), reason)
}

const mailOf = (payload: Payload, reminder: Reminder): Promise<Mail | undefined> =>
  reminder.of === 'review' ? reviewMail(payload, reminder) : scheduleMail(payload, reminder)

/** Undefined when it was reviewed or taken back since. */
async function reviewMail(
  payload: Payload,
  { article: id, nextReview }: Extract<Reminder, { of: 'review' }>,
): Promise<Mail | undefined> {
  const article = await payload.findByID({ collection: 'articles', id, disableErrors: true, ...quiet })
  if (article?._status !== 'published' || article.review?.nextReview?.slice(0, 10) !== nextReview) return undefined
  const left = daysBetween(dayOf(clockOf(payload).now()), nextReview)
  const { title, locale, uid } = article
  const named = `“${title}” (${locale})`
  if (left < 0)
    return {
      subject: `Review overdue: ${title}`,
      paragraphs: [
        `The review of ${named} was due on ${nextReview}. Readers are told so on every page and copy until it is reviewed again.`,
        `Bring it up to date and submit it, or withdraw it:\n${linkTo({ uid, locale })}`,
      ],
    }
  return {
    subject: `Review due ${left === 0 ? 'today' : `in ${left} days`}: ${title}`,
    paragraphs: [
      `The review of ${named} is due on ${nextReview}. After that day readers are told that it is overdue.`,
      `Check it, bring it up to date and submit it for review:\n${linkTo({ uid, locale })}`,
    ],
  }
}

/** Undefined when it was done or cancelled since. */
async function scheduleMail(
  payload: Payload,
  { schedule: id }: Extract<Reminder, { of: 'schedule' }>,
): Promise<Mail | undefined> {
  const row = await payload.findByID({ collection: 'schedules', id, disableErrors: true, ...quiet })
  if (row?.state === 'refused') return refusedMail(row)
  return row?.state === 'waiting' ? lateMail(row) : undefined
}

const whatOf = ({ act, title, locale }: Schedule): string =>
  `“${title}” (${locale}) was to be ${act === 'publish' ? 'published' : 'withdrawn'}`
const articleOfSchedule = ({ uid, locale }: Schedule): string => linkTo({ uid, locale: locale as Locale })

const refusedMail = (row: Schedule): Mail => ({
  subject: `Not ${row.act === 'publish' ? 'published' : 'withdrawn'}: ${row.title}`,
  paragraphs: [
    `${whatOf(row)} at ${row.at}, and was refused. Nothing was changed.`,
    ...(row.reason ? [row.reason] : []),
    `Mend it, then schedule it again:\n${articleOfSchedule(row)}`,
  ],
})

const lateMail = (row: Schedule): Mail => ({
  subject: `Late: ${row.title}`,
  paragraphs: [
    `${whatOf(row)} at ${row.at}, and it could not be done yet. It is tried again every few seconds.`,
    `If it stays so, tell who runs Signpost: its log says why. The schedule is at\n${environment().siteUrl}/admin/collections/schedules/${row.id}`,
  ],
})
