import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { roles } from 'cms/src/access/roles.ts'
import { choiceIn, panesOf, toggled } from 'cms/src/admin/previews/choice.ts'
import type { PreviewsAnswer } from 'cms/src/endpoints/previewDraft.ts'
import type * as Documents from 'cms/src/publishing/document.ts'
import type * as Handouts from 'cms/src/publishing/draft-handouts.ts'
import type * as Editions from 'cms/src/publishing/editions.ts'
import type * as HandoutPages from 'cms/src/publishing/handout-pages.ts'
import type * as Previews from 'cms/src/publishing/preview.ts'
import { type Article, ArticleJson, recordKinds } from 'content-schemas'
import { createLocalReq, handleEndpoints } from 'payload'
import type { Channel } from 'pipeline/channels/channel.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { article, link, paragraph, published, records, root, uid } from '../pipeline/documents.ts'
import { attribute, type Element, elementsOf } from '../pipeline/elements.ts'
import { type Installation, install } from './installation.ts'
import { png, rowFor } from './rows.ts'

/* The newest draft as readers would get it: what is shown, to whom, and that nothing in it comes alive. */

let cms: Installation
let documents: typeof Documents
let editions: typeof Editions
let handouts: typeof Handouts
let handoutPages: typeof HandoutPages.handoutPages
let previews: typeof Previews
let picture: string
const tokens: Record<string, string> = {}

beforeAll(async () => {
  cms = await install('2026-05-01T09:00:00Z')
  documents = await import('cms/src/publishing/document.ts')
  editions = await import('cms/src/publishing/editions.ts')
  handouts = await import('cms/src/publishing/draft-handouts.ts')
  ;({ handoutPages } = await import('cms/src/publishing/handout-pages.ts'))
  previews = await import('cms/src/publishing/preview.ts')
  const all = records()
  for (const kind of recordKinds.filter((kind) => kind !== 'media'))
    for (const record of Object.values(all[kind]))
      await cms.payload.create({ collection: kind, data: documents.recordRow(kind, record, 'en') as never })
  const data = { alt: 'A made bed.' } as never
  picture = String((await cms.payload.create({ collection: 'media', data, file: await png('bed.png') })).id)
  for (const role of roles) tokens[role] = await signIn([role])
})
afterAll(() => cms?.remove())

async function signIn(given: string[]): Promise<string> {
  const data = { ...(await rowFor('users')), roles: given } as unknown as { email: string; password: string }
  await cms.payload.create({ collection: 'users', data: data as never })
  return (await cms.payload.login({ collection: 'users', data })).token!
}

async function draft(number: number, changes: Partial<Article> = {}): Promise<string> {
  const made = article({ uid: uid(number), slug: `article-${number}`, title: `Article number ${number}`, ...changes })
  const data = documents.articleRow(made) as never
  return String((await cms.payload.create({ collection: 'articles', data, draft: true })).id)
}

function send(path: string, token?: string): Promise<Response> {
  const headers = token ? { Authorization: `JWT ${token}` } : undefined
  const request = new Request(`http://localhost:3000/api/articles/${path}`, headers && { headers })
  return handleEndpoints({ config: cms.payload.config, request })
}

async function previewsOf(id: string): Promise<PreviewsAnswer> {
  const response = await send(`${id}/preview`, tokens.editor)
  expect(response.status).toBe(200)
  return (await response.json()) as PreviewsAnswer
}

/** What a frame of the tab asks for: it has the token of the document, and no session. */
const ask = async (id: string, form: string): Promise<Response> =>
  send(`${id}/preview/${form}/${(await previewsOf(id)).token}`)

async function shown(id: string, form: string): Promise<string> {
  const response = await ask(id, form)
  const body = await response.text()
  expect(response.status, body).toBe(200)
  return body
}

