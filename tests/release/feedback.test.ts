import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { masked } from 'cms/src/feedback/answer.ts'
import { emptySpool } from 'cms/src/feedback/spool.ts'
import { answerTaker, networkLimit, networkOf } from 'cms/src/feedback/take.ts'
import { longestComment } from 'pipeline/channels/site/feedback.tsx'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { uid } from '../pipeline/documents.ts'

/* What readers answer, from the form to the folder that the worker empties. */

let dataDir: string
let server: Server
let address: string
const errors: unknown[] = []
const clock = { now: () => new Date('2028-02-29T23:30:00Z') }

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'signpost-feedback-'))
  await listen()
})
afterAll(async () => {
  server?.close()
  await rm(dataDir, { recursive: true, force: true })
})
beforeEach(async () => {
  await rm(folder(), { recursive: true, force: true })
  errors.length = 0
})

async function listen() {
  server?.close()
  const take = answerTaker({
    dataDir,
    siteUrl: 'https://guidance.example',
    clock,
    onError: (error) => errors.push(error),
  })
  server = createServer((request, response) => {
    if (!take(request, response)) response.writeHead(418).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const folder = () => join(dataDir, 'feedback')
const right = { uid: uid(1), stamp: '7K3M9QX2AB', helpful: 'no', comment: 'The dose is missing.', website: '' }
const send = (form: Record<string, string>, headers: Record<string, string> = {}, path = '/en/feedback') =>
  fetch(address + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(form) })
const sentTo = async (answer: Promise<Response>) => (await answer).headers.get('location')
const kept = async () => {
  const names = await readdir(folder()).catch(() => [])
  return Promise.all(names.map(async (name) => readFile(join(folder(), name), 'utf8')))
}
const thanks = '/en/feedback'
const notSent = '/en/feedback/not-sent'

test('an answer is kept with what was said, of what, on which day, and nothing of who said it', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.7', 'user-agent': 'Reader/1.0', cookie: 'a=b' }
  const answer = await send(right, headers)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, thanks])
  expect(answer.headers.get('set-cookie')).toBeNull()
  const [text] = await kept()
  expect(JSON.parse(text!)).toEqual({
    ...{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), uid: right.uid, locale: 'en', stamp: right.stamp },
    ...{ helpful: 'no', comment: right.comment, day: '2028-02-29', isDoubtful: false },
  })
  expect(errors).toEqual([])
})

test('numbers and addresses are out before anything reaches the disk', async () => {
  await send({ ...right, comment: 'Call me: (555) 123-4567 or jo@example.org' })
  const [text] = await kept()
  expect(JSON.parse(text!).comment).toBe('Call me: [number] or [e-mail]')
})

test.each([
  ['+44 20 7946 0958 rings', '[number] rings'],
  ['٠٥٥ ١٢٣ ٤٥٦٧ رقمي', '[number] رقمي'],
  ['555.123.4567, 5551234567', '[number], [number]'],
  ['５５５１２３４５６７ or 555•123•4567', '[number] or [number]'],
  ['555_123_4567, 555\u200b123\u200b4567', '[number], [number]'],
  ['555,123,4567 but doses of 10, 20, 30, 40 mg', '[number] but doses of 10, 20, 30, 40 mg'],
  ['jo＠example.org', '[e-mail]'],
  [`${'x'.repeat(1992)} 5551234`, `${'x'.repeat(1992)} [number`],
  ['write a.b+c@mail.example.co.uk now', 'write [e-mail] now'],
  ['call 911 or 988, take 10 mg at 10:30, page 1234', 'call 911 or 988, take 10 mg at 10:30, page 1234'],
])('%s', (given, expected) => {
  expect(masked(given)).toBe(expected)
})

test.each<[string, Record<string, string>, Record<string, string>?]>([
  ['no choice', { helpful: '' }],
  ['an invented choice', { helpful: 'perhaps' }],
  ['no article', { uid: '../../etc/passwd' }],
  ['no edition', { stamp: '' }],
  ['a comment that is too long', { comment: 'x'.repeat(longestComment + 1) }],
  ['a form that is too long', { comment: 'x'.repeat(100_000) }],
  ['a form of another site', {}, { 'sec-fetch-site': 'cross-site' }],
  ['something that is no form', {}, { 'content-type': 'application/json' }],
])('%s is not taken, and the reader is told', async (_, change, headers) => {
  expect(await sentTo(send({ ...right, ...change }, headers))).toBe(notSent)
  expect(await kept()).toEqual([])
})

