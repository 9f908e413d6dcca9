import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { checkPublished as CheckPublished } from 'cms/src/commands/check-published.ts'
import type { retireSource as RetireSource } from 'cms/src/commands/retire-source.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Citing from 'cms/src/publishing/citing.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Export from 'cms/src/publishing/folder/export.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { type Article, recordKinds } from 'content-schemas'
import { createLocalReq, handleEndpoints } from 'payload'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { type Command, runCommand } from 'pipeline/commands/index.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* What rules say of what is published, sources that are retired, and the PIF TICK sheet. */

let cms: Installation
let acts: typeof Acts
let citing: typeof Citing.citing
let documents: typeof Documents
let exporting: typeof Export
let review: typeof Review
let commands: Command[]
const tokens: Record<string, string> = {}

vi.mock('cms/src/processes/installation.ts', () => ({
  openPayload: async () => cms.payload,
  closePayload: async () => undefined,
}))

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  exporting = await import('cms/src/publishing/folder/export.ts')
  review = await import('cms/src/review/acts.ts')
  ;({ citing } = (await import('cms/src/publishing/citing.ts')) as typeof Citing)
  const { checkPublished }: { checkPublished: typeof CheckPublished } = await import(
    'cms/src/commands/check-published.ts'
  )
  const { retireSource }: { retireSource: typeof RetireSource } = await import('cms/src/commands/retire-source.ts')
  commands = [checkPublished, retireSource]
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const role of ['publisher', 'reviewer'] as const) {
    const data = { email: `${role}@example.org`, password: 'a long enough password', name: role, roles: [role] }
    await cms.payload.create({ collection: 'users', data })
    tokens[role] = (await cms.payload.login({ collection: 'users', data })).token!
  }
  await published(1, { body: root(paragraph('Nappers sleep well.'), paragraph('A napper rests.')) })
  await published(2, { body: root(paragraph('Rest well.')) })
  await draft(3, { body: root(paragraph('A napper in a draft.')) })
})
afterAll(() => cms?.remove())

async function draft(number: number, changes: Partial<Article>): Promise<void> {
  const named = { uid: uid(9000 + number), slug: `article-${number}`, title: `Article ${number}` }
  const made = article({ ...named, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
}
const english = (number: number) => ({ uid: uid(9000 + number), locale: 'en' }) as const
async function published(number: number, changes: Partial<Article>) {
  await draft(number, changes)
  await review.approve(cms.payload, english(number), { by: 'test', reviewer: known.reviewer })
  return acts.publish(cms.payload, 'article', english(number), { by: 'test' })
}

async function rest(role: string, method: string, path: string, sent?: unknown) {
  const headers = { 'content-type': 'application/json', authorization: `JWT ${tokens[role]}` }
  const body = sent === undefined ? {} : { body: JSON.stringify(sent) }
  const request = new Request(`http://localhost:3000/api${path}`, { method, headers, ...body })
  const response = await handleEndpoints({ config: cms.payload.config as never, request })
  return { status: response.status, body: await response.json() }
}
async function command(...argv: string[]) {
  const lines: string[] = []
  const print = (line: string) => void lines.push(line)
  const code = await runCommand(commands, [...argv, '--json'], {}, { print, tell: print })
  return { code, said: JSON.parse(lines[0]!) }
}
const rule = {
  ...{ term: 'napper', inflections: ['nappers'], locale: 'en', severity: 'block', because: 'It labels people.' },
  ...{ source: 'https://example.org/words', checkedOn: '2026-04-01', replacements: ['person who naps'] },
}
const editions = async () => (await cms.payload.count({ collection: 'editions' })).totalDocs

test('a new wording rule is tried on what is published before it is saved, and changes nothing', async () => {
  const before = await editions()
  const { status, body } = await rest('publisher', 'POST', '/wording-rules/dry-run', rule)
  expect(status).toBe(200)
  expect(body).toMatchObject({ articles: 2, hit: 1, places: 2, found: [{ title: 'Article 1', id: `${uid(9001)}.en` }] })
  expect(body.found[0].messages[0]).toMatchObject({ reason: expect.stringContaining('It labels people.') })
  expect((await cms.payload.count({ collection: 'wording-rules' })).totalDocs).toBe(0)
  expect(await editions()).toBe(before)
  expect(await rest('publisher', 'POST', '/wording-rules/dry-run', { term: 'napper' })).toMatchObject({ status: 400 })
})

test('so is a stricter reading level', async () => {
  const hard = 'Considerable organizational preparation necessitates communication. '.repeat(8)
  await draft(4, { body: root(paragraph(hard)), audiences: [known.audience] })
  await cms.payload.updateGlobal({ slug: 'editorial-policy', data: { readingLevelBlocks: false } as never })
  await review.approve(cms.payload, english(4), { by: 'test', reviewer: known.reviewer })
  await acts.publish(cms.payload, 'article', english(4), { by: 'test' })
  const same = await rest('publisher', 'POST', '/globals/editorial-policy/dry-run', { readingLevelBlocks: true })
  // As advice it is said already.
  expect(same.body).toMatchObject({ hit: 0 })
  const looser = { readingLevel: { patient: 18, family: 18, professional: 18 } }
  await cms.payload.updateGlobal({ slug: 'editorial-policy', data: looser as never })
  const back = { readingLevel: { patient: 8, family: 8, professional: 12 } }
  expect((await rest('publisher', 'POST', '/globals/editorial-policy/dry-run', back)).body).toMatchObject({
    found: [{ title: 'Article 4' }],
  })
})

test('once it is saved it advises of what is published, from the command line too, and unpublishes nothing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-rules-'))
  await mkdir(join(folder, 'wording-rules'))
  await writeFile(join(folder, 'wording-rules', 'napper.yaml'), JSON.stringify(rule))
  const tried = await command('check-published', '--rules-from', folder)
  expect(tried.said.found.map(({ slug }: { slug: string }) => slug)).toEqual(['article-1'])
  await rm(folder, { recursive: true })
  await cms.payload.create({ collection: 'wording-rules', data: rule as never })
  const { code, said } = await command('check-published')
  expect(code).toBe(0)
  const [one] = said.found.filter(({ slug }: { slug: string }) => slug === 'article-1')
  expect(one.messages).toMatchObject([{ rule: 'wording', severity: 'advise' }, { rule: 'wording' }])
  expect(await cms.payload.findByID({ collection: 'articles', id: `${uid(9001)}.en` })).toMatchObject({
    _status: 'published',
  })
})

