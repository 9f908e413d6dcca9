import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channels } from 'pipeline/channels/index.ts'
import { compilePool } from 'pipeline/release/compile-pool.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { clock, Many } from '../../release/many.ts'
import { signer } from '../../release/publication.ts'

/*
 * Makes a release of many documents from nothing, compressed copies included, and prints what it took: seconds by the
 * clock and of processor time, and the most memory, threads included, in megabytes.
 */
const count = Number(process.argv[2])
const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'))
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 200)
const compilers = compilePool()
const began = performance.now()
await reconcile({
  store: await openFilesystemStore(join(folder, 'release')),
  source: new Many(count),
  signer: await signer(),
  channels,
  compilers,
  version: 'bench',
  stateFolder: join(folder, 'state'),
  clock,
})
const seconds = (performance.now() - began) / 1000
clearInterval(watch)
await compilers.close()
await rm(folder, { recursive: true, force: true })
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ seconds, processor: (user + system) / 1e6, peak: peak / 1e6 }))
