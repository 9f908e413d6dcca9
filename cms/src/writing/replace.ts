import type { blocks, Locale } from 'content-schemas'
import { APIError, createLocalReq, type Payload, type PayloadRequest, type TypedUser } from 'payload'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { type Actor, collectionRoles, hasRole } from '../access/roles.ts'
import { dependentsOf } from '../publishing/uses.ts'
import { revisionOf, type Written } from './revision.ts'

/*
 * Find and replace, in what readers read of articles, shared passages and calls to action. It makes drafts and nothing
 * else: a record without drafts is left alone while something published shows it.
 */

export type Wanted = {
  find: string
  replace: string
  locale: Locale
  /** Whether only whole words are found; they are by default. */
  wholeWords?: boolean | undefined
  /** Whether capitals have to be the same; else a capital at the start is kept. */
  matchCase?: boolean | undefined
}

const collections = ['articles', 'snippets', 'calls-to-action'] as const
type Collection = (typeof collections)[number]

/** Where the words stand, with some of what stands around them, in whole words; an ellipsis where there is more. */
export type FoundPlace = { pointer: string; before: string; words: string; after: string; replacement: string }

/** A document or record that holds the words. */
export type Holder = {
  collection: Collection
  id: string
  title: string
  /** What was looked at; a change of the same words in another text is refused. */
  revision: string
  places: FoundPlace[]
  /** Places that are left as they are, each with why. */
  left: { place: FoundPlace; because: string }[]
  /** `found` before it is changed; `kept` when nothing of it is, for the reason given. */
  outcome: 'found' | 'changed' | 'kept'
  because?: string
}

/** Which of what was found is to be changed, as it was then. */
export type Choice = Pick<Holder, 'collection' | 'id' | 'revision'>

/** Shows where the words stand and what would become of them. Changes nothing. */
export const findWords = async (payload: Payload, wanted: Wanted): Promise<Holder[]> =>
  (await holdersOf(payload, wanted)).map(({ holder }) => holder)

/** Replaces the words in the newest drafts: all that hold them, or those chosen. Tells of each what became of it. */
export async function replaceWords(
  payload: Payload,
  wanted: Wanted,
  { chosen, user }: { chosen?: readonly Choice[]; user?: TypedUser } = {},
): Promise<Holder[]> {
  if (user && !hasRole(user as Actor, collectionRoles.articles.update))
    throw new APIError('Only who may change articles replaces words in them.', 403, null, true)
  const done: Holder[] = []
  for (const { holder, data } of await holdersOf(payload, wanted)) {
    const choice = chosen?.find(({ collection, id }) => collection === holder.collection && id === holder.id)
    if (chosen && !choice) continue
    if (choice && choice.revision !== holder.revision)
      done.push({ ...holder, outcome: 'kept', because: 'It was changed since you looked. Look again.' })
    else done.push(holder.outcome === 'kept' ? holder : await save(payload, wanted, holder, data, user))
  }
  return done
}

async function save(
  payload: Payload,
  { locale }: Wanted,
  holder: Holder,
  data: Written,
  user: TypedUser | undefined,
): Promise<Holder> {
  const { collection, id, revision } = holder
  const changes = { ...data, ...(collection === 'articles' ? { revision } : {}) } as never
  try {
    const options = { locale, depth: 0, draft: true, overrideAccess: !user, ...(user ? { user } : {}) }
    await payload.update({ collection, id, data: changes, ...options })
    return { ...holder, outcome: 'changed' }
  } catch (error) {
    if (!(error instanceof APIError)) throw new Error(`Cannot replace words in ${collection}/${id}.`, { cause: error })
    return { ...holder, outcome: 'kept', because: error.message }
  }
}

type Found = { holder: Holder; data: Written }

async function holdersOf(payload: Payload, wanted: Wanted): Promise<Found[]> {
  const search = searchFor(wanted)
  const req = await createLocalReq({}, payload)
  const found: Found[] = []
  for (const collection of collections)
    for await (const row of rowsOf(payload, collection, wanted.locale)) {
      const { data, places, left } = replacedIn(row, collection, search, wanted.locale)
      if (places.length + left.length === 0) continue
      const because = places.length === 0 ? left[0]!.because : await standsAgainst(req, collection, row)
      const holder: Holder = {
        ...{
          collection,
          id: String(row.id),
          title: String(row[titles[collection]] ?? ''),
          revision: lookedAt(row, collection),
        },
        ...{ places, left, outcome: because ? 'kept' : 'found' },
        ...(because ? { because } : {}),
      }
      found.push({ holder, data })
    }
  return found
}

const titles = { articles: 'title', snippets: 'name', 'calls-to-action': 'heading' } as const
const texts = {
  articles: ['title', 'summary', 'mainMessage'],
  snippets: [],
  'calls-to-action': ['heading', 'text', 'label'],
} as const satisfies Record<Collection, readonly string[]>

const lookedAt = (row: Written, collection: Collection): string =>
  collection === 'articles' ? revisionOf(row) : String(row.updatedAt)

/** Rows in one language, the newest drafts, some at a time. */
async function* rowsOf(payload: Payload, collection: Collection, locale: Locale): AsyncIterable<Written> {
  for (let page = 1; ; page++) {
    const { docs, hasNextPage } = await payload.find({
      ...{ collection, locale, fallbackLocale: false, draft: true, depth: 0, overrideAccess: true },
      ...{ sort: 'id', limit: 200, page },
      ...(collection === 'articles' ? { where: { locale: { equals: locale } } } : {}),
    })
    yield* docs as unknown as Written[]
    if (!hasNextPage) return
  }
}

