import type { Article } from 'content-schemas'
import type { Payload, Where } from 'payload'
import { environment } from '../environment.ts'
import type { Strike } from '../payload-types.ts'
import { rowId } from '../publishing/document.ts'
import type { Candidate } from './candidates.ts'

/*
 * Mails of a review. They go out after the act is done; one that cannot leave is told to the log, and undoes nothing.
 */

/** Tells a reviewer, a person's uid, that something waits: whoever has a reviewer's sign-in for this person. */
export async function mailReviewer(payload: Payload, article: Article, person: string, by: string): Promise<void> {
  const where: Where = { and: [{ person: { equals: person } }, { roles: { in: ['reviewer'] } }] }
  const { docs } = await payload.find({ collection: 'users', where, depth: 0, overrideAccess: true })
  for (const { email } of docs)
    await send(payload, email, `To review: ${article.title}`, [
      `${by} asks you to review “${article.title}” (${article.locale}).`,
      `Read it, then approve it or return it with a note:\n${linkTo(article)}/review`,
    ])
}

/** Tells the editor who submitted an article how the review came out. */
export async function mailOutcome(
  payload: Payload,
  article: Article,
  editor: string | null | undefined,
  { by, outcome, note }: { by: string; outcome: 'approved' | 'returned'; note?: string },
): Promise<void> {
  if (!editor) return
  const options = { depth: 0, overrideAccess: true, disableErrors: true } as const
  const user = await payload.findByID({ collection: 'users', id: editor, ...options })
  if (!user) return
  const verb = outcome === 'approved' ? 'Approved' : 'Returned'
  await send(payload, user.email, `${verb}: ${article.title}`, [
    `${by} has ${outcome} “${article.title}” (${article.locale}).`,
    ...(note ? [note] : []),
    linkTo(article),
  ])
}

/** Sends somebody outside a link to the text. */
export const mailInvitation = (
  payload: Payload,
  article: Article,
  {
    to,
    address,
    by,
    link,
  }: { to: string; address: string; by: string; link: { clinician: string; expiresAt: string } },
): Promise<void> =>
  send(payload, to, `To read: ${article.title}`, [
    `${link.clinician}, ${by} asks you to read “${article.title}” before it is published, and to say what you think.`,
    `It needs no account. The link is yours alone and holds until ${link.expiresAt.slice(0, 10)}:\n${address}`,
  ])

/** Tells editors, by their sign-ins, of what somebody outside said. */
export async function mailEditors(
  payload: Payload,
  article: Article,
  editors: string[],
  { subject, says }: { subject: string; says: string[] },
): Promise<void> {
  if (editors.length === 0) return
  const where: Where = { id: { in: editors } }
  const { docs } = await payload.find({ collection: 'users', where, depth: 0, pagination: false, overrideAccess: true })
  for (const { email } of docs) await send(payload, email, subject, [...says, `${linkTo(article)}/comments`])
}

type StrikeRow = Pick<Strike, 'uid' | 'locale' | 'title' | 'reason' | 'says' | 'at' | 'by'>

/** Tells the reviewer of an article, a person's uid, else every reviewer, that a passage of it was withdrawn at once. */
export async function mailStrike(payload: Payload, row: StrikeRow, reviewer: string | null): Promise<void> {
  const own = reviewer ? await addressesOf(payload, { and: [{ person: { equals: reviewer } }, isReviewer] }) : []
  const text = [
    `${row.by} has withdrawn a passage of “${row.title}” (${row.locale}) from what is published: ${row.reason}`,
    ...(row.says ? [`It said: “${row.says}”`] : []),
    `Please confirm or lift it within 24 hours; until then it stays withdrawn:\n${linkTo(row)}`,
  ]
  for (const to of own.length > 0 ? own : await addressesOf(payload, isReviewer))
    await send(payload, to, `Withdrawn, please confirm: ${row.title}`, text)
}

/** Tells all reviewers and publishers of a withdrawn passage that nobody has answered in time. */
export async function mailUnconfirmed(payload: Payload, row: StrikeRow): Promise<void> {
  const text = [
    `A passage of “${row.title}” (${row.locale}) was withdrawn on ${row.at.slice(0, 10)} by ${row.by}, and is unconfirmed.`,
    `It stays withdrawn until a reviewer confirms or lifts it:\n${linkTo(row)}`,
  ]
  for (const to of await addressesOf(payload, { roles: { in: ['reviewer', 'publisher'] } }))
    await send(payload, to, `Still unconfirmed: ${row.title}`, text)
}

const isReviewer: Where = { roles: { in: ['reviewer'] } }

async function addressesOf(payload: Payload, where: Where): Promise<string[]> {
  const { docs } = await payload.find({ collection: 'users', where, pagination: false, depth: 0, overrideAccess: true })
  return docs.map(({ email }) => email)
}

/** Tells the reviewer whose approval was kept that a second editor confirmed a change of wording, and which. */
export async function mailConfirmed(
  payload: Payload,
  { document }: Pick<Candidate, 'document'>,
  { by, changes }: { by: string; changes: string },
): Promise<void> {
  const { reviewer } = document.review
  if (!reviewer) return
  const where: Where = { and: [{ person: { equals: reviewer } }, { roles: { in: ['reviewer'] } }] }
  const { docs } = await payload.find({ collection: 'users', where, depth: 0, overrideAccess: true })
  for (const { email } of docs)
    await send(payload, email, `Wording changed: ${document.title}`, [
      `${by} confirmed that “${document.title}” (${document.locale}), which you approved, was changed in nothing but wording.`,
      changes,
      `If you see it otherwise, recall it there:\n${linkTo(document)}/review`,
    ])
}

/** Tells who confirmed a change, and the publishers, that a reviewer recalled it: readers may have it already. */
export async function mailRecalled(
  payload: Payload,
  { document, user }: Pick<Candidate, 'document' | 'user'>,
  { by, reason }: { by: string; reason: string },
): Promise<void> {
  const where: Where = { or: [{ id: { equals: user ?? '' } }, { roles: { in: ['publisher'] } }] }
  const { docs } = await payload.find({ collection: 'users', where, depth: 0, overrideAccess: true })
  for (const { email } of docs)
    await send(payload, email, `Recalled: ${document.title}`, [
      `${by} has recalled a change of wording in “${document.title}” (${document.locale}).`,
      reason,
      `It is not approved any longer. If it is published, publish what was approved before, or have it approved:\n${linkTo(document)}/review`,
    ])
}

/** Where an article is edited. */
export const linkTo = ({ uid, locale }: Pick<Article, 'uid' | 'locale'>): string =>
  `${environment().siteUrl}/admin/collections/articles/${rowId(uid, locale)}`

async function send(payload: Payload, to: string, subject: string, paragraphs: string[]): Promise<void> {
  try {
    await payload.sendEmail({ to, subject, text: `${paragraphs.join('\n\n')}\n` })
  } catch (error) {
    payload.logger.error({ err: error, msg: `The mail “${subject}” could not be sent.` })
  }
}
