import { type ChildProcess, spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from './signpost.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * The sample folder, served as its writers preview it: `signpost serve cms/sample`, without CMS or database. It is a copy
 * whose published address is the one it is served at, so that links and pictures lead to it.
 */
export async function serveSample(): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort()
  const folder = await mkdtemp(join(tmpdir(), 'signpost-sample-'))
  await cp(`${root}cms/sample`, folder, { recursive: true })
  const site = await readFile(join(folder, 'site.yaml'), 'utf8')
  await writeFile(join(folder, 'site.yaml'), site.replace(/^url: .*$/m, `url: http://127.0.0.1:${port}`))
  const args = [
    '--conditions=production',
    `${root}cms/bin/signpost.mjs`,
    'serve',
    folder,
    '--port',
    `${port}`,
    '--json',
  ]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const url = await addressOf(child, ended)
  while ((await fetch(`${url}/en`)).status === 503) await new Promise((resolve) => setTimeout(resolve, 100))
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function addressOf(child: ChildProcess, ended: Promise<void>): Promise<string> {
  let printed = ''
  const line = new Promise<string>((resolve) => {
    child.stdout!.on('data', (text) => {
      printed += text
      if (printed.includes('\n')) resolve(printed)
    })
  })
  const text = await Promise.race([line, ended.then(() => undefined)])
  if (text === undefined) throw new Error(`signpost serve ended:\n${printed}`)
  return (JSON.parse(text) as { address: string }).address
}