async function standsAgainst(req: PayloadRequest, collection: Collection, row: Written): Promise<string | undefined> {
  if (collection === 'articles')
    return row.state === 'in-review' ? 'It is in review: a reviewer is reading it as it is.' : undefined
  const { length } = await dependentsOf(req, collection, String(row.id))
  if (length === 0) return undefined
  return `It is shown in ${length} published ${length === 1 ? 'document' : 'documents'}, which would change at once. Open it to change it.`
}

// In a row

type Replaced = { data: Written; places: FoundPlace[]; left: Holder['left'] }

function replacedIn(row: Written, collection: Collection, search: Search, locale: Locale): Replaced {
  const replaced: Replaced = { data: {}, places: [], left: [] }
  for (const name of texts[collection]) {
    const text = row[name]
    const changed = typeof text === 'string' ? search(text, `/${name}`, replaced.places) : text
    if (changed !== text) replaced.data[name] = changed
  }
  if (!row.body) return replaced
  const { tree, messages } = fromLexical(row.body)
  const walk = new Walk(search)
  const body = walk.node(tree, '/body') as blocks.Root
  // A text with something that has no place in the tree would lose it.
  if (messages.length > 0) {
    const because = 'Its text holds something that cannot be saved as it is. Open it and correct that first.'
    replaced.left.push(...walk.places.map((place) => ({ place, because })), ...walk.left)
  } else {
    replaced.left.push(...walk.left)
    replaced.places.push(...walk.places)
    if (walk.places.length > 0) replaced.data.body = toLexical(body, locale)
  }
  return replaced
}

/** Fields of nodes that hold words; all others are names, addresses and ids. */
const wordFields = ['value', 'title', 'text', 'whoFor', 'time', 'caption']

class Walk {
  readonly places: FoundPlace[] = []
  readonly left: Holder['left'] = []
  private readonly search: Search

  constructor(search: Search) {
    this.search = search
  }

  node(node: object, pointer: string): object {
    const { type } = node as blocks.Node
    if (type === 'paragraph' || type === 'heading' || type === 'tableCell')
      this.acrossMarks(node as blocks.Paragraph, pointer)
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => [key, this.field(key, value, `${pointer}/${key}`)]),
    )
  }

  private field(key: string, value: unknown, pointer: string): unknown {
    if (typeof value === 'string') return wordFields.includes(key) ? this.search(value, pointer, this.places) : value
    if (!Array.isArray(value)) return value
    return value.map((entry, index) =>
      typeof entry === 'object' && entry !== null ? this.node(entry, `${pointer}/${index}`) : entry,
    )
  }

  /** Words that are partly bold, a link or a term stand in several nodes, and are left. */
  private acrossMarks(node: { children: blocks.Phrasing[] }, pointer: string): void {
    const pieces = piecesOf(node.children)
    const inside: FoundPlace[] = []
    for (const piece of pieces) this.search(piece, pointer, inside)
    const all: FoundPlace[] = []
    this.search(pieces.join(''), pointer, all)
    const because = 'It is partly bold, a link or a term. Change it by hand.'
    const within = inside.map(({ words }) => words)
    for (const place of all) {
      const at = within.indexOf(place.words)
      if (at >= 0) within.splice(at, 1)
      else this.left.push({ place, because })
    }
  }
}

const piecesOf = (nodes: readonly blocks.Phrasing[]): string[] =>
  nodes.flatMap((node) => {
    if (node.type === 'text') return [node.value]
    if (node.type === 'break') return ['\n']
    return 'children' in node ? piecesOf(node.children) : []
  })

// In a text

/** Replaces in a text and adds the places where it did. */
type Search = (text: string, pointer: string, places: FoundPlace[]) => string

/** Characters shown on either side, to the last whole word. */
const around = 40
const ellipsis = '…'

const letter = /[\p{L}\p{N}\p{M}]/u
const isWord = (character: string | undefined): boolean => character !== undefined && letter.test(character)

/** What stands before a place, from the start of a word on. */
function shownBefore(text: string, at: number): string {
  if (at <= around) return text.slice(0, at)
  const characters = [...text.slice(0, at)]
  let from = characters.length - around
  if (from <= 0) return text.slice(0, at)
  while (from < characters.length && isWord(characters[from - 1]) && isWord(characters[from])) from++
  return ellipsis + characters.slice(from).join('').trimStart()
}

/** What stands after a place, to the end of a word. */
function shownAfter(text: string, at: number): string {
  const characters = [...text.slice(at)]
  if (characters.length <= around) return text.slice(at)
  let to = around
  while (to > 0 && isWord(characters[to - 1]) && isWord(characters[to])) to--
  return characters.slice(0, to).join('').trimEnd() + ellipsis
}

function searchFor({ find, replace, wholeWords = true, matchCase = false }: Wanted): Search {
  const words = find.trim()
  if (!words) throw new APIError('Say what to find.', 400, null, true)
  const pattern = words
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/['’]/g, "['’]"))
    .join('\\s+')
  const edge = '[\\p{L}\\p{N}\\p{M}]'
  const bounded = wholeWords ? `(?<!${edge})${pattern}(?!${edge})` : pattern
  const expression = new RegExp(bounded, matchCase ? 'gu' : 'giu')
  return (text, pointer, places) =>
    text.replace(expression, (found, at: number) => {
      const replacement = matchCase ? replace : inCaseOf(found, words, replace)
      places.push({
        ...{ pointer, words: found, replacement },
        before: shownBefore(text, at),
        after: shownAfter(text, at + found.length),
      })
      return replacement
    })
}

/** The replacement with a capital where the words found have one that was not asked for. */
function inCaseOf(found: string, asked: string, replacement: string): string {
  const [first = ''] = found
  const isCapital = first !== first.toLowerCase() && asked.startsWith(first.toLowerCase())
  return isCapital ? replacement.replace(/^./u, (letter) => letter.toUpperCase()) : replacement
}
