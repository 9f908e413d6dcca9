import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Locale, locales } from 'content-schemas'
import { build } from 'esbuild'
import type { Channel } from 'pipeline/channels/channel.ts'
import { channels } from 'pipeline/channels/index.ts'
import { dayOf } from 'pipeline/clock.ts'
import { compile, type Environment } from 'pipeline/compile.ts'
import { sha256 } from 'pipeline/identity.ts'
import { compilePool } from 'pipeline/release/compile-pool.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { openReleaser, type ReconcileOptions, type Releaser } from 'pipeline/release/reconcile.ts'
import { startReconciler } from 'pipeline/release/reconciler.ts'
import type { Store } from 'pipeline/release/store.ts'
import { picture } from '../pipeline/specimen.ts'
import { clock, Many, uidOf } from '../release/many.ts'
import { signer } from '../release/publication.ts'
import type { Figure } from './figure.ts'
import { storeSource } from './rebuilding/stored.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const changes = 15
/** Documents that are compiled alone, to know what that takes. */
const sample = 150

/**
 * What one change costs among 1,000 documents and among 10,000, and what a rebuild of as many costs, side by side;
 * handouts aside. Processor time, all threads together, for time on the wall says as much of what else the machine does;
 * but what an editor waits for, and a rebuild, are told by the clock too.
 */
export async function bench(): Promise<Figure[]> {
  const [few, many] = [await measured(1000), await measured(10_000)]
  const beside = (name: string, of: (measures: Measures) => number, unit: string, goal?: string): Figure => ({
    name: `${name}: 10,000 ÷ 1,000 documents`,
    ours: of(many),
    yardstick: of(few),
    ratio: of(many) / of(few),
    unit,
    ...(goal ? { goal } : {}),
  })
  return [
    beside('nothing new', ({ idle }) => idle, 'ms', '≤ 50 ms'),
    beside('one change, first pass', ({ step }) => step, 'ms'),
    beside('one change, beyond compiling it', ({ beyond }) => beyond, 'ms', '≤ 50 ms'),
    { ...ratioOf(many.beyond, many.plain), name: 'that among 10,000 ÷ the same bytes, fsynced', unit: 'ms' },
    beside('one change, second pass', ({ second }) => second, 'ms'),
    beside('a new process that finds nothing new', ({ start }) => start, 'ms'),
    beside('published during a rebuild, by the clock', ({ urgent }) => urgent, 'ms', '≤ 2000 ms'),
    beside('full rebuild, by the clock', ({ rebuild }) => rebuild.seconds, 's', '≤ 150 s'),
    beside('full rebuild, processor time', ({ rebuild }) => rebuild.processor, 's'),
    beside('full rebuild, memory at most', ({ rebuild }) => rebuild.peak, 'MB', '≤ 500 MB'),
    {
      ...ratioOf((many.rebuild.processor * 1000) / 10_000, many.alone),
      name: 'each of 10,000 ÷ compiling it',
      unit: 'ms',
    },
  ]
}

const ratioOf = (ours: number, yardstick: number) => ({ ours, yardstick, ratio: ours / yardstick })

type Rebuild = { seconds: number; processor: number; peak: number }
/** Milliseconds of processor time, but for `urgent`, which is told by the clock. */
type Measures = Record<'idle' | 'step' | 'beyond' | 'plain' | 'second' | 'start' | 'urgent' | 'alone', number> & {
  rebuild: Rebuild
}

async function measured(count: number): Promise<Measures> {
  const rebuild = await rebuildIn(count)
  const { many, options, writes, remove } = await installation(count)
  try {
    const releaser = openReleaser(options)
    const start = await timed(() => releaser.step())
    await settle(releaser)
    const idle = median(await times(changes, () => releaser.step()))
    const steps: number[] = []
    const compiles: number[] = []
    const plains: number[] = []
    const seconds: number[] = []
    for (let change = 0; change < changes; change++) {
      const number = (change * 137) % count
      many.publish(number)
      writes.length = 0
      let compiled = 0
      steps.push(
        await timed(async () => {
          compiled = (await releaser.step()).compiled
        }),
      )
      if (compiled !== 2) throw new Error(`A change compiled ${compiled} documents instead of two.`)
      plains.push(await timed(() => writePlainly(writes)))
      // The article before it shows its title.
      compiles.push(await timed(() => compileAlone(many, [number, (number + count - 1) % count])))
      seconds.push(await timed(() => settle(releaser)))
    }
    const [step, compiled, plain] = [median(steps), median(compiles), median(plains)]
    const urgent = await urgentDuringRebuild(many, options, count)
    const firsts = Array.from({ length: sample }, (_, number) => number)
    const alone = (await timed(() => compileAlone(many, firsts))) / sample
    return { idle, step, beyond: step - compiled, plain, second: median(seconds), start, urgent, alone, rebuild }
  } finally {
    await remove()
  }
}

