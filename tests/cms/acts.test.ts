import { join } from 'node:path'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { type Article, type Edition, recordKinds } from 'content-schemas'
import { channels } from 'pipeline/channels/index.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { createKey, signerOf } from 'pipeline/release/sign.ts'
import type { PublishedSource } from 'pipeline/source.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let review: typeof Review
let source: PublishedSource
const by = { by: 'A. Publisher' }
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  review = await import('cms/src/review/acts.ts')
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(cms.payload)
  await fillRecords()
})
afterAll(() => cms?.remove())

async function fillRecords(): Promise<void> {
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
}

async function draft(number: number, changes: Partial<Article> = {}): Promise<Article> {
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  if (made.review.reviewer) await approve(number)
  return made
}

/** Approves the newest draft, as of the days that the article of these tests has. */
const approve = (number: number) => {
  const days = { lastReviewed: '2026-02-01', nextReview: '2028-02-01' }
  return review.approve(cms.payload, english(number), { by: 'L. Wong', reviewer: known.reviewer, ...days })
}

async function changesAfter(cursor: number): Promise<{ uid: string; act: string; cursor: number }[]> {
  const found = []
  for await (const change of source.changes(cursor)) found.push(change)
  return found
}
const newest = async () => (await changesAfter(0)).at(-1)?.cursor ?? 0
const live = async (number: number): Promise<Edition | undefined> => (await source.document(uid(number), 'en'))?.live
const statusOf = async (number: number) =>
  (await cms.payload.findByID({ collection: 'articles', id: `${uid(number)}.en` }))._status

describe('publish', () => {
  test('freezes the draft and what it shows as edition 1', async () => {
    const made = await draft(101)
    const edition = await acts.publish(cms.payload, 'article', english(101), by)
    expect(edition).toMatchObject({
      number: 1,
      act: 'publish',
      major: true,
      document: made,
      at: '2026-05-01T09:00:00.000Z',
    })
    expect(Object.keys(edition.records!.people).sort()).toEqual([known.author, known.reviewer].sort())
    expect(await live(101)).toEqual(edition)
    expect(await source.edition(edition.stamp)).toEqual(edition)
    expect(await statusOf(101)).toBe('published')
    const { docs } = await cms.payload.find({ collection: 'candidates', where: { uid: { equals: uid(101) } } })
    expect(docs).toMatchObject([{ contentHash: edition.contentHash, document: made, approvedBy: 'Lee Wong' }])
  })

  test('without a change makes no new edition', async () => {
    await draft(102)
    const first = await acts.publish(cms.payload, 'article', english(102), by)
    expect(await acts.publish(cms.payload, 'article', english(102), by)).toEqual(first)
  })

  test('after a change makes the next edition; a draft alone makes none', async () => {
    await draft(103)
    await acts.publish(cms.payload, 'article', english(103), by)
    const id = `${uid(103)}.en`
    await cms.payload.update({ collection: 'articles', id, data: { summary: 'Sleep better.' }, draft: true })
    expect(await live(103)).toMatchObject({ number: 1, document: { summary: 'How to sleep better.' } })
    await approve(103)
    const second = await acts.publish(cms.payload, 'article', english(103), { ...by, changeNote: 'Shorter.' })
    expect(second).toMatchObject({
      number: 2,
      major: false,
      changeNote: 'Shorter.',
      document: { summary: 'Sleep better.' },
    })
    expect((await source.document(uid(103), 'en'))?.history.map(({ number }) => number)).toEqual([2, 1])
  })

  test('is refused with the list of reasons, and leaves nothing', async () => {
    await draft(104, { topics: [], sources: [], review: { reviewer: null, lastReviewed: null, nextReview: null } })
    const before = await newest()
    const refusal = await acts.publish(cms.payload, 'article', english(104), by).catch((error) => error)
    expect(refusal).toMatchObject({ name: 'RefusedError', status: 422 })
    expect(refusal.data.messages.length).toBeGreaterThan(2)
    expect(await live(104)).toBeUndefined()
    expect(await newest()).toBe(before)
    expect(await statusOf(104)).toBe('draft')
  })
})

