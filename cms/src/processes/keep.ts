import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Report } from './lifeline.ts'

/** A process that is kept running. */
export type Kept = {
  /** Ends it: SIGTERM, and SIGKILL when it is still there after a time in milliseconds. */
  stop(killAfter: number): Promise<void>
}

export type Keeping = {
  name: string
  /** Starts the process, with an IPC channel and piped output. */
  start(): ChildProcess
  onReport(report: Report): void
  /** A line it printed. */
  onLine(line: string): void
  /** It died and is started again after a pause in milliseconds. */
  onDeath(how: string, pause: number): void
}

const shortestPause = 250
const longestPause = 15_000
/** Having run this long, a process starts with the shortest pause again. */
const steadyAfter = 60_000

/** Starts a process and starts it again whenever it dies, with pauses that double while it keeps dying. */
export function keepRunning(keeping: Keeping): Kept {
  let pause = shortestPause
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopping = false

  const run = () => {
    const startedAt = Date.now()
    child = keeping.start()
    readLines(child, keeping.onLine)
    child.on('message', (report) => keeping.onReport(report as Report))
    child.on('error', (error) => keeping.onLine(String(error)))
    child.once('exit', (code, signal) => {
      if (isStopping) return
      if (Date.now() - startedAt > steadyAfter) pause = shortestPause
      keeping.onDeath(signal ?? `exit ${code}`, pause)
      timer = setTimeout(run, pause)
      pause = Math.min(pause * 2, longestPause)
    })
  }
  run()

  return {
    stop: (killAfter) => {
      isStopping = true
      clearTimeout(timer)
      return child ? end(child, killAfter) : Promise.resolve()
    },
  }
}

/** Ends a process: SIGTERM, then SIGKILL after a time in milliseconds. Resolves when it is gone. */
export function end(child: ChildProcess, killAfter: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), killAfter)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}

function readLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', onLine)
}
