import { type ChildProcess, spawn } from 'node:child_process'
import { lstat, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { resign } from 'pipeline/release/resign.ts'
import { readSite, verify } from 'pipeline/release/verify.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { publishFolder } from 'pipeline/serve/static-folder.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks, nginxBrotliModule } from '../needs.ts'
import { article, paragraph, root, uid } from '../pipeline/documents.ts'
import { Publication, signer, workspace } from './publication.ts'

const publication = new Publication()
let place: Awaited<ReturnType<typeof workspace>>
let folder: string
const clock = { now: () => new Date() }
const long = root(paragraph('many words '.repeat(300)))
const document = article({ uid: uid(101), slug: 'first', title: 'First', body: long })

beforeAll(async () => {
  publication.publish(document)
  publication.publish(article({ uid: uid(102), slug: 'over', title: 'Over', body: long }))
  publication.publish(article({ uid: uid(103), locale: 'ar', slug: 'first', title: 'Arabic' }))
  publication.publish(article({ uid: uid(104), slug: 'old' }))
  publication.publish(article({ uid: uid(104), slug: 'new' }))
  publication.end(uid(102), 'en', 'gone')
  const typeset = async () => new TextEncoder().encode(`%PDF ${'pages '.repeat(50)}`)
  place = await workspace(publication, { channels, clock, typeset })
  await place.reconcile()
  folder = join(place.folder, 'public')
  await publishFolder(place.store, folder)
})
afterAll(() => place.remove())

const names = async () => (await readdir(`${folder}.releases`)).sort()
const read = (path: string) => readFile(join(folder, path))

describe('a published folder', () => {
  test('is a link to the folder of a release, whole', async () => {
    expect((await lstat(folder)).isSymbolicLink()).toBe(true)
    const index = JSON.parse((await read('v1/index.json')).toString())
    expect(index).toEqual(await place.store.readIndex())
    expect(await verify(async (path) => read(path).catch(() => undefined))).toMatchObject({ release: index.release })
  })

  test('has pages where hosts look for them, and every encoding beside its file', async () => {
    const page = await read('en/articles/first.html')
    expect(page.toString()).toContain('First')
    expect(gunzipSync(await read('en/articles/first.html.gz'))).toEqual(page)
    expect(brotliDecompressSync(await read('en/articles/first.html.br'))).toEqual(page)
    for (const path of ['en.html', '404.html', 'v1/en/feed.json', '.well-known/jwks.json'])
      expect((await read(path)).length, path).toBeGreaterThan(0)
  })

  test('has nothing where something ended or moved', async () => {
    await expect(read('en/articles/over.html')).rejects.toThrow('ENOENT')
    await expect(read('en/articles/old.html')).rejects.toThrow('ENOENT')
    expect((await read('_signpost/ended/en/articles/over.html')).toString()).toContain('Over')
  })

  test('is not written again for the same release', async () => {
    expect(await publishFolder(place.store, folder)).toBeUndefined()
  })

  test('refuses to replace a folder of somebody else', async () => {
    const other = join(place.folder, 'other')
    await mkdir(other)
    await expect(publishFolder(place.store, other)).rejects.toThrow('folder of its own')
  })

  test('goes on with a change at the cost of that change, and keeps the two before', async () => {
    const target = join(place.folder, 'second')
    const first = await publishFolder(place.store, target)
    for (const title of ['Two', 'Three', 'Four']) {
      publication.publish({ ...document, title })
      await place.reconcile()
      const next = await publishFolder(place.store, target)
      expect(next!.written).toBeLessThan(first!.written / 2)
    }
    expect(await readdir(`${target}.releases`)).toHaveLength(3)
    expect(await readFile(join(target, 'en/articles/first.html'), 'utf8')).toContain('Four')
    // A reader in the middle of the release before still finds its objects.
    const [, before] = await place.store.recentIndexes()
    expect((await readFile(join(target, paths.object(before!.manifest)))).length).toBeGreaterThan(0)
    await rm(`${target}.releases`, { recursive: true })
  })

  test('that was cut short is written anew, and the link stays on the release before until then', async () => {
    const before = await names()
    const failing = { ...place.store, readObject: async () => undefined }
    await expect(publishFolder(failing, folder)).rejects.toThrow()
    expect(JSON.parse((await read('v1/index.json')).toString()).release).toBeGreaterThan(0)
    await publishFolder(place.store, folder)
    expect((await names()).length).toBe(before.length + 1)
  })
})

