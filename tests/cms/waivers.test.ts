import type * as FirstStart from 'cms/src/processes/first-start.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { type Article, recordKinds } from 'content-schemas'
import { handleEndpoints, type TypedUser } from 'payload'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* What publishers let pass beside the text, and what reviewers say to danger words. */

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let review: typeof Review
const users: Record<string, { user: TypedUser; token: string }> = {}

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  review = await import('cms/src/review/acts.ts')
  const { makeWordingRules }: typeof FirstStart = await import('cms/src/processes/first-start.ts')
  await makeWordingRules(cms.payload)
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const role of ['editor', 'reviewer', 'publisher'] as const) {
    const account = { email: `${role}@example.org`, password: 'a long enough password' }
    const data = { ...account, name: `The ${role}`, roles: [role], person: role === 'reviewer' ? known.reviewer : null }
    const user = await cms.payload.create({ collection: 'users', data })
    const { token } = await cms.payload.login({ collection: 'users', data: account })
    users[role] = { user: { ...user, collection: 'users' } as TypedUser, token: token! }
  }
})
afterAll(() => cms?.remove())

let last = 8000
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const idOf = (number: number) => `${uid(number)}.en`
const as = (role: string) => ({ by: `The ${role}`, user: users[role]!.user })

async function draft(changes: Partial<Article>): Promise<number> {
  const number = ++last
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}` }
  const made = article({ ...named, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  return number
}
const labelled = () => draft({ body: root(paragraph('Most addicts in the film get help.')) })
const approve = (number: number, more: object = {}) =>
  review.approve(cms.payload, english(number), { ...as('reviewer'), ...more })
const publish = (number: number) => acts.publish(cms.payload, 'article', english(number), as('publisher'))
const rulesOf = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: { data?: { messages?: { rule: string }[] } }) => error.data?.messages?.map(({ rule }) => rule),
  )
const trail = async (number: number) => {
  const where = { uid: { equals: uid(number) } }
  const { docs } = await cms.payload.find({ collection: 'audit', where, sort: 'createdAt', pagination: false })
  return docs.map(({ act, by, reason }) => [act, by, reason])
}

async function rest(role: string, method: string, path: string, sent?: unknown) {
  const headers = { 'content-type': 'application/json', authorization: `JWT ${users[role]!.token}` }
  const body = sent === undefined ? {} : { body: JSON.stringify(sent) }
  const request = new Request(`http://localhost:3000/api${path}`, { method, headers, ...body })
  const response = await handleEndpoints({ config: cms.payload.config as never, request })
  return { status: response.status, body: await response.json() }
}
const checks = async (number: number, role = 'publisher') =>
  (await rest(role, 'GET', `/articles/${idOf(number)}/checks`)).body
const wordingIn = async (number: number) =>
  (await checks(number)).messages.find(({ rule }: { rule: string }) => rule === 'wording')

test('a publisher waives beside the text; it is shown with its reason, and kept with the edition', async () => {
  const number = await labelled()
  await approve(number)
  const { rule, place, waiver } = await wordingIn(number)
  expect(waiver).toBeNull()
  const path = `/articles/${idOf(number)}/waivers`
  const sent = { rule, place, reason: 'The title of a film.' }
  expect(await rest('editor', 'POST', path, sent)).toMatchObject({ status: 403 })
  expect(await rest('publisher', 'POST', path, { ...sent, reason: ' ' })).toMatchObject({ status: 400 })
  expect(await rest('publisher', 'POST', path, { ...sent, place: { pointer: '/title' } })).toMatchObject({
    status: 409,
  })
  expect(await rest('publisher', 'POST', path, sent)).toMatchObject({ status: 200 })
  expect(await wordingIn(number)).toMatchObject({ waiver: { reason: 'The title of a film.', by: 'The publisher' } })
  expect(await checks(number, 'editor')).toMatchObject({ mayWaive: false })
  expect(await publish(number)).toMatchObject({
    waivers: [{ rule: 'wording', passage: 'addicts', reason: 'The title of a film.', by: 'The publisher' }],
  })
  expect((await trail(number)).filter(([act]) => act === 'waive')).toEqual([
    ['waive', 'The publisher', 'wording “addicts”: The title of a film.'],
  ])
})

test('taken back, it stands against the next edition again; other words are not waived', async () => {
  const number = await labelled()
  await approve(number)
  const { rule, place } = await wordingIn(number)
  const path = `/articles/${idOf(number)}/waivers`
  const made = await rest('publisher', 'POST', path, { rule, place, reason: 'A quotation.' })
  expect(await rest('editor', 'POST', `${path}/${made.body.waiver}/take-back`)).toMatchObject({ status: 403 })
  expect(await rest('publisher', 'POST', `${path}/none/take-back`)).toMatchObject({ status: 404 })
  const body = documents.articleRow(article({ body: root(paragraph('Most junkies in the film get help.')) })).body
  await cms.payload.update({ collection: 'articles', id: idOf(number), data: { body: body as never }, draft: true })
  await approve(number)
  expect(await rulesOf(publish(number))).toEqual(['wording'])
  const back = documents.articleRow(article({ body: root(paragraph('Most addicts in the film get help.')) })).body
  await cms.payload.update({ collection: 'articles', id: idOf(number), data: { body: back as never }, draft: true })
  expect(await rest('publisher', 'POST', `${path}/${made.body.waiver}/take-back`)).toMatchObject({ status: 200 })
  expect(await rulesOf(publish(number))).toEqual(['wording'])
  expect((await trail(number)).map(([act]) => act)).toContain('take-back-waiver')
})

test('what nobody may waive is not waived here either', async () => {
  const number = await draft({ sources: [] })
  const missing = (await checks(number)).messages.find(({ rule }: { rule: string }) => rule === 'sources-missing')
  const sent = { rule: missing.rule, place: missing.place, reason: 'None.' }
  expect(await rest('publisher', 'POST', `/articles/${idOf(number)}/waivers`, sent)).toMatchObject({ status: 409 })
})

test('a reviewer who finds nobody in danger says why, and it is kept with the edition', async () => {
  const number = await draft({ body: root(paragraph('An overdose of sleep is not possible.')) })
  await review.submit(cms.payload, english(number), { ...as('editor'), reviewer: known.reviewer })
  const standing = await rest('reviewer', 'GET', `/articles/${idOf(number)}/acts`)
  expect(standing.body.danger).toContain('overdose')
  expect(await rulesOf(approve(number))).toEqual(['danger-words'])
  await approve(number, { noDanger: 'It is a figure of speech.' })
  expect((await checks(number)).messages.map(({ rule }: { rule: string }) => rule)).not.toContain('danger-words')
  expect(await publish(number)).toMatchObject({
    waivers: [{ rule: 'danger-words', pointer: '/topics', reason: 'It is a figure of speech.', by: 'Lee Wong' }],
  })
  // It was said of this text: of another it has to be said again.
  await cms.payload.update({
    ...{ collection: 'articles', id: idOf(number), draft: true, data: { summary: 'Sleep and seizure.' } },
  })
  expect(await rulesOf(approve(number))).toEqual(['danger-words'])
})
