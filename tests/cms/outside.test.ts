import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type * as Commands from 'cms/src/commands/review.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Handouts from 'cms/src/publishing/draft-handouts.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Answers from 'cms/src/review/answer-outside.ts'
import type * as Links from 'cms/src/review/links.ts'
import { type Article, ArticleJson, recordKinds } from 'content-schemas'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { handleEndpoints, type Payload, type Where } from 'payload'
import { runCommand } from 'pipeline/commands/index.ts'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { attribute, type Element, elementsOf } from '../pipeline/elements.ts'
import { type Installation, install } from './installation.ts'

/* The link of a reviewer outside: what it opens, to whom, until when, and that it opens nothing else. */

let cms: Installation
let payload: Payload
let acts: typeof Acts
let answers: typeof Answers
let documents: typeof Documents
let handouts: typeof Handouts
let links: typeof Links
let review: typeof Review
let editor: { id: string; roles: ('editor' | 'reviewer')[] }
const start = '2026-05-01T09:00:00.000Z'

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => payload,
  closePayload: async () => undefined,
}))

beforeAll(async () => {
  cms = await install(start)
  payload = cms.payload
  acts = await import('cms/src/publishing/acts.ts')
  answers = await import('cms/src/review/answer-outside.ts')
  documents = await import('cms/src/publishing/document.ts')
  handouts = await import('cms/src/publishing/draft-handouts.ts')
  links = await import('cms/src/review/links.ts')
  review = await import('cms/src/review/acts.ts')
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  const account = { name: 'Ed', email: 'ed@example.org', password: 'a long enough password' }
  const { id } = await payload.create({ collection: 'users', data: { ...account, roles: ['editor'] } })
  editor = { id, roles: ['editor'] }
})
afterAll(() => cms?.remove())
beforeEach(() => {
  cms.clock.now = new Date(start)
})

let last = 5000
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
const idOf = (number: number) => `${uid(number)}.en`
async function draft(changes: Partial<Article> = {}): Promise<number> {
  const number = ++last
  const review = { reviewer: null, lastReviewed: null, nextReview: null }
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, review }
  const data = documents.articleRow(article({ ...named, ...changes })) as never
  await payload.create({ collection: 'articles', data, draft: true })
  return number
}
const later = (days: number) => {
  cms.clock.now = new Date(Date.parse(start) + days * 86_400_000)
}
async function linked(number: number, more: object = {}) {
  const asked = { by: 'Ed', user: editor, clinician: 'Dr. Ada', ...more }
  const { link, address } = await links.makeLink(payload, english(number), asked)
  const path = new URL(address).pathname
  return { id: link.id, token: path.split('/')[2]!, path }
}

/** Asks as the front passes it on. */
function get(path: string, address = '198.51.100.7'): Promise<Response> {
  const [, , token = '', form] = path.replace(/\?.*/, '').split('/')
  const request = new Request(`http://localhost:3000${path}`, { headers: { 'x-forwarded-for': address } })
  return answers.answerOutside(payload, request, { token, ...(form !== undefined && { form }) })
}
function post(path: string, fields: Record<string, string>): Promise<Response> {
  const body = new URLSearchParams(fields)
  const request = new Request(`http://localhost:3000${path}`, { method: 'POST', body })
  return answers.answerOutside(payload, request, { token: path.split('/')[2]! })
}
const statusOf = async (path: string) => (await get(path)).status
const commentsOf = async (number: number) => {
  const where = { uid: { equals: uid(number) } }
  return (await payload.find({ collection: 'comments', where, sort: 'createdAt', pagination: false })).docs
}

const textIn = (element: DefaultTreeAdapterTypes.Node): string =>
  'value' in element ? element.value : 'childNodes' in element ? element.childNodes.map(textIn).join('') : ''

