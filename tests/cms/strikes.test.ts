import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as StrikesModule from 'cms/src/publishing/strikes.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Lane from 'cms/src/review/minor-lane.ts'
import { type Article, Edition, recordKinds } from 'content-schemas'
import { createLocalReq, handleEndpoints, type TypedUser } from 'payload'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* The emergency lane: what a publisher withdraws at once, and what a reviewer makes of it. */

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let review: typeof Review
let lane: typeof Lane
let strikes: typeof StrikesModule
let source: ReturnType<typeof Sources.publishedSource>
const users: Record<string, { user: TypedUser; token: string }> = {}
const start = '2026-05-01T09:00:00.000Z'
const sentence = 'This passage was withdrawn on 1 May 2026; it may not be safe.'

beforeAll(async () => {
  cms = await install(start)
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  review = await import('cms/src/review/acts.ts')
  lane = await import('cms/src/review/minor-lane.ts')
  strikes = await import('cms/src/publishing/strikes.ts')
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(cms.payload)
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const role of ['editor', 'reviewer', 'publisher'] as const) {
    const account = { email: `${role}@example.org`, password: 'a long enough password' }
    const person = role === 'reviewer' ? known.reviewer : null
    const data = { ...account, name: `The ${role}`, roles: [role], person }
    const user = await cms.payload.create({ collection: 'users', data })
    const { token } = await cms.payload.login({ collection: 'users', data: account })
    users[role] = { user: { ...user, collection: 'users' } as TypedUser, token: token! }
  }
})
afterAll(() => cms?.remove())
beforeEach(() => {
  cms.clock.now = new Date(start)
})

const as = (role: string) => ({ by: `The ${role}`, user: users[role]!.user })
const body = root(
  paragraph('Lie still.'),
  paragraph('Take two at once. Then rest.'),
  { type: 'callout', id: 'more', variant: 'tip', children: [paragraph('Take four.')] },
  { type: 'urgent-help', id: 'help', title: 'In danger', resources: [known.helpline], children: [paragraph('Call.')] },
)
let last = 7000
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const idOf = (number: number) => `${uid(number)}.en`

/** A published article; `changes` make it another. */
async function published(changes: Partial<Article> = {}): Promise<number> {
  const number = ++last
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, body }
  const made = article({ ...named, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  await approve(number)
  await publish(number)
  cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
  return number
}
const approve = (number: number) => review.approve(cms.payload, english(number), as('reviewer'))
const publish = (number: number) => acts.publish(cms.payload, 'article', english(number), as('publisher'))
const edit = (number: number, data: object) =>
  cms.payload.update({ collection: 'articles', id: idOf(number), data: data as never, draft: true })
const said = { cause: 'unsafe', reason: 'A child took two.' } as const
const strike = (number: number, meant: { words?: string; block?: string; pointer?: string }, role = 'publisher') =>
  strikes.strike(cms.payload, english(number), { ...as(role), ...said, kind: 'passage', ...meant })
const notice = (number: number) =>
  strikes.strike(cms.payload, english(number), { ...as('publisher'), ...said, kind: 'notice' })
const open = async (number: number) => strikes.openStrikes(await createLocalReq({}, cms.payload), english(number))
const live = async (number: number) => (await source.document(uid(number), 'en'))!.live
const newest = (number: number) => cms.payload.findByID({ collection: 'articles', id: idOf(number), draft: true })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error & { status?: number; data?: { messages?: { rule: string }[] } }) => error,
  )

test('takes the sentence out of what is published, whatever was drafted since, and leaves the draft alone', async () => {
  const number = await published()
  await edit(number, { summary: 'A newer draft.' })
  const before = await newest(number)
  const first = await live(number)
  const edition = await strike(number, { words: 'two at once' })
  expect(Edition.parse(edition)).toMatchObject({
    ...{ number: 2, act: 'correct', major: true, changeNote: 'A passage was withdrawn.' },
    strikes: [
      { kind: 'passage', cause: 'unsafe', from: first.stamp, place: { pointer: '/body/children/1', start: 0 } },
    ],
    document: { summary: 'How to sleep better.', review: { reviewer: known.reviewer } },
  })
  expect(JSON.stringify(edition)).not.toContain('two at once')
  // The words of the publisher are for the staff.
  expect(JSON.stringify(edition)).not.toContain('A child')
  expect((edition.document as Article).body.children[1]).toEqual(paragraph(sentence, ' Then rest.'))
  expect(await newest(number)).toEqual(before)
})

