import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Index } from 'content-schemas'
import { sha256 } from '../identity.ts'
import { errorCode, linkExclusively, syncPath, unlessMissing, writeTemporary } from './files.ts'
import type { Store } from './store.ts'

/*
 * objects/<2 hex>/<sha256>       bytes
 * index.json                     the index that stands
 * releases/after-<n>.json        the index that followed release n: one hard link, so one successor
 * staged/after-<n>-<random>.tmp  an index on its way: the rename that makes it index.json can happen only once
 * tmp/                           files being written
 */

/** Above this many new objects one sync of the whole file system is cheaper than one of each file. */
const syncEach = 128
/** A temporary file this old was left by a process that was killed, in milliseconds. */
const abandonedAfter = 3_600_000

/** A store in a folder, which is made if it does not exist. Any number of processes of one machine may use it. */
export async function openFilesystemStore(root: string): Promise<Store> {
  const at = (...parts: string[]) => join(root, ...parts)
  for (const folder of ['objects', 'releases', 'staged', 'tmp']) await mkdir(at(folder), { recursive: true })
  await removeAbandoned(at('tmp'))
  const objectPath = (hash: string) => at('objects', hash.slice(0, 2), hash)
  /** Their hashes, not their paths: a rebuild puts hundreds of thousands. */
  const unsynced = new Set<string>()
  let syncing = Promise.resolve()

  return {
    async putObject(bytes) {
      const hash = sha256(bytes)
      const path = objectPath(hash)
      // A power cut may have left a file cut short; one of the right length was whole when it got its name.
      const isThere = statSync(path, { throwIfNoEntry: false })?.size === bytes.length
      if (!isThere) writeObject(at('tmp'), path, bytes)
      unsynced.add(hash)
      return hash
    },
    hasObject: async (hash) => (await unlessMissing(stat(objectPath(hash)))) !== undefined,
    readObject: (hash) => unlessMissing(readFile(objectPath(hash))),
    deleteObject: (hash) => rm(objectPath(hash), { force: true }),
    async *objects() {
      for (const folder of (await readdir(at('objects'))).sort())
        for (const hash of await readdir(at('objects', folder))) {
          const found = await unlessMissing(stat(objectPath(hash)))
          if (found) yield { sha256: hash, bytes: found.size, written: found.mtime }
        }
    },
    sync() {
      // One after the other: what another call took from the set must be safe, too, before this one says so.
      syncing = syncing
        .catch(() => undefined)
        .then(() => {
          const hashes = [...unsynced]
          unsynced.clear()
          return syncObjects(root, hashes, objectPath)
        })
      return syncing
    },
    readIndex: () => readIndex(at('index.json')),
    async swapIndex(next, previous) {
      await settle(root)
      const staged = await stage(root, next, previous)
      if (((await readIndex(at('index.json')))?.release ?? 0) !== previous || !(await claim(root, staged, previous))) {
        await rm(staged, { force: true })
        return false
      }
      await finish(root, staged)
      return true
    },
    async recentIndexes() {
      const names = await claims(root)
      const indexes = await Promise.all(names.map((name) => readIndex(at('releases', name))))
      const standing = (await readIndex(at('index.json')))?.release ?? 0
      return indexes.filter((index) => index !== undefined).filter((index) => index.release <= standing)
    },
    async forgetIndexes(keep) {
      await settle(root)
      for (const name of (await claims(root)).slice(Math.max(1, keep))) {
        // What a slow writer staged goes first, so that it finds nothing to claim with.
        for (const staged of await stagedAfter(root, numberOf(name))) await rm(staged, { force: true })
        await rm(at('releases', name), { force: true })
      }
    },
    // A folder is of one machine.
    exclusively: (work) => work(),
  }
}

/*
 * The swap. To claim is to link a staged index to releases/after-<previous>.json: only one writer can, and from then on
 * its release is made. To finish is to rename the staged file to index.json: whoever does it, it happens once, and
 * always before the next release is claimed. So the index never goes back, however long a writer was held up.
 */

