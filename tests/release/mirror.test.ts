import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { paths } from 'pipeline/channels/addresses.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { pull, startMirror } from 'pipeline/release/mirror.ts'
import { createKey, signerOf } from 'pipeline/release/sign.ts'
import type { Store } from 'pipeline/release/store.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { article, paragraph, root, uid } from '../pipeline/documents.ts'
import { filesIn, Publication, readText, signer, workspace } from './publication.ts'

let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
let copy: Store
let keys: string[]
const now = new Date('2026-05-02T00:00:00Z')
const document = article({ uid: uid(101), slug: 'first', title: 'First' })

beforeEach(async () => {
  publication = new Publication()
  for (let number = 1; number <= 5; number++)
    publication.publish(article({ uid: uid(100 + number), slug: number === 1 ? 'first' : `a-${number}` }))
  place = await workspace(publication)
  await place.reconcile()
  copy = await openFilesystemStore(join(place.folder, 'copy'))
  keys = [(await signer()).kid]
})
afterEach(() => place.remove())

/** A store that counts what is read of it, and may lie. */
const watched = (store: Store, answer = (_hash: string, bytes: Uint8Array | undefined) => bytes) => {
  const read: string[] = []
  const readObject = async (hash: string) => {
    read.push(hash)
    return answer(hash, await store.readObject(hash))
  }
  return { read, store: { ...store, readObject } }
}
const bring = (from: Store = place.store) => pull({ from, to: copy, keys })
const refusal = (from?: Store) =>
  bring(from).then(
    () => undefined,
    ({ code }) => code,
  )

describe('a copy', () => {
  test('is the release, whole, and follows at the cost of what changed', async () => {
    const whole = watched(place.store)
    await bring(whole.store)
    expect(await verify(readStore(copy), { now, keys })).toMatchObject({ key: keys[0] })
    expect(await bring()).toBe(0)
    publication.publish({ ...document, title: 'Changed' })
    await place.reconcile()
    const change = watched(place.store)
    expect(await bring(change.store)).toBeGreaterThan(0)
    expect(await readText(copy, paths.article('en', 'first', 'json'))).toContain('Changed')
    expect(change.read.length).toBeLessThan(whole.read.length / 2)
    expect(await verify(readStore(copy), { now, keys })).toMatchObject({ release: 4 })
  })

  test('goes on where it was interrupted', async () => {
    let left = 8
    const failing = watched(place.store, (_, bytes) => {
      left -= 1
      if (left < 0) throw new Error('The network is gone.')
      return bytes
    })
    await expect(bring(failing.store)).rejects.toThrow('network')
    expect(await copy.readIndex()).toBeUndefined()
    const rest = watched(place.store)
    await bring(rest.store)
    expect(rest.read.length).toBeGreaterThan(0)
    await verify(readStore(copy), { now, keys })
  })

  test('refuses other bytes, a lower number and other keys, and stays as it is', async () => {
    expect(
      await refusal(watched(place.store, (_, bytes) => bytes && Buffer.concat([bytes, Buffer.from(' ')])).store),
    ).toBe('altered')
    expect(await refusal(watched(place.store, () => undefined).store)).toBe('missing')
    await bring()
    const stands = await copy.readIndex()
    const forger = await workspace(publication, { signer: await signerOf([await createKey()]), above: 50 })
    await forger.reconcile()
    expect(await refusal(forger.store)).toBe('forged')
    await forger.remove()
    const older = await workspace(publication)
    publication.publish({ ...document, title: 'Changed' })
    await place.reconcile()
    await bring()
    publication.publish({ ...document, title: 'Another' })
    await older.reconcile()
    expect(await refusal(older.store)).toBe('rolled-back')
    await older.remove()
    expect((await copy.readIndex())?.release).toBeGreaterThan(stands!.release)
  })

  test('takes a new key that the old one announced', async () => {
    const { d, x } = await createKey()
    const next = { kty: 'OKP', crv: 'Ed25519', d: d!, x: x! }
    const old = await createKey()
    keys = [(await signerOf([old])).kid]
    await place.reconcile({ signer: await signerOf([old]) })
    expect(await refusal()).toBeUndefined()
    await place.reconcile({ signer: await signerOf([old, next]) })
    await bring()
    await place.reconcile({ signer: await signerOf([next]) })
    expect(await bring()).toBeGreaterThan(0)
  })

  test('loses the bytes of what was purged', async () => {
    publication.publish({ ...document, body: root(paragraph('A leaked name')) })
    await place.reconcile()
    await bring()
    const held = async () =>
      Object.values(await filesIn(join(place.folder, 'copy'))).some((file) =>
        Buffer.from(file, 'base64').includes('A leaked name'),
      )
    expect(await held()).toBe(true)
    publication.end(document.uid, 'en', 'purge')
    await place.reconcile()
    await bring()
    expect(await held()).toBe(false)
  })

  test('mends what its disk lost', async () => {
    await bring()
    const { object } = (await place.entry(paths.feed('en')))!
    await writeFile(join(place.folder, 'copy', 'objects', object.slice(0, 2), object), 'damaged')
    const { manifest } = (await copy.readIndex())!
    await copy.deleteObject(manifest)
    publication.publish({ ...document, title: 'Changed' })
    await place.reconcile()
    await bring()
    await verify(readStore(copy), { now, keys })
  })
})

test('a mirror follows, says what is wrong, and recovers', async () => {
  let isBroken = false
  const from: Store = {
    ...place.store,
    readIndex: async () => {
      if (isBroken) throw new Error('The bucket cannot be reached.')
      return place.store.readIndex()
    },
  }
  const errors: unknown[] = []
  const mirror = startMirror({ from, to: copy, keys, interval: 10, onError: (error) => errors.push(error) })
  const until = async (is: () => boolean | Promise<boolean>) => {
    while (!(await is())) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const release = async () => (await copy.readIndex())?.release ?? 0
  await until(async () => (await release()) > 0)
  expect(mirror.complaints()).toEqual([])
  isBroken = true
  await until(() => mirror.complaints().length > 0)
  expect(mirror.complaints()).toEqual(['The copy of the release does not follow: The bucket cannot be reached.'])
  publication.publish({ ...document, title: 'Changed' })
  const { release: newest } = await place.reconcile()
  isBroken = false
  await until(async () => (await release()) === newest)
  await until(() => mirror.complaints().length === 0)
  await mirror.stop()
  expect(errors).toHaveLength(1)
})
