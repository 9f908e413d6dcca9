import { readFileSync } from 'node:fs'
import { type Actor, actRoles, type GuardedAct, type Role, roles } from 'cms/src/access/roles.ts'
import type { move as MoveCommand } from 'cms/src/commands/move.ts'
import type { publish as PublishCommand } from 'cms/src/commands/publish.ts'
import type * as Commands from 'cms/src/commands/review.ts'
import type * as SecondReaders from 'cms/src/commands/second-readers.ts'
import type * as StrikeCommands from 'cms/src/commands/strikes.ts'
import type { withdraw as WithdrawCommand } from 'cms/src/commands/withdraw.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Moving from 'cms/src/publishing/move.ts'
import type * as Schedules from 'cms/src/publishing/schedules.ts'
import type * as Strikes from 'cms/src/publishing/strikes.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Comments from 'cms/src/review/comments.ts'
import type * as Links from 'cms/src/review/links.ts'
import type * as Lane from 'cms/src/review/minor-lane.ts'
import type * as Translations from 'cms/src/review/translations.ts'
import { handleEndpoints, type Payload } from 'payload'
import { type Command, runCommand } from 'pipeline/commands/index.ts'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { type Installation, install } from './installation.ts'
import { rowFor } from './rows.ts'

/*
 * Role × act × door, against the golden copy of the table and not the table itself. Whoever may is let in as far as the
 * act's own conditions, which an empty draft does not meet.
 */

const golden: Record<GuardedAct, Role[]> = JSON.parse(
  readFileSync(new URL('access-roles.golden.json', import.meta.url), 'utf8'),
).acts
const someone = [...roles, 'nobody'] as const
type Someone = (typeof someone)[number]

let installation: Installation
let payload: Payload
let acts: typeof Acts
let comments: typeof Comments
let links: typeof Links
let moving: typeof Moving
let review: typeof Review
let schedules: typeof Schedules
let strikes: typeof Strikes
let lane: typeof Lane
let translations: typeof Translations
let commands: Command[]
const users = new Map<Someone, { user: Actor; token: string; email: string }>()
const reference = { uid: '', locale: 'en' as const }

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => payload,
  closePayload: async () => undefined,
}))

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  payload = installation.payload
  acts = await import('cms/src/publishing/acts.ts')
  moving = await import('cms/src/publishing/move.ts')
  review = await import('cms/src/review/acts.ts')
  schedules = await import('cms/src/publishing/schedules.ts')
  comments = await import('cms/src/review/comments.ts')
  links = await import('cms/src/review/links.ts')
  strikes = await import('cms/src/publishing/strikes.ts')
  const { submit, approve, returnCommand, reviewLink }: typeof Commands = await import('cms/src/commands/review.ts')
  const { publish }: { publish: typeof PublishCommand } = await import('cms/src/commands/publish.ts')
  const { withdraw }: { withdraw: typeof WithdrawCommand } = await import('cms/src/commands/withdraw.ts')
  const { strike, confirmStrike, liftStrike }: typeof StrikeCommands = await import('cms/src/commands/strikes.ts')
  const second: typeof SecondReaders = await import('cms/src/commands/second-readers.ts')
  lane = await import('cms/src/review/minor-lane.ts')
  translations = await import('cms/src/review/translations.ts')
  const { confirmCommand, recallCommand, checkTranslationCommand } = second
  const seconds = [confirmCommand, recallCommand, checkTranslationCommand]
  commands = [
    ...seconds,
    submit,
    approve,
    returnCommand,
    reviewLink,
    publish,
    withdraw,
    strike,
    confirmStrike,
    liftStrike,
  ]
  const { move }: { move: typeof MoveCommand } = await import('cms/src/commands/move.ts')
  commands.push(move)
  const person = await payload.create({ collection: 'people', data: { name: 'Lee Wong', slug: 'lee-wong' } as never })
  bodies.submit = { reviewer: person.id }
  for (const role of roles) {
    const data = { ...(await rowFor('users')), roles: [role] } as unknown as { email: string; password: string }
    const user = await payload.create({ collection: 'users', data: data as never })
    const { token } = await payload.login({ collection: 'users', data })
    users.set(role, { user, token: token!, email: data.email })
  }
  users.set('nobody', { user: { id: 'nobody', roles: [] }, token: '', email: '' })
  const row = await payload.create({ collection: 'articles', data: { title: 'Draft' } as never, draft: true })
  reference.uid = row.uid
})
afterAll(() => installation?.remove())

