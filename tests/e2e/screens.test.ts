import { type Actor, actRoles, hasRole, type Role } from 'cms/src/access/roles.ts'
import type { Browser, Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import * as admin from './admin.ts'
import { seriousOn, tooWide } from './browser.ts'
import type { Running } from './signpost.ts'
import { story } from './story.ts'

/*
 * The admin for people who do not see it, or use no mouse: every screen of ours through axe, with something on it, and the
 * way of an article by keyboard alone. What a reader answers,
 * from the page to the dashboard. And what each role finds where it may not do a thing. The tests run in order.
 */

const patience = { timeout: 60_000, interval: 200 }

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

describe.skipIf(lacks('chromium'))('the screens of the admin', () => {
  let signpost: Running
  let browser: Browser
  let page: Page
  const stage = story()
  beforeAll(() => {
    ;({ signpost, browser, page } = stage)
  })

  /** Somebody else at a browser of their own, signed in by keyboard. */
  async function atKeyboard(role: string, viewport = { width: 1440, height: 1000 }): Promise<Page> {
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

  /** What the server answers to somebody who is signed in. */
  async function asked<T>(own: Page, method: string, path: string, data?: object): Promise<T> {
    const options = { method, headers: { Origin: signpost.url }, ...(data && { data }) }
    const answer = await own.request.fetch(`${signpost.url}/api/${path}`, options)
    if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`)
    return answer.json()
  }

  /** What is serious on screens, by their names. */
  const looks = () => {
    const found: Record<string, string[]> = {}
    const look = async (name: string, own = page) => {
      const serious = await seriousOn(own)
      if (serious.length > 0) found[name] = serious
    }
    return { found, look }
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

  test.each(['admin', 'editor', 'reviewer', 'publisher'])(
    'the dashboard of the %s, at a desk and on a phone',
    async (role) => {
      const own = await stage.somebody(role, { width: 375, height: 812 })
      await own.goto(`${signpost.url}/admin`)
      await own.locator('.signpost-desk').waitFor()
      expect(await tooWide(own)).toBe(0)
      expect(await seriousOn(own)).toEqual([])
      await own.setViewportSize({ width: 1440, height: 1000 })
      expect(await seriousOn(own)).toEqual([])
      await own.context().close()
    },
  )

  test('lists and forms of ours', async () => {
    await admin.enter(page, signpost.url, signpost.signIn('admin'))
    const { found, look } = looks()
    for (const list of ['resources', 'wording-rules', 'users', inArabic]) {
      await openFirst(list)
      await look(list)
    }
    for (const tab of ['Evidence and review', 'People and rights']) {
      await admin.openTab(page, tab)
      await look(`${inArabic}, ${tab}`)
    }
    await admin.openSide(page, 'Preview')
    await page.locator('.signpost-preview iframe').waitFor()
    await look(`${inArabic}, preview`)
    for (const path of ['account', 'collections/articles', 'collections/schedules', 'collections/feedback']) {
      await page.goto(`${signpost.url}/admin/${path}`)
      await look(path)
    }
    expect(found).toEqual({})
  })

  test('panels of lists and rules, unfolded and answered', async () => {
    const { found, look } = looks()
    await page.goto(`${signpost.url}/admin/collections/articles`)
    await page.getByRole('button', { name: 'Import Word or Markdown files' }).click()
    const markdown = {
      name: 'sleep.md',
      mimeType: 'text/markdown',
      buffer: Buffer.from('# Sleep\n\nSome addicts lie awake.'),
    }
    await page.getByLabel('Files').setInputFiles([markdown, { ...markdown, name: 'sleep.rtf' }])
    await page.getByRole('button', { name: 'Look what becomes of them' }).click()
    const report = page.locator('.signpost-import__form [role=status]')
    await report.locator('li', { hasText: 'sleep.md would become a new draft' }).waitFor()
    await report.locator('li', { hasText: 'sleep.rtf cannot be taken' }).waitFor()
    await look('import')
    await page.reload()
    await page.getByRole('button', { name: 'Find and replace words' }).click()
    await page.getByLabel('Find', { exact: true }).fill('naloxone')
    await page.getByRole('button', { name: 'Show where' }).click()
    await report.locator('del').first().waitFor()
    await look('find and replace')
    await page.goto(`${signpost.url}/admin/collections/resources`)
    await page.locator('summary', { hasText: 'Export and import' }).click()
    const address = await page.getByRole('link', { name: 'for a spreadsheet (CSV)' }).getAttribute('href')
    const table = await page.evaluate(async (csv) => (await fetch(csv)).text(), address!)
    const changed = Buffer.from(table.replace('SAMHSA National Helpline', 'National Helpline'))
    await page.getByLabel('Take in a file').setInputFiles({ name: 'all.csv', mimeType: 'text/csv', buffer: changed })
    await page.locator('details [role=status] li').first().waitFor()
    await look('exchange of resources')
    await page.goto(`${signpost.url}/admin/collections/wording-rules?search=addicted%20baby`)
    await page.locator('tbody a').first().click()
    await admin.fill(page, 'term', 'medicine')
    await page.getByRole('button', { name: 'What would this report?' }).click()
    await page.locator('.signpost-checks__list summary').first().click()
    await look('dry run')
    expect(found).toEqual({})
  })

  test('an article in many hands', async () => {
    const { found, look } = looks()
    const article = (
      await asked<{ docs: { id: string; summary: string; revision: string }[] }>(
        page,
        'GET',
        'articles?where[slug][equals]=naloxone-how-to-use-it&where[locale][in]=en,ar&sort=locale&draft=true&depth=0',
      )
    ).docs
    const [ar, en] = article as [(typeof article)[0], (typeof article)[0]]
    await asked(page, 'PATCH', `articles/${ar.id}?draft=true`, {
      translatedFrom: 'en',
      revision: ar.revision,
      _status: 'draft',
    })
    const summary = `${en.summary} Addicts need it too.`
    await asked(page, 'PATCH', `articles/${en.id}?draft=true`, { summary, revision: en.revision, _status: 'draft' })
    await page.goto(`${signpost.url}/admin/collections/articles/${ar.id}/translation`)
    await page.locator('.signpost-pair').first().waitFor()
    await look('translation')
    await page.goto(`${signpost.url}/admin/collections/articles/${en.id}`)
    await page.getByRole('button', { name: 'Waive this' }).first().click()
    await look('waive')
    const { done } = await asked<{ done: { address: string } }>(page, 'POST', `articles/${en.id}/acts/link`, {
      clinician: 'A clinician outside',
    })
    const outside = await (await browser.newContext({ viewport: { width: 375, height: 812 } })).newPage()
    await outside.goto(done.address)
    await outside.getByRole('link', { name: 'Comment on: Naloxone can bring' }).first().click()
    expect(await tooWide(outside)).toBe(0)
    await look('outside', outside)
    await outside.context().close()
    const { docs } = await asked<{ docs: [{ id: string; body: object }] }>(page, 'GET', 'snippets?limit=1&depth=0')
    const body = JSON.parse(JSON.stringify(docs[0].body).replace(/"text":"([^"]+)\."/, '"text":"$1, now."'))
    await asked(page, 'PATCH', `snippets/${docs[0].id}`, { body })
    await page.goto(`${signpost.url}/admin/collections/snippets/${docs[0].id}`)
    await page.locator('.signpost-sign-off[data-signed=false]').waitFor()
    await look('sign-off')
    expect(found).toEqual({})
  })

  test('an article is written, submitted, approved and published by keyboard alone', async () => {
    const editor = await atKeyboard('editor')
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

    const reviewer = await atKeyboard('reviewer')
    await press(reviewer.locator('[data-pile="reviews"] a', { hasText: 'Sleep in early' }))
    await reviewer.waitForURL(address)
    await press(reviewer.locator('.signpost-state__acts').getByRole('button', { name: 'Approve' }))
    await press(reviewer.getByRole('button', { name: 'Approve this text' }))
    await admin.untilState(reviewer, 'approved')
    await reviewer.context().close()

    const publisher = await atKeyboard('publisher')
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
    await page.goto(`${signpost.url}/admin/collections/feedback`)
    await page.locator('tbody a').first().waitFor()
    expect(await seriousOn(page)).toEqual([])
    await page.goto(`${signpost.url}/admin`)
    await page.locator('[data-pile="feedback"] a', { hasText: 'رقمي' }).click()
    await page.locator('#field-comment').waitFor()
    expect(await seriousOn(page)).toEqual([])
  })

  describe('what is not theirs', () => {
    /** Buttons of acts, and whose they are. */
    const buttons = {
      Approve: 'approve',
      Return: 'return',
      Schedule: 'schedule',
      Withdraw: 'withdraw',
      'Move to another address': 'move',
      'Withdraw a passage at once': 'strike',
      'Publish changes': 'publish',
    } as const
    type Told = Record<'Publish' | 'Unpublish' | 'Delete', RegExp | 'not offered' | 'may'>
    const nothing: Told = { Publish: 'not offered', Unpublish: 'not offered', Delete: 'not offered' }
    const bulk: Record<Role, Told> = {
      editor: {
        Publish: /“publish” is for publisher/,
        Unpublish: /“withdraw” is for publisher/,
        Delete: 'not offered',
      },
      reviewer: nothing,
      'newsletter-manager': nothing,
      publisher: { Publish: /cannot be published yet/, Unpublish: 'may', Delete: /is published\. Withdraw it first/ },
      admin: {
        Publish: /“publish” is for publisher/,
        Unpublish: /“withdraw” is for publisher/,
        Delete: /is published\. Withdraw it first/,
      },
    }
    const slug = 'sleep-in-early-recovery'
    let id: string
    let tried = 0

    /** What is stored and what readers get. */
    const standing = async () => [
      await asked(page, 'GET', `articles/${id}?draft=true&depth=0`),
      await asked(page, 'GET', `articles/versions?where[parent][equals]=${id}&depth=0&pagination=false`),
      await (await fetch(`${signpost.url}/v1/en/articles/${slug}.json`)).json(),
    ]

    /** A sign-in with this role and no other. */
    const account = async (role: Role) => {
      const made = { email: `only-${role}@signpost.example`, password: 'a long enough password', name: `Only ${role}` }
      await asked(page, 'POST', 'users', { ...made, roles: [role] })
      return made
    }

    beforeAll(async () => {
      type Row = { id: string; summary: string; revision: string }
      const where = `where[slug][equals]=${slug}&draft=true&depth=0`
      const { docs } = await asked<{ docs: [Row] }>(page, 'GET', `articles?${where}`)
      id = docs[0].id
      const { summary, revision } = docs[0]
      await asked(page, 'PATCH', `articles/${id}?draft=true`, {
        summary: `${summary} Take 2 pills.`,
        revision,
        _status: 'draft',
      })
      const { reviewers } = await asked<{ reviewers: [{ id: string }] }>(page, 'GET', `articles/${id}/acts`)
      await asked(page, 'POST', `articles/${id}/acts/submit`, { reviewer: reviewers[0].id })
    })

    test.each(Object.entries(bulk) as [Role, Told][])('is kept from who is %s and nothing else', async (role, told) => {
      const own = await stage.somebody(await account(role))
      await own.goto(`${signpost.url}/admin/collections/articles/${id}`)
      await admin.untilState(own, 'in-review')
      await own.waitForLoadState('networkidle')
      const actor = { id: '', roles: [role] } satisfies Actor
      for (const [name, act] of Object.entries(buttons)) {
        const isOffered = (await own.getByRole('button', { name, exact: true }).count()) > 0
        expect(isOffered, `${name} to ${role}`).toBe(hasRole(actor, actRoles[act]))
        if (!isOffered) tried++
      }
      const before = await standing()
      for (const [name, said] of Object.entries(told)) {
        await own.goto(`${signpost.url}/admin/collections/articles?search=${slug}`)
        await own.locator('tbody input[type=checkbox]').check()
        await own.locator('.list-selection').waitFor()
        const button = own.locator('.list-selection').getByRole('button', { name, exact: true })
        expect((await button.count()) > 0, `${name} to ${role}`).toBe(said !== 'not offered')
        if (said === 'may') continue
        tried++
        if (said === 'not offered') continue
        await button.click()
        await own.getByRole('dialog').filter({ visible: true }).getByRole('button', { name: 'Confirm' }).click()
        const notice = own.locator('[data-sonner-toast]').filter({ hasText: said as RegExp })
        await notice.waitFor()
        expect(await standing(), `${name} as ${role}`).toEqual(before)
      }
      await own.context().close()
    })

    test('is all that was tried', () => {
      console.info(`${tried} things were tried that are not theirs, in the form and in bulk edit.`)
      expect(tried).toBeGreaterThan(25)
    })
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
