import type { DifferencesAnswer, RevisionAnswer } from 'cms/src/endpoints/compareWithNewest.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { handleEndpoints } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'
import { lexical } from './rows.ts'

/* Two people on one article. */

let cms: Installation
let review: typeof Review
const tokens: Record<string, string> = {}
const id = `${uid(7001)}.en`

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  review = await import('cms/src/review/acts.ts')
  const { articleRow } = await import('cms/src/publishing/document.ts')
  const unreviewed = { reviewer: null, lastReviewed: null, nextReview: null }
  const bare = { audiences: [], topics: [], authors: [], related: [], callToAction: null, hero: null }
  const made = article({ uid: uid(7001), slug: 'sleeping-well', title: 'Sleeping well', review: unreviewed, ...bare })
  const body = lexical('Go to bed at the same time.')
  await cms.payload.create({ collection: 'articles', data: { ...articleRow(made), body } as never, draft: true })
  for (const name of ['Dana', 'Robin']) {
    const account = { email: `${name}@example.org`.toLowerCase(), password: 'a long enough password' }
    await cms.payload.create({ collection: 'users', data: { ...account, name, roles: ['editor'] } })
    tokens[name] = (await cms.payload.login({ collection: 'users', data: account })).token!
  }
})
afterAll(() => cms?.remove())

const ask = async (who: string, method: string, path: string, body?: object) => {
  const response = await handleEndpoints({
    config: cms.payload.config,
    request: new Request(`http://localhost:3000/api/articles/${id}${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${tokens[who]}` },
      ...(body && { body: JSON.stringify(body) }),
    }),
  })
  return { status: response.status, json: await response.json() }
}
const read = async (who: string) => (await ask(who, 'GET', '?draft=true&depth=0')).json
const readFilled = async (who: string) => (await ask(who, 'GET', '?draft=true&depth=2')).json
const save = (who: string, data: object, how = 'autosave=true&') => ask(who, 'PATCH', `?${how}draft=true&depth=0`, data)

describe.each([
  ['an autosave', 'autosave=true&'],
  ['a save', ''],
])('%s', (_, how) => {
  test('that is based on an older revision is refused, and says whose is newer', async () => {
    const [dana, robin] = [await read('Dana'), await read('Robin')]
    const summary = `Sleep is a habit. ${how}`
    expect(await save('Dana', { ...dana, summary }, how)).toMatchObject({ status: 200, json: { doc: { summary } } })
    const refused = await save('Robin', { ...robin, title: 'Sleep' }, how)
    expect(refused.status).toBe(409)
    expect(refused.json.errors[0].message).toContain('Dana changed this article')
    expect(await read('Robin')).toMatchObject({ title: 'Sleeping well', summary })
  })

  test('that is based on the newest is taken, and its answer names the revision for the next one', async () => {
    let revision = (await read('Dana')).revision
    for (const summary of ['One.', 'Two.', 'Three.']) {
      const saved = await save('Dana', { revision, summary }, how)
      expect(saved).toMatchObject({ status: 200, json: { doc: { summary } } })
      expect(saved.json.doc.revision).not.toBe(revision)
      expect(saved.json.doc.revision).toBe((await read('Robin')).revision)
      revision = saved.json.doc.revision
    }
  })
})

test('a publication through the form is held to the revision as well', async () => {
  const { revision } = await read('Robin')
  await save('Dana', { summary: 'Newer than what is published.' })
  const { user } = await signedIn('Robin')
  const data = { revision, _status: 'published' } as never
  const publishing = cms.payload.update({ collection: 'articles', id, data, user, overrideAccess: false })
  await expect(publishing).rejects.toMatchObject({ status: 409 })
})

test('one form may save again before it has heard of its last save; another one of the same person may not', async () => {
  const { revision } = await read('Dana')
  expect((await save('Dana', { revision, openIn: 'form-1', summary: 'First.' })).status).toBe(200)
  expect((await save('Dana', { revision, openIn: 'form-1', summary: 'First, and more.' })).status).toBe(200)
  expect((await save('Dana', { revision, openIn: 'form-2', summary: 'Other.' })).status).toBe(409)
  expect((await save('Dana', { revision, summary: 'Other.' })).status).toBe(409)
  expect(JSON.stringify(await read('Robin'))).not.toContain('form-1')
})

