import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Payload } from 'payload'
import type { Clock } from 'pipeline/clock.ts'

/** A CMS of its own for one test file: empty, migrated, on the database this suite runs on. */
export type Installation = {
  payload: Payload
  dataDir: string
  databaseUrl: string
  /** What time the CMS believes it is. */
  clock: { now: Date }
  remove(): Promise<void>
}

/**
 * Makes one. Settings are read when the config is first imported, so a process can have one installation only: import
 * nothing of `cms` that reads them before this has resolved.
 */
export async function install(now: string): Promise<Installation> {
  const dataDir = await mkdtemp(join(tmpdir(), 'signpost-cms-'))
  const databaseUrl = databaseIn(dataDir)
  Object.assign(process.env, {
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    SITE_URL: 'http://localhost:3000',
    HOST: '',
    PORT: '',
  })
  const [{ default: config }, { getPayload }, { migrationsOf }] = await Promise.all([
    import('cms/src/payload.config.ts'),
    import('payload'),
    import('cms/src/database.ts'),
  ])
  const payload = await getPayload({ config })
  await payload.db.migrate({ migrations: migrationsOf(databaseUrl) })
  const clock = { now: new Date(now) }
  payload.config.custom.clock = { now: () => clock.now } satisfies Clock
  return {
    ...{ payload, dataDir, databaseUrl, clock },
    remove: async () => {
      await payload.destroy()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function databaseIn(folder: string): string {
  if (process.env.SIGNPOST_TEST_DATABASE !== 'mongodb') return `file:${join(folder, 'signpost.db')}`
  const address = new URL(process.env.MONGODB_URI ?? '')
  address.pathname = `/cms-${process.pid}-${Date.now()}`
  return address.href
}
