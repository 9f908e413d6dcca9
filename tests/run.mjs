#!/usr/bin/env node
// The test command: finds a MongoDB, runs vitest, and says at the end what this machine could not test.
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const help = `Runs the tests.

  npm test [-- FILTER…]        all tests, or those whose file names contain FILTER
  npm run test:full            with the long property and fault runs
  npm run bench [-- --json F]  the figures, side by side with their yardsticks

MongoDB: MONGODB_URI if set (it must carry replicaSet=), else a mongod on PATH, else its suite is left out and named.
S3: S3_TEST_URL, the address of a server that takes any key, else its suite is left out and named.`

const root = fileURLToPath(new URL('..', import.meta.url))
const args = process.argv.slice(2)
if (args.includes('--help')) {
  console.log(help)
  process.exit(0)
}
const full = args.includes('--full')
const bench = args.includes('--bench')
const rest = args.filter((argument) => argument !== '--full' && argument !== '--bench')
const scratch = mkdtempSync(join(tmpdir(), 'signpost-tests-'))
const environment = { ...process.env, SIGNPOST_TEST_SKIPS: join(scratch, 'skips') }
if (full) environment.SIGNPOST_TEST_FULL = '1'

const mongod = bench ? undefined : await startMongod()
const command = bench
  ? ['--conditions=production', '--import', 'tsx', join(root, 'tests/bench/run.ts'), ...rest]
  : [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'tests/vitest.config.ts', ...rest]
const child = spawn(process.execPath, command, { cwd: root, env: environment, stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
const status = await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
mongod?.kill('SIGTERM')
rmSync(scratch, { recursive: true, force: true })
process.exit(status)

/** Starts a one-node replica set where nothing better is given; undefined if there is none to start. */
async function startMongod() {
  if (process.env.MONGODB_URI) return undefined
  if (spawnSync('which', ['mongod']).status !== 0) {
    if (process.env.CI === 'true') {
      console.error('There is no MongoDB, and in CI its suite must run. Set MONGODB_URI or install mongod.')
      process.exit(1)
    }
    appendFileSync(
      environment.SIGNPOST_TEST_SKIPS,
      'No MONGODB_URI and no mongod: the cms suite on MongoDB did not run.\n',
    )
    return undefined
  }
  const port = await freePort()
  const server = spawn(
    'mongod',
    ['--port', String(port), '--dbpath', scratch, '--replSet', 'tests', '--bind_ip', '127.0.0.1'],
    { stdio: 'ignore' },
  )
  const uri = `mongodb://127.0.0.1:${port}/test`
  const { MongoClient } = await import('mongodb')
  const client = await MongoClient.connect(`${uri}?directConnection=true`)
  await client
    .db('admin')
    .command({ replSetInitiate: { _id: 'tests', members: [{ _id: 0, host: `127.0.0.1:${port}` }] } })
  await client.close()
  environment.MONGODB_URI = `${uri}?replicaSet=tests`
  return server
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
