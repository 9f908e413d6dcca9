import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { compareCommand as CompareCommand } from 'cms/src/commands/compare.ts'
import type { confirmCommand as ConfirmCommand } from 'cms/src/commands/second-readers.ts'
import type { TranslationAnswer } from 'cms/src/endpoints/compareTranslation.ts'
import type { ChangesAnswer } from 'cms/src/endpoints/compareVersions.ts'
import type { Note } from 'cms/src/publishing/act-context.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Sources from 'cms/src/publishing/source.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Comments from 'cms/src/review/comments.ts'
import type * as Lane from 'cms/src/review/minor-lane.ts'
import type * as Translations from 'cms/src/review/translations.ts'
import { type Article, type Edition, type Locale, recordKinds } from 'content-schemas'
import { handleEndpoints, type Payload, type TypedUser, type Where } from 'payload'
import { toLexical } from 'pipeline/body/lexical.ts'
import { type Command, runCommand } from 'pipeline/commands/index.ts'
import type { PublishedSource } from 'pipeline/source.ts'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/*
 * What changed since an approval, who may answer for it, and what becomes of translations.
 */

let cms: Installation
let payload: Payload
let acts: typeof Acts
let documents: typeof Documents
let review: typeof Review
let lane: typeof Lane
let comments: typeof Comments
let translations: typeof Translations
let source: PublishedSource
let commands: Command[]
const users: Record<string, { user: TypedUser; token: string }> = {}
const translator = uid(40)
const start = '2026-05-01T09:00:00.000Z'

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => payload,
  closePayload: async () => undefined,
}))

beforeAll(async () => {
  cms = await install(start)
  payload = cms.payload
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  review = await import('cms/src/review/acts.ts')
  lane = await import('cms/src/review/minor-lane.ts')
  comments = await import('cms/src/review/comments.ts')
  translations = await import('cms/src/review/translations.ts')
  const { compareCommand }: { compareCommand: typeof CompareCommand } = await import('cms/src/commands/compare.ts')
  const { confirmCommand }: { confirmCommand: typeof ConfirmCommand } = await import(
    'cms/src/commands/second-readers.ts'
  )
  commands = [compareCommand, confirmCommand]
  const { publishedSource }: typeof Sources = await import('cms/src/publishing/source.ts')
  source = publishedSource(payload)
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind])) {
      await payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
      await payload.update({
        ...{ collection: kind, id: record.uid, locale: 'es' },
        data: documents.recordRow(kind, record, 'es') as never,
      })
    }
  await payload.create({ collection: 'people', data: { id: translator, name: 'Eva Sol', slug: 'eva-sol' } as never })
  await signIn('editor', 'editor', null)
  await signIn('second', 'editor', null)
  await signIn('author', 'editor', known.author)
  await signIn('translator', 'editor', translator)
  await signIn('reviewer', 'reviewer', known.reviewer)
  await signIn('publisher', 'publisher', null)
})
afterAll(() => cms?.remove())
beforeEach(() => {
  cms.clock.now = new Date(start)
})

async function signIn(name: string, role: 'editor' | 'reviewer' | 'publisher', person: string | null): Promise<void> {
  const account = { email: `${name}@example.org`, password: 'a long enough password' }
  const data = { ...account, name: `The ${name}`, roles: [role], person }
  const user = await payload.create({ collection: 'users', data })
  const { token } = await payload.login({ collection: 'users', data: account })
  users[name] = { user: { ...user, collection: 'users' } as TypedUser, token: token! }
}
const as = (name: string) => ({ by: `The ${name}`, user: users[name]!.user })

let last = 6000
const inLanguage = (number: number, locale: Locale = 'en') => ({ uid: uid(number), locale })
const idOf = (number: number, locale: Locale = 'en') => `${uid(number)}.${locale}`
const unreviewed = { reviewer: null, lastReviewed: null, nextReview: null }
const body = (...words: string[]) => root(...words.map((one) => paragraph(one)))
const text = ['Some watr helps peple rest.', 'Take 2 of them.', 'Do not run.']

