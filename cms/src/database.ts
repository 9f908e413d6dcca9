import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { mongooseAdapter } from '@payloadcms/db-mongodb'
import { type SQLiteAdapter, sqliteAdapter } from '@payloadcms/db-sqlite'
import type { DatabaseAdapterObj, Migration } from 'payload'
import { migrations as mongodbMigrations } from './migrations/mongodb/index.ts'
import { migrations as sqliteMigrations } from './migrations/sqlite/index.ts'
import { openSqlite, withReliableCommits } from './sqlite-transactions.ts'

/** Which database an address means. */
export const databaseKind = (url: string): 'sqlite' | 'mongodb' => (url.startsWith('file:') ? 'sqlite' : 'mongodb')

/**
 * The database adapter for `DATABASE_URL`. The schema comes from committed migrations only, from the first start:
 * with `NODE_ENV=production` they run when Payload connects; `migrate` runs them anywhere.
 */
export const databaseFrom = (url: string): DatabaseAdapterObj =>
  databaseKind(url) === 'sqlite' ? sqlite(url) : mongodb(url)

/** The migrations of a database, to be given to `payload.db.migrate`. */
export const migrationsOf = (url: string): Migration[] =>
  (databaseKind(url) === 'sqlite' ? sqliteMigrations : mongodbMigrations) as Migration[]

const migrationDir = (kind: string) => path.join(import.meta.dirname ?? 'src', 'migrations', kind)

function sqlite(url: string): DatabaseAdapterObj {
  mkdirSync(path.dirname(url.slice('file:'.length)), { recursive: true })
  const { init, ...adapter } = sqliteAdapter({
    client: { url },
    idType: 'uuid',
    push: false,
    migrationDir: migrationDir('sqlite'),
    prodMigrations: migrationsOf(url),
  })
  return {
    ...adapter,
    init: (args) => withReliableCommits(withOwnClient(init(args) as unknown as SQLiteAdapter, url)),
  } as DatabaseAdapterObj
}

// The adapter uses a client it finds, and leaves its settings alone.
function withOwnClient(adapter: SQLiteAdapter, url: string): SQLiteAdapter {
  const connect = adapter.connect
  return Object.assign(adapter, {
    async connect(this: SQLiteAdapter, options: Parameters<NonNullable<typeof connect>>[0]) {
      this.client ??= await openSqlite(url)
      await connect?.call(this, options)
    },
  })
}

const mongodb = (url: string): DatabaseAdapterObj =>
  mongooseAdapter({
    url,
    connectOptions: { serverSelectionTimeoutMS: 5000 },
    // Unique keys are what keeps the editions straight: they stand before the first write.
    ensureIndexes: true,
    migrationDir: migrationDir('mongodb'),
    prodMigrations: migrationsOf(url) as never,
  }) as DatabaseAdapterObj