describe('signing again', () => {
  const options = async () => ({ store: place.store, signer: await signer(), stateFolder: place.options.stateFolder })

  test('is done when half of the time is over, as a release without changes', async () => {
    expect(await resign({ ...(await options()), clock })).toBeUndefined()
    const before = (await place.store.readIndex())!
    const later = { now: () => new Date(Date.now() + 40 * 86_400_000) }
    const index = (await resign({ ...(await options()), clock: later }))!
    expect(index.release).toBe(before.release + 1)
    expect(Date.parse(index.expires)).toBeGreaterThan(Date.parse(before.expires))
    expect(await place.json(paths.changes(index.release))).toMatchObject({
      changes: [],
      paths: { set: {}, removed: [] },
    })
    await publishFolder(place.store, folder)
    expect(await verify(async (path) => read(path).catch(() => undefined))).toMatchObject({ release: index.release })
  })

  test('is known to the reconciler, which goes on without compiling anything again', async () => {
    await resign({ ...(await options()), clock, force: true })
    const report = await place.reconcile({ clock })
    expect(report).toMatchObject({ made: 0, compiled: 0 })
  })
})

/** A web server in front of the folder, told what the documentation says to tell it. */
type Host = {
  name: string
  /** Its command, once its configuration is written. */
  command(port: number, scratch: string): Promise<[string, ...string[]]>
  /** How its answers may differ from our own server's. */
  encodings: string[]
}

const nginxWith = async (port: number, scratch: string, module: string, change = (block: string) => block) => {
  const block = change(await documented('nginx')).replace('listen 80;', `listen 127.0.0.1:${port};`)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  await writeFile(
    join(scratch, 'nginx.conf'),
    `${module}
daemon off;
master_process off;
pid ${scratch}/nginx.pid;
events { }
http {
  access_log off;
  ${temporary.map((name) => `${name}_temp_path ${scratch}/${name};`).join(' ')}
${block}
}
`,
  )
  const options = ['-p', scratch, '-c', join(scratch, 'nginx.conf'), '-e', join(scratch, 'error.log')]
  return ['nginx', ...options] as [string, ...string[]]
}
const nginx: Host = { name: 'nginx', encodings: ['gzip'], command: (port, scratch) => nginxWith(port, scratch, '') }
const nginxWithBrotli: Host = {
  name: 'nginx with its module for brotli',
  encodings: ['br', 'gzip', 'gzip, br'],
  command: (port, scratch) =>
    nginxWith(port, scratch, `load_module ${nginxBrotliModule};`, (block) =>
      block.replace('# brotli_static on;', 'brotli_static on;'),
    ),
}
const caddy: Host = {
  name: 'Caddy',
  encodings: ['br', 'gzip', 'gzip, br'],
  async command(port, scratch) {
    const block = (await documented('caddy')).replace('guides.example.org', `http://127.0.0.1:${port}`)
    await writeFile(join(scratch, 'Caddyfile'), `{\n\tadmin off\n}\n${block}`)
    return ['caddy', 'run', '--config', join(scratch, 'Caddyfile'), '--adapter', 'caddyfile']
  },
}
/** The block of the documentation for a server, about the folder of this test. */
async function documented(server: string): Promise<string> {
  const text = await readFile(new URL('../../pipeline/src/serve/README.md', import.meta.url), 'utf8')
  const [, block] = new RegExp(`\`\`\`${server}\\n([\\s\\S]*?)\`\`\``).exec(text) ?? []
  return block!.replaceAll('/srv/guides', folder)
}

