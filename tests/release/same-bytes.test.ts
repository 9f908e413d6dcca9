import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { ManifestEntry } from 'content-schemas'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import type { Store } from 'pipeline/release/store.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { filesIn } from './publication.ts'

/* The database of an installation is nothing that readers could notice: equal acts make equal bytes. */

const program = fileURLToPath(new URL('same-acts.ts', import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const databases = { SQLite: 'sqlite', MongoDB: 'mongodb' } as const

/** Runs the acts on a database, in a process of its own: one can have one installation only. */
const runOn = (database: string, folder: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--conditions=production', '--import', loader, program, folder], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, SIGNPOST_TEST_DATABASE: database },
    })
    let said = ''
    child.stderr.on('data', (chunk) => {
      said += chunk
    })
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`On ${database}: ${said}`))))
  })

type Entries = Map<string, ManifestEntry>

/** The first path, of the first release, at which two stores differ: what each of them has there. */
async function firstDifference([one, other]: [Store, Store]): Promise<string | undefined> {
  const [indexes, others] = [await one.recentIndexes(), await other.recentIndexes()]
  for (const index of indexes.reverse()) {
    const same = others.find(({ release }) => release === index.release)
    const [ours, theirs] = await Promise.all([entriesOf(one, index), entriesOf(other, same)])
    for (const path of [...new Set([...ours.keys(), ...theirs.keys()])].sort()) {
      const [here, there] = [ours.get(path), theirs.get(path)]
      if (JSON.stringify(here) === JSON.stringify(there)) continue
      const texts = await Promise.all([textOf(one, here), textOf(other, there)])
      return `release ${index.release}, ${path}\n${around(texts[0] === texts[1] ? [here, there].map((entry) => JSON.stringify(entry)) : texts)}`
    }
  }
  return undefined
}

const entriesOf = async (store: Store, index: Parameters<typeof readPaths>[1]): Promise<Entries> =>
  new Map((await readPaths(store, index)).entries())

async function textOf(store: Store, entry: ManifestEntry | undefined): Promise<string> {
  const bytes = entry && (await store.readObject(entry.object))
  return bytes ? new TextDecoder().decode(bytes) : 'nothing'
}

/** What stands around the first character in which texts differ. */
function around(texts: (string | undefined)[]): string {
  const [one = '', other = ''] = texts
  let at = 0
  while (at < one.length && one[at] === other[at]) at += 1
  const names = Object.keys(databases)
  return [one, other].map((text, index) => `${names[index]}: …${text.slice(Math.max(0, at - 80), at + 80)}…`).join('\n')
}

const payloadOf = (signed: string): unknown => JSON.parse(Buffer.from(signed.split('.')[1]!, 'base64url').toString())

describe.skipIf(lacks('mongodb'))('the same acts at the same times, on SQLite and on MongoDB', () => {
  let folder: string
  const folderOf = (database: string) => join(folder, database, 'release')
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'signpost-bytes-'))
    await Promise.all(Object.values(databases).map((database) => runOn(database, join(folder, database))))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('make the same releases: index, signature, every path and every object', async () => {
    const [one, other] = await Promise.all([
      openFilesystemStore(folderOf(databases.SQLite)),
      openFilesystemStore(folderOf(databases.MongoDB)),
    ])
    expect(await firstDifference([one, other])).toBeUndefined()
    const [index, same] = [(await one.readIndex())!, (await other.readIndex())!]
    expect(payloadOf(same.signed)).toEqual(payloadOf(index.signed))
    const [files, others] = await Promise.all([folderOf(databases.SQLite), folderOf(databases.MongoDB)].map(filesIn))
    expect(Object.keys(others!)).toEqual(Object.keys(files!))
    expect(Object.keys(files!).filter((name) => files![name] !== others![name])).toEqual([])
  })

  test('hold whatever may become of a document', async () => {
    const store = await openFilesystemStore(folderOf(databases.SQLite))
    const acts = new Set<string>()
    for (const [path, entry] of await entriesOf(store, await store.readIndex()))
      if (/^\/v1\/changes\/\d+\.json$/.test(path))
        for (const { act } of JSON.parse(await textOf(store, entry)).changes) acts.add(act)
    const all = ['correct', 'gone', 'publish', 'purge', 'record', 'redirect', 'state', 'withdraw']
    expect([...acts].sort()).toEqual(all)
  })
})
