import { execFileSync } from 'node:child_process'
import type { ArticleJson, Feed } from 'content-schemas'
import type { Browser, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import * as admin from './admin.ts'
import { writtenBlocks } from './every-block.ts'
import type { Running } from './signpost.ts'
import { story } from './story.ts'

/*
 * A publisher's day in a real browser: from a new article to its tombstone, with a reviewer at a phone in between. The
 * tests are the stages of one story and run in order.
 */

const title = 'Coming home after detox'
const summary = 'The first weeks at home are easier with a plan, a person to call and naloxone in the house.'
const mainMessage = 'Plan your first weeks at home before you leave.'
const address = 'coming-home-after-detox'
const reviewer = 'Robin Sample (fictional)'
const sentence = 'The first days can be hard.'
const blockWords = writtenBlocks.flatMap(({ words }) => words)
const everyWord = [title, mainMessage, 'Before you leave', sentence, 'MedlinePlus', 'Pack a bag', ...blockWords]

describe.skipIf(lacks('chromium'))('an article in the browser', () => {
  let signpost: Running
  let browser: Browser
  let page: Page
  let complaints: string[]
  let firstStamp: string

  const stage = story()
  beforeAll(() => {
    ;({ signpost, browser, page, complaints } = stage)
  })

  const get = (path: string) => fetch(`${signpost.url}${path}`, { redirect: 'manual' })
  const published = async () => (await (await get(`/v1/en/articles/${address}.json`)).json()) as ArticleJson
  const inFeed = async (): Promise<Feed['items'][number] | undefined> => {
    const feed = (await (await get('/v1/en/feed.json')).json()) as Feed
    return feed.items.find(({ url }) => url.endsWith(`/${address}`))
  }
  /** The text of a page as its reader sees it, in a tab of its own. */
  const visibleText = async (path: string) => {
    const tab = await browser.newPage()
    await tab.goto(`${signpost.url}${path}`)
    const text = await tab.locator('body').innerText()
    await tab.close()
    return text
  }

  /** Does something as the reviewer, in a browser of their own with the size of a phone. */
  const reviewed = async (run: (phone: Page) => Promise<void>) => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    const phone = await context.newPage()
    phone.setDefaultTimeout(60_000)
    await admin.signIn(phone, signpost.url, signpost.signIn('reviewer'))
    await run(phone)
    await context.close()
  }

  test('a publisher signs in and starts an article', async () => {
    await admin.signIn(page, signpost.url, signpost.signIn('publisher'))
    await admin.startArticle(page, signpost.url)
    await admin.fill(page, 'title', title)
  })

  test('an incomplete article is refused, with the reasons one a line', async () => {
    const notice = await admin.publishRefused(page)
    for (const reason of [
      'There is no summary. Lists, feeds and e-mails show it in place of the article.',
      'No source is given, so nobody can tell what the guidance rests on.',
      'No reviewer has approved it.',
    ])
      expect(notice.split('\n').map((line) => line.replace(/^• /, ''))).toContain(reason)
    expect(await inFeed()).toBeUndefined()
  })

  test('what readers and reviewers need is filled in', async () => {
    await admin.fill(page, 'summary', summary)
    await admin.fill(page, 'mainMessage', mainMessage)
    await admin.choose(page, 'topics', 'Opioid withdrawal')
    await admin.choose(page, 'audiences', 'For patients')

    await admin.openTab(page, 'Evidence and review')
    await admin.addRow(page, 'sources')
    await admin.fill(page, 'sources.0.title', 'Opiate and opioid withdrawal')
    await admin.fill(page, 'sources.0.publisher', 'MedlinePlus')
    await admin.fill(page, 'sources.0.url', 'https://medlineplus.gov/ency/article/000949.htm')

    await admin.openTab(page, 'People and rights')
    await admin.choose(page, 'authors', 'Alex Sample')
    await admin.openTab(page, 'Article')
  })

  test('headings, bold words, links and lists are written', async () => {
    const body = admin.editor(page, 'body')
    const { keyboard } = page
    await body.click()
    await admin.pickFromMenu(page, 'heading-2')
    await keyboard.type('Before you leave')
    await keyboard.press('Enter')
    await keyboard.type('The first days can be ')
    await admin.pressFormat(page, 'body', 'bold')
    await keyboard.type('hard')
    await admin.pressFormat(page, 'body', 'bold')
    await keyboard.type('. Read more at MedlinePlus')
    await admin.linkLastWord(page, 'body', 'https://medlineplus.gov/opioidsandopioidusedisorderoud.html')
    await keyboard.press('Enter')
    await admin.pickFromMenu(page, 'unorderedList')
    await keyboard.type('Pack a bag')
    await keyboard.press('Enter')
    await keyboard.type('Ask for your medicines')
    // Twice: the first ends the item, the second the list.
    await keyboard.press('Enter')
    await keyboard.press('Enter')
    expect(await body.locator('> ul > li').allInnerTexts()).toEqual(['Pack a bag', 'Ask for your medicines'])
    expect(await body.innerText()).toContain('MedlinePlus')
  })

  test.each(writtenBlocks)('the block “$name” is written through the menu', async ({ slug, fill }) => {
    await fill(await admin.insertBlock(admin.editor(page, 'body'), slug))
  })

  test('a reviewer approves it at a phone', async () => {
    await admin.submit(page, reviewer)
    await reviewed(async (phone) => {
      await phone.goto(page.url())
      await admin.untilState(phone, 'in-review')
      await admin.approve(phone)
    })
    await page.reload()
    await admin.untilState(page, 'approved')
  })

  test('it is published', async () => {
    await admin.publish(page)
    await expect.poll(inFeed, { timeout: 60_000, interval: 250 }).toMatchObject({ title, summary })
    const article = await published()
    expect(article).toMatchObject({ title, summary, mainMessage, edition: { number: 1 } })
    // A shared passage is published as what it holds.
    const written = writtenBlocks.map(({ slug }) => slug).filter((slug) => slug !== 'snippet')
    expect(article.blocks.children.map(({ type }) => type)).toEqual([
      ...['heading', 'paragraph', 'list'],
      ...written,
      'callout',
    ])
    firstStamp = article.edition.stamp
  })

  test('its page shows every word', async () => {
    expectWords(await visibleText(`/en/articles/${address}`), everyWord)
  })

  test('its e-mail shows every word, in HTML and as text', async () => {
    expectWords(await visibleText(`/v1/en/emails/${address}.html`), everyWord)
    expectWords(await (await get(`/v1/en/emails/${address}.txt`)).text(), everyWord)
  })

  test.skipIf(lacks('pdftotext'))('its handout shows every word', async () => {
    const path = `/v1/en/handouts/${address}.a4.standard.pdf`
    await expect.poll(async () => (await get(path)).status, { timeout: 60_000, interval: 250 }).toBe(200)
    const pdf = Buffer.from(await (await get(path)).arrayBuffer())
    expectWords(execFileSync('pdftotext', ['-enc', 'UTF-8', '-', '-'], { input: pdf, encoding: 'utf8' }), everyWord)
  })

  test('the stamp of the copy says that it is current', async () => {
    expect(await visibleText(`/c/${firstStamp}`)).toContain('Yes, this copy is current')
  })

  test('a changed title makes edition 2, and the stamp of the first copy says so', async () => {
    const changed = `${title}: a plan`
    await admin.fill(page, 'title', changed)
    expect(await admin.publishRefused(page)).toContain(`It was changed after ${reviewer} approved it`)
    await admin.submit(page, reviewer)
    await reviewed(async (phone) => {
      await phone.goto(page.url())
      await admin.approve(phone)
    })
    await page.reload()
    await admin.publish(page)
    await expect.poll(inFeed, { timeout: 60_000, interval: 250 }).toMatchObject({ title: changed })
    expect(await published()).toMatchObject({ title: changed, edition: { number: 2 } })
    expect(await visibleText(`/en/articles/${address}`)).toContain(changed)
    expect(await visibleText(`/c/${firstStamp}`)).toContain('No, there is a newer edition')
  })

  test('unpublishing leaves a tombstone in every form', async () => {
    await admin.unpublish(page)
    await expect.poll(inFeed, { timeout: 60_000, interval: 250 }).toBeUndefined()
    for (const path of [`/en/articles/${address}`, `/v1/en/articles/${address}.json`, `/v1/en/emails/${address}.html`])
      expect((await get(path)).status, path).toBe(410)
    expect(await visibleText(`/c/${firstStamp}`)).toContain('withdrawn')
  })

  test('the browser had nothing to complain about but the refusal', () => {
    expect(complaints.filter((complaint) => !/422/.test(complaint))).toEqual([])
  })
})

/**
 * Expects each passage in a text, whatever its lines and case: mails wrap and draw a margin beside boxes, and styles write
 * headings in capitals.
 */
function expectWords(text: string, passages: string[]): void {
  const plain = (words: string) =>
    words
      .replace(/\u00ad|^[!|] ?/gm, '')
      .replace(/\s+/g, ' ')
      .toLowerCase()
  const found = plain(text)
  expect(passages.filter((passage) => !found.includes(plain(passage)))).toEqual([])
}
