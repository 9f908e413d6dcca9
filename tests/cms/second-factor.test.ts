import type { adminResetSecondFactor as Command } from 'cms/src/commands/admin.ts'
import { environment } from 'cms/src/environment.ts'
import { Secret, TOTP } from 'otpauth'
import { handleEndpoints, type Payload, type Where } from 'payload'
import { runCommand } from 'pipeline/commands/index.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Installation, install } from './installation.ts'

let cms: Installation
let payload: Payload
let resetCommand: typeof Command
const password = 'correct horse battery'

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => payload,
  closePayload: async () => undefined,
}))

beforeAll(async () => {
  cms = await install('2026-06-01T12:00:00.000Z')
  payload = cms.payload
  ;({ adminResetSecondFactor: resetCommand } = await import('cms/src/commands/admin.ts'))
})
afterAll(() => cms?.remove())
afterEach(() => {
  environment().secondFactorRequired = false
})

const ask = async (path: string, body: object = {}, token = '', method = 'POST') => {
  const headers = { 'Content-Type': 'application/json', ...(token && { Authorization: `JWT ${token}` }) }
  const request = new Request(`http://localhost:3000/api/users${path}`, {
    ...{ method, headers },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  const answer = await handleEndpoints({ config: payload.config, request })
  return { status: answer.status, cookie: answer.headers.get('set-cookie'), body: await answer.json() }
}
type Account = { id: string; email: string; token: string }
let count = 0
async function account(role: 'editor' | 'admin' = 'editor'): Promise<Account> {
  const email = `person-${++count}@example.org`
  const data = { name: `Person ${count}`, email, roles: [role], password }
  const { id } = await payload.create({ collection: 'users', data })
  return { id, email, token: (await ask('/login', { email, password })).body.token }
}
const logIn = ({ email }: Account, code?: string) => ask('/login', { email, password, ...(code && { code }) })

/** The code an app of somebody else's making shows. */
const appCode = (secret: string): string => {
  const app = new TOTP({ secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: 30 })
  return app.generate({ timestamp: cms.clock.now.getTime() })
}
const wait = (seconds: number) => {
  cms.clock.now = new Date(cms.clock.now.getTime() + seconds * 1000)
}

async function turnedOn(role: 'editor' | 'admin' = 'editor') {
  const owner = await account(role)
  const { body: offer } = await ask('/second-factor/offer', {}, owner.token)
  const on = await ask('/second-factor/turn-on', { code: appCode(offer.secret) }, owner.token)
  expect(on.status).toBe(200)
  wait(60)
  return { owner, secret: offer.secret as string, recovery: on.body.recovery as string[] }
}

test('codes are those of RFC 6238', () => {
  // Appendix B, SHA-1, the last six of eight digits.
  const secret = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer as ArrayBuffer })
  const code = (seconds: number) => new TOTP({ secret, digits: 6 }).generate({ timestamp: seconds * 1000 })
  expect([59, 1111111109, 20000000000].map(code)).toEqual(['287082', '081804', '353130'])
})