const at = '2026-07-01T12:00:00.000Z'
/** What each act needs over REST. */
const bodies: Partial<Record<GuardedAct, object>> = {
  approve: { contentHash: 'none' },
  return: { note: 'Shorter.' },
  comment: { text: 'Shorter.' },
  resolve: { comment: 'none', state: 'resolved' },
  accept: { comment: 'none' },
  link: { clinician: 'Dr. Ada' },
  confirm: { contentHash: 'none' },
  recall: { reason: 'Why.' },
  'check-translation': { contentHash: 'none' },
  publish: {},
  correct: { changeNote: 'A number.' },
  schedule: { act: 'publish', at },
  cancel: { schedule: 'none' },
  withdraw: { reason: 'Why.' },
  gone: { reason: 'Why.' },
  redirect: { reason: 'Why.', to: 'other' },
  move: { slug: 'another-address' },
  purge: { reason: 'Why.' },
  strike: { kind: 'notice', cause: 'wrong', reason: 'Why.' },
  'confirm-strike': { strike: 'none' },
  'lift-strike': { strike: 'none', reason: 'Why.' },
}

type Door = (act: GuardedAct, who: Someone) => Promise<boolean>

const rest: Door = async (act, who) => {
  const { token } = users.get(who)!
  const isExport = act === 'export-audit'
  const path = isExport ? 'audit/export.csv' : `articles/${reference.uid}.en/acts/${act}`
  const request = new Request(`http://localhost:3000/api/${path}`, {
    method: isExport ? 'GET' : 'POST',
    headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `JWT ${token}` }) },
    ...(isExport ? {} : { body: JSON.stringify(bodies[act]) }),
  })
  const { status } = await handleEndpoints({ config: payload.config, request })
  if (status >= 500 || status === 400) throw new Error(`${act} for ${who} answered ${status}.`)
  return status !== 403
}

const functions: Partial<Record<GuardedAct, (acting: { by: string; user: Actor }) => Promise<unknown>>> = {
  submit: (acting) =>
    review.submit(payload, reference, { ...acting, reviewer: (bodies.submit as { reviewer: string }).reviewer }),
  approve: (acting) => review.approve(payload, reference, acting),
  return: (acting) => review.returnToEditor(payload, reference, { ...acting, note: 'Shorter.' }),
  comment: (acting) => comments.comment(payload, reference, { ...acting, text: 'Shorter.' }),
  resolve: (acting) => comments.close(payload, reference, { ...acting, comment: 'none', state: 'resolved' }),
  accept: (acting) => comments.accept(payload, reference, { ...acting, comment: 'none' }),
  link: (acting) => links.makeLink(payload, reference, { ...acting, clinician: 'Dr. Ada' }),
  confirm: (acting) => lane.confirm(payload, reference, acting),
  recall: (acting) => lane.recall(payload, reference, { ...acting, reason: 'Why.' }),
  'check-translation': (acting) => translations.checkTranslation(payload, reference, acting),
  publish: (acting) => acts.publish(payload, 'article', reference, acting),
  correct: (acting) => acts.correct(payload, 'article', reference, { ...acting, changeNote: 'A number.' }),
  schedule: (acting) => schedules.schedule(payload, reference, { act: 'publish', at: new Date(at) }, acting),
  cancel: (acting) => schedules.cancel(payload, 'none', acting),
  withdraw: (acting) => acts.withdraw(payload, reference, { ...acting, reason: 'Why.' }),
  gone: (acting) => acts.gone(payload, reference, { ...acting, reason: 'Why.' }),
  redirect: (acting) => acts.redirect(payload, reference, { ...acting, reason: 'Why.', to: 'other' }),
  move: (acting) => moving.move(payload, reference, { ...acting, slug: 'another-address' }),
  purge: (acting) => acts.purge(payload, reference, { ...acting, reason: 'Why.' }),
  strike: (acting) => strikes.strike(payload, reference, { ...acting, kind: 'notice', cause: 'wrong', reason: 'Why.' }),
  'confirm-strike': (acting) => strikes.confirmStrike(payload, 'none', acting),
  'lift-strike': (acting) => strikes.liftStrike(payload, 'none', { ...acting, reason: 'Why.' }),
}

