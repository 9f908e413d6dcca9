import type { Payload } from 'payload'
import { rowId } from '../publishing/document.ts'
import type { Answer } from './answer.ts'
import { emptySpool } from './spool.ts'

/** Stores what readers answered on this machine, each once. Resolves to how many answers were looked at. */
export const storeAnswers = (payload: Payload, dataDir: string): Promise<number> =>
  emptySpool(dataDir, (answer) => storeAnswer(payload, answer))

const quiet = { depth: 0, overrideAccess: true } as const

/** Stores an answer, once; not one to what was never published, nor where readers are not asked. */
export async function storeAnswer(payload: Payload, answer: Answer): Promise<void> {
  const { uid, locale, isDoubtful, ...said } = answer
  if (!(await isAsked(payload, answer)) || (await isStored(payload, answer.id))) return
  try {
    const data = {
      ...said,
      locale,
      article: rowId(uid, locale),
      state: isDoubtful ? ('doubtful' as const) : ('new' as const),
    }
    await payload.create({ collection: 'feedback', data, ...quiet })
  } catch (error) {
    // Another worker on this machine may have been faster.
    if (!(await isStored(payload, answer.id))) throw error
  }
}

/** Whether readers are asked, and there ever was this edition: anybody may send anything. */
async function isAsked(payload: Payload, { uid, locale, stamp }: Answer): Promise<boolean> {
  const { feedback } = await payload.findGlobal({ slug: 'site', ...quiet })
  if (!feedback) return false
  const options = { disableErrors: true, ...quiet } as const
  const edition = await payload.findByID({ collection: 'editions', id: stamp, ...options })
  if (edition?.uid !== uid || edition.locale !== locale) return false
  return Boolean(await payload.findByID({ collection: 'articles', id: rowId(uid, locale), ...options }))
}

const isStored = async (payload: Payload, id: string): Promise<boolean> =>
  Boolean(await payload.findByID({ collection: 'feedback', id, disableErrors: true, ...quiet }))
