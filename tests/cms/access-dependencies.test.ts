import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/* `npm audit` needs a registry that answers; the floors we know of are kept here, and looked at by people. */

type Advisories = { lookedAt: string; floors: Record<string, { atLeast: string; because: string }> }
const read = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const { floors }: Advisories = read('advisories.json')
const { packages }: { packages: Record<string, { version?: string }> } = read('../../package-lock.json')

/** Every version of a package anywhere in the tree. */
const versionsOf = (name: string): string[] =>
  Object.entries(packages).flatMap(([path, { version }]) =>
    path.endsWith(`node_modules/${name}`) && version ? [version] : [],
  )

const isAtLeast = (version: string, floor: string): boolean =>
  version.localeCompare(floor, 'en', { numeric: true, sensitivity: 'base' }) >= 0

describe('no copy of a dependency is older than the last advisory', () => {
  test.each(Object.entries(floors))('%s', (name, { atLeast, because }) => {
    const versions = versionsOf(name)
    expect(versions.length).toBeGreaterThan(0)
    for (const version of versions) expect(isAtLeast(version, atLeast), `${name} ${version}: ${because}`).toBe(true)
  })
})

test('Payload has one version, to the digit', () => {
  const names = Object.keys(packages).filter((path) => /^node_modules\/(payload|@payloadcms\/[^/]+)$/.test(path))
  expect(names.length).toBeGreaterThan(5)
  expect(new Set(names.map((path) => packages[path]!.version)).size).toBe(1)
  const { dependencies }: { dependencies: Record<string, string> } = read('../../cms/package.json')
  for (const [name, range] of Object.entries(dependencies))
    if (name === 'payload' || name.startsWith('@payloadcms/')) expect(range, name).toMatch(/^\d/)
})
