import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { bucketAt, openBucket } from 'pipeline/release/bucket.ts'
import { acquireLease } from 'pipeline/release/lease.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { s3Store } from 'pipeline/release/s3.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'
import { conformsAsStore, indexOf } from './store-conformance.ts'

const account = { accessKeyId: 'test', secretAccessKey: 'test' }
const endpoint = () => process.env.S3_TEST_URL!
const name = `signpost-${randomBytes(4).toString('hex')}`
const place = (prefix: string) => ({ ...account, endpoint: endpoint(), region: 'us-east-1', bucket: name, prefix })
/** A place of its own below the bucket of this run. */
const fresh = () => openBucket(place(`${randomBytes(6).toString('hex')}/`))
const bytes = (text: string) => new TextEncoder().encode(text)

describe('an address of a bucket', () => {
  test('names bucket, prefix, endpoint and region', () => {
    expect(bucketAt('s3://guides/live/v1?endpoint=https://s3.example.org&region=eu-west-2')).toEqual({
      ...{ bucket: 'guides', prefix: 'live/v1/', endpoint: 'https://s3.example.org', region: 'eu-west-2' },
    })
    expect(bucketAt('s3://guides')).toEqual({
      ...{ bucket: 'guides', prefix: '', endpoint: 'https://s3.us-east-1.amazonaws.com', region: 'us-east-1' },
    })
  })

  test.each([
    ['s3://ab', 'names no bucket'],
    ['s3://guides?region=x&style=path', '`style`'],
    ['s3://guides?endpoint=s3.example.org', 'no origin'],
    ['s3://guides/a b', 'prefix'],
  ])('%s is refused', (address, reason) => {
    expect(() => bucketAt(address)).toThrow(reason)
  })
})

