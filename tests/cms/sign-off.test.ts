import { readFileSync } from 'node:fs'
import type * as Desk from 'cms/src/admin/desk/desk.ts'
import type { signOff as SignOffCommand } from 'cms/src/commands/sign-off.ts'
import type * as FirstStart from 'cms/src/processes/first-start.ts'
import type * as Sample from 'cms/src/processes/sample.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Editions from 'cms/src/publishing/editions.ts'
import type * as SigningModule from 'cms/src/publishing/signing.ts'
import type * as Strikes from 'cms/src/publishing/strikes.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { type Edition, recordKinds } from 'content-schemas'
import { createLocalReq, handleEndpoints, type Payload, type TypedUser, type Where } from 'payload'
import { runCommand } from 'pipeline/commands/index.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* Shared texts: what a reviewer signs off, and what readers get of what nobody has. */

const people = ['editor', 'reviewer', 'other', 'publisher', 'newsletter-manager', 'admin'] as const
type Somebody = (typeof people)[number]
const roleOf = (who: Somebody) => (who === 'other' ? 'reviewer' : who)

let cms: Installation
let payload: Payload
let acts: typeof Acts
let documents: typeof Documents
let editions: typeof Editions
let review: typeof Review
let signing: typeof SigningModule
let strikes: typeof Strikes
let desk: typeof Desk
let sample: typeof Sample
let command: typeof SignOffCommand
const users = {} as Record<Somebody, { user: TypedUser; token: string }>

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => payload,
  closePayload: async () => undefined,
}))

const term = { kind: 'glossary', uid: known.term, locale: 'en' } as const
const passage = { kind: 'snippets', uid: known.snippet, locale: 'en' } as const
const action = { kind: 'calls-to-action', uid: known.callToAction, locale: 'en' } as const

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  payload = cms.payload
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  editions = await import('cms/src/publishing/editions.ts')
  review = await import('cms/src/review/acts.ts')
  signing = await import('cms/src/publishing/signing.ts')
  strikes = await import('cms/src/publishing/strikes.ts')
  desk = await import('cms/src/admin/desk/desk.ts')
  sample = await import('cms/src/processes/sample.ts')
  const { signOff }: { signOff: typeof SignOffCommand } = await import('cms/src/commands/sign-off.ts')
  command = signOff
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const who of people) {
    const account = { email: `${who}@example.org`, password: 'a long enough password' }
    const person = who === 'reviewer' ? known.reviewer : null
    const data = { ...account, name: `The ${who}`, roles: [roleOf(who)], person }
    const user = await payload.create({ collection: 'users', data })
    const { token } = await payload.login({ collection: 'users', data: account })
    users[who] = { user: { ...user, collection: 'users' } as TypedUser, token: token! }
  }
})
afterAll(() => cms?.remove())
beforeEach(() => ask(true))

const ask = (signOffShared: boolean) => payload.updateGlobal({ slug: 'editorial-policy', data: { signOffShared } })
const as = (who: Somebody) => ({ by: `The ${who}`, user: users[who].user })
const sign = (text: SigningModule.SharedText, who: Somebody = 'reviewer') => signing.signOff(payload, text, as(who))
let last = 8000
const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const

const body = root(
  paragraph('Some take ', { type: 'term', term: known.term, children: [{ type: 'text', value: 'melatonin' }] }, '.'),
  { type: 'snippet', id: 'shared', record: known.snippet },
)

