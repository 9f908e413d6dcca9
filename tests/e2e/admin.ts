import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/*
 * The admin, used as an editor uses it. `form` is a page, or a block in its text; a field is named by its path in there,
 * such as `review.reviewer` or `steps.0.title`.
 */
type Form = Page | Locator

/** How long a step may take on a busy machine, and how often to look; milliseconds. */
const patience = { timeout: 60_000, interval: 300 }

const field = (form: Form, path: string): Locator =>
  form
    .locator(`[id="field-${path.replaceAll('.', '__')}"]`)
    .filter({ visible: true })
    .first()

export async function signIn(page: Page, url: string, account: { email: string; password: string }): Promise<void> {
  await page.goto(`${url}/admin/login`)
  await fill(page, 'email', account.email)
  await fill(page, 'password', account.password)
  await page.getByRole('button', { name: 'Login' }).click()
  await page.waitForURL((address) => !address.pathname.endsWith('/login'))
}

/** Is signed in without a look at the form, which takes some seconds. */
export async function enter(page: Page, url: string, account: { email: string; password: string }): Promise<void> {
  const answer = await page.request.post(`${url}/api/users/login`, { data: account })
  if (!answer.ok()) throw new Error(`${account.email} cannot sign in: ${await answer.text()}`)
}

/** Opens a new article. The admin stores it as a draft at once. */
export async function startArticle(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/admin/collections/articles/create`)
  await page.waitForURL(/\/articles\/[0-9a-f-]{36}\.en/)
  await field(page, 'title').waitFor()
}

export const openTab = (page: Page, name: string): Promise<void> =>
  page.locator('.tabs-field__tab-button', { hasText: name }).click()

/** Goes to another side of a document, such as its preview. */
export const openSide = (page: Page, name: string): Promise<void> =>
  page.locator('.doc-tabs').getByRole('link', { name }).click()

export const fill = (form: Form, path: string, text: string): Promise<void> => field(form, path).fill(text)

/** Chooses an option of a select, or a record, by the start of what it is called. */
export async function choose(form: Form, path: string, name: string): Promise<void> {
  const select = field(form, path)
  await select.locator('input.rs__input').fill(name)
  await select.locator('.rs__option', { hasText: name }).first().click()
  await select.locator('.value-container', { hasText: name }).waitFor()
}

/** Chooses a picture of the library by its file name. */
export async function choosePicture(form: Form, path: string, file: string): Promise<void> {
  const upload = field(form, path)
  await upload.getByRole('button', { name: 'Choose from existing' }).click()
  const library = upload.page().locator('.list-drawer')
  await library.getByRole('button', { name: file }).first().click()
  await library.waitFor({ state: 'hidden' })
  await upload.getByText(file).first().waitFor()
}

/** Adds a row to a list and waits until it can be filled; again, if the form was just made anew and forgot the click. */
export async function addRow(form: Form, path: string): Promise<void> {
  const list = field(form, path)
  const rows = list.locator('> .array-field__draggable-rows > *')
  const count = await rows.count()
  const added = rows.nth(count).locator('input:visible').first()
  const press = async () => {
    if ((await rows.count()) === count) await list.locator('> .array-field__add-row').click()
    else await rows.nth(count).locator('.collapsible__toggle').first().click()
    await added.waitFor({ timeout: 5000 }).catch(() => undefined)
    return added.isVisible()
  }
  await expect.poll(press, patience).toBe(true)
}

/** Where one types in a rich text. */
export const editor = (form: Form, path: string): Locator =>
  form.locator(`[data-field-path="${path}"]`).locator('.ContentEditable__root').first()

/** Types at the end of a rich text, where an empty paragraph stands in the beginning and after each block. */
export async function write(text: Locator, words: string): Promise<void> {
  await text.locator('> p').last().click()
  await text.page().keyboard.type(words)
}

/** Picks an entry of the menu that a slash opens. The caret is where it is to go. */
export async function pickFromMenu(page: Page, key: string): Promise<void> {
  await page.keyboard.type('/')
  await page.locator(`#slash-menu-popup__item-${key}`).click()
}

/** Inserts a block at the end of a rich text through the menu; resolves with it, ready to be filled. */
export async function insertBlock(text: Locator, slug: string): Promise<Locator> {
  await text.locator('> p').last().click()
  await pickFromMenu(text.page(), `block-${slug}`)
  const block = text.locator(`> * .LexicalEditorTheme__block-${slug}`).last()
  await block.locator('.render-fields').first().waitFor()
  return block
}

