import type { ReplaceAnswer } from 'cms/src/endpoints/replaceInArticles.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Replace from 'cms/src/writing/replace.ts'
import { type Article, recordKinds } from 'content-schemas'
import { handleEndpoints } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, heading, known, link, paragraph, records, root, text, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let replacing: typeof Replace
let review: typeof Review
const tokens: Record<string, string> = {}
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00.000Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  replacing = await import('cms/src/writing/replace.ts')
  review = await import('cms/src/review/acts.ts')
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  for (const role of ['editor', 'reviewer'] as const) {
    const account = { email: `${role}@example.org`, password: 'a long enough password' }
    await cms.payload.create({ collection: 'users', data: { ...account, name: `The ${role}`, roles: [role] } })
    tokens[role] = (await cms.payload.login({ collection: 'users', data: account })).token!
  }
})
afterAll(() => cms?.remove())

const unreviewed = { reviewer: null, lastReviewed: null, nextReview: null }
async function draft(number: number, changes: Partial<Article>): Promise<string> {
  const made = article({ uid: uid(number), slug: `article-${number}`, review: unreviewed, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  return `${uid(number)}.${made.locale}`
}
const newest = async (id: string) =>
  documents.articleOf((await cms.payload.findByID({ collection: 'articles', id, draft: true, depth: 0 })) as never)
    .document!
const ask = async (body: object, as = 'editor') => {
  const response = await handleEndpoints({
    config: cms.payload.config,
    request: new Request('http://localhost:3000/api/articles/replace', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `JWT ${tokens[as]}` },
      body: JSON.stringify(body),
    }),
  })
  return { status: response.status, json: (await response.json()) as ReplaceAnswer }
}
const inEnglish = { locale: 'en' } as const

describe('words are replaced', () => {
  let id: string
  beforeAll(async () => {
    id = await draft(8001, {
      title: 'Clinic days',
      summary: 'The clinic is open. Clinical staff help.',
      body: root(
        heading(2, 'Your clinic'),
        paragraph('The clinic’s door. See ', link('https://clinic.example/', 'the clinic'), '.'),
        paragraph('Our cli', { type: 'strong', children: [text('nic')] }, ' is small.'),
        { type: 'checklist', id: 'bring', title: 'For the clinic', items: [{ id: 'card', text: 'Your clinic card' }] },
        {
          ...{ type: 'steps', id: 'way' },
          children: [{ type: 'step', id: 'one', title: 'Find the clinic', children: [paragraph('Clinic first.')] }],
        },
      ),
    })
  })

  test('after each place was shown, with what stands around it', async () => {
    const holders = await replacing.findWords(cms.payload, { ...inEnglish, find: 'clinic', replace: 'health centre' })
    expect(holders).toMatchObject([{ collection: 'articles', id, title: 'Clinic days', outcome: 'found' }])
    expect(holders[0]!.places.map(({ pointer, words, replacement }) => `${pointer} ${words} ${replacement}`)).toEqual([
      '/title Clinic Health centre',
      '/summary clinic health centre',
      '/body/children/0/children/0/value clinic health centre',
      '/body/children/1/children/0/value clinic health centre',
      '/body/children/1/children/1/children/0/value clinic health centre',
      '/body/children/3/title clinic health centre',
      '/body/children/3/items/0/text clinic health centre',
      '/body/children/4/children/0/title clinic health centre',
      '/body/children/4/children/0/children/0/children/0/value Clinic Health centre',
    ])
    expect(holders[0]!.places[1]).toMatchObject({ before: 'The ', after: ' is open. Clinical staff help.' })
    expect(holders[0]!.left).toMatchObject([
      { place: { pointer: '/body/children/2', words: 'clinic' }, because: expect.stringContaining('by hand') },
    ])
    expect((await newest(id)).title).toBe('Clinic days')
  })

  test.each([
    [
      'en',
      'lighthouse',
      'Everybody who comes along the old road beside the water sees the lighthouse before anything else comes into view in the morning.',
    ],
    [
      'ar',
      'المنارة',
      'كل من يأتي على الطريق القديم بجانب الماء يرى المنارة قبل أن يرى أي شيء آخر في المكان كله من بعيد',
    ],
  ] as const)('and shows whole words around them in %s', async (locale, find, summary) => {
    await draft(8050, { locale, summary })
    const [holder] = await replacing.findWords(cms.payload, { locale, find, replace: find })
    const { before, words, after } = holder!.places[0]!
    const [start, end] = [before.replace(/^…/, ''), after.replace(/…$/, '')]
    expect(summary).toContain(start + words + end)
    expect([before[0], after.at(-1)]).toEqual(['…', '…'])
    const segments = (text: string) =>
      [...new Intl.Segmenter(locale, { granularity: 'word' }).segment(text)].flatMap(({ segment, isWordLike }) =>
        isWordLike ? [segment] : [],
      )
    const all = segments(summary)
    const shown = segments(start + words + end)
    expect(all.join(' ')).toContain(shown.join(' '))
    expect(shown.every((word) => all.includes(word))).toBe(true)
    expect(shown.length).toBeGreaterThan(8)
  })

  test('in every field, keeping ids, addresses and capitals, and longer words', async () => {
    const before = await newest(id)
    const [holder] = await replacing.replaceWords(cms.payload, {
      ...inEnglish,
      find: 'clinic',
      replace: 'health centre',
    })
    expect(holder).toMatchObject({ outcome: 'changed' })
    const expected = JSON.stringify(before.body)
      .replaceAll('https://clinic.example/', 'ADDRESS')
      .replaceAll('clinic', 'health centre')
      .replaceAll('Clinic', 'Health centre')
      .replaceAll('ADDRESS', 'https://clinic.example/')
    const after = await newest(id)
    expect(JSON.stringify(after.body)).toBe(expected)
    expect(after).toMatchObject({
      title: 'Health centre days',
      summary: 'The health centre is open. Clinical staff help.',
    })
  })

  test.each([
    [{ find: 'Rest', matchCase: true }, ['/summary Rest']],
    [{ find: 'rest', wholeWords: false }, ['/title rest', '/summary Rest', '/summary rest']],
    [{ find: 'a  rest' }, ['/summary A rest']],
    [{ find: "don't" }, ['/mainMessage don’t']],
    [{ find: '(rest)' }, []],
  ])('as it was asked: %o', async (asked, found) => {
    const other = { title: 'Arrested', summary: 'Rest. Interest', mainMessage: 'I don’t.' }
    await draft(8002, { ...other, body: root(paragraph('Nothing.')) }).catch(() => undefined)
    if ('find' in asked && asked.find === 'a  rest')
      await cms.payload.update({
        ...{ collection: 'articles', id: `${uid(8002)}.en`, draft: true, data: { summary: 'A rest' } as never },
      })
    const holders = await replacing.findWords(cms.payload, { ...inEnglish, replace: 'x', ...asked })
    const places = holders.filter(({ id }) => id.startsWith(uid(8002))).flatMap((holder) => holder.places)
    expect(places.map(({ pointer, words }) => `${pointer} ${words}`)).toEqual(found)
  })
})

