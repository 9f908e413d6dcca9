import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { type Client, createClient, LibsqlError, type Transaction, type TransactionMode } from '@libsql/client'
import type { SQLiteAdapter } from '@payloadcms/db-sqlite'

/** How long a transaction waits for another one, and for another process, before it gives up, milliseconds. */
const patience = 20_000

type Session = { db: unknown; resolve: () => Promise<void>; reject: () => Promise<void> }
type Begun = Pick<SQLiteAdapter, 'drizzle' | 'initializing'> & { sessions: Record<string, Session> }
type Drizzled = { transaction(run: (tx: unknown) => Promise<void>, options: { behavior: 'immediate' }): Promise<void> }

/**
 * Transactions for Payload's SQLite adapter that hold when requests run side by side: one at a time in this process,
 * in the order they asked; against other processes by `BEGIN IMMEDIATE`. Unlike the adapter's own, a commit that
 * fails (a full disk) throws, and so is never reported as saved.
 *
 * Everything a transaction writes has to carry its `req`. A hook that writes without it waits for a transaction that
 * waits for the hook; after 20 seconds that ends in an error that says so.
 */
export function withSerialTransactions<Adapter extends object>(adapter: Adapter): Adapter {
  const turns = queue()
  return Object.assign(adapter, {
    async beginTransaction(this: Begun): Promise<string> {
      const done = await turns.next()
      try {
        await this.initializing
        const id = randomUUID()
        this.sessions[id] = await openSession(this.drizzle as unknown as Drizzled, done)
        return id
      } catch (cause) {
        done()
        throw new Error('Cannot begin a transaction on the SQLite database.', { cause })
      }
    },
    async commitTransaction(this: Begun, id: string | number | Promise<string | number>): Promise<void> {
      await endSession(this, await id)?.resolve()
    },
    async rollbackTransaction(this: Begun, id: string | number | Promise<string | number>): Promise<void> {
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

/** Drizzle's transaction is a callback; Payload's is begin and end. The callback is held open until it is told how to end. */
function openSession(drizzle: Drizzled, done: () => void): Promise<Session> {
  return new Promise((opened, failed) => {
    const ended: Promise<void> = drizzle
      .transaction(
        (db) =>
          new Promise((commit, rollback) => {
            opened({
              db,
              resolve: () => {
                commit()
                return ended
              },
              reject: () => {
                rollback(rolledBack)
                return ended
              },
            })
          }),
        { behavior: 'immediate' },
      )
      .catch((error) => {
        if (error === rolledBack) return
        failed(error)
        throw error
      })
      .finally(done)
    // A begin that failed is reported through `failed`; an end that failed through `resolve`.
    ended.catch(() => undefined)
  })
}

/** Turns, first come first served. Each is over when the function it gave is called, or was never taken. */
function queue() {
  let last: Promise<void> = Promise.resolve()
  return {
    async next(): Promise<() => void> {
      const before = last
      let done = () => {}
      last = new Promise((resolve) => {
        done = resolve
      })
      // Whoever gives up still passes the turn on, after the one before it.
      const late = new AbortController()
      const tooLong = wait(patience, 'late' as const, { signal: late.signal, ref: false })
      const result = await Promise.race([before, tooLong])
      if (result === 'late') {
        void before.then(done)
        throw new Error(
          `Another transaction has kept the SQLite database for ${patience / 1000} seconds. If a hook writes, pass it \`req\`, so that it writes inside the transaction it belongs to.`,
        )
      }
      tooLong.catch(() => undefined)
      late.abort()
      return done
    },
  }
}

/**
 * A libsql client that waits for a lock without blocking: SQLite's own busy timeout holds up the whole process, in
 * which the transaction that has the lock would have to end. The settings of a connection are set again on each new
 * one, since the client opens one after every transaction.
 */
export async function openSqlite(url: string): Promise<Client> {
  const client = createClient({ url })
  const execute = client.execute.bind(client)
  const transaction = client.transaction.bind(client)
  client.execute = ((...statement: Parameters<Client['execute']>) =>
    patiently(() => execute(...statement))) as Client['execute']
  client.transaction = async (mode: TransactionMode = 'write'): Promise<Transaction> => {
    const begun = await patiently(() => transaction(mode))
    await execute('PRAGMA synchronous = FULL')
    return begun
  }
  await client.execute('PRAGMA journal_mode = WAL')
  await client.execute('PRAGMA synchronous = FULL')
  return client
}

/** Repeat while another process has the database locked, up to `patience`. */
async function patiently<Result>(run: () => Promise<Result>): Promise<Result> {
  const giveUp = Date.now() + patience
  for (let pause = 1; ; pause = Math.min(2 * pause, 50)) {
    try {
      return await run()
    } catch (error) {
      const isLocked = error instanceof LibsqlError && error.code.startsWith('SQLITE_BUSY')
      if (!isLocked || Date.now() > giveUp) throw error
      await wait(pause * (0.5 + Math.random()))
    }
  }
}
