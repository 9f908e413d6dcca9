import { randomUUID } from 'node:crypto'
import type { Article } from 'cms/src/payload-types.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type { Payload } from 'payload'
import { handleEndpoints } from 'payload'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { invisible } from 'pipeline/invisible.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installation, install } from './installation.ts'
import { lexical, png, rowFor } from './rows.ts'

let installation: Installation
let payload: Payload

beforeAll(async () => {
  installation = await install('2026-06-01T12:00:00.000Z')
  payload = installation.payload
})
afterAll(() => installation?.remove())

type Draft = Partial<Omit<Article, 'body'>> & { body?: unknown }
const draft = (data: Draft): Promise<Article> =>
  payload.create({ collection: 'articles', draft: true, data: data as never })
const save = (id: string, data: Draft): Promise<Article> =>
  payload.update({ collection: 'articles', id, draft: true, data: data as never })

describe('what nobody sees', () => {
  const override = (text: string) => `\u202e${text}\u202c\u200b`

  test('is in no field that was saved, of an article, a record or the site', async () => {
    const sources = [{ key: 's1', title: override('12'), url: 'https://example.org/', checkedOn: '2026-05-01' }]
    const body = lexical(override('12 mg'))
    const made = await draft({ title: `Take ${override('12')} mg`, summary: override('12'), sources, body })
    expect(made).toMatchObject({ title: 'Take 12 mg', summary: '12', sources: [{ title: '12' }] })
    expect(await save(made.id, { mainMessage: override('12') })).toMatchObject({ mainMessage: '12' })
    for (const kind of ['glossary', 'resources', 'snippets', 'topics', 'wording-rules'] as const) {
      const row = await rowFor(kind)
      const fields = Object.entries(row).map(([name, value]) => [name, isText(name) ? override(String(value)) : value])
      const saved = await payload.create({ collection: kind, data: Object.fromEntries(fields) as never })
      expect(JSON.stringify(saved), kind).not.toMatch(invisible)
    }
    const site = await payload.updateGlobal({ slug: 'site', data: { name: override('Sign') } as never })
    expect(site.name).toBe('Sign')
    expect(JSON.stringify(await payload.findByID({ collection: 'articles', id: made.id, draft: true }))).not.toMatch(
      invisible,
    )
  })
  const isText = (name: string) => ['name', 'title', 'term', 'definition', 'description', 'because'].includes(name)
})

describe('identity', () => {
  test('a document is its uid and its language', async () => {
    const uid = randomUUID()
    expect(await draft({ uid, locale: 'es', title: 'Hola' })).toMatchObject({ id: `${uid}.es`, uid, locale: 'es' })
    const made = await draft({ title: 'Hello' })
    expect(made.id).toBe(`${made.uid}.en`)
  })

  test('there is one row for a uid in a language', async () => {
    const { uid } = await draft({ title: 'Once' })
    await expect(draft({ uid, title: 'Twice' })).rejects.toMatchObject({
      status: 400,
      data: { errors: [{ path: 'locale' }] },
    })
  })

  test('what a document is does not change when it is saved', async () => {
    const made = await draft({ title: 'Same' })
    expect(await save(made.id, { uid: randomUUID(), locale: 'ar' })).toMatchObject({
      uid: made.uid,
      locale: 'en',
      id: made.id,
    })
  })

  test('a copy is another document, and its citations still lead to its sources', async () => {
    const sources = [
      { key: 's1', title: 'A study', url: 'https://example.org/', checkedOn: '2026-05-01T12:00:00.000Z' },
    ]
    const original = await draft({ title: 'Original', sources })
    const copy: Article = await payload.duplicate({ collection: 'articles', id: original.id, draft: true })
    expect(copy.uid).not.toBe(original.uid)
    expect(copy.id).toBe(`${copy.uid}.en`)
    expect(copy.sources).toMatchObject([{ key: 's1' }])
  })

  test('records are their uid, given or made', async () => {
    const id = randomUUID()
    const topic = { kind: 'condition', acuteRisk: false } as const
    expect((await payload.create({ collection: 'topics', data: { id, name: 'Sleep', ...topic } })).id).toBe(id)
    const made = await payload.create({ collection: 'topics', data: (await rowFor('topics')) as never })
    expect(made.id).toMatch(/^[0-9a-f]{8}-/)
    expect((await payload.duplicate({ collection: 'topics', id })).id).not.toBe(id)
  })
})

