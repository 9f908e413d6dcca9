import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locale } from 'content-schemas'
import type { Channel } from 'pipeline/channels/channel.ts'
import { channels } from 'pipeline/channels/index.ts'
import { dayOf } from 'pipeline/clock.ts'
import { compile, type Environment } from 'pipeline/compile.ts'
import { sha256 } from 'pipeline/identity.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { openReleaser, type ReconcileOptions, type Releaser } from 'pipeline/release/reconcile.ts'
import { startReconciler } from 'pipeline/release/reconciler.ts'
import type { Store } from 'pipeline/release/store.ts'
import { clock, Many, uidOf } from '../release/many.ts'
import { signer } from '../release/publication.ts'
import type { Figure } from './figure.ts'

const changes = 15
/** Documents that stand for a full rebuild where it is not done in full. */
const sample = 150

/**
 * What one change costs among 1,000 documents and among 10,000, and what a rebuild costs; handouts aside. Processor time,
 * all threads together, for time on the wall says as much of what else the machine does; but what an editor waits for is
 * told by the clock.
 */
export async function bench({ large }: { large: boolean }): Promise<Figure[]> {
  // The rebuild first: its memory is to be its own.
  const whole = await rebuild(large ? 10_000 : sample)
  return [whole, ...(await incremental(1000)), ...(await incremental(10_000))]
}

async function incremental(count: number): Promise<Figure[]> {
  const of = `of ${count.toLocaleString('en')} documents`
  const { many, options, writes, remove } = await installation(count)
  try {
    const releaser = openReleaser(options)
    const start = await timed(() => settle(releaser))
    const idle = median(await times(changes, () => releaser.step()))
    const steps: number[] = []
    const compiles: number[] = []
    const plains: number[] = []
    for (let change = 0; change < changes; change++) {
      const number = (change * 137) % count
      many.publish(number)
      writes.length = 0
      steps.push(await timed(() => releaser.step()))
      plains.push(await timed(() => writePlainly(writes)))
      // The article before it shows its title.
      compiles.push(await timed(() => compileAlone(many, [number, (number + count - 1) % count])))
      await settle(releaser)
    }
    const [step, compiled, plain] = [median(steps), median(compiles), median(plains)]
    const urgent = await urgentDuringRebuild(many, options, count)
    const beside = (name: string, ours: number, yardstick: number, goal?: string): Figure => ({
      name: `${name} ${of}`,
      ours,
      yardstick,
      ratio: ours / yardstick,
      unit: 'ms',
      ...(goal ? { goal } : {}),
    })
    return [
      beside('nothing new', idle, plain, '≤ 50 ms'),
      beside('one change ÷ compiling it and what shows it', step, compiled),
      beside('one change beyond that ÷ the same bytes, fsynced', step - compiled, plain, '≤ 50 ms'),
      beside('a new process that finds nothing new', start, plain),
      beside('published during a rebuild, by the clock', urgent, plain, '≤ 2000 ms'),
    ]
  } finally {
    await remove()
  }
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
  render: async (_, { edition }, { path, name }) => ({ path, type: 'text/plain', body: `${name} ${edition.stamp}` }),
})

/** Milliseconds until an act is in the release that comes in the middle of making everything anew. */
async function urgentDuringRebuild(many: Many, options: ReconcileOptions, count: number): Promise<number> {
  let acted = 0
  let out = 0
  const reconciler = startReconciler({
    ...options,
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
  return out - acted
}

/** A release from nothing, compressed copies included, beside compiling the same documents alone. */
async function rebuild(count: number): Promise<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-bench-'))
  const many = new Many(count)
  const store = await openFilesystemStore(join(folder, 'release'))
  const options = { store, source: many, signer: await signer(), channels, version: 'bench', clock }
  let peak = 0
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 100)
  const ours = await timed(() => settle(openReleaser({ ...options, stateFolder: join(folder, 'state') })))
  clearInterval(watch)
  const alone = await timed(() =>
    compileAlone(
      many,
      Array.from({ length: sample }, (_, number) => number),
    ),
  )
  await rm(folder, { recursive: true, force: true })
  const size = `${count.toLocaleString('en')} documents, ${Math.round(peak / 1e6)} MB at most`
  return {
    name: `full rebuild, each of ${size} ÷ compiling it`,
    ours: ours / count,
    yardstick: alone / sample,
    ratio: ours / count / (alone / sample),
    unit: 'ms',
    goal: '≤ 15 ms: 150 s for 10,000',
  }
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
