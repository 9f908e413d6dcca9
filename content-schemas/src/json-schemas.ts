import { z } from 'zod'
import * as article from './article.ts'
import * as blocks from './blocks.ts'
import * as common from './common.ts'
import * as document from './document.ts'
import * as edition from './edition.ts'
import { Feed } from './feed.ts'
import { Message } from './message.ts'
import * as records from './records.ts'
import { Changes, HundredChanges, Index, Manifest, ManifestShard } from './release.ts'

/** The published schemas by file name. */
const published = {
  article: article.ArticleJson,
  tombstone: article.TombstoneJson,
  handouts: article.HandoutsJson,
  feed: Feed,
  edition: edition.Edition,
  index: Index,
  manifest: Manifest,
  'manifest-shard': ManifestShard,
  changes: Changes,
  'hundred-changes': HundredChanges,
  body: blocks.Root,
  document: document.Document,
  records: records.Records,
  'wording-rule': records.WordingRule,
  site: records.Site,
  message: Message,
} as const
export type SchemaName = keyof typeof published
export const schemaNames = Object.keys(published) as SchemaName[]

/** The Zod schema a published JSON Schema is written from. */
export const schemaNamed = (name: SchemaName): z.ZodType => published[name]

const whole = new Set<z.ZodType>(Object.values(published))
// Definitions carry the names the source has, so that a reader of either finds the other.
for (const module of [common, blocks, records, document, edition, article])
  for (const [id, schema] of Object.entries(module))
    if (schema instanceof z.ZodType && !whole.has(schema))
      z.globalRegistry.add(schema, { ...z.globalRegistry.get(schema), id })

// What consumers read may gain fields within v1; a schema that closes its objects would turn that into an error at theirs.
const closed = new Set<SchemaName>(['body', 'document', 'records', 'wording-rule', 'site', 'message'])
const open = ({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }) => {
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
}

/**
 * JSON Schema 2020-12 of everything published, by file name. Defaults are filled in, as consumers read it.
 * Objects that consumers read are open to fields added later; those a publisher writes are closed.
 */
export const jsonSchemas = (): Record<SchemaName, object> =>
  Object.fromEntries(
    schemaNames.map((name) => [
      name,
      {
        $id: `https://signpost.invalid/v1/schemas/${name}.schema.json`,
        ...z.toJSONSchema(published[name], {
          target: 'draft-2020-12',
          io: 'output',
          ...(closed.has(name) ? {} : { override: open }),
        }),
      },
    ]),
  ) as Record<SchemaName, object>
