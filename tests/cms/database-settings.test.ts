import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { EnvironmentError, keepSigningKeys, readEnvironment, settingsTable } from 'cms/src/environment.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const command = fileURLToPath(new URL('../../cms/bin/signpost.mjs', import.meta.url))
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-settings-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const read = (given: Record<string, string>) => readEnvironment({ DATA_DIR: folder, ...given })

test('nothing has to be set', () => {
  expect(read({})).toMatchObject({
    ...{ databaseUrl: `file:${folder}/signpost.db`, storeUrl: `file:${folder}/release`, port: 3000, host: '127.0.0.1' },
    ...{ siteUrl: 'http://localhost:3000', smtpUrl: undefined, typesetter: 'auto', sample: true },
  })
})

test('without sample content it listens to everyone, and mails come from the site', () => {
  const value = read({ SAMPLE: 'no', SITE_URL: 'https://guides.example.org', PORT: '8080' })
  expect(value).toMatchObject({ host: '0.0.0.0', port: 8080, mailFrom: 'signpost@guides.example.org' })
})

test('an empty value is none', () => {
  expect(read({ PORT: '', HOST: ' ' })).toMatchObject({ port: 3000, host: '127.0.0.1' })
})

test.each([
  ['DATABASE_URL', 'postgres://localhost/x', 'Write `file:`'],
  ['DATABASE_URL', 'mongodb://localhost', 'names no database'],
  ['DATABASE_URL', 'mongodb://localhost/signpost', 'replicaSet'],
  ['PORT', '70000', '1 to 65535'],
  ['PORT', 'http', '1 to 65535'],
  ['HOST', 'no host', 'host name'],
  ['SITE_URL', 'guides.example.org', 'https://'],
  ['SITE_URL', 'https://guides.example.org/', 'without a slash'],
  ['STORE_URL', 'ftp://bucket', 's3://bucket/prefix'],
  ['STORE_URL', 's3://guides?endpoint=s3.example.org', 'no origin'],
  ['NEXT_SIGNING_KEY', '{"kty":"RSA"}', 'signpost keys next'],
  ['SIGNING_KEY', '{"kty":"RSA"}', 'Ed25519'],
  ['PAYLOAD_SECRET', 'short', '32 characters'],
  ['TOKEN_SECRET', 'short', '32 characters'],
  ['SMTP_URL', 'mail.example.org', 'smtp://'],
  ['MAIL_FROM', 'Signpost <a@b.example>', 'plain'],
  ['ADMIN_EMAIL', 'admin', 'e-mail address'],
  ['TYPESETTER', 'latex', '`wasm`'],
  ['SAMPLE', 'true', '`yes`'],
])('%s=%s is refused with what to write', (name, value, fix) => {
  expect(() => read({ [name]: value })).toThrow(EnvironmentError)
  expect(() => read({ [name]: value })).toThrow(name)
  expect(() => read({ [name]: value })).toThrow(fix)
})

test('a command with a wrong setting says what to write and ends as misuse', async () => {
  const wrong = { ...process.env, DATA_DIR: folder, PORT: 'http' }
  const ended = await promisify(execFile)(process.execPath, [command, 'publish', 'any'], { env: wrong }).catch(
    (error) => error,
  )
  expect(ended).toMatchObject({ code: 2, stdout: '' })
  expect(ended.stderr).toMatch(/^PORT=http .*1 to 65535/)
  expect(ended.stderr).not.toContain('--help')
})

test('all that is wrong is said at once, and no secret with it', () => {
  const wrong = { PORT: 'x', PAYLOAD_SECRET: 'hunter2', DATABASE_URL: 'mongodb://me:hunter2@localhost/x' }
  try {
    read(wrong)
    expect.unreachable()
  } catch (error) {
    const { message } = error as Error
    expect(message.split('\n')).toHaveLength(3)
    expect(message).not.toContain('hunter2')
  }
})