async function draft(changes: Partial<Article> = {}): Promise<number> {
  const number = ++last
  const named = { uid: uid(number), slug: `article-${number}`, title: `Article ${number}` }
  const made = article({ ...named, review: unreviewed, body: body(...text), ...changes })
  await payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  return number
}
/** Saves as somebody who is signed in, over REST. */
async function edit(number: number, name: string, data: object, locale: Locale = 'en'): Promise<void> {
  const answer = await rest(name, 'PATCH', `/articles/${idOf(number, locale)}?draft=true`, data)
  expect(answer.status, await answer.clone().text()).toBe(200)
}
const write = (number: number, name: string, ...words: string[]) =>
  edit(number, name, { body: toLexical(body(...words), 'en') })
const approve = (number: number) => review.approve(payload, inLanguage(number), as('reviewer'))
const confirm = (number: number, name = 'second') => lane.confirm(payload, inLanguage(number), as(name))
const recall = (number: number) =>
  lane.recall(payload, inLanguage(number), { ...as('reviewer'), reason: 'It says something else.' })
const publish = (number: number, note: Partial<Note> = {}, locale: Locale = 'en') =>
  acts.publish(payload, 'article', inLanguage(number, locale), { ...as('publisher'), ...note })
const check = (number: number, name = 'translator') =>
  translations.checkTranslation(payload, inLanguage(number, 'es'), as(name))
const live = async (number: number, locale: Locale = 'en'): Promise<Edition | undefined> =>
  (await source.document(uid(number), locale))?.live
const possible = async (number: number, name: string, locale: Locale = 'en'): Promise<string[]> =>
  ((await (await rest(name, 'GET', `/articles/${idOf(number, locale)}/acts`)).json()) as { acts: string[] }).acts

type Failure = Error & { status?: number; data?: { messages?: { rule: string; reason: string }[] } }
const failure = async (promise: Promise<unknown>): Promise<Failure | undefined> =>
  promise.then(
    () => undefined,
    (error: Failure) => error,
  )
const reasons = async (promise: Promise<unknown>) =>
  (await failure(promise))?.data?.messages?.map(({ rule, reason }) => `${rule}: ${reason}`)

/** An approved article in which an editor then mended a word. */
async function mended(): Promise<number> {
  const number = await draft()
  await approve(number)
  await write(number, 'editor', 'Some water helps peple rest.', text[1]!, text[2]!)
  return number
}

