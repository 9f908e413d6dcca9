import { type ChildProcess, fork } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Socket } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { TypesetJob } from '../channel.ts'
import type { CompilerInUse } from './compilers.ts'
import type { DrawnPages } from './pages.ts'
import type { Answer, Order } from './typesetter.ts'

export type { CompilerInUse } from './compilers.ts'
export type { DrawnPage, DrawnPages } from './pages.ts'

export type RenderPoolOptions = {
  /** Which build of Typst: `auto` takes the native one where the platform has it, else WASM. Default `auto`. */
  compiler?: 'auto' | 'native' | 'wasm'
  /** Most children at once. Default: cores - 1, at least one. */
  size?: number
  /** Milliseconds one document may take. Default 10,000. */
  timeLimit?: number
  /** Megabytes one child may take. Default 600. */
  memoryLimit?: number
  /** Documents after which a child is replaced. Default 200; with WASM, whose memory never shrinks, 40. */
  recycleAfter?: number
  /** Milliseconds after which a child with nothing to do is ended. Default 30,000. */
  idleLimit?: number
  /** The child's file. Default: `typesetter` beside this module, bundled or in TypeScript. */
  entry?: string
}

/** Typesets documents, and draws their pages, in child processes: what a document does there ends that child only. */
export type RenderPool = {
  /** A PDF. Rejects with a sentence when the document is refused, hangs, crashes or takes too much memory. */
  typeset(job: TypesetJob): Promise<Uint8Array>
  /** The first pages of a PDF as pictures, at most so many. Rejects as typesetting does. */
  draw(pdf: Uint8Array, most: number): Promise<DrawnPages>
  /** Which build typesets; starts a child to find out. */
  compilerInUse(): Promise<CompilerInUse>
  /** Ends all children. What is under way is rejected. */
  close(): Promise<void>
}

/** A render pool. Starts no child before the first document, and keeps no process alive by itself. */
export function renderPool(options: RenderPoolOptions = {}): RenderPool {
  const settings = withDefaults(options)
  const waiting: Task[] = []
  const children = new Set<Child>()
  let closed = false
  let inUse: CompilerInUse | undefined

  const assign = () => {
    while (waiting.length > 0) {
      const child = [...children].find((each) => each.free) ?? start()
      if (!child) return
      child.take(waiting.shift()!)
    }
  }
  const start = (): Child | undefined => {
    if (children.size >= settings.size) return undefined
    const child = startChild(settings, {
      onReady: (compiler) => {
        inUse = compiler
      },
      onFree: assign,
      onEnd: () => {
        children.delete(child)
        assign()
      },
    })
    children.add(child)
    return child
  }
  const add = <T extends Done>(order: Order | undefined) =>
    new Promise<T>((resolve, reject) => {
      if (closed) return reject(new Error('The render pool is closed. Open another one with renderPool().'))
      // A child answers with what it was ordered.
      waiting.push({ order, resolve: (done) => resolve(done as T), reject })
      assign()
    })

  return {
    typeset: (job) => add<Uint8Array>({ job }),
    draw: (pdf, most) => add<DrawnPages>({ draw: pdf, most }),
    async compilerInUse() {
      if (!inUse) await add(undefined)
      return inUse!
    },
    async close() {
      closed = true
      for (const task of waiting.splice(0)) task.reject(new Error('The render pool was closed before its turn.'))
      await Promise.all([...children].map((child) => child.end('The render pool was closed.')))
      settings.clean()
    },
  }
}

type Done = Extract<Answer, { done: unknown }>['done']
/** What a child is to do; without an order it only has to be ready. */
type Task = { order: Order | undefined; resolve(done: Done): void; reject(error: Error): void }
type Settings = Required<Omit<RenderPoolOptions, 'recycleAfter'>> & {
  recycleAfter(build: CompilerInUse['build']): number
  environment(): NodeJS.ProcessEnv
  clean(): void
}
type Child = { readonly free: boolean; take(task: Task): void; end(why: string): Promise<void> }

function withDefaults(options: RenderPoolOptions): Settings {
  const settings = {
    compiler: options.compiler ?? 'auto',
    size: options.size ?? Math.max(1, availableParallelism() - 1),
    timeLimit: options.timeLimit ?? 10_000,
    memoryLimit: options.memoryLimit ?? 600,
    idleLimit: options.idleLimit ?? 30_000,
    entry: options.entry ?? defaultEntry(),
  }
  let folder: string | undefined
  return {
    ...settings,
    recycleAfter: (build) => options.recycleAfter ?? (build === 'wasm' ? 40 : 200),
    // An environment of its own: no secret of ours, no font of the machine, no time zone.
    environment() {
      folder ??= emptyFolder()
      return {
        ...kept('PATH', 'TMPDIR', 'SystemRoot', 'TEMP'),
        NODE_ENV: 'production',
        TZ: 'UTC',
        FONTCONFIG_FILE: join(folder, 'fonts.conf'),
        SIGNPOST_TYPESET_BUILD: settings.compiler,
        SIGNPOST_TYPESET_MEMORY: String(settings.memoryLimit),
        SIGNPOST_TYPESET_FOLDER: join(folder, 'empty'),
      }
    },
    clean: () => folder && rmSync(folder, { recursive: true, force: true }),
  }
}

