import { spawnSync } from 'node:child_process'
import { request } from 'node:http'
import { connect } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { paths } from 'pipeline/channels/addresses.ts'
import type { Channel } from 'pipeline/channels/channel.ts'
import { stampOf } from 'pipeline/identity.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { article, paragraph, root, uid } from '../pipeline/documents.ts'
import { Publication, plain, workspace } from './publication.ts'

/** Pages, so that there is HTML to serve. */
const pages: Channel = {
  name: 'pages',
  outputs: ({ live: { locale, slug, stamp } }) => [
    { name: 'page', path: paths.page(locale, slug), pass: 1, tree: true },
    { name: 'stamp', path: paths.stamp(stamp), pass: 1, tree: true },
  ],
  render: async (_, { edition }, { path }) => ({
    path,
    type: 'text/html; charset=utf-8',
    body: `<!doctype html><title>${edition.title}</title>`,
    status: edition.document ? 200 : 410,
  }),
  lists: ({ locale }) => [
    {
      path: paths.notFound(locale),
      key: '',
      render: () => ({
        path: paths.notFound(locale),
        type: 'text/html; charset=utf-8',
        body: `not found ${locale}`,
        status: 404,
      }),
    },
  ],
}

const publication = new Publication()
const long = root(paragraph('many words '.repeat(300)))
const document = article({ uid: uid(101), slug: 'first', title: 'First', body: long })
let place: Awaited<ReturnType<typeof workspace>>
let front: Front
let port: number
const log: string[] = []
const errors: unknown[] = []

beforeAll(async () => {
  publication.publish(document)
  publication.publish(article({ uid: uid(102), slug: 'over', title: 'Over' }))
  publication.publish(article({ uid: uid(103), locale: 'ar', slug: 'first', title: 'Arabic' }))
  publication.end(uid(102), 'en', 'withdraw')
  publication.publish(article({ uid: uid(104), slug: 'old' }))
  publication.publish(article({ uid: uid(104), slug: 'new' }))
  place = await workspace(publication, { channels: [plain, pages], clock: { now: () => new Date() } })
  await place.reconcile()
  front = createFront({
    store: place.store,
    interval: 20,
    accessLog: (line) => log.push(line),
    onError: (error) => errors.push(error),
    health: () => reasons,
    fallback: (incoming, response) => {
      if (!incoming.url!.startsWith('/admin')) return false
      response.end(`admin ${incoming.method}`)
      return true
    },
  })
  port = await front.listen(0)
})
afterAll(async () => {
  await front.close()
  await place.remove()
})
let reasons: string[] = []

type Reply = { status: number; headers: Record<string, string | undefined>; body: Buffer }
/** A request as it is, without what fetch adds or decodes. */
const ask = (path: string, { method = 'GET', ...headers }: Record<string, string> = {}): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, method, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers as Reply['headers'],
          body: Buffer.concat(chunks),
        }),
      )
    })
    asked.on('error', reject)
    asked.end()
  })
/** Bytes sent as they are, and all that comes back. */
const send = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.end(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })

const json = paths.article('en', 'first', 'json')
const pdf = paths.handout('en', 'first', 'a4.standard')