/** A release from nothing in a process of its own, whose memory is its own: bundled, and from documents on disk. */
async function rebuildIn(count: number): Promise<Rebuild> {
  const documents = await mkdtemp(join(tmpdir(), 'signpost-bench-'))
  const programs = await bundled()
  try {
    await storeSource(new Many(count), documents, { locales, assets: [sha256(picture)] })
    const { stdout } = await promisify(execFile)(process.execPath, [join(programs, 'rebuild.js'), documents])
    return JSON.parse(stdout) as Rebuild
  } finally {
    for (const folder of [documents, programs]) await rm(folder, { recursive: true, force: true })
  }
}

/** The program and its threads as cms/bin/bundle.mjs makes those of an installation, beside them: packages are found from there. */
async function bundled(): Promise<string> {
  const dist = join(root, 'cms/dist')
  await mkdir(dist, { recursive: true })
  const outdir = await mkdtemp(join(dist, 'bench-'))
  await build({
    absWorkingDir: root,
    entryPoints: {
      rebuild: 'tests/bench/rebuilding/rebuild.ts',
      'compile-thread': 'pipeline/src/release/compile-thread.ts',
    },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    alias: {
      'content-schemas/schemas': join(root, 'content-schemas/schemas'),
      'content-schemas': join(root, 'content-schemas/src/index.ts'),
      pipeline: join(root, 'pipeline/src'),
    },
    loader: { '.typ': 'text' },
    logLevel: 'error',
  })
  return outdir
}

/** A release of many documents whose files are a line each, so that making it takes no minutes; its lists are real. */
async function installation(count: number) {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'))
  const many = new Many(count)
  const writes: Uint8Array[] = []
  const objects = new Map<string, Uint8Array>()
  const store = await openFilesystemStore(join(folder, 'release'))
  const inMemory: Store = {
    ...store,
    async putObject(bytes) {
      objects.set(sha256(bytes), bytes)
      return sha256(bytes)
    },
    readObject: async (hash) => objects.get(hash),
  }
  const onDisk: Store = {
    ...store,
    async putObject(bytes) {
      const hash = sha256(bytes)
      if (objects.has(hash)) return hash
      writes.push(bytes)
      return store.putObject(bytes)
    },
    readObject: async (hash) => objects.get(hash) ?? store.readObject(hash),
  }
  const options: ReconcileOptions = {
    store: onDisk,
    source: many,
    signer: await signer(),
    channels,
    version: 'bench',
    stateFolder: join(folder, 'state'),
    clock,
  }
  await settle(openReleaser({ ...options, store: inMemory, channels: channels.map(inOneLine) }))
  return { many, options, writes, remove: () => rm(folder, { recursive: true, force: true }) }
}

const inOneLine = (channel: Channel): Channel => ({
  ...channel,
  render: async (_, { edition, row }, { path, name }) => {
    // As their real files do: what shows the title of another is made again with it.
    if (edition.document?.kind === 'article') for (const uid of edition.document.related) row(uid, edition.locale)
    return { path, type: 'text/plain', body: `${name} ${edition.stamp}` }
  },
})

/** Milliseconds until an act is in the release that comes in the middle of making everything anew. */
async function urgentDuringRebuild(many: Many, options: ReconcileOptions, count: number): Promise<number> {
  let acted = 0
  let out = 0
  const compilers = compilePool()
  const reconciler = startReconciler({
    ...options,
    compilers,
    version: 'other',
    onProgress: ({ done }) => {
      if (acted > 0 || done < Math.min(400, count / 2)) return
      many.publish(3)
      acted = performance.now()
      reconciler.wake()
    },
    onReport: ({ changed }) => {
      if (acted > 0 && out === 0 && changed.some((path) => path.startsWith('/v1/editions/'))) {
        out = performance.now()
        void reconciler.stop()
      }
    },
  })
  while (out === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  await reconciler.stop()
  await compilers.close()
  return out - acted
}

async function settle(releaser: Releaser): Promise<void> {
  while ((await releaser.step()).hasMore);
}

async function compileAlone(many: Many, numbers: number[]): Promise<void> {
  for (const number of numbers) {
    const locale: Locale = 'en'
    const environment: Environment = {
      site: await many.site(locale),
      today: dayOf(clock.now()),
      row: () => undefined,
      translations: () => [],
      assurance: () => undefined,
      asset: many.asset,
      typeset: async () => new Uint8Array(),
    }
    await compile((await many.document(uidOf(number), locale))!, environment, channels, 1)
  }
}

async function writePlainly(files: Uint8Array[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-plain-'))
  await Promise.all(
    files.map(async (bytes, index) => {
      const handle = await open(join(folder, String(index)), 'w')
      await handle.writeFile(bytes)
      await handle.sync()
      await handle.close()
    }),
  )
  await rm(folder, { recursive: true })
}

/** Milliseconds of processor time. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(started)
  return (user + system) / 1000
}

async function times(count: number, work: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let time = 0; time < count; time++) all.push(await timed(work))
  return all
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
