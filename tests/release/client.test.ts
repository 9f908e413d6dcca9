import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, type Copy, createClient, memoryCopy, StaleError, verifyCopy } from 'content-schemas/client'
import { folderCopy } from 'content-schemas/client/folder'
import { paths } from 'pipeline/channels/addresses.ts'
import { createKey, signerOf } from 'pipeline/release/sign.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, signer, workspace } from './publication.ts'

const publication = new Publication()
let place: Awaited<ReturnType<typeof workspace>>
let front: Front
let site: string
let kid: string
beforeAll(async () => {
  for (let number = 1; number <= 5; number++)
    publication.publish(article({ uid: uid(100 + number), slug: `a-${number}`, title: `Title ${number}` }))
  place = await workspace(publication)
  await place.reconcile()
  front = createFront({ store: place.store, interval: 10 })
  site = `http://127.0.0.1:${await front.listen(0)}`
  kid = (await signer()).kid
})
afterAll(async () => {
  await front.close()
  await place.remove()
})
const now = () => new Date('2026-05-02T00:00:00Z')
const clientOf = (more: Partial<Parameters<typeof createClient>[0]> = {}): Client =>
  createClient({ site, keys: [kid], now, ...more })
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    ({ code }) => code,
  )

/** A copy that counts what is put, and can fail half-way. */
function counting(copy: Copy) {
  const counted = {
    ...copy,
    puts: 0,
    failAfter: Number.POSITIVE_INFINITY,
    put: async (...args: Parameters<Copy['put']>) => {
      if (++counted.puts > counted.failAfter) throw new Error('The disk is full.')
      await copy.put(...args)
    },
  }
  return counted
}
/** What a copy holds, bytes and all. */
async function contentsOf(copy: Copy): Promise<Record<string, string>> {
  const paths = [...(await copy.paths())].sort()
  return Object.fromEntries(
    await Promise.all(paths.map(async (path) => [path, Buffer.from((await copy.read(path))!).toString('base64')])),
  )
}
/** Publishes, and waits until the server serves it. */
const released = async (act: () => void) => {
  act()
  const { release } = await place.reconcile()
  while (front.release() < release) await new Promise((resolve) => setTimeout(resolve, 5))
}

