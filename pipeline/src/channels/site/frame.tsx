/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import { directionOf, type Locale, type Site } from 'content-schemas'
import type { Result } from 'hastscript'
import { isolateRuns } from '../../bidi.ts'
import { dialling, serialise } from '../../html/index.ts'
import { formatDay, type Phrases, phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'

/** Where the stylesheet, the icon and the scripts are. */
export const assets = {
  styles: '/assets/site.css',
  icon: '/assets/icon.svg',
  exit: '/assets/exit.js',
  finder: '/assets/finder.js',
  search: '/assets/search.js',
} as const

/** What a template gives; null leaves it out. */
export type Content = Result | null

/** A page in another language. */
export type Alternate = { locale: Locale; path: string }

export type Page = {
  locale: Locale
  /** Title without the name of the site. */
  title: string
  description?: string | undefined
  /** Its own path; undefined for a page that stands at many, such as the 404. */
  path?: string | undefined
  /** The same page in other languages. */
  alternates?: Alternate[] | undefined
  /** Whether search engines may list it. */
  isIndexed: boolean
  /** Whether being seen reading it may do harm: adds a quick way out. */
  isSensitive?: boolean | undefined
  /** Fragment of the urgent help on this page. */
  urgentHelp?: string | undefined
  /** Scripts that add to the page; it is whole without them. */
  scripts?: string[]
  /** More for the head: feeds, JSON-LD. */
  head?: Content
  main: Content
}

/** Everything a template may know besides its page. */
export type Frame = { site: Site; isSample: boolean }

/** A page as HTML: one column, no style attribute, nothing from elsewhere, and nothing that needs a script. */
export function renderPage(page: Page, { site, isSample }: Frame): string {
  const { locale } = page
  const phrases = phrasesOf(locale)
  return serialise(
    <>
      {{ type: 'doctype' }}
      <html lang={locale} dir={directionOf(locale)}>
        {head(page, site, isSample)}
        <body>
          <a class="skip" href="#main">
            {phrases.skipToContent}
          </a>
          {header(page, { site, isSample }, phrases)}
          <main id="main">{page.main}</main>
          {footer(page, site, phrases)}
        </body>
      </html>
    </>,
  )
}

function head(
  { title, description, path, alternates = [], isIndexed, isSensitive, scripts = [], locale, head }: Page,
  site: Site,
  isSample: boolean,
) {
  const languages = path && alternates.length > 0 ? [{ locale, path }, ...alternates] : []
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title === site.name ? title : `${title} – ${site.name}`}</title>
      {description ? <meta name="description" content={description} /> : null}
      {isSample || !isIndexed ? <meta name="robots" content="noindex" /> : null}
      <meta name="referrer" content="no-referrer" />
      <meta name="color-scheme" content="light dark" />
      <link rel="stylesheet" href={assets.styles} />
      <link rel="icon" href={assets.icon} type="image/svg+xml" />
      {path ? <link rel="canonical" href={site.url + path} /> : null}
      {languages.map((language) => (
        <link rel="alternate" hreflang={language.locale} href={site.url + language.path} />
      ))}
      <link
        rel="alternate"
        type="application/feed+json"
        title={`${site.name} (${phrasesOf(locale).feed})`}
        href={site.url + paths.feed(locale)}
      />
      {[...(isSensitive ? [assets.exit] : []), ...scripts].map((script) => (
        <script type="module" src={script} />
      ))}
      {head}
    </head>
  )
}

const sampleBanner = (phrases: Phrases) => (
  <div class="sample-banner">
    <p class="column">
      <strong class="tag">{phrases.sample}</strong> {phrases.sampleNotice}
    </p>
  </div>
)

function header(page: Page, { site, isSample }: Frame, phrases: Phrases) {
  const { locale, alternates = [], urgentHelp, isSensitive } = page
  const [contact] = site.emergency
  return (
    <header class="site-header">
      {isSensitive ? exitLink(phrases) : null}
      {isSample ? sampleBanner(phrases) : null}
      <div class="masthead">
        <div class="column">
          <a class="site-name" href={paths.home(locale)}>
            {site.name}
          </a>
          {mainMenu(locale, phrases)}
          {alternates.length > 0 ? languageMenu(alternates, phrases) : null}
        </div>
      </div>
      <div class="in-danger">
        <p class="column">
          {contact ? emergencySentence(contact, locale) : null}
          {urgentHelp ? (
            <a class="to-urgent-help" href={`#${urgentHelp}`}>
              {phrases.urgentHelp}
            </a>
          ) : null}
        </p>
      </div>
      {isSensitive ? exitHint(phrases) : null}
    </header>
  )
}

const mainMenu = (locale: Locale, phrases: Phrases) => (
  <nav class="main-menu" aria-label={phrases.menu}>
    <a href={paths.finder(locale)}>{phrases.findHelp}</a>
  </nav>
)

