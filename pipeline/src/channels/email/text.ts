import type { Locale, Phone, ShownResource } from 'content-schemas'
import { isolateRuns, withoutDirectionControls } from '../../bidi.ts'
import { agesOf, areaOf, costOf, formatLanguage, formatList, hoursOf, type Phrases } from '../../phrases/index.ts'
import type { Part, ResolvedFlow, ResolvedNode, ResolvedPhrasing } from '../../tree.ts'

/*
 * The text part of a mail: lines of at most 78 characters (RFC 5322, section 2.1.1), links as numbered notes.
 */

/** Longest line, characters. A word longer than that, an address, stands on a line of its own. */
export const columns = 78

/** What the blocks of one text share. */
export type Setting = { locale: Locale; phrases: Phrases; notes: Notes }

/** Addresses a text names by number, each once. */
export class Notes {
  readonly addresses: string[] = []

  number(url: string): number {
    const known = this.addresses.indexOf(url)
    return known >= 0 ? known + 1 : this.addresses.push(url)
  }
}

type Block = ResolvedFlow | Part
type Handlers = {
  [T in Block['type']]: (node: Extract<Block, { type: T }>, setting: Setting, width: number) => string[]
}

/** Lines of every block; a block without a form does not get past the types. */
const handlers: Handlers = {
  paragraph: (node, setting, width) => wrap(phrasing(node.children, setting), width),
  heading: (node, setting, width) => underlined(phrasing(node.children, setting), node.data.depth, width),
  list: (node, setting, width) =>
    node.children.flatMap((item, index) =>
      marked(node.ordered ? `${(node.start ?? 1) + index}. ` : '- ', width, (inner) =>
        flow(item.children, setting, inner),
      ),
    ),
  blockquote: (node, setting, width) => prefixed('> ', flow(node.children, setting, width - 2)),
  thematicBreak: () => ['* * *'],
  // A row as labelled lines: columns of text would not fit a phone.
  table: (node, setting, width) => {
    const [head, ...rows] = node.children
    const label = (column: number) => phrasing(head?.children[column]?.children ?? [], setting)
    const cells = (row: (typeof rows)[number]) =>
      row.children.flatMap((cell, column) => labelled(label(column), phrasing(cell.children, setting), width))
    return separated(rows.map(cells))
  },
  callout: (node, setting, width) =>
    prefixed(
      '| ',
      separated([
        wrap([setting.phrases.callouts[node.variant], node.title].filter(Boolean).join(': '), width - 2),
        flow(node.children, setting, width - 2),
      ]),
    ),
  steps: (node, setting, width) =>
    separated([
      title(node, width),
      ...node.children.map((step) =>
        marked(`${step.data.number}. `, width, (inner) =>
          separated([
            wrap([step.title, step.time && `(${step.time})`].filter(Boolean).join(' '), inner),
            flow(step.children, setting, inner),
          ]),
        ),
      ),
    ]),
  'care-options': (node, setting, width) =>
    separated([
      title(node, width),
      ...node.children.map((option) =>
        marked('* ', width, (inner) =>
          separated([
            wrap(option.title, inner),
            labelled(setting.phrases.whoItIsFor, option.whoFor, inner),
            flow(option.children, setting, inner),
            option.questions.length > 0
              ? [`${setting.phrases.whatToAsk}:`, ...items('- ', option.questions, inner)]
              : [],
          ]),
        ),
      ),
    ]),
  checklist: (node, _, width) => separated([title(node, width), items('[ ] ', node.items, width)]),
  'do-dont': (node, { phrases }, width) =>
    separated([
      title(node, width),
      [`${phrases.do}:`, ...items('+ ', node.dos, width)],
      [`${phrases.dont}:`, ...items('x ', node.donts, width)],
    ]),
  faq: (node, setting, width) =>
    separated([
      title(node, width),
      ...node.children.flatMap((question) => [title(question, width), flow(question.children, setting, width)]),
    ]),
  figure: ({ caption, data: { media } }, { phrases }, width) =>
    separated([
      media.decorative ? [] : wrap(`[${phrases.picture}: ${media.alt}]`, width),
      wrap([caption, media.credit].filter(Boolean).join(' · '), width),
    ]),
  resources: (node, setting, width) =>
    separated([title(node, width), ...node.data.resources.map((resource) => resourceLines(resource, setting, width))]),
  'call-to-action': ({ data: { record, resource, depth } }, setting, width) =>
    separated([
      underlined(record.heading, depth, width),
      wrap(record.text ?? '', width),
      record.url ? wrap(`${record.label} [${setting.notes.number(record.url)}]`, width) : [],
      resource ? resourceLines(resource, setting, width) : [],
    ]),
  'urgent-help': (node, setting, width) =>
    prefixed(
      '! ',
      separated([
        title(node, width - 2),
        flow(node.children, setting, width - 2),
        ...node.data.resources.map((resource) => reachLines(resource, setting, width - 2)),
      ]),
    ),
  part: (node, setting, width) =>
    separated([
      underlined(node.title, node.data.depth, width),
      node.show === 'full' ? [] : wrap(node.summary, width),
      flow(node.children, setting, width),
      wrap(
        `${node.show === 'full' ? setting.phrases.readOnTheWeb : setting.phrases.readMore} [${setting.notes.number(node.url)}]`,
        width,
      ),
    ]),
}

