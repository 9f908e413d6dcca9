import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import {
  type Article,
  type Edition,
  type EditionSummary,
  type Locale,
  locales,
  Resource,
  type ShownResource,
} from 'content-schemas'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import type { ListContext, Row } from 'pipeline/channels/channel.ts'
import { site } from 'pipeline/channels/site/index.ts'
import { scripts } from 'pipeline/channels/site/scripts.generated.ts'
import { compile, type Environment } from 'pipeline/compile.ts'
import { stampOf } from 'pipeline/identity.ts'
import { phrasesOf } from 'pipeline/phrases/index.ts'
import { catalogueOf, listContext } from 'pipeline/release/catalogue.ts'
import type { Published } from 'pipeline/source.ts'
import { describe, expect, test } from 'vitest'
import { bundleScripts } from '../../pipeline/browser/bundle.ts'
import { articleIn, environmentFor, ids, publishedArticle, publishedIssue, siteOf, words } from './specimen.ts'

type Element = DefaultTreeAdapterTypes.Element
type Parsed = { elements: Element[]; words: string }

/** A page read by a browser's rules; anything a browser would have to mend fails. */
function read(html: string): Parsed {
  const problems: string[] = []
  const elements: Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node): string => {
    if ('tagName' in node) elements.push(node)
    if ('value' in node) return node.value
    if ('tagName' in node && node.tagName === 'script') return ''
    return 'childNodes' in node ? node.childNodes.map(visit).join('') : ''
  }
  const words = visit(parse(html, { onParseError: ({ code }) => problems.push(code) }))
  expect(problems).toEqual([])
  return { elements, words: words.replace(/\s+/g, ' ') }
}
const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value
const named = ({ elements }: Parsed, tagName: string) => elements.filter((element) => element.tagName === tagName)
const withClass = ({ elements }: Parsed, name: string) =>
  elements.filter((element) => attribute(element, 'class')?.split(' ').includes(name))

async function rendered(published: Published, change: Partial<Environment> = {}) {
  const { live } = published
  const { files, failed, row } = await compile(published, environmentFor(live.locale, change), [site])
  expect(failed).toEqual([])
  const at = (path: string) => files.find((file) => file.path === path)
  return { at, row, html: (path: string) => String(at(path)?.body) }
}
const pageOf = async (published: Published, change: Partial<Environment> = {}) =>
  (await rendered(published, change)).html(paths.page(published.live.locale, published.live.slug))

