import { randomBytes } from 'node:crypto'
import { link, open, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The code of a system error, such as `ENOENT`; undefined for any other value. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

/** The value, or undefined when the file it comes from does not exist. */
export async function unlessMissing<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw error
  }
}

/** Gives a file a second name; false when the name is taken. One of several callers wins. */
export async function linkExclusively(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Makes written bytes, or the names in a folder, survive a power cut. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What a file is to hold; pieces are written one after the other. */
type Contents = string | Uint8Array | Iterable<string>

/** Writes a file under a name nobody else uses, in a folder that exists. Returns the path. */
export async function writeTemporary(
  folder: string,
  bytes: Contents,
  options: { mode?: number; sync?: boolean } = {},
): Promise<string> {
  const path = join(folder, `${randomBytes(12).toString('hex')}.tmp`)
  const handle = await open(path, 'wx', options.mode ?? 0o644)
  try {
    await writeFile(handle, bytes)
    if (options.sync) await handle.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  return path
}

/** Replaces a file as a whole: readers see the old bytes or the new ones, also after a power cut. */
export async function replaceFile(folder: string, name: string, bytes: Contents, mode = 0o644) {
  const temporary = await writeTemporary(folder, bytes, { mode, sync: true })
  await rename(temporary, join(folder, name))
  await syncPath(folder)
}
