import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import { sha256 } from 'pipeline/identity.ts'
import { bucket } from './bucket.ts'
import { environment } from './environment.ts'

/*
 * Renditions of pictures by the hash of their bytes. Editions name them by it: a picture that is replaced or deleted
 * stays readable for what was published with it. With a bucket they are there, and in the folder as a copy.
 */

const keyOf = (hash: string) => `assets/${hash}`
const fileOf = (hash: string) => path.join(environment().dataDir, 'assets', hash.slice(0, 2), hash)

/** Keep bytes; returns their SHA-256. Safe before it returns. */
export async function keepAsset(bytes: Uint8Array): Promise<string> {
  const hash = sha256(bytes)
  await bucket()?.put(keyOf(hash), bytes)
  await writeCopy(hash, bytes)
  return hash
}

async function writeCopy(hash: string, bytes: Uint8Array): Promise<void> {
  const file = fileOf(hash)
  await mkdir(path.dirname(file), { recursive: true })
  const temporary = `${file}.${randomUUID()}`
  const handle = await open(temporary, 'wx')
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}

/** The bytes with this SHA-256; undefined if they are not kept. */
export async function readAsset(hash: string): Promise<Uint8Array | undefined> {
  if (!/^[0-9a-f]{64}$/.test(hash)) return undefined
  try {
    return await readFile(fileOf(hash))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  const found = await bucket()?.get(keyOf(hash))
  if (!found || sha256(found.bytes) !== hash) return undefined
  await writeCopy(hash, found.bytes)
  return found.bytes
}