describe('every door', () => {
  const unready = { topics: [], sources: [] }
  // A new object each time: Payload writes into the one it is given.
  const publishedData = () => ({ _status: 'published' as const })
  const idOf = (number: number) => `${uid(number)}.en`
  const where = (numbers: number[]) => ({ id: { in: numbers.map(idOf) } })

  test.each([
    [
      'Local API',
      (number: number) => cms.payload.update({ collection: 'articles', id: idOf(number), data: publishedData() }),
    ],
    [
      'bulk update',
      (number: number) => cms.payload.update({ collection: 'articles', where: where([number]), data: publishedData() }),
    ],
    ['REST', (number: number) => rest('PATCH', `/articles/${idOf(number)}`, publishedData())],
    [
      'bulk update over REST',
      (number: number) => rest('PATCH', `/articles?where[id][equals]=${idOf(number)}`, publishedData()),
    ],
    [
      'duplicate',
      (number: number) => cms.payload.duplicate({ collection: 'articles', id: idOf(number), data: publishedData() }),
    ],
  ])('%s: what is not ready is refused, and leaves nothing', async (_, publishThrough) => {
    const number = nextNumber()
    await draft(number, unready)
    const before = await newest()
    await publishThrough(number).catch((error: unknown) => error)
    expect(await newest()).toBe(before)
    expect(await statusOf(number)).toBe('draft')
  })

  test('creating something as published is refused alike', async () => {
    const number = nextNumber()
    const made = article({ uid: uid(number), slug: `article-${number}`, ...unready })
    const data = { ...documents.articleRow(made), ...publishedData() } as never
    await expect(cms.payload.create({ collection: 'articles', data })).rejects.toMatchObject({ name: 'RefusedError' })
    expect(await cms.payload.count({ collection: 'articles', where: where([number]) })).toEqual({ totalDocs: 0 })
  })

  test('REST answers 422 with the messages', async () => {
    const number = nextNumber()
    await draft(number, unready)
    const answer = await rest('PATCH', `/articles/${idOf(number)}`, publishedData())
    expect(answer.status).toBe(422)
    const { errors } = (await answer.json()) as { errors: [{ data: { messages: unknown[] } }] }
    expect(errors[0].data.messages).toContainEqual(
      expect.objectContaining({ rule: expect.any(String), severity: 'block' }),
    )
  })

  test('what is ready is published through REST and in bulk, each with an edition', async () => {
    const numbers = [nextNumber(), nextNumber(), nextNumber()]
    for (const number of numbers) await draft(number)
    expect((await rest('PATCH', `/articles/${idOf(numbers[0]!)}`, publishedData())).status).toBe(200)
    await cms.payload.update({ collection: 'articles', where: where(numbers.slice(1)), data: publishedData() })
    for (const number of numbers) expect(await live(number)).toMatchObject({ number: 1, act: 'publish' })
  })

  test('restoring a published version is an edition like any other', async () => {
    const number = nextNumber()
    await draft(number)
    await acts.publish(cms.payload, 'article', english(number), by)
    const { docs } = await cms.payload.findVersions({
      collection: 'articles',
      where: { and: [{ parent: { equals: idOf(number) } }, { 'version._status': { equals: 'published' } }] },
    })
    await cms.payload.update({
      collection: 'articles',
      id: idOf(number),
      data: { summary: 'Another.' },
      draft: true,
    })
    await approve(number)
    await acts.publish(cms.payload, 'article', english(number), by)
    await cms.payload.restoreVersion({ collection: 'articles', id: docs[0]!.id })
    expect(await live(number)).toMatchObject({ number: 3, document: { summary: 'How to sleep better.' } })
  })

  test('unpublishing leaves a tombstone, whoever does it', async () => {
    const number = nextNumber()
    await draft(number)
    await acts.publish(cms.payload, 'article', english(number), by)
    await rest('PATCH', `/articles/${idOf(number)}`, { _status: 'draft' })
    expect(await live(number)).toMatchObject({ number: 2, act: 'withdraw', document: null, tombstone: { to: null } })
  })

  test('a published article cannot be deleted, a withdrawn one can', async () => {
    const number = nextNumber()
    await draft(number)
    await acts.publish(cms.payload, 'article', english(number), by)
    await expect(cms.payload.delete({ collection: 'articles', id: idOf(number) })).rejects.toMatchObject({
      status: 409,
    })
    await acts.withdraw(cms.payload, english(number), { ...by, reason: 'Out of date.' })
    await cms.payload.delete({ collection: 'articles', id: idOf(number) })
    expect(await live(number)).toMatchObject({ act: 'withdraw' })
  })
})

