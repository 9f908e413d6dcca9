import type { Changes, Index, IndexPayload } from 'content-schemas'
import { paths as addresses } from '../channels/addresses.ts'
import type { RenderedFile } from '../channels/channel.ts'
import { changesFile, firstOfLog, hundredFile } from './change-log.ts'
import type { Draft } from './draft.ts'
import type { Paths } from './manifest.ts'
import type { Signer } from './sign.ts'
import type { Store } from './store.ts'

/** How long an index is good, and when it is signed again; milliseconds. */
const indexLifetime = 60 * 86_400_000
const resignAfter = indexLifetime / 2

/** Whether an index has to be signed again: it is half through its time, or other keys are to be announced. */
export const mustSign = (index: Index, signer: Signer, at: Date): boolean =>
  at.getTime() - Date.parse(index.at) > resignAfter || index.keys.join() !== signer.kids.join()

export type Sealed = { index: Index; paths: Paths }

/**
 * Makes a release of a draft, all but its publication: its change file, its manifest, its signed index. The caller brings
 * the objects to rest and swaps the index.
 */
export async function seal(
  { store, signer }: { store: Store; signer: Signer },
  before: { index: Index | undefined; paths: Paths },
  {
    draft,
    changes,
    release,
    at,
  }: {
    draft: Draft
    changes: ReadonlyMap<string, Changes['changes'][number]>
    release: number
    at: Date
  },
): Promise<Sealed> {
  const hundred = await hundredFile(store, before, release)
  if (hundred) await draft.put(hundred)
  await draft.put(changesFile(changes, draft, { release, at: at.toISOString() }))
  const { manifest, paths } = await before.paths.write(store, draft.changed)
  const log = { first: firstOfLog(before, release), last: release }
  const payload: IndexPayload = {
    release,
    at: at.toISOString(),
    expires: new Date(at.getTime() + indexLifetime).toISOString(),
    manifest,
    changes: log,
    keys: signer.kids,
  }
  return { index: await signer.sign(payload), paths }
}

/** The keys that sign, for consumers. */
export const keysFile = ({ jwks }: Signer): RenderedFile => ({
  path: addresses.keys,
  type: 'application/json; charset=utf-8',
  body: `${JSON.stringify(jwks)}\n`,
})
