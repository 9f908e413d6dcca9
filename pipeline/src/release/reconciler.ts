import { openReleaser, type ReconcileOptions, type StepReport } from './reconcile.ts'

export type ReconcilerOptions = ReconcileOptions & {
  /** How often to look without being woken, milliseconds; default 500. */
  interval?: number
  /** After each release that was made, and whenever problems come or go. */
  onReport?: (report: StepReport) => void
  /** A step that failed, such as on a full disk; it is tried again, with growing pauses. */
  onError?: (error: unknown) => void
}

/** Keeps the release matching what is published for as long as a process runs. */
export type Reconciler = {
  /** Looks at once. A lost call costs one interval. */
  wake(): void
  /** Looks at once, and resolves when nothing is left to do, or a step failed. */
  settled(): Promise<void>
  /** Ends after the step under way. */
  stop(): Promise<void>
}

/** Releases whose files are kept for readers in the middle of one. */
export const keptReleases = 10
/** After this many releases, when there is time, what no kept release names is removed. */
const collectEvery = 50
const longestPause = 30_000

export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { interval = 500, onReport, onError, ...given } = options
  const releaser = openReleaser(given)
  let isStopping = false
  let isWoken = false
  let ring = () => {}
  let waiting: (() => void)[] = []
  let lastProblems = '[]'
  let madeSinceCollect = 0
  let failures = 0

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      ring = () => {
        clearTimeout(timer)
        resolve()
      }
    })

  const step = async (): Promise<boolean> => {
    const report = await releaser.step()
    const problems = JSON.stringify(report.problems)
    if (report.made > 0 || problems !== lastProblems) onReport?.(report)
    lastProblems = problems
    madeSinceCollect += report.made
    if (!report.hasMore && madeSinceCollect >= collectEvery) {
      const { isCutShort } = await releaser.collect(keptReleases)
      if (!isCutShort) madeSinceCollect = 0
    }
    failures = 0
    return report.hasMore
  }

  /** How long to wait before the next step, milliseconds. */
  const attempt = async (): Promise<number> => {
    try {
      return (await step()) ? 0 : interval
    } catch (error) {
      onError?.(error)
      failures += 1
      return Math.min(longestPause, interval * 2 ** failures)
    }
  }

  const run = async () => {
    while (!isStopping) {
      isWoken = false
      const wait = await attempt()
      if (wait === 0 || isWoken || isStopping) continue
      for (const resolve of waiting.splice(0)) resolve()
      await pause(wait)
    }
    for (const resolve of waiting) resolve()
    waiting = []
  }
  const running = run()

  const wake = () => {
    isWoken = true
    ring()
  }
  return {
    wake,
    settled() {
      const promise = new Promise<void>((resolve) => waiting.push(resolve))
      wake()
      return promise
    },
    async stop() {
      isStopping = true
      ring()
      await running
    },
  }
}
