import { createHash, randomBytes } from 'node:crypto'
import type { Article, Records } from 'content-schemas'
import { APIError, createLocalReq, type Payload, type PayloadRequest, type Where } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { type Acting, allow } from '../access/acting.ts'
import { limitMails } from '../access/attempts.ts'
import { type AuditEntry, audit } from '../audit/record.ts'
import { environment } from '../environment.ts'
import { clockOf } from '../publishing/clock.ts'
import type { Row } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { examine } from '../publishing/gate.ts'
import { aside, newestRow } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { type Run, runsOf } from './anchors.ts'
import { type Comment, commentsOn, keepComment } from './comments.ts'
import { mailEditors, mailInvitation } from './mails.ts'

/*
 * Links for a reviewer outside: each opens one text, frozen when the link was made, to whoever has it, and takes
 * comments on it. Of its token only a hash is kept; it is shown once.
 */

/** How long a link holds, days. */
export const daysOfLink = { least: 1, usual: 14, most: 60 } as const
const day = 86_400_000

/** How a reading came out, in the words of the one who read. */
export const verdicts = {
  'no-concerns': 'I have read it: no concerns',
  concerns: 'I have read it: I have concerns',
} as const
export type Verdict = keyof typeof verdicts

/** A link without what it opens. */
export type ReviewLink = {
  id: string
  clinician: string
  /** Whose text it is. */
  reference: Reference
  contentHash: string
  by: string
  user: string | null
  at: string
  expiresAt: string
  revokedAt: string | null
  lastUsedAt: string | null
  verdict: Verdict | null
  verdictAt: string | null
}
/** What a link opens. */
export type Opened = { link: ReviewLink; document: Article; records: Records }

const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const
const of = ({ uid, locale }: Reference, ...more: Where[]): Where => ({
  and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, ...more],
})
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Where a token leads. */
export const addressOf = (token: string): string => `${environment().siteUrl}/review/${token}`

/** Whom a link is for, and for how many days. With an address, it is mailed there; the address is not kept. */
export type Invited = { clinician: string; days?: number; mail?: string }

/** Makes a link to the newest text of an article. Its address is in the answer, and nowhere else afterwards. */
export async function makeLink(
  payload: Payload,
  reference: Reference,
  { clinician, days = daysOfLink.usual, mail, ...acting }: Acting & Invited,
): Promise<{ link: ReviewLink; address: string }> {
  if (mail) limitMails(mail)
  const token = randomBytes(24).toString('base64url')
  const address = addressOf(token)
  const { link, article } = await inTransaction(payload, async (req) => {
    allow('link', acting)
    if (!Number.isInteger(days) || days < daysOfLink.least || days > daysOfLink.most)
      throw new APIError(`A link holds for ${daysOfLink.least} to ${daysOfLink.most} days.`, 400, null, true)
    const { article, records } = await frozen(req, reference)
    const { uid, locale } = article
    const now = clockOf(payload).now()
    const data = {
      ...{ uid, locale, contentHash: contentHash(article), clinician, tokenHash: hashOf(token) },
      ...{ document: article as unknown as Record<string, unknown>, records: records as unknown as typeof data },
      ...{ by: acting.by, user: acting.user?.id ?? null, at: now.toISOString() },
      expiresAt: new Date(now.getTime() + days * day).toISOString(),
    } as Record<string, unknown>
    const row = await payload.create({ collection: 'review-links', data: data as never, ...quiet(req) })
    await audit(req, acting, entryOf('link', article, `for ${clinician}, ${days} days`))
    return { link: linkOf(row), article }
  })
  if (mail) await mailInvitation(payload, article, { to: mail, address, by: acting.by, link })
  return { link, address }
}

async function frozen(req: PayloadRequest, reference: Reference): Promise<{ article: Article; records: Records }> {
  const row = await newestRow(req, 'articles', reference)
  if (!row) throw new APIError('There is no such article.', 404, null, true)
  const { document, records, messages } = await examine(req, 'articles', row)
  if (document?.kind === 'article' && records) return { article: document, records }
  const reasons = messages.map(({ reason }) => reason).join(' ')
  throw new APIError(`It cannot be shown to anybody as it is. ${reasons}`, 422, null, true)
}

/** Ends a link of an article, or all that still hold. Returns how many it ended. */
export const revokeLinks = (
  payload: Payload,
  reference: Reference,
  { link: id, ...acting }: Acting & { link?: string },
): Promise<number> =>
  inTransaction(payload, async (req) => {
    allow('link', acting)
    const now = clockOf(payload).now().toISOString()
    const open = (await linksTo(req, reference)).filter((link) => isOpen(link, now) && (id ?? link.id) === link.id)
    if (id !== undefined && open.length === 0)
      throw new APIError('There is no such link to this article that still holds.', 404, null, true)
    for (const link of open) {
      await change(req, link, { revokedAt: now, revokedBy: acting.by })
      const row = await newestRow(req, 'articles', reference)
      const entry = { act: 'unlink', kind: 'article', ...reference, title: String(row?.title ?? '') } as const
      await audit(req, acting, { ...entry, contentHash: link.contentHash, reason: `for ${link.clinician}` })
    }
    return open.length
  })

/** All links to an article, newest first. */
export async function linksTo(req: PayloadRequest, reference: Reference): Promise<ReviewLink[]> {
  const { docs } = await req.payload.find({
    ...{ collection: 'review-links', where: of(reference), sort: ['-at', '-createdAt'], pagination: false },
    ...quiet(req),
  })
  return docs.map(linkOf)
}

/** Whether a link still opens something at a moment, ISO. */
export const isOpen = ({ revokedAt, expiresAt }: ReviewLink, now: string): boolean => !revokedAt && now < expiresAt

