import { roles } from 'cms/src/access/roles.ts'
import type { ChecksAnswer } from 'cms/src/endpoints/checkDraft.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Gate from 'cms/src/publishing/gate.ts'
import { type Article, type Message, recordKinds } from 'content-schemas'
import { createLocalReq, handleEndpoints } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, known, paragraph, records, root, text, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'
import { rowFor } from './rows.ts'

/* What the panel beside the text reads: the list of the gate, and who is to do what. */

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let gate: typeof Gate
const tokens: Record<string, string> = {}

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  gate = await import('cms/src/publishing/gate.ts')
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const role of roles) tokens[role] = await signIn([role])
})
afterAll(() => cms?.remove())

async function signIn(given: string[]): Promise<string> {
  const data = { ...(await rowFor('users')), roles: given } as unknown as { email: string; password: string }
  await cms.payload.create({ collection: 'users', data: data as never })
  const { token } = await cms.payload.login({ collection: 'users', data })
  return token!
}

async function draft(number: number, changes: Partial<Article>): Promise<string> {
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, ...changes })
  const data = documents.articleRow(made) as never
  return String((await cms.payload.create({ collection: 'articles', data, draft: true })).id)
}

function ask(path: string, token?: string): Promise<Response> {
  const headers = token ? { Authorization: `JWT ${token}` } : undefined
  const request = new Request(`http://localhost:3000/api/${path}`, headers && { headers })
  return handleEndpoints({ config: cms.payload.config, request })
}

async function checksOf(id: string): Promise<ChecksAnswer['messages']> {
  const response = await ask(`articles/${id}/checks`, tokens.editor)
  expect(response.status).toBe(200)
  return ((await response.json()) as ChecksAnswer).messages
}

const bare = (messages: Message[]) =>
  messages.map(({ rule, severity, reason, place }) => ({ rule, severity, reason, place }))

describe('the list', () => {
  const faulty: Partial<Article> = {
    title: 'For the addicts among us',
    authors: [],
    sources: [],
    body: root(paragraph('Most addicts in the film get help.', text(' Some do not.'))),
  }

  test('is that of the gate, advice and all', async () => {
    const id = await draft(101, faulty)
    const row = await cms.payload.findByID({ collection: 'articles', id, draft: true, depth: 0 })
    const { messages } = await gate.examine(await createLocalReq({}, cms.payload), 'articles', row as never)
    const list = await checksOf(id)
    expect(list.length).toBeGreaterThan(3)
    expect(list.map(({ who: _, passage: __, waiver: ___, ...message }) => message)).toEqual(messages)
  })

  test('blocks with what refuses the publication, in its order', async () => {
    const id = await draft(102, faulty)
    const reference = { uid: uid(102), locale: 'en' } as const
    const refusal: Gate.RefusedError = await acts.publish(cms.payload, 'article', reference, { by: 'test' }).then(
      () => Promise.reject(new Error('It was published.')),
      (error) => error,
    )
    const blocking = (await checksOf(id)).filter(({ severity }) => severity === 'block')
    expect(bare(blocking)).toEqual(bare(refusal.data?.messages ?? []))
  })

  test('says who is to do it', async () => {
    const list = await checksOf(
      await draft(103, { ...faulty, review: { reviewer: null, lastReviewed: null, nextReview: null } }),
    )
    const whose = Object.fromEntries(list.map(({ rule, who }) => [rule, who]))
    expect(whose).toMatchObject({ 'approval-missing': 'reviewer', 'reviewer-missing': 'reviewer' })
    expect(whose).toMatchObject({ wording: 'you', 'sources-missing': 'you', 'byline-missing': 'you' })
  })

  test('quotes the words a message is about, with what stands around them', async () => {
    const list = await checksOf(await draft(104, faulty))
    const wording = list.filter(({ rule }) => rule === 'wording')
    expect(wording.map(({ place, passage }) => [place.pointer, passage])).toEqual([
      ['/title', { before: 'For the ', words: 'addicts', after: ' among us' }],
      [
        '/body/children/0/children/0',
        { before: 'Most ', words: 'addicts', after: ' in the film get help.'.slice(0, 20) },
      ],
    ])
    expect(wording.every(({ replacements }) => replacements?.length)).toBe(true)
  })

  test('follows the newest draft', async () => {
    const id = await draft(105, faulty)
    const data = {
      title: 'Sleep',
      body: documents.articleRow(article({ uid: uid(105) })).body,
      authors: [known.author],
    }
    await cms.payload.update({ collection: 'articles', id, data: data as never, draft: true })
    const rules = (await checksOf(id)).map(({ rule }) => rule)
    expect(rules).toContain('sources-missing')
    expect(rules).not.toContain('wording')
    expect(rules).not.toContain('byline-missing')
  })

  test('is there for an issue too', async () => {
    const newsletter = await cms.payload.create({
      collection: 'newsletters',
      data: (await rowFor('newsletters')) as never,
    })
    const data = await rowFor('issues', { newsletters: String(newsletter.id) })
    const { id } = await cms.payload.create({ collection: 'issues', data: data as never, draft: true })
    const response = await ask(`issues/${id}/checks`, tokens.editor)
    const { messages } = (await response.json()) as ChecksAnswer
    expect(messages.map(({ rule }) => rule)).toContain('issue-empty')
  })
})

describe('the door', () => {
  test('is open to every role, and to nobody else', async () => {
    const id = await draft(111, {})
    const answers: Record<string, number> = {}
    for (const [who, token] of Object.entries({ ...tokens, stranger: undefined }))
      answers[who] = (await ask(`articles/${id}/checks`, token)).status
    const staff = Object.fromEntries(roles.map((role) => [role, 200]))
    expect(answers).toEqual({ ...staff, stranger: 403 })
  })

  test.each([`${uid(999)}.en`, 'nothing', `${uid(111)}.xx`])('answers 404 for %s', async (id) => {
    expect((await ask(`articles/${id}/checks`, tokens.editor)).status).toBe(404)
  })
})
