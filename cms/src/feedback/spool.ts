import { mkdir, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile, unlessMissing } from 'pipeline/release/files.ts'
import { Answer } from './answer.ts'

/*
 * From the front, which takes what readers answer and knows no database, to the worker on the same machine: one file an
 * answer, whole or not there, removed once its row is stored. Its id is that of the row, so nothing is stored twice.
 */

/** Answers that wait at most, for a worker that does not come; what is more is refused. */
const most = 1000

const folderIn = (dataDir: string) => join(dataDir, 'feedback')
const ending = '.json'

/** Keeps an answer for the worker; false when too many wait. */
export async function keepAnswer(dataDir: string, answer: Answer): Promise<boolean> {
  const folder = folderIn(dataDir)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if ((await readdir(folder)).length >= most) return false
  await replaceFile(folder, answer.id + ending, JSON.stringify(answer), 0o600)
  return true
}

/** Gives each answer that waits to `take`, and removes it once that has resolved. Resolves to how many there were. */
export async function emptySpool(dataDir: string, take: (answer: Answer) => Promise<void>): Promise<number> {
  const folder = folderIn(dataDir)
  const names = ((await unlessMissing(readdir(folder))) ?? []).filter((name) => name.endsWith(ending))
  for (const name of names.sort()) {
    const text = await unlessMissing(readFile(join(folder, name), 'utf8'))
    const answer = text === undefined ? undefined : Answer.safeParse(parsed(text)).data
    if (answer) await take(answer)
    await unlessMissing(unlink(join(folder, name)))
  }
  return names.length
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // A disk that lost it; there is nothing to store.
    return undefined
  }
}