test('a block, then another passage, then a notice: each stands, and each is lifted by itself', async () => {
  const number = await published()
  const first = await live(number)
  await strike(number, { block: 'more' })
  await strike(number, { words: 'Then rest' })
  await notice(number)
  const ids = (await open(number)).map(({ id }) => id)
  expect((await live(number)).strikes?.map(({ kind }) => kind)).toEqual(['passage', 'passage', 'notice'])
  expect(JSON.stringify((await live(number)).document).split(sentence)).toHaveLength(3)
  const lift = (id: string) => strikes.liftStrike(cms.payload, id, { ...as('reviewer'), reason: 'The dose is right.' })
  await lift(ids[0]!)
  expect(JSON.stringify((await live(number)).document)).toContain('Take four.')
  await lift(ids[2]!)
  const left = await lift(ids[1]!)
  expect(left).toMatchObject({ number: 7, act: 'correct', document: first.document, contentHash: first.contentHash })
  expect(left).not.toHaveProperty('strikes')
  expect(await open(number)).toEqual([])
  expect((await standing(number)).state).toBe('published')
})

test.each([
  ['words that are not there', { words: 'five' }, 400],
  ['words that are there several times', { words: 'Take' }, 400],
  ['a block that is not there', { block: 'none' }, 400],
  ['nothing named', {}, 400],
  ['the last urgent help', { block: 'help' }, 409],
] as const)('%s is refused, and nothing changes', async (_, meant, status) => {
  const number = await published()
  expect(await failure(strike(number, meant))).toMatchObject({ status })
  expect(await live(number)).toMatchObject({ number: 1 })
  expect(await open(number)).toEqual([])
})

test('what is withdrawn already is not withdrawn twice, and nothing is where nothing is published', async () => {
  const number = await published()
  await strike(number, { block: 'more' })
  expect(await failure(strike(number, { words: 'Take four' }))).toMatchObject({ status: 409 })
  await acts.withdraw(cms.payload, english(number), { ...as('publisher'), reason: 'Why.' })
  expect(await failure(strike(number, { block: 'more' }))).toMatchObject({ status: 409 })
})

describe('a draft that still has the passage', () => {
  test('is told, and is not published by any approval; nor at a time', async () => {
    const number = await published()
    await strike(number, { words: 'two at once' })
    expect(await rulesOf(number)).toEqual(['struck-passage'])
    await edit(number, { summary: 'Another.' })
    await approve(number)
    const refusal = await failure(publish(number))
    expect(refusal?.data?.messages?.map(({ rule }) => rule)).toEqual(['struck-passage'])
    expect(refusal?.message).toContain('A child took two.')
    expect(await live(number)).toMatchObject({ number: 2 })
  })

  test('may be published once it was lifted', async () => {
    const number = await published()
    await strike(number, { block: 'more' })
    await edit(number, { summary: 'Another.' })
    await approve(number)
    const [row] = await open(number)
    await strikes.liftStrike(cms.payload, row!.id, { ...as('reviewer'), reason: 'It is right.' })
    expect(await publish(number)).toMatchObject({ number: 4, document: { summary: 'Another.' } })
  })

  test('is nothing new: the state of the article stays', async () => {
    const number = await published()
    await strike(number, { block: 'more' })
    expect(await standing(number)).toMatchObject({
      state: 'published',
      acts: ['submit', 'schedule', 'withdraw', 'move'],
    })
  })
})

test('a text approved without the passage takes its place, and ends the withdrawal', async () => {
  const number = await published()
  await strike(number, { block: 'more' })
  const made = article({ body: root(paragraph('Lie still.'), body.children[3]!) })
  await edit(number, { body: documents.articleRow(made).body })
  expect(await rulesOf(number)).toEqual(['approval-missing'])
  cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
  await approve(number)
  const edition = await publish(number)
  expect(edition).not.toHaveProperty('strikes')
  expect(await open(number)).toEqual([])
  const { docs } = await cms.payload.find({ collection: 'strikes', where: { uid: { equals: uid(number) } } })
  expect(docs.map(({ state }) => state)).toEqual(['replaced'])
})

