import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attemptCounter } from 'cms/src/access/counter.ts'
import { handleEndpoints, type Payload, type Where } from 'payload'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Installation, install } from './installation.ts'

let cms: Installation
let payload: Payload
let admin = ''
const password = 'correct horse battery'

beforeAll(async () => {
  cms = await install('2026-06-01T12:00:00.000Z')
  payload = cms.payload
  admin = (await signIn('admin@example.org', ['admin'])).token
})
afterAll(() => cms?.remove())

type Roles = ('admin' | 'editor' | 'reviewer')[]
async function signIn(email: string, roles: Roles) {
  const { id } = await payload.create({ collection: 'users', data: { name: email, email, roles, password } })
  const { token } = await payload.login({ collection: 'users', data: { email, password } })
  return { id: String(id), token: token! }
}

const ask = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  handleEndpoints({
    config: payload.config,
    request: new Request(`http://localhost:3000/api${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    }),
  })
const bearing = (token: string) => ({ Authorization: `JWT ${token}` })
const whoIs = async (headers: Record<string, string>) =>
  ((await (await ask('GET', '/users/me', undefined, headers)).json()) as { user: { email: string } | null }).user?.email

const outbox = () => join(cms.dataDir, 'outbox')
const mails = async () => (await readdir(outbox()).catch(() => [])).sort()
const newestMail = async () => PostalMime.parse(await readFile(join(outbox(), (await mails()).at(-1)!)))

describe('attempts are counted by address', () => {
  const guess = (address: string) =>
    ask(
      'POST',
      '/users/login',
      { email: 'nobody@example.org', password: 'a wrong guess!' },
      { 'x-forwarded-for': address },
    )

  test('many guesses of one address are refused, those of others and of this machine are not', async () => {
    for (let count = 0; count < 20; count++) expect((await guess('192.0.2.1')).status).toBe(401)
    expect((await guess('192.0.2.1')).status).toBe(429)
    expect((await guess('192.0.2.2')).status).toBe(401)
    for (let count = 0; count < 21; count++) expect((await guess('127.0.0.1')).status).toBe(401)
  })

  test('so are requests for a new password', async () => {
    const forget = (email: string) =>
      ask('POST', '/users/forgot-password', { email }, { 'x-forwarded-for': '192.0.2.3' })
    for (let count = 0; count < 10; count++) expect((await forget(`nobody${count}@example.org`)).status).toBe(200)
    expect((await forget('nobody@example.org')).status).toBe(429)
  })

  test('and a mailbox is not flooded, whoever asks; until then it gets the link', async () => {
    await signIn('forgets@example.org', ['editor'])
    const forget = () => ask('POST', '/users/forgot-password', { email: 'forgets@example.org' })
    for (let count = 1; count <= 5; count++) {
      expect((await forget()).status).toBe(200)
      // The answer does not wait for the mail, and only the link of the last one is good.
      await vi.waitFor(async () => expect(await mails()).toHaveLength(count))
    }
    expect((await forget()).status).toBe(429)
    const mail = await newestMail()
    expect(mail.to?.[0]?.address).toBe('forgets@example.org')
    const [, token] = /http:\/\/localhost:3000\/admin\/reset\/(\w+)/.exec(mail.text ?? '') ?? []
    expect((await ask('POST', '/users/reset-password', { token, password })).status).toBe(200)
    expect((await ask('POST', '/users/forgot-password', { email: 'nobody@example.org' })).status).toBe(200)
    expect(await mails()).toHaveLength(5)
  })

  test('whoever signs in starts anew', async () => {
    const from = { 'x-forwarded-for': '192.0.2.4' }
    const right = () => ask('POST', '/users/login', { email: 'admin@example.org', password }, from)
    for (let count = 0; count < 19; count++) await guess('192.0.2.4')
    expect((await right()).status).toBe(200)
    expect((await guess('192.0.2.4')).status).toBe(401)
  })

  test('after the time, again; and no more addresses are remembered than fit', () => {
    const counter = attemptCounter({ attempts: 1, within: 1000 })
    expect([counter.take('a', 0), counter.take('a', 999), counter.take('a', 1000)]).toEqual([true, false, true])
    for (let number = 0; number < 20_000; number++) counter.take(`address ${number}`, 2000)
    expect(counter.size()).toBe(10_000)
  })
})

describe('a password', () => {
  const short = 'eleven char'
  const refused = async (answer: Response) => {
    expect(answer.status).toBe(400)
    expect(await answer.text()).toContain('at least 12 characters')
  }

  test('has twelve characters or more, whoever sets it and through whichever door', async () => {
    const { id, token } = await signIn('shortens@example.org', ['editor'])
    const account = { name: 'Short', email: 'short@example.org', roles: ['editor'], password: short }
    await refused(await ask('POST', '/users', account, bearing(admin)))
    for (const who of [token, admin])
      await refused(await ask('PATCH', `/users/${id}`, { password: short }, bearing(who)))
    await payload.update({
      ...{ collection: 'users', id, overrideAccess: true },
      data: { resetPasswordToken: 'a-token', resetPasswordExpiration: new Date(Date.now() + 60_000).toISOString() },
    })
    await refused(await ask('POST', '/users/reset-password', { token: 'a-token', password: short }))
    const login = (attempt: string) => ask('POST', '/users/login', { email: 'shortens@example.org', password: attempt })
    expect((await login(short)).status).toBe(401)
    expect((await login(password)).status).toBe(200)
  })

  test('guessed five times wrong locks the sign-in, even to the right one, until an administrator opens it', async () => {
    const email = 'guessed@example.org'
    const { token } = await signIn(email, ['editor'])
    const login = (attempt: string, from: string) =>
      ask('POST', '/users/login', { email, password: attempt }, { 'x-forwarded-for': from })
    // From an address each time: those of the address are counted besides.
    for (let count = 0; count < 5; count++)
      expect((await login('a wrong guess!', `198.51.100.${count}`)).status).toBe(401)
    expect((await login(password, '198.51.100.9')).status).toBe(401)
    expect((await ask('POST', '/users/unlock', { email }, bearing(token))).status).toBe(403)
    expect((await ask('POST', '/users/unlock', { email }, bearing(admin))).status).toBe(200)
    expect((await login(password, '198.51.100.9')).status).toBe(200)
  })
})

test('a session ends when an administrator changes the roles over REST', async () => {
  const { id, token } = await signIn('falls@example.org', ['editor'])
  const change = { roles: ['editor', 'reviewer'] }
  // Nobody gives themselves a role.
  await ask('PATCH', `/users/${id}`, change, bearing(token))
  expect((await payload.findByID({ collection: 'users', id })).roles).toEqual(['editor'])
  expect(await whoIs(bearing(token))).toBe('falls@example.org')
  expect((await ask('PATCH', `/users/${id}`, change, bearing(admin))).status).toBe(200)
  expect(await whoIs(bearing(token))).toBeUndefined()
})

test('a session ends when the roles change, and not otherwise', async () => {
  const { id, token } = await signIn('rises@example.org', ['editor'])
  await payload.update({ collection: 'users', id, data: { name: 'Renamed', roles: ['editor'] } })
  expect(await whoIs(bearing(token))).toBe('rises@example.org')
  await payload.update({ collection: 'users', id, data: { roles: ['editor', 'reviewer'] } })
  expect(await whoIs(bearing(token))).toBeUndefined()
})

test('another e-mail or password is in the audit trail, and told to the address from before', async () => {
  const { id, token } = await signIn('before@example.org', ['editor'])
  const before = (await mails()).length
  const change = { email: 'after@example.org', password: 'another long password' }
  expect((await ask('PATCH', `/users/${id}`, change, bearing(token))).status).toBe(200)
  const where: Where = { and: [{ uid: { equals: id } }, { act: { equals: 'sign-in' } }] }
  const { docs } = await payload.find({ collection: 'audit', where })
  expect(docs).toMatchObject([
    { by: 'before@example.org', reason: 'e-mail and password: before@example.org → after@example.org' },
  ])
  await vi.waitFor(async () => expect(await mails()).toHaveLength(before + 1))
  const { to, text } = await newestMail()
  expect(to).toMatchObject([{ address: 'before@example.org' }])
  expect(text).not.toContain(change.password)
  expect((await ask('PATCH', `/users/${id}`, { name: 'Somebody' }, bearing(admin))).status).toBe(200)
  expect((await payload.find({ collection: 'audit', where })).docs).toHaveLength(1)
})

describe('an API key', () => {
  const apiKey = '11111111-2222-4333-8444-555555555555'
  const withKey = { Authorization: `users API-Key ${apiKey}` }

  test('is refused to a person, whoever asks', async () => {
    const { id, token } = await signIn('person@example.org', ['editor'])
    for (const who of [token, admin])
      expect((await ask('PATCH', `/users/${id}`, { enableAPIKey: true, apiKey }, bearing(who))).status).toBe(400)
    // Nor can somebody make a program of the own account.
    await ask('PATCH', `/users/${id}`, { machine: true }, bearing(token))
    expect((await payload.findByID({ collection: 'users', id })).machine).toBe(false)
    expect(await whoIs(withKey)).toBeUndefined()
  })

  test('signs a named program in, with its roles; it is not shown again, and there is no password', async () => {
    const data = { name: 'Importer', email: 'importer@example.org', roles: ['editor'], machine: true, password }
    const made = await ask('POST', '/users', { ...data, enableAPIKey: true, apiKey }, bearing(admin))
    expect(made.status).toBe(201)
    const { doc } = (await made.json()) as { doc: { id: string } }
    expect(await whoIs(withKey)).toBe('importer@example.org')
    expect((await ask('GET', '/articles', undefined, withKey)).status).toBe(200)
    expect((await ask('GET', '/audit', undefined, withKey)).status).toBe(403)
    for (const path of [`/users/${doc.id}`, '/users', `/users?where[email][equals]=${data.email}`])
      expect(await (await ask('GET', path, undefined, bearing(admin))).text()).not.toContain(apiKey)
    const renamed = await ask('PATCH', `/users/${doc.id}`, { name: 'The importer' }, bearing(admin))
    expect(await renamed.text()).not.toContain(apiKey)
    expect(await (await ask('GET', '/users/me', undefined, withKey)).text()).not.toContain(apiKey)
    expect(await whoIs(withKey)).toBe('importer@example.org')
    expect((await ask('POST', '/users/login', { email: data.email, password })).status).toBe(401)
    await ask('PATCH', `/users/${doc.id}`, { enableAPIKey: false }, bearing(admin))
    expect(await whoIs(withKey)).toBeUndefined()
  })
})

describe('an invitation', () => {
  const invitation = { name: 'New Editor', email: 'new@example.org', roles: ['editor'] }

  test('mails a link that sets the password, once', async () => {
    expect((await ask('POST', '/users/invite', invitation, bearing(admin))).status).toBe(201)
    const mail = await newestMail()
    expect(mail.to?.[0]?.address).toBe('new@example.org')
    const [, token] = /http:\/\/localhost:3000\/admin\/reset\/(\w+)/.exec(mail.text ?? '') ?? []
    const set = (chosen: string) => ask('POST', '/users/reset-password', { token, password: chosen })
    expect((await set('a password of my own')).status).toBe(200)
    expect((await set('another of somebody else')).status).toBe(403)
    const login = { email: 'new@example.org', password: 'a password of my own' }
    expect((await ask('POST', '/users/login', login)).status).toBe(200)
    const { docs } = await payload.find({ collection: 'audit', where: { title: { equals: 'New Editor' } } })
    expect(docs).toMatchObject([{ act: 'roles', by: 'admin@example.org', reason: 'none → editor' }])
  })

  test('is for administrators, and for addresses that have no sign-in yet', async () => {
    const { token } = await signIn('plain@example.org', ['editor'])
    const other = { ...invitation, email: 'other@example.org' }
    expect((await ask('POST', '/users/invite', other, bearing(token))).status).toBe(403)
    expect((await ask('POST', '/users/invite', other)).status).toBe(403)
    expect((await ask('POST', '/users/invite', { ...other, roles: ['king'] }, bearing(admin))).status).toBe(400)
    expect((await ask('POST', '/users/invite', invitation, bearing(admin))).status).toBe(400)
  })
})
