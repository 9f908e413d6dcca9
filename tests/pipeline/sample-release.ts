import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ManifestEntry } from 'content-schemas'
import { channels } from 'pipeline/channels/index.ts'
import { clockAt } from 'pipeline/clock.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { folderSource } from 'pipeline/sources/folder.ts'
import { signer } from '../release/publication.ts'
import { sampleDir } from './sample-folder.ts'

/** The whole sample as a release, through every channel; only the typesetter is a stand-in. */
export type SampleRelease = {
  /** Every public path. */
  entries: Map<string, ManifestEntry>
  text(path: string): Promise<string>
  /** The bytes of a hash. */
  object(hash: string): Promise<Uint8Array>
  json(path: string): Promise<unknown>
  remove(): Promise<void>
}

export async function releaseSample(): Promise<SampleRelease> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-sample-'))
  const store = await openFilesystemStore(join(folder, 'release'))
  const clock = clockAt('2026-05-01T12:00:00.000Z')
  await reconcile({
    store,
    clock,
    source: folderSource(sampleDir, { clock }),
    signer: await signer(),
    channels,
    version: 'test',
    stateFolder: join(folder, 'state'),
    typeset: async () => new TextEncoder().encode('%PDF'),
    rescan: true,
  })
  const entries = new Map((await readPaths(store, await store.readIndex())).entries())
  const text = async (path: string) => {
    const entry = entries.get(path)
    if (!entry) throw new Error(`The release of the sample has nothing at ${path}.`)
    return new TextDecoder().decode(await store.readObject(entry.object))
  }
  const object = async (hash: string) => {
    const bytes = await store.readObject(hash)
    if (!bytes) throw new Error(`The release of the sample has no object ${hash}.`)
    return bytes
  }
  return {
    entries,
    text,
    object,
    json: async (path) => JSON.parse(await text(path)),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
