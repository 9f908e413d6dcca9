/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import { groupOf, type Locale, parametersOf, type Route, routes } from 'content-schemas'
import { sha256 } from '../../identity.ts'
import { phrasesOf } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import { type List, type ListContext, perPage, type Row } from '../channel.ts'
import { type Content, type Page, renderPage } from './frame.tsx'

const stylesPath = '/assets/developers.css'
const styles = `pre { overflow-x: auto; padding: 1rem 1.1rem; background: var(--ground); border: 1px solid var(--line); border-radius: 4px; font-size: 0.8rem; line-height: 1.5; }
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 0.9em; }
pre code { font-size: 1em; }
.routes > div { border-block-start: 1px solid var(--line); padding-block: 0.6rem; }
.routes dt code { overflow-wrap: anywhere; }
.routes dd { margin: 0.2rem 0 0; overflow-wrap: anywhere; }
`

/** What the examples call. This module calls it nowhere, and says so to the test that looks for calls. */
const get = 'fetch'

const articlesTogether = ({ kind, tombstone }: Row): string[] => (kind === 'article' && !tombstone ? ['articles'] : [])
const firstSlugs = perPage((rows) => rows.map(({ slug }) => slug).sort()[0]!)

/** The page for developers: every address of `/v1/`, readable without a script, with examples to copy. English only. */
export function developerPages(context: ListContext): List[] {
  const { site, locales } = context
  const slug = firstSlugs(context.groups(articlesTogether, 'en').get('articles')).sort()[0] ?? 'your-article'
  return [
    {
      path: paths.developers,
      key: sha256(JSON.stringify([site, locales, slug])),
      render: () => ({
        path: paths.developers,
        type: 'text/html; charset=utf-8',
        body: renderPage(pageOf(context, slug), { site, isSample: site.sample }),
      }),
    },
    {
      path: stylesPath,
      key: sha256(styles),
      render: () => ({ path: stylesPath, type: 'text/css; charset=utf-8', body: styles }),
    },
  ]
}

const pageOf = ({ site, locales }: ListContext, slug: string): Page => ({
  locale: 'en',
  title: 'For developers',
  description: 'How to read this guidance as JSON, keep a copy in step and verify it.',
  path: paths.developers,
  isIndexed: true,
  head: <link rel="stylesheet" href={stylesPath} />,
  main: (
    <>
      <h1>For developers</h1>
      <p class="summary">
        Everything here is a static file of one signed release. There is no key to ask for, nothing is counted, and you
        may keep copies for as long as you keep them in step.
      </p>
      {promises}
      {articleSection(site.url, slug)}
      {embedSection(site.url, slug)}
      {feedSection(locales)}
      {copySection(site.url)}
      {searchSection(site.url)}
      {addressSection()}
    </>
  ),
})

const promises = (
  <section>
    <h2>What you can rely on</h2>
    <ul>
      <li>
        Within <code>v1</code> fields, files and addresses are only ever added. Pass over what you do not know, new
        blocks in <code>blocks</code> among it.
      </li>
      <li>
        What is to go is marked <code>deprecated</code> in its schema for at least twelve months, and goes with{' '}
        <code>v2</code>. <code>v1</code> stays beside it for at least twelve months more.
      </li>
      <li>
        Ids stay: a <code>uid</code> names an article or a resource for ever, whatever becomes of its address. Former
        addresses answer 301; what is no longer published answers 410 and says why.
      </li>
      <li>
        Show <code>notice</code> whenever it is not null, and take a copy away by <code>removeBy</code>.
      </li>
    </ul>
  </section>
)

const articleSection = (siteUrl: string, slug: string): Content => {
  const address = siteUrl + paths.article('en', slug, 'json')
  return (
    <section>
      <h2>Read an article</h2>
      {example('sh', `curl ${address}`)}
      {example(
        'js',
        `const response = await ${get}('${address}')
if (response.status === 410) throw new Error((await response.json()).notice)
const article = await response.json()
console.log(article.notice ?? '', article.title, article.review.lastReviewed)`,
      )}
      <p>
        <code>html</code> comes from a closed list of elements: no script, no style, no picture but ours, and every
        address is absolute. Its headings start at level 2, below your title. It needs no stylesheet; to use ours, put
        it into an element with the class <code>signpost</code> and link <code>links.stylesheet</code>, or{' '}
        <a href={paths.articleStyles}>{paths.articleStyles}</a>. The same is there as a tree (<code>blocks</code>), as{' '}
        <code>text</code>, and as schema.org JSON-LD (<code>jsonld</code>).
      </p>
    </section>
  )
}

const embedSection = (siteUrl: string, slug: string): Content => (
  <section>
    <h2>Show an article on your site</h2>
    {example(
      'html',
      `<script type="module" src="${siteUrl}${paths.embed}"></script>
<signpost-article locale="en" slug="${slug}"><a href="${siteUrl}${paths.page('en', slug)}">Read the article</a></signpost-article>`,
    )}
    <p>
      It shows the article with its notice and dates, keeps itself current, and sends nothing but the request for it.
      What stands between the tags is shown where it cannot. A content security policy has to allow{' '}
      <code>{siteUrl}</code> in <code>script-src</code>, <code>connect-src</code> and <code>img-src</code>.
    </p>
  </section>
)