test('a program that fills in the field nobody sees is thanked, and nothing is kept', async () => {
  expect(await sentTo(send({ ...right, website: 'https://example.com' }))).toBe(thanks)
  expect(await kept()).toEqual([])
})

test.each([
  ['The dose is missing.', false],
  ['On https://guidance.example/en/articles/sleep the dose is missing.', false],
  ['I said no: it did not help, www was slow.', false],
  ['Cheap pills at http://pills.example', true],
  ['Look at www.pills.example', true],
  ['[url=pills.example]pills[/url]', true],
  ['<a href="//pills.example">pills</a>', true],
])('“%s” is kept, in doubt: %s', async (comment, isDoubtful) => {
  expect(await sentTo(send({ ...right, comment }))).toBe(thanks)
  expect((await kept()).map((text) => JSON.parse(text).isDoubtful)).toEqual([isDoubtful])
})

test('what comes without the languages that a browser names is kept in doubt', async () => {
  const form = new URLSearchParams(right).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const status = await new Promise((resolve, reject) => {
    const sent = request(`${address}/en/feedback`, { method: 'POST', headers }, ({ statusCode }) => resolve(statusCode))
    sent.on('error', reject).end(form)
  })
  expect(status).toBe(303)
  expect(JSON.parse((await kept())[0]!)).toMatchObject({ comment: right.comment, isDoubtful: true })
})

test('other requests and other addresses are not touched', async () => {
  expect((await fetch(`${address}/en/feedback`)).status).toBe(418)
  expect((await send(right, {}, '/fr/feedback')).status).toBe(418)
  expect((await send(right, {}, '/en/feedback?x=1')).status).toBe(418)
})

test('a longest comment in Arabic fits', async () => {
  const comment = 'ع'.repeat(longestComment)
  expect(await sentTo(send({ ...right, comment }, {}, '/ar/feedback'))).toBe('/ar/feedback')
  expect(JSON.parse((await kept())[0]!)).toMatchObject({ comment, locale: 'ar' })
})

describe('how much one network may send', () => {
  test('is limited, others go on', async () => {
    await listen()
    const from = (forwarded: string) => sentTo(send(right, { 'x-forwarded-for': `1.2.3.4, ${forwarded}` }))
    for (let count = 0; count < 20; count++) expect(await from(`203.0.113.${count}`)).toBe(thanks)
    expect(await from('203.0.113.99')).toBe(notSent)
    expect(await from('203.0.114.1')).toBe(thanks)
  })

  test('counts anew each hour, and when the clock jumps back', () => {
    let now = 0
    const allows = networkLimit({ now: () => new Date(now) })
    const take = (count: number) => Array.from({ length: count }, () => allows('203.0.113')).filter(Boolean).length
    expect(take(25)).toBe(20)
    now = 3_600_000
    expect(take(25)).toBe(20)
    now = 60_000
    expect(take(25)).toBe(20)
    expect(Array.from({ length: 700 }, (_, at) => allows(`n${at}`)).filter(Boolean).length).toBeLessThanOrEqual(600)
  })

  test.each([
    ['::ffff:203.0.113.9', undefined, '203.0.113'],
    ['2001:db8:0:1::7', undefined, '2001:db8:0'],
    ['2001:db8::7', undefined, '2001:db8:0'],
    ['127.0.0.1', '198.51.100.7, 203.0.113.9', '203.0.113'],
    ['::1', undefined, undefined],
    ['203.0.113.9', '198.51.100.7', '203.0.113'],
    ['127.0.0.1', 'unknown', undefined],
  ])('%s and %s is the network %s', (peer, forwarded, network) => {
    expect(networkOf(peer, forwarded)).toBe(network)
  })
})

test('what the worker could not store stays, what no program can read goes', async () => {
  await send(right)
  await writeFile(join(folder(), 'torn.json'), '{"id":')
  await expect(
    emptySpool(dataDir, async () => {
      throw new Error('The database is away.')
    }),
  ).rejects.toThrow('away')
  expect(await kept()).not.toEqual([])
  const taken: string[] = []
  await emptySpool(dataDir, async ({ comment }) => void taken.push(comment))
  expect(taken).toEqual([right.comment])
  expect(await kept()).toEqual([])
})