describe('once it is on', () => {
  test('a sign-in takes the code besides the password, and a code is good once', async () => {
    const { owner, secret } = await turnedOn()
    const asked = await logIn(owner)
    expect([asked.status, asked.body.errors[0].data, asked.cookie]).toEqual([401, { need: 'code' }, null])
    expect(JSON.stringify(asked.body)).not.toContain(secret)
    const code = appCode(secret)
    expect((await ask('/login', { email: owner.email, password: 'another long one', code })).status).toBe(401)
    expect((await logIn(owner, ` ${code.slice(0, 3)} ${code.slice(3)} `)).status).toBe(200)
    expect((await logIn(owner, code)).status).toBe(401)
    wait(90)
    const old = appCode(secret)
    wait(90)
    expect((await logIn(owner, old)).status).toBe(401)
  })

  test('every other door asks too: the Local API, and the link of a forgotten password', async () => {
    const { owner, secret } = await turnedOn()
    const local = (code?: string) =>
      payload.login({ collection: 'users', data: { email: owner.email, password, ...(code && { code }) } as never })
    await expect(local()).rejects.toMatchObject({ status: 401 })
    expect((await local(appCode(secret))).token).toBeTruthy()
    const forgot = { collection: 'users', data: { email: owner.email }, disableEmail: true } as const
    const token = await payload.forgotPassword(forgot)
    await expect(
      payload.resetPassword({ collection: 'users', data: { token, password }, overrideAccess: true }),
    ).rejects.toMatchObject({ status: 401 })
    const set = await ask('/reset-password', { token: await payload.forgotPassword(forgot), password })
    expect([set.status, set.cookie, set.body.token]).toEqual([200, null, undefined])
    expect((await logIn(owner)).status).toBe(401)
  })

  test('a recovery code stands in, once', async () => {
    const { owner, recovery } = await turnedOn()
    expect(new Set(recovery).size).toBe(10)
    expect((await logIn(owner, recovery[3]!.toLowerCase())).status).toBe(200)
    expect((await logIn(owner, recovery[3])).status).toBe(401)
    expect((await logIn(owner, recovery[4]!.replace('-', ''))).status).toBe(200)
  })

  test('new recovery codes take the place of the old ones, for whoever has the app', async () => {
    const { owner, secret, recovery } = await turnedOn()
    expect((await ask('/second-factor/recovery', { code: '000000' }, owner.token)).status).toBe(401)
    const { body } = await ask('/second-factor/recovery', { code: appCode(secret) }, owner.token)
    expect((await logIn(owner, recovery[0])).status).toBe(401)
    expect((await logIn(owner, body.recovery[0])).status).toBe(200)
  })

  test('wrong codes are counted: after five nobody gets in for a time, not even with a right one', async () => {
    const { owner, secret } = await turnedOn()
    const { owner: other, secret: others } = await turnedOn()
    const wrong = () => ask('/second-factor/turn-off', { code: '000000' }, owner.token)
    expect((await logIn(owner, '000000')).status).toBe(401)
    for (let tries = 0; tries < 4; tries++) expect((await wrong()).status).toBe(401)
    expect((await logIn(owner, appCode(secret))).status).toBe(429)
    expect((await logIn(other, appCode(others))).status).toBe(200)
  })

  test('it goes off with a code, and comes on again with another secret', async () => {
    const { owner, secret } = await turnedOn()
    expect((await ask('/second-factor/turn-off', { code: '123' }, owner.token)).status).toBe(401)
    expect((await ask('/second-factor/turn-off', { code: appCode(secret) }, owner.token)).status).toBe(200)
    expect((await logIn(owner)).status).toBe(200)
    const { body } = await ask('/second-factor/offer', {}, owner.token)
    expect(body.secret).not.toBe(secret)
    wait(60)
    expect((await ask('/second-factor/turn-on', { code: appCode(secret) }, owner.token)).status).toBe(401)
  })

  test('neither secret nor codes are in what anybody can read, and the database holds no secret', async () => {
    const { owner, secret, recovery } = await turnedOn()
    const admin = await account('admin')
    for (const token of [owner.token, admin.token]) {
      const read = JSON.stringify((await ask(`/${owner.id}`, {}, token, 'GET')).body)
      for (const hidden of [secret, recovery[0]!]) expect(read).not.toContain(hidden)
    }
    const stored = JSON.stringify(await payload.findByID({ collection: 'second-factors', id: owner.id }))
    for (const hidden of [secret, ...recovery]) expect(stored).not.toContain(hidden)
    expect((await ask('/second-factor/offer', {}, owner.token)).status).toBe(409)
    expect((await ask('/second-factor/offer')).status).toBe(403)
  })
})