const languageMenu = (alternates: Alternate[], phrases: Phrases) => (
  <nav class="languages" aria-label={phrases.otherLanguages}>
    <ul role="list">
      {alternates.map(({ locale, path }) => (
        <li>
          <a href={path} lang={locale} hreflang={locale} dir={directionOf(locale)}>
            {phrasesOf(locale).languageName}
          </a>
        </li>
      ))}
    </ul>
  </nav>
)

/** The ready sentence of a contact, its number as a link where it stands, else after it. */
function emergencySentence({ text, number }: Site['emergency'][number], locale: Locale): Content {
  const link = telephone(number, locale)
  const at = text.indexOf(number)
  if (at < 0)
    return (
      <>
        {text} {link}
      </>
    )
  return (
    <>
      {text.slice(0, at)}
      {link}
      {text.slice(at + number.length)}
    </>
  )
}

/** A number to call, read from left to right in every language. */
export const telephone = (number: string, locale: Locale) => (
  <a class="number" href={dialling({ number, type: 'voice' })}>
    {directionOf(locale) === 'rtl' ? <bdi dir="ltr">{number}</bdi> : number}
  </a>
)

function footer({ locale }: Page, site: Site, phrases: Phrases) {
  return (
    <footer class="site-footer">
      <div class="column">
        <h2>{phrases.emergencyNumbers}</h2>
        <dl class="emergency-numbers">
          {site.emergency.map((contact) => (
            <div>
              <dt>{contact.region}</dt>
              <dd>{emergencySentence(contact, locale)}</dd>
            </div>
          ))}
        </dl>
        <p>
          {filled(phrases.publishedBy, <bdi>{site.publisher}</bdi>)}
          <br />
          <bdi>{site.postalAddress}</bdi>
        </p>
        {site.funding ? <p>{site.funding}</p> : null}
        <p>
          {filled(
            phrases.licensedUnder,
            <a href={site.licence.url} rel="license">
              {code(site.licence.name)}
            </a>,
          )}
        </p>
        <ul class="footer-links" role="list">
          <li>
            <a href={paths.home(locale)}>{phrases.home}</a>
          </li>
          <li>
            <a href={paths.finder(locale)}>{phrases.findHelp}</a>
          </li>
          {site.contact ? (
            <li>
              <a href={`mailto:${site.contact}`}>{phrases.contactUs}</a>
            </li>
          ) : null}
          <li>
            <a href={paths.feed(locale)} type="application/feed+json">
              {phrases.feed}
            </a>
          </li>
        </ul>
      </div>
    </footer>
  )
}

/** A neutral site that says nothing about who was here, in every language. */
const neutralSite = 'https://www.wikipedia.org/'
const exitLink = (phrases: Phrases) => (
  <p class="exit">
    <a href={neutralSite} rel="nofollow noreferrer noopener" aria-describedby="exit-hint">
      {phrases.exitThisPage}
    </a>
  </p>
)
/** What the way out does, and what it does not. */
const exitHint = (phrases: Phrases) => (
  <div class="exit-hint" id="exit-hint">
    <p class="column">
      <strong>{phrases.exitThisPage}:</strong> {phrases.exitThisPageHint}{' '}
      <span class="exit-keys" hidden>
        {phrases.exitKeys}
      </span>
    </p>
  </div>
)

/** A day as people write it, and as machines do. */
export const time = (day: string, locale: Locale) => <time datetime={day.slice(0, 10)}>{formatDay(locale, day)}</time>

/** An address or a code in running text. */
export const code = (words: string) => <bdi dir="ltr">{words}</bdi>

const slot = '\u0000'
/** A phrase with markup in the place of its value. */
export function filled(phrase: (value: string) => string, value: Content): Content {
  const [before, after] = phrase(slot).split(slot)
  return (
    <>
      {before}
      {value}
      {after}
    </>
  )
}

/** Plain text from a record, its numbers and addresses kept in order. */
export const words = (text: string, locale: Locale): string =>
  directionOf(locale) === 'rtl' ? isolateRuns(text) : text

/** The way to this page from the home page. */
export const breadcrumb = (steps: { title: string; path: string }[], phrases: Phrases) => (
  <nav class="breadcrumb" aria-label={phrases.breadcrumb}>
    <ol role="list">
      {steps.map(({ title, path }) => (
        <li>
          <a href={path}>{title}</a>
        </li>
      ))}
    </ol>
  </nav>
)

/** Where to go from a page that has nothing to read: home, and to help. */
export const waysOn = (locale: Locale, phrases: Phrases) => (
  <ul>
    <li>
      <a href={paths.home(locale)}>{phrases.backToHome}</a>
    </li>
    <li>
      <a href={paths.finder(locale)}>{phrases.findHelp}</a>
    </li>
  </ul>
)
