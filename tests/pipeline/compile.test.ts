import { ArticleJson, type Edition, EditionSummary } from 'content-schemas'
import fc from 'fast-check'
import type { Channel, Row } from 'pipeline/channels/channel.ts'
import { channels } from 'pipeline/channels/index.ts'
import { compile, type Environment, prepare } from 'pipeline/compile.ts'
import { phrasesOf } from 'pipeline/phrases/index.ts'
import { describe, expect, test } from 'vitest'
import { normalTree } from './body-trees.ts'
import { article, issue, known, link, paragraph, published, records, root, site, today, uid } from './documents.ts'

const other = (changes: Partial<Row>): Row => ({
  ...prepare(published(article({ uid: uid(50), slug: 'other' })), environment()).row,
  ...changes,
})

function environment(changes: Partial<Environment> = {}): Environment {
  return {
    site,
    today,
    row: () => undefined,
    translations: () => [],
    assurance: () => undefined,
    asset: async () => undefined,
    typeset: async () => new Uint8Array(),
    ...changes,
  }
}

const channel = (changes: Partial<Channel> = {}): Channel => ({
  name: 'words',
  outputs: ({ live }) => [
    { name: 'text', path: `/${live.slug}.txt`, pass: 1, tree: true },
    { name: 'count', path: `/${live.slug}.count`, pass: 2, tree: false },
  ],
  render: async (tree, _, { path }) => ({ path, type: 'text/plain', body: `${tree.children.length} blocks` }),
  ...changes,
})
const failing = channel({
  name: 'failing',
  render: async () => {
    throw new Error('Out of paper.')
  },
})

describe('states of the day', () => {
  const on = (day: string, changes: Partial<Edition> = {}) =>
    prepare(
      published(article({ body: root({ type: 'resources', id: 'r', resources: [known.helpline] }) }), changes),
      environment({ today: day }),
    ).context

  test('label what is shown, in the language of the document', () => {
    expect(on('2026-05-01')).toMatchObject({ review: 'current', notice: null })
    expect(on('2028-01-15')).toMatchObject({ review: 'due', notice: null })
    expect(on('2028-02-02')).toMatchObject({ review: 'overdue' })
    expect(on('2028-02-02').notice).toContain('1 February 2028')
    expect(on('2026-05-01', { locale: 'es', sample: true }).notice).toBe(phrasesOf('es').sampleNotice)
  })

  test('a resource not confirmed in time says so, with whom to call instead', () => {
    expect(on('2026-05-01').records.resources[known.helpline]).toMatchObject({ trust: 'fresh', notice: null })
    const late = on('2027-05-01').records.resources[known.helpline]!
    expect(late.trust).toBe('expired')
    expect(late.notice).toContain('1 April 2026')
    expect(late.notice).toContain('Call 911')
  })

  test('what nobody reviewed says so', () => {
    const draft = article({ review: { reviewer: null, lastReviewed: null, nextReview: null } })
    expect(prepare(published(draft), environment()).context).toMatchObject({
      review: 'unreviewed',
      notice: expect.stringMatching(/review/),
    })
  })

  test('an issue is reviewed as well as the worst of its articles', () => {
    const stale = article({
      review: { reviewer: known.reviewer, lastReviewed: '2020-01-01', nextReview: '2021-01-01' },
    })
    const held = (some: typeof stale) => ({ article: some, records: records(), stamp: '0123456789', number: 1 })
    const both = { articles: [held(article()), held(stale)] }
    expect(prepare(published(issue(), both), environment()).row.review).toBe('overdue')
  })
})

describe('rows', () => {
  test('say what lists need', () => {
    const first = published(article())
    const second: Edition = { ...first.live, number: 2, at: '2026-04-20T08:00:00.000Z', changeNote: 'New number.' }
    const { row } = prepare({ live: second, history: [summary(second), ...first.history] }, environment())
    expect(row).toMatchObject({
      kind: 'article',
      slug: 'sleep-well',
      topics: [known.topic],
      number: 2,
      firstPublishedAt: '2026-04-01T08:00:00.000Z',
      publishedAt: '2026-04-20T08:00:00.000Z',
      tombstone: false,
      review: 'current',
    })
  })

  test('a tombstone has an empty tree, a notice with its reason, and is in no list', () => {
    const withdrawn = published(article(), {
      act: 'withdraw',
      document: null,
      records: null,
      tombstone: { reason: 'The dose was wrong.', replacement: null, to: null },
    })
    const { tree, row, context } = prepare(withdrawn, environment())
    expect(tree.children).toEqual([])
    expect(row).toMatchObject({ tombstone: true, slug: 'sleep-well', title: 'Sleep well' })
    expect(context.notice).toContain('The dose was wrong.')
  })
})

