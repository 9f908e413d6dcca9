import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Bucket } from './bucket.ts'

/** The right to do what only one machine may do at a time. */
export type Lease = {
  /** Throws when the right may have passed to another, such as after this process was suspended. */
  confirm(): void
  release(): Promise<void>
}

export type LeaseOptions = {
  purpose: string
  /** How long to wait for another holder, milliseconds; then an error names it. */
  wait: number
  /** A holder that showed no sign of life for so long is taken for dead, milliseconds. */
  patience?: number
}

type Note = { holder: string | null; purpose: string; host: string; beat: number }

/** How often to look whether the holder is done, milliseconds. */
const lookEvery = 250

/**
 * Takes a lease: a small object that names its holder, replaced by conditional writes only. The holder rewrites it while
 * it works. Clocks of machines are never compared: who waits measures by its own clock how long the object stays the same.
 */
export async function acquireLease(bucket: Bucket, key: string, options: LeaseOptions): Promise<Lease> {
  const { purpose, wait, patience = 30_000 } = options
  const own: Note = { holder: randomUUID(), purpose, host: hostname(), beat: 0 }
  const deadline = performance.now() + wait
  let unchanged = { etag: '', since: 0 }
  for (;;) {
    const asked = performance.now()
    const found = await bucket.get(key)
    const note = found && noteOf(found.bytes)
    if (found && note?.holder === own.holder) return hold(bucket, key, own, { etag: found.etag, asked, patience })
    if (found && found.etag !== unchanged.etag) unchanged = { etag: found.etag, since: performance.now() }
    const isDead = note?.holder && performance.now() - unchanged.since > patience
    if (!found || !note?.holder || isDead) {
      const began = performance.now()
      const etag = await bucket.put(key, bytesOf(own), found ? { ifMatch: found.etag } : { ifAbsent: true })
      if (etag !== undefined) return hold(bucket, key, own, { etag, asked: began, patience })
      continue
    }
    if (performance.now() > deadline)
      throw new Error(`Another machine (${note.purpose} on ${note.host}) works on this store. Wait until it is done.`)
    await sleep(lookEvery)
  }
}

type Hold = { etag: string; asked: number; patience: number }

function hold(bucket: Bucket, key: string, own: Note, { etag: first, asked, patience }: Hold): Lease {
  let etag: string | undefined = first
  // Others count from when they saw the last beat, which is never before it was sent; a third is left for what is under way.
  let until = asked + (patience * 2) / 3
  let beating = Promise.resolve()

  const write = async (note: Note): Promise<void> => {
    if (etag === undefined) return
    const began = performance.now()
    const next = await bucket.put(key, bytesOf(note), { ifMatch: etag })
    const found = next === undefined ? await bucket.get(key) : undefined
    // The answer to a beat may get lost, and the beat be sent again: then what stands is ours all the same.
    const isOurs = found && JSON.stringify(noteOf(found.bytes)) === JSON.stringify(note)
    etag = next ?? (isOurs ? found.etag : undefined)
    if (etag !== undefined) until = began + (patience * 2) / 3
  }
  const timer = setInterval(() => {
    own.beat += 1
    // One that fails shows in `confirm` when the time is over.
    beating = beating.then(() => write({ ...own })).catch(() => undefined)
  }, patience / 3)
  timer.unref()

  return {
    confirm() {
      if (etag === undefined || performance.now() > until)
        throw new Error(
          'This machine lost its right to change the store. What it began is done again by whoever has it.',
        )
    },
    async release() {
      clearInterval(timer)
      await beating
      await write({ ...own, holder: null })
    },
  }
}

const bytesOf = (note: Note): Uint8Array => new TextEncoder().encode(JSON.stringify(note))

function noteOf(bytes: Uint8Array): Note {
  return JSON.parse(new TextDecoder().decode(bytes)) as Note
}
