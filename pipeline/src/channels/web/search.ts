import type { Locale, SearchJson, ShownResource } from 'content-schemas'
import MiniSearch from 'minisearch'
import { sha256 } from '../../identity.ts'
import { phrasesOf } from '../../phrases/index.ts'
import { indexedForms } from '../../word-forms.ts'
import { paths } from '../addresses.ts'
import type { Group, List, ListContext, RenderedFile, Row } from '../channel.ts'
import { listingOf, publishedArticles, resourcesIn } from './listing.ts'

const options: SearchJson['options'] = {
  idField: 'id',
  fields: ['title', 'topics', 'headings', 'terms', 'summary', 'urgent'],
  storeFields: ['slug', 'title', 'summary', 'topics'],
  searchOptions: { boost: { title: 4, topics: 2, urgent: 0.5 }, prefix: true, fuzzy: 0.15 },
}
const resourceOptions: SearchJson['options'] = {
  idField: 'id',
  fields: ['name', 'kind', 'organization', 'numbers'],
  storeFields: ['name', 'kind', 'description'],
  searchOptions: { boost: { name: 4 }, prefix: true, fuzzy: 0.15 },
}

/** Articles taken into an index before something more urgent may end it: a few hundredths of a second. */
const atOnce = 250

/**
 * The search index of a language: titles, topics, headings, explained words, summaries and what urgent help says, not the
 * whole text, so that a phone can load it; and one of the resources. To use it:
 * `MiniSearch.loadJS(file.index, file.options).search(words)`.
 */
export function searchIndex(context: ListContext): List {
  const path = paths.search(context.locale)
  const group = publishedArticles(context)
  const rows = () => group?.rows ?? []
  const fileOf = (articles: MiniSearch): RenderedFile => ({
    path,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(searchJson(context.locale, articles, group)),
  })
  return {
    path,
    pass: 2,
    key: sha256(JSON.stringify([options, resourceOptions, group?.key])),
    render() {
      const index = emptyIndex(options)
      index.addAll(rows().map(entryOf))
      return fileOf(index)
    },
    async renderUnless(isInterrupted) {
      const index = emptyIndex(options)
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

function searchJson(locale: Locale, articles: MiniSearch, group: Group | undefined): SearchJson {
  const resources = emptyIndex(resourceOptions)
  const open = resourcesIn(group).filter(({ record }) => record.trust !== 'closed')
  resources.addAll(open.map(({ record }) => resourceEntry(record, locale)))
  return {
    version: 'v1',
    locale,
    library: 'minisearch@7',
    options,
    index: { ...articles.toJSON() },
    resources: { options: resourceOptions, index: { ...resources.toJSON() } },
  }
}

const emptyIndex = (options: SearchJson['options']): MiniSearch =>
  new MiniSearch({ ...options, processTerm: indexedForms })

function entryOf(row: Row) {
  const { topics, headings, glossary, urgent } = listingOf(row)
  return {
    id: row.uid,
    slug: row.slug,
    title: row.title,
    summary: row.summary,
    topics: topics.map(({ name }) => name).join(', '),
    headings: headings.join('\n'),
    terms: glossary.map(({ term }) => term).join('\n'),
    urgent,
  }
}

function resourceEntry(resource: ShownResource, locale: Locale) {
  const { uid, name, kind, description, organization = '', phones, text = '' } = resource
  return {
    id: uid,
    name,
    kind: phrasesOf(locale).resourceKinds[kind],
    description,
    organization,
    numbers: [...phones.map(({ number }) => number), text].join('\n'),
  }
}
