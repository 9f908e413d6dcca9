import type { Index } from 'content-schemas'
import { sha256 } from 'pipeline/identity.ts'
import type { Store } from 'pipeline/release/store.ts'
import { describe, expect, test } from 'vitest'

/** An index of a release, for stores: they look at nothing but its number. */
export const indexOf = (release: number, mark = 'a'): Index => ({
  release,
  at: '2026-05-01T00:00:00.000Z',
  expires: '2026-07-01T00:00:00.000Z',
  manifest: sha256(mark),
  changes: { first: 1, last: release },
  keys: ['key'],
  signed: mark,
})

/**
 * What every store must do. `open` opens the same store again and again: each call is another process to it;
 * `fresh` makes an empty one.
 */
export function conformsAsStore(name: string, fresh: () => Promise<{ open(): Promise<Store> }>): void {
  const bytes = (text: string) => new TextEncoder().encode(text)

  describe(`${name} as a store`, () => {
    test('keeps bytes under their hash', async () => {
      const { open } = await fresh()
      const store = await open()
      const hash = await store.putObject(bytes('hello'))
      expect(hash).toBe(sha256('hello'))
      expect(await store.hasObject(hash)).toBe(true)
      await store.sync()
      expect(Buffer.from((await (await open()).readObject(hash))!).toString()).toBe('hello')
    })

    test('keeps the empty object and the same object twice', async () => {
      const store = await (await fresh()).open()
      const hash = await store.putObject(bytes(''))
      expect(await store.putObject(bytes(''))).toBe(hash)
      expect(Buffer.from((await store.readObject(hash))!)).toHaveLength(0)
    })

    test('says that it has no object, and no index', async () => {
      const store = await (await fresh()).open()
      expect(await store.hasObject(sha256('x'))).toBe(false)
      expect(await store.readObject(sha256('x'))).toBeUndefined()
      expect(await store.readIndex()).toBeUndefined()
      expect(await store.recentIndexes()).toEqual([])
    })

    test('lists and deletes objects', async () => {
      const store = await (await fresh()).open()
      const kept = await store.putObject(bytes('kept'))
      const gone = await store.putObject(bytes('gone'))
      await store.deleteObject(gone)
      await store.deleteObject(gone)
      const found = []
      for await (const object of store.objects()) found.push(object)
      expect(found).toMatchObject([{ sha256: kept, bytes: 4 }])
      expect(found[0]!.written).toBeInstanceOf(Date)
    })

    test('replaces the index only from the release it was made after', async () => {
      const { open } = await fresh()
      const store = await open()
      expect(await store.swapIndex(indexOf(1), 0)).toBe(true)
      expect(await store.swapIndex(indexOf(1, 'other'), 0)).toBe(false)
      expect(await store.swapIndex(indexOf(7), 1)).toBe(true)
      expect(await store.swapIndex(indexOf(2), 1)).toBe(false)
      expect(await (await open()).readIndex()).toEqual(indexOf(7))
    })

    test('lets one of many writers win each release', async () => {
      const { open } = await fresh()
      const writers = await Promise.all(Array.from({ length: 8 }, open))
      for (let release = 1; release <= 5; release++) {
        const outcomes = await Promise.all(
          writers.map((store, index) => store.swapIndex(indexOf(release, `${release} ${index}`), release - 1)),
        )
        expect(outcomes.filter(Boolean)).toHaveLength(1)
        const winner = outcomes.indexOf(true)
        expect((await writers[0]!.readIndex())?.signed).toBe(`${release} ${winner}`)
      }
    })

    test('remembers recent indexes and forgets old ones', async () => {
      const { open } = await fresh()
      const store = await open()
      for (let release = 1; release <= 5; release++) await store.swapIndex(indexOf(release), release - 1)
      const releases = async () => (await store.recentIndexes()).map((index) => index.release)
      expect(await releases()).toEqual([5, 4, 3, 2, 1])
      await store.forgetIndexes(2)
      expect(await releases()).toEqual([5, 4])
      expect(await store.swapIndex(indexOf(6), 5)).toBe(true)
      expect(await store.swapIndex(indexOf(3, 'late'), 2)).toBe(false)
      expect((await store.readIndex())?.release).toBe(6)
    })
  })
}
