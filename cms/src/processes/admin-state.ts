import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the admin process is doing while it cannot answer yet. */
export type AdminState = { step: string; since: string }

const file = (dataDir: string) => join(dataDir, 'run', 'admin.json')

/** Leaves word for the front, which shows it in place of the admin. */
export async function writeAdminState(dataDir: string, state: AdminState): Promise<void> {
  await mkdir(join(dataDir, 'run'), { recursive: true })
  const temporary = `${file(dataDir)}.${randomUUID()}`
  await writeFile(temporary, JSON.stringify(state))
  await rename(temporary, file(dataDir))
}

export async function clearAdminState(dataDir: string): Promise<void> {
  await rm(file(dataDir), { force: true })
}

/** What the admin process is doing; undefined if it left no word. */
export async function readAdminState(dataDir: string): Promise<AdminState | undefined> {
  try {
    return JSON.parse(await readFile(file(dataDir), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
