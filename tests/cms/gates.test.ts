import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as FirstStart from 'cms/src/processes/first-start.ts'
import type * as Acts from 'cms/src/publishing/acts.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Import from 'cms/src/publishing/folder/import.ts'
import type * as Gate from 'cms/src/publishing/gate.ts'
import type * as Review from 'cms/src/review/acts.ts'
import type * as Waivers from 'cms/src/review/waivers.ts'
import { type Article, type Edition, type Message, recordKinds } from 'content-schemas'
import { createLocalReq } from 'payload'
import { pipelineCommands, runCommand } from 'pipeline/commands/index.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks, seedArticle } from '../needs.ts'
import { article, known, paragraph, records, root, uid } from '../pipeline/documents.ts'
import { type Installation, install } from './installation.ts'

/* The gates as the CMS keeps them: its own rules and policy, waivers, and the same answers as the command line. */

let cms: Installation
let acts: typeof Acts
let documents: typeof Documents
let gate: typeof Gate
let importing: typeof Import
let review: typeof Review
let waivers: typeof Waivers
let scratch: string
beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  acts = await import('cms/src/publishing/acts.ts')
  documents = await import('cms/src/publishing/document.ts')
  gate = await import('cms/src/publishing/gate.ts')
  importing = await import('cms/src/publishing/folder/import.ts')
  review = await import('cms/src/review/acts.ts')
  waivers = await import('cms/src/review/waivers.ts')
  const { makeWordingRules }: typeof FirstStart = await import('cms/src/processes/first-start.ts')
  await makeWordingRules(cms.payload)
  scratch = await mkdtemp(join(tmpdir(), 'signpost-gates-'))
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
})
afterAll(async () => {
  await rm(scratch, { recursive: true, force: true })
  await cms?.remove()
})

const english = (number: number) => ({ uid: uid(number), locale: 'en' }) as const

/** A draft as its reviewer approved it; without one, as nobody did. */
async function draft(number: number, changes: Partial<Article>): Promise<void> {
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, ...changes })
  await cms.payload.create({ collection: 'articles', data: documents.articleRow(made) as never, draft: true })
  const { reviewer } = made.review
  if (reviewer) await review.approve(cms.payload, english(number), { by: 'test', reviewer })
}
const labelled = (number: number) => draft(number, { body: root(paragraph('Most addicts in the film get help.')) })

async function examined(id: string): Promise<Message[]> {
  const row = await cms.payload.findByID({ collection: 'articles', id, draft: true, depth: 0 })
  const { messages } = await gate.examine(await createLocalReq({}, cms.payload), 'articles', row as never)
  return messages
}
const rulesIn = (messages: Message[]) => messages.map(({ rule, severity }) => `${rule} ${severity}`)
const refusalOf = async (publication: Promise<Edition>): Promise<string[]> => {
  const error: Gate.RefusedError = await publication.then(
    () => Promise.reject(new Error('It was published.')),
    (error) => error,
  )
  return rulesIn(error.data?.messages ?? [])
}

describe('the rules of the house', () => {
  test('are records of the installation', async () => {
    await labelled(1)
    expect(rulesIn(await examined(`${uid(1)}.en`))).toEqual(['wording block'])
    const { docs } = await cms.payload.find({
      collection: 'wording-rules',
      where: { slug: { equals: 'addict-plural' } },
    })
    const { id } = docs[0]!
    await cms.payload.update({ collection: 'wording-rules', id, data: { severity: 'advise' } })
    expect(rulesIn(await examined(`${uid(1)}.en`))).toEqual(['wording advise'])
    await cms.payload.update({ collection: 'wording-rules', id, data: { severity: 'block' } })
  })

  test('follow the editorial policy', async () => {
    const set = (data: object) => cms.payload.updateGlobal({ slug: 'editorial-policy', data: data as never })
    await set({ wordingBlocks: false, readingLevel: { patient: 3 } })
    const hard = 'Considerable organizational preparation necessitates communication. '.repeat(8)
    await draft(2, { body: root(paragraph(`Most addicts. ${hard}`)) })
    expect(rulesIn(await examined(`${uid(2)}.en`))).toEqual(['reading-level block', 'wording advise'])
    await set({ wordingBlocks: true, readingLevel: { patient: 8 }, readingLevelBlocks: false })
    expect(rulesIn(await examined(`${uid(2)}.en`))).toEqual(['reading-level advise', 'wording block'])
    await set({ readingLevelBlocks: true })
  })

  test('ask of an article what its topics ask, and a change of that is none for readers', async () => {
    await draft(3, {})
    const before = await acts.publish(cms.payload, 'article', english(3), { by: 'test' })
    const mustMention = [{ say: 'that lying awake is normal', words: ['lying awake'] }]
    await cms.payload.update({ collection: 'topics', id: known.topic, data: { mustMention } })
    expect(rulesIn(await examined(`${uid(3)}.en`))).toEqual(['must-mention block'])
    const { docs } = await cms.payload.find({ collection: 'editions', where: { uid: { equals: uid(3) } } })
    expect(docs.map(({ number }) => number)).toEqual([before.number])
    await cms.payload.update({ collection: 'topics', id: known.topic, data: { mustMention: [] } })
  })
})