describe('a draft', () => {
  test('is shown as page, mail, text and JSON, and writes nothing', async () => {
    const id = await draft(101, { title: 'A draft of sleep' })
    expect(await shown(id, 'page')).toContain('<h1>A draft of sleep</h1>')
    expect(await shown(id, 'email')).toContain('A draft of sleep')
    expect(await shown(id, 'email-text')).toMatch(/a draft of sleep/i)
    const json = ArticleJson.parse(JSON.parse(await shown(id, 'json')))
    expect(json).toMatchObject({ uid: uid(101), title: 'A draft of sleep' })
    const { totalDocs } = await cms.payload.find({ collection: 'editions', where: { uid: { equals: uid(101) } } })
    expect(totalDocs).toBe(0)
  })

  test('is the newest one', async () => {
    const id = await draft(102)
    await cms.payload.update({ collection: 'articles', id, data: { title: 'Newer' } as never, draft: true })
    expect(await shown(id, 'page')).toContain('<h1>Newer</h1>')
  })

  test.each(['page', 'email'])('has its looks and pictures in it as %s, and asks for none', async (form) => {
    const id = await draft(form === 'page' ? 103 : 104, { hero: picture })
    const elements = elementsOf(await shown(id, form))
    const sources = elements.filter(({ tagName }) => tagName === 'img').map((each) => attribute(each, 'src'))
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources) expect(source).toMatch(/^data:image\/(?:png|jpeg|webp);base64,[\w+/]+=*$/)
    expect(elements.filter((each) => attribute(each, 'srcset'))).toEqual([])
    const loads = (each: Element) => ['stylesheet', 'icon'].includes(attribute(each, 'rel') ?? '')
    expect(elements.filter((each) => loads(each) || attribute(each, 'src')?.startsWith('/'))).toEqual([])
    expect(elements.some(({ tagName }) => tagName === 'style') || form === 'email').toBe(true)
  })

  test('links to what is published, and to nothing else', async () => {
    const named = { slug: 'published-one', title: 'A published one' }
    await draft(105, named)
    const other = article({ uid: uid(105), ...named })
    const { number: _, stamp: __, ...edition } = published(other).live
    await editions.appendEdition(await createLocalReq({}, cms.payload), edition, { by: 'test' })
    const body = root(paragraph(link(`article:${uid(105)}`, 'that'), ' and ', link(`article:${uid(998)}`, 'this')))
    const html = await shown(await draft(106, { body, related: [uid(105)] }), 'page')
    const links = elementsOf(html).map((each) => attribute(each, 'href') ?? '')
    expect(links.filter((href) => href.endsWith('/en/articles/published-one')).length).toBeGreaterThan(1)
    expect(html).not.toContain(uid(998))
  })

  test('that cannot be read says what is missing', async () => {
    const id = await draft(107)
    await cms.payload.update({ collection: 'articles', id, data: { title: '' } as never, draft: true })
    const response = await ask(id, 'page')
    expect(response.status).toBe(422)
    expect(await response.text()).toMatch(/This cannot be shown yet\.\n\nThe field “title” is empty/)
  })

  test('shows the message of a channel that fails', async () => {
    await draft(108)
    const failing: Channel = {
      name: 'failing',
      outputs: () => [{ name: 'page', path: '/page', pass: 1, tree: true }],
      render: () => Promise.reject(new Error('The picture is not in the store.')),
    }
    const form = { channel: failing, output: 'page' }
    const made = await previews.compileDraft(cms.payload, { uid: uid(108), locale: 'en' }, form)
    expect(made).toEqual({ refused: 'The picture is not in the store.' })
  })
})

