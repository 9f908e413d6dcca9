import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openClaims } from 'cms/src/claims/open.ts'
import type * as Scheduler from 'cms/src/processes/scheduler.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Firing from 'cms/src/publishing/firing.ts'
import type * as Schedules from 'cms/src/publishing/schedules.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { type Article, type Edition, recordKinds } from 'content-schemas'
import { handleEndpoints, type PayloadRequest, type TypedUser } from 'payload'
import type { PublishedSource } from 'pipeline/source.ts'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { article, known, records, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let firing: typeof Firing
let review: typeof Review
let schedules: typeof Schedules
let startScheduler: typeof Scheduler.startScheduler
let source: PublishedSource
const users: Record<string, { user: TypedUser; token: string }> = {}
const start = '2026-05-01T09:00:00.000Z'

beforeAll(async () => {
  cms = await install(start)
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  firing = await import('cms/src/publishing/firing.ts')
  review = await import('cms/src/review/acts.ts')
  schedules = await import('cms/src/publishing/schedules.ts')
  ;({ startScheduler } = await import('cms/src/processes/scheduler.ts'))
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(cms.payload)
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  await signIn('editor', null)
  await signIn('reviewer', known.reviewer)
  await signIn('publisher', null)
  await signIn('admin', null)
})
afterAll(() => cms?.remove())
beforeEach(() => {
  cms.clock.now = new Date(start)
})

async function signIn(role: 'editor' | 'reviewer' | 'publisher' | 'admin', person: string | null): Promise<void> {
  const account = { email: `${role}@example.org`, password: 'a long enough password' }
  const data = { ...account, name: `The ${role}`, roles: [role], person }
  const user = await cms.payload.create({ collection: 'users', data })
  const { token } = await cms.payload.login({ collection: 'users', data: account })
  users[role] = { user: { ...user, collection: 'users' } as TypedUser, token: token! }
}
const as = (role: string) => ({ by: `The ${role}`, user: users[role]!.user })

let last = 3000
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const idOf = (number: number) => `${uid(number)}.en`
const unreviewed = { reviewer: null, lastReviewed: null, nextReview: null }

async function draft(changes: Partial<Article> = {}): Promise<number> {
  const number = ++last
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}` }
  const made = article({ ...named, review: unreviewed, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  return number
}
const edit = (number: number, data: object) =>
  cms.payload.update({ collection: 'articles', id: idOf(number), data: data as never, draft: true })
const newest = (number: number) =>
  cms.payload.findByID({ collection: 'articles', id: idOf(number), draft: true, depth: 0 })
const live = async (number: number): Promise<Edition | undefined> => (await source.document(uid(number), 'en'))?.live
const submit = (number: number) =>
  review.submit(cms.payload, english(number), { ...as('editor'), reviewer: known.reviewer })
const approve = (number: number) => review.approve(cms.payload, english(number), as('reviewer'))
const publish = (number: number, chosen: Acts.Chosen = {}) =>
  acts.publish(cms.payload, 'article', english(number), as('publisher'), chosen)
const trail = async (number: number) => {
  const where = { uid: { equals: uid(number) } }
  const { docs } = await cms.payload.find({ collection: 'audit', where, sort: ['createdAt'], pagination: false })
  return docs
}
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error & { status?: number; data?: { messages?: { rule: string }[] } }) => error,
  )
const rulesOf = async (promise: Promise<unknown>) =>
  (await failure(promise))?.data?.messages?.map(({ rule }: { rule: string }) => rule)

describe('an approval', () => {
  test('comes after a submission, sets the days of the review, and lets exactly this text be published', async () => {
    const number = await draft()
    expect((await newest(number)).state).toBe('draft')
    expect(await rulesOf(publish(number))).toEqual(['approval-missing', 'reviewer-missing'])
    await submit(number)
    expect(await newest(number)).toMatchObject({ state: 'in-review', review: { reviewer: known.reviewer } })
    const candidate = await approve(number)
    expect(candidate.document.review).toEqual({
      ...{ reviewer: known.reviewer, lastReviewed: '2026-05-01', nextReview: '2028-05-01' },
    })
    expect((await newest(number)).state).toBe('approved')
    expect(await publish(number)).toMatchObject({ number: 1, document: { review: candidate.document.review } })
    expect((await newest(number)).state).toBe('published')
  })

  test('is asked for once of the same reviewer, however often and fast somebody presses', async () => {
    const number = await draft()
    const answers = await Promise.all([1, 2, 3].map(() => failure(submit(number))))
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1)
    for (const answer of answers.filter(Boolean)) expect(answer).toMatchObject({ status: 409 })
    expect((await trail(number)).filter(({ act }) => act === 'submit')).toHaveLength(1)
  })

  test('is void once the text is another, and holds again when it is the same', async () => {
    const number = await draft()
    await approve(number)
    await edit(number, { summary: 'How to sleep.' })
    expect((await newest(number)).state).toBe('draft')
    const refusal = (await failure(publish(number)))!
    expect(refusal.message).toContain('changed after Lee Wong approved it on 2026-05-01')
    await edit(number, { summary: 'How to sleep better.' })
    expect(await publish(number)).toMatchObject({ number: 1 })
  })

  test('does not cover the web address, which is no part of the text', async () => {
    const number = await draft()
    await approve(number)
    await edit(number, { slug: `moved-${number}` })
    expect(await publish(number)).toMatchObject({ slug: `moved-${number}` })
  })

  test('is not given by an author, by who submitted it, or without a person', async () => {
    const own = await draft({ authors: [known.reviewer] })
    expect(await rulesOf(approve(own))).toEqual(['reviewer-is-author'])
    expect((await failure(submit(own)))?.message).toContain('is an author')
    const number = await draft()
    const both = { by: 'Both', user: { ...users.reviewer!.user, roles: ['editor' as const, 'reviewer' as const] } }
    await review.submit(cms.payload, english(number), { ...both, reviewer: known.reviewer })
    expect((await failure(review.approve(cms.payload, english(number), both)))?.message).toContain('yourself')
    const nobody = { by: 'No person', user: { ...users.publisher!.user, roles: ['reviewer' as const] } }
    expect((await failure(review.approve(cms.payload, english(number), nobody)))?.message).toContain('names no person')
    expect((await newest(number)).state).toBe('in-review')
  })

  test('is not given by who wrote any of the text, until somebody else has approved that', async () => {
    const number = await draft()
    const both = { by: 'Both', user: { ...users.reviewer!.user, roles: ['editor' as const, 'reviewer' as const] } }
    await cms.payload.update({
      ...{ collection: 'articles', id: idOf(number), data: { summary: 'Sleep well.' }, draft: true },
      ...{ user: both.user, overrideAccess: true },
    })
    await submit(number)
    const own = review.approve(cms.payload, english(number), both)
    expect(await failure(own)).toMatchObject({ status: 409, message: expect.stringContaining('changed this text') })
    await review.approve(cms.payload, english(number), {
      ...as('publisher'),
      reviewer: known.reviewer,
      user: undefined,
    })
    expect((await newest(number)).changedBy).toEqual([])
    await edit(number, { summary: 'Sleep better.' })
    expect(await review.approve(cms.payload, english(number), both)).toMatchObject({ approvedBy: 'Lee Wong' })
  })

  test('over REST names the text it is of', async () => {
    const number = await draft()
    await submit(number)
    expect((await rest('reviewer', 'POST', `/articles/${idOf(number)}/acts/approve`, {})).status).toBe(400)
    expect((await newest(number)).state).toBe('in-review')
  })

  test('is still asked for when a version of before is restored', async () => {
    const number = await draft()
    await edit(number, { summary: 'How to sleep.' })
    const where = { parent: { equals: idOf(number) } }
    const { docs } = await cms.payload.findVersions({ collection: 'articles', where, sort: 'createdAt' })
    await submit(number)
    await cms.payload.restoreVersion({ collection: 'articles', id: docs[0]!.id, draft: true })
    expect(await newest(number)).toMatchObject({
      ...{ summary: 'How to sleep better.', state: 'in-review', review: { reviewer: known.reviewer } },
    })
    await review.returnToEditor(cms.payload, english(number), { ...as('reviewer'), note: 'Shorter.' })
    await cms.payload.restoreVersion({ collection: 'articles', id: docs[0]!.id, draft: true })
    expect(await newest(number)).toMatchObject({ state: 'draft', review: { note: 'Shorter.' } })
  })

  test('is of what was read: a text changed meanwhile is refused', async () => {
    const number = await draft()
    const read = await approve(number)
    await edit(number, { summary: 'How to sleep.' })
    const late = review.approve(cms.payload, english(number), { ...as('reviewer'), contentHash: read.contentHash })
    expect((await failure(late))?.message).toContain('changed since you opened it')
  })

  test('cannot be written into the fields by who may save', async () => {
    const number = await draft()
    const data = { review: { reviewer: known.reviewer, lastReviewed: '2026-04-01', nextReview: '2028-04-01' } }
    await rest('editor', 'PATCH', `/articles/${idOf(number)}?draft=true`, { ...data, state: 'approved' })
    expect(await newest(number)).toMatchObject({ state: 'draft', review: { reviewer: null, lastReviewed: null } })
  })

  test('again, after a time, makes a new edition with the new days', async () => {
    const number = await draft()
    await approve(number)
    await publish(number)
    cms.clock.now = new Date('2028-04-01T09:00:00.000Z')
    await approve(number)
    expect((await newest(number)).state).toBe('approved')
    expect(await publish(number)).toMatchObject({ number: 2, document: { review: { lastReviewed: '2028-04-01' } } })
  })

  test('runs out: what was approved long ago is not published', async () => {
    const number = await draft()
    await approve(number)
    cms.clock.now = new Date('2028-06-01T09:00:00.000Z')
    expect(await rulesOf(publish(number))).toEqual(['review-dates'])
  })
})

test('a draft of an article whose review is overdue can be saved', async () => {
  const number = await draft()
  await approve(number)
  await publish(number)
  cms.clock.now = new Date('2029-01-01T09:00:00.000Z')
  await edit(number, { summary: 'Another.' })
  expect(await newest(number)).toMatchObject({ summary: 'Another.', state: 'changed' })
  expect(await live(number)).toMatchObject({ number: 1 })
})

describe('what was approved is what appears', () => {
  test('published from its approval, with a newer draft beside it that stays a draft', async () => {
    const number = await draft()
    const { id } = await approve(number)
    await edit(number, { summary: 'Newer.', title: 'A newer title' })
    expect(await rulesOf(publish(number))).toEqual(['approval-missing'])
    expect(await publish(number, { candidate: id })).toMatchObject({ document: { summary: 'How to sleep better.' } })
    expect(await newest(number)).toMatchObject({ summary: 'Newer.', title: 'A newer title', state: 'changed' })
    expect(await cms.payload.findByID({ collection: 'articles', id: idOf(number) })).toMatchObject({
      ...{ summary: 'How to sleep better.', _status: 'published' },
    })
    await approve(number)
    expect(await publish(number)).toMatchObject({ number: 2, document: { summary: 'Newer.' } })
  })

  test('an approval of another article is none', async () => {
    const [one, other] = [await draft(), await draft()]
    const { id } = await approve(one)
    expect(await failure(publish(other, { candidate: id }))).toMatchObject({ status: 404 })
  })
})

describe('mail', () => {
  test('the reviewer gets a link, the editor the outcome', async () => {
    const number = await draft()
    const before = (await outbox()).length
    await submit(number)
    await review.returnToEditor(cms.payload, english(number), { ...as('reviewer'), note: 'The dose is missing.' })
    expect(await newest(number)).toMatchObject({ state: 'draft', review: { note: 'The dose is missing.' } })
    const [first, second] = (await outbox()).slice(before)
    expect(first).toMatchObject({
      to: [{ address: 'reviewer@example.org' }],
      subject: `To review: Article number ${number}`,
    })
    expect(first!.text).toContain(`http://localhost:3000/admin/collections/articles/${idOf(number)}`)
    expect(second).toMatchObject({
      to: [{ address: 'editor@example.org' }],
      subject: `Returned: Article number ${number}`,
    })
    expect(second!.text).toContain('The dose is missing.')
  })
})

