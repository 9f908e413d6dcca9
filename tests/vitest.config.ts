import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
const full = Boolean(process.env.SIGNPOST_TEST_FULL)
const project = (name: string, include: string[], more: object = {}) => ({
  test: {
    name,
    root,
    include,
    environment: 'node' as const,
    pool: 'forks' as const,
    testTimeout: full ? 3_600_000 : 180_000,
    hookTimeout: 300_000,
    ...more,
  },
})
const suites = [
  project('contract', ['contract/**/*.test.ts', 'architecture/**/*.test.ts']),
  project('pipeline', ['pipeline/**/*.test.ts']),
  project('release', ['release/**/*.test.ts']),
  project('cms on SQLite', ['cms/**/*.test.ts'], { env: { SIGNPOST_TEST_DATABASE: 'sqlite' } }),
  // One file at a time: the stand-in for MongoDB in CI is slow under contention.
  project('cms on MongoDB', ['cms/**/*.test.ts'], {
    env: { SIGNPOST_TEST_DATABASE: 'mongodb' },
    fileParallelism: false,
    testTimeout: full ? 3_600_000 : 600_000,
  }),
  project('faults', ['faults/**/*.test.ts'], { fileParallelism: false, testTimeout: full ? 3_600_000 : 600_000 }),
  project('browser', ['e2e/**/*.test.ts'], { fileParallelism: false, testTimeout: 900_000, hookTimeout: 900_000 }),
]

/** Without a MongoDB its suite is left out; the runner says so in the closing summary. */
export default defineConfig({
  test: {
    projects: suites.filter(({ test }) => test.name !== 'cms on MongoDB' || process.env.MONGODB_URI),
    reporters: ['default', './tests/reporter.ts'],
    maxWorkers: 2,
  },
})