test('nothing published changes: it gets a newer draft, and a record that it shows stays', async () => {
  const body = root(paragraph('Sleep helps.'), { type: 'snippet', id: 'shared', record: known.snippet })
  const id = await draft(8003, { title: 'On sleeping', body })
  const reference = { uid: uid(8003), locale: 'en' } as const
  await review.approve(cms.payload, reference, { by: 'test', reviewer: known.reviewer })
  const live = await acts.publish(cms.payload, 'article', reference, { by: 'test' })
  const { body: shared } = records().snippets[known.snippet]!
  const word = JSON.stringify(shared).match(/"value":"(\w+)/)![1]!
  const holders = await replacing.replaceWords(cms.payload, { ...inEnglish, find: word, replace: 'Something' })
  expect(holders.find(({ collection }) => collection === 'snippets')).toMatchObject({
    ...{ id: known.snippet, outcome: 'kept', because: expect.stringContaining('1 published document') },
  })
  await replacing.replaceWords(cms.payload, { ...inEnglish, find: 'Sleep helps', replace: 'Rest helps' })
  expect(await cms.payload.findByID({ collection: 'articles', id })).toMatchObject({ _status: 'published' })
  expect(JSON.stringify((await newest(id)).body)).toContain('Rest helps.')
  expect(JSON.stringify(await cms.payload.findByID({ collection: 'articles', id, depth: 0 }))).toContain('Sleep helps.')
  const { docs } = await cms.payload.find({ collection: 'editions', where: { uid: { equals: uid(8003) } } })
  expect(docs.map(({ number }) => number)).toEqual([live.number])
})

test('a record that nothing published shows is changed', async () => {
  const data = { heading: 'Find a gentle place', label: 'Find it', url: 'https://example.org/' }
  const { id } = await cms.payload.create({ collection: 'calls-to-action', data })
  const holders = await replacing.replaceWords(cms.payload, { ...inEnglish, find: 'gentle', replace: 'calm' })
  expect(holders).toMatchObject([{ collection: 'calls-to-action', id, outcome: 'changed' }])
  expect(await cms.payload.findByID({ collection: 'calls-to-action', id })).toMatchObject({
    heading: 'Find a calm place',
  })
})

test('over REST only what was chosen is changed, as it was looked at, by who may', async () => {
  const [one, two, three] = [
    await draft(8004, { title: 'Umbrellas one' }),
    await draft(8005, { title: 'Umbrellas two' }),
    await draft(8006, { title: 'Umbrellas three' }),
  ]
  const wanted = { ...inEnglish, find: 'umbrellas', replace: 'coats' }
  expect((await ask(wanted, 'reviewer')).status).toBe(403)
  const { holders } = (await ask(wanted)).json
  expect(holders.map(({ id }) => id)).toEqual([one, two, three])
  await cms.payload.update({ collection: 'articles', id: two, data: { summary: 'New.' } as never, draft: true })
  const chosen = holders.slice(0, 2).map(({ collection, id, revision }) => ({ collection, id, revision }))
  const done = (await ask({ ...wanted, chosen })).json.holders
  expect(done.map(({ id, outcome }) => [id, outcome])).toEqual([
    [one, 'changed'],
    [two, 'kept'],
  ])
  expect(done[1]!.because).toContain('changed since you looked')
  expect((await newest(one)).title).toBe('Coats one')
  expect((await newest(three)).title).toBe('Umbrellas three')
  const row = await cms.payload.findByID({ collection: 'articles', id: one, draft: true })
  expect(row.savedBy).toBe('The editor')
})

test('what is in review stays as the reviewer reads it', async () => {
  await draft(8007, { title: 'Lanterns' })
  await review.submit(cms.payload, { uid: uid(8007), locale: 'en' }, { by: 'test', reviewer: known.reviewer })
  expect(await replacing.replaceWords(cms.payload, { ...inEnglish, find: 'lanterns', replace: 'lamps' })).toMatchObject(
    [{ outcome: 'kept', because: expect.stringContaining('in review') }],
  )
})

test('Arabic words are found whole', async () => {
  await draft(8008, { locale: 'ar', title: 'النوم والراحة', summary: 'النوم يساعد' })
  const holders = await replacing.findWords(cms.payload, { locale: 'ar', find: 'النوم', replace: 'الراحة' })
  expect(holders[0]!.places.map(({ pointer }) => pointer)).toEqual(['/title', '/summary'])
})