const kept = (...names: string[]): Record<string, string | undefined> =>
  Object.fromEntries(names.filter((name) => process.env[name]).map((name) => [name, process.env[name]]))

/** Beside this module: TypeScript beside TypeScript, a bundle beside a bundle. */
const defaultEntry = (): string => fileURLToPath(new URL(`./typesetter${extname(import.meta.url)}`, import.meta.url))

/**
 * A folder with an empty one in it, and a configuration of fontconfig that names that: no font of the machine gets in,
 * and a document finds no file. Removed when the pool is closed or the process ends.
 */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'signpost-typeset-'))
  mkdirSync(join(folder, 'empty'))
  writeFileSync(join(folder, 'fonts.conf'), `<?xml version="1.0"?><fontconfig><dir>${folder}/empty</dir></fontconfig>`)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

type Listeners = { onReady(compiler: CompilerInUse): void; onFree(): void; onEnd(): void }

function startChild(settings: Settings, { onReady, onFree, onEnd }: Listeners): Child {
  const process = spawn(settings)
  const words = process.stderr as Socket
  let build: CompilerInUse['build'] | undefined
  let task: Task | undefined
  let timer: NodeJS.Timeout | undefined
  let done = 0
  let lastWords = ''
  let reason: string | undefined
  const ended = new Promise<void>((resolve) => process.once('exit', () => resolve()))

  const kill = (why: string) => {
    reason ??= why
    // Somebody may wait for its end, or for the child that takes its place.
    process.ref()
    process.kill('SIGKILL')
  }
  const limit = (milliseconds: number, why: string) => {
    clearTimeout(timer)
    timer = setTimeout(kill, milliseconds, why)
  }
  const begin = () => {
    if (!task) return
    if (!task.order) return finish(new Uint8Array())
    const what = 'job' in task.order ? 'Typesetting' : 'Drawing the pages'
    limit(settings.timeLimit, `${what} took longer than ${settings.timeLimit / 1000} s and was ended.`)
    process.send(task.order)
  }
  const finish = (result: Done | Error) => {
    const finished = task
    task = undefined
    done += 1
    rest()
    if (result instanceof Error) finished?.reject(result)
    else finished?.resolve(result)
    if (build && done < settings.recycleAfter(build)) onFree()
    else kill('It has typeset its share of documents.')
  }
  const rest = () => {
    limit(settings.idleLimit, 'It had nothing to do.')
    timer?.unref()
    process.unref()
    process.channel?.unref()
  }

  words.unref()
  words.on('data', (chunk) => {
    lastWords = `${lastWords}${chunk}`.slice(-2000)
  })
  process.on('message', (answer: Answer) => {
    if ('ready' in answer) {
      build = answer.ready.build
      onReady(answer.ready)
      begin()
    } else if ('done' in answer) finish(answer.done)
    else finish(new Error(`${refusalOf(task?.order)}: ${answer.refused}`))
  })
  process.once('error', (error) => kill(`The typesetter could not be started: ${error.message}`))
  process.once('close', (code, signal) => {
    clearTimeout(timer)
    const why = reason ?? `The typesetter ended by itself (${signal ?? `exit code ${code}`}). ${lastWords}`.trim()
    task?.reject(new Error(why))
    task = undefined
    onEnd()
  })

  return {
    get free() {
      return task === undefined && reason === undefined && process.exitCode === null && process.signalCode === null
    },
    take(next) {
      task = next
      process.ref()
      process.channel?.ref()
      if (build) begin()
      else limit(startLimit, `The typesetter was not ready after ${startLimit / 1000} s and was ended.`)
    },
    async end(why) {
      kill(why)
      await ended
    },
  }
}

const refusalOf = (order: Order | undefined): string =>
  order && 'draw' in order ? 'The pages could not be drawn' : 'The typesetter refused the document'

/** Milliseconds a child may take to load its compiler, on a busy machine too. */
const startLimit = 60_000

type ForkedChild = ChildProcess & { send(message: unknown): boolean }

function spawn(settings: Settings): ForkedChild {
  const fromSource = settings.entry.endsWith('.ts')
    ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href]
    : []
  return fork(settings.entry, {
    execArgv: [...fromSource, '--expose-gc', `--max-old-space-size=${settings.memoryLimit}`],
    env: settings.environment(),
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  }) as ForkedChild
}
