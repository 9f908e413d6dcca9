import type { Client, InValue, Row } from '@libsql/client'
import type { Clock } from 'pipeline/clock.ts'
import { openSqlite } from '../sqlite-transactions.ts'
import {
  type Claim,
  type ClaimRow,
  type ClaimStore,
  expiredReason,
  type Lease,
  noRows,
  type RowState,
} from './claims.ts'

const tables = [
  `CREATE TABLE IF NOT EXISTS claims_leases (
    name TEXT PRIMARY KEY, holder TEXT NOT NULL, fence INTEGER NOT NULL, until INTEGER NOT NULL
  )`,
  `CREATE TABLE IF NOT EXISTS claims_rows (
    queue TEXT NOT NULL, key TEXT NOT NULL, payload TEXT NOT NULL, state TEXT NOT NULL DEFAULT 'queued',
    attempts INTEGER NOT NULL DEFAULT 0, not_before INTEGER NOT NULL, reason TEXT NOT NULL DEFAULT '',
    holder TEXT, fence INTEGER NOT NULL DEFAULT 0, until INTEGER, PRIMARY KEY (queue, key)
  )`,
  'CREATE INDEX IF NOT EXISTS claims_waiting ON claims_rows (queue, state, not_before)',
]

/**
 * Leases and claims in SQLite. Each operation is one statement; SQLite takes the write lock at its start and holds
 * it to the end, so of many processes exactly one changes a row. Moments are milliseconds since 1970.
 */
export async function openSqliteClaims(databaseUrl: string, clock: Clock): Promise<ClaimStore> {
  const client = await openSqlite(databaseUrl)
  if (!(await hasTables(client))) for (const table of tables) await client.execute(table)
  const now = () => clock.now().getTime()
  const first = async (sql: string, args: InValue[]) => (await client.execute({ sql, args })).rows[0]
  const changed = async (sql: string, args: InValue[]) => (await client.execute({ sql, args })).rowsAffected
  return { leases: leases(now, first), claims: claims(client, now, first, changed), close: async () => client.close() }
}

// Making what is there already would wait for whoever writes.
const hasTables = async (client: Client): Promise<boolean> =>
  (await client.execute("SELECT 1 FROM sqlite_master WHERE name = 'claims_waiting'")).rows.length > 0

type First = (sql: string, args: InValue[]) => Promise<Row | undefined>
type Changed = (sql: string, args: InValue[]) => Promise<number>

const leases = (now: () => number, first: First): ClaimStore['leases'] => ({
  acquire: async (name, holder, milliseconds) =>
    leaseOf(
      await first(
        `INSERT INTO claims_leases (name, holder, fence, until) VALUES (?, ?, 1, ?)
         ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = fence + 1, until = excluded.until
         WHERE until <= ? RETURNING *`,
        [name, holder, now() + milliseconds, now()],
      ),
    ),
  renew: async (lease, milliseconds) =>
    leaseOf(
      await first('UPDATE claims_leases SET until = ? WHERE name = ? AND fence = ? AND until > ? RETURNING *', [
        now() + milliseconds,
        lease.name,
        lease.fence,
        now(),
      ]),
    ),
  release: async (lease) => {
    await first('UPDATE claims_leases SET until = ? WHERE name = ? AND fence = ? RETURNING *', [
      now(),
      lease.name,
      lease.fence,
    ])
  },
  find: async (name) => leaseOf(await first('SELECT * FROM claims_leases WHERE name = ?', [name])),
})

const held = "queue = ? AND key = ? AND fence = ? AND state = 'sending'"

/** Queues are asked every second: first a look, so that an empty one costs nobody a lock, then the statement that decides. */
const claims = (client: Client, now: () => number, first: First, changed: Changed): ClaimStore['claims'] => ({
  enqueue: async (queue, key, payload, notBefore) =>
    (await changed(
      'INSERT INTO claims_rows (queue, key, payload, not_before) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
      [queue, key, JSON.stringify(payload), notBefore?.getTime() ?? now()],
    )) === 1,
  claim: async (queue, holder, milliseconds, key) => {
    const waiting = `queue = ? AND state = 'queued' AND not_before <= ? AND key = coalesce(?, key)`
    const which = [queue, now(), key ?? null]
    if (!(await first(`SELECT 1 FROM claims_rows WHERE ${waiting} LIMIT 1`, which))) return undefined
    const row = await first(
      `UPDATE claims_rows SET state = 'sending', holder = ?, until = ?, fence = fence + 1, attempts = attempts + 1
       WHERE rowid = (SELECT rowid FROM claims_rows WHERE ${waiting} ORDER BY not_before, rowid LIMIT 1) RETURNING *`,
      [holder, now() + milliseconds, ...which],
    )
    return row && claimOf(row)
  },
  settle: async (claim, state, reason = '') =>
    (await changed(`UPDATE claims_rows SET state = ?, reason = ?, holder = NULL, until = NULL WHERE ${held}`, [
      state,
      reason,
      claim.queue,
      claim.key,
      claim.fence,
    ])) === 1,
  again: async (claim, notBefore, reason) =>
    (await changed(
      `UPDATE claims_rows SET state = 'queued', not_before = ?, reason = ?, holder = NULL, until = NULL WHERE ${held}`,
      [notBefore.getTime(), reason, claim.queue, claim.key, claim.fence],
    )) === 1,
  expire: async (queue) => {
    const lost = "queue = ? AND state = 'sending' AND until <= ?"
    if (!(await first(`SELECT 1 FROM claims_rows WHERE ${lost} LIMIT 1`, [queue, now()]))) return 0
    return changed(
      `UPDATE claims_rows SET state = 'uncertain', reason = ?, holder = NULL, until = NULL WHERE ${lost}`,
      [expiredReason, queue, now()],
    )
  },
  find: async (queue, key) => {
    const row = await first('SELECT * FROM claims_rows WHERE queue = ? AND key = ?', [queue, key])
    return row && rowOf(row)
  },
  count: async (queue) => {
    const sql = 'SELECT state, count(*) AS number FROM claims_rows WHERE queue = ? GROUP BY state'
    const counted = (await client.execute({ sql, args: [queue] })).rows
    return Object.assign(noRows(), Object.fromEntries(counted.map((row) => [row.state, Number(row.number)])))
  },
})

const leaseOf = (row: Row | undefined): Lease | undefined =>
  row && {
    name: String(row.name),
    holder: String(row.holder),
    fence: Number(row.fence),
    until: new Date(Number(row.until)),
  }

const rowOf = (row: Row): ClaimRow => ({
  queue: String(row.queue),
  key: String(row.key),
  payload: JSON.parse(String(row.payload)),
  state: row.state as RowState,
  attempts: Number(row.attempts),
  notBefore: new Date(Number(row.not_before)),
  reason: String(row.reason),
})

const claimOf = (row: Row): Claim => ({
  ...rowOf(row),
  holder: String(row.holder),
  fence: Number(row.fence),
  until: new Date(Number(row.until)),
})
