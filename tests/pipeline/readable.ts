import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type DefaultTreeAdapterMap, parse, serialize } from 'parse5'
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

type Node = DefaultTreeAdapterMap['node']
type Element = DefaultTreeAdapterMap['element']
const childrenOf = (node: Node): Node[] => ('childNodes' in node ? node.childNodes : [])
const unread = new Set(['style', 'script', 'title', 'head'])

const wordsIn = (node: Node): string => {
  if (unread.has(node.nodeName)) return ''
  return 'value' in node ? node.value : childrenOf(node).map(wordsIn).join('')
}

function find(node: Node, isWanted: (element: Element) => boolean): Element | undefined {
  if ('attrs' in node && isWanted(node)) return node
  for (const child of childrenOf(node)) {
    const found = find(child, isWanted)
    if (found) return found
  }
  return undefined
}

function ofHtml(html: string): Omit<Readable, 'path'> {
  const page = parse(html)
  // What stands around the body of an article is the same on every page.
  const isBody = ({ attrs }: Element) => attrs.some(({ name, value }) => name === 'class' && value === 'body')
  const own = find(page, isBody) ?? find(page, ({ tagName }) => tagName === 'body')!
  return {
    extension: 'html',
    content: `${serialize(own).replaceAll('><', '>\n<')}\n`,
    words: wordsIn(page),
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
