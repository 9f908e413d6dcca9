import type { Locale, SearchJson } from 'content-schemas'
import MiniSearch from 'minisearch'
import { sha256 } from '../../identity.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext, RenderedFile, Row } from '../channel.ts'
import { listingOf, publishedArticles } from './listing.ts'

const options: SearchJson['options'] = {
  idField: 'id',
  fields: ['title', 'topics', 'headings', 'terms', 'summary'],
  storeFields: ['slug', 'title', 'summary', 'topics'],
  searchOptions: { boost: { title: 4, topics: 2 }, prefix: true, fuzzy: 0.15 },
}

/** Articles taken into an index before something more urgent may end it: a few hundredths of a second. */
const atOnce = 250

/**
 * The search index of a language: titles, topics, headings, explained words and summaries, not the whole text, so that a
 * phone can load it. To use it: `MiniSearch.loadJS(file.index, file.options).search(words)`.
 */
export function searchIndex(context: ListContext): List {
  const path = paths.search(context.locale)
  const group = publishedArticles(context)
  const rows = () => group?.rows ?? []
  const fileOf = (index: MiniSearch): RenderedFile => ({
    path,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(searchJson(context.locale, index)),
  })
  return {
    path,
    pass: 2,
    key: sha256(JSON.stringify([options, group?.key])),
    render() {
      const index = new MiniSearch(options)
      index.addAll(rows().map(entryOf))
      return fileOf(index)
    },
    async renderUnless(isInterrupted) {
      const index = new MiniSearch(options)
      for (let start = 0; start < rows().length; start += atOnce) {
        index.addAll(
          rows()
            .slice(start, start + atOnce)
            .map(entryOf),
        )
        if (await isInterrupted()) return undefined
      }
      return fileOf(index)
    },
  }
}

const searchJson = (locale: Locale, index: MiniSearch): SearchJson => ({
  version: 'v1',
  locale,
  library: 'minisearch@7',
  options,
  index: { ...index.toJSON() },
})

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
