import type { SearchJson } from 'content-schemas'
import MiniSearch from 'minisearch'
import { sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext, Row } from '../channel.ts'
import { listingOf, publishedArticles } from './listing.ts'

const options: SearchJson['options'] = {
  idField: 'id',
  fields: ['title', 'topics', 'headings', 'terms', 'summary'],
  storeFields: ['slug', 'title', 'summary', 'topics'],
  searchOptions: { boost: { title: 4, topics: 2 }, prefix: true, fuzzy: 0.15 },
}

/**
 * The search index of a language: titles, topics, headings, explained words and summaries, not the whole text, so that a
 * phone can load it. To use it: `MiniSearch.loadJS(file.index, file.options).search(words)`.
 */
export function searchIndex(context: ListContext): List {
  const path = paths.search(context.locale)
  const group = publishedArticles(context)
  return {
    path,
    pass: 2,
    key: sha256(JSON.stringify([options, group?.key])),
    render: () => ({
      path,
      type: 'application/json; charset=utf-8',
      body: JSON.stringify(fileOf(context, group?.rows ?? [])),
    }),
  }
}

function fileOf({ locale }: ListContext, rows: readonly Row[]): SearchJson {
  const index = new MiniSearch(options)
  index.addAll(rows.map(entryOf))
  return { version: 'v1', locale, library: 'minisearch@7', options, index: { ...index.toJSON() } }
}

function entryOf(row: Row) {
  const { topics, headings, glossary } = listingOf(row)
  return {
    id: row.uid,
    slug: row.slug,
    title: row.title,
    summary: row.summary,
    topics: topics.map(({ name }) => name).join(', '),
    headings: headings.join('\n'),
    terms: glossary.map(({ term }) => term).join('\n'),
  }
}
