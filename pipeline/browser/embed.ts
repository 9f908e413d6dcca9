import type { ArticleJson, Locale, TombstoneJson } from 'content-schemas'

/*
 * <signpost-article locale="en" slug="…"><a href="…">…</a></signpost-article>: an article in the page of somebody else.
 * It asks the publication this script came from for the article's JSON, and sends nothing else. What stands between the
 * tags is shown until the article is there, and when it cannot be had.
 */

type Words = Record<'reviewedBy' | 'lastReviewed' | 'nextReview' | 'readOnTheWeb' | 'comma', string>
declare const WORDS: Record<Locale, Words>
declare const STYLES: string
/** Languages by the tag that writes their days with Latin digits. */
declare const DAYS: Record<Locale, string>

const publication = new URL(import.meta.url).origin
/** Milliseconds after which an article that is looked at is fetched anew. */
const refreshAfter = 15 * 60_000

class SignpostArticle extends HTMLElement {
  static observedAttributes = ['locale', 'slug']
  private readonly root = this.attachShadow({ mode: 'open' })
  private readonly styles = new CSSStyleSheet()
  private fetched = 0
  private timer = 0
  private readonly refresh = (): void => {
    if (!document.hidden && Date.now() - this.fetched >= refreshAfter) void this.show()
  }

  connectedCallback(): void {
    this.styles.replaceSync(STYLES)
    this.root.adoptedStyleSheets = [this.styles]
    this.root.replaceChildren(document.createElement('slot'))
    document.addEventListener('visibilitychange', this.refresh)
    this.timer = window.setInterval(this.refresh, 60_000)
    void this.show()
  }

  disconnectedCallback(): void {
    document.removeEventListener('visibilitychange', this.refresh)
    clearInterval(this.timer)
  }

  attributeChangedCallback(_: string, before: string | null): void {
    if (before !== null && this.isConnected) void this.show()
  }

  /** Fetches the article and shows it; what is shown already stays when that fails. */
  private async show(): Promise<void> {
    const [locale, slug] = [this.getAttribute('locale') ?? '', this.getAttribute('slug') ?? '']
    try {
      const found = await fetchArticle(locale, slug)
      this.root.replaceChildren('html' in found ? article(found) : tombstone(found))
      this.fetched = Date.now()
      this.dispatchEvent(new CustomEvent('signpost-shown', { bubbles: true }))
    } catch (error) {
      if (this.fetched === 0 && this.childElementCount === 0) this.root.replaceChildren(linkTo(locale, slug))
      console.warn(`signpost-article: ${error instanceof Error ? error.message : error}`)
    }
  }
}

async function fetchArticle(locale: string, slug: string): Promise<ArticleJson | TombstoneJson> {
  const path = `/v1/${encodeURIComponent(locale)}/articles/${encodeURIComponent(slug)}.json`
  const response = await fetch(publication + path, { credentials: 'omit', referrerPolicy: 'no-referrer' })
  if (!response.ok && response.status !== 410) throw new Error(`${path} answers ${response.status}`)
  const found = (await response.json()) as ArticleJson | TombstoneJson
  const to = 'tombstone' in found && found.state === 'redirect' && found.tombstone.to
  return to ? fetchArticle(locale, to) : found
}

function article(found: ArticleJson): HTMLElement {
  const { locale, review } = found
  const words = WORDS[locale]
  const body = element('div', 'body')
  body.append(quiet(found.html))
  const reviewer = [review.reviewedBy?.name, review.reviewedBy?.credentials].filter(Boolean).join(words.comma)
  const facts = element('dl', 'review')
  for (const [label, value] of [
    [words.reviewedBy, reviewer],
    [words.lastReviewed, day(locale, review.lastReviewed)],
    [words.nextReview, day(locale, review.nextReview)],
  ] as const)
    if (value) facts.append(element('dt', '', label), element('dd', '', value))
  const all = element('article')
  all.lang = locale
  all.dir = found.direction
  all.append(
    element('h2', 'title', found.title),
    ...(found.notice ? [notice(found.notice)] : []),
    ...(found.summary ? [element('p', 'summary', found.summary)] : []),
    facts,
    body,
    element('p', 'attribution', found.attribution),
    link(found.links.web, words.readOnTheWeb),
  )
  return all
}

/**
 * The body, from the contract's closed list of elements: no script, style or frame, and no attribute that could run
 * anything. A template is inert, so that no picture is fetched before it is told not to say where it is shown.
 */
function quiet(html: string): DocumentFragment {
  const template = document.createElement('template')
  template.innerHTML = html
  for (const image of template.content.querySelectorAll('img')) image.referrerPolicy = 'no-referrer'
  return template.content
}

function tombstone(found: TombstoneJson): HTMLElement {
  const all = element('article')
  all.lang = found.locale
  all.dir = found.locale === 'ar' ? 'rtl' : 'ltr'
  all.append(notice(found.notice))
  return all
}

function notice(sentence: string): HTMLElement {
  const box = element('p', 'notice', sentence)
  box.setAttribute('role', 'note')
  return box
}

const linkTo = (locale: string, slug: string): HTMLElement => {
  const address = `${publication}/${encodeURIComponent(locale)}/articles/${encodeURIComponent(slug)}`
  return link(address, WORDS[locale as Locale]?.readOnTheWeb ?? address)
}

function link(href: string, text: string): HTMLElement {
  const line = element('p', 'link')
  line.append(Object.assign(document.createElement('a'), { href, textContent: text }))
  return line
}

function element(name: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(name)
  if (className) made.className = className
  if (text) made.textContent = text
  return made
}

const day = (locale: Locale, value: string | null): string =>
  value
    ? new Intl.DateTimeFormat(DAYS[locale], { dateStyle: 'long', calendar: 'gregory', timeZone: 'UTC' }).format(
        new Date(value),
      )
    : ''

if (!customElements.get('signpost-article')) customElements.define('signpost-article', SignpostArticle)
