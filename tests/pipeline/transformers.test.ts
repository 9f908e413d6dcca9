import { type blocks, Message, noRecords } from 'content-schemas'
import fc from 'fast-check'
import type { ShownRecords } from 'pipeline/channels/channel.ts'
import { trustOf } from 'pipeline/states.ts'
import { compose } from 'pipeline/transformers/compose.ts'
import { recordsOf, uses } from 'pipeline/transformers/records.ts'
import { numbered, type ResolveContext, resolve } from 'pipeline/transformers/resolve.ts'
import type { ResolvedNode } from 'pipeline/tree.ts'
import { describe, expect, test } from 'vitest'
import { normalTree } from './body-trees.ts'
import {
  article,
  heading,
  issue,
  known,
  link,
  lookupIn,
  paragraph,
  records,
  root,
  text,
  today,
  uid,
} from './documents.ts'

function shown(): ShownRecords {
  const some = records()
  const resources = Object.entries(some.resources).map(([uid, resource]) => [
    uid,
    { ...resource, trust: trustOf(resource, today), notice: null },
  ])
  return { ...some, resources: Object.fromEntries(resources) }
}
const context = (): ResolveContext => ({
  records: shown(),
  sources: numbered(article().sources),
  pageOf: (id) => (id === uid(50) ? 'https://signpost.example/en/articles/other' : undefined),
})
const resolved = (...children: blocks.Flow[]) => resolve(root(...children), context())
const rules = (messages: Message[]) => messages.map(({ rule, place }) => `${rule} ${place.pointer}`)
type Titled = { type: string; data?: { id: string; depth: number } }
const levels = (nodes: readonly object[]) => (nodes as Titled[]).map(({ type, data }) => `${type} ${data?.depth}`)

const steps = (title: string | undefined, ...children: blocks.Flow[]): blocks.Steps => ({
  type: 'steps',
  id: 'steps',
  ...(title && { title }),
  children: [{ type: 'step', id: 'one', title: 'First', children }],
})
const snippet: blocks.Snippet = { type: 'snippet', id: 'shared', record: known.snippet }

describe('levels', () => {
  test('headings close the gaps an author left', () => {
    const { outline } = resolved(heading(3, 'a'), heading(4, 'b'), heading(2, 'c'), heading(4, 'd'), heading(3, 'e'))
    expect(outline.map(({ text, depth }) => `${text}${depth}`)).toEqual(['a2', 'b3', 'c2', 'd3', 'e3'])
  })

  test('a heading without words is a paragraph', () => {
    const citation: blocks.Citation = { type: 'citation', source: 's1' }
    const { tree, outline } = resolved({ type: 'heading', depth: 2, children: [citation] }, heading(3, 'a'))
    expect(levels(tree.children)).toEqual(['paragraph undefined', 'heading 2'])
    expect(outline.map(({ text }) => text)).toEqual(['a'])
  })

  test('titles of blocks stand below the heading, those of steps below the title of their block', () => {
    const { tree } = resolved(steps('Plan', heading(2, 'Inside')), heading(2, 'Section'), steps('Plan'))
    expect(levels(tree.children)).toEqual(['steps 2', 'heading 2', 'steps 3'])
    const [plan] = tree.children as Extract<ResolvedNode, { type: 'steps' }>[]
    expect(levels(plan!.children)).toEqual(['step 3'])
    expect(levels(plan!.children[0]!.children)).toEqual(['heading 4'])
  })

  test('without a title of the block its steps stand below the heading', () => {
    const { tree } = resolved(heading(2, 'Section'), steps(undefined))
    const block = tree.children[1] as Extract<ResolvedNode, { type: 'steps' }>
    expect(levels(block.children)).toEqual(['step 3'])
  })

  test('no level is deeper than 6', () => {
    const deep = steps('a', { type: 'callout', id: 'c', variant: 'note', title: 'b', children: [heading(4, 'c')] })
    const { outline } = resolved(heading(2, 'h'), heading(3, 'i'), heading(4, 'j'), deep)
    expect(outline.map(({ depth }) => depth)).toEqual([2, 3, 4, 5, 6, 6, 6])
  })
})

