import type { blocks, Locale, Phone, ShownResource } from 'content-schemas'
import type { Element, ElementContent, Properties, Root } from 'hast'
import { directedRuns, withoutDirectionControls } from '../bidi.ts'
import { areaOf, costOf, formatLanguage, formatList, hoursOf, type Phrases, phrasesOf } from '../phrases/index.ts'
import type { ResolvedNode, ResolvedRoot } from '../tree.ts'
import { picture } from './picture.ts'

export type HtmlOptions = {
  locale: Locale
  /** The address all our renditions start with, such as `https://example.org/v1/objects/`. No other picture is shown. */
  objects: string
  /** Where a citation leads: to the source itself, or to `#source-<number>` on a page that lists the sources. */
  citations: 'source' | 'page'
  /** How a glossary term explains itself: by a title, or by a link to `#word-<slug>` on a page that lists the words. */
  terms: 'title' | 'page'
}

/** What handlers share while one tree is compiled. */
class State {
  readonly phrases: Phrases
  readonly isRtl: boolean
  /** Fragment of every heading, in the order of the headings; undefined for those of our own that have none. */
  readonly fragments: (string | undefined)[] = []
  readonly options: HtmlOptions

  constructor(options: HtmlOptions) {
    this.options = options
    this.phrases = phrasesOf(options.locale)
    this.isRtl = options.locale === 'ar'
  }

  /** Text of the author or of a record, with what runs the other way isolated. */
  text(value: string): ElementContent[] {
    if (!this.isRtl) return [text(withoutDirectionControls(value))]
    return directedRuns(value).map((run) => (run.ltr ? ltr(run.text) : text(run.text)))
  }

  /** A heading; `id` is its fragment. */
  heading(depth: number, content: ElementContent[], id?: string): Element {
    this.fragments.push(id)
    return h(`h${Math.min(depth, 6)}`, {}, content)
  }

  /** The title of a block, if it has one. */
  title(node: { title?: string | undefined; data: { id: string; depth: number } }): Element[] {
    return node.title ? [this.heading(node.data.depth, this.text(node.title), node.data.id)] : []
  }

  all(nodes: readonly ResolvedNode[]): ElementContent[] {
    const contents: ElementContent[] = []
    for (const node of nodes) {
      const written = this.one(node)
      if (Array.isArray(written)) contents.push(...written)
      else contents.push(written)
    }
    return contents
  }

  private one(node: ResolvedNode): Written {
    const handler = handlers[node.type as keyof Handlers] as ((state: State, node: ResolvedNode) => Written) | undefined
    if (handler) return handler(this, node)
    throw new Error(
      `Cannot write HTML for a node of type "${node.type}": it has no handler. Add one to html/to-hast.ts.`,
    )
  }
}

type Written = ElementContent | ElementContent[]
type Handlers = {
  [T in Exclude<ResolvedNode['type'], 'root'>]: (state: State, node: Extract<ResolvedNode, { type: T }>) => Written
}

