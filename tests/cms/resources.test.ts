import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Role, roles } from 'cms/src/access/roles.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Assurances from 'cms/src/publishing/assurances.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as Uses from 'cms/src/publishing/uses.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { type Article, ArticleJson, Changes, recordKinds, ServiceJson } from 'content-schemas'
import { createLocalReq, handleEndpoints } from 'payload'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { createKey, type Signer, signerOf } from 'pipeline/release/sign.ts'
import type { Store } from 'pipeline/release/store.ts'
import type { PublishedSource } from 'pipeline/source.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, issue, known, paragraph, records, root, text, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'
import { rowFor } from './rows.ts'

/* One helpline, and what follows from a change of it: an edition where readers see another text, a state where they do not. */

let cms: Installation
let acts: typeof Acts
let assurances: typeof Assurances
let documents: typeof Documents
let review: typeof Review
let uses: typeof Uses
let source: PublishedSource
let store: Store
let signer: Signer

const by = { by: 'A. Publisher' }
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const showing = { body: root(paragraph('Call.'), { type: 'resources', id: 'r', resources: [known.helpline] }) } as const
const shared = { body: root(paragraph('Call.'), { type: 'snippet', id: 's', record: known.snippet }) } as const
const explaining = {
  body: root(paragraph({ type: 'term', term: known.term, children: [text('melatonin')] })),
} as const
const [direct, throughCall, throughSnippet, without] = [301, 302, 303, 304]
const spring = issue({
  newsletter: { uid: uid(201), slug: 'letter', name: 'Letter', sender: 'Signpost' },
  items: [{ kind: 'resource', resource: known.helpline }],
})

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  acts = await import('cms/src/publishing/acts.ts')
  assurances = await import('cms/src/publishing/assurances.ts')
  documents = await import('cms/src/publishing/document.ts')
  review = await import('cms/src/review/acts.ts')
  uses = await import('cms/src/publishing/uses.ts')
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(cms.payload)
  store = await openFilesystemStore(join(cms.dataDir, 'release'))
  signer = await signerOf([await createKey()])
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  await publishArticle(direct, showing)
  await publishArticle(throughCall, { callToAction: known.callToAction })
  await publishArticle(throughSnippet, shared)
  await publishArticle(without, explaining)
  await cms.payload.create({
    collection: 'newsletters',
    data: { id: uid(201), name: 'Letter', slug: 'letter', sender: 'Signpost' } as never,
  })
  await cms.payload.create({ collection: 'issues', data: documents.issueRow(spring) as never, draft: true })
  await acts.publish(cms.payload, 'issue', english(200), by)
})
afterAll(() => cms?.remove())

async function publishArticle(number: number, changes: Partial<Article> = {}): Promise<void> {
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  const days = { lastReviewed: '2026-02-01', nextReview: '2028-02-01' }
  await review.approve(cms.payload, english(number), { by: 'L. Wong', reviewer: known.reviewer, ...days })
  await acts.publish(cms.payload, 'article', english(number), by)
}

const change = (data: object) =>
  cms.payload.update({ collection: 'resources', id: known.helpline, data: data as never })
const editionsMade = async () => (await cms.payload.count({ collection: 'editions' })).totalDocs
const confirmationsMade = async () => (await cms.payload.count({ collection: 'assurances' })).totalDocs
const live = async (number: number) => (await source.document(uid(number), 'en'))!.live

/** Makes the release match what is published on the day the clock has. */
const release = () =>
  reconcile({
    ...{ store, source, signer, channels, version: 'test', stateFolder: join(cms.dataDir, 'state') },
    clock: { now: () => cms.clock.now },
  })

async function read<T>(schema: { parse(value: unknown): T }, path: string): Promise<T> {
  const entry = (await readPaths(store, await store.readIndex())).get(path)
  return schema.parse(JSON.parse(new TextDecoder().decode(await store.readObject(entry!.object))))
}
const articleJson = (number: number) => read(ArticleJson, paths.article('en', `article-${number}`, 'json'))
const shownTo = async (number: number) =>
  (await articleJson(number)).resources.find(({ uid }) => uid === known.helpline)
const isArticle = (path: string) => /^\/v1\/en\/articles\/.*\.json$/.test(path)