test.each([
  'mongodb://one:27017,two:27017/signpost?replicaSet=rs0',
  'mongodb+srv://me:secret@cluster.example.org/signpost',
  'mongodb://localhost/signpost?w=majority&replicaSet=rs0',
])('%s is taken', (DATABASE_URL) => {
  expect(read({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL)
})

describe('secrets', () => {
  test('are made once, for their owner alone', async () => {
    const first = read({})
    const file = join(folder, 'secrets.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const again = read({})
    expect([again.payloadSecret, again.tokenSecret, again.signingKey]).toEqual([
      ...[first.payloadSecret, first.tokenSecret, first.signingKey],
    ])
    expect(first.payloadSecret).not.toBe(first.tokenSecret)
  })

  test('are the same for processes that start at once', async () => {
    const fresh = join(folder, 'fresh')
    const script = `const { readEnvironment } = await import('cms/src/environment.ts'); console.log(readEnvironment({ DATA_DIR: ${JSON.stringify(fresh)} }).payloadSecret)`
    const start = () =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        cwd: import.meta.dirname,
      })
    const said = await Promise.all([start(), start(), start()])
    expect(new Set(said.map(({ stdout }) => stdout.trim())).size).toBe(1)
  })

  test('that are broken are not replaced in silence', async () => {
    const broken = await mkdtemp(join(folder, 'broken-'))
    await writeFile(join(broken, 'secrets.json'), '{')
    expect(() => readEnvironment({ DATA_DIR: broken })).toThrow('Restore it from a backup')
    expect(await readFile(join(broken, 'secrets.json'), 'utf8')).toBe('{')
  })

  test('may come from outside', () => {
    const signingKey = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
    const given = { SIGNING_KEY: signingKey, PAYLOAD_SECRET: 'p'.repeat(32), TOKEN_SECRET: 't'.repeat(32) }
    expect(read(given)).toMatchObject({ signingKey, payloadSecret: 'p'.repeat(32), tokenSecret: 't'.repeat(32) })
  })
})

describe('a store in a bucket', () => {
  const key = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
  const all = {
    STORE_URL: 's3://guides/live?endpoint=https://s3.example.org&region=eu-west-2',
    ...{ AWS_ACCESS_KEY_ID: 'name', AWS_SECRET_ACCESS_KEY: 'secret-of-the-account' },
    ...{ SIGNING_KEY: key, PAYLOAD_SECRET: 'p'.repeat(32), TOKEN_SECRET: 't'.repeat(32) },
  }

  test('is opened with an account, and makes no secrets of its own', async () => {
    const fresh = join(folder, 'bucket')
    const value = read({ ...all, DATA_DIR: fresh })
    expect(value).toMatchObject({
      storeUrl: all.STORE_URL,
      bucketAccount: { accessKeyId: 'name', secretAccessKey: 'secret-of-the-account', sessionToken: undefined },
    })
    await expect(stat(join(fresh, 'secrets.json'))).rejects.toThrow('ENOENT')
    expect(read({}).bucketAccount).toBeUndefined()
  })

  test.each(Object.keys(all).slice(1))('needs %s', (name) => {
    expect(() => read({ ...all, [name]: '' })).toThrow(`${name} is not set`)
    expect(() => read({ ...all, [name]: '' })).not.toThrow('secret-of-the-account')
  })
})

describe('the next signing key', () => {
  test('is kept beside the one that signs, and takes its place', async () => {
    const kept = await mkdtemp(join(folder, 'keys-'))
    const before = read({ DATA_DIR: kept })
    const nextSigningKey = JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
    keepSigningKeys(before, { signingKey: before.signingKey, nextSigningKey })
    const announcing = read({ DATA_DIR: kept })
    expect(announcing).toMatchObject({ signingKey: before.signingKey, nextSigningKey, hasGivenKeys: false })
    keepSigningKeys(announcing, { signingKey: nextSigningKey })
    expect(read({ DATA_DIR: kept })).toMatchObject({
      ...{ signingKey: nextSigningKey, nextSigningKey: undefined, payloadSecret: before.payloadSecret },
    })
    expect((await stat(join(kept, 'secrets.json'))).mode & 0o777).toBe(0o600)
  })
})

test('every setting says what it is for and what it is by default', () => {
  for (const { name, meaning, byDefault } of settingsTable()) {
    expect(meaning, name).toMatch(/\.$/)
    expect(byDefault, name).not.toBe('')
  }
})
