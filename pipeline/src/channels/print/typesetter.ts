import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { TypesetJob } from '../channel.ts'
import { type CompilerInUse, loadCompiler } from './compilers.ts'
import type { DrawnPages } from './pages.ts'

/*
 * One child of the render pool. The pool starts this file; it typesets the documents it is sent, and draws the pages of
 * PDFs, one after the other.
 */

/** What the pool sends: a document to typeset, or a PDF of which so many pages are to be drawn. */
export type Order = { job: TypesetJob } | { draw: Uint8Array; most: number }
/** What a child answers: once which compiler it loaded, then what was ordered, or a reason, to each order. */
export type Answer = { ready: CompilerInUse } | { done: Uint8Array | DrawnPages } | { refused: string }

const answer = (message: Answer) => process.send?.(message)

// The typesetter is synchronous: only another thread can see that it takes too much memory, or that the pool is gone.
const watch = `
  const { workerData } = require('node:worker_threads')
  const { writeSync } = require('node:fs')
  setInterval(() => {
    const megabytes = process.memoryUsage.rss() / 2 ** 20
    if (megabytes > workerData.memory) {
      writeSync(2, 'It took more than ' + workerData.memory + ' MB of memory.')
      process.kill(process.pid, 'SIGKILL')
    }
    if (process.ppid !== workerData.parent) process.kill(process.pid, 'SIGKILL')
  }, 50)`
new Worker(watch, {
  eval: true,
  workerData: { memory: Number(process.env.SIGNPOST_TYPESET_MEMORY), parent: process.ppid },
}).unref()

process.on('disconnect', () => process.exit())
process.on('uncaughtException', (error) => {
  writeSync(2, String(error.stack))
  process.exit(1)
})

const { SIGNPOST_TYPESET_BUILD, SIGNPOST_TYPESET_FOLDER } = process.env
const build = SIGNPOST_TYPESET_BUILD as 'native' | 'wasm' | 'auto'
const { typeset, ...inUse } = await loadCompiler(build, SIGNPOST_TYPESET_FOLDER!)

// Most children never draw.
const drawn = async ({ draw, most }: { draw: Uint8Array; most: number }): Promise<DrawnPages> =>
  (await import('./pages.ts')).drawPages(draw, most)

process.on('message', async (order: Order) => {
  try {
    answer({ done: 'job' in order ? typeset(order.job) : await drawn(order) })
  } catch (error) {
    answer({ refused: error instanceof Error ? error.message : String(error) })
  }
})
answer({ ready: inUse })