describe('a link', () => {
  test('shows the text as it was handed out, in every channel, whatever is drafted later', async () => {
    const number = await draft({ title: 'Handed out', body: root(paragraph('Rest at noon.')) })
    const { path } = await linked(number)
    const changed = { title: 'Drafted later', body: documents.articleRow(article()).body }
    await payload.update({ collection: 'articles', id: idOf(number), data: changed as never, draft: true })
    const page = elementsOf(await (await get(path)).text())
    const frames = page.filter(({ tagName }) => tagName === 'iframe')
    const forms = frames.map((frame) => attribute(frame, 'src')!)
    const shown = ['page', 'email', 'email-text', 'handout-pages', 'json']
    expect(forms).toEqual(shown.map((form) => `${path}/${form}`))
    for (const frame of frames) expect(attribute(frame, 'sandbox')).toBe('')
    expect(page.some((each) => attribute(each, 'href') === `${path}/handout`)).toBe(true)
    for (const form of forms.filter((each) => !each.endsWith('handout-pages'))) {
      const response = await get(form)
      const body = await response.text()
      expect(response.status, body).toBe(200)
      expect(body, form).toMatch(/handed out/i)
      expect(body, form).toContain('Rest at noon.')
      expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'.*sandbox$/)
      if (form.endsWith('json')) expect(ArticleJson.parse(JSON.parse(body)).title).toBe('Handed out')
    }
  })

  test('asks the worker for the handout of that very text', async () => {
    const { path, id } = await linked(await draft())
    const end = await handouts.serveDraftHandouts(cms.dataDir, async ({ form, link, uid, locale }) => {
      const type = form === 'handout' ? 'application/pdf' : 'text/html; charset=utf-8'
      return { file: { path: '', type, body: `${form}: ${link} ${uid} ${locale}` } }
    })
    try {
      const response = await get(`${path}/handout`)
      expect(response.headers.get('Content-Type')).toBe('application/pdf')
      expect(await response.text()).toBe(`handout: ${id} ${uid(last)} en`)
      const pages = await get(`${path}/handout-pages`)
      expect(pages.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'.*sandbox$/)
      expect(await pages.text()).toBe(`handout-pages: ${id} ${uid(last)} en`)
    } finally {
      await end()
    }
    expect(await links.openLinkById(payload, id)).toMatchObject({ document: { uid: uid(last) } })
  })

  test('is a page without scripts, cookies or a trace, that no search finds', async () => {
    const { path } = await linked(await draft())
    for (const each of [path, `${path}/page`, '/review/unknown']) {
      const { headers } = await get(each)
      expect(headers.get('X-Robots-Tag')).toBe('noindex')
      expect(headers.get('Referrer-Policy')).toBe('no-referrer')
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Set-Cookie')).toBeNull()
    }
    const response = await get(path)
    const policy = response.headers.get('Content-Security-Policy')!
    expect(policy).toMatch(/default-src 'none'/)
    expect(policy).toMatch(/frame-ancestors 'none'/)
    expect(policy).not.toMatch(/unsafe|script-src/)
    const elements = elementsOf(await response.text())
    expect(
      elements.filter(
        ({ tagName, attrs }) =>
          tagName === 'script' || attrs.some(({ name }) => name.startsWith('on') || name === 'style'),
      ),
    ).toEqual([])
    const style = textIn(elements.find(({ tagName }) => tagName === 'style')!)
    expect(policy).toContain(`'sha256-${createHash('sha256').update(style).digest('base64')}'`)
  })

  test('has a token of 192 bits, of which only a hash is kept', async () => {
    const { token, id } = await linked(await draft())
    expect(Buffer.from(token, 'base64url')).toHaveLength(24)
    const row = await payload.findByID({ collection: 'review-links', id })
    expect(row.tokenHash).toBe(createHash('sha256').update(token).digest('hex'))
    expect(JSON.stringify(row)).not.toContain(token)
    const seen = await payload.findByID({
      collection: 'review-links',
      id,
      overrideAccess: false,
      user: { ...editor, collection: 'users' } as never,
    })
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['tokenHash']))
    expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['document']))
  })
})

