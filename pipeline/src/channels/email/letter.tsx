/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import { type Article, directionOf, type Issue, type Locale } from 'content-schemas'
import type { ElementContent, Root } from 'hast'
import { serialise } from '../../html/index.ts'
import { formatDay, formatList, phrasesOf } from '../../phrases/index.ts'
import type { ResolvedNode, ResolvedRoot } from '../../tree.ts'
import { paths } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'
import { bar, box, flow, picture, type Setting } from './blocks.tsx'
import { fontsOf, look, styleSheet } from './looks.ts'
import { written } from './phrasing.tsx'
import { type Cut, cutAt, markOf } from './slot.ts'
import * as plain from './text.ts'

/** A mail without its envelope: both parts, cut at the personal place. */
export type Letter = { subject: string; html: Cut; text: Cut }

/** Writes an article or an issue as a mail. */
export function letterOf(tree: ResolvedRoot, context: RenderContext): Letter {
  const content = contentOf(tree, context)
  const mark = markOf(context.edition)
  return {
    subject: content.title,
    html: cutAt(htmlOf(tree, content, context, mark), `<!--${mark}-->`),
    text: cutAt(textOf(tree, content, context, mark), `${mark}\n`),
  }
}

/** What is said around the tree, for both parts and both kinds of document. */
type Content = {
  /** Who speaks: the publication or the newsletter. */
  masthead: string
  title: string
  /** The line mail programs show beside the subject. */
  preheader: string
  under: string
  greeting: string
  lead: string
  /** Whom to call in danger, a sentence a region. */
  emergency: string[]
  hero: Article['hero']
  /** Sentences about the making of the article. */
  facts: string[]
  sources: { number: number; text: string; url: string }[]
  links: { label: string; url: string }[]
  /** Why the reader has it, who sends it, on what terms. */
  foot: string[]
}

function contentOf(tree: ResolvedRoot, context: RenderContext): Content {
  const { document } = context.edition
  if (document?.kind === 'article') return articleContent(document, context)
  if (document?.kind === 'issue') return issueContent(document, tree, context)
  throw new Error('A document that is no longer published has no mail.')
}

function articleContent(article: Article, context: RenderContext): Content {
  const { edition, records, site } = context
  const { locale, slug } = edition
  const phrases = phrasesOf(locale)
  const { reviewer, lastReviewed, nextReview } = article.review
  const person = (uid: string) => {
    const found = records.people[uid]
    return found
      ? [[found.name, found.credentials, found.fictional && phrases.fictionalPerson].filter(Boolean).join(', ')]
      : []
  }
  const fact = (label: string, value: string | null | undefined) => (value ? [`${label}: ${value}`] : [])
  return {
    masthead: site.name,
    title: article.title,
    preheader: article.summary,
    under: formatList(
      locale,
      article.audiences.flatMap((uid) => records.audiences[uid]?.name ?? []),
    ),
    greeting: '',
    lead: article.mainMessage,
    emergency: emergencyOf(context),
    hero: article.hero,
    facts: [
      ...fact(phrases.writtenBy, article.authors.flatMap(person).join('; ')),
      ...fact(phrases.reviewedBy, (reviewer && person(reviewer)[0]) ?? phrases.notReviewed),
      ...fact(phrases.lastReviewed, lastReviewed && formatDay(locale, lastReviewed)),
      ...fact(
        context.review === 'overdue' ? phrases.reviewWasDue : phrases.nextReview,
        nextReview && formatDay(locale, nextReview),
      ),
      `${phrases.edition(edition.number)}, ${edition.stamp}`,
    ],
    sources: article.sources.map(({ title, publisher, url, checkedOn }, index) => ({
      number: index + 1,
      text: [title, publisher, phrases.checkedOn(formatDay(locale, checkedOn))].filter(Boolean).join('. '),
      url,
    })),
    links: [
      { label: phrases.readOnTheWeb, url: site.url + paths.page(locale, slug) },
      { label: phrases.printPdf, url: site.url + paths.handout(locale, slug, 'a4.standard') },
    ],
    foot: footOf(context, phrases.whyThisEmail(site.publisher), article.licence),
  }
}

function issueContent(issue: Issue, tree: ResolvedRoot, context: RenderContext): Content {
  const { edition, site } = context
  const { locale, slug } = edition
  const phrases = phrasesOf(locale)
  return {
    masthead: issue.newsletter.name,
    title: issue.subject,
    preheader: issue.preheader,
    under: '',
    greeting: issue.greeting,
    lead: '',
    emergency: emergencyOf(context),
    hero: null,
    facts: [],
    sources: citedSources(tree, locale),
    links: [{ label: phrases.readOnTheWeb, url: site.url + paths.issue(locale, slug) }],
    foot: footOf(context, issue.newsletter.footer || phrases.whyThisEmail(site.publisher)),
  }
}

const emergencyOf = ({ site: { emergency } }: RenderContext): string[] =>
  emergency.map(({ region, text }) => (emergency.length > 1 && !text.includes(region) ? `${region}: ${text}` : text))

const footOf = ({ edition, site }: RenderContext, why: string, licence = ''): string[] => {
  const phrases = phrasesOf(edition.locale)
  return [
    why,
    `${phrases.publishedBy(site.publisher)}. ${site.postalAddress}`,
    phrases.licensedUnder(licence || site.licence.name),
  ]
}

/** The sources a tree cites, by their numbers: an issue shows only part of its articles. */
function citedSources(tree: ResolvedRoot, locale: Locale): Content['sources'] {
  const phrases = phrasesOf(locale)
  const found = new Map<number, Content['sources'][number]>()
  const visit = (node: ResolvedNode) => {
    if (node.type === 'citation') {
      const { number, source } = node.data
      const { title, publisher, url, checkedOn } = source
      const text = [title, publisher, phrases.checkedOn(formatDay(locale, checkedOn))].filter(Boolean).join('. ')
      found.set(number, { number, text, url })
    }
    if ('children' in node) for (const child of node.children) visit(child)
  }
  visit(tree)
  return [...found.values()].sort((left, right) => left.number - right.number)
}