/** One handler a node type. Class names are the names of the blocks. */
const handlers: Handlers = {
  text: (state, node) => (state.isRtl ? state.text(node.value) : text(withoutDirectionControls(node.value))),
  strong: (state, node) => h('strong', {}, state.all(node.children)),
  emphasis: (state, node) => h('em', {}, state.all(node.children)),
  break: () => h('br', {}, []),
  link: (state, node) => h('a', { href: node.url }, state.all(node.children)),
  term: (state, node) => {
    const { definition } = node.data
    if (state.options.terms === 'page')
      return h('a', { className: ['term'], href: `#word-${definition.slug}` }, state.all(node.children))
    return h('dfn', { className: ['term'], title: definition.definition }, state.all(node.children))
  },
  citation: (state, node) => {
    const { number, source } = node.data
    const href = state.options.citations === 'page' ? `#source-${number}` : source.url
    const title = `${state.phrases.source(number)}: ${source.title}`
    return h('sup', { className: ['citation'] }, [h('a', { href, title }, [text(`[${number}]`)])])
  },

  paragraph: (state, node) => h('p', {}, state.all(node.children)),
  heading: (state, node) => state.heading(node.data.depth, state.all(node.children), node.data.id),
  list: (state, node) =>
    h(node.ordered ? 'ol' : 'ul', node.start ? { start: node.start } : {}, state.all(node.children)),
  listItem: (state, node) =>
    h('li', {}, isOneParagraph(node.children) ? state.all(node.children[0].children) : state.all(node.children)),
  blockquote: (state, node) => h('blockquote', {}, state.all(node.children)),
  thematicBreak: () => h('hr', {}, []),
  table: (state, node) => {
    const [head, ...body] = node.children
    const rows = [
      h('thead', {}, head ? [row(state, head, 'th')] : []),
      h(
        'tbody',
        {},
        body.map((each) => row(state, each, 'td')),
      ),
    ]
    // A table too wide for a phone scrolls by itself; `tabindex` lets the keyboard do it.
    return h('div', { className: ['table'], role: 'region', tabIndex: 0, ariaLabel: state.phrases.table }, [
      h('table', {}, rows),
    ])
  },
  tableRow: (state, node) => row(state, node, 'td'),
  tableCell: (state, node) => h('td', {}, state.all(node.children)),

  callout: (state, node) => {
    const label = state.phrases.callouts[node.variant]
    const head = node.title
      ? state.heading(node.data.depth, [span('callout-label', `${label}: `), ...state.text(node.title)], node.data.id)
      : p('callout-label', [text(label)])
    return h('section', { className: ['callout', node.variant] }, [head, ...state.all(node.children)])
  },
  // Safari takes the meaning of a list away with its numbers, which the stylesheet draws: hence the role.
  steps: (state, node) =>
    section(node.type, [...state.title(node), h('ol', { role: 'list' }, state.all(node.children))]),
  step: (state, node) => {
    const number = span('step-number', `${state.phrases.step(node.data.number)}: `)
    const head = state.heading(node.data.depth, [number, ...state.text(node.title)], node.data.id)
    const time = node.time ? [p('step-time', state.text(node.time))] : []
    return h('li', { className: ['step'] }, [head, ...time, ...state.all(node.children)])
  },
  'care-options': (state, node) => section(node.type, [...state.title(node), ...state.all(node.children)]),
  'care-option': (state, node) => {
    const { whoItIsFor, whatHappens, whatToAsk } = state.phrases
    const head = state.title(node)
    const terms = [h('dt', {}, [text(whoItIsFor)]), h('dd', {}, state.text(node.whoFor))]
    if (node.children.length > 0) terms.push(h('dt', {}, [text(whatHappens)]), h('dd', {}, state.all(node.children)))
    if (node.questions.length > 0)
      terms.push(h('dt', {}, [text(whatToAsk)]), h('dd', {}, [items(state, node.questions)]))
    return section(node.type, [...head, h('dl', {}, terms)])
  },
  checklist: (state, node) => section(node.type, [...state.title(node), items(state, node.items)]),
  'do-dont': (state, node) => {
    const title = state.title(node)
    const below = node.data.depth + (node.title ? 1 : 0)
    const column = (name: string, words: string, list: readonly blocks.Item[]) =>
      list.length > 0
        ? [h('div', { className: [name] }, [state.heading(below, [text(words)]), items(state, list)])]
        : []
    return section(node.type, [
      ...title,
      ...column('do', state.phrases.do, node.dos),
      ...column('dont', state.phrases.dont, node.donts),
    ])
  },
  faq: (state, node) => section(node.type, [...state.title(node), ...state.all(node.children)]),
  question: (state, node) => h('div', { className: ['question'] }, [...state.title(node), ...state.all(node.children)]),
  figure: (state, node) => {
    const { media } = node.data
    const credit = media.credit ? [span('credit', media.credit)] : []
    const caption = [
      ...(node.caption ? state.text(node.caption) : []),
      ...(node.caption && credit.length > 0 ? [text(' ')] : []),
      ...credit,
    ]
    return h('figure', { className: ['figure'] }, [
      ...picture(media, state.options.objects),
      ...(caption.length > 0 ? [h('figcaption', {}, caption)] : []),
    ])
  },
  resources: (state, node) => section(node.type, [...state.title(node), resourceList(state, node.data.resources)]),
  'call-to-action': (state, node) => {
    const { record, resource, id, depth } = node.data
    return section(node.type, [
      state.heading(depth, state.text(record.heading), id),
      ...(record.text ? [p(undefined, state.text(record.text))] : []),
      ...(record.url ? [p('action', [h('a', { href: record.url }, state.text(record.label))])] : []),
      ...(resource ? [resourceList(state, [resource])] : []),
    ])
  },
  'urgent-help': (state, node) =>
    section(node.type, [
      ...state.title(node),
      ...state.all(node.children),
      ...(node.data.resources.length > 0 ? [resourceList(state, node.data.resources, urgentFacts)] : []),
    ]),
  part: (state, node) => {
    state.fragments.push(node.data.id)
    const title = h(`h${node.data.depth}`, {}, [h('a', { href: node.url }, state.text(node.title))])
    const content = node.show === 'full' ? [] : [p('summary', state.text(node.summary))]
    return section(node.type, [title, ...content, ...state.all(node.children)])
  },
}