describe('the minor lane', () => {
  test('keeps an approval for a change of wording that a second editor confirms', async () => {
    const number = await mended()
    expect(await reasons(publish(number))).toEqual([expect.stringContaining('approval-missing')])
    expect(await possible(number, 'second')).toContain('confirm')
    const candidate = await confirm(number)
    expect(candidate.document.review).toEqual({
      ...{ reviewer: known.reviewer, lastReviewed: '2026-05-01', nextReview: '2028-05-01' },
    })
    expect(await possible(number, 'second')).not.toContain('confirm')
    await publish(number)
    expect(await live(number)).toMatchObject({
      document: { review: { reviewer: known.reviewer } },
      approval: { by: 'Lee Wong', at: start, confirmation: { by: 'The second', at: start } },
    })
  })

  test('is not for who wrote it, an author of the article, an import, or nobody', async () => {
    const number = await mended()
    expect((await failure(confirm(number, 'editor')))?.message).toContain('changed this text yourself')
    expect((await failure(confirm(number, 'author')))?.message).toContain('author of this article')
    expect((await failure(confirm(number, 'reviewer')))?.status).toBe(403)
    expect((await failure(lane.confirm(payload, inLanguage(number), { by: 'A script' })))?.message).toContain('Say who')
    expect(await possible(number, 'editor')).not.toContain('confirm')
    const slip = toLexical(body('Some water helps people rest.', text[1]!, text[2]!), 'en') as never
    await payload.update({ collection: 'articles', id: idOf(number), data: { body: slip }, draft: true })
    expect((await failure(confirm(number)))?.message).toContain('nobody knows who wrote it')
  })

  test('cannot be opened by writing who changed it, or by saving without a change', async () => {
    const number = await mended()
    await edit(number, 'editor', { changedBy: [] })
    await edit(number, 'second', { slug: `moved-${number}` })
    expect((await failure(confirm(number, 'editor')))?.message).toContain('changed this text yourself')
    expect(await confirm(number)).toMatchObject({ act: 'confirm' })
  })

  test('is for neither of the two when one accepted what the other had suggested', async () => {
    const number = await draft()
    await approve(number)
    const anchor = { block: '', exact: 'watr', prefix: 'Some ', suffix: ' helps' }
    const said = { ...as('second'), text: 'A letter.', anchor, suggestion: 'water' }
    const { id } = await comments.comment(payload, inLanguage(number), said)
    await comments.accept(payload, inLanguage(number), { ...as('editor'), comment: id })
    for (const name of ['second', 'editor'])
      expect((await failure(confirm(number, name)))?.message).toContain('changed this text yourself')
    expect(await confirm(number, 'translator')).toMatchObject({ act: 'confirm' })
  })

  const refused: [string, string[], string][] = [
    ['one number', [text[0]!, 'Take 3 of them.', text[2]!], 'touches a number: −“2” +“3”'],
    ['a negation', [text[0]!, text[1]!, 'Do run.'], 'touches a negation'],
    ['another word', [text[0]!.replace('rest', 'run'), text[1]!, text[2]!], 'touches a word or a sign'],
    ['a passage more', [...text, 'A word of comfort.'], 'touches a passage as a whole'],
  ]
  test.each(refused)('is closed to %s, and says which change and why', async (_, words, expected) => {
    const number = await draft()
    await approve(number)
    await write(number, 'editor', ...words)
    expect(await reasons(confirm(number))).toEqual([expect.stringContaining(expected)])
    expect(await possible(number, 'second')).not.toContain('confirm')
    expect(await reasons(publish(number))).toEqual([expect.stringContaining('approval-missing')])
  })

  test('looks at everything since the reviewer, so that small steps do not add up', async () => {
    const number = await mended()
    await confirm(number)
    await write(number, 'second', 'Some water helps people rest.', text[1]!, text[2]!)
    await confirm(number, 'editor')
    await write(number, 'second', 'Some water helps people rest.', 'Take 3 of them.', text[2]!)
    expect(await reasons(confirm(number, 'editor'))).toEqual([expect.stringContaining('a number')])
  })

  test('needs an approval, a change, and no review under way', async () => {
    const number = await draft()
    expect((await failure(confirm(number)))?.message).toContain('No reviewer has approved it yet')
    await approve(number)
    expect((await failure(confirm(number)))?.message).toContain('nothing to confirm')
    await write(number, 'editor', 'Some water helps peple rest.', text[1]!, text[2]!)
    await review.submit(payload, inLanguage(number), { ...as('editor'), reviewer: known.reviewer })
    expect((await failure(confirm(number)))?.message).toContain('in review')
  })

  test('tells the reviewer, who may recall it; then only a reviewer opens it again', async () => {
    const number = await mended()
    const before = (await outbox()).length
    await confirm(number)
    expect(await possible(number, 'reviewer')).toContain('recall')
    expect((await failure(lane.recall(payload, inLanguage(number), { ...as('second'), reason: 'No.' })))?.status).toBe(
      403,
    )
    cms.clock.now = new Date('2026-05-02T09:00:00.000Z')
    await recall(number)
    const [told, recalled] = (await outbox()).slice(before)
    expect(told).toMatchObject({
      to: [{ address: 'reviewer@example.org' }],
      subject: `Wording changed: Article ${number}`,
    })
    expect(told!.text).toContain('+“water”')
    expect(told!.text).toContain(`/articles/${idOf(number)}/review`)
    expect(recalled!.text).toContain('It says something else.')
    expect(await reasons(publish(number))).toEqual([expect.stringContaining('approval-missing')])
    expect((await failure(confirm(number)))?.message).toContain('recalled a change')
    expect((await failure(recall(number)))?.message).toContain('nothing to recall')
    cms.clock.now = new Date('2026-05-03T09:00:00.000Z')
    await approve(number)
    await write(number, 'editor', 'Some water helps people rest.', text[1]!, text[2]!)
    expect(await confirm(number)).toMatchObject({ act: 'confirm' })
  })

  test('once recalled lets what was approved before be published again', async () => {
    const number = await mended()
    const first = await newestCandidate(number)
    await confirm(number)
    await publish(number)
    await recall(number)
    const standing = (await (await rest('publisher', 'GET', `/articles/${idOf(number)}/acts`)).json()) as {
      candidate: { id: string }
    }
    expect(standing.candidate.id).toBe(first)
    await acts.publish(payload, 'article', inLanguage(number), as('publisher'), { candidate: first })
    expect(await live(number)).toMatchObject({ number: 2, document: { body: body(...text) } })
  })
  const newestCandidate = async (number: number): Promise<string> => {
    const where = { uid: { equals: uid(number) } }
    const { docs } = await payload.find({ collection: 'candidates', where, sort: '-at', limit: 1 })
    return docs[0]!.id
  }

  test('is in the audit trail, and open to a command that says who', async () => {
    const number = await mended()
    expect(await command('confirm', uid(number))).toMatchObject({ code: 1, told: [expect.stringContaining('--as')] })
    expect((await command('confirm', uid(number), '--as', 'second@example.org')).code).toBe(0)
    await recall(number)
    const where = { uid: { equals: uid(number) } }
    const { docs } = await payload.find({ collection: 'audit', where, sort: ['createdAt'], pagination: false })
    expect(docs.map(({ act, by }) => [act, by])).toEqual([
      ['approve', 'The reviewer'],
      ['confirm', 'The second, command line'],
      ['recall', 'The reviewer'],
    ])
    expect(docs[1]!.reason).toContain('+“water”')
  })
})

