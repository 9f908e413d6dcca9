import { join } from 'node:path'
import { type Index, type Locale, locales } from 'content-schemas'
import type { Channel } from '../channels/channel.ts'
import { type Clock, dayOf, systemClock } from '../clock.ts'
import type { Environment } from '../compile.ts'
import { sha256 } from '../identity.ts'
import type { PublishedSource } from '../source.ts'
import { isWithin } from '../states.ts'
import { Catalogue } from './catalogue.ts'
import { type Collected, collect } from './collect.ts'
import type { CompilePool } from './compile-pool.ts'
import { Claims } from './draft.ts'
import { isEncodable } from './encode.ts'
import {
  claimsOf,
  emptyState,
  type Journal,
  type Mark,
  noChange,
  openJournal,
  PathClaims,
  type Problem,
} from './journal.ts'
import { acquireLock } from './lock.ts'
import { readPaths } from './manifest.ts'
import { type Build, NextRelease, type Progress, type Publication, type Workshop } from './next-release.ts'
import { idOf, Rows } from './rows.ts'
import { keysFile, mustSign, seal } from './seal.ts'
import type { Signer } from './sign.ts'
import type { Store } from './store.ts'

export type { Problem } from './journal.ts'
export type { Progress } from './next-release.ts'

export type ReconcileOptions = {
  store: Store
  source: PublishedSource
  signer: Signer
  channels: readonly Channel[]
  /** Names the code of the pipeline: other code, other files. */
  version: string
  /** Folder for what makes the next reconcile cheap; may be emptied at any time. */
  stateFolder: string
  clock?: Clock
  /** Typesets handouts; without it none are made. */
  typeset?: Environment['typeset'] | undefined
  /** Compiles many documents in other threads, by the channels of the registry: to be given with those only. */
  compilers?: CompilePool | undefined
  /** The release must get a higher number than this, whatever the store says. */
  above?: number
  /** Look at every document, not only at those changed since the last time. For sources whose cursor says nothing. */
  rescan?: boolean
  /** Compile everything, whatever is remembered. */
  full?: boolean
  /** Report what would change, and change nothing. */
  dryRun?: boolean
  onProgress?: (progress: Progress) => void
}

export type ReconcileReport = {
  /** The release that stands; 0 for none. */
  release: number
  /** How many releases were made. */
  made: number
  /** Paths with new bytes, and paths that are no more; sorted. */
  changed: string[]
  removed: string[]
  /** Documents compiled, counted in each pass. */
  compiled: number
  /** How many of them in other threads, which is for many at a time. */
  inThreads: number
  /** What could not be published; the last good files stand. */
  problems: Problem[]
}

/** How long to wait for another process that reconciles the same store; milliseconds. */
export const lockWait = 120_000
/** How often documents that failed are tried again, milliseconds. */
const retryInterval = 600_000

/**
 * Makes the release match what is published: both passes, until nothing is left to do. Safe to run at any time, twice, by
 * several processes: the same content gives the same release, and nothing changed gives none.
 */
export async function reconcile(options: ReconcileOptions): Promise<ReconcileReport> {
  const releaser = openReleaser(options)
  const { hasMore, ...total } = await releaser.step()
  for (let goesOn = hasMore && !options.dryRun; goesOn; ) {
    const step = await releaser.step()
    add(total, step)
    goesOn = step.hasMore
  }
  return total
}

/** One release at a time. Between steps it remembers what it knows, and notices when another process made a release. */
export type Releaser = {
  /** Makes one release, if there is a reason for one: of pass 1 if something is new, else of pass 2. */
  step(): Promise<StepReport>
  /** Removes what none of the newest `keep` releases names, until something more urgent comes. */
  collect(keep: number): Promise<Collected>
}
/** `hasMore`: whether another step would find work at once. */
export type StepReport = ReconcileReport & { hasMore: boolean }

