import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { enter } from './admin.ts'
import { complaintsOf, leaveTrail, openBrowser } from './browser.ts'
import { type Running, remove, startSignpost } from './signpost.ts'

/** A Signpost with its sample, and a browser that looks at it. */
export type Story = {
  readonly signpost: Running
  readonly browser: Browser
  readonly page: Page
  /** What the page complained about so far. */
  readonly complaints: string[]
  /** A page of somebody else, at a browser of their own: signed in in a role, or with an account. */
  somebody(who: string | Account, viewport?: { width: number; height: number }): Promise<Page>
}
export type Account = { email: string; password: string }

const desk = { width: 1440, height: 1000 }

/**
 * Sets up, in the `describe` that calls it, a Signpost started as a user starts it and a page in a browser. The tests are
 * the stages of one story and run in order: once one has failed, the rest is left out.
 */
export function story(): Story {
  let signpost: Running | undefined
  let browser: Browser | undefined
  let page: Page
  let complaints: string[]
  let hasFailed = false

  beforeAll(async () => {
    signpost = await startSignpost()
    await signpost.until(/Signpost is ready/)
    browser = await openBrowser()
    page = await (await browser.newContext({ viewport: desk })).newPage()
    page.setDefaultTimeout(60_000)
    complaints = complaintsOf(page)
  })
  beforeEach(({ onTestFailed, skip }) => {
    if (hasFailed) skip('The stage before it failed.')
    onTestFailed(async () => {
      hasFailed = true
      await leaveTrail(page, complaints)
    })
  })
  afterAll(async () => {
    await browser?.close()
    if (!signpost) return
    await signpost.stop()
    remove(signpost.dataDir)
  })

  return {
    get signpost() {
      return signpost!
    },
    get browser() {
      return browser!
    },
    get page() {
      return page
    },
    get complaints() {
      return complaints
    },
    somebody: async (who, viewport = desk) => {
      const context = await browser!.newContext({ viewport })
      const own = await context.newPage()
      own.setDefaultTimeout(60_000)
      await enter(own, signpost!.url, typeof who === 'string' ? signpost!.signIn(who) : who)
      return own
    },
  }
}