function h(tagName: string, properties: Properties, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties, children }
}
const text = (value: string): ElementContent => ({ type: 'text', value })
const ltr = (value: string): Element => h('bdi', { dir: 'ltr' }, [text(value)])
const span = (name: string, value: string): Element => h('span', { className: [name] }, [text(value)])
const p = (name: string | undefined, children: ElementContent[]): Element =>
  h('p', name ? { className: [name] } : {}, children)
const section = (name: string, children: ElementContent[]): Element => h('section', { className: [name] }, children)
const items = (state: State, list: readonly blocks.Item[]): Element =>
  h(
    'ul',
    { role: 'list' },
    list.map((item) => h('li', {}, state.text(item.text))),
  )

type Paragraph = Extract<ResolvedNode, { type: 'paragraph' }>
const isOneParagraph = (nodes: readonly ResolvedNode[]): nodes is readonly [Paragraph] =>
  nodes.length === 1 && nodes[0]!.type === 'paragraph'

function row(state: State, node: Extract<ResolvedNode, { type: 'tableRow' }>, cell: 'th' | 'td'): Element {
  const properties = cell === 'th' ? { scope: 'col' } : {}
  return h(
    'tr',
    {},
    node.children.map(({ children }) => h(cell, { ...properties }, state.all(children))),
  )
}

const resourceList = (state: State, resources: readonly ShownResource[], shown: readonly Fact[] = allFacts): Element =>
  h(
    'ul',
    { className: ['resource-list'], role: 'list' },
    resources.map((resource) => resourceCard(state, resource, shown)),
  )

/** One resource as the item of a list, not yet safe. */
export const resourceItem = (resource: ShownResource, options: HtmlOptions): Element =>
  resourceCard(new State(options), resource, allFacts)

function resourceCard(state: State, resource: ShownResource, shown: readonly Fact[]): Element {
  const { organization, alert, description, phones, notice } = resource
  return h('li', { className: ['resource'] }, [
    p('resource-name', [h('strong', {}, state.text(resource.name))]),
    ...(organization ? [p('resource-organization', state.text(organization))] : []),
    ...(alert ? [p('resource-alert', state.text(alert))] : []),
    ...phones.map((phone) => phoneLine(state, phone)),
    ...(resource.text ? [p('resource-text', state.text(resource.text))] : []),
    p('resource-description', state.text(description)),
    ...factList(state, resource, shown),
    ...(notice ? [p('resource-notice', state.text(notice))] : []),
  ])
}

function phoneLine(state: State, phone: Phone): Element {
  const { phrases, options } = state
  const number: ElementContent = state.isRtl ? ltr(phone.number) : text(phone.number)
  const href = dialling(phone)
  const label = phone.type === 'voice' ? phrases.call : phrases.phoneTypes[phone.type]
  const more = [
    phone.extension && phrases.extension(phone.extension),
    phone.description,
    phone.hours,
    languagesOf(phone.languages, options.locale),
  ]
  return p('resource-phone', [
    span('phone-type', `${label} `),
    href ? h('a', { href }, [number]) : number,
    ...more.flatMap((value) => (value ? [span('phone-more', ` · ${value}`)] : [])),
  ])
}

