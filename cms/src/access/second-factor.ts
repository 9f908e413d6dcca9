import { createHmac, hkdfSync, randomInt, timingSafeEqual } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import {
  APIError,
  type CollectionAfterDeleteHook,
  type CollectionBeforeLoginHook,
  type CollectionBeforeOperationHook,
  type Payload,
  type PayloadRequest,
} from 'payload'
import { renderSVG } from 'uqr'
import { audit } from '../audit/record.ts'
import { environment } from '../environment.ts'
import { clockOf } from '../publishing/clock.ts'
import { aside } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { type Acting, allow } from './acting.ts'
import { tooMany } from './attempts.ts'
import { attemptCounter } from './counter.ts'

/*
 * The second factor: a code of six digits that an app makes from the time (TOTP, RFC 6238), asked for at every door that
 * a password opens. Recovery codes stand in for the app, each once.
 */

/** Whose second factor it is. */
export type Owner = { id: string; name?: string | null; email: string }

type Factor = { since: string | null; round: number; used: number; recovery: string[] }

/** What an app has to be told. */
export type Offer = { secret: string; uri: string; qr: string }

const period = 30
const recoveryCodes = 10
const quiet = (req: PayloadRequest) => ({ depth: 0, overrideAccess: true, req: aside(req) }) as const

async function factorOf(req: PayloadRequest, id: string): Promise<Factor & { isKept: boolean }> {
  const row = await req.payload.findByID({ collection: 'second-factors', id, disableErrors: true, ...quiet(req) })
  if (!row) return { since: null, round: 0, used: 0, recovery: [], isKept: false }
  const { since, round, used, recovery } = row
  return { since: since ?? null, round, used, recovery: recovery as string[], isKept: true }
}

async function keep(req: PayloadRequest, id: string, factor: Factor, isKept: boolean): Promise<void> {
  const { since, round, used, recovery } = factor
  const data = { since, round, used, recovery }
  if (isKept) await req.payload.update({ collection: 'second-factors', id, data, ...quiet(req) })
  else await req.payload.create({ collection: 'second-factors', data: { id, ...data }, ...quiet(req) })
}

/** Whether somebody signs in with a code. */
export const hasFactor = async (req: PayloadRequest, id: string): Promise<boolean> =>
  (await factorOf(req, id)).since !== null

function totpOf({ id, email }: Owner, round: number): TOTP {
  const { payloadSecret, siteUrl } = environment()
  const key = hkdfSync('sha256', payloadSecret, id, `second factor, round ${round}`, 20)
  return new TOTP({
    issuer: `Signpost ${new URL(siteUrl).host}`,
    label: email,
    secret: new Secret({ buffer: key }),
    ...{ algorithm: 'SHA1', digits: 6, period },
  })
}

function offerOf(totp: TOTP): Offer {
  const uri = totp.toString()
  return { secret: totp.secret.base32, uri, qr: renderSVG(uri, { border: 2 }) }
}

/** What to tell an app before the second factor is turned on. The same until it is. */
export async function offerFactor(req: PayloadRequest, owner: Owner): Promise<Offer> {
  const { since, round } = await factorOf(req, owner.id)
  if (since !== null) throw refusal('It is on already. Turn it off first to use another app.', 409)
  return offerOf(totpOf(owner, round))
}

/** Turns it on, once the app has shown a right code. Returns the recovery codes, which are shown this once. */
export const turnOn = (payload: Payload, owner: Owner, code: string, acting: Acting): Promise<string[]> =>
  changed(payload, owner, acting, 'on', async (req, factor) => {
    if (factor.since !== null) throw refusal('It is on already.', 409)
    const used = stepOf(payload, owner, factor, code)
    if (used === undefined) throw wrongCode()
    const codes = newCodes()
    await keep(req, owner.id, { ...begun(payload, factor, used), recovery: codes.map(hashOf) }, factor.isKept)
    return codes
  })

/** Turns it off. The code shows that it is its owner who wants it. */
export const turnOff = (payload: Payload, owner: Owner, code: string, acting: Acting): Promise<void> =>
  changed(payload, owner, acting, 'off', async (req, factor) => {
    assertNotRequired()
    if (!(await spend(req, owner, factor, code))) throw wrongCode()
    await keep(req, owner.id, ended(factor), true)
  })

/** Makes new recovery codes; the old ones are good no longer. */
export const renewRecovery = (payload: Payload, owner: Owner, code: string, acting: Acting): Promise<string[]> =>
  changed(payload, owner, acting, 'new recovery codes', async (req, factor) => {
    const spent = await spend(req, owner, factor, code)
    if (!spent) throw wrongCode()
    const codes = newCodes()
    await keep(req, owner.id, { ...spent, recovery: codes.map(hashOf) }, true)
    return codes
  })

/** Takes the second factor off somebody who lost it, and ends the sessions. For administrators, and the operator. */
export const resetFactor = (payload: Payload, id: string, acting: Acting): Promise<void> =>
  inTransaction(payload, async (req) => {
    allow('reset-second-factor', acting)
    const owner = await req.payload.findByID({ collection: 'users', id, disableErrors: true, ...quiet(req) })
    if (!owner) throw refusal('There is no such sign-in.', 404)
    const factor = await factorOf(req, id)
    if (factor.since === null) throw refusal('It is off already.', 409)
    await keep(req, id, ended(factor), true)
    await req.payload.update({ collection: 'users', id, data: { sessions: [] }, ...quiet(req) })
    await tell(req, acting, owner, 'reset')
    codes.forget(id)
  })

const begun = (payload: Payload, factor: Factor, used: number): Factor => ({
  ...factor,
  since: clockOf(payload).now().toISOString(),
  used,
})
// The secret is given up: the next round has another.
const ended = ({ round }: Factor): Factor => ({ since: null, round: round + 1, used: 0, recovery: [] })