async function command(...argv: string[]): Promise<{ code: number; printed: string[]; told: string[] }> {
  const [printed, told]: [string[], string[]] = [[], []]
  const code = await runCommand(
    commands,
    argv,
    {},
    { print: (line) => printed.push(line), tell: (line) => told.push(line) },
  )
  return { code, printed, told }
}

describe('two versions', () => {
  const changesOf = async (number: number, query = '') =>
    (await (await rest('reviewer', 'GET', `/articles/${idOf(number)}/changes${query}`)).json()) as ChangesAnswer

  test('are compared from the last approval to the newest draft, unless others are named', async () => {
    const number = await draft()
    expect(await changesOf(number)).toMatchObject({ from: { name: 'nothing' }, comparison: { changes: [] } })
    await approve(number)
    await publish(number)
    await write(number, 'editor', text[0]!, 'Take 3 of them.', text[2]!)
    const { from, to, comparison, contentHash, versions } = await changesOf(number)
    expect([from.label, to.label]).toEqual(['Approved by Lee Wong', 'Newest draft'])
    expect(comparison.changes).toMatchObject([{ touches: ['numbers'] }])
    expect(versions.map(({ name }) => name.split('-')[0])).toEqual(
      expect.arrayContaining(['draft', 'approval', 'edition', 'saved']),
    )
    await review.approve(payload, inLanguage(number), { ...as('reviewer'), contentHash })
    await publish(number)
    expect((await changesOf(number, '?from=edition-1&to=edition-2')).comparison.changes).toHaveLength(1)
    const saved = versions.find(({ name }) => name.startsWith('saved-'))!
    expect((await changesOf(number, `?from=${saved.name}&to=draft`)).from.label).toBe('Saved')
  })

  test('of another article or of none are not found; who is not on the staff sees none', async () => {
    const [number, other] = [await draft(), await draft()]
    const { versions } = await changesOf(other)
    const saved = versions.find(({ name }) => name.startsWith('saved-'))!
    for (const name of [saved.name, 'edition-7', 'approval-none', 'invented'])
      expect((await rest('reviewer', 'GET', `/articles/${idOf(number)}/changes?from=${name}`)).status, name).toBe(404)
    const request = new Request(`http://localhost:3000/api/articles/${idOf(number)}/changes`)
    expect((await handleEndpoints({ config: payload.config as never, request })).status).toBe(403)
  })

  test('are compared by a command, for people and programs', async () => {
    const number = await draft()
    await approve(number)
    await write(number, 'editor', text[0]!, 'Take 3 of them.', text[2]!)
    const { printed } = await command('compare', uid(number))
    expect(printed.join('\n')).toContain('1 change, about 1 min.')
    expect(printed.join('\n')).toContain('Take[- 2-]{+ 3+} of them.')
    const { printed: json } = await command('compare', uid(number), '--from', 'nothing', '--json')
    expect(JSON.parse(json[0]!)).toMatchObject({ from: { name: 'nothing' }, comparison: { changes: [] } })
    expect(await command('compare', uid(number), '--from', '4')).toMatchObject({ code: 1 })
  })
})

