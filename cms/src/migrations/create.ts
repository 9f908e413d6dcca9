import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * `npm run migrate:create --workspace cms -- NAME`: for each database, writes a migration from what the collections
 * differ by from the last one, and lists it in its `index.ts`. Touches no database.
 */

const [name] = process.argv.slice(2)
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error('Name the migration: `npm run migrate:create --workspace cms -- add_topic_codes`.')
  process.exit(2)
}

const payload = path.resolve(fileURLToPath(import.meta.resolve('payload')), '../../bin.js')
const databases = { sqlite: '', mongodb: 'mongodb://127.0.0.1/none?replicaSet=none' }
const dataDir = mkdtempSync(path.join(tmpdir(), 'signpost-migration-'))
try {
  for (const [kind, DATABASE_URL] of Object.entries(databases)) {
    const env = { ...process.env, DATABASE_URL, DATA_DIR: dataDir }
    execFileSync(process.execPath, ['--conditions=production', payload, 'migrate:create', name], { env, stdio: 'inherit' })
    tidy(path.join(import.meta.dirname, kind))
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true })
}

/** Payload's templates import types as values and name what they do not use. */
function tidy(folder: string): void {
  for (const file of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    const written = readFileSync(path.join(folder, file), 'utf8')
    const tidied = written
      .replace(/^(import \* as \w+ from '\.\/[^']+?)(?:\.ts)?(';?)$/gm, '$1.ts$2')
      .replace(/(?<!type )\b(Migrate(?:Up|Down)Args)(?=[^}]*}\s*from)/g, 'type $1')
      .replace('({ payload, req, session }: MigrateUpArgs)', '(_: MigrateUpArgs)')
      .replace('({ payload, req, session }: MigrateDownArgs)', '(_: MigrateDownArgs)')
      .replace(/\({ db, payload, req }: (?=Migrate)/g, '({ db }: ')
    if (tidied !== written) writeFileSync(path.join(folder, file), tidied)
  }
}
