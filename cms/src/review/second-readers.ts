import type { PayloadRequest } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { type Actor, type GuardedAct, mayAct } from '../access/roles.ts'
import { articleOf, type Row } from '../publishing/document.ts'
import { reviewOf } from './acts.ts'
import { newestCandidate } from './candidates.ts'
import { couldConfirm, recallable } from './minor-lane.ts'
import { sourceStateOf } from './translations.ts'

/** The acts of those who read what others answered for, as far as they make sense now and the user may do them. */
export async function actsOfSecondReaders(req: PayloadRequest, row: Row, user: Actor): Promise<GuardedAct[]> {
  const { document } = articleOf(row)
  if (!document) return []
  const candidate = await newestCandidate(req, document, contentHash(document))
  const possible: [GuardedAct, () => Promise<boolean>][] = [
    ['confirm', async () => candidate === undefined && (await couldConfirm(req, document, row, user))],
    ['recall', async () => (await recallable(req, document)) !== undefined],
    [
      'check-translation',
      async () => {
        const { submittedAt, note } = reviewOf(row)
        if (submittedAt || note) return false
        const translation = await sourceStateOf(req, document)
        return translation?.source !== undefined && (candidate === undefined || translation.hasChanged)
      },
    ],
  ]
  const acts: GuardedAct[] = []
  for (const [act, makesSense] of possible) if (mayAct(user, act) && (await makesSense())) acts.push(act)
  return acts
}
