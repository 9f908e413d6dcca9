import type { SchemaName } from './json-schemas.ts'

/** A public address of `/v1/`, and what answers there. */
export type Route = {
  /** With parameters in braces, as OpenAPI has them. */
  path: string
  /** What it is, a few words. */
  summary: string
  /** Media type. */
  type: string
  /** Schema of its JSON, where there is one. */
  schema?: SchemaName
  /** Schema of what stands there once the article is no longer published. */
  gone?: SchemaName
  /** Whether a former address leads to the present one. */
  moves?: true
  /** Whether nobody answers it but a server of releases: the store holds it under its own name, not in the manifest. */
  isOfTheStore?: true
}

const json = 'application/json'
const article = { gone: 'tombstone', moves: true } as const

/** Every address a program may rely on. OpenAPI is written from this table; a test holds it against a whole release. */
export const routes: readonly Route[] = [
  {
    path: '/v1/index.json',
    summary: 'The signed index of the release',
    type: json,
    schema: 'index',
    isOfTheStore: true,
  },
  {
    path: '/v1/objects/{sha256}',
    summary: 'Any file of the release, by its hash',
    type: 'application/octet-stream',
    isOfTheStore: true,
  },
  { path: '/.well-known/jwks.json', summary: 'The keys that sign', type: json },
  { path: '/v1/changes/{release}.json', summary: 'What one release changed', type: json, schema: 'changes' },
  {
    path: '/v1/changes/{first}-{last}.json',
    summary: 'What a hundred releases changed, as one',
    type: json,
    schema: 'hundred-changes',
  },
  {
    path: '/v1/editions/{stamp}.json',
    summary: 'An edition, frozen',
    type: json,
    schema: 'edition',
    gone: 'tombstone',
  },
  { path: '/v1/{locale}/articles/{slug}.json', summary: 'An article', type: json, schema: 'article', ...article },
  { path: '/v1/{locale}/articles/{slug}.txt', summary: 'An article as plain text', type: 'text/plain', ...article },
  { path: '/v1/{locale}/articles/{slug}.md', summary: 'An article as Markdown', type: 'text/markdown', ...article },
  {
    path: '/v1/{locale}/handouts/{slug}.json',
    summary: 'The state of the handouts of an article',
    type: json,
    schema: 'handouts',
    ...article,
  },
  { path: '/v1/{locale}/handouts/{slug}.{format}.pdf', summary: 'A handout', type: 'application/pdf', ...article },
  { path: '/v1/{locale}/emails/{slug}.html', summary: 'An article as an e-mail, HTML', type: 'text/html', ...article },
  { path: '/v1/{locale}/emails/{slug}.txt', summary: 'An article as an e-mail, text', type: 'text/plain', ...article },
  {
    path: '/v1/{locale}/newsletters/{slug}.html',
    summary: 'An issue of a newsletter, HTML',
    type: 'text/html',
    ...article,
  },
  {
    path: '/v1/{locale}/newsletters/{slug}.txt',
    summary: 'An issue of a newsletter, text',
    type: 'text/plain',
    ...article,
  },
  {
    path: '/v1/{locale}/feed.json',
    summary: 'The newest articles (JSON Feed 1.1)',
    type: 'application/feed+json',
    schema: 'feed',
  },
  {
    path: '/v1/{locale}/feed.{page}.json',
    summary: 'An older page of the feed',
    type: 'application/feed+json',
    schema: 'feed',
  },
  { path: '/v1/{locale}/feed.atom', summary: 'The newest articles (Atom, RFC 4287)', type: 'application/atom+xml' },
  { path: '/v1/{locale}/feed.{page}.atom', summary: 'An older page of the Atom feed', type: 'application/atom+xml' },
  {
    path: '/v1/{locale}/topics/{topic}/feed.json',
    summary: 'The newest articles on a topic (JSON Feed 1.1)',
    type: 'application/feed+json',
    schema: 'feed',
  },
  {
    path: '/v1/{locale}/topics/{topic}/feed.{page}.json',
    summary: 'An older page of the feed of a topic',
    type: 'application/feed+json',
    schema: 'feed',
  },
  {
    path: '/v1/{locale}/topics/{topic}/feed.atom',
    summary: 'The newest articles on a topic (Atom)',
    type: 'application/atom+xml',
  },
  {
    path: '/v1/{locale}/topics/{topic}/feed.{page}.atom',
    summary: 'An older page of the Atom feed of a topic',
    type: 'application/atom+xml',
  },
  { path: '/v1/{locale}/topics.json', summary: 'Topics', type: json, schema: 'topics' },
  { path: '/v1/{locale}/audiences.json', summary: 'Audiences', type: json, schema: 'audiences' },
  { path: '/v1/{locale}/glossary.json', summary: 'Words and their plain meaning', type: json, schema: 'glossary' },
  {
    path: '/v1/{locale}/resources.json',
    summary: 'Helplines, services and groups (HSDS 3.0)',
    type: json,
    schema: 'resources',
  },
  { path: '/v1/{locale}/resources/{uid}.json', summary: 'One of them', type: json, schema: 'resource' },
  { path: '/v1/{locale}/search.json', summary: 'A search index to load', type: json, schema: 'search' },
  {
    path: '/v1/lookup/{system}/{code}.json',
    summary: 'Articles about a code of ICD-10, SNOMED CT or MeSH',
    type: json,
    schema: 'lookup',
  },
  { path: '/v1/assets/article.css', summary: 'A stylesheet for the HTML of articles; optional', type: 'text/css' },
  { path: '/v1/embed.js', summary: 'The script that shows an article on another site', type: 'text/javascript' },
  {
    path: '/v1/client.js',
    summary: 'The client as one module: reads, verifies and keeps copies, in browsers and Node',
    type: 'text/javascript',
  },
  { path: '/v1/schemas/{schema}.schema.json', summary: 'The JSON Schema of a file', type: 'application/schema+json' },
  { path: '/v1/openapi.json', summary: 'This description (OpenAPI 3.1)', type: json },
  { path: '/sitemap.xml', summary: 'The pages, for search engines', type: 'application/xml' },
  { path: '/sitemap.{page}.xml', summary: 'A part of the sitemap, where it has parts', type: 'application/xml' },
]