/** What a telephone dials for a number: RFC 3966 and RFC 5724. A fax is not dialled. */
export function dialling({ number, extension, type }: Phone): string | undefined {
  const digits = number.replace(/[^0-9+*#]/g, '')
  if (type === 'fax') return undefined
  if (type === 'text') return `sms:${digits}`
  return extension ? `tel:${digits};ext=${extension.replace(/\D/g, '')}` : `tel:${digits}`
}

const languagesOf = (tags: readonly string[] | undefined, locale: Locale): string | undefined =>
  tags && tags.length > 0
    ? formatList(
        locale,
        tags.map((tag) => formatLanguage(locale, tag)),
      )
    : undefined

/** What a card says of a resource beside its name, its numbers and what it does. */
type Fact = (typeof allFacts)[number]
const allFacts = [
  'chat',
  'url',
  'email',
  'address',
  'schedule',
  'serviceArea',
  'eligibility',
  'ages',
  'languages',
  'fees',
  'applicationProcess',
] as const
/** In danger nobody reads more than whom to reach, how, and whether it is for them. */
const urgentFacts: readonly Fact[] = ['chat', 'url', 'address', 'schedule', 'serviceArea']

function factList(state: State, resource: ShownResource, shown: readonly Fact[]): Element[] {
  const rows = shown.flatMap((name) => {
    const [label, value] = facts[name](state, resource)
    return value ? [h('dt', {}, [text(label)]), h('dd', {}, value)] : []
  })
  return rows.length > 0 ? [h('dl', { className: ['resource-facts'] }, rows)] : []
}

type FactRow = [label: string, value: ElementContent[] | undefined]
const facts: Record<Fact, (state: State, resource: ShownResource) => FactRow> = {
  chat: (state, { chat }) => [state.phrases.chat, address(state, chat)],
  url: (state, { url }) => [state.phrases.website, address(state, url)],
  email: (state, { email }) => [state.phrases.email, address(state, email && `mailto:${email}`)],
  address: (state, { address }) => [state.phrases.address, words(state, address)],
  schedule: (state, resource) => [state.phrases.hours, words(state, hoursOf(resource, state.options.locale))],
  serviceArea: (state, resource) => [state.phrases.area, words(state, areaOf(resource, state.options.locale))],
  eligibility: (state, { eligibility }) => [state.phrases.eligibility, words(state, eligibility)],
  ages: ({ phrases }, { minimumAge, maximumAge }) => {
    const isLimited = minimumAge !== undefined || maximumAge !== undefined
    return [phrases.age, isLimited ? [text(phrases.ages(minimumAge, maximumAge))] : undefined]
  },
  languages: (state, { languages }) => [
    state.phrases.languages,
    words(state, languagesOf(languages, state.options.locale)),
  ],
  fees: (state, resource) => [state.phrases.cost, words(state, costOf(resource, state.options.locale))],
  applicationProcess: (state, resource) => [state.phrases.howToApply, words(state, resource.applicationProcess)],
}

const words = (state: State, value: string | undefined): ElementContent[] | undefined =>
  value ? state.text(value) : undefined

/** A link that shows its address as people know it. */
function address(state: State, url: string | undefined): ElementContent[] | undefined {
  if (!url) return undefined
  const shown = url.replace(/^(?:https?:\/\/(?:www\.)?|mailto:)/i, '').replace(/\/$/, '')
  return [h('a', { href: url }, [state.isRtl ? ltr(shown) : text(shown)])]
}

/** Compiles a resolved tree to hast, not yet safe, with the fragments of its headings in order. */
export function toHast(tree: ResolvedRoot, options: HtmlOptions): { hast: Root; fragments: (string | undefined)[] } {
  const state = new State(options)
  return { hast: { type: 'root', children: state.all(tree.children) }, fragments: state.fragments }
}