async function outbox() {
  const folder = join(cms.dataDir, 'outbox')
  const files = await readdir(folder).catch(() => [])
  return Promise.all(files.sort().map(async (file) => PostalMime.parse(await readFile(join(folder, file)))))
}

describe('the audit trail', () => {
  test('has an entry of every act, in order, with who, hash and stamp', async () => {
    const number = await draft()
    await submit(number)
    const { contentHash } = await approve(number)
    const { stamp } = await publish(number)
    await acts.withdraw(cms.payload, english(number), { ...as('publisher'), reason: 'A dose was wrong.' })
    const entries = await trail(number)
    expect(entries.map(({ act, by }) => [act, by])).toEqual([
      ['submit', 'The editor'],
      ['approve', 'The reviewer'],
      ['publish', 'The publisher'],
      ['withdraw', 'The publisher'],
    ])
    expect(entries[1]).toMatchObject({ contentHash, user: users.reviewer!.user.id })
    expect(entries[2]).toMatchObject({ contentHash, stamp })
    expect(entries[3]).toMatchObject({ reason: 'A dose was wrong.' })
  })

  test('knows who used which door of Payload', async () => {
    const number = await draft()
    await approve(number)
    expect((await rest('publisher', 'PATCH', `/articles/${idOf(number)}`, { _status: 'published' })).status).toBe(200)
    expect((await rest('publisher', 'PATCH', `/articles/${idOf(number)}`, { _status: 'draft' })).status).toBe(200)
    expect((await trail(number)).map(({ act, by }) => [act, by]).slice(1)).toEqual([
      ['publish', 'The publisher'],
      ['withdraw', 'The publisher'],
    ])
  })

  test('has no entry of what was refused', async () => {
    const number = await draft()
    await failure(publish(number))
    await failure(review.approve(cms.payload, english(number), as('editor')))
    expect(await trail(number)).toEqual([])
  })

  test('loses the title with a purge, and nothing else', async () => {
    const number = await draft({ title: 'It names a patient' })
    await approve(number)
    await publish(number)
    await acts.purge(cms.payload, english(number), { ...as('admin'), reason: 'It named somebody.' })
    expect((await trail(number)).map(({ act, title }) => [act, title])).toEqual([
      ['approve', '–'],
      ['publish', '–'],
      ['purge', '–'],
    ])
  })

  test('is never changed, through any door', async () => {
    const number = await draft()
    await approve(number)
    const [entry] = await trail(number)
    const { id } = entry!
    const change = cms.payload.update({ collection: 'audit', id, data: { by: 'Somebody else' } })
    await expect(change).rejects.toMatchObject({ status: 403 })
    await expect(cms.payload.delete({ collection: 'audit', id })).rejects.toMatchObject({ status: 403 })
    for (const method of ['PATCH', 'DELETE'])
      expect((await rest('admin', method, `/audit/${id}`, { by: 'Somebody else' })).status).toBe(403)
  })

  test('tells of changed roles and confirmed resources', async () => {
    const account = { name: 'Jo', email: 'jo@example.org', password: 'a long enough password' }
    const { id } = await cms.payload.create({ collection: 'users', data: { ...account, roles: ['editor'] } })
    await cms.payload.update({ collection: 'users', id, data: { roles: ['editor', 'newsletter-manager'] } })
    await cms.payload.update({ collection: 'users', id, data: { roles: ['editor'] } })
    await cms.payload.update({ collection: 'resources', id: known.helpline, data: { assuredDate: '2026-04-30' } })
    const { docs } = await cms.payload.find({
      collection: 'audit',
      where: { act: { in: ['roles', 'verify'] } },
      sort: 'createdAt',
    })
    expect(docs.slice(-3)).toMatchObject([
      { act: 'roles', title: 'Jo', reason: 'editor → editor, newsletter-manager' },
      { act: 'roles', reason: 'editor, newsletter-manager → editor' },
      { act: 'verify', title: 'Night Line', reason: 'on 2026-04-30' },
    ])
  })

  test('leaves as CSV, for administrators', async () => {
    const number = await draft({ title: '=1+1, "quoted"' })
    await approve(number)
    expect((await rest('publisher', 'GET', '/audit/export.csv')).status).toBe(403)
    const answer = await rest('admin', 'GET', '/audit/export.csv')
    expect(answer.headers.get('content-type')).toContain('text/csv')
    const text = await answer.text()
    expect(text.split('\r\n')[0]).toBe('at,act,by,user,kind,uid,locale,title,reason,contentHash,stamp')
    expect(text).toContain(`"approve","The reviewer"`)
    expect(text).toContain(`"'=1+1, ""quoted"""`)
  })
})

