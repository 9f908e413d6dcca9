import { handleEndpoints, type Payload } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'
import { fileFor, rowFor } from './rows.ts'

let installation: Installation
let payload: Payload
const account = { email: 'editor@example.org', password: 'correct horse battery' }

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  payload = installation.payload
})
afterAll(() => installation?.remove())

const ask = (method: string, path: string, more: { body?: unknown; headers?: Record<string, string> } = {}) =>
  handleEndpoints({
    config: payload.config,
    request: new Request(`http://localhost:3000/api${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...more.headers },
      ...(more.body !== undefined && { body: JSON.stringify(more.body) }),
    }),
  })

test('nobody becomes administrator by being first', async () => {
  expect((await payload.count({ collection: 'users' })).totalDocs).toBe(0)
  const body = { name: 'Mallory', email: 'm@example.org', password: 'correct horse battery', roles: ['admin'] }
  expect((await ask('POST', '/users/first-register', { body })).status).toBe(404)
  expect((await ask('POST', '/users', { body })).status).toBe(403)
  expect((await payload.count({ collection: 'users' })).totalDocs).toBe(0)
})

describe('signed in or not at all', () => {
  beforeAll(async () => {
    await payload.create({ collection: 'users', data: { name: 'Ed', roles: ['admin'], ...account } })
  })

  test('a stranger gets nothing over REST', async () => {
    for (const { slug } of payload.config.collections)
      for (const path of [`/${slug}`, `/${slug}/count`]) {
        const response = await ask('GET', path)
        // A preference, even of nobody, is answered with nothing.
        if (response.status === 200) expect(await response.json(), path).toMatchObject({ value: null })
        else expect(response.status, path).toBeGreaterThanOrEqual(401)
      }
    for (const { slug } of payload.config.globals) expect((await ask('GET', `/globals/${slug}`)).status).toBe(403)
  })

  test('what was uploaded is not served to strangers', async () => {
    const media = await payload.create({
      collection: 'media',
      data: (await rowFor('media')) as never,
      file: await fileFor('media'),
    })
    expect((await ask('GET', `/media/file/${media.filename}`)).status).toBe(403)
    expect((await ask('GET', `/media/file/${media.sizes?.thumbnail?.filename}`)).status).toBe(403)
  })

  test.each(['/graphql', '/payload-jobs/run', '/payload-jobs/handle-schedules'])('%s is no door', async (path) => {
    for (const method of ['GET', 'POST'])
      expect((await ask(method, path, { body: method === 'POST' ? {} : undefined })).status).toBe(404)
  })

  test('the session cookie is out of reach of scripts and of other sites', async () => {
    const response = await ask('POST', '/users/login', { body: account })
    const cookie = response.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/HttpOnly/i)
    expect(cookie).toMatch(/SameSite=Lax/i)
    const session = { Cookie: cookie.split(';')[0]! }
    const me = async (headers: object) =>
      ((await (await ask('GET', '/users/me', { headers: { ...session, ...headers } })).json()) as { user: unknown })
        .user
    expect(await me({ Origin: 'http://localhost:3000' })).toMatchObject({ email: account.email })
    expect(await me({ Origin: 'https://elsewhere.example' })).toBeNull()
  })

  test('what Payload keeps for itself is no door either', async () => {
    const response = await ask('POST', '/users/login', { body: account })
    const { token } = (await response.json()) as { token: string }
    const headers = { Authorization: `JWT ${token}` }
    for (const path of ['/payload-migrations', '/payload-kv'])
      for (const method of ['GET', 'POST', 'DELETE']) {
        const { status } = await ask(method, path, { headers, ...(method === 'POST' && { body: { name: 'x' } }) })
        expect(status, `${method} ${path}`).toBeGreaterThanOrEqual(400)
      }
  })

  test('a short password is refused wherever one is set', async () => {
    const short = { password: 'eleven char' }
    const data = { name: 'Al', email: 'al@example.org', roles: ['editor' as const], ...short }
    await expect(payload.create({ collection: 'users', data })).rejects.toMatchObject({ status: 400 })
    const { docs } = await payload.find({ collection: 'users' })
    await expect(payload.update({ collection: 'users', id: docs[0]!.id, data: short })).rejects.toMatchObject({
      status: 400,
    })
    const token = await payload.forgotPassword({ collection: 'users', data: account, disableEmail: true })
    const reset = payload.resetPassword({ collection: 'users', data: { token, ...short }, overrideAccess: true })
    await expect(reset).rejects.toMatchObject({ status: 400 })
  })

  test('the last administrator stays', async () => {
    const { docs } = await payload.find({ collection: 'users' })
    const { id } = docs[0]!
    await expect(payload.update({ collection: 'users', id, data: { roles: ['editor'] } })).rejects.toMatchObject({
      status: 409,
    })
    await expect(payload.delete({ collection: 'users', id })).rejects.toMatchObject({ status: 409 })
  })

  test('guessing locks the account', async () => {
    const guess = () => ask('POST', '/users/login', { body: { ...account, password: 'a wrong guess!' } })
    for (let count = 0; count < 5; count++) expect((await guess()).status).toBe(401)
    expect((await ask('POST', '/users/login', { body: account })).status).toBe(401)
  })
})
