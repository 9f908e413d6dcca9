import { mkdtempSync } from 'node:fs'
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