describe('a confirmation', () => {
  test('makes no edition, and shows in exactly what shows the resource', async () => {
    const { release: last } = await release()
    const [editions, before] = [await editionsMade(), await live(direct)]
    await change({ assuredDate: '2026-05-01' })
    expect(await editionsMade()).toBe(editions)
    expect(await live(direct)).toEqual(before)
    const report = await release()
    expect(report.changed.filter(isArticle)).toEqual(
      [direct, throughCall, throughSnippet].map((number) => paths.article('en', `article-${number}`, 'json')),
    )
    expect(await shownTo(direct)).toMatchObject({ assuredDate: '2026-05-01', trust: 'fresh' })
    expect((await articleJson(direct)).edition.stamp).toBe(before.stamp)
    expect(await read(ServiceJson, paths.resource('en', known.helpline))).toMatchObject({ assured_date: '2026-05-01' })
    const frozen = await read({ parse: (value) => value as typeof before }, paths.edition(before.stamp))
    expect(frozen.records?.resources[known.helpline]?.assuredDate).toBe('2026-04-01')
    const { changes } = await read(Changes, paths.changes(last + 1))
    expect(new Set(changes.map(({ act }) => act))).toEqual(new Set(['state']))
  })

  test('is no reason for an edition of what is published again', async () => {
    const editions = await editionsMade()
    await acts.publish(cms.payload, 'article', english(direct), by)
    expect(await editionsMade()).toBe(editions)
  })

  test('at other intervals counts too; the same again does not, nor what nobody sees', async () => {
    const before = await confirmationsMade()
    await change({ verifyEveryDays: 90 })
    await change({ verifyEveryDays: 90, assuredDate: '2026-05-01' })
    await change({ assurerEmail: 'someone@example.org' })
    expect(await confirmationsMade()).toBe(before + 1)
    await release()
    expect(await shownTo(throughSnippet)).toMatchObject({ assuredDate: '2026-05-01', verifyEveryDays: 90 })
  })

  test('expires by the clock and is made again: states change, editions do not', async () => {
    const editions = await editionsMade()
    cms.clock.now = new Date('2026-07-31T09:00:00Z')
    await release()
    expect(await shownTo(direct)).toMatchObject({ trust: 'expired', notice: expect.stringContaining('1 May 2026') })
    expect(await assurances.resourcesToConfirm(cms.payload)).toEqual([
      { id: known.helpline, name: 'Night Line', trust: 'expired', assuredDate: '2026-05-01' },
    ])
    await assurances.verifyResource(cms.payload, known.helpline, { by: 'E. Editor' })
    await release()
    expect(await shownTo(direct)).toMatchObject({ assuredDate: '2026-07-31', trust: 'fresh', notice: null })
    expect(await assurances.resourcesToConfirm(cms.payload)).toEqual([])
    expect(await editionsMade()).toBe(editions)
  })

  test('together with another number is an edition, of exactly what shows it', async () => {
    const before = await newestCursor()
    await change({ assuredDate: '2026-07-30', phones: [{ number: '555 0199', type: 'voice' }] })
    const made = []
    for await (const { uid, act } of source.changes(before)) made.push([uid, act])
    expect(made.sort()).toEqual([direct, throughCall, throughSnippet].map((number) => [uid(number), 'record']))
    await release()
    const [phone] = (await shownTo(throughCall))!.phones
    expect(phone).toMatchObject({ number: '555 0199' })
    expect(await shownTo(throughCall)).toMatchObject({ assuredDate: '2026-07-30' })
  })

  test.each([
    ['a number', { phones: [{ number: '555 0177', type: 'voice' }] }],
    ['a website', { url: 'https://night.example.org/new' }],
    ['hours', { schedule: 'Weekdays only' }],
    ['the text number', { text: 'Text HI to 555 0180' }],
  ])('ends when %s is changed without a new one', async (_, data) => {
    await change({ assuredDate: '2026-07-29' })
    await change({ description: `Somebody listens, says ${JSON.stringify(Object.keys(data))}.` })
    await change({ ...data, assuredDate: '2026-07-29' })
    const row = await cms.payload.findByID({ collection: 'resources', id: known.helpline, depth: 0 })
    expect(row).toMatchObject({ assuredDate: null, confirmBy: null, trust: 'expired' })
    const { docs } = await cms.payload.find({ collection: 'assurances', sort: '-cursor', limit: 2 })
    expect(docs.map(({ assuredDate }) => assuredDate)).toEqual([null, '2026-07-29'])
  })

  test('stands when the words are written in another language', async () => {
    await change({ assuredDate: '2026-07-30' })
    const es = { name: 'Línea', description: 'Ayuda.', schedule: 'Entre semana', text: 'Escriba al 555 0180' }
    await cms.payload.update({ collection: 'resources', id: known.helpline, locale: 'es', data: es })
    const row = await cms.payload.findByID({ collection: 'resources', id: known.helpline, depth: 0 })
    expect(row).toMatchObject({ trust: 'fresh' })
  })

  test('side by side gets a cursor of its own each, and is never changed', async () => {
    const before = await confirmationsMade()
    cms.clock.now = new Date('2026-08-02T09:00:00Z')
    const both = [known.helpline, known.closed]
    await Promise.all(both.map((id) => assurances.verifyResource(cms.payload, id, by)))
    const { docs } = await cms.payload.find({ collection: 'assurances', sort: 'cursor', pagination: false })
    expect(docs.map(({ cursor }) => cursor)).toEqual(Array.from({ length: before + 2 }, (_, index) => index + 1))
    const { id } = docs[0]!
    await expect(
      cms.payload.update({ collection: 'assurances', id, data: { assuredDate: '2020-01-01' } }),
    ).rejects.toMatchObject({ status: 403 })
  })
})

