import type { blocks, Locale, Phone, ShownResource } from 'content-schemas'
import { isolateRuns } from '../../bidi.ts'
import { areaOf, costOf, formatLanguage, formatList, hoursOf, type Phrases, phrasesOf } from '../../phrases/index.ts'
import type { ResolvedNode, ResolvedRoot } from '../../tree.ts'

/** What handlers share while one tree is written. */
type State = { locale: Locale; phrases: Phrases }
type Block = Exclude<ResolvedNode['type'], 'root' | Inline>
type Inline = 'text' | 'strong' | 'emphasis' | 'break' | 'link' | 'term' | 'citation'
type Handlers = { [T in Block]: (node: Extract<ResolvedNode, { type: T }>, state: State) => string }

/**
 * A resolved tree as plain text people can read: headings underlined, lists marked, addresses written out. Lines are
 * not wrapped. Throws on a node type without a handler.
 */
export function toText(tree: ResolvedRoot, locale: Locale): string {
  const text = flow(tree.children, { locale, phrases: phrasesOf(locale) })
  return locale === 'ar' ? isolateRuns(text) : text
}

/** One handler a block. */
const handlers: Handlers = {
  paragraph: (node) => inline(node.children),
  heading: (node) => underlined(inline(node.children), node.data.depth),
  list: (node, state) =>
    node.children
      .map((item, index) =>
        marked(node.ordered ? `${(node.start ?? 1) + index}. ` : '- ', handlers.listItem(item, state)),
      )
      .join('\n'),
  listItem: (node, state) => flow(node.children, state),
  blockquote: (node, state) => flow(node.children, state).replace(/^/gm, '> '),
  thematicBreak: () => '* * *',
  // One line a cell: a table of characters is unreadable on a phone and to a screen reader.
  table: (node) => {
    const [head, ...rows] = node.children.map((row) => row.children.map((cell) => inline(cell.children)))
    return rows.map((row) => row.map((cell, index) => labelled(head?.[index], cell)).join('\n')).join('\n\n')
  },
  tableRow: (node) => node.children.map((cell) => inline(cell.children)).join('\n'),
  tableCell: (node) => inline(node.children),

  callout: (node, state) => {
    const label = state.phrases.callouts[node.variant]
    return joined(labelled(label, node.title) || label, flow(node.children, state))
  },
  steps: (node, state) => joined(title(node), flow(node.children, state)),
  step: (node, state) => {
    const head = labelled(state.phrases.step(node.data.number), node.title)
    return joined(underlined(node.time ? `${head} (${node.time})` : head, node.data.depth), flow(node.children, state))
  },
  'care-options': (node, state) => joined(title(node), flow(node.children, state)),
  'care-option': (node, state) => {
    const { whoItIsFor, whatHappens, whatToAsk } = state.phrases
    return joined(
      title(node),
      labelled(whoItIsFor, node.whoFor),
      under(whatHappens, flow(node.children, state)),
      under(whatToAsk, items('- ', node.questions)),
    )
  },
  checklist: (node) => joined(title(node), items('[ ] ', node.items)),
  'do-dont': (node, { phrases }) =>
    joined(title(node), under(phrases.do, items('- ', node.dos)), under(phrases.dont, items('- ', node.donts))),
  faq: (node, state) => joined(title(node), flow(node.children, state)),
  question: (node, state) => joined(title(node), flow(node.children, state)),
  figure: (node, { phrases }) => {
    const { alt, decorative, credit } = node.data.media
    const shown = decorative ? '' : `[${labelled(phrases.picture, alt)}]`
    return [shown, [node.caption, credit].filter(Boolean).join(' ')].filter(Boolean).join('\n')
  },
  resources: (node, state) => joined(title(node), resourceList(node.data.resources, state)),
  'call-to-action': (node, state) => {
    const { record, resource, depth } = node.data
    return joined(
      underlined(record.heading, depth),
      record.text,
      record.url && labelled(record.label, record.url),
      resource && resourceList([resource], state),
    )
  },
  'urgent-help': (node, state) =>
    joined(title(node), flow(node.children, state), resourceList(node.data.resources, state, 'urgent')),
  part: (node, state) =>
    joined(
      underlined(node.title, node.data.depth),
      node.show !== 'full' && node.summary,
      flow(node.children, state),
      node.url,
    ),
}

function flow(nodes: readonly ResolvedNode[], state: State): string {
  const texts: string[] = []
  for (const node of nodes) {
    const handler = handlers[node.type as Block] as ((node: ResolvedNode, state: State) => string) | undefined
    if (!handler)
      throw new Error(`Cannot write a node of type "${node.type}" as text: it has no handler. Add one to web/text.ts.`)
    const text = handler(node, state)
    if (text) texts.push(text)
  }
  return texts.join('\n\n')
}

