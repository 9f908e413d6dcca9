import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { ArticleJson, jsonSchemas, locales, routeOf, routes, ServicesJson } from 'content-schemas'
import MiniSearch from 'minisearch'
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { hsdsErrors } from '../pipeline/hsds.ts'
import { releaseSample, type SampleRelease } from '../pipeline/sample-release.ts'
import { schemaOrgProblems } from '../pipeline/schema-org.ts'

/*
 * The whole release of the sample, held against what is promised of it.
 */

let sample: SampleRelease
beforeAll(async () => {
  sample = await releaseSample()
})
afterAll(() => sample.remove())

/** Public paths programs may rely on: all but the pages. */
const promised = () => [...sample.entries.keys()].filter((path) => /^\/(?:v1\/|\.well-known\/|sitemap)/.test(path))
const articles = async () => {
  const found = promised().filter((path) => /^\/v1\/..\/articles\/.*\.json$/.test(path))
  return Promise.all(found.map(async (path) => ArticleJson.parse(await sample.json(path))))
}

test('every path of it is a route of the contract, of the media type that says', () => {
  // Objects with a path of their own are pictures and stylesheets.
  const named = promised().filter((path) => !path.startsWith('/v1/objects/'))
  expect(named.filter((path) => routeOf(path) === undefined)).toEqual([])
  const wrong = named.filter((path) => sample.entries.get(path)!.type.split(';')[0] !== routeOf(path)!.type)
  expect(wrong.filter((path) => sample.entries.get(path)!.status === 200)).toEqual([])
})

test('every route of the contract has a path in it', () => {
  // A sample has no second page of anything.
  const expected = routes.filter(({ path, isOfTheStore }) => !isOfTheStore && !path.includes('{page}'))
  const present = new Set(promised().map(routeOf))
  expect(expected.filter((route) => !present.has(route)).map(({ path }) => path)).toEqual([])
})

test('every JSON of it is valid by the schema it publishes for its route', async () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true })
  formats.default(ajv)
  const ids = jsonSchemas() as Record<string, { $id: string }>
  for (const path of promised().filter((path) => path.startsWith('/v1/schemas/')))
    ajv.addSchema((await sample.json(path)) as object)
  const problems: string[] = []
  for (const path of promised()) {
    const schema = routeOf(path)?.schema
    if (!schema || sample.entries.get(path)!.status !== 200) continue
    const validate = ajv.getSchema(ids[schema]!.$id)
    if (!validate) problems.push(`${path}: /v1/schemas/${schema}.schema.json is not in the release`)
    else if (!validate(await sample.json(path))) problems.push(`${path}: ${ajv.errorsText(validate.errors)}`)
  }
  expect(problems).toEqual([])
})

test('its HTML holds absolute addresses only, and pictures of its own with their sizes', async () => {
  const problems: string[] = []
  let pictures = 0
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) {
      const attribute = (name: string) => node.attrs.find((each) => each.name === name)?.value
      const href = attribute('href')
      if (href && !/^(?:https?:|mailto:|tel:|sms:)/.test(href)) problems.push(`href ${href}`)
      if (node.tagName === 'img') {
        pictures += 1
        const sources = [attribute('src'), ...(attribute('srcset')?.split(', ') ?? [])].map(
          (each) => each?.split(' ')[0],
        )
        for (const url of sources) if (!isPicture(url)) problems.push(`src ${url}`)
        if (!(Number(attribute('width')) > 0 && Number(attribute('height')) > 0)) problems.push(`size of ${sources[0]}`)
      }
    }
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  const isPicture = (url = '') => sample.entries.get(new URL(url).pathname)?.type.startsWith('image/')
  for (const { html } of await articles()) visit(parseFragment(html))
  expect(problems).toEqual([])
  expect(pictures).toBeGreaterThan(0)
})

test('what an article links to is there', async () => {
  const missing: string[] = []
  for (const { links, media, hero, translations, related } of await articles()) {
    const { handouts, ...single } = links
    const urls = [
      ...Object.values(single),
      ...handouts.map(({ url }) => url),
      ...[hero, ...media].flatMap((each) => Object.values(each?.urls ?? {})),
      ...[...translations, ...related].flatMap(({ url, json }) => [url, json]),
    ]
    missing.push(...urls.filter((url) => !sample.entries.has(new URL(url).pathname)))
  }
  expect(missing).toEqual([])
})

test('the JSON-LD of every article is schema.org', async () => {
  for (const { jsonld, slug } of await articles()) expect(await schemaOrgProblems(jsonld), slug).toEqual([])
})

test('the search index is loaded as documented, and finds', async () => {
  const searched = async (locale: (typeof locales)[number], words: string) => {
    const file = (await sample.json(paths.search(locale))) as { index: never; options: never }
    return MiniSearch.loadJS(file.index, file.options)
      .search(words)
      .map(({ slug }) => slug as string)
  }
  expect((await searched('en', 'alcohol withdrwal'))[0]).toBe('alcohol-withdrawal-emergency')
  expect(await searched('es', 'naloxona')).toContain('como-usar-la-naloxona')
  expect(await searched('ar', 'الأفيونات')).toContain('opioid-withdrawal-safely')
  expect(await searched('en', 'xylophone')).toEqual([])
})

const bySchemas = () =>
  test('its resources are services by the schemas of HSDS 3.0', async () => {
    const errorsOf = hsdsErrors()
    for (const locale of locales) {
      const { contents } = ServicesJson.parse(await sample.json(paths.resources(locale)))
      expect(contents.length).toBeGreaterThan(2)
      expect(contents.flatMap(errorsOf)).toEqual([])
    }
  })

if (!lacks('HSDS schemas')) bySchemas()
