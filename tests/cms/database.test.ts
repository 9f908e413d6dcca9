import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { createLocalReq, initTransaction, type Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'
import { rowFor } from './rows.ts'

const isSqlite = process.env.SIGNPOST_TEST_DATABASE !== 'mongodb'
let installation: Installation
let payload: Payload

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  payload = installation.payload
})
afterAll(() => installation?.remove())

const count = async (slug: string) =>
  (await payload.count({ collection: 'topics', where: { slug: { equals: slug } } })).totalDocs

test('writes of many requests at once are all kept', async () => {
  const rows = await Promise.all(Array.from({ length: 12 }, () => rowFor('glossary')))
  const made = await Promise.all(rows.map((data) => payload.create({ collection: 'glossary', data: data as never })))
  const { totalDocs } = await payload.count({ collection: 'glossary', where: { id: { in: made.map(({ id }) => id) } } })
  expect(totalDocs).toBe(rows.length)
})

test('a hook that throws leaves nothing behind, version included', async () => {
  const { hooks } = payload.collections.articles.config
  const failing = () => {
    throw new Error('The last hook fails.')
  }
  hooks.afterChange.push(failing)
  try {
    const id = randomUUID()
    const data = { uid: id, title: 'Half written' } as never
    await expect(payload.create({ collection: 'articles', draft: true, data })).rejects.toThrow('The last hook fails.')
    const where = { uid: { equals: id } }
    expect((await payload.count({ collection: 'articles', where })).totalDocs).toBe(0)
    const versions = await payload.findVersions({ collection: 'articles', where: { 'version.uid': { equals: id } } })
    expect(versions.totalDocs).toBe(0)
  } finally {
    hooks.afterChange.splice(hooks.afterChange.indexOf(failing), 1)
  }
})

test('what is not committed is not seen, and gone when it is rolled back', async () => {
  const req = await createLocalReq({}, payload)
  await initTransaction(req)
  const data = { ...(await rowFor('topics')), slug: `held-${randomUUID().slice(0, 8)}` }
  await payload.create({ collection: 'topics', data: data as never, req })
  expect(await count(data.slug)).toBe(0)
  await payload.db.rollbackTransaction((await req.transactionID)!)
  expect(await count(data.slug)).toBe(0)
})

test('a slug nobody else has stays so when two are made at once', async () => {
  const slug = `race-${randomUUID().slice(0, 8)}`
  const data = async () => ({ ...(await rowFor('topics')), slug }) as never
  const outcomes = await Promise.allSettled(
    [1, 2, 3].map(async () => payload.create({ collection: 'topics', data: await data() })),
  )
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await count(slug)).toBe(1)
})

test('every migration has run', async () => {
  const { migrationsOf } = await import('cms/src/database.ts')
  const { docs } = await payload.find({ collection: 'payload-migrations', pagination: false })
  expect(docs.map(({ name }) => name).sort()).toEqual(
    migrationsOf(installation.databaseUrl)
      .map(({ name }) => name)
      .sort(),
  )
})

if (isSqlite)
  describe('SQLite', () => {
    test('the migrations make what the collections say; else run `npm run migrate:create --workspace cms -- NAME`', async () => {
      const { readdir, readFile } = await import('node:fs/promises')
      const adapter = payload.db as unknown as {
        migrationDir: string
        schema: Record<string, unknown>
        requireDrizzleKit(): {
          generateDrizzleJson(schema: object): Promise<object>
          generateMigration(from: object, to: object): Promise<string[]>
        }
      }
      const snapshots = (await readdir(adapter.migrationDir)).filter((file) => file.endsWith('.json')).sort()
      const last = JSON.parse(await readFile(join(adapter.migrationDir, snapshots.at(-1)!), 'utf8'))
      const { generateDrizzleJson, generateMigration } = adapter.requireDrizzleKit()
      expect(await generateMigration(last, await generateDrizzleJson(adapter.schema))).toEqual([])
    })

    test('nothing is lost with the power: write-ahead log, full synchronisation, before and after a transaction', async () => {
      const { client } = payload.db as unknown as { client: { execute(sql: string): Promise<{ rows: object[] }> } }
      const settings = async () =>
        Promise.all(
          ['journal_mode', 'synchronous', 'foreign_keys'].map(
            async (name) => (await client.execute(`PRAGMA ${name}`)).rows[0],
          ),
        )
      const wanted = [{ journal_mode: 'wal' }, { synchronous: 2 }, { foreign_keys: 1 }]
      expect(await settings()).toMatchObject(wanted)
      await payload.create({ collection: 'topics', data: (await rowFor('topics')) as never })
      expect(await settings()).toMatchObject(wanted)
    })

    test('a commit that fails is an error, and the next transaction has its turn', async () => {
      const { sql } = await import('@payloadcms/db-sqlite')
      const id = (await payload.db.beginTransaction())!
      const { sessions } = payload.db as unknown as {
        sessions: Record<string, { db: { run(query: unknown): Promise<unknown> } }>
      }
      const { db } = sessions[id]!
      await db.run(sql`PRAGMA defer_foreign_keys = ON`)
      await db.run(
        sql`INSERT INTO articles_rels ("order", parent_id, path, topics_id) VALUES (1, 'nobody', 'topics', 'nothing')`,
      )
      await expect(payload.db.commitTransaction(id)).rejects.toThrow()
      const made = await payload.create({ collection: 'topics', data: (await rowFor('topics')) as never })
      expect(made.id).toBeTruthy()
    })

    test('another process that writes is waited for, without holding up this one', async () => {
      const { openSqlite } = await import('cms/src/sqlite-transactions.ts')
      const other = await openSqlite(installation.databaseUrl)
      const held = await other.transaction('write')
      await held.execute({ sql: 'UPDATE users SET name = ? WHERE 0', args: ['x'] })
      let isWritten = false
      const writing = payload.create({ collection: 'topics', data: (await rowFor('topics')) as never }).then(() => {
        isWritten = true
      })
      // Reading goes on meanwhile, in this very process.
      for (let round = 0; round < 5; round++) await payload.count({ collection: 'topics' })
      expect(isWritten).toBe(false)
      await held.commit()
      await writing
      expect(isWritten).toBe(true)
      other.close()
    })
  })
