import { readFileSync } from 'node:fs'
import type { Browser, Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import * as admin from './admin.ts'
import type { Running } from './signpost.ts'
import { story } from './story.ts'

/*
 * The admin for people who do not see it, or use no mouse: every screen of ours through axe, and the way of an article by
 * keyboard alone. Then what a reader answers, from the page to the dashboard. The tests run in order.
 */

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const patience = { timeout: 60_000, interval: 200 }

/** Violations that keep people out, as `<rule>: <element>`, once the page is complete. */
async function seriousOn(page: Page): Promise<string[]> {
  await page.waitForLoadState('networkidle')
  for (let look = 1; ; look++) {
    const found = await violationsOn(page)
    if (found.length === 0 || look === 4) return found
    // What has just come is named a moment later.
    await page.waitForTimeout(500)
  }
}

async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const { axe } = window as never as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    return (await axe.run({ resultTypes: ['violations'] })).violations
  })
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}
type Violation = { id: string; impact: string; nodes: { html: string }[] }

const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Presses Tab until an element has the focus, as somebody without a mouse does. */
async function tabTo(target: Locator, most = 400): Promise<void> {
  const page = target.page()
  await target.waitFor()
  for (let presses = 0; presses < most; presses++) {
    if (await target.evaluate((node) => node === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${most} times Tab did not lead to ${target}.`)
}
const press = async (target: Locator): Promise<void> => {
  await tabTo(target)
  await target.page().keyboard.press('Enter')
}

describe.skipIf(lacks('chromium'))('the admin without a mouse', () => {
  let signpost: Running
  let browser: Browser
  let page: Page
  const stage = story()
  beforeAll(() => {
    ;({ signpost, browser, page } = stage)
  })

  /** Somebody else at a browser of their own. */
  async function somebody(role: string, viewport = { width: 1440, height: 1000 }): Promise<Page> {
    const context = await browser.newContext({ viewport })
    const own = await context.newPage()
    own.setDefaultTimeout(60_000)
    await own.goto(`${signpost.url}/admin/login`)
    const { email, password } = signpost.signIn(role)
    await tabTo(own.locator('#field-email'))
    await own.keyboard.type(email)
    await tabTo(own.locator('#field-password'))
    await own.keyboard.type(password)
    await own.keyboard.press('Enter')
    await own.waitForURL((address) => !address.pathname.endsWith('/login'))
    return own
  }

  /** Opens the first row of a list. */
  async function openFirst(list: string): Promise<void> {
    await page.goto(`${signpost.url}/admin/collections/${list}`)
    await page.locator('tbody a').first().click()
    await page.waitForURL(/collections\/[a-z-]+\/[^/?]+/)
    await page.locator('.doc-controls, .signpost-state').first().waitFor()
  }
  const inArabic = 'articles?where[or][0][and][0][locale][equals]=ar'

  test('the sign-in', async () => {
    await page.goto(`${signpost.url}/admin/login`)
    await page.locator('#field-email').waitFor()
    expect(await seriousOn(page)).toEqual([])
  })

  test.each(['admin', 'editor'])('the dashboard of the %s, at a desk and on a phone', async (role) => {
    const own = await somebody(role, { width: 375, height: 812 })
    await own.locator('.signpost-desk').waitFor()
    expect(await tooWide(own)).toBe(0)
    expect(await seriousOn(own)).toEqual([])
    await own.setViewportSize({ width: 1440, height: 1000 })
    expect(await seriousOn(own)).toEqual([])
    await own.context().close()
  })

  test('lists and forms of ours', async () => {
    await admin.signIn(page, signpost.url, signpost.signIn('admin'))
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      const serious = await seriousOn(page)
      if (serious.length > 0) found[name] = serious
    }
    for (const list of ['resources', 'wording-rules', 'users', inArabic]) {
      await openFirst(list)
      await look(list)
    }
    for (const tab of ['Evidence and review', 'People and rights']) {
      await admin.openTab(page, tab)
      await look(`${inArabic}, ${tab}`)
    }
    await page.locator('.doc-tabs').getByRole('link', { name: 'Preview' }).click()
    await page.locator('.signpost-preview iframe').waitFor()
    await look(`${inArabic}, preview`)
    for (const path of ['account', 'collections/articles', 'collections/schedules', 'collections/feedback']) {
      await page.goto(`${signpost.url}/admin/${path}`)
      await look(path)
    }
    expect(found).toEqual({})
  })

  test('an article is written, submitted, approved and published by keyboard alone', async () => {
    const editor = await somebody('editor')
    await editor.goto(`${signpost.url}/admin/collections/articles?search=sleep-in-early`)
    await press(editor.locator('tbody a').first())
    await editor.waitForURL(/\/articles\/[0-9a-f-]{36}\.en/)
    const address = editor.url()
    const summary = editor.locator('#field-summary')
    await tabTo(summary)
    await editor.keyboard.press('ControlOrMeta+End')
    await editor.keyboard.type(' Small steps help.')
    await tabTo(admin.editor(editor, 'body'))
    await editor.keyboard.press('ControlOrMeta+End')
    await editor.keyboard.press('Enter')
    await editor.keyboard.type('Rest counts too.')
    await press(editor.getByRole('button', { name: 'Submit for review' }))
    await tabTo(editor.getByLabel('Reviewer', { exact: true }))
    await editor.keyboard.type('Robin')
    await press(editor.locator('.signpost-state__form').getByRole('button', { name: 'Submit', exact: true }))
    await admin.untilState(editor, 'in-review')
    expect(await seriousOn(editor)).toEqual([])
    await editor.context().close()

    const reviewer = await somebody('reviewer')
    await press(reviewer.locator('[data-pile="reviews"] a', { hasText: 'Sleep in early' }))
    await reviewer.waitForURL(address)
    await press(reviewer.locator('.signpost-state__acts').getByRole('button', { name: 'Approve' }))
    await press(reviewer.getByRole('button', { name: 'Approve this text' }))
    await admin.untilState(reviewer, 'approved')
    await reviewer.context().close()

    const publisher = await somebody('publisher')
    await press(publisher.locator('[data-pile="approved"] a', { hasText: 'Sleep in early' }))
    await publisher.waitForURL(address)
    await press(publisher.getByRole('button', { name: 'Publish changes' }))
    await admin.untilState(publisher, 'published')
    await publisher.context().close()
    const shown = async () => (await fetch(`${signpost.url}/en/articles/sleep-in-early-recovery`)).text()
    await expect.poll(shown, patience).toContain('Rest counts too.')
  })

  test('what a reader answers, without script, waits on the dashboard', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 375, height: 812 } })
    const reader = await context.newPage()
    await reader.goto(`${signpost.url}/ar/articles/naloxone-how-to-use-it`)
    await reader.locator('input[name=helpful][value=no]').check()
    await reader.locator('textarea').fill('رقمي 0551234567')
    await reader.locator('.feedback button').click()
    await reader.waitForURL(`${signpost.url}/ar/feedback`)
    expect(await reader.locator('main a[href="tel:911"]').count()).toBe(1)
    expect(await context.cookies()).toEqual([])
    await context.close()
    const waiting = async () => {
      await page.goto(`${signpost.url}/admin`)
      return page.locator('[data-pile="feedback"]').innerText()
    }
    await expect.poll(waiting, patience).toContain('رقمي [number]')
    await page.locator('[data-pile="feedback"] a', { hasText: 'رقمي' }).click()
    await page.locator('#field-comment').waitFor()
    expect(await seriousOn(page)).toEqual([])
  })

  test('a second factor is turned on, asked for, and let in with', async () => {
    await page.goto(`${signpost.url}/admin/account`)
    await page.getByRole('button', { name: 'Turn it on' }).click()
    const secret = (await page.locator('.signpost-secret').innerText()).replaceAll(' ', '')
    const { Secret, TOTP } = await import('otpauth')
    const code = (later = 0) =>
      new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + later })
    await page.getByLabel('Code').fill(code())
    await page.getByRole('button', { name: 'Turn it on' }).click()
    await page.locator('.signpost-codes li').first().waitFor()
    expect(await seriousOn(page)).toEqual([])
    const context = await browser.newContext()
    const again = await context.newPage()
    await again.goto(`${signpost.url}/admin/login`)
    const { email, password } = signpost.signIn('admin')
    await again.locator('#field-email').fill(email)
    await again.locator('#field-password').fill(password)
    await again.getByRole('button', { name: 'Login' }).click()
    await again.locator('#field-code').fill(code(30_000))
    expect(await seriousOn(again)).toEqual([])
    await again.getByRole('button', { name: 'Login' }).click()
    await again.locator('.signpost-desk').waitFor()
    await context.close()
  })
})
