import type { Article, blocks, Edition, EditionSummary, Locale } from 'content-schemas'
import { clockAt } from 'pipeline/clock.ts'
import { contentHash, sha256, stampOf } from 'pipeline/identity.ts'
import { readabilityKept } from 'pipeline/reading/readability.ts'
import type { Change, Published, PublishedSource } from 'pipeline/source.ts'
import { articleIn, everyBlock, ids, picture, recordsOf, siteOf, words } from '../pipeline/specimen.ts'

/** The uid of a document by its number. */
export const uidOf = (number: number): string => `00000000-0000-4000-8000-${String(100_000 + number).padStart(12, '0')}`

/** The moment everything here is reconciled at. */
export const clock = clockAt('2026-05-01T12:00:00.000Z')
const firstDay = Date.parse('2020-01-01T08:00:00.000Z')
const topicsInUse = 40

/**
 * A publication of thousands of articles of every block, some 12 KB of text each, in forty topics, each linked to from
 * the one before it. Nothing of it is kept but the numbers of editions: a document is made when it is asked for, the same
 * each time, so that the memory of a process is that of the reconciler.
 */
export class Many implements PublishedSource {
  readonly log: Change[] = []
  private readonly numbers = new Map<string, number>()
  private readonly pictures = new Map([[sha256(picture), picture]])

  constructor(readonly count: number) {
    for (let number = 0; number < count; number++) this.publish(number)
  }

  /** Publishes the next edition of a document. Every edition after the first has another title. */
  publish(number: number): string {
    const uid = uidOf(number)
    const edition = (this.numbers.get(uid) ?? 0) + 1
    this.numbers.set(uid, edition)
    this.log.push({ uid, locale: 'en', act: 'publish', cursor: this.log.length + 1 })
    return stampOf(uid, 'en', edition)
  }

  async *changes(after: number): AsyncIterable<Change> {
    yield* this.log.slice(after)
  }

  async *assurances() {}

  async document(uid: string, locale: Locale): Promise<Published | undefined> {
    const newest = this.numbers.get(uid)
    if (newest === undefined || locale !== 'en') return undefined
    const editions = Array.from({ length: newest }, (_, index) => editionOf(uid, newest - index, this.count))
    return { live: editions[0]!, history: editions.map(summaryOf) }
  }

  async edition(stamp: string): Promise<Edition | undefined> {
    for (const [uid, newest] of this.numbers)
      for (let edition = 1; edition <= newest; edition++)
        if (stampOf(uid, 'en', edition) === stamp) return editionOf(uid, edition, this.count)
    return undefined
  }

  site = async (locale: Locale) => siteOf(words[locale])
  asset = async (hash: string) => this.pictures.get(hash)
}

function editionOf(uid: string, edition: number, count: number): Edition {
  const number = Number(uid.slice(-12)) - 100_000
  const document = documentOf(uid, number, edition, count)
  const records = recordsOf(words.en)
  const topic = records.topics[ids.topic]!
  const topics = Object.fromEntries(
    document.topics.map((uid, index) => [uid, { ...topic, uid, slug: `topic-${number % topicsInUse}-${index}` }]),
  )
  return {
    kind: 'article',
    uid,
    locale: 'en',
    number: edition,
    stamp: stampOf(uid, 'en', edition),
    act: 'publish',
    major: true,
    changeNote: 'Clearer steps.',
    at: new Date(firstDay + number * 60_000 + (edition - 1) * 86_400_000).toISOString(),
    slug: document.slug,
    title: document.title,
    contentHash: contentHash(document),
    document,
    records: { ...records, topics },
    ...readabilityKept(document, records),
    articles: [],
    tombstone: null,
    waivers: [],
    sample: false,
  }
}

function documentOf(uid: string, number: number, edition: number, count: number): Article {
  const body = everyBlock(words.en)
  const prose = Array.from({ length: 30 }, (_, index): blocks.Paragraph => {
    const value = `${words.en.paragraph} ${words.en.answer} ${words.en.optionText} (${number}.${index})`
    return { type: 'paragraph', children: [{ type: 'text', value }] }
  })
  return articleIn('en', {
    uid,
    slug: `article-${number}`,
    title: edition === 1 ? `Article ${number}` : `Article ${number}, edition ${edition}`,
    topics: [`00000000-0000-4000-8000-${String(1000 + (number % topicsInUse)).padStart(12, '0')}`],
    related: count > 1 ? [uidOf((number + 1) % count)] : [],
    body: { ...body, children: [...body.children, ...prose] },
  })
}

function summaryOf({ uid, locale, number, stamp, act, major, changeNote, at, slug, title, contentHash }: Edition) {
  const summary: EditionSummary = { uid, locale, number, stamp, act, major, changeNote, at, slug, title, contentHash }
  return summary
}