async function stage(root: string, index: Index, previous: number): Promise<string> {
  const temporary = await writeTemporary(join(root, 'tmp'), `${JSON.stringify(index, null, 2)}\n`, { sync: true })
  const staged = join(root, 'staged', `after-${previous}-${temporary.slice(dirname(temporary).length + 1)}`)
  await rename(temporary, staged)
  return staged
}

async function claim(root: string, staged: string, previous: number): Promise<boolean> {
  try {
    return await linkExclusively(staged, claimOf(root, previous))
  } catch (error) {
    // The staged file was cleared away, for this writer is far behind.
    if (errorCode(error) === 'ENOENT') return false
    throw error
  }
}

async function finish(root: string, staged: string): Promise<void> {
  // The claim must not be lost after the index was seen.
  await syncPath(join(root, 'releases'))
  await unlessMissing(rename(staged, join(root, 'index.json')))
  await syncPath(root)
}

/** Finishes what a writer claimed and did not live to finish. */
async function settle(root: string): Promise<void> {
  const standing = (await readIndex(join(root, 'index.json')))?.release ?? 0
  const claimed = await unlessMissing(readFile(claimOf(root, standing), 'utf8'))
  if (claimed === undefined) return
  for (const staged of await stagedAfter(root, standing))
    if ((await unlessMissing(readFile(staged, 'utf8'))) === claimed) return finish(root, staged)
  if (((await readIndex(join(root, 'index.json')))?.release ?? 0) !== standing) return
  // A copy of the folder, taken in the middle of a swap: the claim is all there is.
  await finish(root, await stage(root, Index.parse(JSON.parse(claimed)), standing))
}

const claimOf = (root: string, previous: number): string => join(root, 'releases', `after-${previous}.json`)
const numberOf = (name: string): number => Number(/^after-(\d+)/.exec(name)?.[1])

/** Names of the claims, newest first. */
const claims = async (root: string): Promise<string[]> =>
  (await readdir(join(root, 'releases'))).sort((a, b) => numberOf(b) - numberOf(a))

const stagedAfter = async (root: string, previous: number): Promise<string[]> =>
  (await readdir(join(root, 'staged')))
    .filter((name) => numberOf(name) === previous)
    .map((name) => join(root, 'staged', name))

async function readIndex(path: string): Promise<Index | undefined> {
  const text = await unlessMissing(readFile(path, 'utf8'))
  return text === undefined ? undefined : Index.parse(JSON.parse(text))
}

/** Without waiting in between: a release writes many small files, and asking for each step takes longer than the steps. */
function writeObject(folder: string, path: string, bytes: Uint8Array): void {
  const temporary = join(folder, `${randomBytes(12).toString('hex')}.tmp`)
  try {
    writeFileSync(temporary, bytes, { flag: 'wx', mode: 0o644 })
    renameInto(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}

function renameInto(temporary: string, path: string): void {
  try {
    renameSync(temporary, path)
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error
    mkdirSync(dirname(path), { recursive: true })
    renameSync(temporary, path)
  }
}

async function syncObjects(root: string, hashes: string[], pathOf: (hash: string) => string): Promise<void> {
  if (hashes.length > syncEach && (await syncFileSystem(root))) return
  if (hashes.length === 0) return
  const paths = hashes.map(pathOf)
  const folders = new Set(paths.map((path) => dirname(path)))
  // At once: the file system then writes its journal for many of them together.
  await Promise.all([...paths, ...folders, join(root, 'objects')].map(syncPath))
}

/** syncfs(2) through coreutils; false where there is none. */
async function syncFileSystem(root: string): Promise<boolean> {
  try {
    await promisify(execFile)('sync', ['--file-system', root])
    return true
  } catch {
    return false
  }
}

async function removeAbandoned(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const found = await unlessMissing(stat(join(folder, name)))
    if (found && Date.now() - found.mtimeMs > abandonedAfter) await rm(join(folder, name), { force: true })
  }
}