describe('slugs', () => {
  test('follow the title until one is written', async () => {
    const made = await draft({ title: 'Getting help' })
    expect(made.slug).toBe('getting-help')
    const renamed = await save(made.id, { title: 'Getting help early' })
    expect(renamed.slug).toBe('getting-help-early')
    const chosen = await save(made.id, { slug: 'help-early' })
    expect(chosen.slug).toBe('help-early')
    expect((await save(made.id, { title: 'Another title' })).slug).toBe('help-early')
  })

  test('are unique in a language, not between languages', async () => {
    const first = await draft({ title: 'Naloxone at home' })
    expect((await draft({ title: 'Naloxone at home' })).slug).toBe('naloxone-at-home-2')
    expect((await draft({ title: 'Naloxone at home', locale: 'es' })).slug).toBe('naloxone-at-home')
    const other = await draft({ title: 'Something else' })
    await expect(save(other.id, { slug: first.slug! })).rejects.toMatchObject({ data: { errors: [{ path: 'slug' }] } })
  })

  test('are there without a title of Latin letters', async () => {
    const made = await draft({ title: 'مساعدة', locale: 'ar' })
    expect(made.slug).toBe(`untitled-${made.uid.slice(0, 8)}`)
  })
})

describe('the body', () => {
  test('comes back as it was written, block by block', async () => {
    const media = await payload.create({
      collection: 'media',
      data: { alt: 'A door' } as never,
      file: await png('door.png'),
    })
    const [resource, term, passage, call] = await Promise.all(
      (['resources', 'glossary', 'snippets', 'calls-to-action'] as const).map(async (collection) =>
        payload.create({ collection, data: (await rowFor(collection)) as never }),
      ),
    )
    const words = (value: string) => [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value }] }]
    const item = (id: string) => ({ id, text: `Item ${id}` })
    const tree = {
      type: 'root' as const,
      children: [
        { type: 'heading' as const, depth: 2 as const, children: [{ type: 'text' as const, value: 'First' }] },
        {
          type: 'paragraph' as const,
          children: [
            { type: 'text' as const, value: 'Have ' },
            { type: 'term' as const, term: term!.id, children: [{ type: 'text' as const, value: 'naloxone' }] },
            { type: 'text' as const, value: ' ready' },
            { type: 'citation' as const, source: 's1' },
          ],
        },
        { type: 'callout' as const, id: 'c', variant: 'tip' as const, title: 'Tip', children: words('Rest.') },
        {
          type: 'steps' as const,
          id: 's',
          children: [
            {
              ...{ type: 'step' as const, id: 's-1', title: 'Call', time: 'Today' },
              children: [...words('Ask.'), { type: 'checklist' as const, id: 'n', items: [item('n-1')] }],
            },
          ],
        },
        {
          type: 'care-options' as const,
          id: 'o',
          children: [
            {
              ...{ type: 'care-option' as const, id: 'o-1', title: 'At home', whoFor: 'Most people' },
              ...{ questions: [item('q-1')], children: words('You stay at home.') },
            },
          ],
        },
        { type: 'checklist' as const, id: 'l', title: 'Bring', items: [item('l-1'), item('l-2')] },
        { type: 'do-dont' as const, id: 'd', dos: [item('d-1')], donts: [item('d-2')] },
        {
          type: 'faq' as const,
          id: 'f',
          children: [{ type: 'question' as const, id: 'f-1', title: 'Does it hurt?', children: words('No.') }],
        },
        { type: 'figure' as const, id: 'p', media: media.id, caption: 'The door' },
        { type: 'resources' as const, id: 'r', resources: [resource!.id] },
        { type: 'call-to-action' as const, id: 'a', record: call!.id },
        { type: 'urgent-help' as const, id: 'u', title: 'Now', resources: [resource!.id], children: words('Call.') },
        { type: 'snippet' as const, id: 'n2', record: passage!.id },
      ],
    }
    const made = await draft({ title: 'Every block', body: toLexical(tree, 'en') })
    const [shallow, deep] = await Promise.all(
      [0, 2].map((depth) => payload.findByID({ collection: 'articles', id: made.id, draft: true, depth })),
    )
    expect(fromLexical(shallow!.body)).toEqual({ tree, messages: [] })
    expect(fromLexical(deep!.body)).toEqual({ tree, messages: [] })
    const { docs } = await payload.findVersions({
      collection: 'articles',
      where: { parent: { equals: made.id } },
      depth: 0,
    })
    expect(fromLexical(docs[0]!.version.body).tree).toEqual(tree)
  })

  test('is brought to its normal form when it is saved', async () => {
    const messy = lexical('  two   spaces\tand a tab ')
    const made = await draft({ title: 'Tidy', body: messy })
    expect(made.body).toEqual(toLexical(fromLexical(messy).tree, 'en'))
    expect(made.body).not.toEqual(messy)
  })

  test('with something unknown stays as it is, for the gate to name', async () => {
    const body = lexical('Kept')
    body.root.children.push({ type: 'marquee', version: 1 } as never)
    const made = await draft({ title: 'Unknown', body })
    expect(made.body).toEqual(body)
  })
})

