import { jsonSchemas, type SchemaName } from './json-schemas.ts'
import { parametersOf, type Route, routes } from './routes.ts'

type Json = Record<string, unknown>

/**
 * OpenAPI 3.1 of everything under `/v1/`, written from the table of routes and the JSON Schemas, which it holds whole:
 * it can be read offline. `server` is the address of the site.
 */
export function openApi(server: string): Json {
  const shown = new Set(routes.flatMap(({ schema, gone }) => [schema, gone].filter((name) => name !== undefined)))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Signpost: patient guidance as static files',
      version: 'v1',
      summary: 'Every GET is a file of one signed release.',
      description: [
        'Within v1 fields, files and addresses are only ever added: pass over what you do not know. What is to go is marked',
        '`deprecated` here and in its schema for at least twelve months, and goes with v2, beside which v1 stays for as long.',
      ].join(' '),
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server, description: 'The publication.' }],
    tags: Object.entries(groups).map(([name, description]) => ({ name, description })),
    security: [],
    paths: Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }])),
    components: { schemas: componentsOf([...shown]) },
  }
}

const groups = {
  Release: 'The signed index, its keys, what changed, and every file by its hash.',
  Articles: 'Guidance, its editions and its other forms.',
  Newsletters: 'Issues as they were sent.',
  Feeds: 'What is new, by language and topic.',
  Lists: 'What there is in a language.',
  Resources: 'Helplines, services and groups, in the words of Open Referral HSDS 3.0.',
  'Search and look-up': 'Finding articles.',
  Description: 'What all of this is.',
} as const

const groupPatterns: [RegExp, keyof typeof groups][] = [
  [/feed\./, 'Feeds'],
  [/\/(articles|handouts|emails|editions)\//, 'Articles'],
  [/\/newsletters\//, 'Newsletters'],
  [/\/resources/, 'Resources'],
  [/\/(lookup|search)|sitemap/, 'Search and look-up'],
  [/\/(topics|audiences|glossary)\.json/, 'Lists'],
  [/\/(schemas|openapi|assets)/, 'Description'],
]

/** The heading a route stands under. */
export const groupOf = ({ path }: Route): string =>
  groupPatterns.find(([pattern]) => pattern.test(path))?.[1] ?? 'Release'

function operationOf(route: Route): Json {
  const { summary, type, schema, gone, moves } = route
  const header = (description: string) => ({ description, schema: { type: 'string' } })
  return {
    operationId: operationId(route),
    summary,
    tags: [groupOf(route)],
    parameters: parametersOf(route).map(({ name, pattern, description, example }) => ({
      name,
      in: 'path',
      required: true,
      description,
      schema: { type: 'string', pattern: `^${pattern}$` },
      example,
    })),
    responses: {
      200: {
        description: 'The file.',
        headers: { ETag: header('Names these bytes; send it back in `If-None-Match`.') },
        content: { [type]: schema ? { schema: reference(schema) } : {} },
      },
      ...(moves
        ? { 301: { description: 'It has another address now.', headers: { Location: header('Where.') } } }
        : {}),
      304: { description: 'You have it already.' },
      404: { description: 'There is no such file.' },
      ...(gone ? { 410: { description: 'It is no longer published.', content: goneContent(type, gone) } } : {}),
    },
  }
}

const goneContent = (type: string, gone: SchemaName): Json =>
  type === 'application/json' ? { [type]: { schema: reference(gone) } } : {}

/** `get_v1_locale_feed_json`: from the address, which does not change. */
const operationId = ({ path }: Route): string => `get${path.replace(/[^A-Za-z0-9]+/g, '_').replace(/_$/, '')}`

const reference = (name: SchemaName): Json => ({ $ref: `#/components/schemas/${name}` })

/** Schemas by name, their definitions beside them as `<name>.<definition>`: not every reader of OpenAPI knows `$defs`. */
function componentsOf(names: SchemaName[]): Json {
  const all = jsonSchemas()
  const components: Json = {}
  for (const name of names.sort()) {
    const { $id, $schema, $defs = {}, ...schema } = all[name] as Json & { $defs?: Json }
    components[name] = rooted(schema, name)
    for (const [definition, value] of Object.entries($defs)) components[`${name}.${definition}`] = rooted(value, name)
  }
  return components
}

const rooted = (value: unknown, name: string): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', `"#/components/schemas/${name}.`))
