import type { blocks } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { channels } from 'pipeline/channels/index.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

/*
 * A document that is malformed or hostile, through every channel there is: it keeps its last good edition and is
 * reported, or it is published for what it is; what else is published comes out in either case.
 */
let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
const good = article({ uid: uid(101), slug: 'good', title: 'Good' })
const bad = article({ uid: uid(102), slug: 'bad', title: 'Last good edition', related: [uid(101)] })
const jsonOf = (slug: string) => place.json(paths.article('en', slug, 'json'))

beforeEach(async () => {
  publication = new Publication()
  publication.publish(good)
  publication.publish(bad)
  const typeset = async () => new TextEncoder().encode('%PDF')
  place = await workspace(publication, { channels, typeset })
  await place.reconcile()
})
afterEach(() => place.remove())

const text = (value: string): blocks.Paragraph => ({ type: 'paragraph', children: [{ type: 'text', value }] })
function nested(depth: number): blocks.Flow {
  let node: blocks.Flow = text('deep')
  for (let level = 0; level < depth; level++) node = { type: 'blockquote', children: [node] }
  return node
}
const body = (...children: blocks.Flow[]): blocks.Root => ({ type: 'root', children })

/** Publishes the next edition of the bad article, and something new of the good one beside it. */
async function publishBad(changes: object) {
  publication.publish({ ...bad, title: 'Bad', ...changes })
  publication.publish({ ...good, title: 'Good again' })
  const report = await place.reconcile()
  expect(await jsonOf('good')).toMatchObject({ title: 'Good again' })
  await verify(readStore(place.store), { now: new Date('2026-05-02T00:00:00Z') })
  return report
}

test.each<[string, object]>([
  ['no body', { body: undefined }],
  ['a body of another shape', { body: { type: 'root', children: [{ type: 'text' }] } }],
  ['a node nobody knows', { body: { type: 'root', children: [{ type: 'script', value: 'alert(1)' }] } }],
  ['no title', { title: undefined }],
  ['a review that is no date', { review: { ...bad.review, nextReview: 'soon' } }],
  ['a title of 100,000 letters', { title: 'Bad'.repeat(33_333) }],
  ['a body nested deeper than a stack', { body: body(nested(20_000)) }],
  ['an array for a list of uids', { topics: [['nested']] }],
  ['a kind nobody knows', { kind: 'poster' }],
])('with %s it keeps its last good edition and is reported', async (_, changes) => {
  // What a database holds need not be what a type says.
  const edition = publication.publish({ ...bad, title: 'Fine' })
  Object.assign(edition.document!, changes)
  publication.publish({ ...good, title: 'Good again' })
  const report = await place.reconcile()
  expect(report.problems).toMatchObject([{ uid: bad.uid, slug: 'bad', reason: expect.stringMatching(/./) }])
  expect(await jsonOf('bad')).toMatchObject({ title: 'Last good edition' })
  expect(await jsonOf('good')).toMatchObject({ title: 'Good again' })
  await verify(readStore(place.store), { now: new Date('2026-05-02T00:00:00Z') })
  publication.publish({ ...bad, title: 'Mended' })
  expect((await place.reconcile()).problems).toEqual([])
  expect(await jsonOf('bad')).toMatchObject({ title: 'Mended' })
})

test.each<[string, object]>([
  ['half a megabyte of text', { body: body(text('many words '.repeat(50_000))) }],
  ['a body nested six hundred deep', { body: body(nested(600)) }],
  ['three thousand paragraphs', { body: body(...Array.from({ length: 3_000 }, (_, index) => text(`${index}`))) }],
  ['what looks like markup', { title: '<script>alert(1)</script>', summary: ']]>--></title>' }],
  ['references to nothing', { related: [uid(999)], topics: [uid(999)], authors: [uid(999)], hero: uid(999) }],
  ['a reference to itself', { related: [bad.uid] }],
])('with %s it is published, or keeps its last good edition', async (_, changes) => {
  const { problems } = await publishBad(changes)
  const { title } = await jsonOf('bad')
  if (problems.length === 0) expect(title).toBe('title' in changes ? changes.title : 'Bad')
  else expect([problems.map(({ uid }) => uid), title]).toEqual([[bad.uid], 'Last good edition'])
})

test('a handout that cannot be typeset leaves the last one, and the rest of the article is out', async () => {
  const report = await place.reconcile()
  expect(report.problems).toEqual([])
  const before = await place.read(paths.handout('en', 'bad', 'a4.standard'))
  publication.publish({ ...bad, title: 'Cannot be printed' })
  publication.publish({ ...good, title: 'Good again' })
  const typeset: typeof place.options.typeset = async ({ input }) => {
    if (JSON.stringify(input).includes('Cannot be printed')) throw new Error('killed after 10 s')
    return new TextEncoder().encode('%PDF new')
  }
  await place.reconcile({ typeset })
  expect(await jsonOf('bad')).toMatchObject({ title: 'Cannot be printed' })
  expect(await place.read(paths.handout('en', 'bad', 'a4.standard'))).toBe(before)
  expect(await place.read(paths.handout('en', 'good', 'a4.standard'))).toBe('%PDF new')
})
