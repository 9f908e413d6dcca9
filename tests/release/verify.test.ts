import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Index, Manifest, ManifestShard } from 'content-schemas'
import { compactVerify, importJWK } from 'jose'
import { paths } from 'pipeline/channels/addresses.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { createKey, openSigner, signerOf } from 'pipeline/release/sign.ts'
import { readStore, type VerifyOptions, verify } from 'pipeline/release/verify.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { article, paragraph, root, uid } from '../pipeline/documents.ts'
import { Publication, signer, workspace } from './publication.ts'

let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
const long = root(paragraph('many words '.repeat(200)))
const document = article({ uid: uid(101), slug: 'first', title: 'First', body: long })
const now = new Date('2026-05-02T00:00:00Z')

beforeEach(async () => {
  publication = new Publication()
  publication.publish(document)
  place = await workspace(publication)
  await place.reconcile()
})
afterEach(() => place.remove())

const checked = (options: VerifyOptions = {}) => verify(readStore(place.store), { now, ...options })
const refusal = async (options?: VerifyOptions) => {
  const error: { code?: string } = await checked(options).then(
    () => ({}),
    (reason) => reason,
  )
  return error.code
}
const objectFile = (hash: string) => join(place.folder, 'release', 'objects', hash.slice(0, 2), hash)
const flip = async (path: string) => {
  const bytes = await readFile(path)
  bytes[bytes.length >> 1]! ^= 1
  await writeFile(path, bytes)
}
const indexFile = () => join(place.folder, 'release', 'index.json')
const editIndex = async (change: (index: Index) => Partial<Index>) => {
  const index = JSON.parse(await readFile(indexFile(), 'utf8'))
  await writeFile(indexFile(), JSON.stringify({ ...index, ...change(index) }))
}

test('a release as it was made is whole', async () => {
  expect(await checked({ keys: [(await signer()).kid], seen: 2 })).toMatchObject({
    release: 2,
    key: (await signer()).kid,
  })
})

describe('refused is', () => {
  test('one flipped bit, in every object the release names', async () => {
    const index = (await place.store.readIndex())!
    const manifest = Manifest.parse(JSON.parse(await readFile(objectFile(index.manifest), 'utf8')))
    const objects = new Set([index.manifest, ...Object.values(manifest.shards)])
    for (const shard of Object.values(manifest.shards))
      for (const entry of Object.values(ManifestShard.parse(JSON.parse(await readFile(objectFile(shard), 'utf8')))))
        for (const hash of [entry.object, entry.br, entry.gzip]) if (hash) objects.add(hash)
    expect(objects.size).toBeGreaterThan(15)
    for (const hash of objects) {
      await flip(objectFile(hash))
      expect(await refusal(), hash).toBe('altered')
      await flip(objectFile(hash))
    }
    await checked()
  })

  test('an object in the place of another', async () => {
    const one = (await place.entry(paths.article('en', 'first', 'json')))!.object
    const other = (await place.entry(paths.feed('en')))!.object
    await copyFile(objectFile(other), objectFile(one))
    expect(await refusal()).toBe('swapped')
  })

  test('a missing object', async () => {
    await rm(objectFile((await place.entry(paths.feed('en')))!.object))
    expect(await refusal()).toBe('missing')
  })

  test.each<[string, (index: Index) => Partial<Index>]>([
    ['another number', ({ release }) => ({ release: release + 1 })],
    ['a later end', () => ({ expires: '2099-01-01T00:00:00.000Z' })],
    ['another manifest', () => ({ manifest: '0'.repeat(64) })],
    ['more keys', ({ keys }) => ({ keys: [...keys, 'mine'] })],
    ['another signature', ({ signed }) => ({ signed: `${signed.slice(0, -4)}AAAA` })],
  ])('%s than was signed', async (_, change) => {
    await editIndex(change)
    expect(await refusal()).toBe('forged')
  })

  test('a release signed with a key of the forger’s own, once the owner’s is known', async () => {
    const forger = await signerOf([await createKey()])
    const { signed: _, ...payload } = (await place.store.readIndex())!
    const forged = await forger.sign({ ...payload, keys: forger.kids })
    await writeFile(indexFile(), JSON.stringify(forged))
    expect(await refusal({ keys: [(await signer()).kid] })).toBe('forged')
    expect(await refusal()).toBe('forged')
  })

  test('a whole release of a forger, once the owner’s key is known', async () => {
    const forged = await workspace(publication, { signer: await signerOf([await createKey()]) })
    await forged.reconcile()
    const trusting = verify(readStore(forged.store), { now })
    expect(await trusting).toMatchObject({ release: 2 })
    await expect(verify(readStore(forged.store), { now, keys: [(await signer()).kid] })).rejects.toMatchObject({
      code: 'forged',
    })
    await forged.remove()
  })

  test('an older release than was seen', async () => {
    const old = await readFile(indexFile())
    publication.publish({ ...document, title: 'Newer' })
    await place.reconcile()
    await writeFile(indexFile(), old)
    expect(await refusal({ seen: 4 })).toBe('rolled-back')
    expect(await refusal()).toBeUndefined()
  })

  test('an index that is not one', async () => {
    await writeFile(indexFile(), '{"release": 1}')
    await expect(checked()).rejects.toThrow()
  })
})

