import type { Locale } from 'content-schemas'
import { type Channel, type Grouping, pageSize, perPage, type Row } from 'pipeline/channels/channel.ts'
import { Catalogue, catalogueOf, listContext } from 'pipeline/release/catalogue.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { article, site, uid } from '../pipeline/documents.ts'
import { Publication, plain, workspace } from './publication.ts'
import { generator, seedOf } from './random.ts'

const rowAt = (number: number, change: Partial<Row> = {}): Row => ({
  uid: uid(number),
  locale: 'en',
  kind: 'article',
  slug: `article-${number}`,
  title: `Article ${number}`,
  summary: '',
  topics: [`topic-${number % 3}`],
  audiences: [],
  stamp: 'TG5SPCPWVX',
  number: 1,
  firstPublishedAt: new Date(Date.UTC(2026, 0, number)).toISOString(),
  publishedAt: '2026-04-01T08:00:00.000Z',
  changeNote: '',
  review: 'current',
  tombstone: false,
  sample: false,
  listing: {},
  ...change,
})
const byTopic: Grouping = ({ topics }) => topics
const idOf = ({ uid, locale }: Row) => `${uid}.${locale}`

describe('groups', () => {
  const told = (catalogue: Catalogue, locale: Locale = 'en') =>
    [...catalogue.groups(locale, byTopic)].map(([name, { rows, key }]) => ({ name, key, uids: rows.map((r) => r.uid) }))

  test('hold the rows of one language by first publication, and names in order', () => {
    const rows = [rowAt(4), rowAt(2, { topics: ['topic-1', 'topic-0'] }), rowAt(1), rowAt(9, { locale: 'es' })]
    expect(told(catalogueOf(rows)).map(({ name, uids }) => [name, uids])).toEqual([
      ['topic-0', [uid(2)]],
      ['topic-1', [uid(1), uid(2), uid(4)]],
    ])
  })

  test('brought up to date row by row are those made at once', () => {
    const random = generator(seedOf('Random rows'))
    const catalogue = new Catalogue()
    const rows = new Map<string, Row>()
    for (let turn = 0; turn < 600; turn++) {
      const number = 1 + Math.floor(random() * 60)
      const day = 1 + Math.floor(random() * 20)
      const change = { topics: [`topic-${day % 4}`], firstPublishedAt: new Date(Date.UTC(2026, 1, day)).toISOString() }
      const row = rowAt(number, { ...change, title: `Turn ${turn}`, locale: number % 5 === 0 ? 'es' : 'en' })
      if (random() < 0.2) rows.delete(idOf(row))
      else rows.set(idOf(row), row)
      catalogue.set(idOf(row), rows.get(idOf(row)))
      if (random() < 0.3) expect(told(catalogue)).toEqual(told(catalogueOf([...rows.values()])))
    }
    expect(told(catalogue, 'es')).toEqual(told(catalogueOf([...rows.values()]), 'es'))
    expect(catalogue.all()).toEqual(catalogueOf([...rows.values()]).all())
  })

  test('are the same object until one of their rows changes', () => {
    const catalogue = catalogueOf([1, 2, 3, 4, 5, 6].map((number) => rowAt(number)))
    const before = catalogue.groups('en', byTopic)
    catalogue.set(idOf(rowAt(1)), rowAt(1, { title: 'Changed' }))
    const after = catalogue.groups('en', byTopic)
    expect([...after.keys()].filter((name) => after.get(name) !== before.get(name))).toEqual(['topic-1'])
    expect(after.get('topic-1')!.key).not.toBe(before.get('topic-1')!.key)
    catalogue.set(idOf(rowAt(1)), rowAt(1))
    expect(catalogue.groups('en', byTopic).get('topic-1')!.key).toBe(before.get('topic-1')!.key)
  })

  test('have pages, of which only those with a changed row are looked at again', () => {
    const rows = Array.from({ length: 2 * pageSize + 5 }, (_, index) => rowAt(index + 1, { topics: ['all'] }))
    const catalogue = catalogueOf(rows)
    const looked: number[] = []
    const titlesOf = perPage((some) => {
      looked.push(some.length)
      return some.map(({ title }) => title)
    })
    const titles = () => {
      looked.length = 0
      return titlesOf(catalogue.groups('en', byTopic).get('all')).flat()
    }
    expect(titles()).toEqual(rows.map(({ title }) => title))
    expect(titles()).toHaveLength(rows.length)
    expect(looked).toEqual([])
    const changed = { ...rows[pageSize]!, title: 'Changed' }
    catalogue.set(idOf(changed), changed)
    expect(titles()[pageSize]).toBe('Changed')
    expect(looked).toEqual([pageSize])
    const last = rowAt(rows.length + 1, { topics: ['all'], title: 'Last' })
    catalogue.set(idOf(last), last)
    expect(titles().at(-1)).toBe('Last')
    expect(looked).toEqual([6])
    catalogue.set(idOf(rows[0]!), undefined)
    expect(titles()).toEqual([...rows.slice(1).map((row) => (row.uid === changed.uid ? 'Changed' : row.title)), 'Last'])
    expect(looked).toEqual([pageSize, pageSize, 5])
  })

  test('are cut in pages, each with a key of its own', () => {
    const surroundings = { site, locale: 'en', locales: ['en'], today: '2026-05-01' } as const
    const all: Grouping = () => ['all']
    const pages = (rows: Row[]) => {
      const group = listContext(catalogueOf(rows), { ...surroundings, locales: ['en'] })
        .groups(all)
        .get('all')!
      return [group.slice(0, 2), group.slice(2, 4), group.slice(-1)].map(({ key }) => key)
    }
    const rows = [1, 2, 3, 4, 5].map((number) => rowAt(number))
    const changed = pages(rows.map((row) => (row.uid === uid(3) ? { ...row, title: 'Changed' } : row)))
    expect(changed.map((key, index) => key === pages(rows)[index])).toEqual([true, false, true])
  })
})

