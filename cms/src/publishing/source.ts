import type { Edition } from 'content-schemas'
import { createLocalReq, type Payload } from 'payload'
import type { Assurance, Change, PublishedSource } from 'pipeline/source.ts'
import { readAsset } from '../assets.ts'
import { historyOf, liveEdition, type purged } from './editions.ts'
import { siteIn } from './records.ts'

const batch = 500

/** The editions of this installation, as the pipeline reads them. Each call reads what is committed then. */
export function publishedSource(payload: Payload): PublishedSource {
  const quiet = { depth: 0, overrideAccess: true } as const
  return {
    async *changes(after) {
      const rows = inOrder<Change>(payload, 'editions', after, { uid: true, locale: true, act: true })
      for await (const { uid, locale, act, cursor } of rows) yield { uid, locale, act, cursor }
    },
    async *assurances(after) {
      const select = { resource: true, assuredDate: true, verifyEveryDays: true } as const
      for await (const row of inOrder<Assurance>(payload, 'assurances', after, select)) {
        const { resource, assuredDate = null, verifyEveryDays, cursor } = row
        yield { resource, assuredDate, verifyEveryDays, cursor }
      }
    },
    document: async (uid, locale) => {
      const req = await createLocalReq({}, payload)
      const live = await liveEdition(req, { uid, locale })
      return live && { live, history: await historyOf(req, { uid, locale }) }
    },
    edition: async (stamp) => {
      const row = await payload.findByID({ collection: 'editions', id: stamp, disableErrors: true, ...quiet })
      const edition = row?.edition as unknown as Edition | typeof purged | undefined
      return edition && 'purged' in edition ? undefined : edition
    },
    site: async (locale) => siteIn(await createLocalReq({}, payload), locale),
    asset: readAsset,
  }
}

/** Rows after a cursor, oldest first, in batches. */
async function* inOrder<T extends { cursor: number }>(
  payload: Payload,
  collection: 'editions' | 'assurances',
  after: number,
  select: Record<string, true>,
): AsyncGenerator<T> {
  for (let cursor = after; ; ) {
    const { docs } = await payload.find({
      collection,
      where: { cursor: { greater_than: cursor } },
      sort: 'cursor',
      limit: batch,
      pagination: false,
      select: { ...select, cursor: true },
      depth: 0,
      overrideAccess: true,
    })
    for (const row of docs as unknown as T[]) {
      cursor = row.cursor
      yield row
    }
    if (docs.length < batch) return
  }
}

/** The cursor of the newest act; 0 before the first. */
export async function newestCursor(payload: Payload): Promise<number> {
  const { docs } = await payload.find({
    collection: 'editions',
    sort: '-cursor',
    limit: 1,
    pagination: false,
    select: { cursor: true },
    depth: 0,
    overrideAccess: true,
  })
  return docs[0]?.cursor ?? 0
}
