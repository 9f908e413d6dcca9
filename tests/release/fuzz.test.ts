import { connect } from 'node:net'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, paragraph, root, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

const seed = Number(process.env.SIGNPOST_TEST_SEED ?? Date.now() % 2 ** 31)
/** mulberry32: small, and the same everywhere for a seed. */
const randomOf = (state: number) => () => {
  state = (state + 0x6d2b79f5) | 0
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
}
const random = randomOf(seed)
const below = (limit: number) => Math.floor(random() * limit)
const pick = <T>(values: readonly T[]): T => values[below(values.length)]!
const some = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make)

const publication = new Publication()
let place: Awaited<ReturnType<typeof workspace>>
let front: Front
let port: number
let known: string[]
const errors: unknown[] = []

beforeAll(async () => {
  console.log(`SIGNPOST_TEST_SEED=${seed}`)
  publication.publish(article({ uid: uid(101), slug: 'first', body: root(paragraph('many words '.repeat(300))) }))
  publication.publish(article({ uid: uid(102), slug: 'over' }))
  publication.publish(article({ uid: uid(104), slug: 'old' }))
  publication.publish(article({ uid: uid(104), slug: 'new' }))
  publication.end(uid(102), 'en', 'gone')
  const typeset = async () => new TextEncoder().encode('%PDF '.repeat(20))
  place = await workspace(publication, { channels, typeset, clock: { now: () => new Date() } })
  await place.reconcile()
  const entries = [...(await readPaths(place.store, await place.store.readIndex())).entries()]
  known = [
    ...entries.map(([path]) => path),
    ...entries.slice(0, 20).map(([, { object }]) => paths.object(object)),
    // What can be had in parts, often enough for parts to be asked for.
    ...Array<string>(20).fill(paths.handout('en', 'first', 'a4.standard')),
    ...['/healthz', '/metrics', paths.index, '/', '/admin', '/v1/objects/', `/v1/objects/${'0'.repeat(64)}`],
  ]
  front = createFront({
    store: place.store,
    onError: (error) => errors.push(error),
    accessLog: () => {},
    fallback: (request, response) => {
      if (!request.url!.startsWith('/admin')) return false
      response.end('admin')
      return true
    },
  })
  port = await front.listen(0)
})
afterAll(async () => {
  await front.close()
  await place.remove()
})

/** Statuses a reader may see, and the two that only a broken request gets from the HTTP parser. */
const declared = [200, 204, 206, 301, 304, 308, 400, 404, 405, 408, 410, 413, 414, 416, 417, 431]

const printable = () => String.fromCharCode(33 + below(94))
const word = (most: number) => some(most, printable).join('')
const scraps = [
  '/',
  '//',
  '..',
  '.',
  '%00',
  '%2e%2e',
  '%',
  '%ff',
  '?',
  '#',
  '&',
  '\\',
  ';',
  ':',
  '~',
  'é',
  '/v1/',
  '/en/',
  '/404',
]
const mutations: ((path: string) => string)[] = [
  (path) => path,
  (path) => path,
  (path) => `${path}/`,
  (path) => `${path}?${word(30)}`,
  (path) => path.toUpperCase(),
  (path) => path.slice(0, below(path.length + 1)),
  (path) => path + pick(scraps),
  (path) => pick(scraps) + path,
  (path) => {
    const at = below(path.length)
    return path.slice(0, at) + pick(scraps) + path.slice(at + below(3))
  },
  () => `/${word(60)}`,
  () => `/${'x'.repeat(below(4000))}`,
]
// A space would end the address, and only ASCII goes into it.
const target = () =>
  `/${pick(mutations)(pick(known))
    .replace(/[^\x21-\x7e]/g, '')
    .replace(/^\//, '')}`

const dates = ['Thu, 01 Jan 1970 00:00:00 GMT', 'yesterday', '', 'Fri, 31 Dec 9999 23:59:59 GMT', '-1', '0']
const tags = ['*', '""', '"x"', 'W/"x"', ',', '"', 'W/', `"${'0'.repeat(64)}"`]
const numbers = ['0', '1', '5', '99', '100', '-', '', '-1', '999999999999999', '9999999999999999999', '1e3', '0x1', ' ']
const headers: (() => string)[] = [
  () => `Accept-Encoding: ${pick(['br', 'gzip', '*', 'br;q=0', 'gzip;q=x', ';;;', ',,,', 'identity;q=0', word(40)])}`,
  () => `Accept-Language: ${pick(['ar', 'es-MX', '*', 'en;q=0', 'x;q=', ',', word(40)])}`,
  () => `Range: ${pick(['bytes', 'pages', ''])}=${pick(numbers)}-${pick(numbers)}`,
  () => `Range: bytes=${some(5, () => `${pick(numbers)}-${pick(numbers)}`).join(',')}`,
  () => `Range: bytes=${pick(['100-', '0-3', '-0', '-5', '200-300'])}`,
  () => `If-Range: ${pick([...tags, ...dates])}`,
  () => `If-None-Match: ${some(4, () => pick(tags)).join(pick([',', ' ', ', ']))}`,
  () => `If-Modified-Since: ${pick(dates)}`,
  () => `If-Match: ${pick(tags)}`,
  () => `Origin: ${pick(['null', 'https://other.example', word(20)])}`,
  () => `X-Forwarded-For: ${word(20)}`,
  () => `Cookie: ${word(60)}`,
  () => `${pick(['__proto__', 'constructor', 'toString', 'X'])}: ${word(30)}`,
  () => `Referer: ${word(200)}`,
]
const methods = [
  ...Array(12).fill('GET'),
  'HEAD',
  'HEAD',
  'OPTIONS',
  'POST',
  'PUT',
  'DELETE',
  'PATCH',
  'TRACE',
  'PROPFIND',
]
const request = () =>
  `${pick(methods)} ${target()} HTTP/1.1\r\nHost: ${pick(['x', '', '127.0.0.1', word(10)])}\r\n${some(
    4,
    () => `${pick(headers)()}\r\n`,
  ).join('')}`