describe('after one change among many', () => {
  const shelf: Grouping = ({ tombstone, slug }) => (tombstone ? [] : [slug.slice(0, 1)])
  let rendered: string[]
  const shelves: Channel = {
    ...plain,
    lists: ({ groups, locale }) =>
      [...groups(shelf)].map(([name, { rows, key }]) => ({
        path: `/v1/${locale}/shelves/${name}.json`,
        key,
        render() {
          rendered.push(name)
          return {
            path: `/v1/${locale}/shelves/${name}.json`,
            type: 'application/json; charset=utf-8',
            body: JSON.stringify(rows.map(({ title }) => title)),
          }
        },
      })),
  }
  const publication = () => {
    const some = new Publication()
    for (const [index, slug] of ['ant', 'ape', 'bee', 'cat', 'cow'].entries())
      some.publish(article({ uid: uid(101 + index), slug, title: slug }))
    return some
  }
  let place: Awaited<ReturnType<typeof workspace>>
  let source: Publication
  beforeEach(async () => {
    rendered = []
    source = publication()
    place = await workspace(source, { channels: [shelves] })
    await place.reconcile()
  })
  afterEach(() => place.remove())

  test('only lists it stands on are rendered, also by another process', async () => {
    expect(rendered).toEqual(['a', 'b', 'c'])
    rendered = []
    source.publish(article({ uid: uid(103), slug: 'bee', title: 'bumble-bee' }))
    await place.reconcile()
    expect(rendered).toEqual(['b'])
    expect(await place.json('/v1/en/shelves/b.json')).toEqual(['bumble-bee'])
  })

  test('a list that has no rows any more is taken away, and comes back', async () => {
    source.end(uid(103), 'en', 'withdraw')
    expect((await place.reconcile()).removed).toEqual(['/v1/en/shelves/b.json'])
    source.publish(article({ uid: uid(103), slug: 'bear', title: 'bear' }))
    await place.reconcile()
    expect(await place.json('/v1/en/shelves/b.json')).toEqual(['bear'])
  })
})
