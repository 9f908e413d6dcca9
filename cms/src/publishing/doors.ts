import type { RecordKind } from 'content-schemas'
import { APIError, type CollectionAfterChangeHook, type CollectionBeforeDeleteHook } from 'payload'
import { type Acting, actingIn } from '../access/acting.ts'
import type { ActContext } from './act-context.ts'
import { entomb, freeze } from './acts.ts'
import { recordChanged } from './dependents.ts'
import { type Row, recordOf, shownPart } from './document.ts'
import { liveEdition, type Reference } from './editions.ts'
import type { DocumentCollection } from './gate.ts'
import { rowOf } from './records.ts'

/*
 * Hooks that lead every door of Payload to the acts.
 */

/**
 * Brings the editions in line with the status a row was left in: a published row is frozen, one that no longer is gets
 * a tombstone. Looks at what is stored, so it does not matter which door was used; a saved draft changes nothing.
 */
export const recordPublication: CollectionAfterChangeHook = async ({ collection, doc, data, context, req }) => {
  const slug = collection.slug as DocumentCollection
  const row = await rowOf(req, slug, doc.id, doc.locale)
  const act = context.act as ActContext | undefined
  const acting = actingIn(req)
  if (row?._status === 'published') {
    // A draft beside what is published: that stays as it is, whatever has become of it.
    if (data?._status === 'draft') return doc
    const isPublication = act?.act === 'publish' || act?.act === 'correct'
    await freeze(req, slug, row, isPublication ? act.act : 'publish', isPublication ? act.note : noteIn(row, acting))
    return doc
  }
  const reference: Reference = { uid: doc.uid, locale: doc.locale }
  const live = await liveEdition(req, reference)
  if (!live?.document) return doc
  if (act && 'ending' in act) await entomb(req, live, act.act, act.ending)
  else await entomb(req, live, 'withdraw', { ...acting, reason: '' })
  return doc
}

const noteIn = (row: Row, acting: Acting) => ({
  ...acting,
  ...(typeof row.changeNote === 'string' ? { changeNote: row.changeNote } : {}),
})

/** Refuses to delete a published document: readers would find nothing where it was. */
export const keepPublished: CollectionBeforeDeleteHook = async ({ collection, id, context, req }) => {
  if ((context.act as ActContext | undefined)?.act === 'purge') return
  const [uid = '', locale = ''] = String(id).split('.')
  const live = await liveEdition(req, { uid, locale: locale as Reference['locale'] })
  if (!live?.document) return
  throw new APIError(
    `“${live.title}” is published. Withdraw it first, with a reason; then this ${collection.labels.singular} can be deleted.`,
    409,
    null,
    true,
  )
}

/** Makes minor editions of the published documents that show a record which was changed. */
export const republishDependents: CollectionAfterChangeHook = async ({
  collection,
  doc,
  previousDoc,
  operation,
  req,
}) => {
  const kind = collection.slug as RecordKind
  // A version of before is restored in every language, whichever it is asked for in.
  if (operation === 'update' && (req.context.isRestoring || !looksTheSame(kind, previousDoc, doc)))
    await recordChanged(req, kind, String(doc.id), actingIn(req))
  return doc
}

/** Whether nobody can see a difference. A save changes one language and what all share: both show in that language. */
function looksTheSame(kind: RecordKind, before: Row, after: Row): boolean {
  const [was, is] = [recordOf(kind, before), recordOf(kind, after)]
  return was !== undefined && JSON.stringify(shownPart(kind, was)) === JSON.stringify(shownPart(kind, is))
}