/** An approved article that shows the passage and the term; and the call to action, if so. */
async function approved(callToAction: string | null = null): Promise<number> {
  const number = ++last
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Number ${number}`, body, callToAction })
  await payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  await review.approve(payload, english(number), as('reviewer'))
  return number
}
const publish = (number: number) => acts.publish(payload, 'article', english(number), as('publisher'))
async function published(): Promise<number> {
  const number = await approved()
  await publish(number)
  return number
}
const live = async (number: number) =>
  (await editions.liveEdition(await createLocalReq({}, payload), english(number))) as Edition
const definitionIn = async (number: number) => (await live(number)).records?.glossary[known.term]?.definition
const define = (definition: string, who: Somebody = 'editor', locale: 'en' | 'es' = 'en') =>
  payload.update({
    ...{ collection: 'glossary', id: known.term, data: { definition, term: 'melatonin' } },
    ...{ locale, user: users[who].user, overrideAccess: false },
  })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error & { status?: number; data?: { messages?: Edition['waivers'] } }) => error,
  )
const refusal = async (number: number) => (await failure(publish(number)))?.data?.messages

test('an article that shows unsigned texts is refused, each at its place, until a reviewer has signed them off', async () => {
  const number = await approved(known.callToAction)
  expect(await refusal(number)).toMatchObject([
    { rule: 'unsigned-record', waivable: false, place: { pointer: '/body/children/0/children/1/term' } },
    { rule: 'unsigned-record', waivable: false, place: { pointer: '/body/children/1/record' } },
    { rule: 'unsigned-record', waivable: false, place: { pointer: '/callToAction' } },
  ])
  const { body } = await rest('editor', 'GET', `articles/${uid(number)}.en/checks`)
  expect(body.messages.filter(({ rule }: { rule: string }) => rule === 'unsigned-record')).toMatchObject([
    { who: 'reviewer', reason: 'The glossary term “melatonin” is not signed off as it stands.' },
    { who: 'reviewer', reason: 'The shared passage “In danger” is not signed off as it stands.' },
    { who: 'reviewer', reason: 'The call to action “Talk to somebody” is not signed off as it stands.' },
  ])
  for (const text of [term, passage, action]) expect(await sign(text)).toMatchObject({ by: 'The reviewer' })
  expect(await publish(number)).toMatchObject({ number: 1 })
  const where: Where = { and: [{ act: { equals: 'sign-off' } }, { uid: { equals: known.term } }] }
  const { docs } = await payload.find({ collection: 'audit', where })
  expect(docs).toMatchObject([{ kind: 'glossary-term', locale: 'en', title: 'melatonin', by: 'The reviewer' }])
})

test('a changed text does not reach published articles before it is signed off, even beside another change', async () => {
  const number = await published()
  await define('It was changed.')
  expect(await live(number)).toMatchObject({ number: 1 })
  await payload.update({ collection: 'resources', id: known.helpline, data: { description: 'Changed too.' } })
  expect(await live(number)).toMatchObject({ number: 2, act: 'record' })
  expect(await definitionIn(number)).toBe('A hormone that makes you sleepy.')
  const another = await approved()
  expect(await refusal(another)).toMatchObject([{ rule: 'unsigned-record' }])
  const { followed } = await sign(term)
  expect(followed).toBeGreaterThan(0)
  expect(await live(number)).toMatchObject({ number: 3, act: 'record', changeNote: 'melatonin' })
  expect(await definitionIn(number)).toBe('It was changed.')
  expect(await publish(another)).toMatchObject({ number: 1 })
})

test('a text that is changed back needs no new sign-off, an earlier one does', async () => {
  const number = await published()
  const before = await definitionIn(number)
  await define('Something else.')
  await define(before!)
  expect(await sign(term)).toMatchObject({ followed: 0 })
  await define('Something newer.')
  await sign(term)
  await define(before!)
  expect(await definitionIn(number)).toBe('Something newer.')
  await sign(term)
  expect(await definitionIn(number)).toBe(before)
})

test('what was withdrawn at once comes back as readers had it, not with a text that nobody has signed off', async () => {
  const number = await published()
  const before = (await live(number)).records?.snippets
  const said = { ...as('publisher'), cause: 'wrong', reason: 'Why.' } as const
  await strikes.strike(payload, english(number), { ...said, kind: 'passage', pointer: '/body/children/0' })
  expect(await definitionIn(number)).toBeUndefined()
  await define('Not signed off.')
  const [row] = await strikes.openStrikes(await createLocalReq({}, payload), english(number))
  await strikes.liftStrike(payload, row!.id, { ...as('reviewer'), reason: 'It was right.' })
  expect(await live(number)).toMatchObject({ number: 3, records: { snippets: before } })
  expect(await definitionIn(number)).not.toBe('Not signed off.')
  expect(await definitionIn(number)).toEqual(expect.any(String))
  await sign(term)
})

describe('whoever wrote a text', () => {
  test('does not sign it off, though somebody else changed it later; after a sign-off they may again', async () => {
    const withRole = { ...users.editor.user, roles: ['editor' as const, 'reviewer' as const] }
    const both = { by: 'Both', user: withRole }
    await define('Written by one.')
    await payload.update({ collection: 'glossary', id: known.term, data: { definition: 'And another.' } })
    expect(await failure(signing.signOff(payload, term, both))).toMatchObject({
      ...{ status: 409, message: expect.stringContaining('You wrote this') },
    })
    await sign(term)
    await payload.update({ collection: 'glossary', id: known.term, data: { definition: 'By a process.' } })
    expect(await signing.signOff(payload, term, both)).toMatchObject({ by: 'Both' })
  })

  test('in another language may sign this one off, and nobody can write down that it was another', async () => {
    const both = { by: 'Both', user: { ...users.editor.user, roles: ['reviewer' as const] } }
    const es = { ...term, locale: 'es' } as const
    expect((await failure(sign(es)))?.message).toContain('not written in')
    await define('Una hormona.', 'editor', 'es')
    const forged = { writtenBy: {}, definition: 'Una hormona natural.' }
    await rest('publisher', 'PATCH', `glossary/${known.term}?locale=es`, forged)
    expect(await failure(signing.signOff(payload, es, both))).toMatchObject({ status: 409 })
    expect(await sign(es)).toMatchObject({ followed: 0 })
    await payload.update({ collection: 'glossary', id: known.term, data: { definition: 'In English.' } })
    expect(await signing.signOff(payload, term, both)).toMatchObject({ by: 'Both' })
  })
})

describe('the name and credentials of who is named in what is published', () => {
  const person = `people/${known.reviewer}`

  test.each(people)('%s', async (who) => {
    await published()
    const isAllowed = who === 'admin'
    const before = await payload.findByID({ collection: 'people', id: known.reviewer })
    for (const change of [{ name: `Dr. ${who}` }, { credentials: `MD of ${who}` }])
      for (const address of [person, `people?where[id][equals]=${known.reviewer}`]) {
        const { status, body } = await rest(who, 'PATCH', address, change)
        expect(status < 400).toBe(isAllowed)
        if (['editor', 'publisher'].includes(who)) expect(JSON.stringify(body)).toContain('Only an administrator')
      }
    const { name, credentials } = await payload.findByID({ collection: 'people', id: known.reviewer })
    expect(isAllowed).toBe(name !== before.name && credentials !== before.credentials)
    if (isAllowed) await payload.update({ collection: 'people', id: known.reviewer, data: { name: before.name } })
  })

  test('hold nobody who is named nowhere, and nothing else of them', async () => {
    const biography = { biography: 'Works at night.' }
    expect(await rest('editor', 'PATCH', person, biography)).toMatchObject({ status: 200 })
    const id = uid(++last)
    await payload.create({ collection: 'people', data: { id, name: 'Nobody Yet', slug: `nobody-${last}` } as never })
    expect(await rest('editor', 'PATCH', `people/${id}`, { name: 'Somebody' })).toMatchObject({ status: 200 })
  })
})

describe('a version of before', () => {
  test('is the work of whoever wrote it and of whoever restores it, in every language', async () => {
    const es = { ...term, locale: 'es' } as const
    const written = `Escrita por alguien ${++last}.`
    await define(written, 'editor', 'es')
    const version = await versionWith(written)
    await define('Corregida.', 'publisher', 'es')
    await sign(es, 'other')
    expect(await rest('admin', 'POST', `glossary/versions/${version}`)).toMatchObject({ status: 200 })
    const { unsigned } = await payload.findByID({ collection: 'glossary', id: known.term, showHiddenFields: true })
    expect(unsigned?.split(' ')).toContain('es')
    for (const who of ['editor', 'admin'] as const) {
      const both = { by: 'Both', user: { ...users[who].user, roles: ['reviewer' as const] } }
      expect(await failure(signing.signOff(payload, es, both))).toMatchObject({ status: 409 })
    }
    expect(await sign(es, 'other')).toMatchObject({ by: 'The other' })
  })

  test('reaches what is published in a language in which nobody asked for it', async () => {
    const helpline = { collection: 'resources', id: known.helpline } as const
    const say = (description: string) =>
      payload.update({ ...helpline, locale: 'es', data: { name: 'Línea', description } })
    const number = ++last
    const es = { uid: uid(number), locale: 'es' } as const
    const made = article({
      ...{ uid: uid(number), locale: 'es', slug: `articulo-${number}`, title: `Número ${number}` },
      body: root(paragraph('Hay ayuda.'), { type: 'resources', id: 'help', resources: [known.helpline] }),
    })
    await say('Como antes.')
    const where: Where = { parent: { equals: known.helpline } }
    const { docs } = await payload.findVersions({ collection: 'resources', where, sort: '-updatedAt', limit: 1 })
    await say('De otra manera.')
    await payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
    await review.approve(payload, es, as('reviewer'))
    await acts.publish(payload, 'article', es, as('publisher'))
    await rest('admin', 'POST', `resources/versions/${docs[0]!.id}`)
    const now = await editions.liveEdition(await createLocalReq({}, payload), es)
    expect(now?.records?.resources[known.helpline]?.description).toBe('Como antes.')
  })
})

/** The version of the term that says this in Spanish, newest first. */
async function versionWith(definition: string): Promise<string> {
  const options = { collection: 'glossary', locale: 'es', sort: '-updatedAt', limit: 1 } as const
  const { docs } = await payload.findVersions({ ...options, where: { 'version.definition': { equals: definition } } })
  return String(docs[0]!.id)
}

test('where a call to action leads is written in every language of it', async () => {
  const es = { ...action, locale: 'es' } as const
  await payload.update({
    ...{ collection: 'calls-to-action', id: known.callToAction, locale: 'es' },
    data: { heading: 'Hable con alguien', label: 'Llame' },
  })
  await sign(es, 'other')
  const leads = { collection: 'calls-to-action', id: known.callToAction, data: { resource: known.closed } } as const
  await payload.update({ ...leads, user: users.other.user })
  for (const text of [action, es]) expect(await failure(sign(text, 'other'))).toMatchObject({ status: 409 })
  for (const text of [action, es]) await sign(text)
  await payload.update({ ...leads, data: { resource: known.helpline } })
  for (const text of [action, es]) await sign(text)
})

test('a passage is not signed off before what it shows', async () => {
  const shows = root(
    ...records().snippets[known.snippet]!.body.children,
    paragraph({ type: 'term', term: known.term, children: [{ type: 'text', value: 'melatonin' }] }),
  )
  const row = documents.recordRow('snippets', { ...records().snippets[known.snippet]!, body: shows }, 'en')
  await define('Changed for the passage.')
  await payload.update({ collection: 'snippets', id: known.snippet, data: { body: row.body } as never })
  expect((await failure(sign(passage)))?.message).toContain('glossary term “melatonin”')
  await sign(term)
  expect(await sign(passage)).toMatchObject({ title: 'In danger' })
})

test('the name of a passage is no text: it needs no sign-off', async () => {
  await payload.update({ collection: 'snippets', id: known.snippet, data: { name: 'In great danger' } })
  expect(await publish(await approved())).toMatchObject({ number: 1 })
})

test('where the policy does not ask for it, all is published as it is', async () => {
  await ask(false)
  const number = await approved()
  await define('Not signed off at all.')
  expect(await publish(number)).toMatchObject({ number: 1 })
  await define('Nor is this.')
  expect(await live(number)).toMatchObject({ number: 2, act: 'record' })
  expect(await definitionIn(number)).toBe('Nor is this.')
  await sign(term)
  expect(await live(number)).toMatchObject({ number: 2 })
})

test('a sign-off is written once', async () => {
  const { docs } = await payload.find({ collection: 'sign-offs', limit: 1 })
  const id = docs[0]!.id
  expect(await failure(payload.update({ collection: 'sign-offs', id, data: { by: 'X' } }))).toMatchObject({
    status: 403,
  })
  expect(await failure(payload.delete({ collection: 'sign-offs', id }))).toMatchObject({ status: 403 })
})

describe('the doors', () => {
  const golden: string[] = JSON.parse(readFileSync(new URL('access-roles.golden.json', import.meta.url), 'utf8')).acts[
    'sign-off'
  ]

  test.each(people)('%s', async (who) => {
    const mayAct = golden.includes(roleOf(who))
    await payload.update({ collection: 'glossary', id: known.term, data: { definition: `Changed for ${who}.` } })
    const path = `glossary/${known.term}/sign-off`
    const { body: seen } = await rest(who, 'GET', `${path}?locale=en`)
    expect(seen).toMatchObject({ isAsked: true, isOwn: false, mayAct, contentHash: expect.any(String) })
    expect(seen.newest?.contentHash).not.toBe(seen.contentHash)
    const stale = await rest(who, 'POST', path, { locale: 'en', contentHash: 'another' })
    expect(stale.status).toBe(mayAct ? 409 : 403)
    expect((await failure(sign(term, who)))?.status).toBe(mayAct ? undefined : 403)
    const { status } = await rest(who, 'POST', path, { locale: 'en', contentHash: seen.contentHash })
    expect(status).toBe(mayAct ? 200 : 403)
    const { code, lines } = await signpost('glossary-term', 'melatonin', '--as', `${who}@example.org`)
    expect(code).toBe(mayAct ? 0 : 1)
    if (mayAct)
      expect(JSON.parse(lines)).toMatchObject({ uid: known.term, locale: 'en', by: `The ${who}`, followed: 0 })
    else expect(lines).toContain('Your role does not allow this')
  })

  test('are closed to who is not signed in, and name what is missing', async () => {
    const path = `glossary/${known.term}/sign-off`
    expect((await rest(undefined, 'GET', path)).status).toBe(403)
    expect((await rest(undefined, 'POST', path, { locale: 'en' })).status).toBe(403)
    expect((await rest('reviewer', 'POST', path, {})).status).toBe(400)
    expect((await rest('reviewer', 'POST', `glossary/${uid(999)}/sign-off`, { locale: 'en' })).status).toBe(404)
    expect((await signpost('article', 'melatonin')).code).toBe(2)
    expect((await signpost('snippet', 'nowhere')).code).toBe(1)
  })
})

describe('in which languages a text waits', () => {
  const waits = async (kind: 'glossary' | 'snippets' | 'calls-to-action', id: string) =>
    ((await payload.findByID({ collection: kind, id, depth: 0 })) as { unsigned?: string | null }).unsigned ?? null
  const glossary = { collection: 'glossary', id: known.term, depth: 0 } as const

  test('is kept with every save and every sign-off, in each language', async () => {
    await payload.update({ ...glossary, data: { definition: 'Words of today.' } })
    expect(await waits('glossary', known.term)).toBe('en')
    const { updatedAt } = await payload.findByID(glossary)
    await sign(term)
    expect(await waits('glossary', known.term)).toBeNull()
    // A sign-off changes nothing that anybody wrote.
    expect(await payload.findByID(glossary)).toMatchObject({ updatedAt, definition: 'Words of today.' })
    await payload.update({ ...glossary, locale: 'es', data: { term: 'palabra', definition: 'Palabras de hoy.' } })
    expect(await waits('glossary', known.term)).toBe('es')
    await payload.update({ ...glossary, data: { definition: 'Other words.' } })
    expect(await waits('glossary', known.term)).toBe('en es')
    await sign({ ...term, locale: 'es' })
    await sign(term)
    expect(await waits('glossary', known.term)).toBeNull()
    // The text that was signed off last, once more.
    await payload.update({ ...glossary, data: { definition: 'Words of now.' } })
    await payload.update({ ...glossary, data: { definition: 'Other words.' } })
    expect(await waits('glossary', known.term)).toBeNull()
  })

  test('no door can say otherwise', async () => {
    await payload.update({ ...glossary, data: { definition: 'Words of somebody.' } })
    await rest('editor', 'PATCH', `glossary/${known.term}`, { unsigned: null })
    expect(await waits('glossary', known.term)).toBe('en')
  })

  test('a call to action waits in all languages when it leads elsewhere', async () => {
    const row = { collection: 'calls-to-action', id: known.callToAction, depth: 0 } as const
    await payload.update({ ...row, locale: 'es', data: { heading: 'Llame', label: 'Llamar' } })
    for (const locale of ['en', 'es'] as const) await sign({ ...action, locale })
    expect(await waits('calls-to-action', known.callToAction)).toBeNull()
    await payload.update({ ...row, data: { resource: null, url: 'https://example.org/elsewhere' } })
    expect(await waits('calls-to-action', known.callToAction)).toMatch(/^en/)
  })

  test('is found out for rows of an earlier version', async () => {
    await payload.db.updateOne({ collection: 'glossary', id: known.term, data: { unsigned: null } })
    await signing.noteAllWaiting(payload)
    expect(await waits('glossary', known.term)).toBe('en')
  })

  test('is on the desk of who signs off, and leads to the lists', async () => {
    const pileOf = async (who: Somebody) =>
      (await desk.pilesFor(payload, users[who].user)).find(({ name }) => name === 'sign-offs')
    const pile = await pileOf('reviewer')
    expect(pile!.entries.find(({ id }) => id === known.term)).toMatchObject({
      ...{ collection: 'glossary', locale: 'en', detail: 'waits in English' },
    })
    for (const { collection, count, query } of pile!.lists!) {
      const { body } = await rest('reviewer', 'GET', `${collection}?${query}`)
      expect(body.totalDocs, collection).toBe(count)
      expect(body.docs.every(({ unsigned }: { unsigned: unknown }) => unsigned)).toBe(true)
    }
    expect(await pileOf('editor')).toBeUndefined()
    await ask(false)
    expect(await pileOf('reviewer')).toBeUndefined()
  })
})

test('a new house asks for sign-offs', async () => {
  await ask(false)
  const { askForSignOffs }: typeof FirstStart = await import('cms/src/processes/first-start.ts')
  await askForSignOffs(payload)
  expect(await payload.findGlobal({ slug: 'editorial-policy' })).toMatchObject({ signOffShared: true })
})

test('the first start signs the sample off in the languages it has, and asks for it from then on', async () => {
  await ask(false)
  const became = { collection: 'glossary', id: known.term, slug: 'melatonin', title: 'melatonin' }
  await define('Of the sample.')
  await sample.signSampleOff(payload, [{ path: 'melatonin.yaml', outcome: 'created', messages: [], became }])
  const where: Where = { and: [{ record: { equals: known.term } }, { by: { equals: 'Sample Reviewer' } }] }
  const { docs } = await payload.find({ collection: 'sign-offs', where })
  expect(docs.map(({ locale }) => locale)).toEqual(['en'])
  expect(await payload.findGlobal({ slug: 'editorial-policy' })).toMatchObject({ signOffShared: true })
})

async function rest(who: Somebody | undefined, method: string, path: string, sent?: unknown) {
  const headers = new Headers({ 'content-type': 'application/json' })
  if (who) headers.set('authorization', `JWT ${users[who].token}`)
  const request = new Request(`http://localhost:3000/api/${path}`, {
    ...{ method, headers },
    ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
  })
  const response = await handleEndpoints({ config: payload.config as never, request })
  return { status: response.status, body: await response.json() }
}

async function signpost(...argv: string[]): Promise<{ code: number; lines: string }> {
  const lines: string[] = []
  const say = (line: string) => void lines.push(line)
  const code = await runCommand([command], ['sign-off', ...argv, '--json'], {}, { print: say, tell: say })
  return { code, lines: lines.join('\n') }
}
