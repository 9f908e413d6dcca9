import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync } from 'node:zlib'
import { locales, Site } from 'content-schemas'
import type * as signpost from 'content-schemas/client'
import { build } from 'esbuild'
import MiniSearch from 'minisearch'
import { channels } from 'pipeline/channels/index.ts'
import { phrasesOf } from 'pipeline/phrases/index.ts'
import { createFront, type Front } from 'pipeline/serve/index.ts'
import type { Browser, BrowserContext, Page, Response } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { article as articleNamed, paragraph, root, site, uid } from '../pipeline/documents.ts'
import { Publication, workspace } from '../release/publication.ts'
import { complaintsOf, openBrowser } from './browser.ts'
import { serveSample } from './served-sample.ts'

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const slugs: Record<string, string> = { es: 'como-usar-la-naloxona' }
const article = (locale: string) => `/${locale}/articles/${slugs[locale] ?? 'naloxone-how-to-use-it'}`

describe.skipIf(lacks('chromium'))('in Chromium', () => {
  let browser: Browser
  let sample: Awaited<ReturnType<typeof serveSample>>
  beforeAll(async () => {
    ;[browser, sample] = await Promise.all([openBrowser(), serveSample()])
  })
  afterAll(async () => {
    await browser?.close()
    await sample?.stop()
  })

  /** A page of its own; `done` fails with what it complained about and with what it asked of others. */
  async function open(options: Parameters<Browser['newContext']>[0] = {}) {
    const context: BrowserContext = await browser.newContext({ bypassCSP: false, ...options })
    const page = await context.newPage()
    const complaints = complaintsOf(page)
    const elsewhere: string[] = []
    page.on('request', (request) => {
      if (new URL(request.url()).origin !== sample.url) elsewhere.push(request.url())
    })
    const done = async (expected: string[] = []) => {
      expect({ complaints, elsewhere, cookies: await context.cookies() }).toEqual({
        complaints: expected,
        elsewhere: [],
        cookies: [],
      })
      await context.close()
    }
    return { page, done }
  }

  const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }
  const desktop = { viewport: { width: 1280, height: 900 } }
  const views = { phone: { ...phone, colorScheme: 'dark' }, desktop: { ...desktop, colorScheme: 'light' } } as const

  describe.each(locales)('pages in %s', (locale) => {
    test.each(Object.entries(views))('on a %s are accessible, whole and quiet', async (_, view) => {
      const { page, done } = await open(view)
      const home = await visit(page, `/${locale}`)
      const topic = await page.locator('.topics a').first().getAttribute('href')
      const found = [...home]
      for (const path of [topic!, `/${locale}/resources`, article(locale)]) found.push(...(await visit(page, path)))
      const stamp = await page.locator('.about a[href^="/c/"]').getAttribute('href')
      found.push(...(await visit(page, stamp!)))
      expect(found).toEqual([])
      await done()
    })

    test('without script tell the same', async () => {
      const { page, done } = await open({ ...phone, javaScriptEnabled: false })
      const phrases = phrasesOf(locale)
      await page.goto(`${sample.url}/${locale}`)
      expect(await page.locator('form').isVisible()).toBe(false)
      await page.locator('.topics a').first().click()
      await page.locator('.article-list a').first().click()
      expect(await page.locator('h1').isVisible()).toBe(true)
      await page.goto(`${sample.url}/${locale}/resources`)
      expect(await page.locator('form').isVisible()).toBe(false)
      const cards = page.locator('.finder-list > li:visible')
      expect(await cards.count()).toBeGreaterThan(5)
      expect(await page.locator('.resource-phone a:visible').count()).toBeGreaterThan(2)
      expect(await page.locator('.finder-status').textContent()).toBe(
        phrases.shownOf(`${await cards.count()}`, `${await cards.count()}`),
      )
      expect(await page.locator('.exit-keys').first().isVisible()).toBe(false)
      await done()
    })

    test('say where to get help when there is no page', async () => {
      const { page, done } = await open(desktop)
      const address = `${sample.url}/${locale}/no/such/page`
      expect(await visit(page, `/${locale}/no/such/page`)).toEqual([])
      expect(await page.locator('.in-danger a[href="tel:911"]').isVisible()).toBe(true)
      expect(await page.locator('main a[href$="/resources"]').isVisible()).toBe(true)
      await done([
        `GET ${address}: 404`,
        'console: Failed to load resource: the server responded with a status of 404 (Not Found)',
      ])
    })
  })

  describe('pages of what ended', () => {
    let place: Awaited<ReturnType<typeof workspace>>
    let front: Front
    let address: string
    beforeAll(async () => {
      const publication = new Publication(Site.parse({ ...site, url: 'http://127.0.0.1' }))
      for (const [at, locale] of locales.entries())
        for (const [slug, act] of [
          ['gone', 'gone'],
          ['purged', 'purge'],
          ['withdrawn', 'withdraw'],
        ] as const) {
          const id = uid(400 + at * 10 + slug.length)
          publication.publish(articleNamed({ uid: id, locale, slug, title: 'Rest', body: root(paragraph('Rest.')) }))
          publication.end(id, locale, act)
        }
      place = await workspace(publication, { channels })
      await place.reconcile()
      front = createFront({ store: place.store })
      address = `http://127.0.0.1:${await front.listen(0)}`
    })
    afterAll(async () => {
      await front?.close()
      await place?.remove()
    })

    test.each(locales)(
      'in %s say so, and where to get help, on a phone in the dark and on a desktop',
      async (locale) => {
        for (const [view, javaScriptEnabled] of [
          [views.phone, true],
          [views.desktop, true],
          [views.phone, false],
        ] as const) {
          const context = await browser.newContext({ ...view, javaScriptEnabled })
          const page = await context.newPage()
          for (const [slug, act] of Object.entries({
            gone: 'gone',
            purged: 'purged',
            withdrawn: 'withdrawn',
          } as const)) {
            const response = await page.goto(`${address}/${locale}/articles/${slug}`)
            expect(response?.status(), slug).toBe(410)
            expect(await page.locator('main .notice').first().textContent()).toContain(
              phrasesOf(locale)[`${act}Notice`],
            )
            expect(await page.locator('h1').count()).toBe(1)
            expect(await page.locator('.in-danger a[href="tel:911"]').isVisible()).toBe(true)
            expect(await page.locator(`main a[href="/${locale}/resources"]`).isVisible()).toBe(true)
            if (javaScriptEnabled && act !== 'withdrawn') expect(await seriousOn(page)).toEqual([])
          }
          await context.close()
        }
      },
    )
  })

  /** Goes to a page, with what a reader would stumble over. */
  async function visit(page: Page, path: string): Promise<string[]> {
    await page.goto(sample.url + path)
    const serious = await seriousOn(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
    return [
      ...serious.map((problem) => `${path} ${problem}`),
      ...(wide > 0 ? [`${path} is ${wide} pixels too wide`] : []),
    ]
  }
  async function seriousOn(page: Page): Promise<string[]> {
    await page.evaluate(axe)
    const violations = await page.evaluate(async () => {
      const { axe } = window as never as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
      return (await axe.run({ resultTypes: ['violations'] })).violations
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
  }
  type Violation = { id: string; impact: string; nodes: { html: string }[] }

  test('an article weighs 60 KB at most without its pictures', async () => {
    const { page, done } = await open(desktop)
    const files: Response[] = []
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'image') files.push(response)
    })
    await page.goto(`${sample.url}/en/articles/opioid-withdrawal-safely`, { waitUntil: 'networkidle' })
    const bodies = await Promise.all(files.map((file) => file.body()))
    const bytes = bodies.reduce((sum, body) => sum + brotliCompressSync(body).byteLength, 0)
    expect(bytes).toBeGreaterThan(5000)
    expect(bytes).toBeLessThan(60_000)
    await done()
  })

  test('the finder narrows the list, tells what it shows, and asks nobody', async () => {
    const { page, done } = await open(desktop)
    await page.goto(`${sample.url}/en/resources`, { waitUntil: 'networkidle' })
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    const shown = page.locator('.finder-list > li:visible')
    const all = await shown.count()
    await page.getByLabel('Kind of help').selectOption('support-group')
    const groups = await shown.count()
    expect(groups).toBeGreaterThan(0)
    expect(groups).toBeLessThan(all)
    expect(await page.getByRole('status').textContent()).toBe(`Shown: ${groups} of ${all}`)
    await page.getByLabel('With the words').fill('no such words anywhere')
    expect(await shown.count()).toBe(0)
    expect(await page.locator('.finder-nothing').isVisible()).toBe(true)
    await page.getByRole('button', { name: 'Show all' }).click()
    await expect.poll(() => shown.count()).toBe(all)
    expect(page.url()).toBe(`${sample.url}/en/resources`)
    expect(asked).toEqual([])
    await done()
  })

  test('the finder tells what is open now, by the clock of where it is, and what it does not know', async () => {
    const { page, done } = await open(phone)
    // A Wednesday; in New York it is 21:30, in daylight saving time.
    await page.clock.setFixedTime('2026-06-04T01:30:00Z')
    await page.goto(`${sample.url}/en/resources`, { waitUntil: 'networkidle' })
    const card = (name: string) => page.locator('.finder-list > li').filter({ hasText: name })
    const state = (name: string) => card(name).locator('.resource-open').textContent()
    expect(await state('NAMI HelpLine')).toBe('Open now')
    expect(await state('Samaritans')).toBe('Open now')
    expect(await state('Talk to FRANK')).toBe(phrasesOf('en').hoursNotKnown)
    expect(await card('MedlinePlus').locator('.resource-open').count()).toBe(0)
    // On a phone the list comes first.
    const choice = page.getByLabel('Only what is open now')
    expect(await choice.isVisible()).toBe(false)
    await page.getByText('Narrow down the list').click()
    await choice.check()
    expect(await card('NAMI HelpLine').isVisible()).toBe(true)
    expect(await card('MedlinePlus').isVisible()).toBe(true)
    expect(await card('Talk to FRANK').isVisible()).toBe(false)
    expect(await page.locator('.finder-untold').textContent()).toMatch(
      /^Not shown, because we cannot tell.*: [1-9]\d*$/,
    )
    await page.clock.setFixedTime('2026-06-04T02:00:00Z')
    await page.getByLabel('Cost').selectOption('Free')
    expect(await card('NAMI HelpLine').isVisible()).toBe(false)
    expect(await state('NAMI HelpLine')).toBe('Closed now')
    await done()
  })

  test('a place in the finder brings what serves all of it, a part of it, and the world', async () => {
    const { page, done } = await open(desktop)
    await page.goto(`${sample.url}/en/resources`, { waitUntil: 'networkidle' })
    const shown = (name: string) => page.locator('.finder-list > li').filter({ hasText: name }).isVisible()
    const choose = async (place: string) => {
      await page.getByLabel('Area served').selectOption(place)
      return [await shown('NHS 111'), await shown('Samaritans'), await shown('988 Suicide'), await shown('MedlinePlus')]
    }
    expect(await choose('United Kingdom')).toEqual([true, true, false, true])
    expect(await choose('United Kingdom / England')).toEqual([true, true, false, true])
    expect(await choose('Ireland')).toEqual([false, true, false, true])
    expect(await choose('United States')).toEqual([false, false, true, true])
    await done()
  })

  test('the search asks for its index once, when it is first used, and finds as one types', async () => {
    const { page, done } = await open(desktop)
    const options = {
      fields: ['title', 'summary'],
      storeFields: ['title', 'summary', 'slug'],
      searchOptions: { prefix: true, fuzzy: 0.15 },
    }
    const index = new MiniSearch(options)
    index.addAll([
      {
        id: 'a',
        title: 'Naloxone <b>now</b>',
        summary: 'It reverses an overdose.',
        slug: 'naloxone-how-to-use-it',
      },
      { id: 'b', title: 'Sleep in early recovery', summary: 'Rest.', slug: 'sleep-in-early-recovery' },
    ])
    const resourceOptions = {
      fields: ['name'],
      storeFields: ['name', 'kind', 'description'],
      searchOptions: { prefix: true },
    }
    const resourceIndex = new MiniSearch(resourceOptions)
    resourceIndex.add({ id: 'uid-1', name: 'Naloxone helpline', kind: 'Helpline', description: 'It answers.' })
    const resources = { options: resourceOptions, index: resourceIndex.toJSON() }
    const asked: string[] = []
    await page.route('**/v1/en/search.json', (route) => {
      asked.push(route.request().url())
      return route.fulfill({ json: { options, index: index.toJSON(), resources } })
    })
    await page.goto(`${sample.url}/en`, { waitUntil: 'networkidle' })
    expect(asked).toEqual([])
    await page.getByLabel('Search this guidance').fill('nalóx')
    const hit = page.locator('.search-results a')
    await hit.first().waitFor()
    expect(await hit.allTextContents()).toEqual(['Naloxone helpline', 'Naloxone <b>now</b>'])
    expect(await hit.first().getAttribute('href')).toBe('/en/resources#resource-uid-1')
    expect(await page.locator('.search-status').textContent()).toBe('Places to get help: 1 · Articles found: 1')
    await page.getByLabel('Search this guidance').fill('zebra')
    await expect.poll(() => page.locator('.search-status').textContent()).toBe(phrasesOf('en').searchNone)
    await page.getByLabel('Search this guidance').fill('overdose')
    await hit.click()
    await page.waitForURL(sample.url + article('en'))
    expect(asked).toHaveLength(1)
    await done()
  })

  test('the way out leaves no way back into the page, by link and by Shift three times', async () => {
    for (const leave of [
      (page: Page) => page.locator('.exit a').click(),
      async (page: Page) => {
        for (let press = 0; press < 3; press++) await page.keyboard.press('Shift')
      },
    ]) {
      const context = await browser.newContext(desktop)
      const page = await context.newPage()
      await context.route('https://www.wikipedia.org/', (route) => route.fulfill({ body: 'Elsewhere' }))
      await page.goto(`${sample.url}/en`)
      await page.goto(sample.url + article('en'))
      await leave(page)
      await page.waitForURL('https://www.wikipedia.org/')
      await page.goBack()
      expect(page.url()).toBe(`${sample.url}/en`)
      await context.close()
    }
  })

  test('paper gets the article without what only a screen can use', async () => {
    const { page, done } = await open(desktop)
    await page.goto(sample.url + article('en'))
    await page.emulateMedia({ media: 'print' })
    for (const name of ['.exit', '.main-menu', '.contents', '.breadcrumb', '.exit-hint'])
      expect(await page.locator(name).first().isVisible(), name).toBe(false)
    for (const name of ['h1', '.review', '.in-danger', '.sources', '.about'])
      expect(await page.locator(name).first().isVisible(), name).toBe(true)
    await done()
  })

  describe('on the page of somebody else', () => {
    let host: Server
    let address: string
    let html = ''
    let policy = ''
    beforeAll(async () => {
      host = createServer((_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy })
        response.end(
          `<!doctype html><html lang="en"><title>Clinic</title><link rel="icon" href="data:,"><h1>Clinic</h1>${html}`,
        )
      })
      await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
      address = `http://127.0.0.1:${(host.address() as AddressInfo).port}/`
      policy = `default-src 'none'; script-src ${sample.url}; connect-src ${sample.url}; img-src ${sample.url} data:; base-uri 'none'`
    })
    afterAll(() => host?.close())

    const line = (locale: string, slug: string, fallback = '') =>
      `<script type="module" src="${sample.url}/v1/embed.js"></script><signpost-article locale="${locale}" slug="${slug}">${fallback}</signpost-article>`

    test.each(['en', 'ar'] as const)('the embed shows an article in %s under a strict policy', async (locale) => {
      html = line(locale, 'naloxone-how-to-use-it')
      const context = await browser.newContext(desktop)
      const page = await context.newPage()
      const complaints = complaintsOf(page)
      const asked: { method: string; url: string; headers: Record<string, string> }[] = []
      page.on('request', (request) =>
        asked.push({ method: request.method(), url: request.url(), headers: request.headers() }),
      )
      await page.goto(address)
      const shown = page.locator('signpost-article article')
      await shown.waitFor()
      expect(await shown.getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
      expect(await shown.locator('.notice').textContent()).toContain(phrasesOf(locale).sampleNotice)
      expect(await shown.locator('.review').textContent()).toContain(phrasesOf(locale).lastReviewed)
      expect(await shown.locator('.body h2').count()).toBeGreaterThan(2)
      // The styles got through the policy, and none of ours gets into the page.
      expect(await shown.locator('.notice').evaluate((node) => getComputedStyle(node).fontWeight)).toBe('700')
      expect(await page.locator('style, [style], link[rel=stylesheet]').count()).toBe(0)
      expect(await seriousOn(page)).toEqual([])
      await page.waitForLoadState('networkidle')
      const sent = asked.filter(({ url }) => url !== address)
      expect(sent.map(({ method }) => method)).not.toContain('POST')
      for (const { url, headers } of sent) {
        expect(new URL(url)).toMatchObject({ origin: sample.url, search: '' })
        expect(headers.cookie).toBeUndefined()
      }
      const json = sent.filter(({ url }) => url.endsWith('.json'))
      expect(json.map(({ url }) => new URL(url).pathname)).toEqual([
        `/v1/${locale}/articles/naloxone-how-to-use-it.json`,
      ])
      // What a page tells when it fetches the script is its own choice; the script tells nothing.
      const told = sent.filter(({ url }) => !url.endsWith('/v1/embed.js')).map(({ headers }) => headers.referer ?? '')
      expect(told.join('')).toBe('')
      expect(await context.cookies()).toEqual([])
      expect(complaints).toEqual([])
      await context.close()
    })

    test('what stands in its place stays when the article cannot be had; else a link', async () => {
      const page = await browser.newPage()
      html = line('en', 'no-such-article', '<a href="https://example.org/">Read it there</a>')
      await page.goto(address, { waitUntil: 'networkidle' })
      expect(await page.getByRole('link', { name: 'Read it there' }).isVisible()).toBe(true)
      html = line('en', 'no-such-article')
      await page.goto(address, { waitUntil: 'networkidle' })
      const link = page.locator('signpost-article a')
      expect(await link.getAttribute('href')).toBe(`${sample.url}/en/articles/no-such-article`)
      await page.close()
    })

    test('the client verifies a release, page by page and file by file', async () => {
      const { outputFiles } = await build({
        stdin: { contents: "export * from 'content-schemas/client'", resolveDir: import.meta.dirname },
        bundle: true,
        format: 'iife',
        globalName: 'signpost',
        platform: 'browser',
        write: false,
      })
      html = ''
      const context = await browser.newContext({ bypassCSP: true })
      const client = await context.newPage()
      await client.goto(address)
      await client.addScriptTag({ content: outputFiles[0]!.text })
      const { keys } = (await (await fetch(`${sample.url}/.well-known/jwks.json`)).json()) as {
        keys: { kid: string }[]
      }
      const result = await client.evaluate(
        async ([site, kid]) => {
          const { createClient, memoryCopy, verifyCopy } = (window as never as { signpost: typeof signpost }).signpost
          const client = createClient({ site: site!, keys: [kid!] })
          const titles: string[] = []
          for await (const { title } of client.items('en')) titles.push(title)
          const copy = memoryCopy()
          const { index } = await client.sync(copy)
          const verified = await verifyCopy(copy, { keys: [kid!] })
          const code = await createClient({ site: site!, keys: ['x'] })
            .release()
            .then(
              () => '',
              (error: { code: string }) => error.code,
            )
          return { titles: titles.length, same: verified.index.signed === index.signed, files: copy.files.size, code }
        },
        [sample.url, keys[0]!.kid],
      )
      expect(result).toMatchObject({ same: true, code: 'forged' })
      expect(result.titles).toBeGreaterThan(5)
      expect(result.files).toBeGreaterThan(100)
      await context.close()
    })
  })
})