describe('the schedule', () => {
  const later = new Date('2026-05-02T09:00:00.000Z')
  const plan = (number: number, more: Partial<Schedules.Plan> = {}) =>
    schedules.schedule(cms.payload, english(number), { act: 'publish', at: later, ...more }, as('publisher'))
  const tick = async () => {
    const errors: unknown[] = []
    await firing.fireDue(cms.payload, (error) => errors.push(error))
    expect(errors).toEqual([])
  }
  const stateOf = async (id: string) => (await cms.payload.findByID({ collection: 'schedules', id })).state

  test('publishes what was approved, at its time and not before; a newer draft stays one', async () => {
    const number = await draft()
    await approve(number)
    const { id } = await plan(number)
    expect((await newest(number)).state).toBe('scheduled')
    await edit(number, { summary: 'R2.' })
    cms.clock.now = new Date(later.getTime() - 1)
    await tick()
    expect(await live(number)).toBeUndefined()
    cms.clock.now = later
    await tick()
    expect(await live(number)).toMatchObject({ number: 1, document: { summary: 'How to sleep better.' } })
    expect(await newest(number)).toMatchObject({ summary: 'R2.', state: 'changed' })
    expect(await stateOf(id)).toBe('done')
    expect((await trail(number)).map(({ act, by }) => [act, by]).slice(1)).toEqual([
      ['schedule', 'The publisher'],
      ['publish', 'The publisher, as scheduled'],
    ])
  })

  test('fires once among many, whatever the clock does', async () => {
    const number = await draft()
    await approve(number)
    await plan(number)
    cms.clock.now = new Date(later.getTime() + 400 * 86_400_000)
    await Promise.all([tick(), tick(), tick()])
    cms.clock.now = new Date(later.getTime() - 400 * 86_400_000)
    await tick()
    cms.clock.now = new Date(later.getTime() + 60_000)
    await tick()
    expect((await trail(number)).filter(({ act }) => act === 'publish')).toHaveLength(1)
    expect(await live(number)).toMatchObject({ number: 1 })
  })

  test('is done by one of two workers, and by the other when that has ended', async () => {
    const [one, two] = [await draft(), await draft()]
    for (const number of [one, two]) await approve(number)
    await plan(one)
    await plan(two, { at: new Date(later.getTime() + 60_000) })
    const store = await openClaims(cms.databaseUrl, { now: () => new Date() })
    const errors: unknown[] = []
    const start = () => startScheduler(cms.payload, store, (error) => errors.push(error))
    cms.clock.now = later
    const workers = [start(), start()]
    await Promise.all(workers.map((worker) => worker.stop()))
    cms.clock.now = new Date(later.getTime() + 60_000)
    await start().stop()
    await store.close()
    expect(errors).toEqual([])
    for (const number of [one, two])
      expect((await trail(number)).filter(({ act }) => act === 'publish')).toHaveLength(1)
  })

  test('looks again before each act: what was cancelled meanwhile is not done', async () => {
    const [one, two] = [await draft(), await draft()]
    for (const number of [one, two]) await approve(number)
    await plan(one)
    const after = new Date(later.getTime() + 1000)
    const { id } = await plan(two, { at: after })
    cms.clock.now = after
    const hooks = cms.payload.collections.articles.config.hooks.afterChange
    const cancelOther = async ({ req }: { req: PayloadRequest }) => {
      await req.payload.update({ collection: 'schedules', id, data: { state: 'cancelled' }, req })
    }
    hooks.push(cancelOther)
    await tick()
    hooks.splice(hooks.indexOf(cancelOther), 1)
    expect(await live(one)).toMatchObject({ number: 1 })
    expect(await live(two)).toBeUndefined()
  })

  test('an end in the middle of the act leaves it waiting, and the next try does it once', async () => {
    const number = await draft()
    await approve(number)
    const { id } = await plan(number)
    cms.clock.now = later
    const hooks = cms.payload.collections.articles.config.hooks.afterChange
    const killed = () => {
      throw new Error('Killed.')
    }
    hooks.push(killed)
    const errors: unknown[] = []
    await firing.fireDue(cms.payload, (error) => errors.push(error))
    hooks.splice(hooks.indexOf(killed), 1)
    expect(errors).toHaveLength(1)
    expect(await stateOf(id)).toBe('waiting')
    expect(await live(number)).toBeUndefined()
    await tick()
    await tick()
    expect(await stateOf(id)).toBe('done')
    expect((await trail(number)).filter(({ act }) => act === 'publish')).toHaveLength(1)
  })

  test('meets the gate again: a refusal is kept, told and not tried again', async () => {
    const number = await draft({ callToAction: known.callToAction })
    await approve(number)
    const { id } = await plan(number, { at: new Date('2028-06-01T09:00:00.000Z') })
    cms.clock.now = new Date('2028-06-01T09:00:00.000Z')
    await tick()
    await tick()
    expect(await live(number)).toBeUndefined()
    const row = await cms.payload.findByID({ collection: 'schedules', id })
    expect(row).toMatchObject({ state: 'refused', reason: expect.stringContaining('next review was due') })
    expect((await trail(number)).filter(({ act }) => act === 'schedule-refused')).toHaveLength(1)
  })

  test('never replaces what was approved later; what is published otherwise is off the schedule', async () => {
    const number = await draft()
    await approve(number)
    const first = await plan(number)
    cms.clock.now = new Date('2026-05-01T10:00:00.000Z')
    await edit(number, { summary: 'R2.' })
    await approve(number)
    const second = await plan(number)
    await publish(number)
    expect(await stateOf(second.id)).toBe('cancelled')
    cms.clock.now = later
    await tick()
    expect(await stateOf(first.id)).toBe('refused')
    expect(await live(number)).toMatchObject({ number: 1, document: { summary: 'R2.' } })
  })

  test('takes back at a time, with its reason', async () => {
    const number = await draft()
    await approve(number)
    await publish(number)
    await plan(number, { act: 'withdraw', reason: 'The trial ends.' })
    cms.clock.now = later
    await tick()
    expect(await live(number)).toMatchObject({ act: 'withdraw', tombstone: { reason: 'The trial ends.' } })
    expect((await newest(number)).state).toBe('withdraw')
  })

  test('takes nothing that is not approved, in the past, or without a reason', async () => {
    const number = await draft()
    expect(await rulesOf(plan(number))).toEqual(['approval-missing'])
    await approve(number)
    expect(await failure(plan(number, { at: new Date(start) }))).toMatchObject({ status: 400 })
    expect(await failure(plan(number, { act: 'withdraw' }))).toMatchObject({ status: 400 })
    expect(await failure(plan(number, { act: 'withdraw', reason: 'Why.' }))).toMatchObject({ status: 409 })
  })

  test('can be cancelled, once; a withdrawal cancels what waits', async () => {
    const number = await draft()
    await approve(number)
    const { id } = await plan(number)
    await schedules.cancel(cms.payload, id, as('publisher'))
    expect((await newest(number)).state).toBe('approved')
    expect(await failure(schedules.cancel(cms.payload, id, as('publisher')))).toMatchObject({ status: 409 })
    await publish(number)
    const waiting = await plan(number, { act: 'withdraw', reason: 'Why.' })
    await acts.withdraw(cms.payload, english(number), { ...as('publisher'), reason: 'Now.' })
    expect(await stateOf(waiting.id)).toBe('cancelled')
    cms.clock.now = later
    await tick()
    expect(await live(number)).toMatchObject({ number: 2, act: 'withdraw' })
  })
})