describe('fragments', () => {
  const idsOf = (...titles: string[]) =>
    resolved(...titles.map((title) => heading(2, title))).outline.map(({ id }) => id)

  test('come from the heading, with a prefix of our own', () => {
    expect(idsOf('What to do: 3 steps!', 'location')).toEqual(['s-what-to-do-3-steps', 's-location'])
  })
  test('differ, whatever the headings are', () => {
    expect(idsOf('A', 'A', 'A 2', '?', '!')).toEqual(['s-a', 's-a-2', 's-a-2-2', 's-section', 's-section-2'])
  })
  test('keep the letters of every script', () => {
    expect(idsOf('متى تطلب المساعدة؟', 'Señales')).toEqual(['s-متى-تطلب-المساعدة', 's-señales'])
  })
  test('hold nothing that ends an attribute or an address', () => {
    expect(idsOf('"><script>#%2e/\u202e')).toEqual(['s-script-2e'])
  })
})

describe('references', () => {
  test('a snippet gives way to its passage, below the heading it stands under', () => {
    const { tree, messages } = resolved(heading(2, 'Section'), snippet)
    expect(levels(tree.children)).toEqual(['heading 2', 'heading 3', 'urgent-help 4'])
    expect(messages).toEqual([])
  })

  test('a snippet inside a snippet is left out with a message', () => {
    const nested = context()
    nested.records.snippets[known.snippet]!.body.children.push(snippet)
    const { tree, messages } = resolve(root(snippet), nested)
    expect(tree.children).toHaveLength(2)
    expect(rules(messages)).toEqual(['snippet-in-snippet /body/children/0'])
  })

  test('closed resources are left out, and the block that has no other', () => {
    const both = { type: 'resources', id: 'r', resources: [known.closed, known.helpline] } as const
    const { tree, messages } = resolved(
      { ...both, resources: [...both.resources] },
      {
        type: 'resources',
        id: 'q',
        resources: [known.closed],
      },
    )
    expect(tree.children).toHaveLength(1)
    expect(tree.children[0]).toMatchObject({ data: { resources: [{ name: 'Night Line', trust: 'fresh' }] } })
    expect(rules(messages)).toEqual([
      'resource-closed /body/children/0/resources/0',
      'resource-closed /body/children/1/resources/0',
    ])
  })

  test('what replaces a closed resource is shown in its place, once', () => {
    const replaced = context()
    replaced.records.resources[known.closed]!.replacedBy = known.helpline
    const { tree, messages } = resolve(
      root(
        { type: 'resources', id: 'r', resources: [known.closed, known.helpline] },
        { type: 'urgent-help', id: 'u', title: 'Danger', children: [], resources: [known.closed] },
      ),
      replaced,
    )
    for (const node of tree.children as Extract<blocks.Flow, { resources: string[] }>[])
      expect((node as unknown as { data: { resources: { name: string }[] } }).data.resources).toMatchObject([
        { name: 'Night Line' },
      ])
    expect(messages).toEqual([])
  })

  test('resources that replace each other, or lead nowhere, are left out as closed ones', () => {
    for (const loop of [known.helpline, known.closed, uid(99)]) {
      const lost = context()
      Object.assign(lost.records.resources[known.helpline]!, { status: 'inactive', trust: 'closed' })
      lost.records.resources[known.helpline]!.replacedBy = known.closed
      lost.records.resources[known.closed]!.replacedBy = loop
      const { tree, messages } = resolve(root({ type: 'resources', id: 'r', resources: [known.helpline] }), lost)
      expect(tree.children).toEqual([])
      expect(rules(messages)).toEqual(['resource-closed /body/children/0/resources/0'])
    }
  })

  test('urgent help stays when its resources are closed', () => {
    const { tree } = resolved({
      type: 'urgent-help',
      id: 'u',
      title: 'In danger',
      resources: [known.closed],
      children: [paragraph('Call 911.')],
    })
    expect(tree.children[0]).toMatchObject({ type: 'urgent-help', data: { resources: [] } })
  })

  test('a call to action brings its resource', () => {
    const { tree } = resolved({ type: 'call-to-action', id: 'c', record: known.callToAction })
    expect(tree.children[0]).toMatchObject({
      data: { id: 's-talk-to-somebody', record: { label: 'Call Night Line' }, resource: { name: 'Night Line' } },
    })
  })

  test('links lead to the page of a published article; of another only the words stay', () => {
    const words = paragraph(link(`article:${uid(50)}`, 'here it is'), link(`article:${uid(51)}`, 'not here'))
    const { tree, messages } = resolved(words)
    expect(tree.children).toEqual([
      {
        type: 'paragraph',
        children: [
          { type: 'link', url: 'https://signpost.example/en/articles/other', children: [text('here it is')] },
          text('not here'),
        ],
      },
    ])
    expect(rules(messages)).toEqual(['link-unpublished /body/children/0/children/1'])
  })

  test('terms get their definition, citations their number', () => {
    const term: blocks.Term = { type: 'term', term: known.term, children: [text('melatonin')] }
    const { tree } = resolved(paragraph(term, { type: 'citation', source: 's2' }))
    expect(tree.children[0]).toMatchObject({
      children: [{ data: { definition: { term: 'melatonin' } } }, { data: { number: 2, source: { id: 's2' } } }],
    })
  })

  test('what is missing is left out with its place, and an author’s words stay', () => {
    const term: blocks.Term = { type: 'term', term: uid(99), children: [text('word')] }
    const { tree, messages } = resolved(
      { type: 'figure', id: 'f', media: uid(99) },
      { type: 'snippet', id: 's', record: uid(99) },
      { type: 'call-to-action', id: 'c', record: uid(99) },
      steps('Plan', paragraph(term, { type: 'citation', source: 'none' })),
    )
    expect(tree.children.map(({ type }) => type)).toEqual(['steps'])
    expect(JSON.stringify(tree)).toContain('"value":"word"')
    expect(rules(messages)).toEqual([
      'missing-record /body/children/0/media',
      'missing-record /body/children/1/record',
      'missing-record /body/children/2/record',
      'missing-record /body/children/3/children/0/children/0/children/0/term',
      'unknown-source /body/children/3/children/0/children/0/children/1',
    ])
  })

  test('a node nobody knows is a message, never silence', () => {
    const { tree, messages } = resolved({ type: 'carousel' } as unknown as blocks.Flow)
    expect(tree.children).toEqual([])
    expect(rules(messages)).toEqual(['unknown-node /body/children/0'])
  })

  test('the document stays as it was', () => {
    const body = root(heading(2, 'Section'), snippet, steps('Plan', paragraph(link(`article:${uid(51)}`, 'x'))))
    const before = structuredClone(body)
    resolve(body, context())
    expect(body).toEqual(before)
  })
})

