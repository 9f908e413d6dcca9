import type { CollectionBeforeChangeHook } from 'payload'
import { contentHash } from 'pipeline/identity.ts'
import { articleOf, type Row } from '../publishing/document.ts'

/** Stands for who changed a text where nobody was signed in. */
export const someProcess = 'process'

/**
 * Keeps in the row who changed its text since it was last approved, by their sign-ins: none of them may confirm it. Acts
 * say in the context who it is: `changedBy`, nobody after an approval, or `writers`, where one types for another. No door
 * can.
 */
export const noteChangers: CollectionBeforeChangeHook = ({ data, originalDoc, context, req }) => {
  if (Array.isArray(context.changedBy)) return { ...data, changedBy: context.changedBy }
  const before = changersOf(originalDoc)
  if (context.act || isSameText(originalDoc, data)) return { ...data, changedBy: before }
  const writers = Array.isArray(context.writers) ? context.writers : [req.user?.id ?? someProcess]
  return { ...data, changedBy: [...new Set([...before, ...writers.map(String)])] }
}

/** Who changed the text of a row since it was last approved. */
export const changersOf = (row: Record<string, unknown> | undefined): string[] =>
  Array.isArray(row?.changedBy) ? row.changedBy.map(String) : []

function isSameText(before: Row | undefined, data: Partial<Row>): boolean {
  if (!before) return false
  const [was, is] = [articleOf(before).document, articleOf({ ...before, ...data }).document]
  return was !== undefined && is !== undefined && contentHash(was) === contentHash(is)
}