const newestCursor = async () => {
  let newest = 0
  for await (const { cursor } of source.changes(0)) newest = cursor
  return newest
}

describe('“I checked this today”', () => {
  const golden: { acts: { verify: Role[] } } = JSON.parse(
    readFileSync(new URL('access-roles.golden.json', import.meta.url), 'utf8'),
  )

  test.each([...roles, 'nobody'] as const)('over REST: %s', async (role) => {
    const { email, token } = await signIn(role)
    cms.clock.now = new Date(cms.clock.now.getTime() + 86_400_000)
    const today = cms.clock.now.toISOString().slice(0, 10)
    const request = new Request(`http://localhost:3000/api/resources/${known.helpline}/verify`, {
      method: 'POST',
      headers: token ? { Authorization: `JWT ${token}` } : {},
    })
    const { status } = await handleEndpoints({ config: cms.payload.config, request })
    const row = await cms.payload.findByID({ collection: 'resources', id: known.helpline })
    const { docs } = await cms.payload.find({ collection: 'audit', where: { act: { equals: 'verify' } }, sort: '-at' })
    const isAllowed = golden.acts.verify.includes(role as Role)
    expect(status).toBe(isAllowed ? 200 : 403)
    expect([row.assuredDate?.slice(0, 10), row.assurerEmail].includes(today)).toBe(isAllowed)
    expect(row.assurerEmail === email).toBe(isAllowed)
    expect(docs[0]?.reason === `on ${today}`).toBe(isAllowed)
    if (isAllowed) expect(docs[0]).toMatchObject({ by: role, uid: known.helpline, title: 'Night Line' })
  })

  test('of a resource that is not there says so', async () => {
    await expect(assurances.verifyResource(cms.payload, uid(999), by)).rejects.toMatchObject({ status: 404 })
  })

  test('of a resource that is not in English', async () => {
    const data = { ...(await rowFor('resources')), slug: 'linea' }
    const { id } = await cms.payload.create({ collection: 'resources', data: data as never, locale: 'es' })
    const toConfirm = await assurances.resourcesToConfirm(cms.payload)
    expect(toConfirm).toContainEqual({ id, name: 'linea', trust: 'expired', assuredDate: null })
    await assurances.verifyResource(cms.payload, id, by)
    const row = await cms.payload.findByID({ collection: 'resources', id, locale: 'es' })
    expect(row.assuredDate?.slice(0, 10)).toBe(cms.clock.now.toISOString().slice(0, 10))
  })
})

async function signIn(role: Role | 'nobody'): Promise<{ email: string; token?: string }> {
  const row = (await rowFor('users')) as { email: string; password: string }
  if (role === 'nobody') return row
  await cms.payload.create({ collection: 'users', data: { ...row, name: role, roles: [role] } as never })
  const { token } = await cms.payload.login({ collection: 'users', data: row })
  return { ...row, token: token! }
}

