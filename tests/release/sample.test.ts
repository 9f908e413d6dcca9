import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { ArticleJson, jsonSchemas, locales, routeOf, routes, type SearchJson, ServicesJson } from 'content-schemas'
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

/** The search index of a language as anybody loads it, without a word of our code. */
const searchIn = async (locale: (typeof locales)[number]) => {
  const file = (await sample.json(paths.search(locale))) as SearchJson
  const load = ({ index, options }: Pick<SearchJson, 'index' | 'options'>) => MiniSearch.loadJS(index as never, options)
  const [articles, resources] = [load(file), load(file.resources!)]
  const { contents } = ServicesJson.parse(await sample.json(paths.resources(locale)))
  const slugOf = new Map(contents.map(({ id, _signpost }) => [id, _signpost.slug]))
  return {
    articles: (words: string) => articles.search(words, { combineWith: 'AND' }).map(({ slug }) => slug as string),
    slugOf,
    resources: (words: string) => resources.search(words, { combineWith: 'AND' }).map(({ id }) => slugOf.get(id)!),
  }
}
const articlesIn = async (locale: (typeof locales)[number]) =>
  (await articles()).filter((each) => each.locale === locale)

test('the search index is loaded as documented, and finds', async () => {
  const [en, es, ar] = [await searchIn('en'), await searchIn('es'), await searchIn('ar')]
  expect(en.articles('alcohol withdrwal')[0]).toBe('alcohol-withdrawal-emergency')
  expect(es.articles('naloxona')).toContain('como-usar-la-naloxona')
  expect(ar.articles('الأفيونات')).toContain('opioid-withdrawal-safely')
  expect(en.articles('xylophone')).toEqual([])
  expect(en.articles('seizure')).toContain('alcohol-withdrawal-emergency')
  expect(ar.articles('طوارئ')).toContain('naloxone-how-to-use-it')
})

test('a search finds resources by name, kind and number, none that is closed', async () => {
  const [en, es, ar] = [await searchIn('en'), await searchIn('es'), await searchIn('ar')]
  for (const words of ['suicide', '988']) expect(en.resources(words)[0]).toBe('lifeline-988')
  expect(es.resources('suicidio')[0]).toBe('lifeline-988')
  expect(ar.resources('انتحار')[0]).toBe('lifeline-988')
  expect(en.resources('helpline')).toEqual(expect.arrayContaining(['samhsa-helpline', 'nami-helpline']))
  expect(en.resources('662 4357')).toEqual(['samhsa-helpline'])
  const places = elementsIn(await sample.text(paths.finder('en'))).map((element) => attribute(element, 'id'))
  for (const uid of en.slugOf.keys()) expect(places).toContain(`resource-${uid}`)
})

test('in Arabic every word of a title and a summary is found without its article, its signs and its kinds of alef', async () => {
  const { articles } = await searchIn('ar')
  const missed: string[] = []
  let shortened = 0
  for (const { title, summary, slug } of await articlesIn('ar'))
    for (const word of `${title} ${summary}`.split(/[^\p{L}\p{M}]+/u)) {
      const plain = word.replace(/^[وف]?(?:[بك]?ال|لل)/, '')
      if (plain.length < 2) continue
      if (plain !== word) shortened++
      const unsigned = plain
        .replace(/[\u064B-\u0652]/g, '')
        .replace(/[أإآ]/g, 'ا')
        .replace(/ة$/, 'ه')
        .replace(/ى$/, 'ي')
      for (const typed of [word, plain, unsigned]) if (!articles(typed).includes(slug)) missed.push(`${typed} ${slug}`)
    }
  expect(missed).toEqual([])
  expect(shortened).toBeGreaterThan(3)
  for (const word of ['نالوكسون', 'هيروين', 'أفيون', 'أفيونات']) expect(articles(word), word).not.toEqual([])
})

test('in Spanish every word of a title and a summary is found without its accents', async () => {
  const { articles } = await searchIn('es')
  const missed: string[] = []
  let accented = 0
  for (const { title, summary, slug } of await articlesIn('es'))
    for (const word of `${title} ${summary}`.split(/[^\p{L}]+/u).filter(Boolean)) {
      const plain = word.replace(/[áéíóúüñ]/g, (letter) => 'aeiouun'['áéíóúüñ'.indexOf(letter)]!)
      if (plain !== word) accented++
      if (!articles(plain).includes(slug)) missed.push(`${plain} ${slug}`)
    }
  expect(missed).toEqual([])
  expect(accented).toBeGreaterThan(5)
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
    const hash = /^\/v1\/objects\/(.*)$/.exec(pathname)?.[1]
    if (hash) return new Response(new Uint8Array(await sample.object(hash)))
    return Response.json(pathname === paths.index ? index : await sample.json(pathname))
  }
  for (const code of examples) {
    const body = `return (async () => {\n${code.replace(/^import .*$/m, '')}\n})()`
    await new Function('fetch', 'console', 'MiniSearch', body)(fetched, { log }, MiniSearch)
  }
  expect(examples.length).toBe(3)
  expect(said.filter((line) => line.startsWith('write /v1/')).length).toBeGreaterThan(50)
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