async function changed<T>(
  payload: Payload,
  owner: Owner,
  acting: Acting,
  what: string,
  run: (req: PayloadRequest, factor: Factor & { isKept: boolean }) => Promise<T>,
): Promise<T> {
  if (!codes.take(owner.id, Date.now())) throw tooMany()
  const result = await inTransaction(payload, async (req) => {
    const done = await run(req, await factorOf(req, owner.id))
    await tell(req, acting, owner, what)
    return done
  })
  codes.forget(owner.id)
  return result
}

const tell = (req: PayloadRequest, acting: Acting, { id, name, email }: Owner, reason: string): Promise<void> =>
  audit(req, acting, { act: 'second-factor', kind: 'user', uid: id, title: name ?? email, reason })

// Signing in

/** Wrong codes for one sign-in, as for passwords: whoever tries has the password already. */
const codes = attemptCounter({ attempts: 5, within: 600_000 })

/** Keeps the code a sign-in came with, over REST or the Local API, for `askCode`. */
export const keepCode: CollectionBeforeOperationHook = ({ args, operation, req }) => {
  if (operation !== 'login') return args
  const code = (args.data as { code?: unknown } | undefined)?.code ?? (req.data as { code?: unknown } | undefined)?.code
  req.context.code = typeof code === 'string' ? code : undefined
  return args
}

/**
 * Asks who signs in for the code, after the password was right. Where everybody needs one, whoever has none yet is told
 * how to set it up, and is let in with the first code. What the refusal is about is in its `data.need`.
 */
export const askCode: CollectionBeforeLoginHook = async ({ req, user }) => {
  const owner = user as unknown as Owner
  const factor = await factorOf(req, owner.id)
  if (factor.since === null && !environment().secondFactorRequired) return user
  const code = req.context.code
  if (typeof code !== 'string' || code.trim() === '') throw needed(owner, factor)
  if (!codes.take(owner.id, Date.now())) throw tooMany()
  if (factor.since === null) await beginAt(req, owner, factor, code)
  else if (!(await spend(req, owner, factor, code))) throw wrongCode()
  codes.forget(owner.id)
  return user
}

async function beginAt(req: PayloadRequest, owner: Owner, factor: Factor & { isKept: boolean }, code: string) {
  const used = stepOf(req.payload, owner, factor, code)
  if (used === undefined) throw wrongCode()
  await keep(req, owner.id, begun(req.payload, factor, used), factor.isKept)
  await tell(req, { by: owner.name ?? owner.email, user: owner as Acting['user'] }, owner, 'on')
}

/** Forget the second factor of a sign-in that is deleted. */
export const forgetFactor: CollectionAfterDeleteHook = async ({ id, req }) => {
  await req.payload.delete({ collection: 'second-factors', where: { id: { equals: id } }, ...quiet(req) })
}

/** Uses a code of the app or a recovery code up; what is left, or undefined for a wrong one. */
async function spend(req: PayloadRequest, owner: Owner, factor: Factor, code: string): Promise<Factor | undefined> {
  if (factor.since === null) throw refusal('It is off.', 409)
  const left = afterCode(req.payload, owner, factor, code)
  if (left) await keep(req, owner.id, left, true)
  return left
}

function afterCode(payload: Payload, owner: Owner, factor: Factor, code: string): Factor | undefined {
  const used = stepOf(payload, owner, factor, code)
  if (used !== undefined) return { ...factor, used }
  const hash = hashOf(code)
  const recovery = factor.recovery.filter((each) => !isSame(each, hash))
  return recovery.length < factor.recovery.length ? { ...factor, recovery } : undefined
}

/** The time step a code is of, now or one before or after; undefined for a wrong one, and for one that was used. */
function stepOf(payload: Payload, owner: Owner, { round, used }: Factor, code: string): number | undefined {
  const token = code.replace(/\s/g, '')
  if (!/^\d{6}$/.test(token)) return undefined
  const timestamp = clockOf(payload).now().getTime()
  const delta = totpOf(owner, round).validate({ token, timestamp, window: 1 })
  if (delta === null) return undefined
  const step = Math.floor(timestamp / 1000 / period) + delta
  return step > used ? step : undefined
}

// Without letters that look like digits.
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const letter = () => letters[randomInt(letters.length)]!
const word = () => Array.from({ length: 5 }, letter).join('')
const newCodes = (): string[] => Array.from({ length: recoveryCodes }, () => `${word()}-${word()}`)

const hashOf = (code: string): string =>
  createHmac('sha256', environment().payloadSecret)
    .update(`recovery code ${code.toUpperCase().replace(/[^A-Z0-9]/g, '')}`)
    .digest('hex')
const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

// Refusals

/** Why somebody is not let in yet. It is told to who asked, and nothing for the log. */
class SecondFactorError extends APIError {
  override name = 'SecondFactorError'
}

const refusal = (message: string, status: number, data: Record<string, unknown> | null = null) =>
  new SecondFactorError(message, status, data, true)
const wrongCode = () =>
  refusal('The code is not right, or was used already. Wait for the next one, and check the time of the device.', 401, {
    need: 'code',
  })

const needed = (owner: Owner, { since, round }: Factor): APIError =>
  since === null
    ? refusal('Here everybody signs in with a code besides the password. Set it up first.', 401, {
        need: 'set-up',
        ...offerOf(totpOf(owner, round)),
      })
    : refusal('Enter the code that your app shows, or a recovery code.', 401, { need: 'code' })

function assertNotRequired(): void {
  if (environment().secondFactorRequired) throw refusal('Here everybody needs it: it cannot be turned off.', 403)
}
