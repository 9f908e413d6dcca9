import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Desk from 'cms/src/admin/desk/desk.ts'
import type { ClaimStore } from 'cms/src/claims/claims.ts'
import { openClaims } from 'cms/src/claims/open.ts'
import type * as Commands from 'cms/src/commands/schedule.ts'
import { keepAnswer } from 'cms/src/feedback/spool.ts'
import type * as Answers from 'cms/src/feedback/store.ts'
import { presenceIn } from 'cms/src/processes/worker-lease.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Firing from 'cms/src/publishing/firing.ts'
import type * as Schedules from 'cms/src/publishing/schedules.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Reminders from 'cms/src/review/reminders.ts'
import { recordKinds } from 'content-schemas'
import type { TypedUser } from 'payload'
import { type Command, runCommand } from 'pipeline/commands/index.ts'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { article, known, records, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* What waits for somebody, and how they learn of it: reminders, the dashboard, feedback, the schedule. */

let cms: Installation
let store: ClaimStore
let acts: typeof Acts
let answers: typeof Answers
let commands: Command[]
let desk: typeof Desk
let documents: typeof Documents
let firing: typeof Firing
let reminders: typeof Reminders
let review: typeof Review
let schedules: typeof Schedules
const users: Record<string, TypedUser> = {}
const start = '2026-05-01T09:00:00.000Z'
const day = (text: string) => new Date(`${text}T09:00:00.000Z`)

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => cms.payload,
  closePayload: async () => undefined,
}))

beforeAll(async () => {
  cms = await install(start)
  store = await openClaims(cms.databaseUrl, { now: () => cms.clock.now })
  acts = await import('cms/src/publishing/acts.ts')
  answers = await import('cms/src/feedback/store.ts')
  desk = await import('cms/src/admin/desk/desk.ts')
  documents = await import('cms/src/publishing/document.ts')
  firing = await import('cms/src/publishing/firing.ts')
  reminders = await import('cms/src/review/reminders.ts')
  review = await import('cms/src/review/acts.ts')
  schedules = await import('cms/src/publishing/schedules.ts')
  const { scheduleCommand, scheduleList, scheduleCancel }: typeof Commands = await import(
    'cms/src/commands/schedule.ts'
  )
  commands = [scheduleList, scheduleCancel, scheduleCommand]
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const role of ['editor', 'reviewer', 'publisher', 'newsletter-manager'] as const) {
    const account = { name: `The ${role}`, email: `${role}@example.org`, password: 'a long enough password' }
    const person = role === 'reviewer' ? known.reviewer : null
    const user = await cms.payload.create({ collection: 'users', data: { ...account, roles: [role], person } })
    users[role] = { ...user, collection: 'users' } as TypedUser
  }
})
afterAll(async () => {
  await store?.close()
  await cms?.remove()
})
beforeEach(() => {
  cms.clock.now = new Date(start)
})

let last = 5000
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const as = (role: string) => ({ by: `The ${role}`, user: users[role]! })
const unreviewed = { reviewer: null, lastReviewed: null, nextReview: null }

