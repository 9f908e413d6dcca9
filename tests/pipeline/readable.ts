import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'parse5'
import type { RenderedFile } from 'pipeline/channels/channel.ts'
import { lacks } from '../needs.ts'

/** A rendered file in a form people can review, and the words its readers get. */
export type Readable = {
  path: string
  extension: 'html' | 'txt'
  content: string
  words: string
  /** A text in pieces that its reader must find, without what cannot be told from this kind of file. */
  piecesOf(text: string): string[]
}

/** Undefined for files that hold no body, and for PDFs where no program reads them. */
export function readableForm({ path, type, body }: RenderedFile): Readable | undefined {
  const text = () => (typeof body === 'string' ? body : new TextDecoder().decode(body))
  switch (type.split(';')[0]) {
    case 'text/html':
      return { path, ...ofHtml(text()) }
    case 'text/plain':
      return { path, extension: 'txt', content: text(), words: text(), piecesOf: whole }
    case 'application/pdf':
      return cannotReadPdf ? undefined : { path, ...ofPdf(body as Uint8Array) }
    case 'application/json': {
      const { html } = JSON.parse(text())
      return typeof html === 'string' ? { path, ...ofHtml(html) } : undefined
    }
  }
  return undefined
}

/** Text without white space, direction controls and presentation forms, all of which belong to a layout. */
const squeezed = (text: string): string =>
  text.normalize('NFKC').replace(/[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]+/gu, '')

const whole = (text: string): string[] => [squeezed(text)]

type HtmlNode = { nodeName: string; value?: string; childNodes?: HtmlNode[] }
const unread = new Set(['style', 'script', 'title', 'head'])

function ofHtml(html: string): Omit<Readable, 'path'> {
  // What stands around the article is the same on every page.
  const own = /<main\b[\s\S]*<\/main>/.exec(html)?.[0] ?? /<body\b[\s\S]*<\/body>/.exec(html)?.[0] ?? html
  const wordsIn = ({ nodeName, value = '', childNodes = [] }: HtmlNode): string =>
    unread.has(nodeName) ? '' : value + childNodes.map(wordsIn).join('')
  return {
    extension: 'html',
    content: `${own.replaceAll('><', '>\n<')}\n`,
    words: wordsIn(parse(html) as HtmlNode),
    piecesOf: whole,
  }
}

const cannotReadPdf = lacks('pdftotext')

function ofPdf(bytes: Uint8Array): Omit<Readable, 'path'> {
  const directory = mkdtempSync(join(tmpdir(), 'signpost-fixture-'))
  try {
    const file = join(directory, 'handout.pdf')
    writeFileSync(file, bytes)
    const words = execFileSync('pdftotext', ['-enc', 'UTF-8', file, '-'], { encoding: 'utf8' })
    return { extension: 'txt', content: words, words, piecesOf: asPdfHasIt }
  } finally {
    rmSync(directory, { recursive: true })
  }
}

/**
 * pdftotext reads glyphs from right to left: it turns a ligature of lam and alef around, repeats a letter that carries a
 * mark, and moves the word of such a letter. So Arabic is compared word by word, without marks, forms of alef, doubled
 * letters and the order of lam and alef.
 */
function asPdfHasIt(text: string): string[] {
  if (!/\p{Script=Arabic}/u.test(text)) return whole(text)
  const letters = (word: string) =>
    squeezed(word)
      .normalize('NFD')
      .replace(/\p{M}+/gu, '')
      .replace(/(\p{Script=Arabic})\1+/gu, '$1')
      .replace(/[ال]+/gu, (run) => [...new Set(run)].sort().join(''))
  return (text.match(/[\p{Script=Arabic}\p{M}]+|[^\s\p{Script=Arabic}\p{M}]+/gu) ?? []).map(letters)
}