function htmlOf(tree: ResolvedRoot, content: Content, context: RenderContext, mark: string): string {
  const { edition, records, site, notice } = context
  const { locale } = edition
  const phrases = phrasesOf(locale)
  const setting: Setting = { locale, phrases, siteUrl: site.url }
  const hero = content.hero ? records.media[content.hero] : undefined
  const words = (text: string) => written(text, locale)
  const fonts = fontsOf(locale)
  const page = (
    <html lang={locale} dir={directionOf(locale)}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        {edition.sample || site.sample ? <meta name="robots" content="noindex" /> : null}
        <title>{content.title}</title>
        <style>{styleSheet}</style>
      </head>
      <body {...look('back', fonts)}>
        <div style="display:none;max-height:0;overflow:hidden">{content.preheader}</div>
        {/* Direction and language once more: mail programs that show mail inside a page take html and body away. */}
        <table role="presentation" cellPadding="0" cellSpacing="0" width="100%" {...look('back', fonts)}>
          <tr>
            <td align="center" style="padding:16px 8px">
              <table
                role="presentation"
                lang={locale}
                dir={directionOf(locale)}
                cellPadding="0"
                cellSpacing="0"
                width="600"
                {...look('sheet')}
              >
                <tr>
                  <td {...look('inside')}>
                    {notice ? box('dashed', '', [paragraph(words(notice))]) : null}
                    <p {...look('label')}>{words(content.masthead)}</p>
                    <h1 {...look('h1')}>{words(content.title)}</h1>
                    {content.under ? <p {...look('quiet', 'margin-bottom:16px')}>{words(content.under)}</p> : null}
                    {content.greeting ? <p {...look('paragraph')}>{words(content.greeting)}</p> : null}
                    {content.lead
                      ? box('note', `${bar(setting, 4)};padding-bottom:14px`, [
                          (<p {...look('label')}>{phrases.mainMessage}</p>) as ElementContent,
                          (<p {...look('lead')}>{words(content.lead)}</p>) as ElementContent,
                        ])
                      : null}
                    {box('alarm', 'padding:10px 18px', [
                      ...content.emergency.map(
                        (text) =>
                          (
                            <p {...look('last')}>
                              <strong>{words(text)}</strong>
                            </p>
                          ) as ElementContent,
                      ),
                    ])}
                    {hero ? picture(hero, setting) : null}
                    {hero ? <p {...look('caption')}>{words(hero.credit ?? '')}</p> : null}
                    {flow(tree.children, setting)}
                    {content.sources.length > 0 ? sourceList(content, setting) : null}
                    <hr {...look('rule')} />
                    {content.facts.map((fact) => (
                      <p {...look('small', 'margin-bottom:2px')}>{words(fact)}</p>
                    ))}
                    <p {...look('small', 'margin-top:12px')}>
                      {content.links.map(({ label, url }, index) => [
                        index > 0 ? ' · ' : '',
                        <a href={url} {...look('link')}>
                          {label}
                        </a>,
                      ])}
                    </p>
                  </td>
                </tr>
                <tr>
                  <td {...look('foot')}>
                    {content.foot.map((line) => (
                      <p {...look('small')}>{words(line)}</p>
                    ))}
                    {{ type: 'comment' as const, value: mark }}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>
  ) as ElementContent
  const document: Root = { type: 'root', children: [{ type: 'doctype' }, page] }
  return `${serialise(document)}\n`
}

const paragraph = (words: ElementContent[]): ElementContent => (<p {...look('last')}>{words}</p>) as ElementContent

const sourceList = ({ sources }: Content, { locale, phrases }: Setting): ElementContent[] => [
  (<h2 {...look('h2')}>{phrases.sources}</h2>) as ElementContent,
  ...sources.map(
    ({ number, text, url }) =>
      (
        <p {...look('quiet')}>
          <span dir="ltr">[{number}]</span>{' '}
          <a href={url} {...look('link')}>
            {written(text, locale)}
          </a>
        </p>
      ) as ElementContent,
  ),
]

function textOf(tree: ResolvedRoot, content: Content, context: RenderContext, mark: string): string {
  const { edition, notice } = context
  const { locale } = edition
  const phrases = phrasesOf(locale)
  const notes = new plain.Notes()
  const { separated, underlined, wrap } = plain
  const lines = separated([
    notice ? wrap(`*** ${notice} ***`) : [],
    wrap(content.masthead),
    underlined(content.title, 1),
    wrap(content.under),
    wrap(content.greeting),
    content.lead ? wrap(`${phrases.mainMessage}: ${content.lead}`) : [],
    content.emergency.flatMap((line) => wrap(`! ${line}`)),
    plain.flow(tree.children, { locale, phrases, notes }),
    content.sources.length > 0 ? underlined(phrases.sources, 2) : [],
    content.sources.flatMap(({ number, text, url }) => wrap(`${phrases.source(number)}: ${text}. ${url}`)),
    content.facts.flatMap((fact) => wrap(fact)),
    content.links.flatMap(({ label, url }) => wrap(`${label}: ${url}`)),
    notes.addresses.length > 0 ? underlined(phrases.links, 2) : [],
    notes.addresses.map((url, index) => `[${index + 1}] ${url}`),
    ['-- ', ...content.foot.flatMap((line) => wrap(line))],
  ])
  // After everything that looks at the text: in the digits of the mark it could see a telephone number.
  return `${plain.toText(lines, locale)}${mark}\n`
}