type Phrasing = Extract<ResolvedNode, { type: Inline }>
function inline(nodes: readonly Phrasing[]): string {
  let text = ''
  for (const node of nodes) text += phrase(node)
  return text
}

function phrase(node: Phrasing): string {
  switch (node.type) {
    case 'text':
      return node.value
    case 'break':
      return '\n'
    case 'citation':
      return `[${node.data.number}]`
    case 'link':
      return withAddress(inline(node.children), node.url)
    case 'strong':
    case 'emphasis':
    case 'term':
      return inline(node.children)
    default:
      throw new Error(
        `Cannot write a mark of type "${(node as { type: string }).type}" as text. Add it to web/text.ts.`,
      )
  }
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
/** The words of a link, and its address where they do not say it already. */
function withAddress(words: string, url: string): string {
  const address = url.replace(/^(?:mailto|tel|sms):/i, '')
  const said = letters(words)
  const isSaid =
    address === url ? said.includes(letters(address.replace(/^https?:/i, ''))) : letters(address).endsWith(said)
  return isSaid ? words : `${words} (${address})`
}

const joined = (...parts: (string | false | undefined)[]): string => parts.filter(Boolean).join('\n\n')
const labelled = (label: string | undefined, text: string | undefined): string =>
  label && text ? `${label}: ${text}` : (text ?? '')
const under = (label: string, text: string): string => (text ? `${label}:\n${text}` : '')
const marked = (mark: string, text: string): string => mark + text.replace(/\n(?=.)/g, `\n${' '.repeat(mark.length)}`)
const items = (mark: string, list: readonly blocks.Item[]): string =>
  list.map(({ text }) => marked(mark, text)).join('\n')

const rules: Record<number, string> = { 2: '=', 3: '-' }
function underlined(text: string, depth: number): string {
  const rule = rules[depth]
  return rule ? `${text}\n${rule.repeat(Math.min([...text].length, 72))}` : text
}
const title = (node: { title?: string | undefined; data: { depth: number } }): string =>
  node.title ? underlined(node.title, node.data.depth) : ''

const resourceList = (resources: readonly ShownResource[], state: State, detail: Detail = 'all'): string =>
  resources.map((resource) => marked('- ', resourceText(resource, state, detail))).join('\n\n')

/** In danger nobody reads more than whom to reach, how, and whether it is for them. */
type Detail = 'all' | 'urgent'

function resourceText(resource: ShownResource, { phrases, locale }: State, detail: Detail): string {
  const lines = [
    [resource.name, resource.organization].filter(Boolean).join(phrases.comma),
    resource.alert,
    ...resource.phones.map((phone) => phoneText(phone, phrases, locale)),
    resource.text,
    resource.description,
    labelled(phrases.chat, resource.chat),
    labelled(phrases.website, resource.url),
    labelled(phrases.address, resource.address),
    labelled(phrases.hours, hoursOf(resource, locale)),
    labelled(phrases.area, areaOf(resource, locale)),
    ...(detail === 'all' ? furtherLines(resource, phrases, locale) : []),
    resource.notice,
  ]
  return lines.filter(Boolean).join('\n')
}

function furtherLines(resource: ShownResource, phrases: Phrases, locale: Locale): string[] {
  const { email, eligibility, minimumAge, maximumAge, languages, applicationProcess } = resource
  const isLimited = minimumAge !== undefined || maximumAge !== undefined
  return [
    labelled(phrases.email, email),
    labelled(phrases.eligibility, eligibility),
    labelled(phrases.age, isLimited ? phrases.ages(minimumAge, maximumAge) : undefined),
    labelled(phrases.languages, languagesOf(languages, locale)),
    labelled(phrases.cost, costOf(resource, locale)),
    labelled(phrases.howToApply, applicationProcess),
  ]
}

function phoneText(phone: Phone, phrases: Phrases, locale: Locale): string {
  const extension = phone.extension && phrases.extension(phone.extension)
  const more = [phone.description, phone.hours, languagesOf(phone.languages, locale)]
    .filter(Boolean)
    .join(phrases.comma)
  const number = labelled(phrases.phoneTypes[phone.type], [phone.number, extension].filter(Boolean).join(' '))
  return more ? `${number} (${more})` : number
}

const languagesOf = (tags: readonly string[] | undefined, locale: Locale): string | undefined =>
  tags && tags.length > 0
    ? formatList(
        locale,
        tags.map((tag) => formatLanguage(locale, tag)),
      )
    : undefined
