import { mkdirSync, writeFileSync } from 'node:fs'
import { jsonSchemas } from './json-schemas.ts'

/** Writes `schemas/*.schema.json` from the Zod source. A test checks that what is committed is current. */
const folder = new URL('../schemas/', import.meta.url)
mkdirSync(folder, { recursive: true })
for (const [name, schema] of Object.entries(jsonSchemas()))
  writeFileSync(new URL(`${name}.schema.json`, folder), `${JSON.stringify(schema, null, 2)}\n`)
