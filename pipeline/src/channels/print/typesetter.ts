import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import type { TypesetJob } from '../channel.ts'
import { type CompilerInUse, loadCompiler } from './compilers.ts'

/*
 * One child of the render pool. The pool starts this file; it typesets the documents it is sent, one after the other.
 */

/** What the pool sends. */
export type Order = { job: TypesetJob }
/** What a child answers: once which compiler it loaded, then a PDF or a reason to each order. */
export type Answer = { ready: CompilerInUse } | { pdf: Uint8Array } | { refused: string }

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

process.on('message', ({ job }: Order) => {
  try {
    answer({ pdf: typeset(job) })
  } catch (error) {
    answer({ refused: error instanceof Error ? error.message : String(error) })
  }
})
answer({ ready: inUse })
