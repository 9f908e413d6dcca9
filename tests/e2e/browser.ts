import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, type Page, chromium as playwright } from 'playwright-core'
import { chromium } from '../needs.ts'

/** Starts the Chromium of this machine. It calls nobody but the pages it is sent to. */
export const openBrowser = (): Promise<Browser> =>
  playwright.launch({
    executablePath: `/usr/bin/${chromium}`,
    args: [
      '--no-sandbox',
      '--headless',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })

/** What a page complained about: errors on its console, exceptions, requests that got no answer or a wrong one. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`exception: ${error.message}`))
  page.on('requestfailed', (request) => {
    // A page that moves on takes back what it asked for.
    const reason = request.failure()?.errorText
    if (reason !== 'net::ERR_ABORTED') complaints.push(`${request.method()} ${request.url()}: ${reason}`)
  })
  page.on('response', (response) => {
    if (response.status() >= 400)
      complaints.push(`${response.request().method()} ${response.url()}: ${response.status()}`)
  })
  return complaints
}

/** Says where a test that failed had come to, and keeps a picture of it. */
export async function leaveTrail(page: Page, complaints: string[]): Promise<void> {
  const picture = join(mkdtempSync(join(tmpdir(), 'signpost-trail-')), 'page.png')
  await page.screenshot({ path: picture, fullPage: true, timeout: 30_000 }).catch(() => undefined)
  console.error([`Failed on ${page.url()}`, `Its picture: ${picture}`, ...complaints.slice(-20)].join('\n'))
}

const axe = readFileSync(new URL('../../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
type Violation = { id: string; impact: string; nodes: { html: string }[] }

/** Violations that keep people out, as `<rule>: <element>`, once the page is complete. */
export async function seriousOn(page: Page): Promise<string[]> {
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

/** Pixels that a page is wider than its window. */
export const tooWide = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