describe('reads', () => {
  const linking = article({
    body: root(paragraph(link(`article:${uid(50)}`, 'Other'), link(`article:${uid(50)}`, 'Again'))),
  })

  test('are recorded once each, what rendering looks up too', async () => {
    const picture = 'a'.repeat(64)
    const reading = channel({
      render: async (_, context, { path }) => {
        context.translations()
        context.row(uid(51), 'es')
        return { path, type: 'image/png', body: await context.asset(picture) }
      },
    })
    const { reads } = await compile(published(linking), environment({ asset: async () => new Uint8Array(1) }), [
      reading,
    ])
    expect(reads).toEqual([
      { kind: 'assurance', uid: known.helpline },
      { kind: 'assurance', uid: known.closed },
      { kind: 'row', uid: uid(50), locale: 'en' },
      { kind: 'translations', uid: uid(100), locale: 'en' },
      { kind: 'row', uid: uid(51), locale: 'es' },
      { kind: 'asset', sha256: picture },
    ])
  })

  test('links lead to published articles only', () => {
    const with_ = (row: Row) => JSON.stringify(prepare(published(linking), environment({ row: () => row })).tree)
    expect(with_(other({}))).toContain('https://signpost.example/en/articles/other')
    expect(with_(other({ tombstone: true }))).not.toContain('"link"')
    expect(with_(other({ kind: 'issue' }))).not.toContain('"link"')
  })

  test('translations are the published ones, and not the document itself', () => {
    const rows = [other({}), other({ locale: 'es' }), other({ locale: 'ar', tombstone: true })]
    const { context } = prepare(published(article()), environment({ translations: () => rows }))
    expect(context.translations().map(({ locale }) => locale)).toEqual(['es'])
  })
})

describe('compile', () => {
  test('renders every output of every channel, or those of one pass', async () => {
    const pathsOf = async (pass?: 1 | 2) =>
      (await compile(published(article()), environment(), [channel()], pass)).files.map(({ path }) => path)
    expect(await pathsOf()).toEqual(['/sleep-well.txt', '/sleep-well.count'])
    expect(await pathsOf(1)).toEqual(['/sleep-well.txt'])
    expect(await pathsOf(2)).toEqual(['/sleep-well.count'])
  })

  test('gives the tree to outputs that need it', async () => {
    const { files } = await compile(published(article()), environment(), [channel()])
    expect(files.map(({ body }) => body)).toEqual(['1 blocks', '0 blocks'])
  })

  test('an output that fails is a message, and the others are made', async () => {
    const { files, failed, messages } = await compile(published(article()), environment(), [failing, channel()])
    expect(files).toHaveLength(2)
    expect(failed.map(({ channel, output }) => `${channel} ${output.name}`)).toEqual(['failing text', 'failing count'])
    expect(messages.map(({ rule, reason }) => `${rule}: ${reason}`)).toContain(
      'render-failed: /sleep-well.txt (text of failing) could not be made: Out of paper.',
    )
  })

  test('a picture that is not in the store fails the output that needs it, with its hash', async () => {
    const painting = channel({
      render: async (_, context, { path }) => ({ path, type: 'image/png', body: await context.asset('b'.repeat(64)) }),
    })
    const { messages } = await compile(published(article()), environment(), [painting], 1)
    expect(messages[0]?.reason).toContain('b'.repeat(64))
  })

  test('rows carry what channels keep for their lists', async () => {
    const keeping = channel({ listing: (tree) => ({ blocks: tree.children.length }) })
    const { row } = await compile(published(article()), environment(), [keeping])
    expect(row.listing).toEqual({ words: { blocks: 1 } })
  })

  test('the same document gives the same files', async () => {
    const twice = [0, 1].map(() => compile(published(article()), environment(), [channel()]))
    const [one, two] = await Promise.all(twice)
    expect(one).toEqual(two)
  })
})

describe('any body', () => {
  const seed = Number(process.env.SIGNPOST_TEST_SEED ?? Date.now() % 2 ** 31)
  const numRuns = process.env.SIGNPOST_TEST_FULL ? 5_000 : 100
  console.log(`Random bodies to compile: seed ${seed} (SIGNPOST_TEST_SEED), ${numRuns} of them.`)
  // A handout refuses characters no font has, and says so: not for random text.
  const others = channels.filter(({ name }) => name !== 'print')

  test('goes through every channel, and the fragments of its HTML are those of its outline', async () => {
    await fc.assert(
      fc.asyncProperty(normalTree, fc.constantFrom('en' as const, 'ar' as const), async (body, locale) => {
        const { files, failed } = await compile(published(article({ body, locale })), environment(), others)
        expect(failed).toEqual([])
        const json = files.find(({ path }) => path.endsWith('/sleep-well.json'))
        const { html, outline } = ArticleJson.parse(JSON.parse(String(json?.body)))
        const fragments = [...html.matchAll(/<h[2-6] id="([^"]+)"/g)].map(([, id]) => id)
        expect(fragments).toEqual(outline.map(({ id }) => id))
      }),
      { seed, numRuns },
    )
  })
})

function summary(edition: Edition): EditionSummary {
  return EditionSummary.strip().parse(edition)
}

describe('the call to action of an article', () => {
  test('ends it in every channel', async () => {
    const guide = article({ slug: 'guide', callToAction: known.callToAction })
    const { files } = await compile(published(guide), environment(), channels, 1)
    const { heading } = records()['calls-to-action'][known.callToAction]!
    for (const path of [
      '/v1/en/articles/guide.json',
      '/v1/en/articles/guide.txt',
      '/en/articles/guide',
      '/v1/en/emails/guide.html',
    ])
      expect(files.find((file) => file.path === path)?.body, path).toContain(heading)
  })

  test('is left out with a message when its record is gone', () => {
    const { messages } = prepare(published(article({ callToAction: uid(99) })), environment())
    expect(messages).toMatchObject([{ rule: 'missing-record', place: { pointer: '/callToAction' } }])
  })
})
