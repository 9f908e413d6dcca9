import type { Edition } from 'content-schemas'
import { createLocalReq, type Payload } from 'payload'
import type { Change, PublishedSource } from 'pipeline/source.ts'
import { readAsset } from '../assets.ts'
import { historyOf, liveEdition, type purged } from './editions.ts'
import { siteIn } from './records.ts'

const batch = 500

/** The editions of this installation, as the pipeline reads them. Each call reads what is committed then. */
export function publishedSource(payload: Payload): PublishedSource {
  const quiet = { depth: 0, overrideAccess: true } as const
  return {
    async *changes(after) {
      for (let cursor = after; ; ) {
        const { docs } = await payload.find({
          collection: 'editions',
          where: { cursor: { greater_than: cursor } },
          sort: 'cursor',
          limit: batch,
          pagination: false,
          select: { uid: true, locale: true, act: true, cursor: true },
          ...quiet,
        })
        for (const row of docs as unknown as Change[]) {
          const { uid, locale, act } = row
          cursor = row.cursor
          yield { uid, locale, act, cursor }
        }
        if (docs.length < batch) return
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
