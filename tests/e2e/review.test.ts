import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import * as admin from './admin.ts'
import type { Running } from './signpost.ts'
import { story } from './story.ts'

/*
 * The way of an article through all hands: an editor starts from a template, a reviewer comments and approves at a phone,
 * what is changed then is held against that approval, a second editor confirms a typo, a publisher publishes. Each is told
 * why what is not theirs is not. The tests are the stages of one story and run in order.
 */

const patience = { timeout: 60_000, interval: 200 }
const reviewer = 'Robin Sample (fictional)'
const phoneSize = { width: 375, height: 812 }

describe.skipIf(lacks('chromium'))('an article goes through all hands', () => {
  let signpost: Running
  let page: Page
  let phone: Page
  let publisher: Page
  let article: string

  const stage = story()
  beforeAll(() => {
    ;({ signpost, page } = stage)
  })

  /** Somebody else, at a browser of their own. */
  const somebody = async (role: string, viewport = { width: 1440, height: 1000 }): Promise<Page> => {
    const context = await stage.browser.newContext({ viewport })
    const own = await context.newPage()
    own.setDefaultTimeout(60_000)
    await admin.signIn(own, signpost.url, signpost.signIn(role))
    return own
  }
  const panel = () => admin.remaining(page)
  const entries = (rule: string) => panel().locator(`[data-rule="${rule}"]`)
  const toDo = () => panel().locator('.signpost-checks__sum').innerText()
  const text = () => admin.editor(page, 'body')
  const block = (slug: string): Locator => text().locator(`> * .LexicalEditorTheme__block-${slug}`).first()
  const tooWide = () => phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)

  /** Goes where the panel leads for the words of the template, and writes others in their place. */
  const replaceWords = async (left: string, words: string) => {
    const entry = entries('placeholder').filter({ hasText: left })
    await entry.first().waitFor({ state: 'attached' })
    const more = panel().locator('details:not([open]) > summary', { hasText: 'more' })
    if (await more.count()) await more.first().click()
    await entry.getByRole('button').first().click()
    const selected = () => page.evaluate(() => String(document.getSelection()))
    await expect.poll(selected, patience).toBe(`[[${left}]]`)
    await page.keyboard.type(words)
    // The next entry is found by the words around it.
    await expect.poll(() => entry.count(), patience).toBe(0)
  }

  /** What the door of an act says to somebody whom the screen does not offer it. */
  const actRefused = (own: Page, act: string, body: object = {}): Promise<{ status: number; said: string }> =>
    own.evaluate(
      async ([path, sent]) => {
        const headers = { 'Content-Type': 'application/json' }
        const [acts, act, body] = [path!.slice(0, path!.lastIndexOf('/')), path!, JSON.parse(sent!) as object]
        // The text that is on the screen.
        const { contentHash } = (await (await fetch(acts)).json()) as { contentHash: string }
        const response = await fetch(act, { method: 'POST', headers, body: JSON.stringify({ contentHash, ...body }) })
        const { errors } = (await response.json()) as { errors?: { message: string }[] }
        return { status: response.status, said: errors?.[0]?.message ?? '' }
      },
      [`/api/articles/${article}/acts/${act}`, JSON.stringify(body)],
    )

  test('an editor starts from a template, whose words are all named', async () => {
    await admin.signIn(page, signpost.url, signpost.signIn('editor'))
    await page.goto(`${signpost.url}/admin/collections/articles`)
    await page.locator('.signpost-new li').first().getByRole('button', { name: 'How to get help' }).click()
    await page.waitForURL(/\/articles\/[0-9a-f-]{36}\.en/)
    article = page.url().split('/').at(-1)!
    await text().waitFor()
    await expect.poll(() => entries('placeholder').count(), patience).toBeGreaterThan(8)
  })

  test('and brings the panel to nothing', async () => {
    await admin.fill(page, 'title', 'How to get help with sleep')
    await admin.fill(page, 'summary', 'Sleep often gets better with help. This is where to ask.')
    await admin.fill(page, 'mainMessage', 'Ask for help early.')
    await admin.choose(page, 'topics', 'Sleep')
    await admin.choose(page, 'audiences', 'For patients')
    await replaceWords('the emergency number', '911')
    await replaceWords('what is happening', 'you cannot stay safe')
    await admin.choose(block('urgent-help'), 'resources', '988 Suicide')
    await admin.choose(block('resources'), 'resources', 'SAMHSA')
    await admin.fill(block('steps'), 'steps.0.title', 'Call your doctor')
    await admin.fill(block('steps'), 'steps.1.title', 'Keep a note')
    await replaceWords('How to do it, and what to say.', 'Say how you sleep.')
    await replaceWords('How to do it, and how long it may take.', 'Write down when you sleep.')
    await replaceWords('Say what is free, what is paid for, and whom to ask.', 'A visit may cost 20 dollars.')
    await replaceWords('Say what else there is. One bad answer is not the end.', 'Try another clinc near you.')
    await admin.openTab(page, 'Evidence and review')
    await admin.addRow(page, 'sources')
    await admin.fill(page, 'sources.0.title', 'Sleep problems')
    await admin.fill(page, 'sources.0.url', 'https://medlineplus.gov/sleepdisorders.html')
    await admin.openTab(page, 'People and rights')
    await admin.choose(page, 'authors', 'Alex Sample')
    await admin.openTab(page, 'Article')
    await expect.poll(() => panel().innerText(), patience).not.toContain('To do by you')
    expect(await panel().innerText()).toContain('To do by a reviewer')
    await admin.submit(page, reviewer)
  })

  test('a reviewer reads it at a phone, and comments on a passage', async () => {
    phone = await somebody('reviewer', phoneSize)
    await phone.locator('[data-pile="reviews"] a', { hasText: 'How to get help with sleep' }).click()
    await admin.untilState(phone, 'in-review')
    await phone.goto(`${signpost.url}/admin/collections/articles/${article}/review`)
    await phone.locator('.signpost-review__sum').waitFor()
    expect(await phone.locator('.signpost-review').innerText()).toContain('A visit may cost 20 dollars.')
    expect(await tooWide()).toBeLessThanOrEqual(0)
    await phone.goto(`${signpost.url}/admin/collections/articles/${article}/comments`)
    await phone.getByRole('button', { name: 'Comment on: A visit may cost' }).click()
    await phone.getByLabel('Comment', { exact: true }).fill('Is this so everywhere?')
    expect(await tooWide()).toBeLessThanOrEqual(0)
    await phone.locator('.signpost-read__writing').getByRole('button', { name: 'Comment', exact: true }).click()
    await phone.locator('.signpost-comment', { hasText: 'Is this so everywhere?' }).waitFor()
  })

  test('and approves it there', async () => {
    await phone.goto(`${signpost.url}/admin/collections/articles/${article}/review`)
    await phone.getByRole('button', { name: 'Approve this text' }).click()
    await phone.getByRole('button', { name: 'Approve this text' }).waitFor({ state: 'detached' })
    await page.reload()
    await admin.untilState(page, 'approved')
    expect(await toDo()).toBe('Nothing stands against publishing')
  })

  test('the comment leads to its words, and is resolved', async () => {
    const comment = page.locator('.signpost-checks li', { hasText: 'Is this so everywhere?' })
    await comment.locator('.signpost-checks__what').click()
    const selected = () => page.evaluate(() => String(document.getSelection()))
    await expect.poll(selected, patience).toBe('A visit may cost 20 dollars.')
    await comment.getByRole('button', { name: 'Resolve' }).click()
    await comment.waitFor({ state: 'detached' })
  })

  /** Writes other words over some of the text. */
  const write = async (from: string, to: string) => {
    const line = text().locator('p', { hasText: from }).last()
    await line.click()
    await line.evaluate((element, words) => {
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
      while (walker.nextNode()) {
        const node = walker.currentNode as Text
        const start = node.data.indexOf(words)
        if (start >= 0) document.getSelection()?.setBaseAndExtent(node, start, node, start + words.length)
      }
    }, from)
    await page.keyboard.type(to)
    await expect.poll(() => text().innerText(), patience).toContain(to)
  }

  test('one number changed voids the approval, and the wording lane is closed to it', async () => {
    await write('20 dollars', '30 dollars')
    await admin.untilState(page, 'draft')
    expect(await page.locator('.signpost-state').innerText()).toContain('the text was changed since')
    await expect.poll(toDo, patience).toBe('One thing still to do')
    publisher = await somebody('publisher')
    await publisher.goto(page.url())
    await admin.untilState(publisher, 'draft')
    expect(await actRefused(publisher, 'confirm')).toMatchObject({
      status: 422,
      said: expect.stringContaining('touches'),
    })
  })

  test('it is approved again, with that change alone to look at', async () => {
    await admin.submit(page, reviewer)
    await phone.reload()
    await phone.locator('.signpost-review__sum').waitFor()
    expect(await phone.locator('.signpost-review__sum').innerText()).toMatch(/^1 change,/)
    expect(await phone.locator('.signpost-review__change').innerText()).toContain('30')
    await phone.getByRole('button', { name: 'Approve this text' }).click()
    await phone.getByRole('button', { name: 'Approve this text' }).waitFor({ state: 'detached' })
    await page.reload()
    await admin.untilState(page, 'approved')
  })

  test('a typo keeps the approval once a second editor confirms it', async () => {
    await write('clinc', 'clinic')
    await admin.untilState(page, 'draft')
    expect(await actRefused(page, 'confirm')).toMatchObject({
      status: 409,
      said: 'You changed this text yourself. Another editor has to confirm it.',
    })
    await publisher.goto(`${signpost.url}/admin/collections/articles/${article}/review`)
    await publisher.getByRole('button', { name: 'Confirm the change of wording' }).click()
    await publisher.getByRole('button', { name: 'Confirm the change of wording' }).waitFor({ state: 'detached' })
    await publisher.goto(page.url())
    await admin.untilState(publisher, 'approved')
  })

  test('each is told why what is not theirs is not', async () => {
    await page.reload()
    await admin.untilState(page, 'approved')
    expect((await actRefused(page, 'publish')).said).toContain('“publish” is for publisher')
    expect(await actRefused(phone, 'submit', { reviewer: article })).toMatchObject({ status: 403 })
    expect((await actRefused(phone, 'publish')).said).toContain('“publish” is for publisher')
    expect((await actRefused(publisher, 'approve')).said).toContain('“approve” is for reviewer')
  })

  test('it is published as it was confirmed', async () => {
    await admin.publish(publisher)
    const shown = async () => (await fetch(`${signpost.url}/en/articles/how-to-get-help-with-sleep`)).text()
    await expect.poll(shown, patience).toContain('Try another clinic near you.')
    await publisher.context().close()
    await phone.context().close()
  })
})
