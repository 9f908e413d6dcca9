import MiniSearch, { type AsPlainObject, type Options, type Query } from 'minisearch'
import { searchedForms } from '../src/word-forms.ts'

/*
 * The search of the home page, in the browser: the index is fetched when somebody first uses it, whole, so that no query
 * leaves the page.
 */

/** What the index keeps of an article, or of a resource, beside its id. */
type ArticleHit = { title: string; summary?: string; slug: string }
type ResourceHit = { name: string; kind: string; description: string }
type Loaded = { articles: MiniSearch<ArticleHit>; resources: MiniSearch<ResourceHit> | undefined }
/** A line of the results. */
type Found = { title: string; text: string; href: string; kind?: string }

const mostArticles = 20
/** Whom to call comes first, and leaves the articles in sight. */
const mostResources = 3
const form = document.querySelector<HTMLFormElement>('form.search')
if (form) start(form)

function start(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input')!
  const list = document.querySelector<HTMLElement>('.search-results')!
  const status = document.querySelector<HTMLElement>('.search-status')!
  const { index: address = '', pages = '', finder = '', ...sentences } = form.dataset
  let index: Promise<Loaded> | undefined

  const load = (): Promise<Loaded> => {
    index ??= fetchIndex(address)
    index.catch(() => {
      index = undefined
    })
    return index
  }
  const search = async (): Promise<void> => {
    const typed = input.value.trim()
    if (typed === '') return say('', [])
    try {
      const loaded = await load()
      if (typed !== input.value.trim()) return
      const query = queryOf(typed)
      const resources = (loaded.resources?.search(query) ?? []).map((hit) => asResource(hit, finder))
      const articles = loaded.articles.search(query).map((hit) => asArticle(hit, pages))
      const counted = [counting(sentences.help, resources), counting(sentences.found, articles)].filter(Boolean)
      say(counted.join(' · ') || (sentences.none ?? ''), [
        ...resources.slice(0, mostResources),
        ...articles.slice(0, mostArticles),
      ])
    } catch {
      say(sentences.failed ?? '', [])
    }
  }
  const say = (sentence: string, found: Found[]): void => {
    status.textContent = sentence
    list.replaceChildren(...found.map(item))
  }

  form.hidden = false
  // What fails here is tried again, and told, when something is searched.
  input.addEventListener('focus', () => void load().catch(() => undefined), { once: true })
  input.addEventListener('input', () => void search())
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void search()
  })
}

const wordsIn = MiniSearch.getDefault('tokenize') as (text: string) => string[]

/** Every word has to be found, in one of its forms. */
const queryOf = (typed: string): Query => ({
  combineWith: 'AND',
  queries: wordsIn(typed)
    .map(searchedForms)
    .filter((forms) => forms.length > 0)
    .map((queries) => ({ combineWith: 'OR', queries })),
})

const counting = (sentence: string | undefined, found: Found[]): string =>
  found.length > 0 ? (sentence ?? '').replace('{count}', `${found.length}`) : ''

/** The file of the web channel: serialised indexes, and the options they were made and are searched with. */
type IndexOf<Hit> = { options: Options<Hit>; index: AsPlainObject }
type IndexFile = IndexOf<ArticleHit> & { resources?: IndexOf<ResourceHit> }

async function fetchIndex(address: string): Promise<Loaded> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answers ${response.status}`)
  const { index, options, resources } = (await response.json()) as IndexFile
  return {
    articles: MiniSearch.loadJS(index, options),
    resources: resources && MiniSearch.loadJS(resources.index, resources.options),
  }
}

const asArticle = ({ title, summary = '', slug }: Record<string, unknown>, pages: string): Found => ({
  title: String(title),
  text: String(summary),
  href: pages + slug,
})

const asResource = ({ id, name, kind, description }: Record<string, unknown>, finder: string): Found => ({
  title: String(name),
  text: String(description),
  href: finder + id,
  kind: String(kind),
})

function item({ title, text, href, kind }: Found): HTMLElement {
  const link = Object.assign(document.createElement('a'), { href, textContent: title })
  const heading = document.createElement('h3')
  heading.append(link)
  const li = document.createElement('li')
  li.append(...(kind ? [line(kind, 'resource-kind')] : []), heading, ...(text ? [line(text)] : []))
  return li
}

const line = (textContent: string, className = ''): HTMLElement =>
  Object.assign(document.createElement('p'), { textContent, className })