const toolbarButton = (form: Form, path: string, name: 'bold' | 'italic' | 'link'): Locator =>
  form.locator(`[data-field-path="${path}"] > .rich-text-lexical__wrap > .fixed-toolbar [data-button-key="${name}"]`)

/** Presses a button of the toolbar above a rich text. */
export const pressFormat = (form: Form, path: string, name: 'bold' | 'italic'): Promise<void> =>
  toolbarButton(form, path, name).click()

/** Makes the word before the caret a link, and goes on behind it. */
export async function linkLastWord(page: Page, path: string, url: string): Promise<void> {
  const button = toolbarButton(page, path, 'link')
  const state = () => button.getAttribute('class')
  await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft')
  await expect.poll(state, patience).not.toContain('disabled')
  await button.click()
  const drawer = page.getByRole('dialog').filter({ visible: true })
  await drawer.waitFor()
  // The form of the drawer comes from the server, and takes back what was typed before it was there.
  const save = async () => {
    await fill(drawer, 'url', url)
    await drawer.getByRole('button', { name: 'Save' }).click()
    await drawer.waitFor({ state: 'hidden', timeout: 5000 }).catch(() => undefined)
    return drawer.isVisible()
  }
  await expect.poll(save, patience).toBe(false)
  const line = editor(page, path).locator('> p', { has: page.locator(`a[href="${url}"]`) })
  await line.waitFor()
  // The words of the link are still selected. A click at the end of the line ends that, once the drawer is done.
  const { width, height } = (await line.boundingBox())!
  await expect
    .poll(async () => {
      await line.click({ position: { x: width - 2, y: height / 2 } })
      return state()
    }, patience)
    .toContain('disabled')
}

const publishButton = (page: Page): Locator => page.getByRole('button', { name: 'Publish changes' })
const notice = (page: Page): Locator => page.locator('[data-sonner-toast]')

const refusal = (page: Page): Locator => notice(page).filter({ hasText: 'cannot be published' })

/** Publishes, and waits until the admin says that it is done. A refusal throws what it says. */
export async function publish(page: Page): Promise<void> {
  const done = page.locator('.status__value', { hasText: 'Published' })
  await publishButton(page).click()
  await done.or(refusal(page)).first().waitFor()
  if (await refusal(page).isVisible()) throw new Error(await refusal(page).innerText())
}

/** Tries to publish; resolves with the notice that says why not. */
export async function publishRefused(page: Page): Promise<string> {
  await publishButton(page).click()
  await refusal(page).waitFor()
  const text = await refusal(page).innerText()
  await refusal(page).getByRole('button', { name: 'Close' }).click()
  await refusal(page).waitFor({ state: 'hidden' })
  return text
}

/** What is still to do before publishing, as the sidebar lists it. */
export const remaining = (page: Page): Locator => page.locator('.signpost-checks', { hasText: 'Before publishing' })

/** Waits until the sidebar says where the article stands. */
export async function untilState(page: Page, state: string): Promise<void> {
  const found = () => page.locator('.signpost-state').getAttribute('data-state')
  await expect.poll(found, patience).toBe(state)
}

/** Opens an act in the sidebar; resolves with the part of the form that asks what it needs. */
async function openAct(page: Page, name: string): Promise<Locator> {
  await page.locator('.signpost-state__acts').getByRole('button', { name, exact: true }).click()
  return page.locator('.signpost-state__form')
}

/** Hands the article to a reviewer. */
export async function submit(page: Page, reviewer: string): Promise<void> {
  const form = await openAct(page, 'Submit for review')
  await form.getByLabel('Reviewer').selectOption({ label: reviewer })
  await form.getByRole('button', { name: 'Submit', exact: true }).click()
  await untilState(page, 'in-review')
}

/** Approves the article that is open, as it stands. */
export async function approve(page: Page): Promise<void> {
  const form = await openAct(page, 'Approve')
  await form.getByRole('button', { name: 'Approve this text' }).click()
  await untilState(page, 'approved')
}

/** Takes the article back, through the menu beside the button that publishes. */
export async function unpublish(page: Page): Promise<void> {
  await page.locator('.doc-controls__popup button').first().click()
  await page.locator('#action-unpublish').click()
  await page.getByRole('dialog').filter({ visible: true }).getByRole('button', { name: 'Confirm' }).click()
  await page.locator('.status__value', { hasText: 'Draft' }).waitFor()
}