const localApi: Door = async (act, who) => {
  try {
    await functions[act]!({ by: who, user: users.get(who)!.user })
    return true
  } catch (error) {
    const { status } = error as { status?: number }
    if (status === undefined) throw error
    return status !== 403
  }
}

const commandLines: Partial<Record<GuardedAct, string[]>> = {
  submit: ['--reviewer', 'lee-wong'],
  approve: [],
  return: ['--note', 'Shorter.'],
  link: ['--clinician', 'Dr. Ada'],
  confirm: [],
  recall: ['--reason', 'Why.'],
  'check-translation': [],
  publish: [],
  withdraw: ['--reason', 'Why.'],
  strike: ['--notice', '--cause', 'wrong', '--reason', 'Why.'],
  'confirm-strike': [],
  'lift-strike': ['--reason', 'Why.'],
  move: ['another-address'],
}

const commandLine: Door = async (act, who) => {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const argv = [
    ...(act === 'link' ? ['review', 'link'] : [act]),
    reference.uid,
    ...commandLines[act]!,
    '--as',
    users.get(who)!.email,
  ]
  const code = await runCommand(commands, argv, {}, { print: say, tell: say })
  if (code === 2) throw new Error(lines.join('\n'))
  return !lines.join('\n').includes('Your role does not allow this')
}

/** Nobody has no e-mail address to act as. */
const signIns = someone.filter((who) => who !== 'nobody')
const doors: [string, Door, GuardedAct[], readonly Someone[]][] = [
  ['REST', rest, [...(Object.keys(functions) as GuardedAct[]), 'export-audit'], someone],
  ['Local API', localApi, Object.keys(functions) as GuardedAct[], someone],
  ['command line', commandLine, Object.keys(commandLines) as GuardedAct[], signIns],
]

async function allowed(door: Door, act: GuardedAct, people: readonly Someone[]): Promise<Someone[]> {
  const found: Someone[] = []
  for (const who of people) if (await door(act, who)) found.push(who)
  return found
}

describe.each(doors)('%s', (_, door, guarded, people) => {
  test.each(guarded)('%s', async (act) => {
    expect(await allowed(door, act, people)).toEqual(people.filter((who) => golden[act].includes(who as Role)))
  })
})

test('every act of the table is tried here, or is no act on an article', () => {
  const elsewhere: GuardedAct[] = ['waive', 'verify', 'sign-off', 'send', 'reset-second-factor']
  expect([...doors[0]![2], ...elsewhere].sort()).toEqual(Object.keys(actRoles).sort())
})

test('one flipped cell shows at every door', async () => {
  const row = actRoles.withdraw as unknown as Role[]
  row.push('editor')
  try {
    for (const [name, door, , people] of doors)
      expect(await allowed(door, 'withdraw', people), name).not.toEqual(
        people.filter((who) => golden.withdraw.includes(who as Role)),
      )
  } finally {
    row.pop()
  }
})

test('a waiver in an act is for who may waive', async () => {
  const waivers = [{ rule: 'wording', pointer: '/body', reason: 'A quotation.', by: 'Ed' }]
  const note = { by: 'Ed', user: users.get('editor')!.user, waivers }
  await expect(acts.publish(payload, 'article', reference, note)).rejects.toMatchObject({ status: 403 })
})