/** How exactly it is kept when a link was used last, milliseconds. */
const usedWithin = 60_000

/**
 * What a token opens now; undefined for one that is unknown, expired or revoked, or whose article is gone. Keeps when it
 * was used last.
 */
export async function openLink(payload: Payload, token: string): Promise<Opened | undefined> {
  const req = await createLocalReq({}, payload)
  const opened = await openedBy(req, { tokenHash: { equals: hashOf(token) } })
  if (!opened) return undefined
  const now = clockOf(payload).now()
  const { lastUsedAt } = opened.link
  if (!lastUsedAt || now.getTime() - Date.parse(lastUsedAt) >= usedWithin)
    await inTransaction(payload, (own) => change(own, opened.link, { lastUsedAt: now.toISOString() }))
  return opened
}

/** What a link opens now, by its id, for a process of ours. */
export async function openLinkById(payload: Payload, id: string): Promise<Opened | undefined> {
  return openedBy(await createLocalReq({}, payload), { id: { equals: id } })
}

async function openedBy(req: PayloadRequest, where: Where): Promise<Opened | undefined> {
  const { docs } = await req.payload.find({
    ...{ collection: 'review-links', where, limit: 1, pagination: false },
    ...quiet(req),
  })
  const [row] = docs
  if (!row) return undefined
  const link = linkOf(row)
  if (!isOpen(link, clockOf(req.payload).now().toISOString())) return undefined
  if (!(await newestRow(req, 'articles', link.reference))) return undefined
  return { link, document: row.document as unknown as Article, records: row.records as unknown as Records }
}

/** What somebody outside says: about which run of the text that was shown, and which words of it; without, all of it. */
export type OutsideComment = { text: string; run?: number; exact?: string }

/** As many as one link takes: what comes after that is no review. */
const mostComments = 300

/** Keeps a comment that came through a link, and tells the editors. Throws when the words do not stand in the run. */
export async function commentOutside(
  payload: Payload,
  { link, document: article, records }: Opened,
  { text, run: index, exact }: OutsideComment,
): Promise<Comment> {
  const place = index === undefined ? null : placeIn(runsOf(article, records)[index], exact)
  const acting = { by: `${link.clinician} (outside)`, link: link.id }
  const kept = await inTransaction(payload, async (req) => {
    if ((await commentsThrough(req, link)).length >= mostComments)
      throw new APIError('This link has taken all the comments it can. Please write a mail instead.', 429, null, true)
    return keepComment(req, article, acting, { text }, place)
  })
  await mailEditors(payload, article, await editorsFor(payload, link), {
    subject: `Comment from outside: ${article.title}`,
    says: [`${link.clinician} has commented on “${article.title}” (${article.locale}):`, text],
  })
  return kept
}

function placeIn(run: Run | undefined, exact: string | undefined) {
  const words = exact ?? run?.text ?? ''
  const start = run?.text.indexOf(words) ?? -1
  if (run && start >= 0) return { run, spot: { start, end: start + words.length } }
  throw new APIError('These words do not stand there. Shorten the passage, but do not change it.', 400, null, true)
}

/** What came through a link, oldest first. */
export const commentsThrough = async (req: PayloadRequest, link: ReviewLink): Promise<Comment[]> =>
  (await commentsOn(req, link.reference)).filter((comment) => comment.link === link.id)

/** Keeps how the reading came out; the last word counts. */
export async function giveVerdict(
  payload: Payload,
  { link, document: article }: Opened,
  verdict: Verdict,
): Promise<void> {
  const verdictAt = clockOf(payload).now().toISOString()
  const acting = { by: `${link.clinician} (outside)` }
  await inTransaction(payload, async (req) => {
    await change(req, link, { verdict, verdictAt })
    await audit(req, acting, entryOf('outside-verdict', article, verdicts[verdict]))
  })
  await mailEditors(payload, article, await editorsFor(payload, link), {
    subject: `Read outside: ${article.title}`,
    says: [`${link.clinician} says of “${article.title}” (${article.locale}): ${verdicts[verdict]}.`],
  })
}

/** Sign-ins of those who wait for it: who made the link, and who submitted the article. */
async function editorsFor(payload: Payload, { reference, user }: ReviewLink): Promise<string[]> {
  const row = await newestRow(await createLocalReq({}, payload), 'articles', reference)
  const { submittedBy } = (row?.review ?? {}) as { submittedBy?: string | null }
  return [...new Set([user, submittedBy])].filter((id) => typeof id === 'string')
}

async function change(req: PayloadRequest, { id }: ReviewLink, data: Partial<Row>): Promise<void> {
  await req.payload.update({ collection: 'review-links', id, data, context: { act: 'link' }, ...quiet(req) })
}

const entryOf = (act: AuditEntry['act'], article: Article, reason: string): AuditEntry => {
  const { uid, locale, title } = article
  return { act, kind: 'article', uid, locale, title, reason, contentHash: contentHash(article) }
}

type LinkRow = { [K in keyof Omit<ReviewLink, 'reference' | 'verdict'>]?: string | null } & Partial<Reference> & {
    verdict?: Verdict | null
  }
const linkOf = (row: LinkRow): ReviewLink => ({
  ...{ id: row.id!, clinician: row.clinician!, reference: { uid: row.uid!, locale: row.locale! } },
  ...{ contentHash: row.contentHash!, by: row.by!, user: row.user ?? null, at: row.at!, expiresAt: row.expiresAt! },
  ...{ revokedAt: row.revokedAt ?? null, lastUsedAt: row.lastUsedAt ?? null },
  ...{ verdict: row.verdict ?? null, verdictAt: row.verdictAt ?? null },
})
