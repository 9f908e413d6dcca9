import {
  Article,
  type blocks,
  type Edition,
  Issue,
  noRecords,
  type RecordKind,
  type RecordOf,
  type Records,
  Site,
} from 'content-schemas'
import { contentHash, stampOf } from 'pipeline/identity.ts'
import type { Published } from 'pipeline/source.ts'

/*
 * Documents and records for tests: complete and in order, so that a test changes the one thing it is about.
 */

/** A uuid v4 that is recognised at sight: `uid(7)` ends in 7. */
export const uid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

export const today = '2026-05-01'

export const site: Site = Site.parse({
  name: 'Signpost Health',
  publisher: 'Signpost Trust',
  postalAddress: '1 Main Street, Springfield',
  url: 'https://signpost.example',
  licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  emergency: [{ region: 'United States', text: 'In danger now? Call 911.', number: '911' }],
})

export const text = (value: string): blocks.Text => ({ type: 'text', value })
export const paragraph = (...children: (string | blocks.Phrasing)[]): blocks.Paragraph => ({
  type: 'paragraph',
  children: children.map((child) => (typeof child === 'string' ? text(child) : child)),
})
export const heading = (depth: 2 | 3 | 4, title: string): blocks.Heading => ({
  type: 'heading',
  depth,
  children: [text(title)],
})
export const root = (...children: blocks.Flow[]): blocks.Root => ({ type: 'root', children })
export const link = (url: string, words: string): blocks.Link => ({
  type: 'link',
  url,
  children: words ? [text(words)] : [],
})

/** One record of every kind, by name. */
export const known = {
  author: uid(1),
  reviewer: uid(2),
  topic: uid(3),
  audience: uid(4),
  helpline: uid(5),
  closed: uid(6),
  term: uid(7),
  snippet: uid(8),
  callToAction: uid(9),
  picture: uid(10),
}

export const records = (): Records => ({
  ...noRecords(),
  people: {
    [known.author]: { uid: known.author, slug: 'ana-ruiz', name: 'Ana Ruiz', fictional: false },
    [known.reviewer]: { uid: known.reviewer, slug: 'lee-wong', name: 'Lee Wong', fictional: false },
  },
  topics: {
    [known.topic]: {
      uid: known.topic,
      slug: 'sleep',
      kind: 'living-with',
      name: 'Sleep',
      acuteRisk: false,
      sensitive: false,
      codes: [],
    },
  },
  audiences: { [known.audience]: { uid: known.audience, slug: 'patients', kind: 'patient', name: 'For patients' } },
  resources: {
    [known.helpline]: {
      uid: known.helpline,
      slug: 'night-line',
      kind: 'helpline',
      name: 'Night Line',
      status: 'active',
      description: 'Somebody to talk to at night.',
      phones: [{ number: '555 0100', type: 'voice' }],
      languages: ['en'],
      assuredDate: '2026-04-01',
      verifyEveryDays: 180,
    },
    [known.closed]: {
      uid: known.closed,
      slug: 'old-line',
      kind: 'helpline',
      name: 'Old Line',
      status: 'defunct',
      description: 'It closed.',
      phones: [],
      languages: [],
      assuredDate: '2026-04-01',
      verifyEveryDays: 180,
    },
  },
  glossary: {
    [known.term]: {
      uid: known.term,
      slug: 'melatonin',
      term: 'melatonin',
      definition: 'A hormone that makes you sleepy.',
    },
  },
  snippets: {
    [known.snippet]: {
      uid: known.snippet,
      slug: 'in-danger',
      name: 'In danger',
      body: root(heading(2, 'In danger'), {
        type: 'urgent-help',
        id: 'danger',
        title: 'Call now',
        resources: [known.helpline],
        children: [paragraph('Call 911.')],
      }),
    },
  },
  'calls-to-action': {
    [known.callToAction]: {
      uid: known.callToAction,
      slug: 'call-us',
      heading: 'Talk to somebody',
      label: 'Call Night Line',
      resource: known.helpline,
    },
  },
  media: {
    [known.picture]: {
      uid: known.picture,
      slug: 'bed',
      alt: 'A made bed by a window.',
      decorative: false,
      renditions: [
        { purpose: 'web', sha256: 'a'.repeat(64), type: 'image/jpeg', width: 800, height: 400, bytes: 1000 },
      ],
    },
  },
})

/** Finds what `records` holds. */
export const lookupIn =
  (some: Records) =>
  <K extends RecordKind>(kind: K, uid: string): RecordOf<K> | undefined =>
    (some[kind] as Record<string, RecordOf<K>>)[uid]

/** An article that passes every check. */
export const article = (changes: Partial<Article> = {}): Article =>
  Article.parse({
    kind: 'article',
    uid: uid(100),
    locale: 'en',
    slug: 'sleep-well',
    title: 'Sleep well',
    summary: 'How to sleep better.',
    mainMessage: 'Get up at the same time every day.',
    audiences: [known.audience],
    topics: [known.topic],
    hero: null,
    body: root(paragraph('Get up at the same time every day.')),
    authors: [known.author],
    sources: [
      { id: 's1', title: 'About sleep', url: 'https://example.org/sleep', checkedOn: '2026-03-01' },
      { id: 's2', title: 'More about sleep', url: 'https://example.org/more', checkedOn: '2026-03-01' },
    ],
    related: [],
    callToAction: null,
    licence: '',
    funding: '',
    conflicts: '',
    need: '',
    testedWith: '',
    review: { reviewer: known.reviewer, lastReviewed: '2026-02-01', nextReview: '2028-02-01' },
    ...changes,
  })

/** An issue that passes every check. */
export const issue = (changes: Partial<Issue> = {}): Issue =>
  Issue.parse({
    kind: 'issue',
    uid: uid(200),
    locale: 'en',
    slug: 'spring',
    newsletter: { uid: uid(201), slug: 'letter', name: 'Letter', sender: 'Signpost' },
    subject: 'News for spring',
    preheader: 'What is new.',
    greeting: '',
    items: [{ kind: 'article', article: uid(100), show: 'full' }],
    ...changes,
  })

/** A document as the first edition of it. */
export function published(document: Article | Issue, changes: Partial<Edition> = {}): Published {
  const { kind, uid, locale, slug } = document
  const live: Edition = {
    kind,
    uid,
    locale,
    slug,
    number: 1,
    stamp: stampOf(uid, locale, 1),
    act: 'publish',
    major: true,
    changeNote: 'First edition.',
    at: '2026-04-01T08:00:00.000Z',
    title: document.kind === 'article' ? document.title : document.subject,
    contentHash: contentHash(document),
    document,
    records: records(),
    articles: [],
    tombstone: null,
    waivers: [],
    sample: false,
    ...changes,
  }
  const {
    document: _,
    records: __,
    articles: ___,
    tombstone: ____,
    waivers: _____,
    sample: ______,
    kind: _______,
    ...summary
  } = live
  return { live, history: [summary] }
}

/** No records but these resources. */
export const noRecordsBut = (...resources: string[]): Records => ({
  ...noRecords(),
  resources: Object.fromEntries(resources.map((resource) => [resource, records().resources[resource]!])),
})
