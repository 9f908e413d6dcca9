import { type Article, type blocks, HandoutsJson, type Locale, locales } from 'content-schemas'
import type { RenderContext } from 'pipeline/channels/channel.ts'
import { checkPaper } from 'pipeline/channels/print/check.ts'
import { handoutJob, print } from 'pipeline/channels/print/index.ts'
import { paperOf } from 'pipeline/channels/print/paper.ts'
import { renderPool } from 'pipeline/channels/print/pool.ts'
import { compile } from 'pipeline/compile.ts'
import { sha256 } from 'pipeline/identity.ts'
import sharp from 'sharp'
import { afterAll, describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { drawnByPoppler, pdfText, pdfUaChecks, pdfUaFaults, readPdf } from './pdf-ua.ts'
import { environmentFor, ids, prepared, publishedArticle, words } from './specimen.ts'

const native = renderPool({ size: 1, timeLimit: 60_000 })
const wasm = renderPool({ size: 1, timeLimit: 60_000, compiler: 'wasm' })
afterAll(() => Promise.all([native.close(), wasm.close()]))
const pools = { native, wasm }

type Pool = typeof native
async function handout(locale: Locale, change: Partial<Article> = {}, pool: Pool = native): Promise<Uint8Array> {
  const { tree, context } = prepared(publishedArticle(locale, change))
  return pool.typeset(await handoutJob(tree, context))
}
/** A promise of each specimen, typeset once. */
const made = new Map<string, Promise<Uint8Array>>()
function specimen(locale: Locale, build: keyof typeof pools): Promise<Uint8Array> {
  const key = `${locale} ${build}`
  const pdf = made.get(key) ?? handout(locale, { hero: ids.picture }, pools[build])
  made.set(key, pdf)
  return pdf
}

const text = (value: string): blocks.Text => ({ type: 'text', value })
const paragraph = (value: string): blocks.Paragraph => ({ type: 'paragraph', children: [text(value)] })
const bodyOf = (...children: blocks.Flow[]): Partial<Article> => ({ body: { type: 'root', children } })
const messagesFor = (change: Partial<Article>) => {
  const { tree, context } = prepared(publishedArticle('en', change))
  return checkPaper(paperOf(tree, context).paper)
}

/** Strings of a specimen in the order the author wrote them. */
const stringsIn = (value: unknown): string[] =>
  typeof value === 'string' ? [value] : Object.values(value as object).flatMap(stringsIn)
/** Words without accents and marks. Readers turn ligatures around and double marks in Arabic: there, the letters of a word count. */
const lettersOf = (word: string) => word.normalize('NFD').replace(/[^\p{L}\p{N}]/gu, '')
const wordsOf = (value: string, locale: Locale): string[] => {
  const found = value.split(/[\s/·()[\].:،؟?\u200e\u200f\u202a-\u202e\u2066-\u2069]+/u)
  if (locale !== 'ar') return found.map(lettersOf).filter(Boolean)
  return found
    .filter((word) => !/\p{Mn}/u.test(word))
    .map((word) => [...lettersOf(word)].sort().join(''))
    .filter(Boolean)
}

describe.skipIf(lacks('qpdf'))('PDF/UA-1', () => {
  test.skipIf(lacks('native typesetter')).each(locales)(
    'every block in %s passes all structural checks',
    async (locale) => {
      expect(pdfUaFaults(await specimen(locale, 'native'))).toEqual({})
    },
  )

  test('of the WASM build, everything but the mark and the title in the window', async () => {
    const faults = pdfUaFaults(await specimen('ar', 'wasm'))
    expect(Object.keys(faults).sort()).toEqual(['identified', 'title-shown'])
    expect(await wasm.compilerInUse()).toMatchObject({ build: 'wasm', marked: false })
  })

  test('the checks see what is missing', async () => {
    const pdf = readPdf(await specimen('en', 'native'))
    const figure = { role: 'Figure', dictionary: {}, children: [] }
    const skipped = { role: 'H3', dictionary: {}, children: [] }
    const cell = { role: 'TH', dictionary: {}, children: [] }
    const unmarked = { dictionary: {}, content: 'BT (text) Tj ET' }
    const catalog = { ...pdf.catalog }
    delete catalog['/Lang']
    const broken = {
      language: { ...pdf, catalog },
      'alternative-text': { ...pdf, structure: [figure] },
      headings: { ...pdf, structure: [skipped] },
      'table-headers': { ...pdf, structure: [cell] },
      'text-marked': { ...pdf, pages: [unmarked] },
      roles: { ...pdf, structure: [{ ...figure, role: 'Strange' }] },
      structure: { ...pdf, structure: [] },
      identified: { ...pdf, metadata: '' },
    }
    for (const [name, lacking] of Object.entries(broken)) expect(pdfUaChecks[name]!(lacking), name).not.toEqual([])
  })
})

describe.skipIf(lacks('pdftotext'))('read back', () => {
  test.each(locales.flatMap((locale) => (['native', 'wasm'] as const).map((build) => [locale, build] as const)))(
    '%s from the %s build: all words of the document',
    async (locale, build) => {
      const { subject, greeting, preheader, footer, topic, summary, region, ...shown } = words[locale]
      const read = new Set(wordsOf(pdfText(await specimen(locale, build)), locale))
      const { alt, ...visible } = shown
      const lost = stringsIn(visible).flatMap((value) => wordsOf(value, locale).filter((word) => !read.has(word)))
      expect([...new Set(lost)]).toEqual([])
    },
  )

  test('page one answers first what matters most', async () => {
    const read = pdfText(await specimen('en', 'native'))
    const { title, audience, mainMessage, urgent, emergency, heading } = words.en
    const places = [title, audience, mainMessage, urgent, '+1 555 010 0199', emergency, heading].map((part) =>
      read.indexOf(part),
    )
    expect(places).toEqual([...places].sort((left, right) => left - right))
    expect(places[0]).toBeGreaterThanOrEqual(0)
    expect(read.slice(0, read.indexOf('\f'))).toContain(emergency)
  })

  test('the footer tells page, edition, stamp, review and where to check', async () => {
    const { context } = prepared(publishedArticle('en'))
    const pages = pdfText(await specimen('en', 'native'))
      .split('\f')
      .slice(0, -1)
    pages.forEach((page, index) => {
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`)
      expect(page).toContain('Last reviewed: 4 February 2026')
      expect(page).toContain(`guide.example.org/c/${context.edition.stamp}`)
    })
  })

  test('telephone numbers in Arabic text read from left to right', async () => {
    const read = pdfText(await specimen('ar', 'native')).replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    expect(read).toContain('+1 555 010 4477')
    expect(read).toContain('+1 555 010 0199')
    expect(read).toContain('www.example.org/rest')
  })

  test('hostile text is only text', async () => {
    const hostile = '#panic("x") $ sum $ #include "/etc/passwd" *a* _b_ `c` \\ @ref <label> [x] // c /* d */ = e'
    const read = pdfText(await handout('en', { ...bodyOf(paragraph(hostile)), title: hostile }))
    expect(read.replace(/\s+/g, ' ')).toContain('#panic("x") $ sum $ #include "/etc/passwd" *a* _b_ `c` \\ @ref')
  })

  test('10,000 characters without a space stay on the page, and direction controls turn nothing around', async () => {
    const turned = 'Call \u202e911\u202c now'
    const long = 'x'.repeat(10_000)
    const read = pdfText(
      await handout(
        'en',
        bodyOf(paragraph(long), paragraph(turned), {
          type: 'callout',
          id: 'c',
          variant: 'note',
          title: 'y'.repeat(400),
          children: Array.from({ length: 100 }, () => paragraph('A long note that goes on and on.')),
        }),
      ),
    )
    expect(read).toContain('Call 911 now')
    expect(read.replace(/[\s\u200b]/g, '').match(/x{500}/)).not.toBeNull()
    expect(read.match(/goes on and on/g)).toHaveLength(100)
    expect(read.split('\f').length).toBeGreaterThan(4)
  })
})

test('the same document gives the same bytes, in another child too', async () => {
  const other = renderPool({ size: 1, timeLimit: 60_000 })
  try {
    const [first, second, third] = [await handout('ar'), await handout('ar'), await handout('ar', {}, other)]
    expect(sha256(second)).toBe(sha256(first))
    expect(sha256(third)).toBe(sha256(first))
  } finally {
    await other.close()
  }
})

describe('checked before it is typeset', () => {
  test('every block passes', () => expect(messagesFor({ hero: ids.picture })).toEqual([]))
  test('a character no font has is named with its place', () => {
    expect(messagesFor(bodyOf(paragraph('Well done 🎉 and go on')))).toMatchObject([
      { rule: 'print-character', reason: expect.stringMatching(/“🎉” \(U\+1F389\).*Well done 🎉 and go on/) },
    ])
  })
  test('so is deep nesting, which the template could not follow', () => {
    let deep: blocks.Flow = paragraph('deep')
    for (let depth = 0; depth < 25; depth++) deep = { type: 'blockquote', children: [deep] }
    expect(messagesFor(bodyOf(deep))).toMatchObject([{ rule: 'print-depth' }])
  })
  test('and a title that is empty', () => {
    expect(messagesFor({ title: ' ' })).toMatchObject([{ rule: 'print-title' }])
  })
  test('a document that cannot be set is refused in words', async () => {
    await expect(handout('en', bodyOf(paragraph('🎉')))).rejects.toThrow(/U\+1F389.*leave it out/)
  })
  test('a node without a form on paper throws', async () => {
    const { tree, context } = prepared(publishedArticle('en'))
    const broken = { ...tree, children: [{ type: 'unheard-of' }] } as unknown as typeof tree
    await expect(handoutJob(broken, context)).rejects.toThrow(/unheard-of/)
  })
})

describe('the pages as pictures', () => {
  /** How much of a page is ink, in squares of a sixth of an inch: 0 is black, 255 is paper. */
  const inkOf = async (png: Uint8Array): Promise<number[]> => [
    ...(await sharp(png).greyscale().resize(49, 70, { fit: 'fill' }).raw().toBuffer()),
  ]
  /** By how much the square differs that differs most. */
  const differenceOf = (one: number[], other: number[]): number =>
    Math.max(...one.map((value, square) => Math.abs(value - other[square]!)))

  test.skipIf(lacks('pdftotext')).each(['en', 'ar'] as const)(
    'are those that another reader draws of the PDF in %s',
    async (locale) => {
      const pdf = await specimen(locale, 'native')
      const { count, pages } = await native.draw(pdf, 100)
      expect([count, pages.length]).toEqual([readPdf(pdf).pages.length, count])
      const theirs = [drawnByPoppler(pdf, 1, 120), drawnByPoppler(pdf, 2, 120)]
      for (const [index, drawn] of theirs.entries()) {
        const { png, width, height } = pages[index]!
        expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width, height })
        expect(Math.abs(width - (await sharp(drawn).metadata()).width)).toBeLessThan(3)
        expect(differenceOf(await inkOf(png), await inkOf(drawn))).toBeLessThan(60)
        expect(differenceOf(await inkOf(png), await inkOf(theirs[1 - index]!))).toBeGreaterThan(120)
      }
    },
  )

  test('are as many as were asked for, of all there are', async () => {
    const { count, pages } = await native.draw(await specimen('en', 'native'), 2)
    expect(count).toBeGreaterThan(2)
    expect(pages).toHaveLength(2)
  })

  test('of what is no PDF are refused in words, and the next document is typeset', async () => {
    await expect(native.draw(Buffer.from('%PDF-1.7 no more'), 10)).rejects.toThrow(/^The pages could not be drawn: ./)
    expect((await handout('en')).length).toBeGreaterThan(1000)
  })
})

describe('the channel', () => {
  const run = (change: Partial<Article>, pass: 1 | 2) => {
    const typeset: RenderContext['typeset'] = (job) => native.typeset(job)
    return compile(publishedArticle('en', change), environmentFor('en', { typeset }), [print], pass)
  }
  const stateIn = (files: { path: string; body: string | Uint8Array }[]) =>
    HandoutsJson.parse(JSON.parse(String(files.find(({ path }) => path === '/v1/en/handouts/resting.json')?.body)))
      .formats[0]

  test('says pending at once, and ready with the hash of the PDF after it', async () => {
    const first = await run({}, 1)
    expect(first.files).toHaveLength(1)
    expect(stateIn(first.files)).toMatchObject({ state: 'pending', sha256: null, bytes: null })

    const second = await run({}, 2)
    const pdf = second.files.find(({ path }) => path === '/v1/en/handouts/resting.a4.standard.pdf')
    expect(pdf?.type).toBe('application/pdf')
    const bytes = pdf?.body as Uint8Array
    expect(stateIn(second.files)).toMatchObject({ state: 'ready', sha256: sha256(bytes), bytes: bytes.byteLength })
  })

  test('says failed when there is no PDF, and why in a message', async () => {
    const { files, messages } = await run(bodyOf(paragraph('🎉')), 2)
    expect(stateIn(files)).toMatchObject({ state: 'failed' })
    expect(messages).toMatchObject([{ rule: 'render-failed', reason: expect.stringContaining('U+1F389') }])
  })
})