async function draft(by: TypedUser | undefined = users.editor): Promise<number> {
  const number = ++last
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}` }
  const data = documents.articleRow(article({ ...named, review: unreviewed })) as never
  await cms.payload.create({ collection: 'articles', data, draft: true, ...(by ? { user: by } : {}) })
  return number
}
const approve = (number: number, nextReview?: string) =>
  review.approve(cms.payload, english(number), { ...as('reviewer'), ...(nextReview ? { nextReview } : {}) })
const publish = (number: number) => acts.publish(cms.payload, 'article', english(number), as('publisher'))
async function published(nextReview: string, by?: TypedUser): Promise<number> {
  const number = await draft(by)
  await approve(number, nextReview)
  await publish(number)
  return number
}
const withdraw = (number: number) =>
  acts.withdraw(cms.payload, english(number), { ...as('publisher'), reason: 'The test is over.' })

async function outbox() {
  const folder = join(cms.dataDir, 'outbox')
  const files = await readdir(folder).catch(() => [])
  return Promise.all(files.sort().map(async (file) => PostalMime.parse(await readFile(join(folder, file)))))
}
/** The mails that were sent by what is done, as `<to>: <subject>`, in no order. */
async function mailsOf(run: () => Promise<unknown>): Promise<string[]> {
  const before = (await outbox()).length
  await run()
  const sent = (await outbox()).slice(before)
  return sent.map(({ to, subject }) => `${to?.[0]?.address?.split('@')[0]}: ${subject}`).sort()
}
const errors: unknown[] = []
/** As a worker that has just started: it knows nothing of what was told. */
const remind = () => reminders.mailReminders(cms.payload, store.claims, (error) => errors.push(error))()
const at = (text: string) =>
  mailsOf(async () => {
    cms.clock.now = day(text)
    await remind()
  })

describe('when somebody is to be told of a review', () => {
  test.each([
    ['2026-05-01', '2026-07-31', undefined],
    ['2026-05-02', '2026-07-31', 90],
    ['2026-06-30', '2026-07-31', 90],
    ['2026-07-01', '2026-07-31', 30],
    ['2026-07-31', '2026-07-31', 0],
    ['2026-08-29', '2026-07-31', 0],
    ['2026-08-30', '2026-07-31', -30],
    ['2027-09-04', '2026-07-31', -390],
    // A leap day between, and on it.
    ['2027-12-01', '2028-02-29', 90],
    ['2028-01-30', '2028-02-29', 30],
    ['2028-02-28', '2028-02-29', 30],
    ['2028-02-29', '2028-02-29', 0],
    ['2028-03-29', '2028-02-29', 0],
    ['2028-03-30', '2028-02-29', -30],
  ])('on %s of one due on %s: %s', (today, nextReview, stage) => {
    expect(reminders.stageOf(nextReview, today)).toBe(stage)
  })
})

describe('editor and reviewer are reminded', () => {
  test('90, 30 and 0 days before a review, then monthly, each once, leap day and all', async () => {
    const number = await published('2028-02-29')
    const title = `Article number ${number}`
    const told = (subject: string) => [`editor: ${subject}: ${title}`, `reviewer: ${subject}: ${title}`]
    expect(await at('2027-11-30')).toEqual([])
    expect(await at('2027-12-01')).toEqual(told('Review due in 90 days'))
    expect(await at('2027-12-01')).toEqual([])
    expect(await at('2028-01-29')).toEqual([])
    expect(await at('2028-01-30')).toEqual(told('Review due in 30 days'))
    expect(await at('2028-02-28')).toEqual([])
    expect(await at('2028-02-29')).toEqual(told('Review due today'))
    expect(await at('2028-03-29')).toEqual([])
    expect(await at('2028-03-30')).toEqual(told('Review overdue'))
    const [mail] = (await outbox()).slice(-1)
    expect(mail!.text).toContain(`http://localhost:3000/admin/collections/articles/${uid(number)}.en`)
    await withdraw(number)
    expect(await at('2028-04-29')).toEqual([])
  })

  test('once, whatever the clock does and however many workers look', async () => {
    const number = await published('2028-02-29')
    cms.clock.now = day('2028-01-30')
    expect(await mailsOf(() => Promise.all([remind(), remind(), remind()]))).toHaveLength(2)
    // 400 days on: one mail each for where it stands then, none for all that lies between.
    expect(await at('2029-03-05')).toHaveLength(2)
    // 400 days before: nothing is due yet.
    expect(await at('2026-12-26')).toEqual([])
    expect(await at('2028-01-30')).toEqual([])
    expect(await at('2028-02-29')).toHaveLength(2)
    expect(await at('2029-03-05')).toEqual([])
    await withdraw(number)
  })

  test('one that goes on looks again on another day only', async () => {
    const number = await published('2028-02-29')
    const worker = reminders.mailReminders(cms.payload, store.claims, (error) => errors.push(error))
    const on = (text: string) =>
      mailsOf(async () => {
        cms.clock.now = day(text)
        await worker()
      })
    expect(await on('2027-12-01')).toHaveLength(2)
    expect(await on('2027-12-02')).toEqual([])
    expect(await on('2028-01-30')).toHaveLength(2)
    await withdraw(number)
  })

  test('publishers are, where no editor is known or that one is gone', async () => {
    const number = await published('2028-02-29', undefined)
    await cms.payload.db.updateOne({ collection: 'articles', id: `${uid(number)}.en`, data: { editor: randomUUID() } })
    expect(await at('2028-02-29')).toEqual([
      `publisher: Review due today: Article number ${number}`,
      `reviewer: Review due today: Article number ${number}`,
    ])
    await withdraw(number)
  })

  test('a mail that could not leave goes later; one that may have left does not go again', async () => {
    const number = await published('2028-02-29')
    const send = cms.payload.sendEmail
    cms.payload.sendEmail = async () => {
      throw new Error('The mail server is away.')
    }
    expect(await at('2028-02-29')).toEqual([])
    cms.payload.sendEmail = send
    expect(errors.splice(0)).toHaveLength(2)
    expect(await at('2028-02-29')).toEqual([])
    const later = () =>
      mailsOf(async () => {
        cms.clock.now = new Date(day('2028-02-29').getTime() + 61_000)
        await remind()
      })
    expect(await later()).toHaveLength(2)
    // Killed between the hand-over and the note of it.
    await store.claims.enqueue('reminder', 'killed', { of: 'schedule', schedule: 'none', user: users.editor!.id })
    await store.claims.claim('reminder', 'killed', 1000, 'killed')
    cms.clock.now = day('2028-03-01')
    await remind()
    expect(await store.claims.find('reminder', 'killed')).toMatchObject({ state: 'uncertain' })
    await withdraw(number)
  })
})