describe('compose', () => {
  const held = (id: number, body: blocks.Root) => ({
    article: article({ uid: uid(id), title: `Article ${id}`, body }),
    records: records(),
    stamp: '0123456789',
    number: 1,
  })
  const cited = (title: string): blocks.Root =>
    root(paragraph('Opening.'), heading(2, title), paragraph({ type: 'citation', source: 's1' }), snippet)
  const composing = (items: Parameters<typeof issue>[0], ...articles: ReturnType<typeof held>[]) =>
    compose(issue(items), articles, { ...context(), stampPageOf: (stamp) => `https://signpost.example/c/${stamp}` })

  test('puts articles in parts, their headings below the title of the part, fragments and sources differing', () => {
    const { tree, outline } = composing(
      {
        items: [
          { kind: 'article', article: uid(50), show: 'full' },
          { kind: 'article', article: uid(52), show: 'full' },
        ],
      },
      held(50, cited('Why')),
      held(52, cited('Why')),
    )
    expect(levels(tree.children)).toEqual(['part 2', 'part 2'])
    expect(outline.map(({ id, depth }) => `${id} ${depth}`)).toEqual([
      's-article-50 2',
      's-why 3',
      's-in-danger 4',
      's-call-now 5',
      's-article-52 2',
      's-why-2 3',
      's-in-danger-2 4',
      's-call-now-2 5',
    ])
    expect(JSON.stringify(tree).match(/"number":\d+/g)).toEqual(['"number":1', '"number":3'])
    expect(tree.children.map((part) => 'url' in part && part.url)).toEqual([
      'https://signpost.example/en/articles/other',
      // Not published any more: the page of its stamp says so.
      'https://signpost.example/c/0123456789',
    ])
  })

  test('an excerpt is the opening and all urgent help; a link is nothing but its title', () => {
    const { tree } = composing(
      {
        items: [
          { kind: 'article', article: uid(50), show: 'excerpt' },
          { kind: 'article', article: uid(52), show: 'link' },
        ],
      },
      held(50, cited('Why')),
      held(52, cited('Why')),
    )
    const children = tree.children.map((part) => ('children' in part ? part.children.map(({ type }) => type) : []))
    expect(children).toEqual([['paragraph', 'urgent-help'], []])
  })

  test('other items become blocks; a missing article is a message', () => {
    const { tree, messages } = composing({
      items: [
        { kind: 'resource', resource: known.helpline },
        { kind: 'call-to-action', record: known.callToAction },
        { kind: 'text', body: root(paragraph({ type: 'citation', source: 's1' })) },
        { kind: 'article', article: uid(77), show: 'full' },
      ],
    })
    expect(tree.children.map(({ type }) => type)).toEqual(['resources', 'call-to-action', 'paragraph'])
    expect(rules(messages)).toEqual([
      'unknown-source /items/2/body/children/0/children/0',
      'missing-record /items/3/article',
    ])
  })
})

