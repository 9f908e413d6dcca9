import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createTcp } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipelineCommands, runCommand } from 'pipeline/commands/index.ts'
import { isPublicAddress } from 'pipeline/links/addresses.ts'
import { linksOf, messageOfProbe } from 'pipeline/links/links-of.ts'
import { type ProbeOptions, probeLinks } from 'pipeline/links/probe.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { article, known, link, paragraph, records, root } from './documents.ts'

let server: Server
let origin: string
const asked: string[] = []

beforeAll(async () => {
  server = createServer(({ method, url }, answer) => {
    asked.push(`${method} ${url}`)
    const moves: Record<string, [number, string]> = {
      '/moved': [301, '/here'],
      '/for-now': [302, '/here'],
      '/both': [301, '/for-now'],
      '/round': [302, '/round'],
      '/inside': [302, 'http://10.0.0.1/secret'],
      '/file': [302, 'file:///etc/passwd'],
    }
    const move = moves[url!]
    if (move) return answer.writeHead(move[0], { location: move[1] }).end()
    if (url === '/get-only' && method === 'HEAD') return answer.writeHead(405).end()
    if (url === '/cut-off' && method === 'HEAD') return answer.destroy()
    if (url === '/slow') return undefined
    const status = { '/gone': 410, '/missing': 404, '/closed': 403, '/broken': 500 }[url!] ?? 200
    return answer.writeHead(status).end(method === 'HEAD' ? '' : 'x'.repeat(1_000_000))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const here = (address: string) => address === '127.0.0.1'
const probe = async (url: string, options: ProbeOptions = {}) =>
  (await probeLinks([url], { isAllowed: here, patience: 5000, ...options })).get(url)!

test.each([
  ['/here', { state: 'alive', status: 200 }],
  ['/get-only', { state: 'alive', status: 200 }],
  ['/cut-off', { state: 'alive', status: 200 }],
  ['/missing', { state: 'dead', status: 404 }],
  ['/gone', { state: 'dead', status: 410 }],
  ['/closed', { state: 'unsure', status: 403 }],
  ['/broken', { state: 'unsure', status: 500 }],
  ['/for-now', { state: 'alive' }],
  ['/both', { state: 'alive' }],
  ['/round', { state: 'dead' }],
  ['/inside', { state: 'barred' }],
  ['/file', { state: 'barred' }],
])('%s is %j', async (path, result) => {
  expect(await probe(origin + path)).toMatchObject(result)
})

test('what has moved for good says where', async () => {
  expect(await probe(`${origin}/moved`)).toMatchObject({ state: 'moved', to: `${origin}/here` })
})

test('HEAD comes first, and a page is asked once however often it is cited', async () => {
  asked.length = 0
  await probeLinks([`${origin}/here`, `${origin}/here`], { isAllowed: here })
  expect(asked).toEqual(['HEAD /here'])
})

test('who does not answer in time, or does not listen, is unsure', async () => {
  expect(await probe(`${origin}/slow`, { patience: 50 })).toMatchObject({ state: 'unsure' })
  const closed = createTcp().listen(0, '127.0.0.1')
  await new Promise((resolve) => closed.once('listening', resolve))
  const { port } = closed.address() as AddressInfo
  await new Promise((resolve) => closed.close(resolve))
  expect(await probe(`http://127.0.0.1:${port}/`)).toMatchObject({ state: 'unsure' })
})

test('no address inside a network is asked: not by number, by name, or in another spelling', async () => {
  asked.length = 0
  const { port } = new URL(origin)
  for (const host of ['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]'])
    expect((await probeLinks([`http://${host}:${port}/here`])).get(`http://${host}:${port}/here`), host).toMatchObject({
      state: 'barred',
    })
  expect(asked).toEqual([])
})

test.each([
  ...['8.8.8.8', '1.1.1.1', '172.32.0.1', '2606:4700::1111'].map((address) => [address, true] as const),
  ...['10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'].map(
    (address) => [address, false] as const,
  ),
  ...['::', '::1', 'fc00::1', 'fe80::1%eth0', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', 'localhost', ''].map(
    (address) => [address, false] as const,
  ),
])('%s is public: %s', (address, isPublic) => {
  expect(isPublicAddress(address)).toBe(isPublic)
})

test('sources, links, and what shown records lead to are all found, each at its place', () => {
  const some = records()
  some.resources[known.helpline]!.url = 'https://night.example/'
  const document = article({
    body: root(paragraph(link('https://example.org/a', 'One'), link('tel:911', 'Call')), {
      type: 'resources',
      id: 'r',
      resources: [known.helpline],
    }),
  })
  expect(linksOf(document, some)).toEqual([
    { url: 'https://example.org/sleep', place: { pointer: '/sources/0/url' } },
    { url: 'https://example.org/more', place: { pointer: '/sources/1/url' } },
    { url: 'https://example.org/a', place: { pointer: '/body/children/0/children/0' } },
    { url: 'https://night.example/', place: { pointer: '/body/children/1/resources/0' } },
  ])
})

test('it advises and never blocks', () => {
  const at = { url: 'https://example.org/', place: { pointer: '/sources/0/url' } }
  expect(messageOfProbe(at, { url: at.url, state: 'alive', says: '' })).toEqual([])
  for (const state of ['moved', 'dead', 'unsure', 'barred'] as const)
    expect(messageOfProbe(at, { url: at.url, state, says: 'It.' })).toMatchObject([
      { rule: `link-${state}`, severity: 'advise', waivable: false },
    ])
})

test('signpost check --links says it beside the other findings, with its line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-links-'))
  const file = join(folder, 'sleep.md')
  const source = ['sources:', '  - id: s1', '    title: Sleep', `    url: ${origin}/here`, '    checkedOn: 2026-03-01']
  await writeFile(file, ['---', 'title: Sleep', ...source, '---', 'Lie still.'].join('\n'))
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  asked.length = 0
  await runCommand(pipelineCommands, ['check', file, '--links', '--json'], {}, { print, tell: print })
  const [{ messages }] = JSON.parse(lines[0]!).files
  const found = messages.find(({ rule }: { rule: string }) => rule.startsWith('link-b'))
  expect(found).toMatchObject({
    rule: 'link-barred',
    severity: 'advise',
    place: { pointer: '/sources/0/url', line: 6 },
  })
  expect(asked).toEqual([])
  await rm(folder, { recursive: true })
})
