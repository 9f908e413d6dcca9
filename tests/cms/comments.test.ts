import type { CommentsAnswer } from 'cms/src/endpoints/readComments.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Review from 'cms/src/review/acts.ts'
import { amended } from 'cms/src/review/amend.ts'
import { anchorTo, runsOf, spotOf } from 'cms/src/review/anchors.ts'
import { type Article, type blocks, recordKinds } from 'content-schemas'
import { handleEndpoints, type TypedUser, type Where } from 'payload'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { article, heading, known, link, paragraph, records, root, text, uid } from '../pipeline/documents.ts'
import { generator, seedOf } from '../release/random.ts'
import { type Installation, install } from './installation.ts'

/* What is said about words in a text, found again after edits, and suggestions that an editor accepts. */

const strong = (value: string): blocks.Strong => ({ type: 'strong', children: [text(value)] })
const step = (id: string, ...children: blocks.Flow[]): blocks.Step => ({
  type: 'step',
  id,
  title: `Step ${id}`,
  children,
})
const steps = (...children: blocks.Step[]): blocks.Steps => ({ type: 'steps', id: 'steps', children })
const list: blocks.Checklist = { type: 'checklist', id: 'list', items: [{ id: 'i1', text: 'Your medicines' }] }

const runsIn = (one: Article) => runsOf(one, records())
/** The words between the first `[` and `]` of a text, and the text without them. */
function marked(given: string): { words: string; start: number; end: number } {
  const [start, end] = [given.indexOf('['), given.indexOf(']') - 1]
  return { words: given.replace(/[[\]]/g, ''), start, end }
}

describe('words are found again', () => {
  const anchorOf = (one: Article, given: string) => {
    const { words, ...span } = marked(given)
    const run = runsIn(one).find((each) => each.text === words)!
    return anchorTo(run, span)
  }
  const foundIn = (one: Article, anchor: ReturnType<typeof anchorTo>) => {
    const runs = runsIn(one)
    const spot = spotOf(runs, anchor)
    return (
      spot &&
      `${runs[spot.index]!.block}: ${runs[spot.index]!.text.slice(spot.start, spot.end)}${spot.isSure ? '' : '?'}`
    )
  }
  const before = article({
    body: root(paragraph('Take 10 mg at night, with water.'), steps(step('a', paragraph('Call 911.')))),
  })

  test('after what stands elsewhere was edited, moved or added', () => {
    const anchor = anchorOf(before, 'Take [10 mg] at night, with water.')
    const after = article({
      body: root(heading(2, 'New'), paragraph('First.'), paragraph('Take 10 mg at night, and read.')),
    })
    expect(foundIn(after, anchor)).toBe('body: 10 mg')
    const inStep = anchorOf(before, 'Call [911].')
    const moved = article({ body: root(steps(step('b', paragraph('Rest.')), step('a', paragraph('Call 911.')))) })
    expect(foundIn(moved, inStep)).toBe('a: 911')
  })

  test('or they are not: the words, or what they stood in, are others', () => {
    const anchor = anchorOf(before, 'Take [10 mg] at night, with water.')
    for (const now of ['Take 20 mg at night, with water.', 'Never give a child 10 mg of it.'])
      expect(foundIn(article({ body: root(paragraph(now)) }), anchor)).toBeUndefined()
  })

  test('in the block they were in, if it has them still', () => {
    const twins = (...order: string[]) =>
      article({ body: root(steps(...order.map((id) => step(id, paragraph('Drink a glass of water.'))))) })
    const anchor = { block: 'b', exact: 'water', prefix: 'Drink a glass of ', suffix: '.' }
    expect(foundIn(twins('a', 'b', 'c'), anchor)).toBe('b: water')
    expect(foundIn(twins('a', 'c'), anchor)).toBe('a: water?')
  })

  test('wherever an edit is, unless it touches them or both of their neighbours', () => {
    const random = generator(seedOf('Words found again'))
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!
    const letters = 'abcdefghij  '
    const words = (length: number) => Array.from({ length }, () => pick([...letters])).join('')
    for (let count = 0; count < 200; count++) {
      const paragraphs = Array.from({ length: 5 }, () => `x${words(60 + Math.floor(random() * 60))}y`)
      const chosen = Math.floor(random() * 5)
      const start = 14 + Math.floor(random() * 10)
      const whole = paragraphs[chosen]!
      const anchor = anchorTo({ block: 'body', text: whole }, { start, end: start + 20 })
      // Somewhere else: in another paragraph, or well before or behind the words.
      const edited = paragraphs.map((one, index) => (index === chosen ? one : words(30) + one))
      edited[chosen] = pick([whole, words(5) + whole, `${whole} ${words(5)}`])
      const spot = spotOf(runsIn(article({ body: root(...edited.map((one) => paragraph(one))) })), anchor)
      const offset = edited[chosen]!.indexOf(whole)
      expect(spot, `round ${count}`).toMatchObject({ start: start + offset, end: start + offset + 20 })
    }
  })
})

