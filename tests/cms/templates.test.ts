import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type * as Templates from 'cms/src/writing/templates.ts'
import { Article, type Locale, locales, type Message } from 'content-schemas'
import { handleEndpoints } from 'payload'
import { check, defaultPolicy } from 'pipeline/checks/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { known, records, site, today } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

let cms: Installation
let templates: typeof Templates
let token: string
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  templates = await import('cms/src/writing/templates.ts')
  const account = { email: 'editor@example.org', password: 'a long enough password' }
  await cms.payload.create({ collection: 'users', data: { ...account, name: 'Dana', roles: ['editor'] } })
  token = (await cms.payload.login({ collection: 'users', data: account })).token!
})
afterAll(() => cms?.remove())

const names = ['guide-to-a-condition', 'how-to-get-help', 'what-to-expect']
const each = locales.flatMap((locale) => names.map((name) => [locale, name] as const))
const placeholder = /\[\[[^[\]]*\]\]/g
const sourceOf = (locale: Locale, name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../cms/templates/${locale}/${name}.md`, import.meta.url)), 'utf8')

const ask = async (body: object, path = '/from-template', method = 'POST') => {
  const response = await handleEndpoints({
    config: cms.payload.config,
    request: new Request(`http://localhost:3000/api/articles${path}`, {
      method,
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${token}` },
      ...(method === 'POST' && { body: JSON.stringify(body) }),
    }),
  })
  return { status: response.status, json: await response.json() }
}

test('are there in every language, under a name of that language', async () => {
  const titles = await Promise.all(locales.map((locale) => templates.templatesIn(locale)))
  for (const found of titles) expect(found.map(({ name }) => name)).toEqual(names)
  expect(new Set(titles.flat().map(({ title }) => title)).size).toBe(each.length)
})

describe.each(each)('in %s, %s', (locale, name) => {
  test('becomes a draft whose panel says of each placeholder where it stands', async () => {
    const { status, json } = await ask({ template: name, locale })
    expect(status).toBe(201)
    const { messages } = (await ask({}, `/${json.id}/checks`, 'GET')).json as { messages: Message[] }
    const said = messages.filter(({ rule }) => rule === 'placeholder')
    const left = sourceOf(locale, name).match(placeholder)!
    expect(said.map(({ reason }) => reason.match(placeholder)![0]).sort()).toEqual([...left].sort())
    expect(said.filter(({ severity, place }) => severity !== 'block' || !place.pointer)).toEqual([])
  })

  test('passes the gates once it is filled in', async () => {
    const { json } = await ask({ template: name, locale })
    const { articleOf } = await import('cms/src/publishing/document.ts')
    const row = await cms.payload.findByID({ collection: 'articles', id: json.id, draft: true, depth: 0 })
    const written = articleOf(row as never).document!
    const given = { topics: [known.topic], audiences: [known.audience], authors: [known.author] }
    const review = { reviewer: known.reviewer, lastReviewed: '2026-04-01', nextReview: '2027-04-01' }
    const sources = [{ id: 's1', title: 'A study', url: 'https://example.org/', checkedOn: '2026-04-01' }]
    const filled = JSON.stringify(written)
      .replace(placeholder, fillers[locale])
      .replaceAll('"resources":[]', `"resources":["${known.helpline}"]`)
    const document = Article.parse({ ...JSON.parse(filled), ...given, review, sources })
    const some = records()
    some.topics[known.topic]!.acuteRisk = true
    const context = { records: some, site, policy: defaultPolicy, today }
    expect(check(document, context).map(({ rule, place }) => `${rule} ${place.pointer}`)).toEqual([])
    // And not before.
    expect(check(written, context).some(({ rule }) => rule === 'placeholder')).toBe(true)
  })
})

const fillers: Record<Locale, string> = { en: 'a calm place', es: 'un lugar tranquilo', ar: 'مكان هادئ' }

test('fill an empty article that is open, and no other', async () => {
  const { id } = await cms.payload.create({ collection: 'articles', data: { locale: 'en' } as never, draft: true })
  const asked = { template: 'what-to-expect', locale: 'en', article: id }
  expect((await ask({ ...asked, locale: 'es' })).status).toBe(409)
  expect((await ask(asked)).status).toBe(200)
  expect(await cms.payload.findByID({ collection: 'articles', id, draft: true })).toMatchObject({
    title: expect.stringContaining('what to expect'),
  })
  expect((await ask(asked)).status).toBe(409)
})

test('are no way to another file', async () => {
  for (const template of ['../en/what-to-expect', '../README', 'no-such'])
    expect((await ask({ template, locale: 'en' })).status).toBe(404)
})