const feedSection = (locales: Locale[]): Content => (
  <section>
    <h2>Feeds</h2>
    <ul>
      {locales.map((locale) => (
        <li>
          <bdi lang={locale}>{phrasesOf(locale).languageName}</bdi>: <a href={paths.feed(locale)}>JSON Feed</a>,{' '}
          <a href={paths.feed(locale, 1, undefined, 'atom')}>Atom</a>, <a href={paths.topics(locale)}>topics</a> with a
          feed of each
        </li>
      ))}
    </ul>
    <p>
      Pages hold a hundred articles by first publication, the newest first; follow <code>next_url</code>. While articles
      are published you meet each once. A topic’s feed moves up when an article leaves the topic: to keep a copy, use
      the change log.
    </p>
  </section>
)

const copySection = (siteUrl: string): Content => (
  <section>
    <h2>Keep a copy in step</h2>
    <p>
      <a href={paths.index}>{paths.index}</a> names the release and is signed (<a href={paths.keys}>keys</a>). Every
      release has a file of what it changed; put those you missed together first, for what one of them names may be
      superseded by the next. Then fetch each file by its hash: at its own address a newer one may stand by now, and a
      former address leads elsewhere.
    </p>
    {example(
      'js',
      `const site = '${siteUrl}'
const mine = 0 // the release your copy is of
const json = async (path) => (await ${get}(site + path)).json()
const { release, changes, manifest } = await json('${paths.index}')
const wanted = new Map() // by path: its object and where it leads, or nothing
if (mine + 1 >= changes.first) {
  for (let n = mine + 1; n <= release; n++) {
    const { paths } = await json(\`/v1/changes/\${n}.json\`)
    for (const path of paths.removed) wanted.set(path, undefined)
    for (const [path, object] of Object.entries(paths.set)) wanted.set(path, { object, location: paths.moved?.[path] })
  }
} else {
  // Too far behind: this is everything, and any other path in your copy goes.
  for (const shard of Object.values((await json(\`/v1/objects/\${manifest}\`)).shards))
    for (const [path, entry] of Object.entries(await json(\`/v1/objects/\${shard}\`))) wanted.set(path, entry)
}
for (const [path, file] of wanted) {
  if (!file) console.log('remove', path)
  else if (file.location) console.log('redirect', path, file.location)
  else {
    const bytes = await (await ${get}(\`\${site}/v1/objects/\${file.object}\`)).arrayBuffer()
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
    if (hash !== file.object) throw new Error(\`\${path} is not what the release says.\`)
    console.log('write', path, bytes.byteLength)
  }
}`,
    )}
    <p>
      This trusts the site. The package <code>content-schemas</code> has a client that trusts a key: it verifies the
      signature of the index, finds by the manifest what differs, and fetches that by its hash.
    </p>
  </section>
)

const schemaOfSearch = '/v1/schemas/search.schema.json'
const searchSection = (siteUrl: string): Content => (
  <section>
    <h2>Search and look up</h2>
    <p>
      The search index is for the npm package <code>minisearch</code>: what people type stays on their device. It holds
      each word as it is written and folded, so fold what people type, and they find “médico” by “medico”, and Arabic
      words without vowel signs or the article; the <a href={schemaOfSearch}>schema</a> says how. Helplines and services
      have an index of their own in <code>resources</code>.
    </p>
    {example(
      'js',
      `import MiniSearch from 'minisearch'
const { index, options } = await (await ${get}('${siteUrl}${paths.search('en')}')).json()
const folded = 'Sleep'.toLowerCase().normalize('NFKD').replace(/[\\p{M}\\u0640]/gu, '')
const results = MiniSearch.loadJS(index, options).search(folded)
console.log(results.map(({ title, slug }) => [title, slug]))`,
    )}
    <p>By a code of ICD-10, SNOMED CT or MeSH, as health records have them:</p>
    {example('sh', `curl ${siteUrl}${paths.lookup('icd-10', 'F11.3')}`)}
    <p>Helplines and services, in the words of Open Referral HSDS 3.0:</p>
    {example('sh', `curl ${siteUrl}${paths.resources('en')}`)}
  </section>
)

function addressSection(): Content {
  const groups = new Map<string, Route[]>()
  for (const route of routes) groups.set(groupOf(route), [...(groups.get(groupOf(route)) ?? []), route])
  return (
    <section>
      <h2>Every address</h2>
      <p>
        The same for programs: <a href={paths.openApi}>OpenAPI 3.1</a>, with every schema in it. Answers carry an{' '}
        <code>ETag</code>; send it back in <code>If-None-Match</code>.
      </p>
      {[...groups].map(([name, some]) => (
        <section>
          <h3>{name}</h3>
          <dl class="routes">{some.map(entry)}</dl>
        </section>
      ))}
    </section>
  )
}

function entry(route: Route): Content {
  const { path, summary, type, schema, gone, moves } = route
  const named = parametersOf(route).map(({ name, example }) => `${name}, such as ${example}`)
  return (
    <div>
      <dt>
        <code>{path}</code>
      </dt>
      <dd>
        {summary}. <code>{type}</code>
        {schema ? (
          <>
            {', '}
            <a href={`/v1/schemas/${schema}.schema.json`}>schema</a>
          </>
        ) : null}
        {moves ? '; 301 at a former address' : null}
        {gone ? '; 410 when it is no longer published' : null}
      </dd>
      {named.length > 0 ? <dd>{named.join('; ')}</dd> : null}
    </div>
  )
}

const example = (language: 'sh' | 'js' | 'html', text: string): Content => (
  <pre tabindex="0">
    <code class={`language-${language}`}>{text}</code>
  </pre>
)
