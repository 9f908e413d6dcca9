import type { Message, Waiver } from 'content-schemas'
import { createLocalReq, type Payload } from 'payload'
import { waiverFor } from 'pipeline/checks/waivers.ts'
import { type Row, rowId } from '../publishing/document.ts'
import type { Reference } from '../publishing/editions.ts'
import { type DocumentCollection, examine } from '../publishing/gate.ts'

/** Waivers for everything in the newest draft that blocks by one of the rules; `refused` names rules nobody may waive. */
export type Waiving = { waivers: Waiver[]; refused: Message[] }

/** Makes waivers for what a publisher lets pass in the newest draft of a document, rule by rule, each for its own words. */
export async function waive(
  payload: Payload,
  collection: DocumentCollection,
  { uid, locale }: Reference,
  rules: readonly string[],
  said: Pick<Waiver, 'reason' | 'by'>,
): Promise<Waiving> {
  const req = await createLocalReq({}, payload)
  const row = await payload.findByID({
    ...{ collection, id: rowId(uid, locale), locale, draft: true, depth: 0, overrideAccess: true, req },
  })
  const { document, messages } = await examine(req, collection, row as unknown as Row)
  const meant = messages.filter(({ rule, severity }) => severity === 'block' && rules.includes(rule))
  if (!document) return { waivers: [], refused: meant }
  return {
    waivers: meant.filter(({ waivable }) => waivable).map((message) => waiverFor(message, document, said)),
    refused: meant.filter(({ waivable }) => !waivable),
  }
}