test('an expired release is stale: all else was found in order', async () => {
  expect(await refusal({ now: new Date('2026-08-01T00:00:00Z') })).toBe('stale')
  await flip(objectFile((await place.entry(paths.feed('en')))!.object))
  expect(await refusal({ now: new Date('2026-08-01T00:00:00Z') })).toBe('altered')
})

test('another program verifies it with jose and the published files alone', async () => {
  const index = JSON.parse(await readFile(indexFile(), 'utf8'))
  const [key] = (await place.json(paths.keys)).keys
  const { payload, protectedHeader } = await compactVerify(index.signed, await importJWK(key, 'EdDSA'))
  expect(protectedHeader).toMatchObject({ alg: 'EdDSA', kid: index.keys[0] })
  const { signed: _, ...plain } = index
  expect(JSON.parse(new TextDecoder().decode(payload))).toEqual(plain)
})

test('a damaged store is mended by a full reconcile', async () => {
  const index = (await place.store.readIndex())!
  await flip(objectFile((await place.entry(paths.feed('en')))!.object))
  await flip(objectFile(index.manifest))
  await expect(place.reconcile({ stateFolder: join(place.folder, 'other') })).rejects.toThrow('reconcile --full')
  await place.reconcile({ full: true })
  expect(await checked({ seen: index.release })).toMatchObject({ release: expect.any(Number) })
})

describe('keys', () => {
  test('are made once, for the owner only, by however many at once', async () => {
    const path = join(place.folder, 'keys', 'signing.json')
    const signers = await Promise.all(Array.from({ length: 5 }, () => openSigner(path)))
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1)
    const { stat } = await import('node:fs/promises')
    expect(((await stat(path)).mode & 0o777).toString(8)).toBe('600')
    expect(JSON.stringify(signers[0]!.jwks)).not.toContain('"d"')
  })

  test('are announced by the old one before the new one signs', async () => {
    const [old, next] = [await createKey(), await createKey()]
    await place.reconcile({ signer: await signerOf([old]) })
    await place.reconcile({ signer: await signerOf([old, next]) })
    const announced = (await place.store.readIndex())!.keys
    await place.reconcile({ signer: await signerOf([next]) })
    expect(await checked({ keys: announced })).toMatchObject({ key: announced[1] })
  })
})

test('a store on disk needs nothing but its folder', async () => {
  const again = await openFilesystemStore(join(place.folder, 'release'))
  expect(await verify(readStore(again), { now })).toMatchObject({ release: 2 })
})