describe('words are replaced as if typed', () => {
  /** Replaces what is marked in the run that has it, and returns the body. */
  const replaced = (one: Article, given: string, by: string): Article | undefined => {
    const { words, start, end } = marked(given)
    return amended(one, runsIn(one).find((run) => run.text === words)!, { start, end, words: by })
  }
  const bodyOf = (...children: blocks.Flow[]) => article({ body: root(...children) })

  test.each<[string, blocks.Paragraph, string, string, blocks.Paragraph]>([
    ['in plain text', paragraph('Take two pills.'), 'Take [two] pills.', 'three', paragraph('Take three pills.')],
    [
      'and marks stay, where the words around them stay',
      paragraph('Take ', strong('two'), ' pills.'),
      '[Take two pills.]',
      'Take two tablets.',
      paragraph('Take ', strong('two'), ' tablets.'),
    ],
    [
      'inside a mark',
      paragraph('Take ', strong('two'), ' pills.'),
      'Take [two pills].',
      'three pills',
      paragraph('Take ', strong('three'), ' pills.'),
    ],
    [
      'word by word, what stays between them with its marks',
      paragraph('Take ', strong('two'), ' of these ', link('https://example.org/', 'pills'), ' now.'),
      '[Take two of these pills now.]',
      'Take one of these pills then.',
      paragraph('Take ', strong('one'), ' of these ', link('https://example.org/', 'pills'), ' then.'),
    ],
    [
      'across a mark, as the first of what is replaced',
      paragraph('Take ', strong('two'), ' pills.'),
      'Take [two pills].',
      'one',
      paragraph('Take ', strong('one'), '.'),
    ],
    [
      'with a mark that is left empty gone',
      paragraph('Take ', strong('two '), 'pills.'),
      'Take [two ]pills.',
      '',
      paragraph('Take ', 'pills.'),
    ],
    [
      'behind a link, without losing it',
      paragraph('See ', link('https://example.org/', 'this page'), ' today.'),
      'See [this page] today.',
      'this very page',
      paragraph('See ', link('https://example.org/', 'this very page'), ' today.'),
    ],
  ])('%s', (_, before, given, by, after) => {
    expect(replaced(bodyOf(before), given, by)?.body.children[0]).toEqual(after)
  })

  test('in fields and items, with their ids', () => {
    expect(replaced(article(), 'How to [sleep] better.', 'rest')).toMatchObject({ summary: 'How to rest better.' })
    expect(replaced(bodyOf(list), 'Your [medicines]', 'tablets')?.body.children[0]).toEqual({
      ...list,
      items: [{ id: 'i1', text: 'Your tablets' }],
    })
  })

  test('in an item that says what not to do only with its label', () => {
    const doDont: blocks.DoDont = {
      type: 'do-dont',
      id: 'd',
      dos: [{ id: 'd1', text: 'Rest' }],
      donts: [{ id: 'd2', text: 'Drive' }],
    }
    const runs = runsIn(bodyOf(doDont)).filter(({ block }) => block.startsWith('d'))
    expect(runs.map(({ label, text, block }) => [label, text, block])).toEqual([
      ['Do', 'Rest', 'd1'],
      ['Do not', 'Drive', 'd2'],
    ])
  })

  test('not across a line break', () => {
    const broken = bodyOf(paragraph('One', { type: 'break' }, 'two'))
    expect(replaced(broken, '[One two]', 'Three')).toBeUndefined()
    expect(replaced(broken, '[One two]', 'One three')?.body.children[0]).toEqual(
      paragraph('One', { type: 'break' }, 'three'),
    )
  })

  test('in whole characters, whatever code units they share', () => {
    const faces = bodyOf(paragraph('So 😀 then'))
    expect(replaced(faces, 'So [😀] then', '😁')?.body.children[0]).toEqual(paragraph('So 😁 then'))
  })
})