describe('a file', () => {
  test('comes with its type, tag, date and rules for caches and browsers', async () => {
    const { status, headers, body } = await ask(json)
    expect(status).toBe(200)
    expect(JSON.parse(body.toString())).toMatchObject({ title: 'First' })
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(body.length),
      'cache-control': 'public, max-age=30, stale-while-revalidate=300',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'access-control-allow-origin': '*',
      vary: 'Accept-Encoding',
    })
    expect(headers.etag).toMatch(/^"[0-9a-f]{64}"$/)
    expect(Date.parse(headers['last-modified']!)).not.toBeNaN()
    expect(headers['set-cookie']).toBeUndefined()
  })

  test('has the same bytes in every encoding, and a tag for each', async () => {
    const whole = await ask(json)
    const br = await ask(json, { 'accept-encoding': 'gzip, deflate, br' })
    const gzip = await ask(json, { 'accept-encoding': 'gzip, br;q=0' })
    expect(br.headers['content-encoding']).toBe('br')
    expect(gzip.headers['content-encoding']).toBe('gzip')
    expect(brotliDecompressSync(br.body)).toEqual(whole.body)
    expect(gunzipSync(gzip.body)).toEqual(whole.body)
    expect(new Set([whole, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3)
  })

  test.each([
    ['identity', undefined],
    ['', undefined],
    ['br;q=0, gzip;q=0', undefined],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['GZIP', 'gzip'],
    ['x'.repeat(500), undefined],
  ])('takes `Accept-Encoding: %s`', async (header, encoding) => {
    expect((await ask(json, { 'accept-encoding': header })).headers['content-encoding']).toBe(encoding)
  })

  test('is not sent again to who has it', async () => {
    const { headers } = await ask(json)
    for (const tag of [headers.etag!, `W/${headers.etag}`, `"x", ${headers.etag}`, '*']) {
      const again = await ask(json, { 'if-none-match': tag })
      expect(again.status).toBe(304)
      expect(again.body).toHaveLength(0)
      expect(again.headers.etag).toBe(headers.etag)
    }
    expect((await ask(json, { 'if-none-match': '"x"', 'if-modified-since': headers['last-modified']! })).status).toBe(
      200,
    )
    expect((await ask(json, { 'if-modified-since': headers['last-modified']! })).status).toBe(304)
    expect((await ask(json, { 'if-modified-since': 'yesterday' })).status).toBe(200)
  })

  test('tells HEAD all but the body', async () => {
    const get = await ask(json)
    const head = await ask(json, { method: 'HEAD' })
    expect(head.body).toHaveLength(0)
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' })
  })

  test('is found whatever the query says', async () => {
    expect((await ask(`${json}?utm_source=x`)).status).toBe(200)
  })
})

describe('parts of a PDF', () => {
  const bytes = `%PDF ${stampOf(document.uid, 'en', 1)}`
  test.each([
    ['bytes=0-3', 206, '%PDF', `bytes 0-3/${bytes.length}`],
    ['bytes=5-', 206, bytes.slice(5), `bytes 5-${bytes.length - 1}/${bytes.length}`],
    ['bytes=-3', 206, bytes.slice(-3), `bytes ${bytes.length - 3}-${bytes.length - 1}/${bytes.length}`],
    ['bytes=0-9999', 206, bytes, `bytes 0-${bytes.length - 1}/${bytes.length}`],
    ['bytes=99-', 416, expect.stringContaining('Range Not Satisfiable'), `bytes */${bytes.length}`],
    ['bytes=-0', 416, expect.stringContaining('Range Not Satisfiable'), `bytes */${bytes.length}`],
    ['bytes=3-1', 200, bytes, undefined],
    ['bytes=0-1,3-4', 200, bytes, undefined],
    ['pages=1', 200, bytes, undefined],
    ['bytes=-', 200, bytes, undefined],
  ])('%s', async (range, status, body, contentRange) => {
    const reply = await ask(pdf, { range })
    expect([reply.status, reply.body.toString(), reply.headers['content-range']]).toEqual([status, body, contentRange])
  })

  test('are of one version: a part of another is refused', async () => {
    const { headers } = await ask(pdf)
    expect(headers['accept-ranges']).toBe('bytes')
    expect((await ask(pdf, { range: 'bytes=0-3', 'if-range': headers.etag! })).status).toBe(206)
    expect((await ask(pdf, { range: 'bytes=0-3', 'if-range': '"other"' })).status).toBe(200)
    expect((await ask(pdf, { range: 'bytes=0-3', 'if-range': headers['last-modified']! })).status).toBe(206)
    expect((await ask(pdf, { range: 'bytes=0-3', 'if-range': new Date(0).toUTCString() })).status).toBe(200)
  })
})

