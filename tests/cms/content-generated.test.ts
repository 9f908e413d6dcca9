import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generateImportMap, type SanitizedConfig } from 'payload'
import { generateTypes } from 'payload/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'

/* What Payload writes from the collections is committed: it has to be what it would write today. */

const source = (path: string) => fileURLToPath(new URL(`../../cms/src/${path}`, import.meta.url))
let installation: Installation
let config: SanitizedConfig

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  config = installation.payload.config
})
afterAll(() => installation?.remove())

test('payload-types.ts is current; else run `npm run generate --workspace cms`', async () => {
  const file = join(installation.dataDir, 'payload-types.ts')
  process.env.PAYLOAD_TS_OUTPUT_PATH = file
  await generateTypes(config, { log: false })
  expect(await readFile(file, 'utf8')).toBe(await readFile(source('payload-types.ts'), 'utf8'))
})

test('importMap.js is current; else run `npm run generate --workspace cms`', async () => {
  const committed = source('app/(payload)/importMap.js')
  // In the same folder, since its imports are relative.
  const file = join(dirname(committed), `importMap.${process.pid}.js`)
  try {
    config.admin.importMap.importMapFile = file
    await generateImportMap(config, { log: false, force: true })
    expect(await readFile(file, 'utf8')).toBe(await readFile(committed, 'utf8'))
  } finally {
    await rm(file, { force: true })
  }
})
