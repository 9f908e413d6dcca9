import { paths } from 'pipeline/channels/addresses.ts'
import { email } from 'pipeline/channels/email/index.ts'
import { paperOf } from 'pipeline/channels/print/paper.ts'
import { site as pages } from 'pipeline/channels/site/index.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { type Environment, prepare } from 'pipeline/compile.ts'
import { contentHash, stampOf } from 'pipeline/identity.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { article, paragraph, root, site, today, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from './publication.ts'

/* What became of a source, changed in substance or ended, is a state of its translations: all show it, and it makes no edition. */

const original = article({ uid: uid(101), slug: 'original' })
const changed = article({ uid: uid(101), slug: 'original', body: root(paragraph('Get up later.')) })
const spanish = article({ uid: uid(101), slug: 'traduccion', locale: 'es', translatedFrom: 'en' })
const other = article({ uid: uid(102), slug: 'other' })
const compared = (source: typeof original) => ({
  approval: {
    ...{ by: 'Lee Wong', at: '2026-04-01T08:00:00.000Z' },
    translation: {
      by: 'Eva Sol',
      at: '2026-04-01T08:00:00.000Z',
      locale: 'en' as const,
      contentHash: contentHash(source),
    },
  },
})
const address = paths.article('es', 'traduccion', 'json')

let publication: Publication
let place: Awaited<ReturnType<typeof workspace>>
beforeEach(async () => {
  publication = new Publication()
  place = await workspace(publication)
  publication.publish(original)
  publication.publish(spanish, compared(original))
  publication.publish(other)
  await place.reconcile()
})
afterEach(() => place.remove())

const shown = () => place.json(address)
const expected = /^El original de esta traducción cambió el 1 de abril de 2026/

test('a change in substance shows in the translation, in its language, under the same stamp', async () => {
  expect(await shown()).toMatchObject({ notice: null })
  publication.publish(changed, { major: false })
  await place.reconcile()
  expect(await shown()).toMatchObject({ notice: null })
  publication.publish(article({ ...changed, title: 'Another' }), { major: true })
  expect((await place.reconcile()).changed).toContain(address)
  expect(await shown()).toMatchObject({
    ...{ stamp: stampOf(spanish.uid, 'es', 1), notice: expect.stringMatching(expected) },
  })
})

test('goes when the two were compared again', async () => {
  publication.publish(changed, { major: true })
  await place.reconcile()
  expect(await shown()).toMatchObject({ notice: expect.stringMatching(expected) })
  publication.publish(spanish, { ...compared(changed), major: false })
  await place.reconcile()
  expect(await shown()).toMatchObject({ notice: null, stamp: stampOf(spanish.uid, 'es', 2) })
})

test('shows where nobody wrote down what a translation was compared with, if the source is newer', async () => {
  publication.publish(spanish, { major: false })
  await place.reconcile()
  expect(await shown()).toMatchObject({ notice: null })
  publication.publish(changed, { major: true })
  await place.reconcile()
  expect(await shown()).toMatchObject({ notice: expect.stringMatching(expected) })
})

const ended = /^El original de esta traducción se retiró el 1 de abril de 2026/
const approved = (at: string) => ({ approval: { ...compared(original).approval, by: 'Lee Wong', at } })

describe('a source that is no longer published', () => {
  test.each(['withdraw', 'gone', 'redirect', 'purge'] as const)(
    'by the act %s shows in the translation',
    async (act) => {
      publication.end(original.uid, 'en', act, { to: 'other' })
      expect((await place.reconcile()).changed).toContain(address)
      expect(await shown()).toMatchObject({
        ...{ stamp: stampOf(spanish.uid, 'es', 1), notice: expect.stringMatching(ended) },
      })
    },
  )

  test('does so until a reviewer has approved the translation, which a check against it is not', async () => {
    publication.publish(changed, { major: true })
    publication.end(original.uid, 'en', 'withdraw')
    publication.publish(spanish, { ...compared(changed), major: false })
    await place.reconcile()
    expect(await shown()).toMatchObject({ notice: expect.stringMatching(ended) })
    publication.publish(spanish, { ...approved('2026-04-02T08:00:00.000Z'), major: false })
    await place.reconcile()
    expect(await shown()).toMatchObject({ notice: null })
  })

  test('does so until it is published again', async () => {
    publication.end(original.uid, 'en', 'withdraw')
    await place.reconcile()
    publication.publish(original, { major: true })
    await place.reconcile()
    expect(await shown()).toMatchObject({ notice: null })
    publication.publish(changed, { major: true })
    await place.reconcile()
    expect(await shown()).toMatchObject({ notice: expect.stringMatching(expected) })
  })

  test('is nothing to a text that is no translation', async () => {
    publication.publish({ ...spanish, translatedFrom: undefined }, { major: false })
    publication.end(original.uid, 'en', 'withdraw')
    await place.reconcile()
    expect(await shown()).toMatchObject({ notice: null })
  })
})

test.each([
  ['changed', () => publication.publish(changed, { major: true }), expected, 'comparado'],
  ['ended', () => publication.end(original.uid, 'en', 'withdraw'), ended, 'desde entonces'],
] as const)('that the source %s is told on every channel', async (_, happen, sentence, words) => {
  const own = await workspace(publication, { channels: [web, pages, email] })
  happen()
  await own.reconcile()
  const notice: string = (await own.json(address)).notice
  expect(notice).toMatch(sentence)
  expect(await own.read(paths.page('es', 'traduccion'))).toContain(notice)
  expect(await own.read(paths.email('es', 'traduccion', 'html'))).toContain(words)
  expect((await own.read(paths.email('es', 'traduccion', 'txt')))!.replace(/\s+/g, ' ')).toContain(notice)
  expect((await own.json(paths.feed('es'))).items[0]._signpost.notice).toBe(notice)
  await own.remove()
  const published = (await publication.document(spanish.uid, 'es'))!
  const source = prepare((await publication.document(original.uid, 'en'))!, surroundings).row
  const { tree, context } = prepare(published, { ...surroundings, row: () => source })
  const printed = paperOf(tree, context)
    .paper.notice.map((run) => JSON.stringify(run))
    .join('')
  expect(printed).toContain(words)
})
const surroundings: Environment = {
  ...{ site, today, row: () => undefined, translations: () => [], assurance: () => undefined },
  ...{ asset: async () => undefined, typeset: async () => new Uint8Array() },
}