describe('what an author wrote stays text', () => {
  const hostile = [
    '<img src=x onerror=xss()>',
    '</style><script>xss()</script>',
    '"><svg onload=xss()>',
    `<img src="/v1/objects/${'a'.repeat(64)}">`,
    '<link rel="stylesheet" href="//evil.test/">',
    '$& $1 $`',
  ].join(' ')

  test.each(['page', 'email'])('as %s', async (form) => {
    const body = root(paragraph(hostile))
    const id = await draft(form === 'page' ? 111 : 112, { title: `Sleep ${hostile}`, body })
    const elements = elementsOf(await shown(id, form))
    expect(elements.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on')))).toEqual([])
    expect(elements.filter(({ tagName }) => ['svg', 'iframe', 'object', 'img'].includes(tagName))).toEqual([])
    const scripts = elements.filter(({ tagName }) => tagName === 'script')
    expect(scripts.filter((script) => attribute(script, 'type') !== 'application/ld+json')).toEqual([])
    const paragraphs = elements.filter(({ tagName }) => tagName === 'p' || tagName === 'td')
    const texts = paragraphs.flatMap(({ childNodes }) => childNodes.map((node) => ('value' in node ? node.value : '')))
    expect(texts.map((text) => text.trim())).toContain(hostile)
  })

  test.each(['page', 'email', 'email-text', 'json'])(
    'and as %s nothing runs, leaves, stays or is found',
    async (form) => {
      const id = await draft({ page: 113, email: 114, 'email-text': 115, json: 116 }[form]!, { title: hostile })
      const { headers } = await ask(id, form)
      expect(headers.get('X-Robots-Tag')).toBe('noindex')
      expect(headers.get('Cache-Control')).toBe('no-store')
      expect(headers.get('X-Content-Type-Options')).toBe('nosniff')
      expect(headers.get('Content-Type')).toBe(
        form === 'page' || form === 'email' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
      )
      const policy = new Map(
        headers
          .get('Content-Security-Policy')!
          .split('; ')
          .map((directive) => directive.split(' ') as [string, ...string[]])
          .map(([name, ...values]) => [name, values.join(' ')]),
      )
      // The tab around it reads where its reader is; without scripts nothing in it reads anything.
      expect(Object.fromEntries(policy)).toMatchObject({
        ...{ 'default-src': "'none'", 'img-src': 'data:', 'form-action': "'none'", sandbox: 'allow-same-origin' },
        'frame-ancestors': "'self'",
      })
      expect(policy.has('script-src')).toBe(false)
    },
  )
})

describe('the door', () => {
  const english = uid(121)
  const forms = ['page', 'email', 'email-text', 'json', 'handout', 'handout-pages']
  const statusOf = async (path: string, token?: string) => (await send(path, token)).status

  test('gives a token to every role, and to nobody else', async () => {
    const id = await draft(121)
    const answers: Record<string, number> = { stranger: await statusOf(`${id}/preview`) }
    for (const role of roles) answers[role] = await statusOf(`${id}/preview`, tokens[role])
    expect(answers).toEqual({ ...Object.fromEntries(roles.map((role) => [role, 200])), stranger: 403 })
  })

  test('is opened by a token of the very document, and by no session', async () => {
    const [other, translation] = [await draft(122), await draft(121, { locale: 'es', slug: 'otra', related: [] })]
    const { token } = await previewsOf(`${english}.en`)
    expect(await statusOf(`${english}.en/preview/page/${token}`)).toBe(200)
    const [until, signature] = token.split('.')
    const wrong = [
      ...[`${other}/preview/page/${token}`, `${translation}/preview/page/${token}`],
      ...[`${english}.en/preview/page/${Number(until) + 60_000}.${signature}`, `${english}.en/preview/page/${until}.`],
      ...[`${english}.en/preview/page/${until}.${signature!.slice(1)}x`, `${english}.en/preview/page/x`],
    ]
    for (const path of wrong) expect([path, await statusOf(path)]).toEqual([path, 403])
    for (const form of forms) {
      const refused = await send(`${english}.en/preview/${form}/none`, tokens.admin)
      expect([form, refused.status]).toEqual([form, 403])
      expect(refused.headers.get('X-Robots-Tag')).toBe('noindex')
      expect(await refused.text()).toContain('Reload the page')
    }
  })

  test('is closed again after ten minutes', async () => {
    const { token } = await previewsOf(`${english}.en`)
    const now = cms.clock.now
    const statusIn = async (minutes: number) => {
      cms.clock.now = new Date(now.getTime() + minutes * 60_000)
      return statusOf(`${english}.en/preview/page/${token}`)
    }
    expect([await statusIn(9.99), await statusIn(10)]).toEqual([200, 403])
    cms.clock.now = now
  })

  test('tells the other languages by name, and when the draft was saved', async () => {
    const before = await previewsOf(`${english}.en`)
    expect(before.languages).toEqual([{ id: `${english}.es`, locale: 'es', name: 'Español' }])
    expect((await previewsOf(`${english}.es`)).languages).toMatchObject([{ id: `${english}.en`, name: 'English' }])
    const id = `${english}.en`
    const again = async (data: object, autosave = false) => {
      await cms.payload.update({ collection: 'articles', id, data: data as never, draft: true, autosave })
      return (await previewsOf(id)).savedAt
    }
    const [saved, autosaved] = [await again({ title: 'Saved' }), await again({ title: 'Autosaved' }, true)]
    expect(new Set([before.savedAt, saved, autosaved, await again({ title: 'And again' }, true)]).size).toBe(4)
  })

  test.each([`${uid(999)}.en`, 'nothing'])('knows no previews of %s', async (id) => {
    expect(await statusOf(`${id}/preview`, tokens.editor)).toBe(404)
  })

  test.each(['other', 'constructor'])('answers 404 for a form that is called %s', async (form) => {
    expect((await ask(`${english}.en`, form)).status).toBe(404)
  })
})

describe('a handout', () => {
  const ending: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const end of ending.splice(0)) await end()
  })
  const serve = async (make: Handouts.MakeHandout) => {
    ending.push(await handouts.serveDraftHandouts(cms.dataDir, make))
  }
  const pdf = (text: string) => ({ file: { path: '', type: 'application/pdf', body: Buffer.from(`%PDF-${text}`) } })

  test('without a worker is refused in words', async () => {
    const response = await ask(await draft(131), 'handout')
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('No worker runs on this machine')
  })

  test('comes from the worker, for the article asked for', async () => {
    await serve(async ({ form, uid, locale }) => pdf(`${form} ${uid} ${locale}`))
    const response = await ask(await draft(132), 'handout')
    expect(response.headers.get('Content-Type')).toBe('application/pdf')
    expect(response.headers.get('X-Robots-Tag')).toBe('noindex')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.text()).toBe(`%PDF-handout ${uid(132)} en`)
  })

  test('is shown page by page, each with its number, and shut in like every other form', async () => {
    const png = Buffer.from('a picture')
    const draw = async () => ({ count: 3, pages: [1, 2].map(() => ({ png, width: 1240, height: 1754 })) })
    await serve(({ form }) =>
      form === 'handout-pages' ? handoutPages(Buffer.from('%PDF-'), draw) : Promise.resolve(undefined),
    )
    const response = await ask(await draft(134), 'handout-pages')
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Content-Security-Policy')).toMatch(/^default-src 'none'.*sandbox allow-same-origin$/)
    expect(response.headers.get('X-Robots-Tag')).toBe('noindex')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const page = await response.text()
    const pictures = elementsOf(page).filter(({ tagName }) => tagName === 'img')
    expect(pictures.map((each) => attribute(each, 'alt'))).toEqual(['Page 1 of 3', 'Page 2 of 3'])
    for (const each of pictures) expect(attribute(each, 'src')).toBe(`data:image/png;base64,${png.toString('base64')}`)
    expect(page).toContain('Only the first 2 of 3 pages are shown here.')
  })

  test('that cannot be typeset, or drawn, says why in the place of its pages', async () => {
    const id = await draft(135)
    await serve(async () => ({ refused: 'The heading “Sleep” skips a level.' }))
    const refused = await ask(id, 'handout-pages')
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('skips a level')])
    const draw = () => Promise.reject(new Error('The pages could not be drawn: It is no PDF.'))
    await serve(() => handoutPages(Buffer.from(''), draw))
    const failed = await ask(id, 'handout-pages')
    expect([failed.status, await failed.text()]).toEqual([422, expect.stringContaining('It is no PDF.')])
  })

  test('that the worker refuses, does not find or fails to make is told apart', async () => {
    const id = await draft(133)
    await serve(async () => ({ refused: 'The handout has no title.' }))
    expect(await (await ask(id, 'handout')).text()).toContain('The handout has no title.')
    await serve(async () => undefined)
    expect((await ask(id, 'handout')).status).toBe(404)
    await serve(() => Promise.reject(new Error('A secret of the log.')))
    const failed = await ask(id, 'handout')
    expect(failed.status).toBe(422)
    expect(await failed.text()).not.toContain('secret')
  })

  test('is asked for over a socket of this account alone', async () => {
    await serve(async () => undefined)
    expect((await stat(handouts.handoutSocket(cms.dataDir))).mode & 0o777).toBe(0o600)
  })

  test('comes again from a worker that takes the place of one that was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'signpost-socket-'))
    ending.push(() => rm(folder, { recursive: true }))
    const end = await handouts.serveDraftHandouts(folder, async () => undefined)
    await end()
    // What a process leaves behind that could not close its socket.
    await writeFile(join(dirname(handouts.handoutSocket(folder)), 'handouts.sock'), '')
    ending.push(await handouts.serveDraftHandouts(folder, async () => pdf('again')))
    const made = await handouts.handoutOfDraft(folder, { form: 'handout', uid: uid(1), locale: 'en' })
    expect(String((made as ReturnType<typeof pdf>).file.body)).toBe('%PDF-again')
  })
})

describe('side by side', () => {
  test('stand the forms that are chosen, in one order, those that have one in each width', () => {
    const forms = ['page', 'email', 'json'] as const
    const chosen = toggled(forms, ['json'], 'page')
    expect(chosen).toEqual(['page', 'json'])
    expect(panesOf({ forms: chosen, widths: ['desktop', 'phone'] })).toEqual([
      ...[{ form: 'page', width: 'desktop' }, { form: 'page', width: 'phone' }, { form: 'json' }],
    ])
    expect(toggled(forms, chosen, 'page')).toEqual(['json'])
    expect(toggled(forms, ['json'], 'json')).toEqual(['json'])
  })

  test('stands what was chosen before, as far as it is still there, and the page otherwise', () => {
    const usual = { forms: ['page'], widths: ['desktop'] }
    for (const kept of [undefined, null, 'page', [], { forms: 'page', widths: 3 }, { forms: [], widths: ['tablet'] }])
      expect(choiceIn(kept)).toEqual(usual)
    const kept = { forms: ['json', 'fax', 'email'], widths: ['phone'] }
    expect(choiceIn(kept)).toEqual({ forms: ['email', 'json'], widths: ['phone'] })
  })
})
