import { type Article, directionOf, type Person } from 'content-schemas'
import { renderSVG } from 'uqr'
import { formatDay, formatList, phrasesOf } from '../../phrases/index.ts'
import type { ResolvedNode, ResolvedRoot } from '../../tree.ts'
import { paths } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'
import { type Line, type PaperBlock, type Picture, paperBlocks, pictureOf, type Setting } from './paper-blocks.ts'
import { clean, type Run, readable, runsOf, textRuns } from './words.ts'

/** A handout as the template sets it: JSON, every word decided, nothing in it read as markup. */
export type Paper = {
  language: string
  direction: 'ltr' | 'rtl'
  title: string
  publication: string
  authors: string[]
  /** Whom it is for, one line. */
  audience: string
  /** What must be said first (sample, overdue); empty when there is nothing. */
  notice: Run[]
  mainMessage: Run[]
  hero: Picture | null
  /** The urgent help of page one: the article's own, else a block with the emergency contacts alone. */
  urgent: PaperBlock & { type: 'urgent-help' }
  /** Emergency contacts, ready sentences; `region` where several are not told apart by their words. */
  emergency: { region: string | null; text: Run[] }[]
  body: PaperBlock[]
  words: { term: Run[]; definition: Run[] }[]
  sources: Run[][]
  readNext: Run[][]
  about: Line[]
  stampPage: { url: string; shown: string; qr: string; alt: string }
  footer: { pageOf: (string | { count: 'page' | 'pages' })[]; lines: Run[][] }
  labels: Record<
    | 'mainMessage'
    | 'emergency'
    | 'do'
    | 'dont'
    | 'option'
    | 'whoFor'
    | 'whatHappens'
    | 'whatToAsk'
    | 'words'
    | 'sources'
    | 'readNext'
    | 'about'
    | 'current'
    | 'scan',
    string
  >
}

/** Makes the handout of an article, and the pictures it names (by their virtual path, the hash of their bytes). */
export function paperOf(tree: ResolvedRoot, context: RenderContext): { paper: Paper; pictures: Map<string, string> } {
  const { edition, records, site } = context
  const article = edition.document
  if (article?.kind !== 'article') throw new Error(`Print makes handouts of articles only, not of "${edition.kind}".`)
  const { locale } = edition
  const phrases = phrasesOf(locale)
  const isRightToLeft = directionOf(locale) === 'rtl'
  const setting: Setting = { phrases, locale, isRightToLeft, pictures: new Map() }
  const plain = (text: string): Run[] => textRuns(text, isRightToLeft)
  const { urgent, rest } = liftUrgentHelp(paperBlocks(tree.children, setting))
  const hero = article.hero ? records.media[article.hero] : undefined
  const paper: Paper = {
    language: locale,
    direction: directionOf(locale),
    title: clean(article.title),
    publication: clean(site.name),
    authors: people(article.authors, context).map(({ name }) => clean(name)),
    audience: clean(
      formatList(
        locale,
        article.audiences.flatMap((uid) => records.audiences[uid]?.name ?? []),
      ),
    ),
    notice: plain(context.notice ?? ''),
    mainMessage: plain(article.mainMessage),
    hero: hero ? pictureOf(hero, setting) : null,
    urgent: urgent ?? emptyUrgentHelp(plain(phrases.inAnEmergency)),
    emergency: site.emergency.map(({ region, text }) => ({
      region: site.emergency.length > 1 && !text.includes(region) ? clean(region) : null,
      text: plain(text),
    })),
    body: rest,
    words: termsIn(tree).map(({ term, definition }) => ({ term: plain(term), definition: plain(definition) })),
    sources: article.sources.map(({ title, publisher, url, checkedOn }) => [
      ...plain([title, publisher].filter(Boolean).join('. ')),
      ...plain('. '),
      ...addressOf(url),
      ...plain(`. ${phrases.checkedOn(formatDay(locale, checkedOn))}`),
    ]),
    readNext: article.related
      .flatMap((uid) => context.row(uid, locale) ?? [])
      .map(({ title, slug }) =>
        runsOf(
          [{ type: 'link', url: site.url + paths.page(locale, slug), children: [{ type: 'text', value: title }] }],
          isRightToLeft,
        ),
      ),
    about: aboutLines(article, context),
    stampPage: stampPageOf(context),
    footer: footerOf(article, context),
    labels: {
      mainMessage: phrases.mainMessage,
      emergency: phrases.inAnEmergency,
      do: phrases.do,
      dont: phrases.dont,
      option: phrases.option,
      whoFor: phrases.whoItIsFor,
      whatHappens: phrases.whatHappens,
      whatToAsk: phrases.whatToAsk,
      words: phrases.wordsExplained,
      sources: phrases.sources,
      readNext: phrases.readNext,
      about: phrases.aboutThisHandout,
      current: phrases.isThisCopyCurrent,
      scan: phrases.scanToCheck,
    },
  }
  return { paper, pictures: setting.pictures }
}