test('who scheduled what was refused, or is late, is told once', async () => {
  const number = await draft()
  await approve(number)
  const time = new Date('2028-06-01T09:00:00.000Z')
  const { id } = await schedules.schedule(cms.payload, english(number), { act: 'publish', at: time }, as('publisher'))
  const late = () =>
    mailsOf(async () => {
      cms.clock.now = new Date(time.getTime() + 600_000)
      await remind()
    })
  expect(await late()).toEqual([`publisher: Late: Article number ${number}`])
  expect(await late()).toEqual([])
  const refused = () =>
    mailsOf(async () => {
      await firing.fireDue(cms.payload, (error) => errors.push(error))
      await remind()
    })
  expect(await refused()).toEqual([`publisher: Not published: Article number ${number}`])
  expect(await refused()).toEqual([])
  expect((await outbox()).at(-1)!.text).toContain('next review was due')
  expect((await cms.payload.findByID({ collection: 'schedules', id })).state).toBe('refused')
  expect(errors).toEqual([])
})

describe('the dashboard', () => {
  const piles = async (role: string) =>
    Object.fromEntries((await desk.pilesFor(cms.payload, users[role]!)).map((pile) => [pile.name, pile]))
  const titles = (pile: Desk.Pile | undefined) => pile?.entries.map(({ title, detail }) => `${title}, ${detail}`)

  test('shows to each role what waits for it, and where it is done', async () => {
    const [mine, submitted, ready] = [await draft(), await draft(), await draft()]
    await review.submit(cms.payload, english(submitted), { ...as('editor'), reviewer: known.reviewer })
    await approve(ready)
    const due = await published('2026-06-30')
    cms.clock.now = day('2026-07-02')
    const editor = await piles('editor')
    expect(titles(editor.own)).toEqual(
      expect.arrayContaining([
        `Article number ${mine} (English), draft`,
        `Article number ${submitted} (English), in review`,
      ]),
    )
    expect(Object.keys(editor)).toEqual(['own', 'scheduled', 'due', 'resources', 'feedback'])
    const reviewer = await piles('reviewer')
    expect(titles(reviewer.reviews)).toEqual([`Article number ${submitted} (English), submitted 2026-05-01`])
    expect(titles(reviewer.due)).toEqual([
      `Article number ${due} (English), overdue since 2026-06-30: readers are told`,
    ])
    const publisher = await piles('publisher')
    expect(titles(publisher.approved)).toContain(`Article number ${ready} (English), approved 2026-05-01`)
    expect(Object.keys(await piles('newsletter-manager'))).toEqual(['issues'])
    await review.returnToEditor(cms.payload, english(submitted), { ...as('reviewer'), note: 'The dose is missing.' })
    expect(titles((await piles('editor')).own)).toContain(
      `Article number ${submitted} (English), returned: The dose is missing.`,
    )
    expect((await piles('reviewer')).reviews).toMatchObject({ count: 0, entries: [] })
    await withdraw(due)
  })

  test('names five of many, and leads to all of them', async () => {
    for (let count = 0; count < 6; count++) await draft()
    const { own } = await piles('editor')
    expect(own!.entries).toHaveLength(5)
    expect(own!.count).toBeGreaterThan(5)
    const where = Object.fromEntries(new URLSearchParams(own!.query))
    expect(where['where[or][0][and][0][editor][equals]']).toBe(users.editor!.id)
  })
})

test('a worker is missed two minutes after it was last seen', () => {
  const lease = { name: 'worker', holder: '1', fence: 1, until: new Date('2026-05-01T09:00:30Z') }
  const after = (seconds: number) => presenceIn(lease, new Date(Date.parse('2026-05-01T09:00:00Z') + seconds * 1000))
  expect(after(119)).toEqual({ seen: new Date('2026-05-01T09:00:00Z'), isMissing: false })
  expect(after(120).isMissing).toBe(true)
})

