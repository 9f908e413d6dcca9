import { type Article, type blocks, type RecordKind, type Records, sheetFields } from 'content-schemas'
import { wordFor } from '../transformers/records.ts'
import { textOf } from '../transformers/text-of.ts'
import { blockLabels } from './labels.ts'

/*
 * A document as a list of parts: the smallest things an editor writes or chooses, in reading order. Two documents are
 * compared part by part.
 */

/** What a place lends to every change in it. */
export type Surroundings = 'urgent-help' | 'steps' | 'do-dont' | 'records'

/** Text of one kind. */
export type Piece = {
  text: string
  /** What it is besides text, such as `link https://…`; pieces differ if this does. */
  mark: string
}
/** A word, a number or another mark, with the space before it: what a piece is made of. */
export type Token = Piece

/** Equal for pieces that say the same. A record or source is itself, whatever it was called then. */
export const keyOf = ({ text, mark }: Token): string =>
  /\b(?:record|citation) /.test(mark) ? mark : `${text}\u0000${mark}`

/** What is read or chosen in one go: a paragraph, an item, a title, a list of records. */
export type Part = {
  /** The same in both documents for the same thing. Prose has none: it is found by its words. */
  key: string | undefined
  /** The block it stands in, by id; empty for the body and for fields. */
  container: string
  /** Set for the part that stands for a block as a whole: its id. */
  frame?: string
  /** What it is: two parts with other forms are no mere rewording of each other. */
  form: string
  /** Where it stands, for people, such as “Step: Call for help”. */
  label: string
  /** JSON pointer of the node or field that holds it. */
  pointer: string
  pieces: readonly Piece[]
  surroundings: readonly Surroundings[]
}

/** Names of records that parts are made of, by kind and uid. */
type Names = (kind: RecordKind | 'articles', uid: string) => string

const languageNames = new Intl.DisplayNames('en', { type: 'language' })

/** All parts of an article but its review and its address, which are no part of what is approved. */
export function partsOf(article: Article, records: Records): Part[] {
  const walk = new Walk(namesIn(records), article.sources)
  const field = (name: keyof Article, label: string, text: string) =>
    walk.add({ key: `/${name}`, form: 'field', label, pointer: `/${name}` }, written(text))
  const chosen = (name: keyof Article, label: string, kind: RecordKind | 'articles', uids: readonly string[]) =>
    walk.chosen({ key: `/${name}`, form: 'field', label, pointer: `/${name}` }, kind, uids)
  field('translatedFrom', 'Translated from', article.translatedFrom ? languageNames.of(article.translatedFrom)! : '')
  field('title', 'Title', article.title)
  field('summary', 'Summary', article.summary)
  field('mainMessage', 'Main message', article.mainMessage)
  chosen('audiences', 'For whom', 'audiences', article.audiences)
  chosen('topics', 'Topics', 'topics', article.topics)
  chosen('hero', 'Picture', 'media', article.hero ? [article.hero] : [])
  walk.flow(article.body.children, { pointer: '/body', container: '', path: '', label: 'Text', surroundings: [] })
  chosen('callToAction', 'Call to action', 'calls-to-action', article.callToAction ? [article.callToAction] : [])
  chosen('related', 'What to read next', 'articles', article.related)
  for (const [index, source] of article.sources.entries()) {
    const text = [source.title, source.publisher, source.url, source.checkedOn].filter(Boolean).join(', ')
    const at = { key: `/sources/${source.id}`, form: 'source', label: 'Source', pointer: `/sources/${index}` }
    walk.add({ ...at, surroundings: ['records'] }, written(text))
  }
  chosen('authors', 'Authors', 'people', article.authors)
  field('funding', 'Funding', article.funding)
  field('conflicts', 'Conflicts of interest', article.conflicts)
  field('licence', 'Licence', article.licence)
  field('need', 'Why it is needed', article.need)
  field('testedWith', 'Whom it was tested with', article.testedWith)
  for (const name of sheetFields) field(name, sheetLabels[name], article[name] ?? '')
  return walk.parts
}

