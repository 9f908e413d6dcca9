import type { Client } from '@libsql/client'
import { createLocalReq, handleEndpoints, type Payload } from 'payload'
import { fakeUids, type Library, seedLibrary } from '../cms/library.ts'
import type { Figure } from './figure.ts'

/*
 * What an editor waits for at the CMS: the time the server takes for the requests that a screen makes, as its API answers
 * them or, for what the screen's own page asks, as Payload's operations do. Drawing it in a browser comes on top.
 * On SQLite, among 10,000 published articles, of which 1,000 show one helpline.
 */

const [articles, dependents] = [10_000, 1000]
const times = 9

export async function bench(): Promise<Figure[]> {
  const { install } = await import('../cms/installation.ts')
  const cms = await install('2026-05-01T09:00:00Z')
  try {
    const library = await seedLibrary(cms.payload, { articles, dependents })
    return await figures(cms.payload, library)
  } finally {
    await cms.remove()
  }
}

async function figures(payload: Payload, library: Library): Promise<Figure[]> {
  const screens = screensOf(payload, library)
  const { client } = payload.db as unknown as { client: Client }
  const read = (sql: string) => client.execute(sql)
  const of = `of ${articles.toLocaleString('en')} articles`
  const list = await median(screens.list)
  const rows = await median(() =>
    read('SELECT * FROM _articles_v WHERE latest = 1 ORDER BY version_updated_at DESC LIMIT 25'),
  )
  const form = await median(screens.form)
  const row = await median(() => read(`SELECT * FROM articles WHERE id = '${fakeUids.article(7)}.en'`))
  const save = await median(screens.save)
  const used = await median(screens.usedIn)
  const uses = await median(() =>
    read(`SELECT uid FROM uses WHERE record = '${library.helpline}' ORDER BY id LIMIT 25`),
  )
  const change = await timed(screens.changeHelpline)
  const inserts = await timed(() => insertPlainly(client))
  return [
    figure(`list ${of} ÷ its rows alone, read by SQL`, list, rows, '≤ 1000 ms'),
    figure('its search ÷ the same', await median(screens.search), rows, '≤ 1000 ms'),
    figure('form of one of them ÷ its row alone, read by SQL', form, row, '≤ 1500 ms'),
    figure('save with all checks ÷ that form', save, form, '≤ 300 ms'),
    figure(`used in, ${of} ÷ the first 25 uses, read by SQL`, used, uses, '≤ 100 ms'),
    figure(`a helpline shown by ${dependents} saved ÷ as many rows, by SQL`, change, inserts, '≤ 5000 ms'),
  ]
}

const figure = (name: string, ours: number, yardstick: number, goal: string): Figure => ({
  ...{ name, ours, yardstick, ratio: ours / yardstick, unit: 'ms', goal },
})

/** The requests that the screens make. */
function screensOf(payload: Payload, { user, token, helpline }: Library) {
  const id = `${fakeUids.article(7)}.en`
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { Authorization: `JWT ${token}`, 'Content-Type': 'application/json' }
    const request = new Request(`http://localhost:3000/api${path}`, { headers, ...init })
    const response = await handleEndpoints({ config: payload.config, request })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return response.json()
  }
  const page = { collection: 'articles', draft: true, depth: 0, limit: 25, user, overrideAccess: false } as const
  const shown = {
    title: true,
    locale: true,
    state: true,
    topics: true,
    review: true,
    updatedAt: true,
    _status: true,
  } as const
  let edit = 0
  return {
    list: async () => {
      const { countDue, dueFiltersOf } = await import('cms/src/admin/desk/dueFilters.ts')
      await payload.find({ ...page, sort: '-updatedAt', select: shown, includeLockStatus: true })
      await countDue(payload, 'articles', dueFiltersOf(payload, 'articles'))
    },
    search: () =>
      payload.find({
        ...{ ...page, sort: '-updatedAt', select: shown },
        where: { or: ['title', 'slug', 'summary'].map((field) => ({ [field]: { like: 'number 99' } })) },
      }),
    form: async () => {
      await payload.findByID({ collection: 'articles', id, draft: true, depth: 0, user, overrideAccess: false })
      await payload.countVersions({
        collection: 'articles',
        where: { parent: { equals: id } },
        user,
        overrideAccess: false,
      })
      await Promise.all([
        ask(`/articles/${id}/acts`),
        ask(`/articles/${id}/checks`),
        ask('/resources?limit=10&depth=0'),
      ])
    },
    save: async () => {
      edit += 1
      const body = JSON.stringify({ summary: `Saved for the ${edit}th time.` })
      await ask(`/articles/${id}?draft=true&autosave=true&depth=0`, { method: 'PATCH', body })
      await ask(`/articles/${id}/checks`)
    },
    usedIn: async () => {
      const { usageOf } = await import('cms/src/publishing/uses.ts')
      return usageOf(await createLocalReq({}, payload), 'resources', helpline, 25)
    },
    changeHelpline: () => {
      const body = JSON.stringify({ phones: [{ number: '555 0199', type: 'voice' }] })
      return ask(`/resources/${helpline}?depth=0`, { method: 'PATCH', body })
    },
  }
}

/** As many rows of an edition's size, in one transaction. */
async function insertPlainly(client: Client): Promise<void> {
  await client.execute('CREATE TABLE plain (id TEXT PRIMARY KEY, edition TEXT)')
  const { rows } = await client.execute('SELECT edition FROM editions LIMIT 1')
  const transaction = await client.transaction('write')
  for (let number = 0; number < dependents; number++)
    await transaction.execute({ sql: 'INSERT INTO plain VALUES (?, ?)', args: [String(number), rows[0]!.edition!] })
  await transaction.commit()
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

/** Milliseconds by the clock, warm. */
async function median(work: () => Promise<unknown>): Promise<number> {
  await work()
  const all: number[] = []
  for (let time = 0; time < times; time++) all.push(await timed(work))
  return all.sort((a, b) => a - b)[Math.floor(times / 2)]!
}
