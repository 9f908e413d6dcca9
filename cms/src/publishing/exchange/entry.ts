import { Resource } from 'content-schemas'
import type { z } from 'zod'

/*
 * Resources between Signpost and the files of directories and spreadsheets, one language a file. What the contract says
 * of a resource decides which fields there are: one that is added to it is exchanged from then on.
 */

/** Fields of a resource by their names in the contract. What a file says nothing of is absent; null takes it away. */
export type Fields = Record<string, unknown>

/** One resource of a file. */
export type Entry = {
  /** Where it stands, as whoever made the file counts: `row 7`. */
  place: string
  fields: Fields
  /** What of it could not be read. */
  wrong: string[]
}

/** What a file holds. `ignored` names columns or fields that no resource has. */
export type Read = { entries: Entry[]; ignored: string[] }

/** A file that cannot be read at all: a sentence that says why. */
export class UnreadableError extends Error {
  override name = 'UnreadableError'
}

/** How a field is written in a cell. `rows` are lists of flat fields, `json` whatever else there is. */
export type FieldKind = 'text' | 'number' | 'boolean' | 'words' | 'rows' | 'json'

/** The fields of a resource, in the order of the contract, and how each is written. */
export const resourceFields: ReadonlyMap<string, { kind: FieldKind; schema: z.ZodType }> = fieldsIn(Resource)

/** The fields of the rows of a list. */
export const rowFieldsOf = (schema: z.ZodType) => fieldsIn((schema as z.ZodArray).element as z.ZodObject)

function fieldsIn(schema: z.ZodObject): Map<string, { kind: FieldKind; schema: z.ZodType }> {
  return new Map(
    Object.entries(schema.shape).map(([name, field]) => {
      const inner = unwrapped(field as z.ZodType)
      return [name, { kind: kindOf(inner), schema: inner }]
    }),
  )
}

function kindOf(schema: z.ZodType): FieldKind {
  const { type } = schema.def
  if (type === 'string' || type === 'enum') return 'text'
  if (type === 'number' || type === 'boolean') return type
  if (type !== 'array') return 'json'
  const element = unwrapped((schema as z.ZodArray).element as z.ZodType)
  if (kindOf(element) === 'text') return 'words'
  const isFlat = element.def.type === 'object' && [...fieldsIn(element as z.ZodObject).values()].every(isCell)
  return isFlat ? 'rows' : 'json'
}

function isCell({ kind }: { kind: FieldKind }): boolean {
  return kind !== 'rows' && kind !== 'json'
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const { type } = schema.def
  if (type !== 'optional' && type !== 'default' && type !== 'nullable') return schema
  return unwrapped((schema as z.ZodOptional<z.ZodType>).unwrap())
}
