import type { Media, Phone, Rendition, ShownResource } from 'content-schemas'
import { agesOf, areaOf, costOf, formatLanguage, formatList, hoursOf, type Phrases } from '../../phrases/index.ts'
import type { Part, ResolvedFlow, ResolvedNode } from '../../tree.ts'
import { type Run, readable, runsOf, textRuns, wordsOf } from './words.ts'

/*
 * The blocks of a handout: what the template sets, every word of it decided here.
 */

/** A heading of a block; null where the author gave it none. `level` counts from 1 below the title of the handout. */
export type PaperTitle = { level: number; runs: Run[] } | null
export type Picture = { path: string; alt: string; decorative: boolean; width: number; height: number }
export type Line = { label: string; runs: Run[] }
export type Number = { label: string; number: string; note: Run[] }
/** `reach`: other ways to get through; `lines`: what else there is to know. */
export type Card = {
  name: Run[]
  kind: string
  alert: Run[]
  about: Run[]
  numbers: Number[]
  reach: Line[]
  lines: Line[]
  notice: Run[]
}

export type PaperBlock =
  | { type: 'paragraph'; runs: Run[] }
  | { type: 'heading'; level: number; runs: Run[] }
  | { type: 'list'; ordered: boolean; start: number; tight: boolean; items: PaperBlock[][] }
  | { type: 'blockquote'; children: PaperBlock[] }
  | { type: 'thematicBreak' }
  /** `weights`: widths of the columns, relative to each other. */
  | { type: 'table'; weights: number[]; header: Run[][]; rows: Run[][][] }
  /** `together`: short enough to be kept on one page. */
  | { type: 'callout'; variant: string; label: string; title: PaperTitle; children: PaperBlock[]; together: boolean }
  | { type: 'steps'; title: PaperTitle; steps: PaperStep[] }
  | { type: 'care-options'; title: PaperTitle; layout: 'table' | 'stacked'; options: PaperOption[] }
  | { type: 'checklist'; title: PaperTitle; items: Run[][] }
  | { type: 'do-dont'; title: PaperTitle; dos: Run[][]; donts: Run[][] }
  | { type: 'faq'; title: PaperTitle; questions: { title: PaperTitle; children: PaperBlock[] }[] }
  | { type: 'figure'; picture: Picture; caption: Run[]; credit: Run[] }
  | { type: 'resources'; title: PaperTitle; cards: Card[] }
  | { type: 'call-to-action'; title: PaperTitle; about: Run[]; action: Run[]; card: Card | null }
  | { type: 'urgent-help'; title: PaperTitle; children: PaperBlock[]; cards: Card[]; together: boolean }
export type PaperStep = { title: PaperTitle; number: string; time: Run[]; children: PaperBlock[] }
export type PaperOption = { title: PaperTitle; whoFor: Run[]; children: PaperBlock[]; questions: Run[][] }

/** What the blocks of one handout share. */
export type Setting = {
  phrases: Phrases
  locale: 'en' | 'es' | 'ar'
  isRightToLeft: boolean
  /** Pictures used, by the virtual path the template names: the hash of their bytes. */
  pictures: Map<string, string>
}

type Compilers = {
  [T in ResolvedFlow['type']]: (node: Extract<ResolvedFlow, { type: T }>, setting: Setting) => PaperBlock
}