describe('over REST', () => {
  test('the whole way: submit, return, submit, approve, schedule, cancel, publish, withdraw', async () => {
    const number = await draft()
    const act = async (role: string, name: string, body: object = {}) => {
      const answer = await rest(role, 'POST', `/articles/${idOf(number)}/acts/${name}`, body)
      expect(answer.status, await answer.clone().text()).toBe(200)
    }
    const standing = async (role: string) =>
      (await (await rest(role, 'GET', `/articles/${idOf(number)}/acts`)).json()) as Record<string, unknown>
    expect(await standing('editor')).toMatchObject({
      ...{ state: 'draft', label: 'Draft', acts: ['submit'], reviewers: [{ id: known.reviewer, name: 'Lee Wong' }] },
    })
    expect(await standing('publisher')).toMatchObject({ acts: ['submit'] })
    await act('editor', 'submit', { reviewer: known.reviewer })
    expect(await standing('editor')).toMatchObject({ state: 'in-review', reviewer: 'Lee Wong', acts: [] })
    expect(await standing('reviewer')).toMatchObject({ acts: ['approve', 'return'] })
    await act('reviewer', 'return', { note: 'Shorter.' })
    expect(await standing('editor')).toMatchObject({ state: 'draft', note: 'Shorter.' })
    await act('editor', 'submit', { reviewer: known.reviewer })
    const { contentHash } = await standing('reviewer')
    await act('reviewer', 'approve', { contentHash })
    expect(await standing('publisher')).toMatchObject({ state: 'approved', acts: ['publish', 'schedule'] })
    await act('publisher', 'schedule', { act: 'publish', at: '2026-06-01T09:00:00+02:00' })
    const scheduled = (await standing('publisher')) as { schedules: { id: string }[] }
    expect(scheduled).toMatchObject({ state: 'scheduled', schedules: [{ at: '2026-06-01T07:00:00.000Z' }] })
    await act('publisher', 'cancel', { schedule: scheduled.schedules[0]!.id })
    await act('publisher', 'publish', {})
    expect(await standing('publisher')).toMatchObject({ state: 'published', review: 'current', live: { number: 1 } })
    await act('publisher', 'withdraw', { reason: 'A dose was wrong.' })
    expect(await standing('publisher')).toMatchObject({ state: 'withdraw', acts: ['submit'] })
  })

  test('says what is wrong with what was sent', async () => {
    const number = await draft()
    const path = `/articles/${idOf(number)}/acts`
    expect((await rest('editor', 'POST', `${path}/submit`, {})).status).toBe(400)
    expect((await rest('editor', 'POST', `${path}/invent`, {})).status).toBe(404)
    expect((await rest('editor', 'POST', `/articles/none/acts/submit`, {})).status).toBe(404)
    const refused = await rest('publisher', 'POST', `${path}/publish`, {})
    expect(refused.status).toBe(422)
    expect(await refused.json()).toMatchObject({ errors: [{ data: { messages: [{ rule: 'approval-missing' }, {}] } }] })
  })
})

/** Speaks to Payload's REST handlers as somebody who is signed in. */
function rest(role: string, method: string, path: string, body?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `JWT ${users[role]!.token}` }
  const sent = body === undefined || method === 'GET' ? {} : { body: JSON.stringify(body) }
  const request = new Request(`http://localhost:3000/api${path}`, { method, headers, ...sent })
  return handleEndpoints({ config: cms.payload.config as never, request })
}
