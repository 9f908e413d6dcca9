/*
 * Between the supervisor and the processes it starts: reports one way, the end the other.
 * The channel is the lifeline: when the supervisor is gone, however it went, the channel closes and the process ends.
 */

/** A sign-in made on the first start; its password is shown once and kept nowhere. */
export type SignIn = { role: string; email: string; password: string }

/** What a process tells its supervisor. */
export type Report =
  | { type: 'ready' }
  /** The database is up to date: others may open it. */
  | { type: 'database-ready' }
  | { type: 'progress'; text: string }
  | { type: 'sign-ins'; signIns: SignIn[] }
  | { type: 'links'; links: Link[] }
  /** A reason that a restart does not mend, such as a port in use. */
  | { type: 'hopeless'; reason: string }
export type Link = { name: string; url: string }

/** Tells the supervisor, or without one the terminal. */
export function tell(report: Report): void {
  if (process.send) {
    if (process.connected) process.send(report)
    return
  }
  for (const line of linesOf(report)) console.log(line)
}

/** A report as people read it. */
export function linesOf(report: Report): string[] {
  switch (report.type) {
    case 'ready':
      return ['Ready.']
    case 'database-ready':
      return []
    case 'progress':
      return [report.text]
    case 'hopeless':
      return [report.reason]
    case 'links': {
      const width = Math.max(...report.links.map(({ name }) => name.length))
      return report.links.map(({ name, url }) => `  ${name.padEnd(width)}  ${url}`)
    }
    case 'sign-ins':
      return [
        'Sign-ins (shown once; `npx signpost admin reset-password` makes a new one)',
        ...report.signIns.map(({ role, email, password }) => `  ${role.padEnd(18)} ${email.padEnd(32)} ${password}`),
      ]
  }
}

/** How long a process may take to end in an orderly way, milliseconds. */
export const stopWithin = 3000

/**
 * Ends this process in an orderly way on SIGINT, SIGTERM, or when the supervisor is gone: runs `stop`, then exits.
 * A stop that takes longer than `stopWithin` is cut short.
 */
export function endWithSupervisor(stop: () => Promise<void> | void): void {
  let isStopping = false
  const end = async () => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(0), stopWithin).unref()
    try {
      await stop()
      process.exit(0)
    } catch (error) {
      console.error(error)
      process.exit(1)
    }
  }
  process.on('SIGINT', end)
  process.on('SIGTERM', end)
  process.on('disconnect', end)
  // The supervisor may have gone before anyone listened.
  if (process.send && !process.connected) void end()
}

/** What the supervisor tells a process that waits for the database. */
export const databaseReady = 'database-ready'

/** Resolves when the database is up to date; at once without a supervisor, which would know. */
export function untilDatabaseReady(): Promise<void> {
  if (!process.send) return Promise.resolve()
  return new Promise((resolve) => {
    process.on('message', (message) => {
      if (message === databaseReady) resolve()
    })
  })
}
