import { availableParallelism } from 'node:os'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CompileJob, PackedDocument } from './compile-beside.ts'
import type { Answer, Question } from './compile-thread.ts'

export type CompilePoolOptions = {
  /** Most threads at once. Default: cores - 1, at least one. */
  size?: number
  /** Milliseconds one document may take. Default 30,000. */
  timeLimit?: number
  /** Megabytes the documents of a thread may take. Default 256. */
  memoryLimit?: number
  /** Milliseconds after which a thread with nothing to do is ended. Default 10,000. */
  idleLimit?: number
  /** The thread's file. Default: `compile-thread` beside this module, bundled or in TypeScript. */
  entry?: URL
  /** Told once, with a sentence, when no thread can be started: the caller then compiles everything. Default: standard error. */
  onUnusable?: (sentence: string) => void
}

/**
 * Compiles documents by the channels of the registry in threads, for when there are many. What a document does to its
 * thread ends that thread only.
 */
export type CompilePool = {
  /** How many documents keep every thread busy. */
  lanes: number
  /**
   * Pass 1 of a document. Undefined if it has to be compiled by the caller: it looked up more than was sent along, or no
   * thread can be started here. Rejects with a sentence when it cannot be compiled, hangs or takes too much memory.
   */
  compile(job: CompileJob): Promise<PackedDocument | undefined>
  /** Ends all threads. What is under way is rejected. */
  close(): Promise<void>
}

const unusable = (reason: string): string =>
  `Documents are compiled without threads, which takes longer: none could be started. ${reason} If a file is missing, remove the folder it should be in and start again: programs are then bundled anew.`

/** Documents a thread has at hand, so that it need not wait for the next one. */
const atHand = 3
/** How often a thread may end under a document until it is taken for the cause. */
const mostDeaths = 2
/** Megabytes of stack, of which Node keeps 192 KB: as deep as the main thread's, so that the same documents fit. */
const stackSizeMb = (984 + 192) / 1024

type Task = {
  job: CompileJob
  deaths: number
  resolve(document: PackedDocument | undefined): void
  reject(error: Error): void
}
type Settings = Required<CompilePoolOptions>

/** A compile pool. Starts no thread before the first document, and keeps no process alive by itself. */
export function compilePool(options: CompilePoolOptions = {}): CompilePool {
  const settings: Settings = {
    size: Math.max(1, availableParallelism() - 1),
    timeLimit: 30_000,
    memoryLimit: 256,
    idleLimit: 10_000,
    entry: new URL(`./compile-thread${extname(import.meta.url)}`, import.meta.url),
    onUnusable: (sentence) => process.stderr.write(`${sentence}\n`),
    ...options,
  }
  const waiting: Task[] = []
  const threads = new Set<Thread>()
  let isClosed = false
  let isUsable = true

  const assign = () => {
    for (let task = waiting[0]; task; task = waiting[0]) {
      if (!isUsable) task.resolve(undefined)
      else {
        const thread = freest(threads, task) ?? start()
        if (!thread) return
        thread.take(task)
      }
      waiting.shift()
    }
  }
  const start = (): Thread | undefined => {
    if (threads.size >= settings.size) return undefined
    const thread = startThread(settings, {
      onFree: assign,
      onEnd(left, why) {
        threads.delete(thread)
        if (isUsable && why.isUnstarted && !isClosed) {
          isUsable = false
          settings.onUnusable(unusable(why.reason))
        }
        const [guilty, ...others] = left
        waiting.unshift(...others)
        if (guilty) blame(guilty, why.reason)
        assign()
      },
    })
    threads.add(thread)
    return thread
  }
  /** A document is tried once more, alone in its thread, before it is taken for the cause. */
  const blame = (task: Task, reason: string) => {
    task.deaths += 1
    if (isClosed || (isUsable && task.deaths >= mostDeaths)) task.reject(new Error(reason))
    else waiting.unshift(task)
  }

  return {
    lanes: settings.size * atHand,
    compile: (job) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('The compile pool is closed. Open another one with compilePool().'))
        waiting.push({ job, deaths: 0, resolve, reject })
        assign()
      }),
    async close() {
      isClosed = true
      for (const task of waiting.splice(0)) task.reject(new Error('The compile pool was closed before its turn.'))
      await Promise.all([...threads].map((thread) => thread.end('The compile pool was closed.')))
    },
  }
}

type Thread = {
  /** Documents it has at hand. */
  readonly tasks: readonly Task[]
  take(task: Task): void
  end(why: string): Promise<void>
}

/** The thread with the fewest documents that may take another one; one that ended a thread needs a thread for itself. */
function freest(threads: Set<Thread>, task: Task): Thread | undefined {
  const isFree = ({ tasks }: Thread) =>
    task.deaths > 0 ? tasks.length === 0 : tasks.length < atHand && tasks.every(({ deaths }) => deaths === 0)
  return [...threads].filter(isFree).sort((a, b) => a.tasks.length - b.tasks.length)[0]
}

type Listeners = {
  onFree(): void
  /** `left` are the documents it had at hand, the one it had begun first. */
  onEnd(left: Task[], why: { reason: string; isUnstarted: boolean }): void
}

function startThread(settings: Settings, { onFree, onEnd }: Listeners): Thread {
  const isSource = settings.entry.pathname.endsWith('.ts')
  const worker = new Worker(isSource ? new URL('thread-from-source.mjs', import.meta.url) : settings.entry, {
    workerData: { entry: settings.entry.href },
    execArgv: [],
    // No secret of ours.
    env: { NODE_ENV: 'production' },
    resourceLimits: { maxOldGenerationSizeMb: settings.memoryLimit, stackSizeMb },
  })
  const tasks: Task[] = []
  let isReady = false
  let number = 0
  let reason: string | undefined
  let timer: NodeJS.Timeout | undefined
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  const end = async (why: string) => {
    reason ??= why
    await worker.terminate()
  }
  const limit = () => {
    clearTimeout(timer)
    const isIdle = tasks.length === 0
    const why = isReady
      ? `Compiling took longer than ${settings.timeLimit / 1000} s and was ended.`
      : `It took longer than ${startLimit / 1000} s to start.`
    timer = isIdle
      ? setTimeout(end, settings.idleLimit, 'It had nothing to do.')
      : setTimeout(end, isReady ? settings.timeLimit : startLimit, why)
    timer.unref()
    if (isIdle) worker.unref()
    else worker.ref()
  }
  const ask = (task: Task) => worker.postMessage({ number: number++, job: task.job } satisfies Question)

  worker.on('message', (answer: Answer) => {
    if (answer === 'ready') {
      isReady = true
      for (const task of tasks) ask(task)
      return limit()
    }
    const task = tasks.shift()!
    if ('document' in answer) task.resolve(answer.document)
    else task.reject(new Error(answer.reason))
    limit()
    onFree()
  })
  worker.once('error', (error) => {
    reason ??= isReady ? `Compiling ended its thread: ${error.message}` : `${error.message}.`
  })
  worker.once('exit', (code) => {
    clearTimeout(timer)
    onEnd(tasks.splice(0), {
      reason: reason ?? `Compiling ended its thread (exit code ${code}).`,
      isUnstarted: !isReady,
    })
  })
  limit()

  return {
    tasks,
    take(task) {
      tasks.push(task)
      if (isReady) ask(task)
      if (tasks.length === 1) limit()
    },
    async end(why) {
      await end(why)
      await ended
    },
  }
}

/** Milliseconds a thread may take to load its code, on a busy machine too. */
const startLimit = 60_000