export function openReleaser(options: ReconcileOptions): Releaser {
  const given = { clock: systemClock, above: 0, onProgress: () => {}, ...options }
  const shared = { ...given, store: storeFor(options) }
  let build: Build | undefined
  let isFirst = true
  let lastRetry = Number.NEGATIVE_INFINITY
  let journal: Journal | undefined

  const locked = async <T>(work: () => Promise<T>): Promise<T> => {
    const lock = await acquireLock(join(options.stateFolder, 'lock'), { purpose: 'reconciling', wait: lockWait })
    try {
      return await options.store.exclusively(work)
    } finally {
      await lock.release()
    }
  }

  const step = async (): Promise<StepReport> => {
    journal ??= await openJournal(options.stateFolder)
    for (;;) {
      const stands = await shared.store.readIndex()
      if (!build || build.index?.signed !== stands?.signed)
        build = await openBuild(shared, journal, stands, isFirst && options.full === true)
      const isRetry = performance.now() - lastRetry > retryInterval
      if (isRetry) lastRetry = performance.now()
      const report = await makeRelease(build, shared, journal, isRetry)
      isFirst = false
      // A dry run has changed what is known of the release, and not the release.
      if (!report || options.dryRun) build = undefined
      if (report) return report
    }
  }

  return {
    step: () =>
      locked(step).catch((error) => {
        // What was begun is worth nothing; the next step starts from the release that stands.
        build = undefined
        throw error
      }),
    collect: (keep) =>
      locked(() => {
        const isInterrupted = interruption(options.source, () => build?.seen ?? 0)
        return collect(options.store, { keep, isInterrupted })
      }),
  }
}

type Settings = ReconcileOptions & { clock: Clock; above: number; onProgress: (progress: Progress) => void }

async function openBuild(
  { store, source }: Settings,
  journal: Journal,
  index: Index | undefined,
  isFull: boolean,
): Promise<Build> {
  const paths = await readPaths(store, index).catch((error) => {
    if (!isFull) throw error
    return readPaths(store, undefined)
  })
  const known = isFull ? undefined : await journal.load(markOf(index))
  const state = known ?? emptyState()
  const rows = new Rows()
  const claims = new Claims()
  const catalogue = new Catalogue()
  for (const assurance of state.assurances.values()) rows.assure(assurance)
  for (const [id, document] of state.documents) {
    const { row, first, second } = document
    rows.set(row)
    catalogue.set(id, row)
    rows.note(id, [...first.reads, ...(second?.reads ?? [])])
    claims.replace(id, new PathClaims(), claimsOf(document))
  }
  rows.takeReaders()
  return {
    index,
    paths,
    state,
    rows,
    catalogue,
    claims,
    seen: state.cursor,
    unlearned: new Set(),
    unmade: new Set(),
    suspects: new Set(state.documents.keys()),
    forced: new Set(),
    pending: new Set([...state.documents].flatMap(([id, { second }]) => (second ? [id] : []))),
    unencoded: new Set([...paths.entries()].flatMap(([path, entry]) => (isEncodable(path, entry) ? [path] : []))),
    failed: new Map(),
    late: new Map(),
    mustList: true,
    sites: await sitesOf(source),
    today: '',
  }
}

async function makeRelease(
  build: Build,
  settings: Settings,
  journal: Journal,
  isRetry: boolean,
): Promise<StepReport | undefined> {
  const at = settings.clock.now()
  await noticeSurroundings(build, settings, dayOf(at))
  const next = new NextRelease(build, workshopOf(build, settings, at))
  // Before the acts: what one transaction changes may show its number first and the new day later, never the other way.
  await next.takeAssurances()
  const news = await newsOf(build, settings, isRetry)
  if (news.size > 0 || build.unmade.size > 0 || build.suspects.size > 0 || build.mustList) {
    const isCutShort = !(await next.makeDocuments(news))
    // What cut it short is released together with what was made so far.
    const urgent = isCutShort ? await newsOf(build, settings, false) : new Set<string>()
    if (urgent.size > 0) await next.makeDocuments(urgent)
    await next.makeListsOfDocuments()
    await next.draft.put(keysFile(settings.signer))
  }
  if (next.draft.changed.size === 0 && !settings.dryRun) {
    await next.makeLateLists()
    await next.makeHandouts()
    await next.makeEncodings()
  }
  const outcome = settings.dryRun ? 'nothing' : await commit(build, next, settings, journal, at)
  if (outcome === 'lost') return undefined
  if (build.state.mustSweep && !settings.dryRun) await sweep(build, settings, journal)
  const { set, removed } = next.draft.paths()
  return {
    release: build.index?.release ?? 0,
    made: outcome === 'made' ? 1 : 0,
    changed: Object.keys(set),
    removed,
    compiled: next.compiled,
    inThreads: next.inThreads,
    problems: [...next.state.problems.values()],
    hasMore: next.hasMore,
  }
}

/** Other sites and other days make documents stale. */
async function noticeSurroundings(build: Build, { source }: Settings, today: string): Promise<void> {
  const sites = await sitesOf(source)
  const isSameSite = [...sites].every(([locale, { hash }]) => build.sites.get(locale)?.hash === hash)
  if (isSameSite && build.today === today) return
  for (const [id, { span }] of build.state.documents)
    if (!isSameSite || !isWithin(span, today)) {
      build.suspects.add(id)
      build.pending.add(id)
    }
  build.sites = sites
  build.today = today
  build.mustList = true
}