/** A form for every block; a block without one does not get past the types. */
const compilers: Compilers = {
  paragraph: (node, setting) => ({ type: 'paragraph', runs: runsOf(node.children, setting.isRightToLeft) }),
  heading: (node, setting) => ({
    type: 'heading',
    level: node.data.depth - 1,
    runs: runsOf(node.children, setting.isRightToLeft),
  }),
  list: (node, setting) => ({
    type: 'list',
    ordered: node.ordered,
    start: node.start ?? 1,
    tight: node.children.every((item) => item.children.length < 2),
    items: node.children.map((item) => paperBlocks(item.children, setting)),
  }),
  blockquote: (node, setting) => ({ type: 'blockquote', children: paperBlocks(node.children, setting) }),
  thematicBreak: () => ({ type: 'thematicBreak' }),
  table(node, setting) {
    const rows = node.children.map((row) => row.children.map((cell) => runsOf(cell.children, setting.isRightToLeft)))
    return { type: 'table', weights: columnWeights(rows), header: rows[0] ?? [], rows: rows.slice(1) }
  },
  callout: (node, setting) => ({
    type: 'callout',
    variant: node.variant,
    label: setting.phrases.callouts[node.variant],
    ...titled(node, setting),
    ...kept(node.children, setting),
  }),
  steps: (node, setting) => ({
    type: 'steps',
    ...titled(node, setting),
    steps: node.children.map((step) => ({
      ...titled(step, setting),
      number: String(step.data.number),
      time: plain(step.time, setting),
      children: paperBlocks(step.children, setting),
    })),
  }),
  'care-options': (node, setting) => ({
    type: 'care-options',
    ...titled(node, setting),
    layout: node.children.every(isShort) ? 'table' : 'stacked',
    options: node.children.map((option) => ({
      ...titled(option, setting),
      whoFor: plain(option.whoFor, setting),
      children: paperBlocks(option.children, setting),
      questions: option.questions.map(({ text }) => plain(text, setting)),
    })),
  }),
  checklist: (node, setting) => ({ type: 'checklist', ...titled(node, setting), items: items(node.items, setting) }),
  'do-dont': (node, setting) => ({
    type: 'do-dont',
    ...titled(node, setting),
    dos: items(node.dos, setting),
    donts: items(node.donts, setting),
  }),
  faq: (node, setting) => ({
    type: 'faq',
    ...titled(node, setting),
    questions: node.children.map((question) => ({
      ...titled(question, setting),
      children: paperBlocks(question.children, setting),
    })),
  }),
  figure: (node, setting) => ({
    type: 'figure',
    picture: pictureOf(node.data.media, setting),
    caption: plain(node.caption, setting),
    credit: plain(node.data.media.credit, setting),
  }),
  resources: (node, setting) => ({
    type: 'resources',
    ...titled(node, setting),
    cards: node.data.resources.map((resource) => cardOf(resource, setting)),
  }),
  'call-to-action': ({ data }, setting) => ({
    type: 'call-to-action',
    ...titled({ title: data.record.heading, data }, setting),
    about: plain(data.record.text, setting),
    action: data.record.url
      ? runsOf(
          [{ type: 'link', url: data.record.url, children: [{ type: 'text', value: data.record.label }] }],
          setting.isRightToLeft,
        )
      : [],
    card: data.resource ? cardOf(data.resource, setting) : null,
  }),
  'urgent-help': (node, setting) => ({
    type: 'urgent-help',
    ...titled(node, setting),
    ...kept(node.children, setting),
    cards: node.data.resources.map((resource) => cardOf(resource, setting)),
  }),
}

/** Compiles blocks, in order. A node that has no form on paper throws: nothing is left out in silence. */
export function paperBlocks(nodes: readonly (ResolvedFlow | Part)[], setting: Setting): PaperBlock[] {
  return nodes.map((node) => {
    const compile = (compilers as Record<string, ((node: ResolvedNode, setting: Setting) => PaperBlock) | undefined>)[
      node.type
    ]
    if (!compile) throw new Error(`Print has no form for "${node.type}". Give it one in print/paper-blocks.ts.`)
    return compile(node, setting)
  })
}

const plain = (text: string | undefined, setting: Setting): Run[] => textRuns(text ?? '', setting.isRightToLeft)
const items = (list: readonly { text: string }[], setting: Setting): Run[][] =>
  list.map(({ text }) => plain(text, setting))

const titled = (
  node: { title?: string | undefined; data: { depth: number } },
  setting: Setting,
): { title: PaperTitle } => ({
  title: node.title ? { level: node.data.depth - 1, runs: plain(node.title, setting) } : null,
})

/** Longest text, in characters, that is kept on one page: less than half of one. */
const longestTogether = 1200
const kept = (nodes: readonly ResolvedFlow[], setting: Setting) => {
  const children = paperBlocks(nodes, setting)
  return { children, together: lengthOf(children) <= longestTogether }
}

const lengthOf = (value: unknown): number => {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce((sum, [key, part]) => (key === 'type' ? sum : sum + lengthOf(part)), 0)
}

