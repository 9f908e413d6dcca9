import { join } from 'node:path'
import type { Index } from 'content-schemas'
import { type Clock, systemClock } from '../clock.ts'
import { Draft } from './draft.ts'
import { noChange, openJournal } from './journal.ts'
import { acquireLock } from './lock.ts'
import { readPaths } from './manifest.ts'
import { lockWait, markOf } from './reconcile.ts'
import { keysFile, mustSign, seal } from './seal.ts'
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
  if (!mustSign(before, signer, at) && !force) return undefined
  const paths = await readPaths(store, before)
  const draft = new Draft(store, paths, at.toISOString())
  await draft.put(keysFile(signer))
  const next = { draft, changes: new Map(), release: before.release + 1, at }
  const { index } = await seal({ store, signer }, { index: before, paths }, next)
  await carryOn(stateFolder, before, index)
  await store.sync()
  if (await store.swapIndex(index, before.release)) return index
  throw new Error('Another process made a release meanwhile, and signed it. Nothing is left to do.')
}

/** What the reconciler remembers of the release before is true of this one. */
async function carryOn(stateFolder: string, before: Index, index: Index): Promise<void> {
  const journal = await openJournal(stateFolder)
  const state = await journal.load(markOf(before))
  if (state) await journal.append(state, noChange(), markOf(index))
}
