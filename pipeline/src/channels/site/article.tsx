/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { Article, Person, Topic } from 'content-schemas'
import type { Result } from 'hastscript'
import { picture, toSafeHast } from '../../html/index.ts'
import { type Phrases, phrasesOf } from '../../phrases/index.ts'
import { medicalWebPage } from '../../schema-org.ts'
import type { ResolvedRoot } from '../../tree.ts'
import { handoutFormats, paths } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'
import { feedbackForm } from './feedback.tsx'
import { breadcrumb, type Content, code, filled, type Page, renderPage, time, words } from './frame.tsx'

/** What the parts of an article's page share. */
type View = { article: Article; context: RenderContext; phrases: Phrases; topics: Topic[] }

/** The page of an article. */
export function articlePage(tree: ResolvedRoot, context: RenderContext, article: Article): string {
  const { edition, site } = context
  const { locale, slug } = article
  const topics = article.topics.flatMap((uid) => context.records.topics[uid] ?? [])
  const view: View = { article, context, phrases: phrasesOf(locale), topics }
  const page: Page = {
    locale,
    title: article.title,
    description: article.summary,
    path: paths.page(locale, slug),
    alternates: context.translations().map((row) => ({ locale: row.locale, path: paths.page(row.locale, row.slug) })),
    isIndexed: true,
    isSensitive: topics.some(({ sensitive }) => sensitive),
    urgentHelp: urgentHelpIn(tree),
    head: (
      <>
        <link rel="alternate" type="application/json" href={site.url + paths.article(locale, slug, 'json')} />
        <script type="application/ld+json">{dataBlock(medicalWebPage(tree, context, article))}</script>
      </>
    ),
    main: main(tree, view),
  }
  return renderPage(page, { site, isSample: edition.sample || site.sample })
}

/** JSON inside a `script` element: `<` could end it. */
const dataBlock = (value: object): string => JSON.stringify(value).replaceAll('<', '\\u003c')

function urgentHelpIn(tree: ResolvedRoot): string | undefined {
  for (const node of tree.children) if (node.type === 'urgent-help') return node.data.id
  return undefined
}

function main(tree: ResolvedRoot, view: View): Content {
  const { article, context } = view
  const { urgent, rest } = urgentFirst(tree)
  return (
    <>
      {trail(view)}
      <article>
        {masthead(view)}
        {notice(view)}
        {urgent ? <div class="body first">{body(urgent, view)}</div> : null}
        {facts(view)}
        {mainMessage(view)}
        {hero(view)}
        {contents(view)}
        <div class="body">{body(rest, view)}</div>
        {related(view)}
        {formats(view)}
        {sources(view)}
        {glossary(tree, view)}
        {about(view)}
        {updates(view)}
        {feedbackForm(context, article)}
      </article>
    </>
  )
}

/** The urgent help an article begins with: it stands before all else, for whoever is in danger reads no further. */
function urgentFirst(tree: ResolvedRoot): { urgent: ResolvedRoot | undefined; rest: ResolvedRoot } {
  const [first, ...others] = tree.children
  if (first?.type !== 'urgent-help') return { urgent: undefined, rest: tree }
  return { urgent: { ...tree, children: [first] }, rest: { ...tree, children: others } }
}

function trail({ article: { locale }, phrases, topics }: View) {
  const [topic] = topics
  return breadcrumb(
    [
      { title: phrases.home, path: paths.home(locale) },
      ...(topic ? [{ title: topic.name, path: paths.topic(locale, topic.slug) }] : []),
    ],
    phrases,
  )
}

function masthead({ article, context }: View) {
  const { locale } = article
  const audiences = article.audiences.flatMap((uid) => context.records.audiences[uid]?.name ?? [])
  return (
    <header class="article-header">
      {audiences.length > 0 ? <p class="audiences">{audiences.join(' · ')}</p> : null}
      <h1>{words(article.title, locale)}</h1>
      {article.summary ? <p class="summary">{words(article.summary, locale)}</p> : null}
    </header>
  )
}