test('“used in” names every published document, by whatever way, and the records that lead there', async () => {
  const second = { ...records()['calls-to-action'][known.callToAction]!, uid: uid(902), slug: 'second' }
  await cms.payload.create({
    collection: 'calls-to-action',
    data: documents.recordRow('calls-to-action', second, 'en') as never,
  })
  const draft = article({ uid: uid(305), slug: 'a-draft', title: 'A draft', ...showing })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(draft) as never, draft: true })
  const req = await createLocalReq({}, cms.payload)
  const usage = await uses.usageOf(req, 'resources', known.helpline, 25)
  expect(usage.count + usage.records.length).toBe(7)
  expect(usage.documents).toEqual([
    ...[direct, throughCall, throughSnippet].map((number) => ({
      ...{ collection: 'articles', id: `${uid(number)}.en`, title: `Article number ${number}`, locale: 'en' },
    })),
    { collection: 'issues', id: `${uid(200)}.en`, title: 'News for spring', locale: 'en' },
  ])
  expect(usage.records.map(({ collection, id }) => [collection, id]).sort()).toEqual([
    ['calls-to-action', known.callToAction],
    ['calls-to-action', uid(902)],
    ['snippets', known.snippet],
  ])
  const short = await uses.usageOf(req, 'resources', known.helpline, 1)
  expect([short.count, short.documents.length]).toEqual([4, 1])
})

describe('a helpline that is used in 7 places', () => {
  const [dayLine, lastLine] = [uid(903), uid(904)]
  const newEditions = async (after: number) => {
    const made = []
    for await (const { uid, act } of source.changes(after)) made.push([uid, act])
    return made.sort()
  }
  const showingIt = [direct, throughCall, throughSnippet].map((number) => [uid(number), 'record'])
  const changeNotes = async () =>
    Promise.all([direct, throughCall, throughSnippet].map(async (number) => (await live(number)).changeNote))
  const closed = (replacedBy: string | null, status = 'defunct') => ({ status, replacedBy })

  beforeAll(async () => {
    for (const [id, name] of [
      [dayLine, 'Day Line'],
      [lastLine, 'Last Line'],
    ] as const)
      await cms.payload.create({
        collection: 'resources',
        data: {
          id,
          name,
          slug: slugOf(name),
          kind: 'service',
          description: 'Somebody.',
          assuredDate: '2026-08-01',
        } as never,
      })
    await cms.payload.update({ collection: 'resources', id: known.helpline, data: { assuredDate: '2026-08-01' } })
    cms.clock.now = new Date('2026-08-10T09:00:00Z')
    await release()
  })

  test('changes on all channels by exactly one edition of each article that shows it, with a change note', async () => {
    const before = await newestCursor()
    await change({ phones: [{ number: '555 0142', type: 'voice' }] })
    expect(await newEditions(before)).toEqual(showingIt)
    expect(await changeNotes()).toEqual(Array(3).fill('Night Line: changed telephone number'))
    expect((await live(direct)).major).toBe(false)
    const report = await release()
    // And the issue, which stays as it was sent: what it shows is no longer confirmed.
    expect(report.compiled).toBe(4)
    await release()
    expect((await release()).compiled).toBe(0)
  })

  test.each(['defunct', 'inactive', 'temporarily closed'])(
    'is not closed without another in its place: %s',
    async (status) => {
      const editions = await editionsMade()
      const refusal = { status: 409, message: expect.stringContaining('“Article number 301” (en)') }
      await expect(change(closed(null, status))).rejects.toMatchObject(refusal)
      await expect(change({ status })).rejects.toMatchObject({
        message: expect.stringContaining('shared passage “In danger”'),
      })
      const { token } = await signIn('editor')
      for (const address of [`resources/${known.helpline}`, `resources?where[id][equals]=${known.helpline}`]) {
        const { status: answered, body } = await patch(address, token!, { status })
        expect(answered).toBeGreaterThanOrEqual(400)
        expect(JSON.stringify(body)).toContain('readers would find nothing')
      }
      expect((await cms.payload.findByID({ collection: 'resources', id: known.helpline })).status).toBe('active')
      expect(await editionsMade()).toBe(editions)
    },
  )

  test('is not replaced by itself, by one that is closed or by one that is not there', async () => {
    for (const replacement of [known.helpline, known.closed, uid(999)])
      await expect(change(closed(replacement))).rejects.toThrow()
  })

  test('is replaced everywhere in one act, and no approval is touched', async () => {
    const [before, approvals] = [await newestCursor(), await cms.payload.count({ collection: 'candidates' })]
    await change(closed(dayLine))
    expect(await newEditions(before)).toEqual(showingIt)
    expect(new Set(await changeNotes())).toEqual(new Set(['Night Line is closed. In its place: Day Line']))
    expect(await cms.payload.count({ collection: 'candidates' })).toEqual(approvals)
    await acts.publish(cms.payload, 'article', english(direct), by)
    expect(await newEditions(before)).toEqual(showingIt)
    expect((await release()).compiled).toBe(3)
    for (const number of [direct, throughCall, throughSnippet])
      expect((await articleJson(number)).resources.map(({ name }) => name)).toEqual(['Day Line'])
    expect(await read(ServiceJson, paths.resource('en', known.helpline))).toMatchObject({
      ...{ status: 'defunct', _signpost: { trust: 'closed', replaced_by: dayLine } },
    })
    expect(await read(ServiceJson, paths.resource('en', dayLine))).toMatchObject({ status: 'active' })
  })

  test('hands on to what replaces its replacement, which cannot go without one either', async () => {
    const update = (data: object) => cms.payload.update({ collection: 'resources', id: dayLine, data: data as never })
    await expect(update({ status: 'inactive' })).rejects.toMatchObject({ status: 409 })
    const usage = await uses.usageOf(await createLocalReq({}, cms.payload), 'resources', dayLine, 25)
    expect([usage.count, usage.records]).toEqual([
      3,
      [{ collection: 'resources', id: known.helpline, title: 'Night Line' }],
    ])
    await update(closed(lastLine))
    await release()
    expect((await articleJson(throughSnippet)).resources.map(({ name }) => name)).toEqual(['Last Line'])
    // A replacement chosen while it was open stays as it is.
    await change({ organization: 'The Night Trust' })
  })

  test('is not deleted, nor is what leads to it', async () => {
    for (const id of [known.helpline, dayLine, lastLine])
      await expect(cms.payload.delete({ collection: 'resources', id })).rejects.toMatchObject({ status: 409 })
  })

  test('is shown itself once it is open again; what stood in its place can go then', async () => {
    await change({ status: 'active' })
    await release()
    expect((await articleJson(direct)).resources.map(({ name }) => name)).toEqual(['Night Line'])
    await cms.payload.delete({ collection: 'resources', id: dayLine })
    await cms.payload.delete({ collection: 'resources', id: lastLine })
  })
})