async function sitesOf(source: PublishedSource): Promise<Map<Locale, Publication>> {
  const sites = await Promise.all(locales.map((locale) => source.site(locale)))
  return new Map(sites.map((site, index) => [locales[index]!, { site, hash: sha256(JSON.stringify(site)) }]))
}

/** Documents with new acts; now and then also those that failed before, for what was in the way may be gone. */
async function newsOf(build: Build, { source, rescan }: Settings, isRetry: boolean): Promise<Set<string>> {
  const { state } = build
  const ids = new Set<string>()
  for await (const change of source.changes(rescan ? 0 : build.seen)) {
    ids.add(idOf(change.uid, change.locale))
    build.seen = Math.max(build.seen, change.cursor)
  }
  if (isRetry) {
    for (const id of state.problems.keys()) ids.add(id)
    for (const id of build.failed.keys()) build.pending.add(id)
    build.failed.clear()
  }
  if (rescan) for (const id of state.documents.keys()) ids.add(id)
  return ids
}

/** How often long work looks for something more urgent; milliseconds. */
const interruptInterval = 250

function workshopOf(build: Build, settings: Settings, at: Date): Workshop {
  const { store, source, channels, version, typeset, compilers, rescan, dryRun, onProgress } = settings
  const isAtOnce = rescan === true || dryRun === true
  return {
    store,
    source,
    channels,
    version,
    typeset,
    compilers,
    hasLooseEditions: rescan === true,
    isAtOnce,
    onProgress,
    today: build.today,
    at: at.toISOString(),
    sites: build.sites,
    isInterrupted: isAtOnce ? async () => false : interruption(source, () => build.seen),
  }
}

/** Tells whether there are acts after a cursor; looks now and then only. */
function interruption(source: PublishedSource, seen: () => number): () => Promise<boolean> {
  let lastLook = performance.now()
  return async () => {
    if (performance.now() - lastLook < interruptInterval) return false
    for await (const _ of source.changes(seen())) return true
    lastLook = performance.now()
    return false
  }
}

/** Makes the release public, if there is a reason for one. `lost` when another process was faster. */
async function commit(
  build: Build,
  next: NextRelease,
  settings: Settings,
  journal: Journal,
  at: Date,
): Promise<'made' | 'nothing' | 'lost'> {
  const { store, signer, above } = settings
  const isDue = build.index !== undefined && mustSign(build.index, signer, at)
  if (next.draft.changed.size === 0 && !isDue) {
    if (next.hasStateChanges) await journal.append(next.state, next.change, markOf(build.index))
    return 'nothing'
  }
  const previous = build.index?.release ?? 0
  const release = Math.max(previous, above) + 1
  const { draft, changes } = next
  const { index, paths } = await seal(settings, build, { draft, changes, release, at })
  await journal.append(next.state, next.change, markOf(index))
  await store.sync()
  if (!(await store.swapIndex(index, previous))) return 'lost'
  for (const [path, entry] of next.draft.changed) if (entry && isEncodable(path, entry)) build.unencoded.add(path)
  Object.assign(build, { index, paths })
  return 'made'
}

/** Removes the bytes of what was purged: all that the release does not name. Repeated until it is known to be done. */
async function sweep(build: Build, { store }: Settings, journal: Journal): Promise<void> {
  await collect(store, { keep: 1 })
  build.state.mustSweep = false
  await journal.append(build.state, noChange(), markOf(build.index))
}

export const markOf = (index: Index | undefined): Mark => ({
  release: index?.release ?? 0,
  manifest: index?.manifest ?? '',
})

function storeFor({ store, dryRun, full }: ReconcileOptions): Store {
  if (dryRun) return { ...store, putObject: async (bytes) => sha256(bytes), sync: async () => {} }
  return full ? mending(store) : store
}

/** A store that does not take it on trust that an object it has is whole. */
const mending = (store: Store): Store => ({
  ...store,
  async putObject(bytes) {
    const hash = sha256(bytes)
    const kept = await store.readObject(hash)
    if (kept && sha256(kept) !== hash) await store.deleteObject(hash)
    return store.putObject(bytes)
  },
})

function add(total: ReconcileReport, step: ReconcileReport): void {
  total.release = step.release
  total.made += step.made
  total.compiled += step.compiled
  total.inThreads += step.inThreads
  total.problems = step.problems
  total.changed = [...new Set([...total.changed, ...step.changed])].sort()
  total.removed = [...new Set([...total.removed, ...step.removed])].sort()
}