/** Who reviewed it and when, and its handout. */
function facts({ article, context, phrases }: View) {
  const { locale, review } = article
  const reviewer = review.reviewer ? context.records.people[review.reviewer] : undefined
  const isOverdue = context.review === 'overdue'
  return (
    <>
      <dl class="review">
        <div>
          <dt>{phrases.reviewedBy}</dt>
          <dd>
            {reviewer ? (
              <>
                <bdi>{reviewer.name}</bdi>
                {reviewer.credentials ? phrases.comma + reviewer.credentials : null}
              </>
            ) : (
              phrases.notReviewed
            )}
          </dd>
        </div>
        {review.lastReviewed ? dated(phrases.lastReviewed, time(review.lastReviewed, locale)) : null}
        {review.nextReview
          ? dated(isOverdue ? phrases.reviewWasDue : phrases.nextReview, time(review.nextReview, locale))
          : null}
      </dl>
      <p class="to-handout">
        <a href={paths.handout(locale, article.slug, handoutFormats[0])} type="application/pdf">
          {phrases.printPdf}
        </a>
      </p>
    </>
  )
}

const dated = (label: string, value: Content) => (
  <div>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
)

const personName = ({ name, credentials, fictional, url }: Person, phrases: Phrases) => (
  <>
    <bdi>{url ? <a href={url}>{name}</a> : name}</bdi>
    {credentials ? phrases.comma + credentials : null}
    {fictional ? ` (${phrases.fictionalPerson})` : null}
  </>
)

/** What has to be shown; that it is a sample says the banner on every page. */
function notice({ context, phrases, article }: View) {
  const sentences = context.notice?.replace(phrases.sampleNotice, '').trim()
  return sentences ? (
    <div class="notice" role="note">
      <p>
        <strong>{phrases.important}:</strong> {words(sentences, article.locale)}
      </p>
    </div>
  ) : null
}

function mainMessage({ article, phrases }: View) {
  return article.mainMessage ? (
    <div class="main-message">
      <p class="label">{phrases.mainMessage}</p>
      <p>{words(article.mainMessage, article.locale)}</p>
    </div>
  ) : null
}

function hero({ article, context }: View) {
  const media = article.hero ? context.records.media[article.hero] : undefined
  return media ? (
    <figure class="hero">
      {picture(media, paths.object(''), 'eager')}
      {media.credit ? <figcaption>{media.credit}</figcaption> : null}
    </figure>
  ) : null
}

function contents({ context, phrases, article }: View) {
  const sections = context.outline.filter(({ depth }) => depth === 2)
  return sections.length > 2 ? (
    <nav class="contents" aria-labelledby="contents">
      <h2 id="contents">{phrases.onThisPage}</h2>
      <ol role="list">
        {sections.map(({ id, text }) => (
          <li>
            <a href={`#${id}`}>{words(text, article.locale)}</a>
          </li>
        ))}
      </ol>
    </nav>
  ) : null
}

function body(tree: ResolvedRoot, { article }: View): Content {
  const options = { locale: article.locale, objects: paths.object(''), citations: 'page', terms: 'page' } as const
  return toSafeHast(tree, options)
}

function related({ article, context, phrases }: View) {
  const rows = article.related.flatMap((uid) => context.row(uid, article.locale) ?? [])
  return rows.length > 0 ? (
    <section class="related">
      <h2>{phrases.readNext}</h2>
      <ul role="list">
        {rows.map((row) => (
          <li>
            <a href={paths.page(row.locale, row.slug)}>{words(row.title, row.locale)}</a>
            <p>{words(row.summary, row.locale)}</p>
          </li>
        ))}
      </ul>
    </section>
  ) : null
}

