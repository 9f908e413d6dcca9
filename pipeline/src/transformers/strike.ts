import { Article, type blocks, type Locale, noRecords, type Strike } from 'content-schemas'
import { formatDay, phrasesOf } from '../phrases/index.ts'
import { passagesOf, type Span } from '../reading/passages.ts'
import { sentencesOf } from '../reading/words.ts'
import { saysAgain } from './says-again.ts'
import { textOf } from './text-of.ts'

/*
 * Taking a passage out of a published article, at once and before a review. What stands in its place is a fixed sentence:
 * nothing can be advised this way. Nor by leaving out a word: within a text whole sentences go.
 */

/** What is struck, in the article as it was approved. */
export type StruckPlace = Strike['place']

/** A passage somebody may choose: its place, what it begins with, and the id of the block where it has one. */
export type StrikablePassage = { pointer: string; block: string | null; kind: string; text: string }

/** Nodes that go as a whole, besides those that stand in a flow. */
const parts = ['listItem', 'step', 'care-option', 'question'] as const
type Part = Extract<blocks.Node, { type: (typeof parts)[number] }>
const isPart = (node: blocks.Node): node is Part => (parts as readonly string[]).includes(node.type)

/** Fields of an article that may be struck. Without a title it is no article: that one is withdrawn. */
const fields = ['summary', 'mainMessage'] as const

/** Everything of an article that can be struck as a whole, in reading order. */
export function strikable(article: Article): StrikablePassage[] {
  const found: StrikablePassage[] = fields.flatMap((name) =>
    article[name] ? [{ pointer: `/${name}`, block: null, kind: name, text: article[name] }] : [],
  )
  const visit = (node: blocks.Node, pointer: string) => {
    const isHolder = node.type === 'root' || node.type === 'table' || node.type === 'tableRow'
    if (!isHolder || node.type === 'table')
      found.push({ pointer, block: 'id' in node ? node.id : null, kind: node.type, text: shownText(node) })
    for (const [key, index, item] of itemsOf(node))
      found.push({ pointer: `${pointer}/${key}/${index}/text`, block: item.id, kind: 'item', text: item.text })
    if (isPhrasingHolder(node) || node.type === 'table') return
    if ('children' in node)
      for (const [index, child] of node.children.entries()) visit(child, `${pointer}/children/${index}`)
  }
  visit(article.body, '/body')
  return found
}

type PhrasingHolder = blocks.Paragraph | blocks.Heading | blocks.TableCell
const isPhrasingHolder = (node: blocks.Node): node is PhrasingHolder =>
  node.type === 'paragraph' || node.type === 'heading' || node.type === 'tableCell'

type ItemKey = 'items' | 'dos' | 'donts' | 'questions'
const itemKeys: readonly ItemKey[] = ['items', 'dos', 'donts', 'questions']
function itemsOf(node: blocks.Node): [ItemKey, number, blocks.Item][] {
  const held = node as { [K in ItemKey]?: blocks.Item[] }
  return itemKeys.flatMap((key) =>
    (held[key] ?? []).map((item, index): [ItemKey, number, blocks.Item] => [key, index, item]),
  )
}

const shownText = (node: blocks.Node): string => {
  const title = 'title' in node && node.title ? `${node.title}. ` : ''
  const items = itemsOf(node).map(([, , { text }]) => text)
  return (title + [textOf(node), ...items].filter(Boolean).join(' ')).trim() || node.type
}

/** Why a passage cannot be struck as it was asked. */
export class StrikeError extends Error {}

/** What is meant: a block or a place as a whole, or the sentences that hold some words, in it or anywhere. */
export type Meant = { pointer?: string | undefined; block?: string | undefined; words?: string | undefined }

/** The place of what is meant. Throws a `StrikeError` that says what to name instead. */
export function placeToStrike(article: Article, { pointer, block, words }: Meant): StruckPlace {
  const named = pointer === undefined && block === undefined ? undefined : namedIn(article, { pointer, block })
  if (words?.trim()) return sentencesWith(article, words.trim(), named?.pointer)
  if (!named) throw new StrikeError('Say which passage: a block, or words that stand in it.')
  return { pointer: named.pointer }
}

function namedIn(article: Article, { pointer, block }: Meant): StrikablePassage {
  const found = strikable(article).find((passage) =>
    pointer === undefined ? passage.block === block : passage.pointer === pointer,
  )
  if (found) return found
  throw new StrikeError(`What is published has no passage ${pointer ?? block}. Choose one that it has.`)
}