describe('a waiver', () => {
  const said = { reason: 'The title of a film.', by: 'P. Ublisher' }

  test('lets pass what it names, and is kept with the edition', async () => {
    await labelled(11)
    expect(await refusalOf(acts.publish(cms.payload, 'article', english(11), { by: 'test' }))).toEqual([
      'wording block',
    ])
    const { waivers: made } = await waivers.waive(cms.payload, 'articles', english(11), ['wording'], said)
    expect(made).toMatchObject([{ rule: 'wording', passage: 'addicts', ...said }])
    const unused = { ...made[0]!, pointer: '/title' }
    const edition = await acts.publish(cms.payload, 'article', english(11), { by: 'test', waivers: [unused, ...made] })
    expect(edition.waivers).toEqual(made)
  })

  test('never lets pass what nobody may waive', async () => {
    await draft(12, { review: { reviewer: null, lastReviewed: null, nextReview: null } })
    const { waivers: made, refused } = await waivers.waive(
      ...([cms.payload, 'articles', english(12), ['reviewer-missing'], said] as const),
    )
    expect(made).toEqual([])
    expect(rulesIn(refused)).toEqual(['reviewer-missing block'])
    const forged = [{ rule: 'reviewer-missing', pointer: '/review/reviewer', ...said }]
    expect(await refusalOf(acts.publish(cms.payload, 'article', english(12), { by: 'test', waivers: forged }))).toEqual(
      ['approval-missing block', 'reviewer-missing block'],
    )
  })

  test('counts from those alone who may waive', async () => {
    await labelled(13)
    const { waivers: made } = await waivers.waive(cms.payload, 'articles', english(13), ['wording'], said)
    const id = `${uid(13)}.en`
    const row = (await cms.payload.findByID({ collection: 'articles', id, draft: true, depth: 0 })) as never
    const asUser = async (role: 'editor' | 'publisher') => {
      const req = await createLocalReq({ user: { id: '1', collection: 'users', roles: [role] } as never }, cms.payload)
      return gate.examineOrRefuse(req, 'articles', row, made)
    }
    await expect(asUser('editor')).rejects.toThrow('cannot be published')
    expect((await asUser('publisher')).waived).toEqual(made)
  })
})

describe.skipIf(lacks('seed'))('the article of a third party', () => {
  test('gets one and the same list from the CMS and from the command line', async () => {
    const file = join(scratch, 'heroin-withdrawal-article.md')
    await cp(seedArticle, file)
    const [imported] = await importing.importPaths(cms.payload, [file])
    const inCms = await examined(imported!.became!.id)
    const printed: string[] = []
    await runCommand(
      pipelineCommands,
      ['check', file, '--json'],
      {},
      { print: (line) => printed.push(line), tell: () => {} },
    )
    const { files } = JSON.parse(printed.join('')) as { files: { messages: Message[] }[] }
    // Keys of the file that mean nothing are told when it is imported, and have no place in the CMS.
    const onLine = files[0]!.messages.filter(({ rule }) => rule !== 'unknown-key')
    // Approval is known to the CMS alone.
    expect(comparable(inCms.filter(({ rule }) => rule !== 'approval-missing'))).toEqual(comparable(onLine))
    expect(inCms.filter(({ rule }) => rule === 'wording').length).toBeGreaterThan(10)
  })
})

/** Messages without the lines of a file, in an order of their own. */
const comparable = (messages: Message[]) =>
  messages
    .map(({ place: { line: _, column: __, ...place }, places, ...message }) => {
      const inDocument = places?.map(({ line: _, column: __, ...each }) => each)
      return JSON.stringify({ ...message, place, ...(inDocument ? { places: inDocument } : {}) })
    })
    .sort()