test('the next review is planned from the policy', async () => {
  await payload.updateGlobal({ slug: 'editorial-policy', data: { reviewEveryMonths: 6 } })
  const made = await draft({ title: 'Reviewed', review: { lastReviewed: '2026-08-31T12:00:00.000Z' } })
  expect(made.review?.nextReview).toBe('2027-02-28T12:00:00.000Z')
})

test('a translation starts with the text and without the review', async () => {
  const data = { name: 'Editor', email: 'e@example.org', password: 'correct horse battery', roles: ['editor' as const] }
  await payload.create({ collection: 'users', data })
  const { token } = await payload.login({ collection: 'users', data })
  const other = await draft({ title: 'Linked' })
  const linked = await draft({ uid: other.uid, locale: 'es', title: 'Enlazado' })
  const link = {
    type: 'link' as const,
    url: `article:${other.uid}`,
    children: [{ type: 'text' as const, value: 'there' }],
  }
  const body = toLexical({ type: 'root', children: [{ type: 'paragraph', children: [link] }] }, 'en')
  const source = await draft({
    ...{ title: 'To be translated', summary: 'In short.', body, related: [other.id] },
    review: { lastReviewed: '2026-05-01T12:00:00.000Z' },
  })
  const ask = (locale: string) =>
    handleEndpoints({
      config: payload.config,
      request: new Request(`http://localhost:3000/api/articles/${source.id}/in/${locale}`, {
        method: 'POST',
        headers: { Authorization: `JWT ${token}` },
      }),
    })
  const response = await ask('es')
  expect(response.status).toBe(201)
  const { id } = (await response.json()) as { id: string }
  expect(id).toBe(`${source.uid}.es`)
  const made: Article = await payload.findByID({ collection: 'articles', id, draft: true, depth: 0 })
  expect(made).toMatchObject({
    title: 'To be translated',
    summary: 'In short.',
    related: [linked.id],
    _status: 'draft',
  })
  expect(made.review?.lastReviewed ?? null).toBeNull()
  expect(JSON.stringify(made.body)).toContain(linked.id)
  expect((await ask('es')).status).toBe(400)
  expect((await ask('fr')).status).toBe(404)
})

describe('what programs know of a resource', () => {
  const times = [{ byday: ['FR', 'SA'], opensAt: '22:00', closesAt: '06:00' }]
  const openingHours = { open: 'times', timezone: 'Europe/Madrid', times }
  const write = async (fields: object) =>
    (await payload.create({
      collection: 'resources',
      data: { ...(await rowFor('resources')), ...fields } as never,
    })) as never

  test('reaches the contract as it was written; what nobody filled in is absent', async () => {
    const { recordOf }: typeof Documents = await import('cms/src/publishing/document.ts')
    const places = [{ country: 'ES', region: 'Andalusia' }, { country: '001' }]
    const facts = { openingHours, places, costOptions: ['free', 'sliding-scale'] }
    expect(recordOf('resources', await write(facts))).toMatchObject(facts)
    const always = recordOf('resources', await write({ openingHours: { open: 'always', timezone: 'UTC' } }))
    expect(always?.openingHours).toEqual({ open: 'always' })
    const bare = Object.entries(recordOf('resources', await write({}))!).filter(([, value]) => value !== undefined)
    for (const name of ['openingHours', 'places', 'costOptions']) expect(bare.map(([key]) => key)).not.toContain(name)
  })

  test.each([
    ['openingHours.timezone', { openingHours: { ...openingHours, timezone: 'Europe/Madird' } }],
    ['openingHours.times', { openingHours: { ...openingHours, times: [] } }],
    ['openingHours.times.0.opensAt', { openingHours: { ...openingHours, times: [{ ...times[0], opensAt: '9' }] } }],
    ['places.0.country', { places: [{ country: 'Spain' }] }],
  ])('is refused where it is none: %s', async (path, fields) => {
    await expect(write(fields)).rejects.toMatchObject({ data: { errors: [{ path }] } })
  })
})

describe('editions', () => {
  test('are written once', async () => {
    const edition = await payload.create({ collection: 'editions', data: (await rowFor('editions')) as never })
    const change = payload.update({ collection: 'editions', id: edition.id, data: { title: 'Rewritten' } })
    await expect(change).rejects.toMatchObject({ status: 403 })
    const all = await payload.update({ collection: 'editions', where: {}, data: { title: 'Rewritten' } })
    expect(all.docs).toEqual([])
    await expect(payload.delete({ collection: 'editions', id: edition.id })).rejects.toMatchObject({ status: 403 })
    expect((await payload.findByID({ collection: 'editions', id: edition.id })).title).toBe(edition.title)
  })

  test('have a cursor nobody else has', async () => {
    const row = await rowFor('editions')
    await payload.create({ collection: 'editions', data: row as never })
    const again = { ...(await rowFor('editions')), cursor: row.cursor }
    await expect(payload.create({ collection: 'editions', data: again as never })).rejects.toThrow()
  })
})