describe('feedback', () => {
  const answer = (number: number, stamp: string) => ({
    ...{ id: randomUUID(), uid: uid(number), locale: 'en' as const, stamp, helpful: 'no' as const },
    ...{ comment: 'It is hard to read.', day: '2026-05-01', isDoubtful: false },
  })

  test('is stored once, waits for an editor, and changes nothing but where it stands', async () => {
    const number = await draft()
    await approve(number)
    const { stamp } = await publish(number)
    const given = answer(number, stamp)
    await keepAnswer(cms.dataDir, given)
    await Promise.all([answers.storeAnswers(cms.payload, cms.dataDir), answers.storeAnswers(cms.payload, cms.dataDir)])
    // Killed after the row was stored and before the file was gone.
    await keepAnswer(cms.dataDir, given)
    await answers.storeAnswers(cms.payload, cms.dataDir)
    const { docs } = await cms.payload.find({ collection: 'feedback', depth: 0 })
    expect(docs).toMatchObject([{ id: given.id, article: `${uid(number)}.en`, state: 'new', comment: given.comment }])
    const [pile] = (await desk.pilesFor(cms.payload, users.editor!)).filter(({ name }) => name === 'feedback')
    expect(pile).toMatchObject({ count: 1, entries: [{ id: given.id, title: given.comment }] })
    const doubted = { ...answer(number, stamp), isDoubtful: true }
    await keepAnswer(cms.dataDir, doubted)
    await answers.storeAnswers(cms.payload, cms.dataDir)
    expect(await cms.payload.findByID({ collection: 'feedback', id: doubted.id })).toMatchObject({ state: 'doubtful' })
    const piles = await desk.pilesFor(cms.payload, users.editor!)
    expect(piles.find(({ name }) => name === 'feedback')).toMatchObject({ count: 1 })
    const changed = await cms.payload.update({
      ...{ collection: 'feedback', id: given.id, overrideAccess: false, user: users.editor! },
      data: { state: 'acted-on', note: 'Shortened.', comment: 'Something else.', helpful: 'yes' },
    })
    expect(changed).toMatchObject({ state: 'acted-on', note: 'Shortened.', comment: given.comment, helpful: 'no' })
  })

  test('of no edition of ours, or where nobody asks, is dropped', async () => {
    const number = await published('2028-02-29')
    await keepAnswer(cms.dataDir, answer(number, 'AAAAAAAAAA'))
    const { totalDocs: before } = await cms.payload.count({ collection: 'feedback' })
    expect(await answers.storeAnswers(cms.payload, cms.dataDir)).toBe(1)
    expect(await answers.storeAnswers(cms.payload, cms.dataDir)).toBe(0)
    expect((await cms.payload.count({ collection: 'feedback' })).totalDocs).toBe(before)
    await withdraw(number)
  })
})

describe('the command line', () => {
  async function run(...argv: string[]) {
    const [printed, told]: [string[], string[]] = [[], []]
    const code = await runCommand(
      commands,
      argv,
      {},
      {
        ...{ print: (line) => void printed.push(line), tell: (line) => void told.push(line) },
      },
    )
    return { code, printed: printed.join('\n'), told: told.join('\n') }
  }

  test('schedules, lists and cancels', async () => {
    const number = await draft()
    await approve(number)
    const made = await run('schedule', `article-${number}`, '--at', '2026-06-01T09:00+02:00', '--json')
    expect(made.code).toBe(0)
    const schedule = JSON.parse(made.printed)
    expect(schedule).toMatchObject({
      uid: uid(number),
      act: 'publish',
      at: '2026-06-01T07:00:00.000Z',
      state: 'waiting',
    })
    const listed = await run('schedule', 'list', '--json')
    expect(JSON.parse(listed.printed).schedules).toMatchObject([{ id: schedule.id, title: `Article number ${number}` }])
    expect((await run('schedule', 'list')).printed).toContain(schedule.id)
    expect((await run('schedule', 'cancel', schedule.id)).printed).toContain('cancelled')
    expect((await run('schedule', 'cancel', schedule.id)).code).toBe(1)
    expect((await run('schedule', 'list')).told).toBe('Nothing is scheduled.')
    expect(JSON.parse((await run('schedule', 'list', '--all', '--json')).printed).schedules).toContainEqual(
      expect.objectContaining({ id: schedule.id, state: 'cancelled' }),
    )
  })

  test('is held to the roles, to what is approved, and to a time with its zone', async () => {
    const number = await draft()
    const at = ['--at', '2026-06-01T09:00Z']
    const refused = await run('schedule', `article-${number}`, ...at, '--json')
    expect([refused.code, JSON.parse(refused.printed).refused[0].rule]).toEqual([1, 'approval-missing'])
    await approve(number)
    const editor = await run('schedule', `article-${number}`, ...at, '--as', 'editor@example.org')
    expect([editor.code, editor.told]).toEqual([1, expect.stringContaining('Your role does not allow this')])
    for (const wrong of ['2026-06-01T09:00', '2026-06-01', 'tomorrow', '2026-02-31T25:00Z'])
      expect((await run('schedule', `article-${number}`, '--at', wrong)).code).toBe(2)
    expect((await run('schedule', `article-${number}`, 'withdraw', ...at)).code).toBe(2)
    expect((await run('schedule', `article-${number}`, 'delete', ...at)).code).toBe(2)
  })
})
