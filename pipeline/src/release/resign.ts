import { join } from 'node:path'
import type { Changes, Index, ManifestEntry } from 'content-schemas'
import { paths as addresses } from '../channels/addresses.ts'
import type { RenderedFile } from '../channels/channel.ts'
import { type Clock, systemClock } from '../clock.ts'
import { openJournal } from './journal.ts'
import { acquireLock } from './lock.ts'
import { readPaths } from './manifest.ts'
import { keysFile, lockWait, markOf, payloadOf, resignAfter } from './reconcile.ts'
import type { Signer } from './sign.ts'
import type { Store } from './store.ts'

export type ResignOptions = {
  store: Store
  signer: Signer
  /** The folder of the reconciler, so that it knows its release again; one that is empty does no harm. */
  stateFolder: string
  clock?: Clock
  /** Sign also when the index is good for long, and its keys are those of the signer. */
  force?: boolean
}

/**
 * Signs the index anew, as the next release with the same content: for places where no worker does it, such as a static
 * host. Needs the store and the key alone. Undefined if it is not due: before half of the time, with the same keys.
 */
export async function resign(options: ResignOptions): Promise<Index | undefined> {
  const lock = await acquireLock(join(options.stateFolder, 'lock'), { purpose: 'signing the release', wait: lockWait })
  try {
    return await options.store.exclusively(() => resignNow(options))
  } finally {
    await lock.release()
  }
}

async function resignNow({ store, signer, stateFolder, clock = systemClock, force }: ResignOptions) {
  const before = await store.readIndex()
  if (!before) throw new Error('There is no release to sign. Make one with `signpost reconcile`.')
  const at = clock.now()
  const isDue = at.getTime() - Date.parse(before.at) > resignAfter || before.keys.join() !== signer.kids.join()
  if (!isDue && !force) return undefined
  const release = before.release + 1
  const paths = await readPaths(store, before)
  const changed = new Map<string, ManifestEntry>()
  const keys = await entryOf(store, keysFile(signer), at)
  if (paths.get(addresses.keys)?.object !== keys.object) changed.set(addresses.keys, keys)
  const set = Object.fromEntries([...changed].map(([path, { object }]) => [path, object]))
  const log: Changes = { release, at: at.toISOString(), changes: [], paths: { set, removed: [] } }
  const path = addresses.changes(release)
  changed.set(path, await entryOf(store, { ...keysFile(signer), path, body: `${JSON.stringify(log)}\n` }, at))
  const { manifest } = await paths.write(store, changed)
  const first = paths.get(addresses.changes(before.release)) ? before.changes.first : release
  const index = await signer.sign(
    payloadOf({ release, manifest, changes: { first, last: release }, keys: signer.kids }, at),
  )
  await carryOn(stateFolder, before, index)
  await store.sync()
  if (await store.swapIndex(index, before.release)) return index
  throw new Error('Another process made a release meanwhile, and signed it. Nothing is left to do.')
}

/** What the reconciler remembers of the release before is true of this one. */
async function carryOn(stateFolder: string, before: Index, index: Index): Promise<void> {
  const journal = await openJournal(stateFolder)
  const state = await journal.load(markOf(before))
  const nothing = { documents: new Map(), problems: new Map(), lists: new Map() }
  if (state) await journal.append(state, nothing, markOf(index))
}

async function entryOf(store: Store, { type, body }: RenderedFile, at: Date): Promise<ManifestEntry> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return {
    object: await store.putObject(bytes),
    type,
    bytes: bytes.length,
    status: 200,
    modified: at.toISOString(),
  }
}