type UrgentHelp = Paper['urgent']

/** The first urgent help of the body goes to page one, as a section of its own. Inside another block it stays where it is. */
function liftUrgentHelp(body: PaperBlock[]): { urgent: UrgentHelp | undefined; rest: PaperBlock[] } {
  const urgent = body.find((block): block is UrgentHelp => block.type === 'urgent-help')
  if (!urgent) return { urgent, rest: body }
  const title = urgent.title && { ...urgent.title, level: 1 }
  return { urgent: { ...urgent, title }, rest: body.filter((block) => block !== urgent) }
}

const emptyUrgentHelp = (runs: Run[]): UrgentHelp => ({
  type: 'urgent-help',
  title: { level: 1, runs },
  children: [],
  cards: [],
  together: true,
})

/** Glossary terms of the tree, each once, in order of first use. */
function termsIn(tree: ResolvedRoot): { term: string; definition: string }[] {
  const found = new Map<string, { term: string; definition: string }>()
  const visit = (node: ResolvedNode | ResolvedRoot) => {
    if (node.type === 'term') found.set(node.term, node.data.definition)
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(tree)
  return [...found.values()]
}

const people = (uids: readonly string[], { records }: RenderContext): Person[] =>
  uids.flatMap((uid) => records.people[uid] ?? [])

/** An address as a link whose text is the address. */
const addressOf = (url: string): Run[] => [
  {
    type: 'link',
    url,
    shown: null,
    children: [{ type: 'text', text: readable(url), strong: false, emphasis: false, term: false, ltr: true }],
  },
]

/** Who made it, who reviewed it and when, and on what terms. */
function aboutLines(article: Article, context: RenderContext): Line[] {
  const { edition, records, site } = context
  const { locale } = edition
  const phrases = phrasesOf(locale)
  const lines: Line[] = []
  const add = (label: string, text: string | null | undefined) => {
    if (text) lines.push({ label, runs: textRuns(text, directionOf(locale) === 'rtl') })
  }
  const named = ({ name, credentials, fictional }: Person) =>
    [name, credentials, fictional && phrases.fictionalPerson].filter(Boolean).join(', ')
  const { reviewer, lastReviewed, nextReview } = article.review
  const reviewedBy = reviewer ? records.people[reviewer] : undefined
  add(phrases.writtenBy, people(article.authors, context).map(named).join('; '))
  add(phrases.reviewedBy, reviewedBy ? named(reviewedBy) : phrases.notReviewed)
  add(phrases.lastReviewed, lastReviewed && formatDay(locale, lastReviewed))
  add(
    context.review === 'overdue' ? phrases.reviewWasDue : phrases.nextReview,
    nextReview && formatDay(locale, nextReview),
  )
  add(phrases.funding, article.funding || site.funding)
  add(phrases.conflicts, article.conflicts)
  add(phrases.licence, article.licence || site.licence.name)
  add(phrases.publisher, `${site.publisher}, ${site.postalAddress}`)
  add(phrases.feedback, site.contact)
  return lines
}

function stampPageOf({ edition, site }: RenderContext): Paper['stampPage'] {
  const url = site.url + paths.stamp(edition.stamp)
  const shown = readable(url)
  return { url, shown, qr: renderSVG(url, { border: 0 }), alt: phrasesOf(edition.locale).qrCode(shown) }
}

function footerOf(article: Article, context: RenderContext): Paper['footer'] {
  const { edition, site } = context
  const { locale } = edition
  const phrases = phrasesOf(locale)
  const { lastReviewed, nextReview } = article.review
  const isRightToLeft = directionOf(locale) === 'rtl'
  const dates = [
    lastReviewed && `${phrases.lastReviewed}: ${formatDay(locale, lastReviewed)}`,
    nextReview &&
      `${context.review === 'overdue' ? phrases.reviewWasDue : phrases.nextReview}: ${formatDay(locale, nextReview)}`,
  ]
  const separator = textRuns(' · ', isRightToLeft)
  const leftToRight = (text: string): Run[] => [
    { type: 'text', text, strong: false, emphasis: false, term: false, ltr: true },
  ]
  return {
    pageOf: phrases
      .pageOf('\0page\0', '\0pages\0')
      .split('\0')
      .map((part) => (part === 'page' || part === 'pages' ? { count: part } : part)),
    lines: [
      textRuns(dates.filter(Boolean).join(' · ') || phrases.notReviewed, isRightToLeft),
      [
        ...textRuns(phrases.edition(edition.number), isRightToLeft),
        ...separator,
        ...leftToRight(edition.stamp),
        ...separator,
        ...leftToRight(readable(site.url + paths.stamp(edition.stamp))),
      ],
    ],
  }
}