test('of two saves at the same moment one is taken', async () => {
  const { revision } = await read('Dana')
  const answers = await Promise.all([
    save('Dana', { revision, summary: 'Mine, says Dana.' }),
    save('Robin', { revision, summary: 'Mine, says Robin.' }),
  ])
  const taken = answers.filter(({ status }) => status === 200)
  expect(taken).toHaveLength(1)
  expect((await read('Dana')).summary).toBe(taken[0]!.json.doc.summary)
})

test('what changes nothing of the text outdates no form', async () => {
  const { revision, title } = await read('Dana')
  await review
    .returnToEditor(cms.payload, { uid: uid(7001), locale: 'en' }, { by: 'Lee', note: 'Shorter.' })
    .catch(() => undefined)
  await save('Robin', { title })
  const data = { review: { note: 'Shorter.' } } as never
  await cms.payload.update({ collection: 'articles', id, data, draft: true, autosave: false })
  expect((await read('Robin')).review.note).toBe('Shorter.')
  expect((await readFilled('Robin')).revision).toBe(revision)
  expect((await save('Dana', { revision, title: 'Sleeping well' })).status).toBe(200)
})

test('the Local API is held to a revision it names, and asked for none', async () => {
  const update = (data: object) =>
    cms.payload.update({ collection: 'articles', id, data: data as never, draft: true, depth: 0 })
  const { revision } = (await cms.payload.findByID({ collection: 'articles', id, draft: true })) as {
    revision?: string
  }
  await update({ summary: 'By a program.' })
  await expect(update({ summary: 'By another.', revision })).rejects.toMatchObject({ status: 409, data: {} })
  expect(await update({ summary: 'By another.' })).toMatchObject({ summary: 'By another.' })
})

test('who comes second is told who changed what since, before saving', async () => {
  const base = await read('Robin')
  await save('Dana', { revision: base.revision, mainMessage: 'Keep your hours.', body: lexical('Get up early.') })
  const newest: RevisionAnswer = (await ask('Robin', 'GET', '/revision')).json
  expect(newest).toMatchObject({ savedBy: 'Dana', editing: null })
  expect(newest.revision).not.toBe(base.revision)
  const mine = { ...base, title: 'Sleep', body: lexical('Go to bed at ten.') }
  const answer: DifferencesAnswer = (await ask('Robin', 'POST', '/differences', { base, mine })).json
  expect(answer.differences).toEqual([
    { name: 'title', label: 'Title', by: 'you', theirs: { added: [], removed: [] } },
    {
      ...{ name: 'mainMessage', label: 'Main message', by: 'them' },
      theirs: { added: ['Keep your hours.'], removed: [base.mainMessage] },
    },
    {
      ...{ name: 'body', label: 'Text', by: 'both' },
      theirs: { added: ['Get up early.'], removed: ['Go to bed at the same time.'] },
    },
  ])
  // As “keep mine on top of theirs” saves it.
  const kept = await save('Robin', { revision: answer.revision, title: mine.title, body: mine.body }, '')
  expect(kept).toMatchObject({ status: 200, json: { doc: { title: 'Sleep', mainMessage: 'Keep your hours.' } } })
})

test('who writes at the moment is told to the others, not to the writer', async () => {
  const { user } = await signedIn('Dana')
  const data = {
    document: { relationTo: 'articles', value: id },
    user: { relationTo: 'users', value: user.id },
  } as never
  await cms.payload.create({ collection: 'payload-locked-documents', data })
  expect((await ask('Robin', 'GET', '/revision')).json).toMatchObject({ editing: 'Dana' })
  expect((await ask('Dana', 'GET', '/revision')).json).toMatchObject({ editing: null })
})

async function signedIn(name: string) {
  const where = { name: { equals: name } }
  const { docs } = await cms.payload.find({ collection: 'users', where })
  return { user: { ...docs[0]!, collection: 'users' as const } }
}