/** The sentences that hold some words, which must stand there once. */
function sentencesWith(article: Article, words: string, within: string | undefined): StruckPlace {
  const places = textsOf(article, within).flatMap((passage) =>
    [...occurrences(passage.text, words)].map((start) => ({ passage, start, end: start + words.length })),
  )
  const [place] = places
  if (!place) throw new StrikeError(`“${words}” does not stand in what is published. Copy the words from the page.`)
  if (places.length > 1)
    throw new StrikeError(`“${words}” stands there ${places.length} times. Give more of the words around it.`)
  const { pointer, text } = place.passage
  const touched = sentencesOf(text).filter(({ start, end }) => start < place.end && place.start < end)
  const [start, end] = [touched[0]?.start ?? 0, touched.at(-1)?.end ?? text.length]
  return { pointer, start, end }
}

/** The texts that words can be looked for in. What a shared passage says is struck with its block, or changed there. */
const textsOf = (article: Article, within = '') =>
  passagesOf(article, noRecords()).filter(
    ({ pointer, isShared }) =>
      !isShared && pointer !== '/title' && (pointer === within || pointer.startsWith(within && `${within}/`)),
  )

function* occurrences(text: string, words: string): Generator<number> {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) yield at
}

/** By what a struck passage is known again: what it said, and the block, which may say nothing itself. */
export type Recall = { words: readonly string[]; block: string | null }

export const recallOf = (article: Article, place: StruckPlace): Recall => ({
  words: wordsAt(article, place),
  block: strikable(article).find(({ pointer }) => pointer === place.pointer)?.block ?? null,
})

/** What a place says, one string a text. */
function wordsAt(article: Article, { pointer, start, end }: StruckPlace): string[] {
  const texts = textsOf(article, pointer)
  if (start !== undefined && end !== undefined) return texts.slice(0, 1).map(({ text }) => text.slice(start, end))
  const prose = texts.filter(({ kind }) => kind !== 'title')
  return (prose.length > 0 ? prose : texts).map(({ text }) => text)
}

/** Where a struck passage still stands in an article, in the same or nearly the same words; undefined where it does not. */
export function stillSaid(article: Article, { words, block }: Recall): string | undefined {
  if (words.length === 0) return block ? strikable(article).find((one) => one.block === block)?.pointer : undefined
  return textsOf(article).find(({ text }) => words.some((some) => saysAgain(text, some, article.locale)))?.pointer
}

/** One strike, as far as the text goes. */
export type Struck = Pick<Strike, 'id' | 'cause' | 'at' | 'place'>

/** Id of the callout that stands in the place of a block. */
export const struckBlock = ({ id }: Pick<Strike, 'id'>): string => `struck-${id}`

/** The sentence readers are given for a strike. */
export const strikeText = (locale: Locale, { kind, at, cause }: Pick<Strike, 'kind' | 'at' | 'cause'>): string => {
  const { passageStruck, correctionNotice } = phrasesOf(locale)
  return (kind === 'notice' ? correctionNotice : passageStruck)(formatDay(locale, at), cause)
}

/** The article with sentences that say so in place of what was struck. All places are of the article as given. */
export function strike(article: Article, strikes: readonly Struck[]): Article {
  const eraser = new Eraser(article.locale, strikes)
  const [summary, mainMessage] = fields.map((name) => eraser.field(article[name], `/${name}`, 600))
  const body = { ...article.body, children: eraser.flow(article.body.children, '/body') }
  return Article.parse({ ...article, summary, mainMessage, body })
}

class Eraser {
  private readonly locale: Locale
  private readonly strikes: readonly Struck[]

  constructor(locale: Locale, strikes: readonly Struck[]) {
    this.locale = locale
    this.strikes = strikes
  }

  flow(nodes: readonly blocks.Flow[], pointer: string): blocks.Flow[] {
    return nodes.map((node, index) => {
      const at = `${pointer}/children/${index}`
      const whole = this.whole(at)
      return whole ? this.callout(whole) : (this.inside(node, at) as blocks.Flow)
    })
  }

  /** A field, with what was struck in it replaced; replaced altogether where that would be too long. */
  field(text: string, pointer: string, longest: number): string {
    const whole = this.whole(pointer)
    if (whole) return this.said(whole)
    let left = text
    for (const struck of this.within(pointer).toSorted((a, b) => b.place.start! - a.place.start!)) {
      const { start, end } = struck.place
      left = `${left.slice(0, start)}${this.said(struck)}${left.slice(end)}`
      if (left.length > longest) return this.said(struck)
    }
    return left
  }

  private whole(pointer: string): Struck | undefined {
    return this.strikes.find(({ place }) => place.pointer === pointer && place.start === undefined)
  }

