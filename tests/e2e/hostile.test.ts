import type { Site } from 'content-schemas'
import type { Row } from 'pipeline/channels/channel.ts'
import { channels } from 'pipeline/channels/index.ts'
import { compile } from 'pipeline/compile.ts'
import { catalogueOf, listContext } from 'pipeline/release/catalogue.ts'
import type { Published } from 'pipeline/source.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { uid } from '../pipeline/documents.ts'
import { environmentFor, publishedArticle, publishedIssue, siteOf, words } from '../pipeline/specimen.ts'
import { openBrowser } from './browser.ts'
import { addresses, infect, vectors } from './vectors.ts'

/*
 * Every word of an article, an issue, their records and the publication is a vector, over and over until each vector
 * stood in two places. What the writers make of them is loaded without any policy that could stop a script.
 */

const origin = 'https://reader.test'
const rounds = 2

describe.skipIf(lacks('chromium'))('an author who means harm', () => {
  let browser: Browser
  let page: Page
  let html = ''
  let requests: string[] = []
  let dialogs = 0
  let errors: string[] = []
  beforeAll(async () => {
    browser = await openBrowser()
    const context = await browser.newContext()
    await context.addInitScript(() => {
      const ran: string[] = []
      const report = (name: string) => () => void ran.push(name)
      const names = ['xss', 'alert', 'confirm', 'prompt', 'print', 'open']
      Object.assign(window, { ran }, Object.fromEntries(names.map((name) => [name, report(name)])))
    })
    await context.route('**', (route) => {
      const url = route.request().url()
      if (url === `${origin}/`) return route.fulfill({ contentType: 'text/html; charset=utf-8', body: html })
      requests.push(url)
      return route.fulfill({ status: 404, body: '' })
    })
    page = await context.newPage()
    page.on('dialog', (dialog) => {
      dialogs += 1
      return dialog.dismiss()
    })
    page.on('pageerror', ({ message }) => errors.push(message))
  })
  afterAll(() => browser?.close())

  /** Loads a page, does all to it a reader could, and says what got through. */
  async function load(source: string, how: 'as a page' | 'into a page' = 'as a page') {
    ;[requests, dialogs, errors] = [[], 0, []]
    html = how === 'as a page' ? source : '<!doctype html><title>Host</title><main></main>'
    await page.goto(`${origin}/`, { waitUntil: 'load' })
    if (how === 'into a page')
      await page.evaluate((text) => {
        document.querySelector('main')!.innerHTML = text
      }, source)
    const found = await page.evaluate(async () => {
      document.addEventListener('click', (event) => event.preventDefault(), true)
      const events = [
        'click',
        'mouseover',
        'pointerenter',
        'focus',
        'blur',
        'toggle',
        'load',
        'error',
        'copy',
        'keydown',
      ]
      const elements = [...document.querySelectorAll('*')]
      for (const element of elements)
        for (const name of events) element.dispatchEvent(new Event(name, { bubbles: true }))
      await new Promise((resolve) => setTimeout(resolve, 30))
      const attributes = elements.flatMap((element) => [...element.attributes])
      return {
        ran: (window as never as { ran: string[] }).ran,
        handlers: attributes.filter(({ name }) => /^on|^(?:srcdoc|formaction)$/.test(name)).map(({ name }) => name),
        links: elements.flatMap((element) =>
          element instanceof HTMLAnchorElement &&
          element.hasAttribute('href') &&
          !/^(?:https?|mailto|tel|sms):$/.test(element.protocol)
            ? [element.outerHTML]
            : [],
        ),
        elements: elements.length,
      }
    })
    // Our own files: stylesheet, icon and scripts of the pages, and the pictures of the publication.
    const foreign = requests.filter(
      (url) =>
        !/^https:\/\/(?:reader\.test\/assets\/[a-z]+\.|(?:reader\.test|guide\.example\.org)\/v1\/objects\/[0-9a-f]{64}$)/.test(
          url,
        ),
    )
    return { ...found, requests: foreign, dialogs, errors }
  }
  const nothing = { ran: [], handlers: [], links: [], requests: [], dialogs: 0, errors: [] }

  test('the vectors are many, and work where nobody stops them', async () => {
    expect(vectors.length).toBeGreaterThan(1000)
    const raw = vectors.filter((vector) => vector.startsWith('<') && !/refresh|shadowroot|textarea/.test(vector))
    const { ran, requests, handlers } = await load(`<!doctype html><body>${raw.slice(0, 40).join('\n')}`)
    expect(ran.length).toBeGreaterThan(5)
    expect(handlers.length).toBeGreaterThan(5)
    expect(requests.length).toBeGreaterThan(5)
  })

  test('gets none of them through any writer of HTML', async () => {
    let [position, address] = [0, 0]
    const next: Next = (from) =>
      from === 'words' ? vectors[position++ % vectors.length]! : addresses[address++ % addresses.length]!
    const rows: Row[] = []
    const closed: string[] = []
    const pages: Record<string, string> = {}
    while (position < vectors.length * rounds) {
      for (const published of [publishedArticle('en'), publishedArticle('ar'), publishedIssue('en')]) {
        const { files, failed, row } = await compile(
          infected(published, next),
          environmentIn(published, next),
          channels,
          1,
        )
        rows.push({ ...row, uid: uid(position) })
        expect(failed.map(({ error }) => String(error))).toEqual([])
        for (const { path, type, body } of files) {
          if (type.startsWith('text/html')) pages[`${position} ${path}`] = String(body)
          if (path.startsWith('/v1/') && path.endsWith('.json')) {
            const { html } = JSON.parse(String(body)) as { html?: string }
            if (html) closed.push(html)
          }
        }
      }
    }
    const site = { ...infect(siteOf(words.en), next), url: siteOf(words.en).url }
    const about = { site, locale: 'en' as const, locales: ['en' as const], today: '2026-03-01' }
    const context = listContext(catalogueOf(rows), about)
    for (const list of channels.flatMap((channel) => channel.lists?.(context) ?? [])) {
      const { path, type, body } = list.render()
      if (type.startsWith('text/html')) pages[path] = String(body)
    }
    expect(closed.length).toBeGreaterThan(5)
    expect(Object.keys(pages).length).toBeGreaterThan(20)
    for (const how of ['as a page', 'into a page'] as const)
      expect(await load(closed.join('\n'), how), `closed HTML ${how}`).toMatchObject(nothing)
    for (const [name, source] of Object.entries(pages)) expect(await load(source), name).toMatchObject(nothing)
  })
})

type Next = Parameters<typeof infect>[1]
function infected({ live, history }: Published, next: Next): Published {
  const { document, records, articles, changeNote } = live
  return {
    live: { ...live, ...infect({ document, records, articles, changeNote }, next) },
    history: history.map((edition) => ({ ...edition, ...infect({ title: edition.title, changeNote }, next) })),
  }
}

const environmentIn = ({ live: { locale } }: Published, next: Next) => {
  const { url, ...site } = siteOf(words[locale])
  return environmentFor(locale, { site: { ...infect(site, next), url } satisfies Site })
}