/** What holds for every page there is. */
function isSound(html: string, locale: Locale): Parsed {
  const page = read(html)
  const [root] = named(page, 'html')
  expect(attribute(root, 'lang')).toBe(locale)
  expect(attribute(root, 'dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
  for (const element of page.elements)
    for (const { name, value } of element.attrs) {
      expect(name).not.toMatch(/^on|^style$/)
      if (name === 'src' || name === 'srcset')
        expect(value).toMatch(element.tagName === 'script' ? /^\/assets\/[a-z]+\.js$/ : /^\/v1\/objects\//)
    }
  expect(named(page, 'style').concat(named(page, 'iframe'))).toEqual([])
  for (const script of named(page, 'script'))
    expect(attribute(script, 'type')).toBe(attribute(script, 'src') ? 'module' : 'application/ld+json')
  // A form works in the page or is not there: nothing is ever sent.
  for (const form of named(page, 'form')) {
    expect(attribute(form, 'hidden')).toBe('')
    expect([attribute(form, 'action'), attribute(form, 'method')]).toEqual([undefined, undefined])
  }
  for (const link of named(page, 'link').filter((each) => /stylesheet|icon/.test(attribute(each, 'rel') ?? '')))
    expect(attribute(link, 'href')).toMatch(/^\/assets\//)

  const identifiers = page.elements.flatMap((element) => attribute(element, 'id') ?? [])
  expect(new Set(identifiers).size).toBe(identifiers.length)
  for (const link of named(page, 'a')) {
    const href = attribute(link, 'href')
    expect(href).toMatch(/^(?:\/|#|https?:|mailto:|tel:|sms:)/)
    if (href?.startsWith('#')) expect(identifiers).toContain(href.slice(1))
  }
  const levels = page.elements.flatMap(({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1] ?? []).map(Number)
  expect(levels.filter((level) => level === 1)).toEqual([1])
  expect(levels[0]).toBe(1)
  const steps = levels.map((level, index) => level - (levels[index - 1] ?? 0))
  expect(Math.max(...steps)).toBe(1)
  expect(page.words).toContain(words[locale].emergency)
  expect(named(page, 'a').map((link) => attribute(link, 'href'))).toContain('tel:911')
  return page
}
const isNoindex = (page: Parsed) =>
  named(page, 'meta').some((meta) => attribute(meta, 'name') === 'robots' && attribute(meta, 'content') === 'noindex')

describe('the page of an article', () => {
  test.each(locales)('in %s is sound, small, and shows what trust rests on', async (locale) => {
    const html = await pageOf(publishedArticle(locale))
    const page = isSound(html, locale)
    const phrases = phrasesOf(locale)
    for (const part of [
      words[locale].title,
      words[locale].summary,
      words[locale].mainMessage,
      words[locale].reviewer,
      words[locale].source,
      phrases.nextReview,
      'Clearer steps.',
    ])
      expect(page.words).toContain(part)
    expect(named(page, 'time').map((time) => attribute(time, 'datetime'))).toEqual(
      expect.arrayContaining(['2026-02-04', '2028-02-04', '2026-02-03']),
    )
    expect(gzipSync(html).byteLength).toBeLessThan(60_000)
    expect(isNoindex(page)).toBe(false)
  })

  test('names its translations, its feed and its other forms', async () => {
    const row = (locale: Locale) =>
      ({ locale, uid: ids.article, slug: `resting-${locale}`, title: words[locale].title }) as Row
    const page = isSound(
      await pageOf(publishedArticle('en'), { translations: () => [row('en'), row('es'), row('ar')] }),
      'en',
    )
    const alternates = named(page, 'link').filter((link) => attribute(link, 'rel') === 'alternate')
    expect(alternates.flatMap((link) => attribute(link, 'hreflang') ?? [])).toEqual(['en', 'es', 'ar'])
    expect(alternates.flatMap((link) => attribute(link, 'type') ?? [])).toEqual([
      'application/feed+json',
      'application/json',
    ])
    const links = named(page, 'a').map((link) => attribute(link, 'href'))
    for (const path of [
      '/es/articles/resting-es',
      '/ar/articles/resting-ar',
      paths.handout('en', 'resting', 'a4.standard'),
      paths.article('en', 'resting', 'json'),
    ])
      expect(links).toContain(path)
  })

  test('is marked as a sample, and kept from search engines, when it is one', async () => {
    const published = publishedArticle('en')
    published.live.sample = true
    const page = isSound(await pageOf(published), 'en')
    expect(isNoindex(page)).toBe(true)
    expect(page.words.split(phrasesOf('en').sampleNotice).length).toBe(2)
  })

  test('shows what has to be shown when its review is overdue', async () => {
    const page = isSound(await pageOf(publishedArticle('ar'), { today: '2029-01-01' }), 'ar')
    expect(withClass(page, 'notice').length).toBe(1)
    expect(page.words).toContain(phrasesOf('ar').reviewWasDue)
  })

  test('has a quick way out on a sensitive topic only', async () => {
    const published = publishedArticle('en')
    expect(withClass(read(await pageOf(published)), 'exit')).toEqual([])
    published.live.records!.topics[ids.topic]!.sensitive = true
    const page = isSound(await pageOf(published), 'en')
    expect(withClass(page, 'exit').length).toBe(1)
    expect(page.words).toContain('does not clear your browsing history')
  })

  test('keeps hostile words as words, in JSON-LD too', async () => {
    const hostile = '</script><script>alert(1)</script>"><img src=x onerror=alert(1)>'
    const change: Partial<Article> = {
      title: hostile,
      summary: hostile,
      mainMessage: hostile,
      funding: hostile,
      conflicts: hostile,
    }
    const published = publishedArticle('en', change)
    published.live.changeNote = hostile
    published.history[0]!.changeNote = hostile
    const page = isSound(await pageOf(published), 'en')
    const [script] = named(page, 'script')
    const source = script?.childNodes[0]
    expect(JSON.parse(source && 'value' in source ? source.value : '').name).toBe(hostile)
    expect(named(page, 'script').length).toBe(1)
  })
})

describe('is this copy current?', () => {
  const older: EditionSummary = {
    ...publishedArticle('en').history[0]!,
    number: 1,
    stamp: stampOf(ids.article, 'en', 1),
    changeNote: 'First edition.',
  }
  const withHistory = (change: Partial<Edition> = {}): Published => {
    const { live, history } = publishedArticle('en')
    if (!change.act) return { live, history: [...history, older] }
    const grave = { ...live, number: 3, stamp: stampOf(ids.article, 'en', 3), document: null, records: null, ...change }
    return {
      live: grave,
      history: [{ ...history[0]!, act: change.act, number: 3, stamp: grave.stamp }, ...history, older],
    }
  }
  const answer = async (published: Published, stamp: string, change: Partial<Environment> = {}) => {
    const page = isSound((await rendered(published, change)).html(paths.stamp(stamp)), published.live.locale)
    expect(isNoindex(page)).toBe(true)
    const [box] = withClass(page, 'stamp')
    return { page, state: attribute(box, 'class')?.split(' ')[1] }
  }
  const tombstone = { reason: 'The advice was wrong.', replacement: ids.issue, to: null }
  const replacement = {
    row: () => ({ kind: 'article', locale: 'en', slug: 'sleeping', title: 'Sleeping', tombstone: false }) as Row,
  }

  test('has a page for every edition there ever was', () => {
    const published = withHistory()
    const stamps = site
      .outputs(published)
      .filter(({ name }) => name === 'stamp')
      .map(({ path }) => path)
    expect(stamps).toEqual(published.history.map(({ stamp }) => paths.stamp(stamp)))
  })

  test('says yes', async () => {
    expect((await answer(withHistory(), publishedArticle('en').live.stamp)).state).toBe('current')
  })

  test('says what changed since', async () => {
    const { page, state } = await answer(withHistory(), older.stamp)
    expect(state).toBe('old')
    expect(page.words).toContain('Clearer steps.')
    expect(page.words).not.toContain('First edition.')
    expect(named(page, 'a').map((link) => attribute(link, 'href'))).toEqual(
      expect.arrayContaining(['/en/articles/resting', paths.handout('en', 'resting', 'a4.standard')]),
    )
  })

  test('says that the review is overdue', async () => {
    const { page, state } = await answer(withHistory(), publishedArticle('en').live.stamp, { today: '2028-02-05' })
    expect(state).toBe('overdue')
    expect(page.words).toContain('4 February 2028')
  })

  test('says why it was withdrawn, and what to read instead', async () => {
    const { page, state } = await answer(withHistory({ act: 'withdraw', tombstone }), older.stamp, replacement)
    expect(state).toBe('withdrawn')
    expect(page.words).toContain('The advice was wrong.')
    expect(named(page, 'a').map((link) => attribute(link, 'href'))).toContain('/en/articles/sleeping')
  })

  test('says that it is gone, and does not name what was purged', async () => {
    expect((await answer(withHistory({ act: 'gone', tombstone }), older.stamp)).state).toBe('gone')
    const { page, state } = await answer(withHistory({ act: 'purge', tombstone }), older.stamp)
    expect(state).toBe('gone')
    expect(page.words).not.toContain(words.en.title)
  })

  test('answers in the language of the copy', async () => {
    const published = publishedArticle('ar')
    const { page } = await answer(published, published.live.stamp)
    expect(page.words).toContain(phrasesOf('ar').copyIsCurrent)
  })

  test('says in place of the article that it was withdrawn', async () => {
    const file = (await rendered(withHistory({ act: 'withdraw', tombstone }), replacement)).at('/en/articles/resting')
    expect(file?.status).toBe(410)
    const page = isSound(String(file?.body), 'en')
    expect(page.words).toContain('The advice was wrong.')
    expect(isNoindex(page)).toBe(true)
  })

  test('leads from a former address, and from the stable id, to the article', async () => {
    const published = withHistory()
    published.history[1] = { ...older, slug: 'old-name' }
    const { at } = await rendered(published)
    const location = 'https://guide.example.org/en/articles/resting'
    for (const path of ['/en/articles/old-name', `/id/en/${ids.article}`])
      expect(at(path)).toMatchObject({ status: 301, location })
    const moved = withHistory({ act: 'redirect', tombstone: { reason: '', replacement: null, to: 'sleeping' } })
    expect((await rendered(moved)).at('/en/articles/resting')).toMatchObject({
      status: 301,
      location: 'https://guide.example.org/en/articles/sleeping',
    })
  })

  test('an issue has stamp pages and a stable id, but no article page', async () => {
    const issue = publishedIssue('en')
    const { at } = await rendered(issue)
    isSound(String(at(paths.stamp(issue.live.stamp))?.body), 'en')
    expect(at(`/id/en/${ids.issue}`)?.location).toBe('https://guide.example.org/en/newsletters/quiet-days')
  })
})

describe('lists', () => {
  const context = async (locale: Locale, rows?: Row[]): Promise<ListContext> =>
    listContext(catalogueOf(rows ?? [(await rendered(publishedArticle(locale))).row]), {
      site: siteOf(words[locale]),
      locale,
      locales: ['en', 'es', 'ar'],
      today: '2026-03-01',
    })
  const lists = async (locale: Locale, rows?: Row[]) =>
    new Map(site.lists!(await context(locale, rows)).map((list) => [list.path, list]))

  test.each(locales)('home, topic and 404 in %s are sound and lead to the article', async (locale) => {
    const all = await lists(locale)
    expect(isSound(String(all.get(paths.finder(locale))?.render().body), locale).words).toContain(
      phrasesOf(locale).shownOf('2', '2'),
    )
    for (const path of [paths.home(locale), paths.topic(locale, 'rest')]) {
      const page = isSound(String(all.get(path)?.render().body), locale)
      expect(named(page, 'a').map((link) => attribute(link, 'href'))).toContain(paths.page(locale, 'resting'))
    }
    const missing = all.get(paths.notFound(locale))?.render()
    expect(missing?.status).toBe(404)
    expect(isNoindex(isSound(String(missing?.body), locale))).toBe(true)
  })

  test('the default language has the root and the assets, which pages name', async () => {
    const all = await lists('en')
    expect(all.get('/')?.render().body).toBe(all.get('/en')?.render().body)
    const page = read(String(all.get('/')?.render().body))
    for (const link of named(page, 'link').filter((each) => attribute(each, 'href')?.startsWith('/assets/')))
      expect(all.get(attribute(link, 'href')!)?.render().body).toBeTruthy()
    expect([...(await lists('ar')).keys()].filter((path) => path === '/' || path.startsWith('/assets'))).toEqual([])
  })

  test('the stylesheet asks nobody else for anything', async () => {
    const styles = String((await lists('en')).get('/assets/site.css')?.render().body)
    expect(styles).not.toMatch(/url\(|@import|https?:/)
    expect(styles.split('{').length).toBe(styles.split('}').length)
  })

  test('nothing published gives pages all the same', async () => {
    const all = await lists('es', [])
    expect(isSound(String(all.get('/es')?.render().body), 'es').words).toContain(phrasesOf('es').noArticlesYet)
  })

  test('what is withdrawn is in no list, and a topic is called what its last edition calls it', async () => {
    const { row } = await rendered(publishedArticle('en'))
    const listing = row.listing.site as { topics: { name: string }[] }
    const renamed = { ...listing, topics: [{ ...listing.topics[0], name: 'Resting well' }] }
    const rows: Row[] = [
      {
        ...row,
        uid: ids.issue,
        slug: 'newer',
        title: 'Newer',
        publishedAt: '2026-02-20T00:00:00.000Z',
        listing: { site: renamed },
      },
      row,
      { ...row, uid: ids.group, slug: 'withdrawn', title: 'Withdrawn', tombstone: true },
    ]
    const home = read(String((await lists('en', rows)).get('/en')?.render().body))
    expect(home.words).toContain('Resting well')
    expect(home.words).not.toContain('Withdrawn')
  })

  test('a list has another key when, and only when, it shows something else', async () => {
    const { row } = await rendered(publishedArticle('en'))
    const keys = async (rows: Row[]) => [...(await lists('en', rows)).values()].map(({ path, key }) => `${path} ${key}`)
    const before = await keys([row])
    expect(await keys([{ ...row }])).toEqual(before)
    const changed = (await keys([{ ...row, stamp: 'CHANGED000' }])).filter((key) => !before.includes(key))
    expect(changed.map((key) => key.split(' ')[0])).toEqual(['/en', '/', '/en/topics/rest'])
  })
})

test('urgent help an article begins with stands before everything but its title and notice', async () => {
  const published = publishedArticle('en')
  if (published.live.document?.kind !== 'article') throw new Error('This is no article.')
  const { children } = published.live.document.body
  const at = children.findIndex(({ type }) => type === 'urgent-help')
  children.unshift(...children.splice(at, 1))
  const html = await pageOf(published)
  const order = ['<h1', 'class="urgent-help"', 'class="review"', 'class="main-message"']
  const places = order.map((mark) => html.indexOf(mark))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(html.split('class="urgent-help"')).toHaveLength(2)
})

describe('the resource finder', () => {
  const shown: ShownResource = {
    ...Resource.parse({
      uid: ids.group,
      slug: 'line',
      kind: 'helpline',
      name: 'The Line',
      status: 'active',
      description: '</li><script>alert(1)</script>',
      phones: [{ number: '0800 111' }],
      languages: ['en', 'es'],
      serviceArea: 'Everywhere',
      fees: 'Free',
      assuredDate: '2026-01-10',
    }),
    trust: 'fresh',
    notice: null,
  }
  const finder = async (resources: ShownResource[], change: Partial<Row> = {}) => {
    const { row } = await rendered(publishedArticle('en'))
    const listing = { ...(row.listing.site as object), resources }
    const rows = [{ ...row, ...change, listing: { site: listing } }]
    const about = { site: siteOf(words.en), locale: 'en' as const, today: '2026-03-01' }
    const lists = site.lists!(listContext(catalogueOf(rows), { ...about, locales: ['en'] }))
    return lists.find(({ path }) => path === paths.finder('en'))!
  }
  const cards = (page: Parsed) => withClass(page, 'resource')

  test('shows each resource once with its number, when it was confirmed, and what can be chosen', async () => {
    const page = isSound(String((await finder([shown, { ...shown, uid: ids.issue }])).render().body), 'en')
    const [card] = cards(page)
    expect(cards(page)).toHaveLength(2)
    expect(page.words).toContain('Last confirmed on 10 January 2026')
    expect(named(page, 'a').map((link) => attribute(link, 'href'))).toContain('tel:0800111')
    expect(JSON.parse(attribute(card, 'data-language')!)).toEqual(['en', 'es'])
    expect(JSON.parse(attribute(card, 'data-kind')!)).toEqual(['helpline'])
    expect(JSON.parse(attribute(card, 'data-topic')!)).toEqual([words.en.topic])
  })

  test('warns of one that nobody confirmed in time, and leaves out one that is closed', async () => {
    const notice = 'Last confirmed long ago.'
    const page = read(String((await finder([{ ...shown, trust: 'expired', notice }])).render().body))
    expect(withClass(page, 'resource-notice')).toHaveLength(1)
    expect(withClass(page, 'resource-confirmed')).toHaveLength(0)
    const published = publishedArticle('en')
    for (const resource of Object.values(published.live.records!.resources)) resource.status = 'defunct'
    expect((await rendered(published)).row.listing.site).toMatchObject({ resources: [] })
  })

  test('is made anew when the state of a resource changes, not when an article does', async () => {
    const { key } = await finder([shown])
    expect((await finder([shown], { title: 'Other', stamp: 'CHANGED000' })).key).toBe(key)
    expect((await finder([{ ...shown, trust: 'expired', notice: 'Old.' }])).key).not.toBe(key)
  })
})

test('the committed scripts are current', async () => {
  const source = new URL('../../pipeline/src/channels/site/scripts.generated.ts', import.meta.url)
  expect(readFileSync(source, 'utf8'), 'Run `npm run scripts --workspace pipeline` and commit what it writes.').toBe(
    await bundleScripts(),
  )
  for (const script of Object.values(scripts)) expect(script).not.toMatch(/\beval\(|new Function|innerHTML\s*\+=/)
})

test('an article without anything optional still has a sound page', async () => {
  const bare = articleIn('en', {
    mainMessage: '',
    summary: '',
    topics: [],
    audiences: [],
    authors: [],
    sources: [],
    body: { type: 'root', children: [] },
    review: { reviewer: null, lastReviewed: null, nextReview: null },
  })
  const page = isSound(await pageOf(publishedArticle('en', bare)), 'en')
  expect(page.words).toContain(phrasesOf('en').unreviewedNotice)
})
