import { cp, link, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { conformsAsStore, indexOf } from './store-conformance.ts'

const folders: string[] = []
const temporaryFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-store-'))
  folders.push(folder)
  return folder
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

conformsAsStore('a folder', async () => {
  const folder = await temporaryFolder()
  return { open: () => openFilesystemStore(folder) }
})

describe('a swap that was interrupted', () => {
  /** The folder as a writer leaves it that was killed after it claimed release 2. */
  async function claimed(): Promise<string> {
    const folder = await temporaryFolder()
    const store = await openFilesystemStore(folder)
    await store.swapIndex(indexOf(1), 0)
    await writeFile(join(folder, 'staged', 'after-1-killed.tmp'), JSON.stringify(indexOf(2)))
    await link(join(folder, 'staged', 'after-1-killed.tmp'), join(folder, 'releases', 'after-1.json'))
    return folder
  }

  test('is finished by the next writer, whose own release is then refused', async () => {
    const store = await openFilesystemStore(await claimed())
    expect((await store.readIndex())?.release).toBe(1)
    expect(await store.swapIndex(indexOf(2, 'other'), 1)).toBe(false)
    expect(await store.readIndex()).toEqual(indexOf(2))
    expect(await store.swapIndex(indexOf(3), 2)).toBe(true)
  })

  test('cannot be finished late: the index does not go back', async () => {
    const folder = await claimed()
    const store = await openFilesystemStore(folder)
    await store.swapIndex(indexOf(2, 'other'), 1)
    await store.swapIndex(indexOf(3), 2)
    const late = rename(join(folder, 'staged', 'after-1-killed.tmp'), join(folder, 'index.json'))
    await expect(late).rejects.toThrow('ENOENT')
    expect((await store.readIndex())?.release).toBe(3)
  })

  test('cannot be begun late: what it staged is cleared away with the claims of its time', async () => {
    const folder = await temporaryFolder()
    const store = await openFilesystemStore(folder)
    await writeFile(join(folder, 'staged', 'after-0-slow.tmp'), JSON.stringify(indexOf(1, 'slow')))
    for (let release = 1; release <= 4; release++) await store.swapIndex(indexOf(release), release - 1)
    await store.forgetIndexes(1)
    expect(await readdir(join(folder, 'staged'))).toEqual([])
  })

  test('in a copy that has the claim only is finished from it', async () => {
    const folder = await claimed()
    await rm(join(folder, 'staged', 'after-1-killed.tmp'))
    const copy = await temporaryFolder()
    await cp(folder, copy, { recursive: true })
    const store = await openFilesystemStore(copy)
    expect(await store.swapIndex(indexOf(2, 'other'), 1)).toBe(false)
    expect((await store.readIndex())?.release).toBe(2)
  })

  test('leaves an index that is one whole JSON text', async () => {
    const folder = await claimed()
    await (await openFilesystemStore(folder)).swapIndex(indexOf(9), 1)
    expect(JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'))).toEqual(indexOf(2))
  })
})

test('an object cut short by a power cut is written again', async () => {
  const folder = await temporaryFolder()
  const store = await openFilesystemStore(folder)
  const hash = await store.putObject(Buffer.from('whole'))
  await writeFile(join(folder, 'objects', hash.slice(0, 2), hash), '')
  await store.putObject(Buffer.from('whole'))
  expect(Buffer.from((await store.readObject(hash))!).toString()).toBe('whole')
})
