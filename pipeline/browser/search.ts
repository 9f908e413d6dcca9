import MiniSearch, { type AsPlainObject, type Options } from 'minisearch'

/*
 * The search of the home page, in the browser: the index is fetched when somebody first uses it, whole, so that no query
 * leaves the page.
 */

/** What the index keeps of an article beside its id. */
type Hit = { title: string; summary?: string; slug: string }

const mostHits = 20
const form = document.querySelector<HTMLFormElement>('form.search')
if (form) start(form)

function start(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>('input')!
  const list = document.querySelector<HTMLElement>('.search-results')!
  const status = document.querySelector<HTMLElement>('.search-status')!
  const { index: address = '', pages = '', found = '', none = '', failed = '' } = form.dataset
  let index: Promise<MiniSearch<Hit>> | undefined

  const load = (): Promise<MiniSearch<Hit>> => {
    index ??= fetchIndex(address)
    index.catch(() => {
      index = undefined
    })
    return index
  }
  const search = async (): Promise<void> => {
    const query = input.value.trim()
    if (query === '') return say('', [])
    try {
      const hits = (await load()).search(query, { combineWith: 'AND' })
      if (query !== input.value.trim()) return
      say(hits.length === 0 ? none : found.replace('{count}', `${hits.length}`), hits.slice(0, mostHits).map(asHit))
    } catch {
      say(failed, [])
    }
  }
  const say = (sentence: string, hits: Hit[]): void => {
    status.textContent = sentence
    list.replaceChildren(...hits.map((hit) => item(hit, pages)))
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

/** The file of the web channel: a serialised index, and the options it was made and is searched with. */
type IndexFile = { options: Options<Hit>; index: AsPlainObject }

async function fetchIndex(address: string): Promise<MiniSearch<Hit>> {
  const response = await fetch(address)
  if (!response.ok) throw new Error(`${address} answers ${response.status}`)
  const { index, options } = (await response.json()) as IndexFile
  return MiniSearch.loadJS<Hit>(index, options)
}

const asHit = (hit: Record<string, unknown>): Hit => ({
  title: String(hit.title),
  slug: String(hit.slug),
  ...(typeof hit.summary === 'string' ? { summary: hit.summary } : {}),
})

function item({ title, summary, slug }: Hit, pages: string): HTMLElement {
  const link = Object.assign(document.createElement('a'), { href: pages + slug, textContent: title })
  const heading = document.createElement('h3')
  heading.append(link)
  const li = document.createElement('li')
  li.append(heading)
  if (summary) li.append(Object.assign(document.createElement('p'), { textContent: summary }))
  return li
}
