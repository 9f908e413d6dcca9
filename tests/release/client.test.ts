import type { ManifestEntry } from 'content-schemas'
import { type Client, type Copy, createClient } from 'content-schemas/client'
import { paths } from 'pipeline/channels/addresses.ts'
import { createKey, signerOf } from 'pipeline/release/sign.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

class MemoryCopy implements Copy {
  readonly files = new Map<string, { entry: ManifestEntry; bytes: Uint8Array }>()
  number = 0
  puts = 0
  release = async () => this.number
  paths = async () => new Map([...this.files].map(([path, { entry }]) => [path, entry.object]))
  put = async (path: string, entry: ManifestEntry, bytes: Uint8Array) => {
    this.puts += 1
    this.files.set(path, { entry, bytes })
  }
  remove = async (path: string) => void this.files.delete(path)
  complete = async (release: number) => {
    this.number = release
  }
}
const contentsOf = (copy: MemoryCopy) =>
  Object.fromEntries([...copy.files].map(([path, { entry }]) => [path, entry.object]).sort())
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

  test('trusts the keys it was given, and those they announce', async () => {
    expect(await codeOf(clientOf({ keys: ['another'] }).release())).toBe('forged')
    const forged = await workspace(publication, { signer: await signerOf([await createKey()]) })
    await forged.reconcile()
    const other = createFront({ store: forged.store })
    const address = `http://127.0.0.1:${await other.listen(0)}`
    expect(await codeOf(clientOf({ site: address }).release())).toBe('forged')
    await other.close()
    await forged.remove()
  })

  test('goes on with a new key that the old one announced, and refuses it when it missed that', async () => {
    const [old, next] = [await createKey(), await createKey()]
    const rotating = await workspace(publication, { signer: await signerOf([old]) })
    await rotating.reconcile()
    const other = createFront({ store: rotating.store, interval: 5 })
    const address = `http://127.0.0.1:${await other.listen(0)}`
    const trusted = [(await signerOf([old])).kid]
    const [follows, sleeps] = [clientOf({ site: address, keys: trusted }), clientOf({ site: address, keys: trusted })]
    await Promise.all([follows.release(), sleeps.release()])
    const change = async (...keys: Parameters<typeof signerOf>[0]) => {
      const { release } = await rotating.reconcile({ signer: await signerOf(keys) })
      while (other.release() < release) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    await change(old, next)
    const { keys } = await follows.release()
    expect(keys).toEqual([...trusted, (await signerOf([next])).kid])
    await change(next)
    expect((await follows.release()).keys).toEqual([keys[1]])
    expect(await codeOf(sleeps.release())).toBe('forged')
    expect(await codeOf(clientOf({ site: address, keys: [keys[1]!] }).release())).toBeUndefined()
    await other.close()
    await rotating.remove()
  })

  test('refuses an older release, other bytes and other fields, and tells a stale one', async () => {
    expect(await codeOf(clientOf({ seen: 99 }).release())).toBe('rolled-back')
    expect(await codeOf(clientOf({ now: () => new Date('2027-01-01') }).release())).toBe('stale')
    const meddling =
      (path: RegExp, change: (text: string) => string): typeof fetch =>
      async (address, init) => {
        const response = await fetch(address, init)
        return path.test(String(address)) ? new Response(change(await response.text()), response) : response
      }
    const release = await clientOf().release()
    const swapping = clientOf({ fetch: meddling(/objects/, (text) => `${text} `) })
    expect(await codeOf(swapping.file(release, paths.feed('en')))).toBe('swapped')
    const lying = clientOf({ fetch: meddling(/index\.json/, (text) => text.replace('"release":', '"release":1')) })
    expect(await codeOf(lying.release())).toBe('forged')
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
  test('follows what is published at the cost of what changed, and equals a fresh one', async () => {
    const client = clientOf()
    const copy = new MemoryCopy()
    await client.sync(copy)
    const whole = copy.puts
    await client.sync(copy)
    expect(copy.puts).toBe(whole)

    await released(() => publication.publish(article({ uid: uid(101), slug: 'a-1', title: 'Changed' })))
    await released(() => publication.publish(article({ uid: uid(102), slug: 'renamed', title: 'Title 2' })))
    await released(() => publication.end(uid(103), 'en', 'withdraw'))
    await client.sync(copy)
    expect(copy.puts - whole).toBeLessThan(whole)
    const fresh = new MemoryCopy()
    await clientOf().sync(fresh)
    expect(contentsOf(copy)).toEqual(contentsOf(fresh))
  })

  test('that is too old for the log is compared as a whole', async () => {
    const copy = new MemoryCopy()
    await clientOf().sync(copy)
    copy.number = 0
    copy.files.set('/gone', copy.files.get(paths.feed('en'))!)
    copy.puts = 0
    await clientOf().sync(copy)
    expect([copy.files.has('/gone'), copy.puts]).toEqual([false, 0])
  })
})