describe('an approval of before a withdrawal', () => {
  const without = (...words: string[]) =>
    documents.articleRow(article({ body: root(...words.map((one) => paragraph(one)), body.children[3]!) })).body

  test('does not end it, though the text is without the passage', async () => {
    const number = await published()
    await edit(number, { body: without('Lie still.', 'Then rest.') })
    await approve(number)
    cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
    await strike(number, { words: 'two at once' })
    const refusal = await failure(publish(number))
    expect(refusal?.data?.messages).toMatchObject([{ rule: 'struck-passage', place: { pointer: '/review' } }])
    expect(await open(number)).toHaveLength(1)
    await approve(number)
    expect(await failure(publish(number)), 'at the same moment nobody could know of it').toBeDefined()
    cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
    await approve(number)
    expect(await publish(number)).not.toHaveProperty('strikes')
  })

  test('is kept by no change of wording, whatever became of the passage', async () => {
    const number = await published({ body: root(paragraph('Lie stil.'), ...body.children.slice(1)) })
    await strike(number, { words: 'two at once' })
    const request = (words: string) => edit(number, { body: without(words, 'Take two at once Then rest.') })
    await request('Lie still.')
    const second = { ...users.editor!.user, id: 'somebody' }
    const refused = await failure(lane.confirm(cms.payload, english(number), { by: 'The second', user: second }))
    expect(refused).toMatchObject({ status: 409, message: expect.stringContaining('withdrawn from it since') })
  })

  test.each([
    'Take two, at once. Then rest.',
    'take TWO  at once. Then rest.',
    'Take two at\u200b once. Then rest.',
    'Please take two at once. Then rest.',
  ])('is not there for “%s”: that is what was withdrawn', async (words) => {
    const number = await published()
    await strike(number, { words: 'two at once' })
    await edit(number, { body: without('Lie still.', words) })
    cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
    await approve(number)
    expect((await failure(publish(number)))?.data?.messages?.map(({ rule }) => rule)).toEqual(['struck-passage'])
  })
})

test('a notice stands above a text that was approved before it, and not above one approved later', async () => {
  const number = await published()
  await edit(number, { summary: 'Another.' })
  await approve(number)
  cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
  await notice(number)
  expect(await publish(number)).toMatchObject({ document: { summary: 'Another.' }, strikes: [{ kind: 'notice' }] })
  await edit(number, { summary: 'Put right.' })
  cms.clock.now = new Date(cms.clock.now.getTime() + 60_000)
  await approve(number)
  expect(await publish(number)).not.toHaveProperty('strikes')
})

test('a shown record that changes leaves the passage withdrawn', async () => {
  const number = await published()
  await strike(number, { block: 'more' })
  await cms.payload.update({ collection: 'resources', id: known.helpline, data: { description: `Changed ${number}.` } })
  expect(await live(number)).toMatchObject({ number: 3, act: 'record', strikes: [{ kind: 'passage' }] })
  expect(JSON.stringify(await live(number))).not.toContain('Take four')
})

test('a purge takes the words away here too', async () => {
  const number = await published()
  await strike(number, { block: 'more' })
  await acts.purge(cms.payload, english(number), { by: 'Admin', reason: 'It named somebody.' })
  const where = { uid: { equals: uid(number) } }
  expect((await cms.payload.find({ collection: 'strikes', where })).docs).toEqual([])
})