test('a retired source is said to whoever cites it, however the address is written, and listed', async () => {
  const { said } = await command('retire-source', 'http://www.example.org/sleep/', '--reason', 'It was withdrawn.')
  expect(said.cited).toContainEqual({
    ...{ id: `${uid(9001)}.en`, title: 'Article 1', locale: 'en', isPublished: true, isInDraft: true },
  })
  expect(said.cited).toContainEqual(expect.objectContaining({ title: 'Article 3', isPublished: false }))
  const { body } = await rest('publisher', 'GET', `/articles/${uid(9003)}.en/checks`)
  const found = body.messages.find(({ rule }: { rule: string }) => rule === 'source-retired')
  expect(found).toMatchObject({ severity: 'advise', place: { pointer: '/sources/0/url' } })
  expect(found.reason).toContain('It was withdrawn.')
  const sources = [{ key: 's9', title: 'Other', url: 'https://example.org/other', checkedOn: '2026-04-01' }]
  await cms.payload.update({ collection: 'articles', id: `${uid(9001)}.en`, data: { sources } as never, draft: true })
  const now = await citing(await createLocalReq({}, cms.payload), 'https://example.org/sleep')
  expect(now.find(({ title }) => title === 'Article 1')).toMatchObject({ isPublished: true, isInDraft: false })
  await command(
    'retire-source',
    'https://example.org/sleep',
    '--reason',
    'It is old.',
    '--instead',
    'https://a.example/',
  )
  const { docs } = await cms.payload.find({ collection: 'retired-sources' })
  expect(docs).toMatchObject([{ because: 'It is old.', instead: 'https://a.example/' }])
})

test('the PIF TICK sheet is kept with the edition, goes out and comes in again; an empty one changes no hash', async () => {
  const sheet = {
    findings: 'Two readers lost the number.',
    inequalities: 'None.',
    reach: 'Clinics.',
    impact: 'A count.',
  }
  const edition = await published(5, { need: 'Asked for.', testedWith: 'Five readers.', ...sheet })
  expect(edition.document).toMatchObject({ need: 'Asked for.', testedWith: 'Five readers.', ...sheet })
  const folder = await mkdtemp(join(tmpdir(), 'signpost-tick-'))
  await exporting.exportTo(cms.payload, folder)
  const [retired] = await readdir(join(folder, 'retired-sources'))
  const text = await readFile(join(folder, 'articles', 'en', 'article-5.md'), 'utf8')
  expect(articleFrom(fromMarkdown(text)).document).toMatchObject(sheet)
  expect(await readFile(join(folder, 'retired-sources', retired!), 'utf8')).toContain('It is old.')
  await rm(folder, { recursive: true })
  const plain = await published(6, {})
  expect(Object.keys(plain.document!)).not.toContain('findings')
})
