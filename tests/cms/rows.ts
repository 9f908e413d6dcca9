import { randomUUID } from 'node:crypto'
import type { File } from 'payload'
import sharp from 'sharp'

/** What the least row of each collection needs; every call gives another one. */
export async function rowFor(
  collection: string,
  related: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const word = randomUUID().slice(0, 8)
  switch (collection) {
    case 'articles':
      return { title: `Article ${word}` }
    case 'issues':
      return { subject: `Issue ${word}`, newsletter: related.newsletters }
    case 'resources':
      return { name: `Helpline ${word}`, description: 'It helps.', kind: 'helpline', status: 'active' }
    case 'topics':
      return { name: `Topic ${word}`, kind: 'condition' }
    case 'wording-rules':
      return {
        ...{ term: `Term ${word}`, locale: 'en', severity: 'advise', because: 'It hurts.' },
        ...{ source: 'https://example.org/', checkedOn: '2026-05-01' },
      }
    case 'retired-sources':
      return { url: `https://example.org/${word}`, because: 'It is old.', retiredOn: '2026-05-01' }
    case 'audiences':
      return { name: `For ${word}`, kind: 'patient' }
    case 'snippets':
      return { name: `Passage ${word}`, body: lexical(word) }
    case 'calls-to-action':
      return { heading: `Call ${word}`, label: 'Call', url: 'https://example.org/' }
    case 'glossary':
      return { term: `Word ${word}`, definition: 'A word.' }
    case 'people':
      return { name: `Person ${word}` }
    case 'media':
      return { alt: `Picture ${word}` }
    case 'newsletters':
      return { name: `Letter ${word}`, sender: 'A clinic' }
    case 'users':
      return {
        name: `User ${word}`,
        email: `${word}@example.org`,
        password: 'correct horse battery',
        roles: ['editor'],
      }
    case 'editions':
      return {
        ...{ id: word.toUpperCase(), uid: randomUUID(), locale: 'en', number: 1, kind: 'article', act: 'publish' },
        ...{ slug: word, title: word, at: new Date().toISOString(), cursor: ++cursor, edition: {} },
      }
    case 'assurances':
      return {
        ...{ resource: randomUUID(), assuredDate: '2026-05-01', verifyEveryDays: 180, by: 'Somebody' },
        ...{ at: new Date().toISOString(), cursor: ++cursor },
      }
    case 'sign-offs':
      return {
        ...{ kind: 'snippets', record: randomUUID(), locale: 'en', contentHash: word, by: 'Somebody' },
        at: new Date().toISOString(),
      }
    case 'feedback':
      return { helpful: 'yes', comment: word, locale: 'en', stamp: '7K3M9QX2AB', day: '2026-05-01', state: 'new' }
    case 'second-factors':
      return { id: randomUUID(), round: 0, used: 0, recovery: [] }
    case 'candidates':
      return {
        ...{ uid: randomUUID(), locale: 'en', contentHash: word, document: {}, records: {} },
        ...{ approvedBy: 'Somebody', at: new Date().toISOString() },
      }
    case 'comments':
      return {
        ...{ uid: randomUUID(), locale: 'en', contentHash: word, text: word, by: 'Somebody', state: 'open' },
        at: new Date().toISOString(),
      }
    case 'review-links':
      return {
        ...{ uid: randomUUID(), locale: 'en', contentHash: word, document: {}, records: {}, tokenHash: word },
        ...{ clinician: 'Dr. Somebody', expiresAt: '2026-07-01T12:00:00.000Z', by: 'Somebody' },
        at: new Date().toISOString(),
      }
    case 'schedules':
      return {
        ...{ uid: randomUUID(), locale: 'en', act: 'withdraw', title: word, by: 'Somebody', state: 'waiting' },
        at: new Date().toISOString(),
      }
    case 'waivers':
      return {
        ...{ uid: randomUUID(), locale: 'en', rule: 'wording', pointer: '/body', reason: 'Why.', by: 'Somebody' },
        at: new Date().toISOString(),
      }
    case 'strikes':
      return {
        ...{ uid: randomUUID(), locale: 'en', kind: 'passage', cause: 'wrong', by: 'Somebody', state: 'lifted' },
        ...{ from: 'ABCDEFGHJK', place: { pointer: '' }, recall: { words: [], block: null } },
        at: new Date().toISOString(),
      }
    case 'audit':
      return { ...{ uid: randomUUID(), kind: 'article', act: 'publish', by: 'Somebody' }, at: new Date().toISOString() }
    case 'uses':
      return { uid: randomUUID(), locale: 'en', kind: 'resources', record: randomUUID() }
    default:
      throw new Error(`The tests know no row for the collection “${collection}”. Add one.`)
  }
}
let cursor = 1_000_000

/** A file where the collection is of files. */
export const fileFor = async (collection: string): Promise<File | undefined> =>
  collection === 'media' ? png(`${randomUUID().slice(0, 8)}.png`) : undefined

export async function png(name: string, width = 40, height = 30): Promise<File> {
  const data = await sharp({ create: { width, height, channels: 3, background: '#0b5c6b' } })
    .png()
    .toBuffer()
  return { name, data, mimetype: 'image/png', size: data.length }
}

/** An editor state of one paragraph. */
export const lexical = (text: string) => ({
  root: element('root', [
    element('paragraph', [{ type: 'text', version: 1, text, format: 0, style: '', mode: 'normal', detail: 0 }]),
  ]),
})
const element = (type: string, children: unknown[]) => ({
  type,
  version: 1,
  direction: 'ltr',
  format: '',
  indent: 0,
  children,
})