describe('a client', () => {
  test('reads the release, an article and a file of it', async () => {
    const client = clientOf()
    const release = await client.release()
    expect(release.keys).toEqual([kid])
    expect(await client.article('en', 'a-1')).toMatchObject({ title: 'Title 1' })
    expect(await client.article('en', 'none')).toBeUndefined()
    const file = await client.file(release, paths.article('en', 'a-1', 'json'))
    expect(JSON.parse(new TextDecoder().decode(file!.bytes))).toMatchObject({ title: 'Title 1' })
    expect(await client.file(release, '/none')).toBeUndefined()
  })

  test('trusts the keys it was given, and no other', async () => {
    expect(await codeOf(clientOf({ keys: ['another'] }).release())).toBe('forged')
    const forged = await workspace(publication, { signer: await signerOf([await createKey()]) })
    await forged.reconcile()
    const other = createFront({ store: forged.store })
    const address = `http://127.0.0.1:${await other.listen(0)}`
    expect(await codeOf(clientOf({ site: address }).release())).toBe('forged')
    await other.close()
    await forged.remove()
  })

  test('follows a new key that the old one announced, and not one that nobody did', async () => {
    const [first, second, third] = [await createKey(), await createKey(), await createKey()]
    const space = await workspace(publication, { signer: await signerOf([first]) })
    await space.reconcile()
    const front = createFront({ store: space.store, interval: 10 })
    const site = `http://127.0.0.1:${await front.listen(0)}`
    const rotate = async (keys: (typeof first)[]) => {
      const { release } = await space.reconcile({ signer: await signerOf(keys) })
      while (front.release() < release) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    const [{ kid: old }, copy] = [await signerOf([first]), memoryCopy()]
    const reader = clientOf({ site, keys: [old] })
    await reader.release()
    await clientOf({ site, keys: [old] }).sync(copy)

    await rotate([first, second])
    expect((await reader.release()).keys).toHaveLength(2)
    await clientOf({ site, keys: [old] }).sync(copy)
    await rotate([second])
    expect((await reader.release()).keys).toEqual([(await signerOf([second])).kid])
    // A copy remembers what was announced to it; whoever comes late needs the new thumbprint.
    await clientOf({ site, keys: [old] }).sync(copy)
    expect(await codeOf(clientOf({ site, keys: [old] }).release())).toBe('forged')

    await rotate([third])
    expect(await codeOf(reader.release())).toBe('forged')
    expect(await codeOf(clientOf({ site, keys: [old] }).sync(copy))).toBe('forged')
    await front.close()
    await space.remove()
  })

  test('refuses an older release, other bytes and other fields, and tells a stale one', async () => {
    expect(await codeOf(clientOf({ seen: 99 }).release())).toBe('rolled-back')
    const meddling =
      (path: RegExp, change: (text: string) => string): typeof fetch =>
      async (address, init) => {
        const response = await fetch(address, init)
        return path.test(String(address)) ? new Response(change(await response.text()), response) : response
      }
    const late = clientOf({ now: () => new Date('2027-01-01') })
    const stale = await late.release().catch((error: unknown) => error)
    if (!(stale instanceof StaleError)) throw stale
    expect(stale.code).toBe('stale')
    expect((await late.file(stale.release, paths.article('en', 'a-1', 'json')))?.bytes.length).toBeGreaterThan(0)

    const release = await clientOf().release()
    const altering = clientOf({ fetch: meddling(/objects/, (text) => `${text} `) })
    expect(await codeOf(altering.file(release, paths.feed('en')))).toBe('altered')
    const other = (await place.entry(paths.article('en', 'a-1', 'json')))!.object
    const { object } = (await place.entry(paths.feed('en')))!
    const swapping = clientOf({ fetch: (address, init) => fetch(String(address).replace(object, other), init) })
    expect(await codeOf(swapping.file(release, paths.feed('en')))).toBe('swapped')
    const lying = clientOf({ fetch: meddling(/index\.json/, (text) => text.replace('"release":', '"release":1')) })
    expect(await codeOf(lying.release())).toBe('forged')
    const garbled = clientOf({ fetch: meddling(/index\.json/, (text) => text.slice(1)) })
    expect(await codeOf(garbled.release())).toBe('malformed')
  })

  test('says that a site is not there, or has no release', async () => {
    expect(await codeOf(clientOf({ site: 'http://127.0.0.1:9' }).release())).toBe('unavailable')
    const failing = clientOf({ fetch: async () => new Response('', { status: 503 }) })
    expect(await codeOf(failing.article('en', 'a-1'))).toBe('unavailable')
    expect(await codeOf(clientOf({ fetch: async () => new Response('', { status: 404 }) }).release())).toBe('missing')
  })

  test('says that it cannot verify where Ed25519 is unknown', async () => {
    const importKey = vi.spyOn(crypto.subtle, 'importKey')
    importKey.mockRejectedValue(new DOMException('Unrecognized algorithm name', 'NotSupportedError'))
    expect(await codeOf(clientOf().release())).toBe('unsupported')
    importKey.mockRestore()
    vi.stubGlobal('crypto', {})
    expect(await codeOf(clientOf().release())).toBe('unsupported')
    vi.unstubAllGlobals()
  })
})

test('visits every page of a feed, at the site it was given', async () => {
  const pages: Record<string, object> = {
    '/v1/en/feed.json': { items: [{ id: 3 }], next_url: 'https://public.example/v1/en/feed.2.json' },
    '/v1/en/feed.2.json': { items: [{ id: 2 }, { id: 1 }] },
  }
  const client = clientOf({
    site: 'https://mirror.example',
    fetch: async (address) => {
      const { origin, pathname } = new URL(String(address))
      expect(origin).toBe('https://mirror.example')
      return Response.json(pages[pathname])
    },
  })
  const ids: unknown[] = []
  for await (const { id } of client.items('en')) ids.push(id)
  expect(ids).toEqual([3, 2, 1])
})

describe('a copy', () => {
  const kinds = {
    'in memory': async () => ({ copy: memoryCopy() as Copy, dispose: async () => {} }),
    'in a folder': async () => {
      const folder = await mkdtemp(join(tmpdir(), 'signpost-copy-'))
      return { copy: folderCopy(folder), dispose: () => rm(folder, { recursive: true }) }
    },
  }

  test.each(Object.entries(kinds))(
    '%s follows what is published at the cost of what changed, and equals a fresh one',
    async (_, make) => {
      const { copy, dispose } = await make()
      const counted = counting(copy)
      await clientOf().sync(counted)
      const whole = counted.puts
      await clientOf().sync(counted)
      expect(counted.puts).toBe(whole)

      await released(() => publication.publish(article({ uid: uid(101), slug: 'a-1', title: `Changed ${whole}` })))
      await released(() => publication.publish(article({ uid: uid(102), slug: `renamed-${whole}`, title: 'Title 2' })))
      await released(() => publication.end(uid(103), 'en', 'withdraw'))
      await clientOf().sync(counted)
      expect(counted.puts - whole).toBeLessThan(whole)
      const fresh = memoryCopy()
      await clientOf().sync(fresh)
      expect(await contentsOf(copy)).toEqual(await contentsOf(fresh))
      await dispose()
    },
  )

  test.each([1, 3, 6])('that failed after %i files is mended by the next sync', async (failAfter) => {
    const copy = memoryCopy()
    await clientOf().sync(copy)
    await released(() => publication.publish(article({ uid: uid(104), slug: 'a-4', title: `Lost ${failAfter}` })))
    const failing = Object.assign(counting(copy), { failAfter })
    await expect(clientOf().sync(failing)).rejects.toThrow('The disk is full.')
    await released(() => publication.publish(article({ uid: uid(104), slug: 'a-4', title: 'Title 4' })))
    await clientOf().sync(copy)
    const fresh = memoryCopy()
    await clientOf().sync(fresh)
    expect(await contentsOf(copy)).toEqual(await contentsOf(fresh))
  })

  test('is verified without the site, and one flipped byte or missing file is told', async () => {
    const { copy, dispose } = await kinds['in a folder']()
    const { index } = await clientOf().sync(copy)
    expect((await verifyCopy(copy, { keys: [kid], now })).index).toEqual(index)
    expect(await codeOf(verifyCopy(copy, { keys: ['another'], now }))).toBe('forged')
    expect(await codeOf(verifyCopy(copy, { keys: [kid], now: () => new Date('2027-01-01') }))).toBe('stale')
    const path = paths.article('en', 'a-4', 'json')
    const bytes = (await copy.read(path))!
    bytes[7]! ^= 1
    await copy.put(path, bytes)
    expect(await codeOf(verifyCopy(copy, { keys: [kid], now }))).toBe('altered')
    await copy.put(path, (await copy.read(paths.feed('en')))!)
    expect(await codeOf(verifyCopy(copy, { keys: [kid], now }))).toBe('swapped')
    await copy.remove(path)
    expect(await codeOf(verifyCopy(copy, { keys: [kid], now }))).toBe('missing')
    expect(await codeOf(verifyCopy(memoryCopy(), { keys: [kid] }))).toBe('missing')
    await dispose()
  })

  test('takes no older release than it holds, from another site or client', async () => {
    const copy = memoryCopy()
    await clientOf().sync(copy)
    const older = await workspace(publication)
    await older.reconcile()
    const front = createFront({ store: older.store })
    const before = await contentsOf(copy)
    const client = clientOf({ site: `http://127.0.0.1:${await front.listen(0)}` })
    expect(await codeOf(client.sync(copy))).toBe('rolled-back')
    expect(await contentsOf(copy)).toEqual(before)
    await front.close()
    await older.remove()
  })

  test('in a folder stays inside of it', async () => {
    const copy = folderCopy('/nowhere')
    for (const path of ['/../x', '/a/../../x', 'x', '/a\\b', '/./x'])
      await expect(copy.put(path, new Uint8Array())).rejects.toThrow('cannot be kept')
  })
})