describe.skipIf(lacks('s3'))('on a server that speaks S3', () => {
  beforeAll(async () => {
    const { AwsClient } = await import('aws4fetch')
    const client = new AwsClient({ ...account, service: 's3', region: 'us-east-1' })
    expect((await client.fetch(`${endpoint()}/${name}`, { method: 'PUT' })).ok).toBe(true)
  })

  conformsAsStore('a bucket', async () => {
    const { prefix } = place(`${randomBytes(6).toString('hex')}/`)
    return { open: async () => s3Store(openBucket(place(prefix))) }
  })

  test('lists page by page', async () => {
    const bucket = fresh()
    for (let number = 0; number < 7; number++) await bucket.put(`x/${number}`, bytes('x'))
    const found: string[] = []
    for await (const { key } of bucket.list('x/', 3)) found.push(key)
    expect(found).toEqual([0, 1, 2, 3, 4, 5, 6].map((number) => `x/${number}`))
  })

  test('a bucket that is not there is an error, not an empty store', async () => {
    const store = s3Store(openBucket({ ...place(''), bucket: 'none-of-that-name' }))
    await expect(store.readIndex()).rejects.toThrow('404 NoSuchBucket. Check `STORE_URL`')
    await expect(store.swapIndex(indexOf(1), 0)).rejects.toThrow('NoSuchBucket')
    await store.putObject(bytes('x'))
    await expect(store.sync()).rejects.toThrow('NoSuchBucket')
  })

  test('a server that is not there is named', { timeout: 20_000 }, async () => {
    const bucket = openBucket({ ...place(''), endpoint: 'http://127.0.0.1:9' })
    await expect(bucket.get('x')).rejects.toThrow('cannot be reached')
  })

  test('a swap whose answer was lost counts as done, and one that another made does not', async () => {
    const bucket = fresh()
    const forgetful = s3Store({
      ...bucket,
      put: async (key, body, condition) => {
        const etag = await bucket.put(key, body, condition)
        // The answer was lost, the request sent again: now its condition does not hold.
        return key === 'index.json' && etag !== undefined ? bucket.put(key, body, condition) : etag
      },
    })
    expect(await forgetful.swapIndex(indexOf(1, 'own'), 0)).toBe(true)
    const overtaken = s3Store({
      ...bucket,
      put: async (key, body, condition) => {
        if (key === 'index.json') await s3Store(bucket).swapIndex(indexOf(2, 'other'), 1)
        return bucket.put(key, body, condition)
      },
    })
    expect(await overtaken.swapIndex(indexOf(2, 'own'), 1)).toBe(false)
    expect((await overtaken.readIndex())?.signed).toBe('other')
  })

  test('an index that was forgotten is not brought back by a writer far behind', async () => {
    const bucket = fresh()
    const store = s3Store(bucket)
    await store.swapIndex(indexOf(1), 0)
    let isHeld = true
    const slow = s3Store({
      ...bucket,
      put: async (key, body, condition) => {
        if (isHeld) {
          isHeld = false
          for (let release = 2; release <= 4; release++) await store.swapIndex(indexOf(release), release - 1)
          await store.forgetIndexes(1)
        }
        return bucket.put(key, body, condition)
      },
    })
    expect(await slow.swapIndex(indexOf(2, 'late'), 1)).toBe(false)
    expect((await store.recentIndexes()).map(({ release }) => release)).toEqual([4])
  })

  test('work of two machines is done one after the other', async () => {
    const bucket = fresh()
    const log: string[] = []
    const [one, two] = [s3Store(bucket), s3Store(bucket)]
    const work = (store: typeof one, mark: string) =>
      store.exclusively(async () => {
        await store.putObject(bytes(mark))
        log.push(`${mark} begins`)
        await sleep(300)
        await store.putObject(bytes(`${mark} again`))
        log.push(`${mark} ends`)
      })
    await Promise.all([work(one, 'one'), work(two, 'two'), work(one, 'one')])
    for (let at = 0; at < log.length; at += 2) expect(log[at + 1]).toBe(log[at]!.replace('begins', 'ends'))
  })

  test('a machine that died is followed by another, and one that slept is told', async () => {
    const bucket = fresh()
    const options = { purpose: 'a test', wait: 5000, patience: 600 }
    // The first shows no sign of life for as long as this test takes.
    const asleep = await acquireLease(bucket, 'lease.json', { ...options, patience: 1e6 })
    await expect(acquireLease(bucket, 'lease.json', { ...options, patience: 1e6, wait: 0 })).rejects.toThrow(
      'a test on',
    )
    const next = await acquireLease(bucket, 'lease.json', options)
    next.confirm()
    await asleep.release()
    expect(() => asleep.confirm()).toThrow('lost its right')
    next.confirm()
    await sleep(900)
    next.confirm()
    await next.release()
    await (await acquireLease(bucket, 'lease.json', { ...options, wait: 0 })).release()
  })

  test('a release is the same as in a folder, and whole', async () => {
    const publication = new Publication()
    for (let number = 1; number <= 4; number++)
      publication.publish(article({ uid: uid(100 + number), slug: `a-${number}`, title: `Title ${number}` }))
    const folder = await workspace(publication)
    const bucket = s3Store(fresh())
    const inBucket = { ...folder.options, store: bucket, stateFolder: `${folder.folder}/state-s3` }
    await folder.reconcile()
    await reconcile(inBucket)
    publication.end(uid(102), 'en', 'withdraw')
    await folder.reconcile()
    await reconcile(inBucket)
    expect(await bucket.readIndex()).toEqual(await folder.store.readIndex())
    expect(await verify(readStore(bucket), { now: new Date('2026-05-02') })).toMatchObject({
      release: expect.any(Number),
    })
    await folder.remove()
  })

  test('machines that reconcile at once make every release once, and lose none', async () => {
    const publication = new Publication()
    const bucket = fresh()
    const machines = await Promise.all([1, 2, 3].map(() => workspace(publication)))
    for (let round = 1; round <= 3; round++) {
      publication.publish(article({ uid: uid(101), slug: 'one', title: `Round ${round}` }))
      await Promise.all(machines.map(({ options }) => reconcile({ ...options, store: s3Store(bucket) })))
    }
    const store = s3Store(bucket)
    await verify(readStore(store), { now: new Date('2026-05-02') })
    const releases = (await store.recentIndexes()).map(({ release }) => release)
    expect(releases).toEqual(releases.map((_, at) => releases.length - at))
    await Promise.all(machines.map((machine) => machine.remove()))
  })
})