describe('records', () => {
  const showsAll = () =>
    article({
      hero: known.picture,
      related: [uid(51)],
      callToAction: known.callToAction,
      body: root(
        paragraph({ type: 'term', term: known.term, children: [text('melatonin')] }, link(`article:${uid(50)}`, 'x')),
        steps('Plan', snippet, { type: 'figure', id: 'f', media: known.picture }),
        { type: 'resources', id: 'r', resources: [known.closed] },
      ),
    })

  test('uses lists direct references in reading order with their places', () => {
    expect(uses(showsAll()).map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      'audiences /audiences/0',
      'topics /topics/0',
      'media /hero',
      'glossary /body/children/0/children/0/term',
      'articles /body/children/0/children/1/url',
      'snippets /body/children/1/children/0/children/0/record',
      'media /body/children/1/children/0/children/1/media',
      'resources /body/children/2/resources/0',
      'people /authors/0',
      'articles /related/0',
      'calls-to-action /callToAction',
      'people /review/reviewer',
    ])
    const items = issue({
      items: [
        { kind: 'text', body: root(snippet) },
        { kind: 'resource', resource: known.closed },
      ],
    })
    expect(uses(items).map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      'snippets /items/0/body/children/0/record',
      'resources /items/1/resource',
    ])
  })

  test('recordsOf follows snippets and calls to action, and asks for each record once', async () => {
    const asked: string[] = []
    const find = lookupIn(records())
    const { records: found, missing } = await recordsOf(showsAll(), async (kind, id) => {
      asked.push(`${kind} ${id}`)
      return find(kind, id)
    })
    expect(found).toEqual(records())
    expect(missing).toEqual([])
    expect(new Set(asked).size).toBe(asked.length)
  })

  test('recordsOf names what is missing and the place that led there', async () => {
    const some = records()
    delete some.resources[known.helpline]
    delete some.people[known.author]
    const { missing } = await recordsOf(showsAll(), lookupIn(some))
    expect(missing.map(({ kind, pointer }) => `${kind} ${pointer}`)).toEqual([
      'people /authors/0',
      'resources /body/children/1/children/0/children/0/record',
    ])
  })
})

describe('any body', () => {
  const seed = Number(process.env.SIGNPOST_TEST_SEED ?? Date.now() % 2 ** 31)
  const numRuns = process.env.SIGNPOST_TEST_FULL ? 20_000 : 500
  console.log(`Random bodies to resolve: seed ${seed} (SIGNPOST_TEST_SEED), ${numRuns} of them.`)

  /** Records in which every uid is found, or none is. */
  const always = <T>(record: T): Record<string, T> => new Proxy({}, { get: () => record })
  const whole = context()
  const found = Object.fromEntries(
    Object.entries(whole.records).map(([kind, some]) => [kind, always(Object.values(some)[0])]),
  ) as unknown as ShownRecords
  const contexts: ResolveContext[] = [
    { ...whole, records: found, pageOf: () => 'https://signpost.example/en/articles/other' },
    { ...whole, records: { ...noRecords(), resources: {} }, sources: new Map(), pageOf: () => undefined },
  ]

  test.each(contexts)('has fragments that differ, levels without a gap and no open reference', (context) => {
    fc.assert(
      fc.property(normalTree, (body) => {
        const { tree, outline, messages } = resolve(body, context)
        expect(new Set(outline.map(({ id }) => id)).size).toBe(outline.length)
        let above = 1
        for (const { id, depth } of outline) {
          expect(id).toMatch(/^s-[\p{L}\p{M}\p{N}-]+$/u)
          expect(depth).toBeLessThanOrEqual(Math.min(above + 1, 6))
          above = depth
        }
        expect(JSON.stringify(tree)).not.toMatch(/"type":"snippet"|"url":"article:/)
        for (const message of messages) Message.parse(message)
      }),
      { seed, numRuns },
    )
  })
})
