import article from 'content-schemas/schemas/article.schema.json' with { type: 'json' }
import changes from 'content-schemas/schemas/changes.schema.json' with { type: 'json' }
import edition from 'content-schemas/schemas/edition.schema.json' with { type: 'json' }
import feed from 'content-schemas/schemas/feed.schema.json' with { type: 'json' }
import handouts from 'content-schemas/schemas/handouts.schema.json' with { type: 'json' }
import hundred from 'content-schemas/schemas/hundred-changes.schema.json' with { type: 'json' }
import index from 'content-schemas/schemas/index.schema.json' with { type: 'json' }
import manifest from 'content-schemas/schemas/manifest.schema.json' with { type: 'json' }
import shard from 'content-schemas/schemas/manifest-shard.schema.json' with { type: 'json' }
import tombstone from 'content-schemas/schemas/tombstone.schema.json' with { type: 'json' }
import { sha256 } from '../../identity.ts'
import type { List } from '../channel.ts'

const schemas = {
  article,
  changes,
  edition,
  feed,
  handouts,
  'hundred-changes': hundred,
  index,
  manifest,
  'manifest-shard': shard,
  tombstone,
}

/** Where the JSON Schema of a published file is. */
export const schemaPath = (name: keyof typeof schemas): string => `/v1/schemas/${name}.schema.json`

const files = Object.entries(schemas).map(([name, schema]) => {
  const body = JSON.stringify(schema)
  return { path: schemaPath(name as keyof typeof schemas), body, key: sha256(body) }
})

/** The JSON Schemas of what consumers read. */
export const schemaFiles = (): List[] =>
  files.map(({ path, body, key }) => ({
    path,
    key,
    render: () => ({ path, type: 'application/schema+json; charset=utf-8', body }),
  }))