const answersAlike = ({ name, command, encodings }: Host) => {
  let server: ChildProcess
  let port: number
  let front: Front
  let own: number

  beforeAll(async () => {
    await publishFolder(place.store, folder)
    const scratch = join(place.folder, name.replaceAll(' ', '-'))
    await mkdir(scratch)
    port = await freePort()
    const [file, ...args] = await command(port, scratch)
    const env = { ...process.env, HOME: scratch, XDG_DATA_HOME: scratch, XDG_CONFIG_HOME: scratch }
    server = spawn(file, args, { stdio: ['ignore', 'ignore', 'pipe'], env })
    let said = ''
    server.stderr!.on('data', (chunk) => {
      said += chunk
    })
    for (const limit = Date.now() + 20_000; ; ) {
      if (server.exitCode !== null || Date.now() > limit) throw new Error(`${name} does not answer: ${said}`)
      const isUp = await fetch(`http://127.0.0.1:${port}/v1/index.json`).then(
        () => true,
        () => false,
      )
      if (isUp) break
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    front = createFront({ store: place.store })
    own = await front.listen(0)
  })
  afterAll(async () => {
    await front?.close()
    if (server?.exitCode !== null) return
    const ended = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGTERM')
    await ended
  })

  type Reply = { status: number; headers: Record<string, string | undefined>; body: string }
  const ask = (of: number, path: string, { method = 'GET', ...headers }: Record<string, string> = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const asked = request({ port: of, host: '127.0.0.1', path, method, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk) => chunks.push(chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode!,
            headers: response.headers as Reply['headers'],
            body: Buffer.concat(chunks).toString('base64'),
          }),
        )
      })
      asked.on('error', reject)
      asked.end()
    })
  /** What has to be the same; a tag is each server's own, and a redirect has a body of its own, and its policy. */
  const ofBodies = ['content-type', 'content-encoding', 'vary', 'content-security-policy']
  const compared = [
    ...['cache-control', 'location', 'content-range'],
    ...['x-content-type-options', 'referrer-policy', 'cross-origin-resource-policy'],
    ...['access-control-allow-origin', 'access-control-expose-headers'],
  ]
  const pick = (headers: Reply['headers'], names: string[]) =>
    Object.fromEntries(names.map((name) => [name, headers[name]]))
  const essence = ({ status, headers, body }: Reply) => ({
    ...{ status, ...pick(headers, compared) },
    ...(status >= 300 && status < 309 ? {} : { body, ...pick(headers, ofBodies) }),
  })
  const same = async (path: string, headers: Record<string, string> = {}) => {
    const [theirs, ours] = [await ask(port, path, headers), await ask(own, path, headers)]
    expect(essence(theirs), path).toEqual(essence(ours))
    return theirs
  }

  test('answers every path of the release as our own server does, in each encoding', async () => {
    const { readPaths } = await import('pipeline/release/manifest.ts')
    const all = [...(await readPaths(place.store, await place.store.readIndex())).entries()]
    expect(all.length).toBeGreaterThan(40)
    for (const [path, { status }] of all.filter(([, entry]) => entry.status !== 404)) {
      const reply = await same(path)
      expect(reply.status).toBe(status)
      if (status !== 200) continue
      for (const encoding of encodings) await same(path, { 'accept-encoding': encoding })
      expect(reply.headers['last-modified'], path).toBe((await ask(own, path)).headers['last-modified'])
    }
    expect(all.some(([, { status }]) => status === 410)).toBe(true)
    expect(all.some(([, { status }]) => status === 301)).toBe(true)
  })

  test('answers everything else alike, too', async () => {
    const { manifest } = (await place.store.readIndex())!
    for (const path of [
      '/v1/index.json',
      paths.object(manifest),
      '/v1/en/none.json',
      '/ar/none',
      '/none',
      '/v1/objects/x',
    ])
      await same(path)
    await same('/none', { 'accept-language': 'ar, en;q=0.2' })
    await same('/en/articles/first?utm_source=x')
    expect((await same('/en/articles/first/')).headers.location).toBe('/en/articles/first')
    for (const path of ['/_signpost/ended/en/articles/over.html', '/_signpost/nginx-maps.conf'])
      expect((await ask(port, path)).status).toBe(404)
  })

  test('answers parts, conditions and other methods', async () => {
    const pdf = paths.handout('en', 'first', 'a4.standard')
    expect((await same(pdf, { range: 'bytes=0-3' })).status).toBe(206)
    const { headers } = await ask(port, pdf)
    expect((await ask(port, pdf, { 'if-none-match': headers.etag! })).status).toBe(304)
    expect((await ask(port, pdf, { 'if-modified-since': headers['last-modified']! })).status).toBe(304)
    expect((await ask(port, pdf, { method: 'HEAD' })).headers['content-length']).toBe(headers['content-length'])
    expect(await ask(port, '/v1/en/feed.json', { method: 'OPTIONS', origin: 'https://other.example' })).toMatchObject({
      status: 204,
      headers: { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'GET, HEAD, OPTIONS' },
    })
    expect((await ask(port, '/v1/en/feed.json', { method: 'POST' })).status).toBe(405)
  })

  test('serves a release that verifies from its index to its last byte', async () => {
    expect(await verify(readSite(`http://127.0.0.1:${port}`))).toMatchObject({ key: (await signer()).kid })
  })
}

for (const [part, host] of [
  ['nginx', nginx],
  ['nginx brotli', nginxWithBrotli],
  ['caddy', caddy],
] as const)
  describe.skipIf(lacks(part))(`${host.name}, told what the folder says`, () => answersAlike(host))

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
