import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../identity.ts'
import type { Delivery, Outgoing } from './delivery.ts'

/**
 * Writes the message to a folder as an `.eml` file that any mail program opens: whole or not at all. The file is named
 * by its bytes, so the same message twice is one file, and the name tells nothing of the reader.
 */
export async function deliverToOutbox({ raw }: Outgoing, folder: string): Promise<Delivery> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, `${sha256(raw).slice(0, 32)}.eml`)
  const temporary = `${file}.${process.pid}.part`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await handle.writeFile(raw)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  return { state: 'sent', stage: 'content', file }
}
