import type { Client } from '@libsql/client'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { recordKinds } from 'content-schemas'
import type { Payload, TypedUser } from 'payload'
import { article, heading, known, paragraph, records, root, uid } from '../pipeline/documents.ts'

/*
 * A large library for figures: two articles are published as any other, and their rows are copied inside of the database,
 * so that ten thousand of them are there in seconds. SQLite alone. The same numbers give the same library.
 */

/** The uids that copied articles have. */
export const fakeUids = { article: (number: number): string => uid(100_000 + number) }

/** What was made: a sign-in that may do everything, and the helpline that some of the articles show. */
export type Library = { user: TypedUser; token: string; helpline: string }

export async function seedLibrary(
  payload: Payload,
  { articles, dependents }: { articles: number; dependents: number },
): Promise<Library> {
  const { recordRow }: typeof Documents = await import('cms/src/publishing/document.ts')
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await payload.create({ collection: kind, data: recordRow(kind, record, 'en') as never })
  await publishArticle(payload, 50_001, [known.helpline])
  await publishArticle(payload, 50_002, [])
  const { client } = payload.db as unknown as { client: Client }
  await copy(client, uid(50_001), 0, dependents)
  await copy(client, uid(50_002), dependents, articles)
  return { ...(await signIn(payload)), helpline: known.helpline }
}

/** Some 600 words. */
async function publishArticle(payload: Payload, number: number, resources: string[]): Promise<void> {
  const { articleRow }: typeof Documents = await import('cms/src/publishing/document.ts')
  const { approve }: typeof Review = await import('cms/src/review/acts.ts')
  const { publish }: typeof Acts = await import('cms/src/publishing/acts.ts')
  const words = 'Many people sleep badly for some days, and most of it passes with rest and somebody to talk to. '
  const sections = Array.from({ length: 6 }, (_, index) => [
    heading(2, `What helps, part ${index + 1}`),
    ...Array.from({ length: 3 }, () => paragraph(words, words)),
  ]).flat()
  const help = resources.length > 0 ? [{ type: 'resources' as const, id: 'r', resources }] : []
  const made = article({
    ...{ uid: uid(number), slug: `copied-${number}-article`, title: `Article number ${number} to copy` },
    body: root(...sections, ...help),
  })
  const reference = { uid: uid(number), locale: 'en' } as const
  await payload.create({ collection: 'articles', data: articleRow(made) as never, draft: true })
  const days = { lastReviewed: '2026-02-01', nextReview: '2028-02-01' }
  await approve(payload, reference, { by: 'L. Wong', reviewer: known.reviewer, ...days })
  await publish(payload, 'article', reference, { by: 'A. Publisher' })
}

async function signIn(payload: Payload): Promise<Pick<Library, 'user' | 'token'>> {
  const data = { email: 'all@example.org', password: 'correct horse battery' }
  const roles = ['editor', 'reviewer', 'publisher', 'admin']
  await payload.create({ collection: 'users', data: { ...data, name: 'All', roles } as never })
  const { user, token } = await payload.login({ collection: 'users', data })
  return { user: user as TypedUser, token: token! }
}

/** Tables that hold something of an article, and the column that says of which. */
async function tablesOf(client: Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
  const names = rows.map(({ name }) => String(name))
  // What others refer to comes first.
  const first = ['articles', '_articles_v', 'editions', 'candidates', 'uses']
  const own = [...first, ...names.filter((name) => /^_?articles_/.test(name) && !first.includes(name))]
  return Promise.all(
    own.map(async (table) => {
      const { rows: columns } = await client.execute(`PRAGMA table_info("${table}")`)
      return { table, columns: columns.map(({ name }) => String(name)) }
    }),
  )
}

/**
 * Copies all rows of an article, from one number up to another. Whatever names the article is made to name its copy: its
 * uid, its slug, and its number in texts; ids of rows that name no article get the number at their end.
 */
async function copy(client: Client, from: string, start: number, end: number): Promise<void> {
  const number = Number(from.slice(-12))
  const { rows } = await client.execute(`SELECT id FROM _articles_v WHERE parent_id = '${from}.en'`)
  const versions = rows.map(({ id }) => String(id))
  const { rows: stamps } = await client.execute(`SELECT id FROM editions WHERE uid = '${from}'`)
  const named = [
    [from, "printf('00000000-0000-4000-8000-%012d', 100000 + n.i)"],
    [`copied-${number}-article`, "printf('copied-%d-article', 100000 + n.i)"],
    [`Article number ${number} to copy`, "printf('Article number %d to copy', 100000 + n.i)"],
    ...versions.map((id) => [id, `'${id}-' || n.i`]),
    ...stamps.map(({ id }) => [String(id), `printf('C${number}%08d', n.i)`]),
  ] as [string, string][]
  const isNamed = (column: string) => named.map(([name]) => `instr(t."${column}", '${name}') > 0`).join(' OR ')
  for (const { table, columns } of await tablesOf(client)) {
    const keys = columns.filter((column) => /^(id|uid|parent_id|_parent_id|_articles_v_id|articles_id)$/.test(column))
    const replaced = (column: string) =>
      named.reduce((expression, [name, copied]) => `replace(${expression}, '${name}', ${copied})`, `t."${column}"`)
    const expressionOf = (column: string) => {
      if (column === 'cursor') return '1000000 + n.i * 10 + t."cursor"'
      // A key that is a number is given by the database.
      if (column === 'id')
        return `CASE WHEN ${isNamed(column)} THEN ${replaced(column)} WHEN typeof(t."id") = 'integer' THEN NULL ELSE t."id" || '-' || n.i END`
      return `CASE WHEN typeof(t."${column}") = 'text' THEN ${replaced(column)} ELSE t."${column}" END`
    }
    await client.execute(`
      WITH RECURSIVE n(i) AS (SELECT ${start} UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ${end})
      INSERT INTO "${table}" (${columns.map((column) => `"${column}"`).join(', ')})
      SELECT ${columns.map(expressionOf).join(', ')} FROM n, (
        SELECT * FROM "${table}" t WHERE ${keys.map((key) => `(${isNamed(key)})`).join(' OR ')}
      ) t`)
  }
}