/** Lines of blocks, an empty line between two. A node that has no form in text throws. */
export function flow(nodes: readonly Block[], setting: Setting, width: number = columns): string[] {
  return separated(
    nodes.map((node) => {
      const handler = (
        handlers as Record<string, ((node: ResolvedNode, setting: Setting, width: number) => string[]) | undefined>
      )[node.type]
      if (!handler) throw new Error(`E-mail has no text for "${node.type}". Give it one in email/text.ts.`)
      return handler(node, setting, width)
    }),
  )
}

const phrasing = (nodes: readonly ResolvedPhrasing[], setting: Setting): string =>
  nodes.map((node) => phrase(node, setting)).join('')

function phrase(node: ResolvedPhrasing, setting: Setting): string {
  switch (node.type) {
    case 'text':
      return withoutDirectionControls(node.value)
    case 'strong':
    case 'emphasis':
    case 'term':
      return phrasing(node.children, setting)
    case 'break':
      return '\n'
    case 'citation':
      return ` (${setting.phrases.source(node.data.number)})`
    case 'link':
      return `${phrasing(node.children, setting)} [${setting.notes.number(node.url)}]`
    default:
      throw new Error(`E-mail has no text for "${(node as { type: string }).type}". Give it one in email/text.ts.`)
  }
}

/** Wraps text at spaces; a line break an author made stays one. */
export function wrap(text: string, width: number = columns): string[] {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = []
    let current = ''
    let length = 0
    for (const word of line.split(/[ \t\n]+/).filter(Boolean)) {
      const wordLength = lengthOf(word)
      if (current && length + 1 + wordLength > width) {
        lines.push(current)
        current = word
        length = wordLength
      } else {
        length += wordLength + (current ? 1 : 0)
        current = current ? `${current} ${word}` : word
      }
    }
    return current ? [...lines, current] : lines
  })
}

/** Characters, not code units. */
function lengthOf(word: string): number {
  let length = 0
  for (const _ of word) length += 1
  return length
}

/** Groups of lines with an empty line between; empty groups leave none. */
export const separated = (groups: readonly (readonly string[])[]): string[] =>
  groups.filter((group) => group.length > 0).flatMap((group, index) => (index === 0 ? [...group] : ['', ...group]))

const prefixed = (mark: string, lines: readonly string[]): string[] => lines.map((line) => (mark + line).trimEnd())