describe('on an article', () => {
  let cms: Installation
  let acts: typeof Acts
  let documents: typeof Documents
  let review: typeof Review
  const users: Record<string, { user: TypedUser; token: string }> = {}

  beforeAll(async () => {
    cms = await install('2026-05-01T09:00:00.000Z')
    acts = await import('cms/src/publishing/acts.ts')
    documents = await import('cms/src/publishing/document.ts')
    review = await import('cms/src/review/acts.ts')
    const all = records()
    for (const kind of recordKinds.filter((kind) => kind !== 'media'))
      for (const record of Object.values(all[kind]))
        await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
    for (const role of ['editor', 'reviewer', 'publisher', 'newsletter-manager', 'admin'] as const) {
      const account = { email: `${role}@example.org`, password: 'a long enough password' }
      const data = {
        ...account,
        name: `The ${role}`,
        roles: [role],
        person: role === 'reviewer' ? known.reviewer : null,
      }
      const user = await cms.payload.create({ collection: 'users', data })
      const { token } = await cms.payload.login({ collection: 'users', data: account })
      users[role] = { user: { ...user, collection: 'users' } as TypedUser, token: token! }
    }
  })
  afterAll(() => cms?.remove())

  let last = 4000
  const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const
  const idOf = (number: number) => `${uid(number)}.en`
  const as = (role: string) => ({ by: `The ${role}`, user: users[role]!.user })
  const unreviewed = { reviewer: null, lastReviewed: null, nextReview: null }
  async function draft(changes: Partial<Article> = {}): Promise<number> {
    const number = ++last
    const named = { uid: uid(number), slug: `article-${number}`, title: `Article number ${number}` }
    const made = article({ ...named, review: unreviewed, ...changes })
    await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
    return number
  }
  async function rest(role: string, method: string, path: string, body?: object): Promise<Response> {
    const headers = { 'content-type': 'application/json', authorization: `JWT ${users[role]?.token ?? ''}` }
    const sent = body ? { body: JSON.stringify(body) } : {}
    const request = new Request(`http://localhost:3000/api/articles${path}`, { method, headers, ...sent })
    return handleEndpoints({ config: cms.payload.config, request })
  }
  const read = async (number: number, role = 'editor') =>
    (await (await rest(role, 'GET', `/${idOf(number)}/comments`)).json()) as CommentsAnswer
  const act = (role: string, number: number, name: string, body: object) =>
    rest(role, 'POST', `/${idOf(number)}/acts/${name}`, body)
  /** Comments over REST on what is marked, as the screen does. */
  async function say(role: string, number: number, given: string, more: object): Promise<string> {
    const { words, ...span } = marked(given)
    const { runs } = await read(number)
    const anchor = anchorTo(runs.find((run) => run.text === words)!, span)
    const answer = await act(role, number, 'comment', { anchor, ...more })
    const { done, errors } = (await answer.json()) as { done?: { comment: string }; errors?: { message: string }[] }
    if (!done) throw new Error(errors?.[0]?.message)
    return done.comment
  }
  const newest = async (number: number): Promise<Article> => {
    const options = { collection: 'articles', id: idOf(number), draft: true, depth: 0 } as const
    return documents.articleOf((await cms.payload.findByID(options)) as never).document!
  }
  const said = (answer: Response) =>
    answer.json().then(({ errors }) => (errors as { message: string }[] | undefined)?.[0]?.message)

  test('comments are listed as they stand in the text, with who and what', async () => {
    const number = await draft({ body: root(paragraph('One apple a day.'), paragraph('Two pears a day.')) })
    const second = await say('reviewer', number, 'Two [pears] a day.', { text: 'Which?' })
    const first = await say('publisher', number, '[One apple a day.]', { text: 'Why?' })
    await act('reviewer', number, 'comment', { text: 'Good.' })
    await act('editor', number, 'comment', { text: 'Conference.', parent: second })
    const { comments: found, runs } = await read(number, 'reviewer')
    expect(found.map(({ text, by, exact, isMine }) => [text, by, exact, isMine])).toEqual([
      ['Why?', 'The publisher', 'One apple a day.', false],
      ['Which?', 'The reviewer', 'pears', true],
      ['Good.', 'The reviewer', null, true],
    ])
    expect(found[1]).toMatchObject({ id: second, answers: [{ text: 'Conference.', by: 'The editor' }] })
    const { run, start, end } = found[1]!.place!
    expect(runs[run]!.text.slice(start, end)).toBe('pears')
    const nested = await act('editor', number, 'comment', { text: 'No.', parent: found[1]!.answers[0]!.id })
    expect(nested.status).toBe(409)
    await cms.payload.update({
      collection: 'articles',
      id: idOf(number),
      data: { body: documents.articleRow(article()).body } as never,
      draft: true,
    })
    expect((await read(number)).comments.map(({ id, place }) => [id === first, place])).toContainEqual([true, null])
  })

  test('of a draft that lacks what it needs, they are listed, with what is missing instead of the text', async () => {
    const number = await draft({ body: root(paragraph('One apple a day.')) })
    const on = await say('reviewer', number, 'One [apple] a day.', { text: 'Which?' })
    await act('reviewer', number, 'comment', { text: 'Good.' })
    const rename = (title: string) =>
      cms.payload.update({ collection: 'articles', id: idOf(number), data: { title } as never, draft: true })
    await rename('')
    const answer = await rest('editor', 'GET', `/${idOf(number)}/comments`)
    expect(answer.status).toBe(200)
    const { comments: found, ...others } = (await answer.json()) as CommentsAnswer
    expect(others).toMatchObject({
      ...{ missing: expect.stringContaining('The field “title” is empty'), runs: [], contentHash: null },
      may: { comment: false, resolve: false, accept: false, link: true },
    })
    expect(found.map(({ id, text, exact, place }) => [id === on, text, exact, place])).toEqual([
      [true, 'Which?', 'apple', null],
      [false, 'Good.', null, null],
    ])
    expect((await act('reviewer', number, 'comment', { text: 'Now.' })).status).toBe(422)
    await rename('With a title')
    expect(await read(number)).toMatchObject({ missing: null, comments: [{ place: { start: 4, end: 9 } }, {}] })
  })

  test('a text that changed meanwhile is not commented on unread', async () => {
    const number = await draft()
    const anchor = { block: 'summary', exact: 'never stood there', prefix: '', suffix: '' }
    const answer = await act('reviewer', number, 'comment', { anchor, text: 'Hm.' })
    expect([answer.status, await said(answer)]).toEqual([409, expect.stringContaining('changed since you opened it')])
  })

  test('a suggestion that the editor accepts stands in the draft, and the reviewer may still approve', async () => {
    const body = root(paragraph('Take ', strong('two'), ' pills.'), steps(step('a', paragraph('Rest.'))))
    const number = await draft({ body })
    await review.submit(cms.payload, english(number), { ...as('editor'), reviewer: known.reviewer })
    const id = await say('reviewer', number, 'Take [two pills].', { text: 'Weaker.', suggestion: 'one pill' })
    const own = await act('reviewer', number, 'accept', { comment: id })
    expect(own.status).toBe(403)
    expect((await act('editor', number, 'accept', { comment: id })).status).toBe(200)
    const after = await newest(number)
    expect(after.body).toEqual(root(paragraph('Take ', strong('one'), ' pill.'), steps(step('a', paragraph('Rest.')))))
    expect(after.authors).toEqual([known.author])
    const options = { collection: 'articles', id: idOf(number), draft: true } as const
    expect(await cms.payload.findByID(options)).toMatchObject({ savedBy: 'The editor' })
    expect((await read(number)).comments[0]).toMatchObject({ state: 'accepted', closedBy: 'The editor' })
    const candidate = await review.approve(cms.payload, english(number), as('reviewer'))
    expect(candidate.document.body).toEqual(after.body)
    await acts.publish(cms.payload, 'article', english(number), as('publisher'), { candidate: candidate.id })
    const again = await act('editor', number, 'accept', { comment: id })
    expect([again.status, await said(again)]).toEqual([409, 'It is closed already: Accepted.'])
  })

  test('a suggestion is refused once its passage is another, or twice there, and by who made it', async () => {
    const number = await draft({ body: root(paragraph('Take two pills.')) })
    const id = await say('editor', number, 'Take [two] pills.', { text: 'More.', suggestion: 'three' })
    const own = await act('editor', number, 'accept', { comment: id })
    expect(await said(own)).toContain('You suggested this yourself')
    const rewrite = (...children: blocks.Flow[]) => {
      const { body } = documents.articleRow(article({ body: root(...children) }))
      return cms.payload.update({ collection: 'articles', id: idOf(number), data: { body } as never, draft: true })
    }
    await rewrite(paragraph('Take two pills.'), paragraph('Take two pills.'))
    expect(await said(await act('publisher', number, 'accept', { comment: id }))).toContain('more than once')
    await rewrite(paragraph('Take four pills.'))
    expect(await said(await act('publisher', number, 'accept', { comment: id }))).toContain('no longer stand there')
    expect((await newest(number)).body).toEqual(root(paragraph('Take four pills.')))
    expect((await read(number)).comments[0]).toMatchObject({ state: 'open', place: null })
  })

  test('nothing is suggested without words, for a shared passage, or that stands there already', async () => {
    const number = await draft({ body: root(paragraph('Rest.'), { type: 'snippet', id: 's', record: known.snippet }) })
    const none = await act('reviewer', number, 'comment', { text: 'Hm.', suggestion: 'x' })
    expect(await said(none)).toContain('needs the words')
    const shared = say('reviewer', number, 'Call [911].', { text: 'Hm.', suggestion: '112' })
    await expect(shared).rejects.toThrow('shared passage')
    await expect(say('reviewer', number, '[Rest.]', { text: 'Hm.', suggestion: 'Rest.' })).rejects.toThrow('already')
    await expect(say('reviewer', number, 'Call [911].', { text: 'Which country?' })).resolves.toBeTruthy()
  })

  test('is resolved, declined, opened again and taken back by those who may, and its words stay', async () => {
    const number = await draft()
    const id = await say('reviewer', number, 'How to [sleep] better.', { text: 'Rest?', suggestion: 'rest' })
    const close = async (role: string, state: string) =>
      (await act(role, number, 'resolve', { comment: id, state })).status
    expect(await close('editor', 'withdrawn')).toBe(409)
    expect(await close('newsletter-manager', 'declined')).toBe(403)
    expect(await close('editor', 'declined')).toBe(200)
    expect(await close('editor', 'resolved')).toBe(409)
    expect(await close('editor', 'open')).toBe(200)
    expect(await close('reviewer', 'withdrawn')).toBe(200)
    expect((await read(number)).comments[0]).toMatchObject({ state: 'withdrawn', text: '', closedBy: 'The reviewer' })
    const data = { text: 'Something else.' }
    for (const context of [{}, { act: 'comment' }])
      await expect(cms.payload.update({ collection: 'comments', id, data, context })).rejects.toThrow('written once')
    await expect(cms.payload.delete({ collection: 'comments', id })).rejects.toThrow('written once')
    const where: Where = { and: [{ uid: { equals: uid(number) } }, { act: { in: ['comment', 'resolve'] } }] }
    const { docs } = await cms.payload.find({ collection: 'audit', where, sort: 'createdAt', pagination: false })
    expect(docs.map(({ act, by, reason }) => [act, by, reason])).toEqual([
      ['comment', 'The reviewer', 'a suggestion'],
      ['resolve', 'The editor', 'Declined'],
      ['resolve', 'The editor', 'Open'],
      ['resolve', 'The reviewer', 'Taken back'],
    ])
  })

  test('belong to one article, are for the staff, and go with it', async () => {
    const [number, other] = [await draft(), await draft()]
    const id = await say('reviewer', number, '[How to sleep better.]', { text: 'A name: Jo Doe.' })
    expect((await act('editor', other, 'resolve', { comment: id, state: 'resolved' })).status).toBe(404)
    expect((await rest('nobody', 'GET', `/${idOf(number)}/comments`)).status).toBe(403)
    expect(await read(number, 'newsletter-manager')).toMatchObject({
      may: { comment: false, accept: false },
      links: [],
    })
    await review.approve(cms.payload, english(number), as('reviewer'))
    await acts.publish(cms.payload, 'article', english(number), as('publisher'))
    await acts.purge(cms.payload, english(number), { ...as('admin'), reason: 'A name leaked.' })
    expect((await cms.payload.find({ collection: 'comments', where: { id: { equals: id } } })).totalDocs).toBe(0)
    const { docs } = await cms.payload.find({
      collection: 'audit',
      where: { uid: { equals: uid(number) } },
      pagination: false,
    })
    expect(JSON.stringify(docs)).not.toContain('Jo Doe')
    await cms.payload.delete({ collection: 'articles', id: idOf(other) })
  })
})
