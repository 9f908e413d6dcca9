import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { paths } from 'pipeline/channels/addresses.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { expect, test } from 'vitest'
import { readText } from './publication.ts'

const program = fileURLToPath(new URL('./publish-forever.ts', import.meta.url))
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** Publishes until it has said `count` numbers, and a moment longer; then kill -9. Returns the last number it said. */
const publishAndKill = (folder: string, from: number, count: number, moment: number): Promise<number> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', loader, program, folder, String(from)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
      if (said.split('\n').length > count) setTimeout(() => child.kill('SIGKILL'), moment)
    })
    child.once('close', () => resolve(Number(said.trim().split('\n').at(-1))))
  })

test('kill -9 loses nothing that was said to be in the release, and a reader never sees less than a whole one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-kill-'))
  const kills = process.env.SIGNPOST_TEST_FULL ? 50 : 4
  const moments = Array.from({ length: kills }, () => Math.floor(Math.random() * 120))
  console.log(`killed ${moments.join(', ')} ms after a release`)
  let isOver = false
  const poll = async () => {
    const store = await openFilesystemStore(join(folder, 'release'))
    for (let seen = 0; !isOver; ) {
      const index = await store.readIndex()
      if (!index) continue
      expect(index.release).toBeGreaterThanOrEqual(seen)
      seen = index.release
      expect(await readText(store, paths.article('en', 'first', 'json'))).toContain('Title')
    }
  }
  const pollers = [poll(), poll()]
  let next = 0
  for (const moment of moments) {
    const said = await publishAndKill(folder, next, 3, moment)
    const store = await openFilesystemStore(join(folder, 'release'))
    await verify(readStore(store))
    const { title } = JSON.parse((await readText(store, paths.article('en', 'first', 'json')))!)
    expect(Number(title.slice('Title '.length))).toBeGreaterThanOrEqual(said)
    next = said + 2
  }
  isOver = true
  await Promise.all(pollers)
  await rm(folder, { recursive: true })
})