describe('a link opens nothing any more', () => {
  const doors = (path: string) => [
    path,
    ...['page', 'email', 'email-text', 'json', 'handout', 'handout-pages'].map((form) => `${path}/${form}`),
  ]
  async function expectClosed(path: string) {
    const unknown = await (await get('/review/unknown')).text()
    for (const door of doors(path)) {
      const response = await get(door)
      expect([door, response.status, await response.text()]).toEqual([door, 404, unknown])
    }
    expect((await post(path, { text: 'Late.' })).status).toBe(404)
    expect((await post(path, { verdict: 'concerns' })).status).toBe(404)
  }

  test('once it has expired: in 14 days, or as many as it was made for', async () => {
    const [usual, long] = [await linked(await draft()), await linked(await draft(), { days: 60 })]
    later(13.99)
    expect(await statusOf(usual.path)).toBe(200)
    later(14)
    await expectClosed(usual.path)
    later(59.99)
    expect(await statusOf(long.path)).toBe(200)
    later(60)
    await expectClosed(long.path)
    await expect(linked(last, { days: 61 })).rejects.toMatchObject({ status: 400 })
    await expect(linked(last, { days: 0 })).rejects.toMatchObject({ status: 400 })
  })

  test('once it was taken back, and the others go on', async () => {
    const number = await draft()
    const [one, other] = [await linked(number), await linked(number)]
    await links.revokeLinks(payload, english(number), { by: 'Ed', user: editor, link: one.id })
    await expectClosed(one.path)
    expect(await statusOf(other.path)).toBe(200)
    expect(await links.revokeLinks(payload, english(number), { by: 'Ed', user: editor })).toBe(1)
    await expectClosed(other.path)
    const again = links.revokeLinks(payload, english(number), { by: 'Ed', user: editor, link: one.id })
    await expect(again).rejects.toMatchObject({ status: 404 })
  })

  test('once its article was purged, with all that was said', async () => {
    const number = await draft()
    const { path } = await linked(number)
    await post(path, { text: 'A name.' })
    await review.approve(payload, english(number), { by: 'Lee', reviewer: known.reviewer })
    await acts.publish(payload, 'article', english(number), { by: 'Pat' })
    expect(await statusOf(path)).toBe(200)
    await acts.purge(payload, english(number), { by: 'Ann', reason: 'A name leaked.' })
    await expectClosed(path)
    expect(await commentsOf(number)).toEqual([])
  })

  test('once its article was deleted', async () => {
    const number = await draft()
    const { path } = await linked(number)
    await payload.delete({ collection: 'articles', id: idOf(number) })
    await expectClosed(path)
  })
})