/** Requests no parser has to understand: cut, doubled, with other bytes in them, or none at all. */
const broken = (): string => {
  const good = `${request()}\r\n`
  const at = below(good.length)
  return pick([
    () => good.slice(0, at),
    () => good.slice(0, at) + String.fromCharCode(below(256)) + good.slice(at + 1),
    () => good.replace('HTTP/1.1', pick(['HTTP/9.9', 'HTTP/1.0', 'HTTP/2', 'http', ''])),
    () => good.replace(/ \//, pick([' ', ' http://', ' http://x/', ' *', ' ../', ' //x@y/'])),
    () => good.replace(/^\w+/, pick(['CONNECT', 'get', 'GET GET', '', word(20), 'M-SEARCH'])),
    () =>
      good.replace(
        '\r\n\r\n',
        `\r\nTransfer-Encoding: ${pick(['chunked', 'x', 'chunked, chunked'])}\r\n\r\n${word(20)}`,
      ),
    () => good.replace('\r\n\r\n', `\r\nContent-Length: ${pick(numbers)}\r\n\r\n`),
    () => good.replace('\r\n\r\n', `\r\nExpect: ${pick(['100-continue', 'x'])}\r\n\r\n`),
    () => good.replace('\r\n\r\n', `\r\nUpgrade: ${word(5)}\r\nConnection: Upgrade\r\n\r\n`),
    () => good.replace('\r\n\r\n', `\r\n${some(200, () => `X: ${word(9)}\r\n`).join('')}\r\n`),
    () => good.replace('\r\n\r\n', `\r\nX: ${'x'.repeat(below(30_000))}\r\n\r\n`),
    () => String.fromCharCode(...some(100, () => below(256))),
  ])()
}

/** Sends bytes on a connection of their own, which may end with them; all that comes back until it is closed. */
const exchange = (text: string, { isLast }: { isLast: boolean }): Promise<string> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = []
    const socket = connect(port, '127.0.0.1', () => socket[isLast ? 'end' : 'write'](text, 'latin1'))
    socket.setTimeout(15_000, () => socket.destroy(new Error('silence')))
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', (error) => {
      if (error.message === 'silence') chunks.push(Buffer.from('HTTP/1.1 999 silence'))
    })
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
  })
const statusesIn = (answer: string): number[] =>
  [...answer.matchAll(/HTTP\/1\.[01] (\d{3}) /g)].map(([, status]) => Number(status)).filter((status) => status !== 100)

/** Runs jobs, a few at a time. */
async function each(count: number, job: () => Promise<void>): Promise<void> {
  let left = count
  const worker = async () => {
    while (left-- > 0) await job()
  }
  await Promise.all(Array.from({ length: 8 }, worker))
}

test('20,000 strange requests are answered with declared statuses, none of them a fault of ours', async () => {
  const counted = new Map<number, number>()
  const undeclared: string[] = []
  const note = (statuses: number[], text: string) => {
    for (const status of statuses) counted.set(status, (counted.get(status) ?? 0) + 1)
    if (statuses.some((status) => !declared.includes(status)) && undeclared.length < 5)
      undeclared.push(JSON.stringify([statuses.filter((status) => !declared.includes(status)), text]))
  }
  const batch = 50
  await each(360, async () => {
    const requests = Array.from({ length: batch }, request)
    const text = `${requests.join('\r\n')}Connection: close\r\n\r\n`
    const statuses = statusesIn(await exchange(text, { isLast: false }))
    note(statuses, text)
    // Well formed as they are, each gets an answer: none may take the connection, or the process, along.
    if (statuses.length !== batch && undeclared.length < 5)
      undeclared.push(
        `${statuses.length} answers to ${batch} requests: ${JSON.stringify(requests[statuses.length - 1])}`,
      )
  })
  await each(2500, async () => {
    const text = broken()
    note(statusesIn(await exchange(text, { isLast: true })), text)
  })
  expect(undeclared, `seed ${seed}`).toEqual([])
  expect(errors, `seed ${seed}`).toEqual([])
  const total = [...counted.values()].reduce((sum, count) => sum + count, 0)
  expect(total).toBeGreaterThan(20_000)
  // Without these the requests would not have been strange enough, or not sane enough.
  for (const status of [200, 204, 206, 301, 304, 308, 400, 404, 405, 410, 414, 416, 431])
    expect(counted.get(status) ?? 0, `status ${status}, seed ${seed}`).toBeGreaterThan(0)
  expect((await fetch(`http://127.0.0.1:${port}/healthz`).then((response) => response.json())).status).toBe('ok')
})
