import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Client, createClient, type InArgs, type InStatement, Sqlite3Transaction } from '@libsql/client/sqlite3'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'
import Database from 'libsql'

/** How long a write waits for another one, of this process or of another, before it gives up, milliseconds. */
const patience = 20_000

/**
 * A libsql client for one database file: one connection that reads and one that writes, transactions one at a time in
 * the order they asked, against other processes by `BEGIN IMMEDIATE`. A write outside of a transaction is one of its own.
 *
 * libsql's own client leaves a connection behind with every transaction, open files and all, until the garbage
 * collector comes by. And SQLite's busy timeout would block the process in which the transaction that has the lock
 * would have to end: here a lock is waited for asynchronously.
 */
export async function openSqlite(url: string): Promise<Client> {
  const client = createClient({ url })
  const read = client.execute.bind(client)
  const writer = new Database(url.slice('file:'.length))
  const turns = queue()
  await untilUnlocked(() => read('PRAGMA journal_mode = WAL'))
  await read('PRAGMA synchronous = FULL')
  writer.exec('PRAGMA synchronous = FULL')

  client.transaction = async () => {
    const done = await turns.next()
    try {
      // By `exec`: a prepared `BEGIN` that found the database locked would stay in progress and bar the commit.
      await untilUnlocked(async () => writer.exec('BEGIN IMMEDIATE'))
    } catch (error) {
      done()
      throw error
    }
    return new SerialTransaction(writer, done)
  }
  client.execute = (async (given: InStatement, args: InArgs = []) => {
    const statement = typeof given === 'string' ? { sql: given, args } : given
    if (isRead(statement.sql)) return read(statement)
    const transaction = await client.transaction('write')
    try {
      const result = await transaction.execute(statement)
      await transaction.commit()
      return result
    } finally {
      transaction.close()
    }
  }) as Client['execute']
  const close = client.close.bind(client)
  client.close = () => {
    close()
    writer.close()
  }
  return client
}

// `VACUUM INTO`, the backup, is no write, and refuses to be in a transaction.
const isRead = (sql: string): boolean => /^\s*(select|pragma|explain|vacuum)\b/i.test(sql)

/** Passes its turn on when it ends, however it ends. */
class SerialTransaction extends Sqlite3Transaction {
  constructor(
    private readonly writer: Database.Database,
    private readonly done: () => void,
  ) {
    super(writer, 'number')
  }

  override commit(): Promise<void> {
    return this.end(() => super.commit())
  }

  override rollback(): Promise<void> {
    return this.end(() => super.rollback())
  }

  override close(): void {
    super.close()
    this.done()
  }

  private async end(run: () => Promise<void>): Promise<void> {
    try {
      await run()
    } finally {
      // A commit that failed leaves the transaction open, to be rolled back.
      if (!this.writer.inTransaction) this.done()
    }
  }
}

/** Turns, first come first served. Each is over when the function it gave is called, for the first time. */
function queue() {
  let last: Promise<void> = Promise.resolve()
  return {
    async next(): Promise<() => void> {
      const before = last
      const { promise, resolve } = deferred()
      last = promise
      const late = new AbortController()
      const tooLate = wait(patience, 'too late' as const, { signal: late.signal }).catch(() => undefined)
      if ((await Promise.race([before, tooLate])) === 'too late') {
        // Whoever gives up still passes the turn on, after the one before it.
        void before.then(resolve)
        throw new Error(
          `Another transaction has kept the SQLite database for ${patience / 1000} seconds. If a hook writes, pass it \`req\`, so that it writes inside the transaction it belongs to.`,
        )
      }
      late.abort()
      return resolve
    },
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** Repeats while another process has the database locked, up to `patience`. */
async function untilUnlocked(run: () => Promise<unknown>): Promise<void> {
  const giveUp = Date.now() + patience
  for (let pause = 1; ; pause = Math.min(2 * pause, 50)) {
    try {
      await run()
      return
    } catch (error) {
      const isLocked = String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')
      if (!isLocked || Date.now() > giveUp) throw error
      await wait(pause * (0.5 + Math.random()))
    }
  }
}

type Session = { db: unknown; resolve: () => Promise<void>; reject: () => Promise<void> }
type Id = string | number | Promise<string | number>
type Begun = Pick<SQLiteAdapter, 'drizzle' | 'initializing'> & { sessions: Record<string, Session> }
type Drizzled = { transaction(run: (tx: unknown) => Promise<void>): Promise<void> }

/**
 * Payload's SQLite adapter with transactions whose commit, when it fails (a full disk), is an error. The adapter's own
 * swallows it, and what was never written is reported as saved.
 *
 * Everything a transaction writes has to carry its `req`: a hook that writes without it waits for a transaction that
 * waits for the hook, which ends in an error that says so.
 */
export function withReliableCommits<Adapter extends object>(adapter: Adapter): Adapter {
  return Object.assign(adapter, {
    async beginTransaction(this: Begun): Promise<string> {
      await this.initializing
      const id = randomUUID()
      this.sessions[id] = await openSession(this.drizzle as unknown as Drizzled)
      return id
    },
    async commitTransaction(this: Begun, id: Id): Promise<void> {
      await endSession(this, await id)?.resolve()
    },
    async rollbackTransaction(this: Begun, id: Id): Promise<void> {
      await endSession(this, await id)?.reject()
    },
  })
}

// Out of the registry before it ends, so that nothing else can still write through it.
function endSession(adapter: Begun, id: string | number): Session | undefined {
  const session = adapter.sessions[id]
  delete adapter.sessions[id]
  return session
}

const rolledBack = Symbol('rolled back')

/** Drizzle's transaction is a callback, Payload's a begin and an end: the callback is held open until it is told how to end. */
function openSession(drizzle: Drizzled): Promise<Session> {
  return new Promise((opened, failed) => {
    const ended: Promise<void> = drizzle
      .transaction(
        (db) =>
          new Promise((commit, rollback) => {
            const end = (how: () => void) => () => {
              how()
              return ended
            }
            opened({ db, resolve: end(commit), reject: end(() => rollback(rolledBack)) })
          }),
      )
      .catch((error) => {
        if (error === rolledBack) return
        failed(error)
        throw error
      })
    // A begin that failed is told through `failed`; an end that failed to whoever asked for it.
    ended.catch(() => undefined)
  })
}
