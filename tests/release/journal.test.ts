import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DocumentState, emptyState, noChange, openJournal, PathClaims } from 'pipeline/release/journal.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { uid } from '../pipeline/documents.ts'
import { rowAt } from '../pipeline/web-rows.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signpost-journal-'))
})
afterEach(() => rm(folder, { recursive: true }))

const topic = (name: string) => ({ uid: uid(3), slug: 'rest', name, codes: [], sensitive: false }) as never
const mark = { release: 1, manifest: 'm' }
const documentAt = (number: number, name: string): DocumentState => ({
  uid: uid(number),
  locale: 'en',
  row: rowAt(number, {}, { topics: [topic(name)] }),
  input: '',
  span: { from: null, until: null },
  first: { key: 'k', reads: [], claims: new PathClaims([[`/${number}`, 2]]) },
  second: null,
})
const file = () => readFile(join(folder, 'build.jsonl'), 'utf8')
const countOf = (text: string, words: string) => text.split(words).length - 1

test('what many rows show is written once, read once, and the rows are as they were', async () => {
  const journal = await openJournal(folder)
  const state = emptyState()
  for (const [id, number] of [
    ['a', 1],
    ['b', 2],
  ] as const) {
    const document = documentAt(number, 'Rest and sleep')
    state.documents.set(id, { ...document, row: state.parts.sharedIn(document.row) })
  }
  await journal.rewrite(state, mark)
  expect(countOf(await file(), 'Rest and sleep')).toBe(1)

  const again = await openJournal(folder)
  const read = (await again.load(mark))!
  expect(read.documents).toEqual(state.documents)
  const topicOf = (id: string) => (read.documents.get(id)!.row.listing.web as { topics: object[] }).topics[0]
  expect(topicOf('a')).toBe(topicOf('b'))

  const added = documentAt(3, 'Rest and sleep')
  const change = noChange()
  change.documents.set('c', { ...added, row: read.parts.sharedIn(added.row) })
  change.documents.set('d', documentAt(4, 'Another'))
  await again.append(read, change, { release: 2, manifest: 'n' })
  expect(countOf(await file(), 'Rest and sleep')).toBe(1)
  const last = await (await openJournal(folder)).load({ release: 2, manifest: 'n' })
  expect(last!.documents.get('c')).toEqual(added)
  expect(last!.documents.get('d')).toEqual(documentAt(4, 'Another'))
  expect(last!.documents.get('a')).toEqual(state.documents.get('a'))
})

test('a journal that names what it does not hold counts for nothing', async () => {
  const journal = await openJournal(folder)
  const state = emptyState()
  state.documents.set('a', documentAt(1, 'Rest'))
  await journal.rewrite(state, mark)
  const lines = (await file()).split('\n').filter((line) => !line.startsWith('{"part":'))
  await writeFile(join(folder, 'build.jsonl'), lines.join('\n'))
  expect(await (await openJournal(folder)).load(mark)).toBeUndefined()
})