/** Longest text of an option that reads well in a column of a table. */
const longestInColumn = 900
const plainInColumn = new Set(['paragraph', 'list'])
const isShort = ({ children }: { children: readonly ResolvedFlow[] }): boolean =>
  children.every(({ type }) => plainInColumn.has(type)) && lengthOf(children) <= longestInColumn

/** Columns as wide as the square root of their longest cell asks for, within limits: text wraps, short columns stay narrow. */
function columnWeights(rows: readonly Run[][][]): number[] {
  const columns = Math.max(0, ...rows.map((row) => row.length))
  return Array.from({ length: columns }, (_, column) => {
    const longest = Math.max(...rows.map((row) => wordsOf(row[column] ?? []).length))
    return Math.round(10 * Math.sqrt(Math.min(Math.max(longest, 6), 160))) / 10
  })
}

/** The picture of a media record, in the size made for print where there is one. */
export function pictureOf(media: Media, { pictures }: Setting): Picture {
  const rendition = printable(media)
  const path = `/pictures/${rendition.sha256}.${rendition.type === 'image/jpeg' ? 'jpg' : rendition.type.slice(6)}`
  pictures.set(path, rendition.sha256)
  const { width, height } = rendition
  return { path, alt: media.alt, decorative: media.decorative, width, height }
}

function printable({ renditions, slug }: Media): Rendition {
  const usable = renditions.filter(({ type }) => type !== 'image/avif')
  const found = usable.find(({ purpose }) => purpose === 'print') ?? usable[0]
  if (!found) throw new Error(`The picture "${slug}" has no size that can be printed. Upload it again as PNG or JPEG.`)
  return found
}

/** A resource as a card that works without a screen: the number large, every address written out. */
export function cardOf(resource: ShownResource, setting: Setting): Card {
  const { phrases } = setting
  const line = (label: string, text: string | undefined): Line[] =>
    text ? [{ label, runs: plain(text, setting) }] : []
  const address = (label: string, url: string | undefined): Line[] =>
    url ? [{ label, runs: [{ type: 'link', url, shown: null, children: addressRuns(readable(url)) }] }] : []
  const kind = phrases.resourceKinds[resource.kind]
  return {
    name: plain(resource.name, setting),
    kind:
      resource.organization && resource.organization !== resource.name ? `${kind} · ${resource.organization}` : kind,
    alert: plain(resource.alert, setting),
    about: plain(resource.description, setting),
    numbers: resource.phones.map((phone) => numberOf(phone, setting)),
    reach: [
      ...line(phrases.textMessage, resource.text),
      ...address(phrases.chat, resource.chat),
      ...address(phrases.website, resource.url),
      ...address(phrases.email, resource.email && `mailto:${resource.email}`),
    ],
    lines: [
      ...line(phrases.address, resource.address),
      ...line(phrases.hours, hoursOf(resource, setting.locale)),
      ...line(phrases.area, areaOf(resource, setting.locale)),
      ...line(phrases.languages, languages(resource.languages, setting)),
      ...line(phrases.cost, costOf(resource, setting.locale)),
      ...line(phrases.eligibility, resource.eligibility),
      ...line(phrases.age, agesOf(resource, phrases)),
      ...line(phrases.howToApply, resource.applicationProcess),
    ],
    notice: plain(resource.notice ?? undefined, setting),
  }
}

const addressRuns = (text: string): Run[] => [
  { type: 'text', text, strong: false, emphasis: false, term: false, ltr: true },
]

function numberOf(phone: Phone, setting: Setting): Number {
  const { phrases } = setting
  const extension = phone.extension && phrases.extension(phone.extension)
  const notes = [extension, phone.description, phone.hours, languages(phone.languages ?? [], setting)].filter(Boolean)
  return {
    label: phrases.phoneTypes[phone.type],
    number: phone.number,
    note: plain(notes.join(' · '), setting),
  }
}

const languages = (tags: readonly string[], { locale }: Setting): string | undefined =>
  tags.length > 0
    ? formatList(
        locale,
        tags.map((tag) => formatLanguage(locale, tag)),
      )
    : undefined