const slugOf = (name: string) => name.toLowerCase().replace(' ', '-')

async function patch(address: string, token: string, data: object): Promise<{ status: number; body: unknown }> {
  const request = new Request(encodeURI(`http://localhost:3000/api/${address}`), {
    method: 'PATCH',
    headers: { Authorization: `JWT ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(data),
  })
  const response = await handleEndpoints({ config: cms.payload.config, request })
  return { status: response.status, body: await response.json() }
}

test.each([
  ['people', known.author],
  ['people', known.reviewer],
  ['topics', known.topic],
  ['audiences', known.audience],
  ['snippets', known.snippet],
  ['calls-to-action', known.callToAction],
  ['glossary', known.term],
] as const)('what is used is not deleted, and who asks is told where it is used: %s', async (collection, id) => {
  await expect(cms.payload.delete({ collection, id })).rejects.toMatchObject({
    ...{ status: 409, message: expect.stringMatching(/used in .*“(Article number 30\d|In danger)”/) },
  })
})

describe('what the day makes of a resource', () => {
  const labelOn = async (day: string) => {
    cms.clock.now = new Date(`${day}T09:00:00Z`)
    const { docs } = await cms.payload.find({
      ...{ collection: 'resources', where: { label: { like: 'ight li' } }, sort: 'label', select: { label: true } },
    })
    return docs.map(({ label }) => label)
  }

  test('stands beside its name where it is chosen, in plain words', async () => {
    await change({ assuredDate: '2026-08-01', verifyEveryDays: 100 })
    expect(await labelOn('2026-08-02')).toEqual(['Night Line · confirmed'])
    expect(await labelOn('2026-10-30')).toEqual(['Night Line · to be confirmed soon'])
    expect(await labelOn('2026-11-10')).toEqual(['Night Line · not confirmed in time'])
    const { docs } = await cms.payload.find({ collection: 'resources', where: { id: { equals: known.closed } } })
    expect(docs[0]?.label).toBe('Old Line · closed')
  })

  test('is kept as days to filter and sort by', async () => {
    const row = await cms.payload.findByID({ collection: 'resources', id: known.helpline })
    expect([row.dueFrom, row.confirmBy].map((day) => day?.slice(0, 10))).toEqual(['2026-10-30', '2026-11-09'])
    const due = await assurances.resourcesToConfirm(cms.payload)
    expect(due.map(({ name, trust }) => [name, trust])).toContainEqual(['Night Line', 'expired'])
  })
})
