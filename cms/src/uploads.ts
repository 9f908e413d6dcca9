import { randomUUID } from 'node:crypto'
import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { bucket } from './bucket.ts'
import { environment } from './environment.ts'

/*
 * Pictures as they were uploaded. They never leave the CMS: readers get renditions. With a bucket they are there, below a
 * prefix that no release names, and the folder is a copy of what this machine has used.
 */

/** The folder Payload reads and writes uploads in. */
export const uploadsDir = (): string => path.join(environment().dataDir, 'uploads')

const fileOf = (name: string) => path.join(uploadsDir(), path.basename(name))
const keyOf = (name: string) => `uploads/${path.basename(name)}`

/** Sends an upload that is in the folder to the bucket, if there is one. */
export async function keepUpload(name: string): Promise<void> {
  await bucket()?.put(keyOf(name), await readFile(fileOf(name)))
}

/** Brings an upload from the bucket into the folder, if only the bucket has it. */
export async function fetchUpload(name: string): Promise<void> {
  const source = bucket()
  if (!source || (await isThere(fileOf(name)))) return
  const found = await source.get(keyOf(name))
  if (!found) return
  await mkdir(uploadsDir(), { recursive: true })
  const temporary = `${fileOf(name)}.${randomUUID()}`
  await writeFile(temporary, found.bytes)
  await rename(temporary, fileOf(name))
}

/** Puts other bytes in the place of an upload. */
export async function replaceUpload(name: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${fileOf(name)}.${randomUUID()}`
  await writeFile(temporary, bytes)
  await rename(temporary, fileOf(name))
  await keepUpload(name)
}

/** Removes an upload from the bucket; from the folder Payload does. */
export async function removeUpload(name: string): Promise<void> {
  await bucket()?.delete(keyOf(name))
}

export const readUpload = async (name: string): Promise<Uint8Array> => {
  await fetchUpload(name)
  return readFile(fileOf(name))
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  )