  private within(pointer: string): Struck[] {
    return this.strikes.filter(({ place }) => place.pointer === pointer && place.start !== undefined)
  }

  private said({ at, cause }: Struck): string {
    return strikeText(this.locale, { kind: 'passage', at, cause })
  }

  private paragraph(struck: Struck): blocks.Paragraph {
    return { type: 'paragraph', children: [{ type: 'text', value: this.said(struck) }] }
  }

  private callout(struck: Struck): blocks.Callout {
    return { type: 'callout', id: struckBlock(struck), variant: 'warning', children: [this.paragraph(struck)] }
  }

  private inside(node: blocks.Node, pointer: string): blocks.Node {
    if (node.type === 'heading' && this.within(pointer).length > 0)
      return { ...node, children: [{ type: 'text', value: phrasesOf(this.locale).titleStruck }] }
    if (isPhrasingHolder(node)) return { ...node, children: this.phrasing(node.children, pointer) } as blocks.Node
    const written: Record<string, unknown> = { ...node, ...this.fieldsOf(node, pointer) }
    if (!('children' in node)) return written as blocks.Node
    if (node.type === 'table' || node.type === 'tableRow' || node.children.some(isPart))
      written.children = node.children.map((child, index) => this.part(child, `${pointer}/children/${index}`))
    else written.children = this.flow(node.children as blocks.Flow[], pointer)
    return written as blocks.Node
  }

  /** A node that is of a block and cannot give way to another: it stays, without what it said. */
  private part(node: blocks.Node, pointer: string): blocks.Node {
    const whole = isPart(node) ? this.whole(pointer) : undefined
    if (!whole) return this.inside(node, pointer)
    const children = [this.paragraph(whole)]
    if (node.type === 'listItem') return { type: 'listItem', children }
    const title = phrasesOf(this.locale).titleStruck
    const { type, id } = node as Exclude<Part, { type: 'listItem' }>
    if (type === 'care-option') return { type, id, title, whoFor: '–', questions: [], children }
    return { type, id, title, children }
  }

  /** Titles give way to a word: a sentence is no title. */
  private fieldsOf(node: blocks.Node, pointer: string): Record<string, unknown> {
    const changed: Record<string, unknown> = {}
    const { title, whoFor, caption } = node as { title?: string; whoFor?: string; caption?: string }
    const isStruck = (at: string) => this.whole(at) !== undefined || this.within(at).length > 0
    if (title && isStruck(`${pointer}/title`)) changed.title = phrasesOf(this.locale).titleStruck
    if (whoFor) changed.whoFor = this.field(whoFor, `${pointer}/whoFor`, 400)
    if (caption) changed.caption = this.field(caption, `${pointer}/caption`, 400)
    for (const key of itemKeys) {
      const items = itemsOf(node).filter(([held]) => held === key)
      const written = items.map(([, index, item]) => ({
        ...item,
        text: this.field(item.text, `${pointer}/${key}/${index}/text`, 400),
      }))
      if (items.length > 0) changed[key] = written
    }
    return changed
  }

  private phrasing(nodes: readonly blocks.Phrasing[], pointer: string): blocks.Phrasing[] {
    let children = [...nodes]
    for (const struck of this.within(pointer).toSorted((a, b) => b.place.start! - a.place.start!)) {
      const said: blocks.Text = { type: 'text', value: this.said(struck) }
      children = [
        ...sliced(children, { start: 0, end: struck.place.start! }, 'from'),
        said,
        ...sliced(children, { start: struck.place.end!, end: Number.POSITIVE_INFINITY }, 'after'),
      ]
    }
    return children
  }
}

/** What of phrasing nodes lies in a span. A citation at the end of what is struck goes with it. */
function sliced(nodes: readonly blocks.Phrasing[], span: Span, side: 'from' | 'after'): blocks.Phrasing[] {
  let at = 0
  const visit = (some: readonly blocks.Phrasing[]): blocks.Phrasing[] =>
    some.flatMap((node): blocks.Phrasing[] => {
      const start = at
      if ('children' in node) {
        const children = visit(node.children)
        return children.length > 0 ? [{ ...node, children }] : []
      }
      if (node.type === 'text') {
        at += node.value.length
        const value = node.value.slice(Math.max(0, span.start - start), Math.max(0, span.end - start))
        return value ? [{ ...node, value }] : []
      }
      if (node.type === 'break') at += 1
      const isIn = side === 'from' ? start < span.end : start > span.start
      return isIn ? [node] : []
    })
  return visit(nodes)
}
