import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from 'pipeline/commands/index.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-keys-'))
  Object.assign(process.env, { DATA_DIR: folder, DATABASE_URL: '', STORE_URL: '', SIGNING_KEY: '' })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Runs a command as a process of its own would: with settings read anew. */
async function signpost(...argv: string[]) {
  vi.resetModules()
  const { keysNext, keysShow, keysSwitch } = await import('cms/src/commands/keys.ts')
  const out: string[] = []
  const note = (line: string) => void out.push(line)
  const code = await runCommand([keysShow, keysNext, keysSwitch], argv, {}, { print: note, tell: note })
  return { code, out: out.join('\n') }
}
const shown = async () => JSON.parse((await signpost('keys', 'show', '--json')).out)
/** An index as the worker signs it, with the keys it reads when it starts. */
async function release(number: number): Promise<void> {
  vi.resetModules()
  const { environment } = await import('cms/src/environment.ts')
  const { openPublication } = await import('cms/src/processes/installation.ts')
  const { signer, close } = await openPublication(environment())
  const store = await openFilesystemStore(join(folder, 'release'))
  const index = await signer.sign({
    ...{ release: number, at: '2026-06-01T00:00:00.000Z', expires: '2026-08-01T00:00:00.000Z' },
    ...{ manifest: '0'.repeat(64), changes: { first: 1, last: number }, keys: signer.kids },
  })
  expect(await store.swapIndex(index, number - 1)).toBe(true)
  await close()
}

test('a key is made, announced, and takes over no sooner', async () => {
  await release(1)
  const before = await shown()
  expect(before).toMatchObject({ next: null, announced: [before.signing] })
  expect(await signpost('keys', 'switch')).toMatchObject({ code: 1, out: expect.stringContaining('no next key') })

  expect((await signpost('keys', 'next')).code).toBe(0)
  const { next, signing } = await shown()
  expect(signing).toBe(before.signing)
  expect(next).not.toBe(signing)
  expect(await signpost('keys', 'next')).toMatchObject({ code: 1, out: expect.stringContaining('a next key already') })
  expect(await signpost('keys', 'switch')).toMatchObject({
    code: 1,
    out: expect.stringContaining('No index announces'),
  })

  await release(2)
  expect(await shown()).toMatchObject({ signing, next, announced: [signing, next] })
  expect((await signpost('keys', 'switch')).code).toBe(0)
  expect(await shown()).toMatchObject({ signing: next, next: null })
})
