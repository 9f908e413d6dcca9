import { openApi } from 'content-schemas'
import article from 'content-schemas/schemas/article.schema.json' with { type: 'json' }
import audiences from 'content-schemas/schemas/audiences.schema.json' with { type: 'json' }
import changes from 'content-schemas/schemas/changes.schema.json' with { type: 'json' }
import edition from 'content-schemas/schemas/edition.schema.json' with { type: 'json' }
import feed from 'content-schemas/schemas/feed.schema.json' with { type: 'json' }
import glossary from 'content-schemas/schemas/glossary.schema.json' with { type: 'json' }
import handouts from 'content-schemas/schemas/handouts.schema.json' with { type: 'json' }
import hundred from 'content-schemas/schemas/hundred-changes.schema.json' with { type: 'json' }
import index from 'content-schemas/schemas/index.schema.json' with { type: 'json' }
import lookup from 'content-schemas/schemas/lookup.schema.json' with { type: 'json' }
import manifest from 'content-schemas/schemas/manifest.schema.json' with { type: 'json' }
import shard from 'content-schemas/schemas/manifest-shard.schema.json' with { type: 'json' }
import resource from 'content-schemas/schemas/resource.schema.json' with { type: 'json' }
import resources from 'content-schemas/schemas/resources.schema.json' with { type: 'json' }
import search from 'content-schemas/schemas/search.schema.json' with { type: 'json' }
import tombstone from 'content-schemas/schemas/tombstone.schema.json' with { type: 'json' }
import topics from 'content-schemas/schemas/topics.schema.json' with { type: 'json' }
import { sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { List } from '../channel.ts'

const schemas = {
  article,
  audiences,
  changes,
  edition,
  feed,
  glossary,
  handouts,
  'hundred-changes': hundred,
  index,
  lookup,
  manifest,
  'manifest-shard': shard,
  resource,
  resources,
  search,
  tombstone,
  topics,
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

let described: { siteUrl: string; list: List } | undefined
/** OpenAPI of it all; written once for an address, for it takes as long as thousands of rows. */
export function openApiFile(siteUrl: string): List {
  if (described?.siteUrl !== siteUrl) described = { siteUrl, list: openApiList(siteUrl) }
  return described.list
}

function openApiList(siteUrl: string): List {
  const path = paths.openApi
  const body = JSON.stringify(openApi(siteUrl))
  return { path, key: sha256(body), render: () => ({ path, type: 'application/json; charset=utf-8', body }) }
}