describe('a translation', () => {
  /** An approved source in English, and its draft in Spanish. */
  async function translated(): Promise<number> {
    const number = await draft()
    await approve(number)
    const answer = await rest('editor', 'POST', `/articles/${idOf(number)}/in/es`)
    expect(answer.status, await answer.clone().text()).toBe(201)
    await edit(
      number,
      'editor',
      { title: `Artículo ${number}`, body: toLexical(body('Un poco de agua.', 'Tome 2.', 'No corra.'), 'es') },
      'es',
    )
    return number
  }

  test('is approved by the approval of its source and a named check', async () => {
    const number = await translated()
    expect(await reasons(publish(number, {}, 'es'))).toContainEqual(expect.stringContaining('Nobody has checked'))
    expect(await possible(number, 'translator', 'es')).toContain('check-translation')
    const { document } = await check(number)
    expect(document.review).toMatchObject({ reviewer: known.reviewer, lastReviewed: '2026-05-01' })
    await publish(number, {}, 'es')
    const english = (
      await payload.find({ collection: 'candidates', where: { uid: { equals: uid(number) } } })
    ).docs.find(({ locale }) => locale === 'en')!
    expect(await live(number, 'es')).toMatchObject({
      document: { translatedFrom: 'en' },
      approval: { by: 'Lee Wong', translation: { by: 'Eva Sol', locale: 'en', contentHash: english.contentHash } },
    })
  })

  test('is checked by somebody named who did not write it, once its source is approved', async () => {
    const number = await translated()
    expect((await failure(check(number, 'editor')))?.message).toContain('names no person')
    await edit(number, 'translator', { summary: 'Para dormir mejor.' }, 'es')
    expect((await failure(check(number)))?.message).toContain('changed this translation yourself')
    const original = await draft()
    expect(
      (await failure(translations.checkTranslation(payload, inLanguage(original), as('translator'))))?.message,
    ).toContain('no translation')
    const orphan = await draft({ locale: 'es', translatedFrom: 'en' })
    expect((await failure(check(orphan)))?.message).toContain('not been approved yet')
    expect(await possible(original, 'translator')).not.toContain('check-translation')
  })

  test('is not checked past the reviewer who has it, or gave it back', async () => {
    const number = await translated()
    await review.submit(payload, inLanguage(number, 'es'), { ...as('editor'), reviewer: known.reviewer })
    expect((await failure(check(number)))?.message).toContain('in review')
    expect(await possible(number, 'translator', 'es')).not.toContain('check-translation')
    await review.returnToEditor(payload, inLanguage(number, 'es'), { ...as('reviewer'), note: 'The 2 is wrong.' })
    expect((await failure(check(number)))?.message).toContain('The 2 is wrong.')
  })

  test('is checked with a word on numbers that only one of the two has', async () => {
    const number = await translated()
    await edit(number, 'editor', { body: toLexical(body('Un poco de agua.', 'Tome 400.', 'No corra.'), 'es') }, 'es')
    const answer = await rest('translator', 'GET', `/articles/${idOf(number, 'es')}/translation`)
    expect(await answer.json()).toMatchObject({ numbers: { source: ['2'], translation: ['400'] } })
    const refusal = (await failure(check(number)))?.message
    expect(refusal).toContain('only in the translation: 400')
    expect(refusal).toContain('only in the source: 2')
    const said = { ...as('translator'), numbers: 'Tablets are smaller here.' }
    await translations.checkTranslation(payload, inLanguage(number, 'es'), said)
    const where: Where = { and: [{ uid: { equals: uid(number) } }, { act: { equals: 'check-translation' } }] }
    const { docs } = await payload.find({ collection: 'audit', where })
    expect(docs[0]!.reason).toContain('Tablets are smaller here.')
  })

  test('has to be checked again once its source is another; a mended word of the source asks for nothing', async () => {
    const number = await translated()
    await check(number)
    await write(number, 'editor', 'Some water helps peple rest.', text[1]!, text[2]!)
    await confirm(number)
    await publish(number, {}, 'es')
    await write(number, 'editor', text[0]!, 'Take 3 of them.', text[2]!)
    await approve(number)
    await edit(number, 'editor', { funding: 'Un fondo.' }, 'es')
    await edit(number, 'editor', { funding: '' }, 'es')
    expect(await reasons(publish(number, {}, 'es'))).toEqual([
      expect.stringContaining('source was changed after Eva Sol'),
    ])
    const page = async () =>
      (await (
        await rest('translator', 'GET', `/articles/${idOf(number, 'es')}/translation`)
      ).json()) as TranslationAnswer
    expect((await page()).changed!.changes.map(({ touches }) => touches)).toContainEqual(['numbers'])
    const { source: approved } = await page()
    await write(number, 'editor', text[0]!, 'Take 4 of them.', text[2]!)
    await approve(number)
    const late = translations.checkTranslation(payload, inLanguage(number, 'es'), {
      ...as('translator'),
      sourceHash: approved!.contentHash,
    })
    expect((await failure(late))?.message).toContain('approved anew')
    await edit(number, 'editor', { body: toLexical(body('Un poco de agua.', 'Tome 4.', 'No corra.'), 'es') }, 'es')
    expect(await failure(check(number))).toBeUndefined()
    expect((await page()).changed).toBeNull()
    await publish(number, {}, 'es')
    expect(await live(number, 'es')).toMatchObject({ number: 2 })
  })

  test('shows no text of another language: what is not written in its own is named', async () => {
    const callToAction = uid(41)
    const data = {
      id: callToAction,
      slug: 'english-only',
      heading: 'Call us',
      label: 'Call',
      url: 'https://example.org/',
    }
    await payload.create({ collection: 'calls-to-action', data: data as never })
    const number = await draft({ locale: 'es', callToAction })
    const found = await reasons(publish(number, {}, 'es'))
    expect(found).toContainEqual(expect.stringContaining('missing-record: The call to action'))
    await payload.update({
      ...{ collection: 'calls-to-action', id: callToAction, locale: 'es' },
      data: { heading: 'Llame', label: 'Llamar', url: 'https://example.org/' } as never,
    })
    expect((await reasons(publish(number, {}, 'es')))!.join()).not.toContain('missing-record')
  })

  test('stands beside its source, passage by passage', async () => {
    const number = await translated()
    const answer = (await (
      await rest('editor', 'GET', `/articles/${idOf(number, 'es')}/translation`)
    ).json()) as TranslationAnswer
    expect(answer).toMatchObject({ locale: 'es', sourceLocale: 'en', check: null, changed: null })
    expect(answer.pairs).toContainEqual(expect.objectContaining({ source: 'Take 2 of them.', translation: 'Tome 2.' }))
    const original = (await (
      await rest('editor', 'GET', `/articles/${idOf(number)}/translation`)
    ).json()) as TranslationAnswer
    expect(original).toMatchObject({ sourceLocale: null, pairs: [] })
  })
})

async function outbox() {
  const folder = join(cms.dataDir, 'outbox')
  const files = await readdir(folder).catch(() => [])
  return Promise.all(files.sort().map(async (file) => PostalMime.parse(await readFile(join(folder, file)))))
}

/** Speaks to Payload's REST handlers as somebody who is signed in. */
function rest(name: string, method: string, path: string, data?: unknown): Promise<Response> {
  const headers = { 'content-type': 'application/json', authorization: `JWT ${users[name]!.token}` }
  const sent = data === undefined || method === 'GET' ? {} : { body: JSON.stringify(data) }
  const request = new Request(`http://localhost:3000/api${path}`, { method, headers, ...sent })
  return handleEndpoints({ config: payload.config as never, request })
}