function formats({ article, phrases }: View) {
  const { locale, slug } = article
  const others = [
    [phrases.asText, paths.article(locale, slug, 'txt')],
    [phrases.asMarkdown, paths.article(locale, slug, 'md')],
    [phrases.asJson, paths.article(locale, slug, 'json')],
    [phrases.asEmail, paths.email(locale, slug, 'html')],
  ] as const
  return (
    <section class="formats">
      <h2>{phrases.otherFormats}</h2>
      <ul role="list">
        {handoutFormats.map((format) => (
          <li class="handout">
            <a href={paths.handout(locale, slug, format)} type="application/pdf">
              {phrases.printPdf}
            </a>
          </li>
        ))}
        {others.map(([label, path]) => (
          <li>
            <a href={path}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function sources({ article, phrases }: View) {
  const { locale } = article
  return article.sources.length > 0 ? (
    <section class="sources">
      <h2>{phrases.sources}</h2>
      <ol>
        {article.sources.map(({ title, publisher, url, checkedOn }, index) => (
          <li id={`source-${index + 1}`}>
            <a href={url}>
              <bdi>{title}</bdi>
            </a>
            {publisher ? phrases.comma + publisher : null}
            <span class="checked"> {filled(phrases.checkedOn, time(checkedOn, locale))}</span>
          </li>
        ))}
      </ol>
    </section>
  ) : null
}

function glossary(tree: ResolvedRoot, { context, phrases, article }: View) {
  const terms = Object.values(context.records.glossary)
  return terms.length > 0 && tree.children.length > 0 ? (
    <section class="glossary">
      <h2>{phrases.wordsExplained}</h2>
      <dl>
        {terms.map(({ slug, term, definition }) => (
          <div>
            <dt id={`word-${slug}`}>{term}</dt>
            <dd>{words(definition, article.locale)}</dd>
          </div>
        ))}
      </dl>
    </section>
  ) : null
}

function about(view: View) {
  const { article, context, phrases } = view
  const { edition, history, records, site } = context
  const { locale, authors, review } = article
  const first = history[history.length - 1]?.at ?? edition.at
  const people = (uids: readonly string[]) => uids.flatMap((uid) => records.people[uid] ?? [])
  const reviewers = people(review.reviewer ? [review.reviewer] : [])
  return (
    <section class="about">
      <h2>{phrases.aboutThisPage}</h2>
      <dl>
        {row(phrases.writtenBy, some(people(authors).map((each) => person(each, phrases, locale))))}
        {row(phrases.reviewedBy, some(reviewers.map((each) => person(each, phrases, locale))) ?? phrases.notReviewed)}
        {row(phrases.firstPublished, time(first, locale))}
        {row(phrases.lastUpdated, time(edition.at, locale))}
        {row(phrases.editionAndStamp, stamp(view))}
        {row(phrases.funding, article.funding || site.funding)}
        {row(phrases.conflicts, article.conflicts)}
        {row(phrases.licence, article.licence || <a href={site.licence.url}>{code(site.licence.name)}</a>)}
      </dl>
    </section>
  )
}

const row = (label: string, value: Content | Result[] | string | undefined) =>
  value ? (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  ) : null

const some = <T,>(list: T[]): T[] | undefined => (list.length > 0 ? list : undefined)

const stamp = ({ context: { edition }, phrases }: View) => (
  <>
    {edition.number} · {code(edition.stamp)}
    <br />
    <a href={paths.stamp(edition.stamp)}>{phrases.isThisCopyCurrent}</a>
  </>
)

const person = (who: Person, phrases: Phrases, locale: Article['locale']) => (
  <p>
    {personName(who, phrases)}
    {who.biography ? <span class="biography">{words(who.biography, locale)}</span> : null}
  </p>
)

/** Editions listed on the page of an article. */
const shownUpdates = 8

function updates({ article, context, phrases }: View) {
  const noted = context.history.filter(({ changeNote }) => changeNote).slice(0, shownUpdates)
  return noted.length > 0 ? (
    <section class="updates">
      <h2>{phrases.updates}</h2>
      <ol role="list">
        {noted.map(({ at, changeNote, number }) => (
          <li>
            {time(at, article.locale)} · {phrases.edition(number)}
            <br />
            {words(changeNote, article.locale)}
          </li>
        ))}
      </ol>
    </section>
  ) : null
}
