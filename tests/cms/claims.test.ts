import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClaimStore } from 'cms/src/claims/claims.ts'
import { openClaims } from 'cms/src/claims/open.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

const second = 1000

/** A database of its own for this file, of the kind this suite runs on. */
function freshDatabase(folder: string): string {
  if (process.env.SIGNPOST_TEST_DATABASE !== 'mongodb') return `file:${join(folder, 'claims.sqlite')}`
  const address = new URL(process.env.MONGODB_URI ?? '')
  address.pathname = `/claims-${process.pid}-${Date.now()}`
  return address.href
}

describe('claims', () => {
  let folder: string
  let time = Date.parse('2026-03-01T09:00:00Z')
  let store: ClaimStore
  let other: ClaimStore
  let queue: string
  let queues = 0
  const clock = { now: () => new Date(time) }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-claims-'))
    const url = freshDatabase(folder)
    store = await openClaims(url, clock)
    other = await openClaims(url, clock)
  }, 30_000)
  afterAll(async () => {
    await store.close()
    await other.close()
    await rm(folder, { recursive: true })
  })
  beforeEach(() => {
    queue = `queue-${++queues}`
  })

  test('a name has one holder, and the next one a higher fence', async () => {
    const mine = await store.leases.acquire(queue, 'a', 10 * second)
    expect(mine).toMatchObject({ holder: 'a', fence: 1 })
    expect(await other.leases.acquire(queue, 'b', 10 * second)).toBeUndefined()
    time += 10 * second
    const theirs = await other.leases.acquire(queue, 'b', 10 * second)
    expect(theirs).toMatchObject({ holder: 'b', fence: 2 })
    expect(await store.leases.renew(mine!, 10 * second)).toBeUndefined()
    await store.leases.release(mine!)
    expect(await store.leases.find(queue)).toMatchObject({ holder: 'b', until: theirs!.until })
  })

  test('a renewed lease lasts longer, a released one is free at once', async () => {
    const mine = await store.leases.acquire(queue, 'a', 10 * second)
    time += 9 * second
    expect(await store.leases.renew(mine!, 10 * second)).toMatchObject({
      fence: 1,
      until: new Date(time + 10 * second),
    })
    time += 9 * second
    expect(await other.leases.acquire(queue, 'b', second)).toBeUndefined()
    await store.leases.release(mine!)
    // Who asks when it was last held gets that moment.
    expect((await other.leases.find(queue))?.until).toEqual(new Date(time))
    expect(await other.leases.acquire(queue, 'b', second)).toMatchObject({ holder: 'b', fence: 2 })
  })

  test('a lease that ran out cannot be renewed, even when nobody else took it', async () => {
    const mine = await store.leases.acquire(queue, 'a', second)
    time += second
    expect(await store.leases.renew(mine!, second)).toBeUndefined()
  })

  test('of many who want a name at the same time one gets it', async () => {
    const tries = Array.from({ length: 10 }, (_, index) =>
      (index % 2 ? store : other).leases.acquire(queue, `holder-${index}`, second),
    )
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
  })

  test('a key is queued once', async () => {
    expect(await store.claims.enqueue(queue, 'one', { issue: 1 })).toBe(true)
    expect(await other.claims.enqueue(queue, 'one', { issue: 2 })).toBe(false)
    expect(await store.claims.find(queue, 'one')).toMatchObject({
      payload: { issue: 1 },
      state: 'queued',
      attempts: 0,
    })
    expect(await store.claims.count(queue)).toMatchObject({ queued: 1, sent: 0 })
  })

  test('every row is claimed by one', async () => {
    for (let row = 0; row < 20; row++) await store.claims.enqueue(queue, `row-${row}`, { row })
    const claimed = await Promise.all(
      Array.from({ length: 25 }, (_, index) => (index % 2 ? store : other).claims.claim(queue, `h${index}`, second)),
    )
    const keys = claimed.flatMap((claim) => claim?.key ?? [])
    expect(keys).toHaveLength(20)
    expect(new Set(keys).size).toBe(20)
  }, 30_000)

  test('the row that waited longest comes first, and none before its time', async () => {
    await store.claims.enqueue(queue, 'late', null, new Date(time + 5 * second))
    await store.claims.enqueue(queue, 'soon', null, new Date(time + second))
    expect(await store.claims.claim(queue, 'a', second)).toBeUndefined()
    time += 6 * second
    expect(await store.claims.claim(queue, 'a', second)).toMatchObject({ key: 'soon' })
    expect(await store.claims.claim(queue, 'a', second)).toMatchObject({ key: 'late' })
  })

  test('a row can be claimed by its key', async () => {
    for (const key of ['one', 'two']) await store.claims.enqueue(queue, key, null)
    expect(await store.claims.claim(queue, 'a', second, 'two')).toMatchObject({ key: 'two' })
    expect(await store.claims.claim(queue, 'a', second, 'two')).toBeUndefined()
  })

  test.each(['sent', 'failed', 'uncertain', 'skipped'] as const)(
    'a row settled as %s is never claimed again',
    async (state) => {
      await store.claims.enqueue(queue, 'one', null)
      const claim = await store.claims.claim(queue, 'a', second)
      expect(await store.claims.settle(claim!, state, 'because')).toBe(true)
      time += 60 * second
      await store.claims.expire(queue)
      expect(await store.claims.find(queue, 'one')).toMatchObject({ state, reason: 'because' })
      expect(await store.claims.claim(queue, 'a', second)).toBeUndefined()
      expect(await store.claims.settle(claim!, 'sent')).toBe(false)
    },
  )

  test('a row put back waits for its time and counts its attempts', async () => {
    await store.claims.enqueue(queue, 'one', null)
    const claim = await store.claims.claim(queue, 'a', second)
    expect(await store.claims.again(claim!, new Date(time + 30 * second), '450 later')).toBe(true)
    expect(await store.claims.claim(queue, 'a', second)).toBeUndefined()
    time += 30 * second
    expect(await store.claims.claim(queue, 'b', second)).toMatchObject({ attempts: 2, fence: 2, holder: 'b' })
    expect(await store.claims.settle(claim!, 'sent')).toBe(false)
  })

  test('a claim that ran out becomes uncertain, and its late holder cannot change that', async () => {
    await store.claims.enqueue(queue, 'one', null)
    const claim = await store.claims.claim(queue, 'a', second)
    expect(await other.claims.expire(queue)).toBe(0)
    time += second
    expect(await other.claims.expire(queue)).toBe(1)
    expect(await store.claims.find(queue, 'one')).toMatchObject({
      state: 'uncertain',
      reason: expect.stringMatching(/may or may not/),
    })
    expect(await store.claims.again(claim!, new Date(time), 'late')).toBe(false)
    expect(await store.claims.claim(queue, 'b', second)).toBeUndefined()
  })
})
