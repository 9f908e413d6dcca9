import { channels } from 'pipeline/channels/index.ts'
import { type CompileJob, lookUpsOf, resourcesOf } from 'pipeline/release/compile-beside.ts'
import { type CompilePool, type CompilePoolOptions, compilePool } from 'pipeline/release/compile-pool.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import type { ReconcileOptions } from 'pipeline/release/reconcile.ts'
import type { Published } from 'pipeline/source.ts'
import { afterEach, expect, test } from 'vitest'
import { article, link, paragraph, published, root, site, today, uid } from '../pipeline/documents.ts'
import { publishedArticle } from '../pipeline/specimen.ts'
import { Publication, plain, workspace } from './publication.ts'

/*
 * Documents compiled in threads, as a rebuild does it: the files are those of this thread, and a document that ends its
 * thread is the only one that is missing.
 */
const count = 100
const documentAt = (number: number) =>
  article({
    uid: uid(1000 + number),
    slug: `article-${number}`,
    title: `Article ${number}`,
    related: [uid(1000 + ((number + 1) % count))],
    body: root(paragraph(link(`article:${uid(1000 + ((number + 7) % count))}`, 'Another article'))),
  })

/** So many that threads are started for them, an article of every block among them. */
function publication(): Publication {
  const some = new Publication()
  for (let number = 0; number < count; number++) some.publish(documentAt(number))
  const { live } = publishedArticle('en')
  if (live.document?.kind === 'article') some.publish(live.document, { records: live.records })
  return some
}

const endings: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const end of endings.splice(0)) await end()
})
async function place(options: Partial<ReconcileOptions>) {
  const made = await workspace(publication(), { typeset: undefined, ...options })
  endings.push(made.remove)
  return made
}
function poolOf(options: CompilePoolOptions): CompilePool {
  const pool = compilePool(options)
  endings.push(pool.close)
  return pool
}

test('files compiled in threads are those compiled in this one, whatever they look up', async () => {
  const pool = poolOf({ size: 1 })
  let beside = 0
  const counting: CompilePool = {
    ...pool,
    async compile(job) {
      const document = await pool.compile(job)
      if (document) beside += 1
      return document
    },
  }
  const filesOf = async (options: Partial<ReconcileOptions>) => {
    const { store, reconcile } = await place({ channels, ...options })
    expect(await reconcile()).toMatchObject({ compiled: count + 1, problems: [] })
    const entries = [...(await readPaths(store, await store.readIndex())).entries()]
    // One of them needed a release more, for compressed copies.
    return new Map(
      entries.filter(([path]) => !path.startsWith('/v1/changes/')).map(([path, { ...file }]) => [path, file]),
    )
  }
  const [here, there] = [await filesOf({}), await filesOf({ compilers: counting })]
  expect(beside).toBe(count + 1)
  expect(there.size).toBeGreaterThan(count * 10)
  expect(there).toEqual(here)
})

test('a document that cannot be compiled beside is reported, and the rest is published', async () => {
  const compilers: CompilePool = {
    lanes: 1,
    compile: ({ published }) =>
      published.includes('"title":"Article 40"') ? Promise.reject(new Error('It hung.')) : Promise.resolve(undefined),
    close: async () => {},
  }
  const { reconcile, json, options } = await place({ channels: [plain], compilers })
  const { problems } = await reconcile()
  expect(problems).toMatchObject([{ uid: uid(1040), reason: expect.stringContaining('It hung.') }])
  expect(await json('/v1/en/articles/article-39.json')).toMatchObject({ title: 'Article 39', related: [null] })
  expect(await json('/v1/en/articles/article-41.json')).toMatchObject({ title: 'Article 41', related: ['Article 42'] })
  // Tried again, alone: still where it does no harm.
  expect((await reconcile({ ...options })).problems).toHaveLength(1)
})

function jobOf(document: Published): CompileJob {
  const json = JSON.stringify(document)
  const known = [...lookUpsOf(document, json), ...resourcesOf(document.live)]
  return { published: json, site, today, known, rows: [], assurances: [] }
}

test('a document that ends its thread ends no other', async () => {
  const pool = poolOf({
    size: 1,
    entry: new URL('deadly-thread.ts', import.meta.url),
    timeLimit: 2000,
    memoryLimit: 64,
  })
  const titled = (title: string) => pool.compile(jobOf(published({ ...documentAt(1), title })))
  const deeds = [
    titled('It is fine'),
    titled('It hangs'),
    titled('It bloats'),
    titled('It leaves'),
    titled('It is last'),
  ]
  const results = await Promise.allSettled(deeds)
  const told = results.map((result) =>
    result.status === 'fulfilled' ? result.value?.row.title : result.reason.message,
  )
  expect(told).toEqual([
    'It is fine',
    expect.stringContaining('longer than 2 s'),
    expect.stringMatching(/memory/),
    expect.stringContaining('exit code 3'),
    'It is last',
  ])
})

test('where no thread can be started, and for look-ups that were not sent along, the caller compiles', async () => {
  const job = jobOf(published(documentAt(1)))
  const told: string[] = []
  const entry = new URL('no-such-thread.ts', import.meta.url)
  const pool = poolOf({ entry, onUnusable: (sentence) => told.push(sentence) })
  expect(await Promise.all([pool.compile(job), pool.compile(job)])).toEqual([undefined, undefined])
  expect(told).toEqual([expect.stringContaining('no-such-thread.ts')])
  const { compileBeside } = await import('pipeline/release/compile-beside.ts')
  expect(await compileBeside({ ...job, known: [] }, channels)).toBeUndefined()
  expect(await compileBeside(job, channels)).toMatchObject({ failed: [] })
})