const parameters: Record<string, { pattern: string; description: string; example: string }> = {
  locale: { pattern: '[a-z]{2}', description: 'Language of the text.', example: 'en' },
  slug: {
    pattern: '[a-z0-9]+(?:-[a-z0-9]+)*',
    description: 'Readable part of the address.',
    example: 'opioid-withdrawal-safely',
  },
  topic: { pattern: '[a-z0-9]+(?:-[a-z0-9]+)*', description: 'Slug of a topic.', example: 'opioid-withdrawal' },
  format: { pattern: '[a-z0-9]+\\.[a-z0-9]+', description: 'Paper and print.', example: 'a4.standard' },
  page: {
    pattern: '[1-9][0-9]*',
    description: 'Number of a page; follow `next_url` instead of counting.',
    example: '2',
  },
  uid: {
    pattern: '[0-9a-f-]{36}',
    description: 'Identity of a record.',
    example: '00000000-0000-4000-8000-000000000001',
  },
  system: { pattern: '(?:icd-10|snomed-ct|mesh)', description: 'Code system.', example: 'icd-10' },
  code: { pattern: '[A-Za-z0-9][A-Za-z0-9.-]*', description: 'The code.', example: 'F11.3' },
  stamp: { pattern: '[0-9A-HJKMNP-TV-Z]{10}', description: 'Short name of an edition.', example: '7K3M9QX2AB' },
  release: { pattern: '[1-9][0-9]*', description: 'Number of a release.', example: '42' },
  first: { pattern: '[1-9][0-9]*01|1', description: 'The first release of a hundred.', example: '101' },
  last: { pattern: '[1-9][0-9]*00', description: 'The last release of a hundred.', example: '200' },
  sha256: {
    pattern: '[0-9a-f]{64}',
    description: 'SHA-256 of the bytes.',
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  },
  schema: { pattern: '[a-z-]+', description: 'Name of a schema.', example: 'article' },
}
export type Parameter = { name: string; pattern: string; description: string; example: string }

/** The parameters of a route, in order. */
export const parametersOf = ({ path }: Route): Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => {
    const parameter = parameters[name!]
    if (!parameter) throw new Error(`The route ${path} has the parameter {${name}}, which routes.ts does not describe.`)
    return { name: name!, ...parameter }
  })

/** The route a public path belongs to; undefined where there is none. */
export const routeOf = (path: string): Route | undefined => routes.find((route) => patternOf(route).test(path))

const patternOf = ({ path }: Route): RegExp => {
  const literal = path.replace(/[.]/g, '\\.')
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, (_, name: string) => parameters[name]!.pattern)}$`)
}