let numbers = 1000
const nextNumber = () => ++numbers

/** Speaks to Payload's REST handlers as a signed-in publisher. */
async function rest(method: string, path: string, body: unknown): Promise<Response> {
  const { handleEndpoints } = await import('payload')
  token ??= await signIn()
  const headers = { 'content-type': 'application/json', authorization: `JWT ${token}` }
  const request = new Request(`http://localhost:3000/api${path}`, { method, headers, body: JSON.stringify(body) })
  return handleEndpoints({ config: cms.payload.config as never, request })
}
let token: string | undefined
async function signIn(): Promise<string> {
  const account = { email: 'publisher@example.org', password: 'a long enough password' }
  const data = { ...account, name: 'P. Publisher', roles: ['publisher', 'editor'] as ('publisher' | 'editor')[] }
  await cms.payload.create({ collection: 'users', data })
  const { token } = await cms.payload.login({ collection: 'users', data: account })
  return token!
}

describe('in one transaction', () => {
  test('a hook that throws after the act leaves neither edition nor change', async () => {
    const number = nextNumber()
    await draft(number)
    const before = await newest()
    const hooks = cms.payload.collections.articles.config.hooks.afterChange
    const explode = () => {
      throw new Error('Something else went wrong.')
    }
    hooks.push(explode)
    await expect(acts.publish(cms.payload, 'article', english(number), by)).rejects.toThrow('Something else')
    hooks.splice(hooks.indexOf(explode), 1)
    expect(await live(number)).toBeUndefined()
    expect(await newest()).toBe(before)
    expect(await statusOf(number)).toBe('draft')
  })

  test('acts side by side give every edition a cursor of its own, without a gap', async () => {
    const side = Array.from({ length: 4 }, nextNumber)
    for (const number of side) await draft(number)
    const before = await newest()
    await Promise.all(side.map((number) => acts.publish(cms.payload, 'article', english(number), by)))
    const cursors = (await changesAfter(before)).map(({ cursor }) => cursor)
    expect(cursors).toEqual(side.map((_, index) => before + 1 + index))
  })
})

describe('a changed record', () => {
  test('makes a minor edition of exactly the published articles that show it', async () => {
    const [withIt, through, without, unpublished] = [nextNumber(), nextNumber(), nextNumber(), nextNumber()] as const
    const showing = root(paragraph('Call.'), { type: 'resources', id: 'r', resources: [known.helpline] })
    await draft(withIt, { body: showing })
    await draft(through, { callToAction: known.callToAction })
    await draft(without)
    await draft(unpublished, { body: showing })
    for (const number of [withIt, through, without]) await acts.publish(cms.payload, 'article', english(number), by)
    const before = await newest()
    const phones = [{ number: '555 0199', type: 'voice' as const }]
    await cms.payload.update({ collection: 'resources', id: known.helpline, data: { phones } })
    const made = await changesAfter(before)
    expect(made.map(({ uid, act }) => [uid, act]).sort()).toEqual(
      [withIt, through].map((number) => [uid(number), 'record']).sort(),
    )
    expect(await live(withIt)).toMatchObject({
      ...{ number: 2, major: false, act: 'record', changeNote: 'Night Line: changed telephone number' },
      records: { resources: { [known.helpline]: { phones: [{ number: '555 0199' }] } } },
      readability: { formula: 'flesch-kincaid', words: expect.any(Number) },
    })
  })

  test('in a field nobody sees makes none', async () => {
    const before = await newest()
    await cms.payload.update({
      collection: 'resources',
      id: known.helpline,
      data: { assurerEmail: 'someone@example.org' },
    })
    expect(await changesAfter(before)).toEqual([])
  })

  test('that is shown cannot be deleted, and the refusal names where', async () => {
    const number = nextNumber()
    await draft(number, { callToAction: known.callToAction })
    await acts.publish(cms.payload, 'article', english(number), by)
    await expect(cms.payload.delete({ collection: 'calls-to-action', id: known.callToAction })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`Article number ${number}`),
    })
  })
})

