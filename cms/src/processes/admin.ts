import { createServer } from 'node:http'
import { join } from 'node:path'
import type { Environment } from '../environment.ts'
import { adminBuild, buildMemory } from './admin-build.ts'
import { clearAdminState, writeAdminState } from './admin-state.ts'
import { endWithSupervisor, tell, untilDatabaseReady } from './lifeline.ts'

/**
 * The admin process: builds the admin if its sources changed, then serves it on a port of this machine only, which
 * the front passes requests on to. Ends when it is told to, with the build it may be in.
 */
export async function runAdmin(environment: Environment, port: number): Promise<void> {
  const build = adminBuild(environment.root)
  let stopServing = () => {}
  endWithSupervisor(async () => {
    await build.stop()
    stopServing()
    await clearAdminState(environment.dataDir)
  })
  await buildAdmin(environment, build)
  await untilDatabaseReady()
  stopServing = await serveAdmin(environment, port)
  await clearAdminState(environment.dataDir)
  tell({ type: 'ready' })
}

async function buildAdmin({ dataDir }: Environment, build: ReturnType<typeof adminBuild>): Promise<void> {
  const isCached = await build.isCached()
  if (!isCached) sayHowMuch()
  const since = Date.now()
  const seconds = () => Math.round((Date.now() - since) / 1000)
  const state = (step: string) => writeAdminState(dataDir, { step, since: new Date(since).toISOString() })
  let step = 'Starting'
  await state(step)
  const beat = setInterval(() => {
    if (!isCached && seconds() % 15 === 0)
      tell({ type: 'progress', text: `Building the admin: ${step} (${seconds()} s)` })
  }, 1000)
  try {
    await build.run((line) => {
      const said = stepOf(line)
      if (!said || said === step) return
      step = said
      // Word for people who wait; not worth failing for.
      state(step).catch((error) => console.error(error))
    })
  } finally {
    clearInterval(beat)
  }
  if (!isCached) tell({ type: 'progress', text: `Built the admin in ${seconds()} s` })
}

function sayHowMuch(): void {
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`
  const available = process.availableMemory()
  tell({ type: 'progress', text: 'Building the admin, once for these sources: one to three minutes' })
  if (available >= buildMemory) return
  tell({
    type: 'progress',
    text:
      `That needs about ${gigabytes(buildMemory)} of memory and ${gigabytes(available)} are free: it may fail. ` +
      'Close other programs, or build on a larger machine (`npx turbo run build --filter=cms`) and copy `cms/.next` here.',
  })
}

/** What Next says it is doing, without turbo's prefix; undefined for lines that are no step. */
function stepOf(line: string): string | undefined {
  const text = line.replace(/^cms:build:\s*/, '').trim()
  return /^(Creating|Compil|✓ Compiled|Collecting|Generating|Finalizing|Running)/.test(text)
    ? text.replace(/^✓ /, '').replace(/ \.\.\.$/, '')
    : undefined
}

/** Serves the build with Next in this process, which its end therefore ends too. Resolves when it answers. */
async function serveAdmin({ root }: Environment, port: number): Promise<() => void> {
  const { default: next } = await import('next')
  const hostname = '127.0.0.1'
  const app = next({ dev: false, dir: join(root, 'cms'), hostname, port })
  await app.prepare()
  const answer = app.getRequestHandler()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, hostname, resolve)
  })
  return () => server.closeAllConnections()
}