describe('addresses', () => {
  test('of editions and objects are for ever', async () => {
    const edition = await ask(paths.edition(stampOf(document.uid, 'en', 1)))
    expect(edition.headers['cache-control']).toContain('immutable')
    const index = JSON.parse((await ask(paths.index)).body.toString())
    const manifest = await ask(paths.object(index.manifest))
    expect(manifest.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'cache-control': expect.stringContaining('immutable'),
    })
  })

  test('of the index are never old', async () => {
    expect((await ask(paths.index)).headers['cache-control']).toBe('public, max-age=5, stale-while-revalidate=30')
  })

  test('that ended say 410, those that moved 301', async () => {
    expect((await ask('/en/articles/over')).status).toBe(410)
    expect((await ask(paths.article('en', 'over', 'json'))).status).toBe(410)
    expect(await ask('/en/articles/old')).toMatchObject({ status: 301, headers: { location: '/en/articles/new' } })
  })

  test('that are none show a page in the right language', async () => {
    expect(await ask('/ar/articles/none')).toMatchObject({ status: 404, body: Buffer.from('not found ar') })
    expect(await ask('/none', { 'accept-language': 'fr, ar;q=0.8, en;q=0.2' })).toMatchObject({
      status: 404,
      body: Buffer.from('not found ar'),
    })
    expect((await ask('/none')).body.toString()).toBe('not found en')
  })

  test('that are none say so to programs as RFC 9457 has it', async () => {
    const { status, headers, body } = await ask('/v1/en/articles/none.json')
    expect([status, headers['content-type']]).toEqual([404, 'application/problem+json'])
    expect(JSON.parse(body.toString())).toMatchObject({ status: 404, title: 'Not Found' })
    expect(headers['access-control-allow-origin']).toBe('*')
  })

  test('of a stamp typed from paper lead to it, in either case and with O and I for figures', async () => {
    const stamp = stampOf(document.uid, 'en', 1)
    const typed = stamp.toLowerCase().replaceAll('0', 'o').replaceAll('1', 'l')
    const found = await ask(`/c/${typed}`)
    expect(found).toMatchObject({ status: 308, headers: { location: `/c/${stamp}` } })
    expect((await ask(`/c/${stamp}`)).status).toBe(200)
    expect((await ask('/c/zzzzzzzzzz')).status).toBe(404)
  })

  test('with a slash too many lead to the one without', async () => {
    expect(await ask('/en/articles/first/')).toMatchObject({ status: 308, headers: { location: '/en/articles/first' } })
    expect((await ask('//example.org/')).status).toBe(404)
  })

  test.each([
    '/../../etc/passwd',
    '/v1/objects/../index.json',
    '/%2e%2e/x',
    '/v1/objects/zz',
    '/\\x',
    '/a%00b',
    '/v1/objects/',
  ])('%s is nothing', async (path) => {
    expect((await ask(path)).status).toBe(404)
  })
})

describe('pages', () => {
  test('may run no script and load nothing from elsewhere', async () => {
    const { headers } = await ask('/en/articles/first')
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
    expect(headers['access-control-allow-origin']).toBeUndefined()
  })
})

