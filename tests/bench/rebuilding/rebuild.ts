import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { channels } from 'pipeline/channels/index.ts'
import { clockAt } from 'pipeline/clock.ts'
import { compilePool } from 'pipeline/release/compile-pool.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { progressTo } from 'pipeline/release/progress.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { signer } from '../../release/publication.ts'
import { storedSource } from './stored.ts'

/*
 * Makes a release of a stored publication from nothing, compressed copies included, and prints what it took: seconds by
 * the clock and of processor time, and the most memory of this process (its resident set, threads included), in
 * megabytes. Run as a bundle, as the programs of an installation are.
 */
const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'))
let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage.rss())
}, 100)
const compilers = compilePool()
const began = performance.now()
await reconcile({
  store: await openFilesystemStore(join(folder, 'release')),
  source: await storedSource(process.argv[2]!),
  signer: await signer(),
  channels,
  compilers,
  version: 'bench',
  stateFolder: join(folder, 'state'),
  clock: clockAt('2026-05-01T12:00:00.000Z'),
  onProgress: progressTo((line) => console.error(`    ${line}`), 10_000),
})
const seconds = (performance.now() - began) / 1000
clearInterval(watch)
// What Linux saw at most, also between two looks.
peak = Math.max(peak, process.resourceUsage().maxRSS * 1024)
await compilers.close()
await rm(folder, { recursive: true, force: true })
const { user, system } = process.cpuUsage()
console.log(JSON.stringify({ seconds, processor: (user + system) / 1e6, peak: peak / 1e6 }))