/** Lines behind a mark, the following ones indented as far. */
function marked(mark: string, width: number, content: (inner: number) => string[]): string[] {
  const indent = ' '.repeat(mark.length)
  return content(width - mark.length).map((line, index) => ((index === 0 ? mark : indent) + line).trimEnd())
}

export const underlined = (text: string, depth: number, width: number = columns): string[] => {
  const lines = wrap(text, width)
  const longest = Math.max(0, ...lines.map((line) => [...line].length))
  return [...lines, (depth <= 2 ? '=' : '-').repeat(longest)]
}

const title = (node: { title?: string | undefined; data: { depth: number } }, width: number): string[] =>
  node.title ? underlined(node.title, node.data.depth, width) : []
const labelled = (label: string, text: string, width: number): string[] =>
  text ? wrap(label ? `${label}: ${text}` : text, width) : []
const items = (mark: string, list: readonly { text: string }[], width: number): string[] =>
  list.flatMap(({ text }) => marked(mark, width, (inner) => wrap(text, inner)))

/** How to get through to a resource, its numbers first. Addresses stand in full: people copy them. */
function waysToReach(resource: ShownResource, { locale, phrases }: Setting, width: number): string[] {
  const line = (label: string, text: string | undefined) => labelled(label, text ?? '', width)
  return [
    ...wrap(resource.name, width),
    ...wrap(resource.alert ?? '', width),
    ...resource.phones.flatMap((phone) => wrap(phoneText(phone, phrases, locale), width)),
    ...line(phrases.textMessage, resource.text),
    ...line(phrases.chat, resource.chat),
    ...line(phrases.website, resource.url),
    ...line(phrases.email, resource.email),
  ]
}

/** All that urgent help shows of a resource. */
const reachLines = (resource: ShownResource, setting: Setting, width: number): string[] => [
  ...waysToReach(resource, setting, width),
  ...wrap(resource.notice ?? '', width),
]

/** A resource: how to get through to it, and then the rest. */
function resourceLines(resource: ShownResource, setting: Setting, width: number): string[] {
  const { locale, phrases } = setting
  const line = (label: string, text: string | undefined) => labelled(label, text ?? '', width)
  return [
    ...waysToReach(resource, setting, width),
    ...wrap(resource.description, width),
    ...line(phrases.address, resource.address),
    ...line(phrases.hours, hoursOf(resource, locale)),
    ...line(phrases.area, areaOf(resource, locale)),
    ...line(phrases.languages, languagesOf(resource.languages, locale)),
    ...line(phrases.cost, costOf(resource, locale)),
    ...line(phrases.eligibility, resource.eligibility),
    ...line(phrases.age, agesOf(resource, phrases)),
    ...line(phrases.howToApply, resource.applicationProcess),
    ...wrap(resource.notice ?? '', width),
  ]
}

/** A space no line breaks at, turned back into a plain one at the end. */
const unbroken = '\u00A0'

function phoneText(phone: Phone, phrases: Phrases, locale: Locale): string {
  const extension = phone.extension && phrases.extension(phone.extension)
  const notes = [phone.description, phone.hours, languagesOf(phone.languages ?? [], locale)].filter(Boolean).join(', ')
  const number = [`${phrases.phoneTypes[phone.type]}:`, phone.number.replaceAll(' ', unbroken), extension]
    .filter(Boolean)
    .join(' ')
  return notes ? `${number} (${notes})` : number
}

const languagesOf = (tags: readonly string[], locale: Locale): string | undefined =>
  tags.length > 0
    ? formatList(
        locale,
        tags.map((tag) => formatLanguage(locale, tag)),
      )
    : undefined

/** Lines as one text; in right-to-left languages addresses and telephone numbers are isolated. */
export const toText = (lines: readonly string[], locale: Locale): string => {
  const text = `${lines.join('\n').replaceAll(unbroken, ' ')}\n`
  return locale === 'ar' ? isolateRuns(text) : text
}
