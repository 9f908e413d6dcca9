import type { CollectionBeforeChangeHook } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { articleOf, type Row } from '../publishing/document.ts'

/** Stands for who changed a text where nobody was signed in. */
export const someProcess = 'process'

/** Who changed a text: the sign-in that wrote, or one that suggested words which somebody else took over. */
export type Changer = string | { suggested: string }

/**
 * Keeps in the row who changed its text since it was last approved, by their sign-ins. None of them may confirm it, and
 * none who wrote may approve it. Acts say in the context who it is: `changedBy`, nobody after an approval, or
 * `changers`, where words are another's. No door can.
 */
export const noteChangers: CollectionBeforeChangeHook = ({ data, originalDoc, context, req }) => {
  if (Array.isArray(context.changedBy)) return { ...data, changedBy: context.changedBy }
  const before = noted(originalDoc)
  if (context.act || isSameText(originalDoc, data)) return { ...data, changedBy: before }
  const changers = (context.changers as Changer[] | undefined) ?? [String(req.user?.id ?? someProcess)]
  const added = changers.filter((one) => !before.some((known) => JSON.stringify(known) === JSON.stringify(one)))
  return { ...data, changedBy: [...before, ...added] }
}

type Changed = Record<string, unknown> | undefined

/** Who changed the text of a row since it was last approved, in whatever way. */
export const changersOf = (row: Changed): string[] =>
  noted(row).map((one) => (typeof one === 'string' ? one : one.suggested))

/** Who wrote in the text of a row since it was last approved: not who suggested words that an editor took over. */
export const writersSince = (row: Changed): string[] => noted(row).filter((one) => typeof one === 'string')

const noted = (row: Changed): Changer[] => (Array.isArray(row?.changedBy) ? row.changedBy : [])

function isSameText(before: Row | undefined, data: Partial<Row>): boolean {
  if (!before) return false
  const [was, is] = [articleOf(before).document, articleOf({ ...before, ...data }).document]
  return was !== undefined && is !== undefined && contentHash(was) === contentHash(is)
}
