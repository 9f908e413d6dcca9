import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import * as admin from './admin.ts'
import type { Running } from './signpost.ts'
import { story } from './story.ts'

/* What stands beside the text while an editor writes, and what readers would get of it. The tests run in order. */

const patience = { timeout: 60_000, interval: 200 }

describe.skipIf(lacks('chromium'))('beside the text', () => {
  let signpost: Running
  let page: Page

  const stage = story()
  beforeAll(() => {
    ;({ signpost, page } = stage)
  })

  const panel = () => admin.remaining(page)
  const entries = (rule: string) => panel().locator(`[data-rule="${rule}"]`)
  const title = () => page.locator('#field-title')
  const text = () => admin.editor(page, 'body')

  test('what is to do follows the text, without a save', async () => {
    await admin.signIn(page, signpost.url, signpost.signIn('editor'))
    await admin.startArticle(page, signpost.url)
    await admin.fill(page, 'title', 'Coming home')
    await expect.poll(() => entries('summary-missing').count(), patience).toBe(1)
    await expect.poll(() => panel().innerText(), patience).toContain('To do by a reviewer')
    await admin.fill(page, 'summary', 'The first weeks at home.')
    await expect.poll(() => entries('summary-missing').count(), patience).toBe(0)
  })

  test('an entry leads to its field, in another tab too', async () => {
    await entries('sources-missing').getByRole('button').first().click()
    await page.locator('#field-sources').waitFor()
    await entries('urgent-help-missing').getByRole('button').first().click()
    await text().waitFor()
    await expect.poll(() => text().evaluate((node) => node === document.activeElement), patience).toBe(true)
  })

  test('words are replaced where they stand, in a field and in the text', async () => {
    await admin.fill(page, 'title', 'For addicts who come home')
    await admin.write(text(), 'Most addicts get well. Every addict can.')
    await expect.poll(() => entries('wording').count(), patience).toBe(3)
    await panel().locator('summary').first().click()
    const replace = async (at: number) => {
      const before = await entries('wording').count()
      await entries('wording').nth(at).getByRole('button', { name: 'Replace with' }).first().click()
      await expect.poll(() => entries('wording').count(), patience).toBe(before - 1)
    }
    await entries('wording').nth(1).getByRole('button').first().click()
    expect(await page.evaluate(() => String(document.getSelection()))).toBe('addicts')
    await replace(0)
    expect(await title().inputValue()).toMatch(/^For (?!addicts).+ who come home$/)
    await replace(0)
    await replace(0)
    expect(await text().innerText()).toMatch(/^Most (?!addicts).+ get well\. Every (?!addict ).+ can\.\s*$/)
  })

  const frame = (name: string) => page.frameLocator(`.signpost-preview iframe[title="${name}"]`)
  const toggle = (name: string) => page.getByRole('button', { name, exact: true }).click()
  const placeOf = async (name: string) => (await page.locator(`iframe[title="${name}"]`).boundingBox())!
  let complaints: number

  test('the draft is shown as readers would get it, in any forms side by side', async () => {
    complaints = stage.complaints.length
    await admin.write(text(), ' What was typed last.')
    await page.locator('.doc-tabs').getByRole('link', { name: 'Preview' }).click()
    await frame('Web page, desktop').locator('h1', { hasText: 'who come home' }).waitFor()
    await frame('Web page, desktop').getByText('What was typed last.').waitFor()
    for (const form of ['E-mail', 'E-mail as text', 'JSON']) await toggle(form)
    await frame('E-mail, desktop').locator('table').first().waitFor()
    await frame('E-mail as text').getByText('who come home').first().waitFor()
    await frame('JSON').getByText('"title"').first().waitFor()
    const [one, other] = [await placeOf('Web page, desktop'), await placeOf('E-mail, desktop')]
    expect(other.x).toBeGreaterThanOrEqual(one.x + one.width)
    expect(Math.abs(other.y - one.y)).toBeLessThan(2)
    for (const form of ['E-mail', 'E-mail as text', 'JSON']) await toggle(form)
    expect(await page.locator('.signpost-preview iframe').count()).toBe(1)
  })

  test('a screen keeps its width where there is less room, and what is chosen is remembered', async () => {
    await toggle('Phone')
    const widthIn = (name: string) =>
      frame(name)
        .locator('html')
        .evaluate(() => window.innerWidth)
    await frame('Web page, phone').locator('h1').waitFor()
    expect([await widthIn('Web page, desktop'), await widthIn('Web page, phone')]).toEqual([1280, 390])
    expect((await placeOf('Web page, desktop')).width).toBeLessThan(1280)
    await page.setViewportSize({ width: 390, height: 844 })
    await expect.poll(async () => (await placeOf('Web page, desktop')).width, patience).toBeLessThan(390)
    expect([await widthIn('Web page, desktop'), await widthIn('Web page, phone')]).toEqual([1280, 390])
    const [one, other] = [await placeOf('Web page, desktop'), await placeOf('Web page, phone')]
    expect(other.y).toBeGreaterThanOrEqual(one.y + one.height)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
    await page.setViewportSize({ width: 1440, height: 1000 })
    await page.reload()
    await frame('Web page, phone').locator('h1').waitFor()
    await toggle('Desktop')
  })

  test('the handout is shown page by page, and its PDF comes from the worker', async () => {
    await toggle('Handout')
    const first = frame('Handout').getByAltText(/^Page 1 of \d+$/)
    await first.waitFor()
    expect(await first.evaluate((picture) => (picture as HTMLImageElement).naturalWidth)).toBeGreaterThan(900)
    const address = await page.getByRole('link', { name: 'Open the PDF' }).getAttribute('href')
    const start = (path: string) => fetch(path).then(async (answer) => (await answer.text()).slice(0, 300))
    expect(await page.evaluate(start, address!)).toMatch(/^%PDF-/)
    await toggle('Handout')
  })

  test('it follows a form in another window, says what is not saved, and stays where its reader is', async () => {
    const form = await page.context().newPage()
    form.setDefaultTimeout(patience.timeout)
    await form.goto(page.url().replace(/\/preview$/, ''))
    const root = frame('Web page, phone').locator('html')
    await root.evaluate((element) => element.scrollTo(0, 300))
    await admin.fill(form, 'title', 'For people who stay at home')
    await page.getByText('has changes that are not saved yet').waitFor()
    await frame('Web page, phone').locator('h1', { hasText: 'who stay at home' }).waitFor()
    await expect.poll(() => root.evaluate((element) => element.scrollTop), patience).toBe(300)
    await page.getByText('has changes that are not saved yet').waitFor({ state: 'hidden' })
    await form.close()
    expect(stage.complaints.slice(complaints)).toEqual([])
  })
})