describe('a reviewer', () => {
  test('is mailed; confirms, which readers do not see; and everybody who did what is in the trail', async () => {
    const number = await published()
    const before = (await outbox()).length
    await strike(number, { block: 'more' })
    const [mail] = (await outbox()).slice(before)
    expect(mail).toMatchObject({ to: [{ address: 'reviewer@example.org' }] })
    expect(mail!.text).toContain('A child took two.')
    const [row] = await open(number)
    await strikes.confirmStrike(cms.payload, row!.id, as('reviewer'))
    expect(await live(number)).toMatchObject({ number: 2 })
    expect(await open(number)).toMatchObject([{ state: 'confirmed', answeredBy: 'The reviewer' }])
    expect(await failure(strikes.confirmStrike(cms.payload, row!.id, as('reviewer')))).toMatchObject({ status: 409 })
    await strikes.liftStrike(cms.payload, row!.id, { ...as('reviewer'), reason: 'It is right.' })
    const where = { uid: { equals: uid(number) } }
    const { docs } = await cms.payload.find({ collection: 'audit', where, sort: 'createdAt', pagination: false })
    expect(docs.map(({ act, by }) => [act, by]).slice(2)).toEqual([
      ['strike', 'The publisher'],
      ['confirm-strike', 'The reviewer'],
      ['lift-strike', 'The reviewer'],
    ])
    expect(docs[2]).toMatchObject({ reason: 'unsafe: A child took two.', stamp: expect.any(String) })
  })

  test('does not answer what he withdrew himself', async () => {
    const number = await published()
    const both = { ...users.publisher!.user, roles: ['publisher' as const, 'reviewer' as const] }
    await strike(number, { block: 'more' })
    const [row] = await open(number)
    const own = strikes.confirmStrike(cms.payload, row!.id, { by: 'Both', user: both })
    expect((await failure(own))?.message).toContain('yourself')
  })

  test('who says nothing for 24 hours is reminded once, with the publishers, and it stays withdrawn', async () => {
    for (const { id } of await strikes.unconfirmedStrikes(await createLocalReq({}, cms.payload)))
      await cms.payload.update({ collection: 'strikes', id, data: { state: 'replaced' } })
    const number = await published()
    await strike(number, { block: 'more' })
    const before = (await outbox()).length
    cms.clock.now = new Date(cms.clock.now.getTime() + 24 * 3_600_000 - 1000)
    await strikes.remindOfStrikes(cms.payload)
    expect((await outbox()).length).toBe(before)
    cms.clock.now = new Date(cms.clock.now.getTime() + 1000)
    await strikes.remindOfStrikes(cms.payload)
    await strikes.remindOfStrikes(cms.payload)
    const mails = (await outbox()).slice(before)
    expect(mails.flatMap(({ to }) => to?.map(({ address }) => address)).sort()).toEqual([
      'publisher@example.org',
      'reviewer@example.org',
    ])
    expect(mails[0]!.text).toContain('unconfirmed')
    expect(await live(number)).toMatchObject({ strikes: [{ kind: 'passage' }] })
    const answer = await (await rest('reviewer', 'GET', `/articles/${idOf(number)}/strikes`)).json()
    expect(answer).toMatchObject({ strikes: [{ isLate: true, mayAnswer: true, state: 'unconfirmed' }], passages: [] })
  })
})

test('over REST: a publisher chooses a passage on offer, a reviewer lifts it', async () => {
  const number = await published()
  const path = `/articles/${idOf(number)}`
  const offered = await (await rest('publisher', 'GET', `${path}/strikes`)).json()
  expect(offered.passages).toContainEqual(expect.objectContaining({ block: 'more', text: 'Take four.' }))
  const { pointer } = offered.passages.find(({ block }: { block: string }) => block === 'more')
  const done = await rest('publisher', 'POST', `${path}/acts/strike`, { ...said, kind: 'passage', pointer })
  expect(await done.json()).toMatchObject({ done: { number: 2, act: 'correct' } })
  const after = await (await rest('publisher', 'GET', `${path}/strikes`)).json()
  expect(after.passages.map(({ block }: { block: string }) => block)).not.toContain('more')
  const [{ id }] = after.strikes
  const lifted = await rest('reviewer', 'POST', `${path}/acts/lift-strike`, { strike: id, reason: 'It is right.' })
  expect(await lifted.json()).toMatchObject({ done: { number: 3 } })
})

test('an issue takes in no article that is in doubt', async () => {
  const number = await published()
  await notice(number)
  const newsletter = await cms.payload.create({
    collection: 'newsletters',
    data: { name: 'Letter', sender: 'A clinic' } as never,
  })
  const items = [{ blockType: 'article', article: idOf(number), show: 'link' }]
  const data = { subject: 'News', newsletter: newsletter.id, items, locale: 'en' } as never
  const { id } = await cms.payload.create({ collection: 'issues', data, draft: true })
  const answer = await (await rest('publisher', 'GET', `/issues/${id}/checks`)).json()
  expect(answer.messages.map(({ rule }: { rule: string }) => rule)).toContain('issue-article-struck')
})

async function rulesOf(number: number): Promise<string[]> {
  const answer = await (await rest('editor', 'GET', `/articles/${idOf(number)}/checks`)).json()
  const blocking = answer.messages.filter(({ severity }: { severity: string }) => severity === 'block')
  return blocking.map(({ rule }: { rule: string }) => rule)
}

const standing = async (number: number) => (await rest('publisher', 'GET', `/articles/${idOf(number)}/acts`)).json()

async function outbox() {
  const folder = join(cms.dataDir, 'outbox')
  const files = await readdir(folder).catch(() => [])
  return Promise.all(files.sort().map(async (file) => PostalMime.parse(await readFile(join(folder, file)))))
}

function rest(role: string, method: string, path: string, sent?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `JWT ${users[role]!.token}` }
  const request = new Request(`http://localhost:3000/api${path}`, {
    ...{ method, headers },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  })
  return handleEndpoints({ config: cms.payload.config as never, request })
}