describe('an administrator', () => {
  test('takes it off who lost it: written down, and the sessions end', async () => {
    const { owner } = await turnedOn()
    const admin = await account('admin')
    const editor = await account()
    const reset = (token: string) => ask(`/${owner.id}/second-factor/reset`, {}, token)
    expect((await reset(editor.token)).status).toBe(403)
    expect((await reset(owner.token)).status).toBe(403)
    expect((await reset(admin.token)).status).toBe(200)
    expect((await reset(admin.token)).status).toBe(409)
    expect((await ask('/me', {}, owner.token, 'GET')).body.user).toBeNull()
    expect((await logIn(owner)).status).toBe(200)
    const where: Where = { and: [{ uid: { equals: owner.id } }, { act: { equals: 'second-factor' } }] }
    const { docs } = await payload.find({ collection: 'audit', where, sort: 'createdAt' })
    expect(docs.map(({ reason, user }) => [reason, user])).toEqual([
      ['on', owner.id],
      ['reset', admin.id],
    ])
  })

  test('who lost it is helped by the operator', async () => {
    const { owner } = await turnedOn('admin')
    const lines: string[] = []
    const terminal = { print: (line: string) => void lines.push(line), tell: (line: string) => void lines.push(line) }
    const argv = ['admin', 'reset-second-factor', '--email', owner.email]
    expect(await runCommand([resetCommand], argv, {}, terminal)).toBe(0)
    expect((await logIn(owner)).status).toBe(200)
  })

  test('who deletes a sign-in leaves nothing of its second factor', async () => {
    const { owner } = await turnedOn()
    await payload.delete({ collection: 'users', id: owner.id })
    const { totalDocs } = await payload.count({ collection: 'second-factors', where: { id: { equals: owner.id } } })
    expect(totalDocs).toBe(0)
  })
})

describe('where everybody needs one', () => {
  test('whoever has none is told how to set it up after the password, and let in with the first code', async () => {
    const owner = await account()
    environment().secondFactorRequired = true
    const asked = await logIn(owner)
    const { need, secret, qr } = asked.body.errors[0].data
    expect([asked.status, need, asked.cookie]).toEqual([401, 'set-up', null])
    expect(qr).toContain('<svg')
    expect((await logIn(owner, '000000')).status).toBe(401)
    expect((await logIn(owner, appCode(secret))).status).toBe(200)
    wait(60)
    expect((await logIn(owner)).body.errors[0].data).toEqual({ need: 'code' })
    const { token } = (await logIn(owner, appCode(secret))).body
    wait(60)
    expect((await ask('/second-factor/turn-off', { code: appCode(secret) }, token)).status).toBe(403)
    expect(
      (await ask('/login', { email: owner.email, password: 'not the right one' })).body.errors[0].data,
    ).not.toEqual(expect.objectContaining({ need: expect.anything() }))
  })
})

test('two that use one code at once: one gets in', async () => {
  const { owner, secret } = await turnedOn()
  const code = appCode(secret)
  const answers = await Promise.all([logIn(owner, code), logIn(owner, code)])
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('what an app is told names the site and the sign-in', async () => {
  const owner = await account()
  const { body } = await ask('/second-factor/offer', {}, owner.token)
  const uri = new URL(body.uri)
  expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
    ...['otpauth:', 'totp', `/Signpost localhost:3000:${owner.email}`],
  ])
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: body.secret, digits: '6', period: '30' })
})

test('why somebody is refused is told as it is, in the build of the admin too', async () => {
  const [tellWhy] = payload.config.hooks.afterError!
  // Another copy of the class, without a name.
  const refused = Object.assign(new Error('Enter the code.'), { name: '', isPublic: true, data: { need: 'code' } })
  const told = (error: Error) => tellWhy!({ error, req: {}, context: {} } as never)
  expect(await told(refused)).toEqual({
    response: { errors: [{ name: '', message: 'Enter the code.', data: { need: 'code' } }] },
  })
  expect(await told(new Error('The password of the database is …'))).toBeUndefined()
})