const sheetLabels: Record<(typeof sheetFields)[number], string> = {
  findings: 'What testing it showed',
  inequalities: 'Whose needs were looked at',
  reach: 'How it reaches people',
  impact: 'How it is found out whether it helps',
}

const namesIn =
  (records: Records): Names =>
  (kind, uid) => {
    if (kind === 'articles') return `article ${uid.slice(0, 8)}`
    const record = records[kind][uid]
    if (!record) return `${wordFor[kind]} ${uid.slice(0, 8)}`
    if ('name' in record) return record.name
    if ('term' in record) return record.term
    return 'heading' in record ? record.heading : record.alt || record.slug
  }

const tokenPattern = /\s*(?:\p{N}+(?:[.,:/\u066b\u066c]\p{N}+)*|[\p{L}\p{M}]+(?:['’-][\p{L}\p{M}]+)*|[^\s])|\s+$/gu

/** The words of a part, one by one. The name of a record is one word, whatever it is. */
export const tokensOf = ({ pieces }: Part): Token[] =>
  pieces.flatMap((piece) =>
    isName(piece)
      ? [piece]
      : (piece.text.match(tokenPattern) ?? []).map((token) => ({ text: token.replace(/^\s+/, ' '), mark: piece.mark })),
  )
const isName = ({ mark }: Piece): boolean =>
  /\b(?:record|citation|break|cell|line)\b/.test(mark) && !mark.includes('link ')

const written = (text: string): Piece[] => (text ? [{ text, mark: '' }] : [])

type Place = {
  pointer: string
  container: string
  /** What of no name of its own stands around it, such as an ordered list. */
  path: string
  label: string
  surroundings: readonly Surroundings[]
}
type At = Omit<Part, 'container' | 'surroundings' | 'pieces'> & Partial<Pick<Part, 'container' | 'surroundings'>>

class Walk {
  readonly parts: Part[] = []

  constructor(
    private readonly nameOf: Names,
    private readonly sources: Article['sources'],
  ) {}

  add(at: At, pieces: readonly Piece[]): void {
    this.parts.push({ container: '', surroundings: [], ...at, pieces })
  }

  /** A list of records. */
  chosen(at: At, kind: RecordKind | 'articles', uids: readonly string[]): void {
    const pieces = uids.flatMap((uid, index): Piece[] => [
      ...(index > 0 ? [{ text: ', ', mark: '' }] : []),
      { text: this.nameOf(kind, uid), mark: `record ${uid}` },
    ])
    this.add({ ...at, surroundings: [...(at.surroundings ?? []), 'records'] }, pieces)
  }

  flow(nodes: readonly blocks.Node[], place: Place): void {
    let { label } = place
    for (const [index, node] of nodes.entries()) {
      if (node.type === 'heading' && !place.container) label = textOf(node)
      this.node(node, { ...place, label, pointer: `${place.pointer}/children/${index}` })
    }
  }

  private node(node: blocks.Node, place: Place): void {
    if ('id' in node) {
      this.block(node, place)
      return
    }
    const { path } = place
    if (node.type === 'list') this.flow(node.children, { ...within(place, listForm(node)), ...stepsIn(node, place) })
    else if (node.type === 'tableRow') this.prose('row', cellsOf(node, this.piecesIn), place)
    else if (node.type === 'heading') this.prose(`heading ${node.depth}`, this.piecesIn(node.children), place)
    else if (node.type === 'paragraph') this.prose('paragraph', this.piecesIn(node.children), place)
    else if (node.type === 'thematicBreak') this.prose('line', [{ text: '—', mark: 'line' }], place)
    else if ('children' in node) this.flow(node.children, { ...place, path: `${path} ${node.type}` })
  }

  private prose(form: string, pieces: readonly Piece[], { path, ...at }: Place): void {
    this.add({ ...at, key: undefined, form: `${path} ${form}` }, pieces)
  }

  /** What has an identity: first the part that stands for it as a whole, with its title, then what it holds. */
  private block(node: Extract<blocks.Node, { id: string }>, outer: Place): void {
    const { id } = node
    const title = 'title' in node ? (node.title ?? '') : ''
    const form = node.type === 'callout' ? `callout ${node.variant}` : node.type
    const label = title ? `${blockLabels[node.type]}: ${title}` : `${blockLabels[node.type]}, in “${outer.label}”`
    const surroundings = [...new Set([...outer.surroundings, ...lentBy(node)])]
    const { pointer, container } = outer
    const frame = { key: id, frame: id, form: `${outer.path} ${form}`, label, pointer, container, surroundings }
    this.add(frame, written(title))
    const place: Place = { pointer, container: id, path: '', label, surroundings }
    this.fieldsOf(node, place)
    if ('children' in node) this.flow(node.children, place)
  }

  private fieldsOf(node: Extract<blocks.Node, { id: string }>, { path: _, ...place }: Place): void {
    const at = (name: string, form = name): At => ({
      ...place,
      ...{ key: `${place.container}/${name}`, form, pointer: `${place.pointer}/${name}` },
    })
    const text = (name: string, value: string | undefined) => {
      if (value) this.add(at(name), written(value))
    }
    const items = (name: string, list: readonly blocks.Item[]) => {
      for (const [index, item] of list.entries()) {
        const pointer = `${place.pointer}/${name}/${index}/text`
        this.add({ ...at(`${name}/${item.id}`, name), pointer }, written(item.text))
      }
    }
    const records = (name: string, kind: RecordKind, uids: readonly string[]) => this.chosen(at(name), kind, uids)
    if (node.type === 'step') text('time', node.time)
    if (node.type === 'care-option') {
      text('whoFor', node.whoFor)
      items('questions', node.questions)
    }
    if (node.type === 'checklist') items('items', node.items)
    if (node.type === 'do-dont') {
      items('dos', node.dos)
      items('donts', node.donts)
    }
    if (node.type === 'figure') {
      records('media', 'media', [node.media])
      text('caption', node.caption)
    }
    if ('resources' in node) records('resources', 'resources', node.resources)
    if (node.type === 'call-to-action') records('record', 'calls-to-action', [node.record])
    if (node.type === 'snippet') records('record', 'snippets', [node.record])
  }

  private readonly piecesIn = (nodes: readonly blocks.Phrasing[], mark = ''): Piece[] =>
    nodes.flatMap((node): Piece[] => {
      if (node.type === 'text') return [{ text: node.value, mark }]
      if (node.type === 'break') return [{ text: ' ⏎', mark: `${mark} break`.trim() }]
      if (node.type === 'citation')
        return [{ text: ` [${this.sourceOf(node)}]`, mark: `${mark} citation ${node.source}`.trim() }]
      return this.piecesIn(node.children, `${mark} ${markOf(node)}`.trim())
    })

  private sourceOf({ source }: blocks.Citation): string {
    return this.sources.find(({ id }) => id === source)?.title ?? source
  }
}

function markOf(node: blocks.Strong | blocks.Emphasis | blocks.Link | blocks.Term): string {
  if (node.type === 'link') return `link ${node.url}`
  return node.type === 'term' ? `term ${node.term}` : node.type
}

/** A cell ends with a mark that nobody can type, so that words cannot change cells unseen. */
const cellsOf = (row: blocks.TableRow, piecesIn: (nodes: readonly blocks.Phrasing[]) => Piece[]): Piece[] =>
  row.children.flatMap((cell, index): Piece[] => [
    ...(index > 0 ? [{ text: ' | ', mark: 'cell' }] : []),
    ...piecesIn(cell.children),
  ])

const listForm = ({ ordered, start }: blocks.List): string => (ordered ? `numbered ${start ?? 1}` : 'list')
const within = (place: Place, form: string): Place => ({ ...place, path: `${place.path} ${form}` })
/** What is numbered is done in that order. */
const stepsIn = ({ ordered }: blocks.List, { surroundings }: Place): Pick<Place, 'surroundings'> => ({
  surroundings: ordered ? [...surroundings, 'steps'] : surroundings,
})

function lentBy(node: blocks.Node): Surroundings[] {
  if (node.type === 'urgent-help' || (node.type === 'callout' && node.variant === 'emergency')) return ['urgent-help']
  if (node.type === 'steps' || node.type === 'step') return ['steps']
  return node.type === 'do-dont' ? ['do-dont'] : []
}
