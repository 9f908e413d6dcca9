import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type Payload,
  type PayloadRequest,
} from 'payload'
import { environment } from '../environment.ts'

/** How often an act is tried again when another one was faster. */
const attempts = 10

/**
 * Runs in one transaction: all of it is committed, or nothing. MongoDB lets one of two transactions that write the same
 * thing fail at once; that one is tried again.
 */
export async function inTransaction<T>(payload: Payload, run: (req: PayloadRequest) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const req = await createLocalReq({}, payload)
    await initTransaction(req)
    try {
      const result = await run(req)
      await commitTransaction(req)
      return result
    } catch (error) {
      await killTransaction(req)
      if (!isConflict(error) || attempt === attempts) throw error
      await pause(Math.random() * 20 * attempt)
    }
  }
}

const writeConflict = 112

/** Whether a transaction failed only because another one was faster. */
export function isConflict(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code, errorLabels, cause } = error as Error & { code?: unknown; errorLabels?: unknown }
  if (code === writeConflict || (Array.isArray(errorLabels) && errorLabels.includes('TransientTransactionError')))
    return true
  return cause !== undefined && cause !== error && isConflict(cause)
}

type Database = Payload['db']
const waiting = new WeakMap<Database, Map<string | number, (() => void)[]>>()

/** Runs once the transaction of a request is committed; not at all if it is rolled back. */
export async function afterCommit(req: PayloadRequest, run: () => void): Promise<void> {
  const transaction = await req.transactionID
  if (transaction === undefined || transaction === null) return run()
  const commits = watched(req.payload.db)
  const before = commits.get(transaction) ?? []
  if (!before.includes(run)) commits.set(transaction, [...before, run])
}

// Payload has no hook that runs after a commit.
function watched(database: Database): Map<string | number, (() => void)[]> {
  const known = waiting.get(database)
  if (known) return known
  const commits = new Map<string | number, (() => void)[]>()
  waiting.set(database, commits)
  const { commitTransaction: commit, rollbackTransaction: rollback } = database
  database.commitTransaction = async (id) => {
    await commit.call(database, id)
    for (const run of taken(commits, await id)) run()
  }
  database.rollbackTransaction = async (id) => {
    taken(commits, await id)
    await rollback.call(database, id)
  }
  return commits
}

function taken(commits: Map<string | number, (() => void)[]>, id: string | number): (() => void)[] {
  const runs = commits.get(id) ?? []
  commits.delete(id)
  return runs
}

/** The file whose change wakes the reconciler. */
export const wakeFile = (dataDir: string): string => join(dataDir, 'run', 'wake')

/** Tells the reconciler that there is something new. It looks by itself too: a lost call costs half a second. */
export function wake(): void {
  const file = wakeFile(environment().dataDir)
  const now = new Date()
  utimes(file, now, now)
    .catch(() => writeFile(file, ''))
    // Without a worker on this machine there is nobody to wake.
    .catch(() => undefined)
}
