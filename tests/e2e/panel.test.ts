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

  test('the draft is shown as readers would get it', async () => {
    await page.locator('.doc-tabs').getByRole('link', { name: 'Preview' }).click()
    const frame = page.frameLocator('.signpost-preview iframe')
    await frame.locator('h1', { hasText: 'who come home' }).waitFor()
    await page.getByRole('button', { name: 'Phone' }).click()
    await expect
      .poll(async () => (await page.locator('.signpost-preview iframe').boundingBox())?.width, patience)
      .toBeLessThan(400)
    await page.getByRole('button', { name: 'E-mail', exact: true }).click()
    await frame.locator('table').first().waitFor()
    await page.getByRole('button', { name: 'E-mail as text' }).click()
    await frame.getByText('who come home').first().waitFor()
    await page.getByRole('button', { name: 'JSON' }).click()
    await frame.getByText('"kind"').or(frame.getByText('"title"')).first().waitFor()
  })

  test('its handout comes from the worker', async () => {
    const address = await page.getByRole('link', { name: 'Open the handout' }).getAttribute('href')
    const start = (path: string) => fetch(path).then(async (answer) => (await answer.text()).slice(0, 300))
    expect(await page.evaluate(start, address!)).toMatch(/^%PDF-/)
  })
})