describe('other requests', () => {
  test('OPTIONS tells what may be asked, also from elsewhere', async () => {
    const { status, headers } = await ask(json, { method: 'OPTIONS', origin: 'https://other.example' })
    expect(status).toBe(204)
    expect(headers).toMatchObject({ allow: 'GET, HEAD, OPTIONS', 'access-control-allow-methods': 'GET, HEAD, OPTIONS' })
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE'])('%s is refused', async (method) => {
    expect(await ask(json, { method })).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } })
  })

  test('go to who else answers here', async () => {
    expect((await ask('/admin/login?x=1')).body.toString()).toBe('admin GET')
    expect((await ask('/admin/login', { method: 'POST' })).body.toString()).toBe('admin POST')
  })

  test('with too long an address or headers are refused', async () => {
    expect((await ask(`/${'x'.repeat(3000)}`)).status).toBe(414)
    expect(await send(`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /)
    expect(await send('what?\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /)
  })

  test('that are sent too slowly are ended', async () => {
    const hasty = createFront({ store: place.store, patience: 200 })
    const other = await hasty.listen(0)
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(other, '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x'))
      let said = ''
      socket.on('data', (chunk) => {
        said += chunk
      })
      socket.on('close', () => resolve(said))
    })
    expect(answer).toMatch(/^HTTP\/1.1 408 /)
    await hasty.close()
  })

  test('leave nothing of who asked in the log', async () => {
    log.length = 0
    await ask(`${json}?q=secret`, { 'x-forwarded-for': '203.0.113.7' })
    expect(log).toHaveLength(1)
    expect(log[0]).toMatch(/^GET \/v1\/en\/articles\/first\.json 200 \d+$/)
  })
})

describe('health', () => {
  test('is ok, or degraded with its reasons', async () => {
    expect(JSON.parse((await ask('/healthz')).body.toString())).toMatchObject({ status: 'ok', reasons: [] })
    reasons = ['The worker was last seen 3 minutes ago.']
    expect(JSON.parse((await ask('/healthz')).body.toString())).toMatchObject({ status: 'degraded', reasons })
    reasons = []
  })
})

describe('figures', () => {
  test('are told to who asks on this machine, in the format of Prometheus', async () => {
    const before = await ask('/metrics')
    expect([before.status, before.headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    const text = before.body.toString()
    expect(text).toContain(`signpost_release ${front.release()}\n`)
    const goneIn = (reply: Reply) =>
      Number(/requests_total\{status="410"\} (\d+)/.exec(reply.body.toString())?.[1] ?? 0)
    await ask('/en/articles/over')
    expect(goneIn(await ask('/metrics'))).toBe(goneIn(before) + 1)
  })

  test.skipIf(lacks('promtool'))(
    'are read by the parser of Prometheus, which has nothing to say against them',
    async () => {
      const check = (input: string) => spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' })
      const text = (await ask('/metrics')).body.toString()
      expect(check(text)).toMatchObject({ status: 0, stdout: '', stderr: '' })
      expect(check(`${text}signpost_release{ 1\n`).status).not.toBe(0)
      expect(check(text.replace(/^# HELP signpost_release .*\n/m, '')).status).not.toBe(0)
    },
  )

  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
    'are not told through a proxy that sends %s',
    async (name) => {
      expect((await ask('/metrics', { [name]: '203.0.113.7' })).status).toBe(404)
    },
  )
})

test('before the first release the server says that there is none', async () => {
  const empty = await workspace(new Publication())
  const early = createFront({ store: empty.store })
  const other = await early.listen(0)
  const response = await fetch(`http://127.0.0.1:${other}/en`)
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
  expect((await fetch(`http://127.0.0.1:${other}/healthz`)).status).toBe(503)
  await early.close()
  await empty.remove()
})

test('closing lets requests under way finish', async () => {
  const other = createFront({
    store: place.store,
    fallback: (_, response) => {
      setTimeout(() => response.end('done'), 200)
      return true
    },
  })
  const late = await other.listen(0)
  const reply = fetch(`http://127.0.0.1:${late}/slow`).then((response) => response.text())
  await new Promise((resolve) => setTimeout(resolve, 50))
  await other.close()
  expect(await reply).toBe('done')
  await expect(fetch(`http://127.0.0.1:${late}/`)).rejects.toThrow()
})

test('a poller during many releases sees each file whole, and never an older release', async () => {
  let isOver = false
  const seen: number[] = []
  const poll = async () => {
    let last = 0
    for (; !isOver; ) {
      const index = JSON.parse((await ask(paths.index)).body.toString())
      expect(index.release).toBeGreaterThanOrEqual(last)
      last = index.release
      seen.push(last)
      const manifest = await ask(paths.object(index.manifest))
      expect(manifest.status).toBe(200)
      const { status, body } = await ask(json)
      expect(status).toBe(200)
      expect(JSON.parse(body.toString()).title).toMatch(/^Title \d+$|^First$/)
      expect((await ask(pdf)).status).toBe(200)
    }
  }
  const pollers = [poll(), poll(), poll()]
  for (let number = 0; number < 12; number++) {
    publication.publish({ ...document, title: `Title ${number}` })
    await place.reconcile()
  }
  isOver = true
  await Promise.all(pollers)
  expect(new Set(seen).size).toBeGreaterThan(3)
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(JSON.parse((await ask(json)).body.toString()).title).toBe('Title 11')
  expect(errors).toEqual([])
})