describe('an end', () => {
  test('withdraw leaves a tombstone with its reason; publishing again is the next edition', async () => {
    const number = nextNumber()
    await draft(number)
    await acts.publish(cms.payload, 'article', english(number), by)
    const end = await acts.withdraw(cms.payload, english(number), { ...by, reason: 'A dose was wrong.' })
    expect(end).toMatchObject({
      number: 2,
      act: 'withdraw',
      document: null,
      tombstone: { reason: 'A dose was wrong.' },
    })
    expect(await statusOf(number)).toBe('draft')
    expect(await acts.publish(cms.payload, 'article', english(number), by)).toMatchObject({ number: 3, act: 'publish' })
  })

  test('withdraw of what is not published says so', async () => {
    const number = nextNumber()
    await draft(number)
    await expect(acts.withdraw(cms.payload, english(number), { ...by, reason: '' })).rejects.toThrow('never published')
  })

  test('purge removes what the editions held, and the article', async () => {
    const number = nextNumber()
    await draft(number)
    const first = await acts.publish(cms.payload, 'article', english(number), by)
    const end = await acts.purge(cms.payload, english(number), { ...by, reason: 'It named a patient.' })
    expect(await source.edition(first.stamp)).toBeUndefined()
    expect(await source.edition(end.stamp)).toMatchObject({ act: 'purge', document: null })
    expect(await cms.payload.count({ collection: 'candidates', where: { uid: { equals: uid(number) } } })).toEqual({
      totalDocs: 0,
    })
    expect(await cms.payload.count({ collection: 'articles', where: { uid: { equals: uid(number) } } })).toEqual({
      totalDocs: 0,
    })
  })
})

describe('the release', () => {
  test('follows the acts: files when published, the new number after a record changed, 410 when withdrawn', async () => {
    const number = nextNumber()
    const slug = `article-${number}`
    await draft(number, { callToAction: known.callToAction })
    await acts.publish(cms.payload, 'article', english(number), by)
    const release = await releaser()
    expect(await release(`/v1/en/articles/${slug}.json`)).toMatchObject({
      status: 200,
      json: { edition: { number: 1 } },
    })
    expect((await release(`/en/articles/${slug}`))?.status).toBe(200)
    await cms.payload.update({
      collection: 'calls-to-action',
      id: known.callToAction,
      data: { label: 'Call Night Line now' },
    })
    expect(await release(`/v1/en/articles/${slug}.json`)).toMatchObject({ json: { edition: { number: 2 } } })
    await acts.withdraw(cms.payload, english(number), { ...by, reason: 'A dose was wrong.' })
    expect(await release(`/v1/en/articles/${slug}.json`)).toMatchObject({
      status: 410,
      json: { state: 'withdrawn', tombstone: { reason: 'A dose was wrong.' } },
    })
  })
})

/** Reads a path of the release, after the release was made to match what is published. */
async function releaser() {
  const folder = join(cms.dataDir, 'release')
  const store = await openFilesystemStore(folder)
  const signer = await signerOf([await createKey()])
  return async (path: string): Promise<{ status: number; json: unknown } | undefined> => {
    await reconcile({ store, source, signer, channels, version: 'test', stateFolder: join(cms.dataDir, 'state') })
    const entry = (await readPaths(store, await store.readIndex())).get(path)
    if (!entry) return undefined
    const text = new TextDecoder().decode(await store.readObject(entry.object))
    return { status: entry.status, json: entry.type.includes('json') ? JSON.parse(text) : undefined }
  }
}