describe('a link opens one text', () => {
  test('and no other document, whatever is put into its address', async () => {
    const [number, other] = [await draft({ title: 'Mine' }), await draft({ title: 'Not mine' })]
    const { path, token } = await linked(number)
    const { path: theirs } = await linked(other)
    const forms = [idOf(other), uid(other), 'articles', '..', 'constructor', '', 'acts', theirs.slice(8)]
    for (const form of forms) {
      const response = await answers.answerOutside(payload, new Request(`http://localhost:3000${path}/x`), {
        token,
        form,
      })
      expect([form, response.status]).toEqual([form, 404])
      expect(await response.text()).not.toContain('Not mine')
    }
    for (const query of [`?id=${idOf(other)}`, `?on=${idOf(other)}`, '?on=99999', `?uid=${uid(other)}&locale=en`])
      expect(await (await get(path + query)).text()).not.toContain('Not mine')
  })

  test('and no endpoint: its token signs nobody in', async () => {
    const number = await draft()
    const { token } = await linked(number)
    const paths = ['/articles', `/articles/${idOf(number)}`, `/articles/${idOf(number)}/comments`, '/comments']
    const previews = [`/articles/${idOf(number)}/preview`, `/articles/${idOf(number)}/preview/page/${token}`]
    const all = [...paths, ...previews, '/review-links', '/users/me', '/candidates']
    for (const path of all)
      for (const [name, value] of [
        ['Authorization', `JWT ${token}`],
        ['Authorization', `users API-Key ${token}`],
        ['Cookie', `payload-token=${token}`],
      ] as const) {
        const request = new Request(`http://localhost:3000/api${path}`, { headers: { [name]: value } })
        const response = await handleEndpoints({ config: payload.config, request })
        if (path === '/users/me') expect(await response.json()).toMatchObject({ user: null })
        else expect([path, response.status]).toEqual([path, 403])
      }
    const request = new Request(`http://localhost:3000/api/articles/${idOf(number)}/acts/comment`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${token}` },
      body: JSON.stringify({ text: 'As staff.' }),
    })
    expect((await handleEndpoints({ config: payload.config, request })).status).toBe(403)
  })
})

describe('somebody outside', () => {
  test('comments on words of the text, and the editors are told', async () => {
    const number = await draft({ body: root(paragraph('Take 10 mg at night.')) })
    const { path, id } = await linked(number)
    const before = (await outbox()).length
    const page = elementsOf(await (await get(path)).text())
    const run = page.find((each) => attribute(each, 'id')?.match(/^p\d+$/) && textIn(each).includes('10 mg'))!
    const chosen = await get(
      attribute(
        run.childNodes.find((each): each is Element => 'tagName' in each && each.tagName === 'a')!,
        'href',
      )!.replace(/#.*/, ''),
    )
    const fields = elementsOf(await chosen.text())
    expect(textIn(fields.find((each) => attribute(each, 'id') === 'exact')!)).toBe('Take 10 mg at night.')
    const index = attribute(fields.find((each) => attribute(each, 'name') === 'run')!, 'value')!
    const answer = await post(path, { run: index, exact: '10 mg', text: 'That is\r\ntoo much.' })
    expect([answer.status, answer.headers.get('Location')]).toEqual([303, `${path}?done=comment`])
    const [kept] = await commentsOf(number)
    expect(kept).toMatchObject({
      ...{ text: 'That is\ntoo much.', exact: '10 mg', prefix: 'Take ', suffix: ' at night.', state: 'open' },
      ...{ by: 'Dr. Ada (outside)', user: null, link: id },
    })
    const [mail] = (await outbox()).slice(before)
    expect(mail).toMatchObject({
      to: [{ address: 'ed@example.org' }],
      subject: `Comment from outside: Article number ${number}`,
    })
    expect(mail!.text).toContain('too much.')
    expect(await (await get(path)).text()).toContain('too much.')
  })

  test('is told what was not taken, and loses nothing of it', async () => {
    const number = await draft()
    const { path } = await linked(number)
    const refused = await post(path, { run: '1', exact: 'words <of> mine', text: 'A & B' })
    expect(refused.status).toBe(400)
    const fields = elementsOf(await refused.text()).filter(({ tagName }) => tagName === 'textarea')
    expect(fields.map(textIn)).toEqual(['words <of> mine', 'A & B'])
    for (const sent of <Record<string, string>[]>[
      { text: '' },
      { text: 'x'.repeat(4001) },
      { text: 'x', run: '99' },
      { verdict: 'maybe' },
    ])
      expect((await post(path, sent)).status).toBe(400)
    const huge = await post(path, { text: 'x', exact: 'y'.repeat(200_000) })
    expect(huge.status).toBe(400)
    expect(await commentsOf(number)).toEqual([])
  })

  test('ends with a word on the whole, and may think again', async () => {
    const number = await draft()
    const { path, id } = await linked(number)
    expect((await post(path, { verdict: 'no-concerns' })).status).toBe(303)
    expect(await (await get(path)).text()).toContain('no concerns. Thank you.')
    later(1)
    await post(path, { verdict: 'concerns' })
    expect(await payload.findByID({ collection: 'review-links', id })).toMatchObject({
      ...{ verdict: 'concerns', verdictAt: '2026-05-02T09:00:00.000Z', lastUsedAt: '2026-05-02T09:00:00.000Z' },
    })
    const where: Where = { and: [{ uid: { equals: uid(number) } }, { act: { equals: 'outside-verdict' } }] }
    const { docs } = await payload.find({ collection: 'audit', where, sort: 'at' })
    expect(docs.map(({ by, reason }) => [by, reason])).toEqual([
      ['Dr. Ada (outside)', 'I have read it: no concerns'],
      ['Dr. Ada (outside)', 'I have read it: I have concerns'],
    ])
  })

  test('writes what stays text', async () => {
    const hostile = '</textarea><img src=x onerror=xss()>"\'><svg/onload=xss()>'
    const number = await draft({ title: `Sleep ${hostile}`, body: root(paragraph(hostile)) })
    const { path } = await linked(number, { clinician: hostile })
    await post(path, { text: hostile })
    await post(path, { text: hostile, run: '3', exact: hostile })
    for (const each of [path, `${path}?on=3`]) {
      const elements = elementsOf(await (await get(each)).text())
      expect(elements.filter(({ tagName }) => ['img', 'svg', 'script'].includes(tagName))).toEqual([])
      expect(elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on')))).toEqual([])
      expect(
        elements
          .filter(({ tagName }) => tagName === 'li')
          .map(textIn)
          .filter((one) => one.includes(hostile)),
      ).toHaveLength(2)
    }
    expect(await commentsOf(number)).toHaveLength(2)
  })

  test('cannot flood: a link takes so many comments at a time, an address so many guesses', async () => {
    const number = await draft()
    const { path } = await linked(number)
    const said: number[] = []
    for (let count = 0; count < 31; count++) said.push((await post(path, {})).status)
    expect([said.filter((status) => status === 400).length, said.at(-1)]).toEqual([30, 429])
    expect(await statusOf(path)).toBe(200)
    const guessed: number[] = []
    for (let count = 0; count < 61; count++) guessed.push((await get(`/review/guess${count}`, '203.0.113.9')).status)
    expect([guessed.filter((status) => status === 404).length, guessed.at(-1)]).toEqual([60, 429])
  })
})

describe('the command', () => {
  const run = async (...argv: string[]) => {
    const { reviewLink, reviewUnlink }: typeof Commands = await import('cms/src/commands/review.ts')
    const lines: string[] = []
    const say = (line: string) => void lines.push(line)
    const code = await runCommand([reviewLink, reviewUnlink], ['review', ...argv], {}, { print: say, tell: say })
    return { code, text: lines.join('\n') }
  }

  test('makes a link, mails it if asked, and takes all of them back', async () => {
    const number = await draft()
    const before = (await outbox()).length
    const made = await run(
      'link',
      uid(number),
      '--clinician',
      'Dr. Bo',
      '--days',
      '3',
      '--mail',
      'bo@example.org',
      '--json',
    )
    const { address, expiresAt } = JSON.parse(made.text)
    expect([made.code, expiresAt]).toEqual([0, '2026-05-04T09:00:00.000Z'])
    const [mail] = (await outbox()).slice(before)
    expect(mail).toMatchObject({ to: [{ address: 'bo@example.org' }], subject: `To read: Article number ${number}` })
    expect(mail!.text).toContain(address)
    const path = new URL(address).pathname
    expect(await statusOf(path)).toBe(200)
    expect(await run('unlink', uid(number))).toMatchObject({ code: 0, text: expect.stringContaining('One link') })
    expect(await statusOf(path)).toBe(404)
    expect((await run('link', uid(number))).code).toBe(2)
  })
})

test('the access log does not tell what opens a door', async () => {
  const { withoutTokens } = await import('cms/src/processes/front.ts')
  expect(withoutTokens('GET /review/abc-DEF_1/page 200 3 ms')).toBe('GET /review/…/page 200 3 ms')
  expect(withoutTokens('POST /review/abc 303 3 ms')).toBe('POST /review/… 303 3 ms')
  const frame = '/api/articles/1.en/preview/email-text'
  expect(withoutTokens(`GET ${frame}/17.ab-C_ 200 3 ms`)).toBe(`GET ${frame}/… 200 3 ms`)
  expect(withoutTokens('GET /admin/reset/abc 200 3 ms')).toBe('GET /admin/reset/… 200 3 ms')
  expect(withoutTokens('GET /en/articles/review 200 3 ms')).toBe('GET /en/articles/review 200 3 ms')
})

async function outbox() {
  const folder = join(cms.dataDir, 'outbox')
  const files = await readdir(folder).catch(() => [])
  return Promise.all(files.sort().map(async (file) => PostalMime.parse(await readFile(join(folder, file)))))
}
