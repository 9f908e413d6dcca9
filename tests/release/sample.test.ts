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

type Element = DefaultTreeAdapterTypes.Element
function elementsIn(html: string): Element[] {
  const found: Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parseFragment(html))
  return found
}
const attribute = ({ attrs }: Element, name: string) => attrs.find((each) => each.name === name)?.value
const wordsOf = ({ childNodes }: Element) => childNodes.map((node) => ('value' in node ? node.value : '')).join('')

test('every path of it is a route of the contract, of the media type that says', () => {
  // Objects with a path of their own are pictures and stylesheets.
  const named = promised().filter((path) => !path.startsWith('/v1/objects/'))
  expect(named.filter((path) => routeOf(path) === undefined)).toEqual([])
  const wrong = named.filter((path) => sample.entries.get(path)!.type.split(';')[0] !== routeOf(path)!.type)
  expect(wrong.filter((path) => sample.entries.get(path)!.status === 200)).toEqual([])
})

test('every route of the contract has a path in it', () => {
  // A sample has no second page of anything, and no hundred releases.
  const expected = routes.filter(({ path, isOfTheStore }) => !isOfTheStore && !/\{(page|first)\}/.test(path))
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
  const isPicture = (url = '') => sample.entries.get(new URL(url).pathname)?.type.startsWith('image/')
  const elements = (await articles()).flatMap(({ html }) => elementsIn(html))
  for (const element of elements) {
    const href = attribute(element, 'href')
    if (href && !/^(?:https?:|mailto:|tel:|sms:)/.test(href)) problems.push(`href ${href}`)
  }
  const pictures = elements.filter(({ tagName }) => tagName === 'img')
  for (const picture of pictures) {
    const choices = [attribute(picture, 'src'), ...(attribute(picture, 'srcset')?.split(', ') ?? [])]
    problems.push(...choices.flatMap((choice) => (isPicture(choice?.split(' ')[0]) ? [] : [`src ${choice}`])))
    if (!(Number(attribute(picture, 'width')) > 0 && Number(attribute(picture, 'height')) > 0))
      problems.push(`no size: ${choices[0]}`)
  }
  expect(problems).toEqual([])
  expect(pictures.length).toBeGreaterThan(0)
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

test('the page for developers shows every address, and leads to files that are there', async () => {
  const page = elementsIn(await sample.text(paths.developers))
  const shown = page.filter(({ tagName }) => tagName === 'code').map(wordsOf)
  expect(routes.filter(({ path }) => !shown.includes(path))).toEqual([])
  const links = page.flatMap((element) => (element.tagName === 'a' ? [attribute(element, 'href') ?? ''] : []))
  const local = links.filter((href) => href.startsWith('/'))
  expect(local.length).toBeGreaterThan(20)
  // The index is answered from memory; everything else stands in the manifest.
  expect(local.filter((href) => href !== paths.index && !sample.entries.has(href))).toEqual([])
  expect(page.filter(({ tagName }) => tagName === 'script')).toEqual([])
})

test('its examples run as they stand', async () => {
  const page = elementsIn(await sample.text(paths.developers))
  const examples = page.filter((element) => attribute(element, 'class') === 'language-js').map(wordsOf)
  const said: string[] = []
  const log = (...words: unknown[]) => said.push(words.join(' '))
  const index = { release: 1, changes: { first: 1, last: 1 } }
  const fetched = async (url: string) => {
    const { pathname } = new URL(url)
    return Response.json(pathname === paths.index ? index : await sample.json(pathname))
  }
  for (const code of examples) {
    const body = `return (async () => {\n${code.replace(/^import .*$/m, '')}\n})()`
    await new Function('fetch', 'console', 'MiniSearch', body)(fetched, { log }, MiniSearch)
  }
  expect(examples.length).toBe(3)
  expect(said.filter((line) => line.startsWith('fetch /v1/')).length).toBeGreaterThan(50)
  expect(said.at(-1)).toContain('sleep-in-early-recovery')
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
