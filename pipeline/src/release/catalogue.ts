import type { Locale } from 'content-schemas'
import { type Group, type Grouping, type ListContext, pageSize, type Row } from '../channels/channel.ts'
import { hashOf, sha256 } from '../identity.ts'
import { idOf } from './rows.ts'

/** Every row, in the groups that lists are made of. What a changed row costs is what its groups cost, not all rows. */
export class Catalogue {
  private readonly rows = new Map<string, Row>()
  private readonly shelves = new Map<Grouping, Shelves>()
  private sorted: Row[] | undefined

  /** Sets the row of a document; undefined takes it out. */
  set(id: string, row: Row | undefined): void {
    const before = this.rows.get(id)
    if (before === row) return
    if (row) this.rows.set(id, row)
    else this.rows.delete(id)
    this.sorted = undefined
    for (const shelves of this.shelves.values()) shelves.replace(before, row)
  }

  /** Every row, ordered by the id of its document. */
  all(): Row[] {
    this.sorted ??= [...this.rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
    return this.sorted
  }

  groups(locale: Locale, by: Grouping): ReadonlyMap<string, Group> {
    const known = this.shelves.get(by)
    if (known) return known.groups(locale)
    const shelves = new Shelves(by)
    for (const row of this.rows.values()) shelves.replace(undefined, row)
    this.shelves.set(by, shelves)
    return shelves.groups(locale)
  }
}

export function catalogueOf(rows: readonly Row[]): Catalogue {
  const catalogue = new Catalogue()
  for (const row of rows) catalogue.set(idOf(row.uid, row.locale), row)
  return catalogue
}

/** What the lists of a language are made from. */
export const listContext = (
  catalogue: Catalogue,
  surroundings: Pick<ListContext, 'site' | 'locale' | 'locales' | 'today'>,
): ListContext => ({
  ...surroundings,
  get rows() {
    return catalogue.all()
  },
  groups: (by, locale = surroundings.locale) => catalogue.groups(locale, by),
})

/** The groups of one grouping. */
class Shelves {
  private readonly byLocale = new Map<Locale, Map<string, Shelf>>()
  private readonly made = new Map<Locale, ReadonlyMap<string, Group>>()

  constructor(private readonly by: Grouping) {}

  replace(before: Row | undefined, row: Row | undefined): void {
    if (before) for (const shelf of this.of(before)) shelf.take(before)
    if (row) for (const shelf of this.of(row)) shelf.add(row)
  }

  groups(locale: Locale): ReadonlyMap<string, Group> {
    const known = this.made.get(locale)
    if (known) return known
    const groups = [...(this.byLocale.get(locale) ?? [])].map(([name, shelf]) => [name, shelf.group()] as const)
    const made = new Map(groups.filter(([, { rows }]) => rows.length > 0).sort(([a], [b]) => compare(a, b)))
    this.made.set(locale, made)
    return made
  }

  /** The shelves of a row that comes or goes. */
  private of(row: Row): Shelf[] {
    const names = new Set(this.by(row))
    if (names.size > 0) this.made.delete(row.locale)
    const shelves = this.byLocale.get(row.locale) ?? new Map<string, Shelf>()
    this.byLocale.set(row.locale, shelves)
    return [...names].map((name) => {
      const shelf = shelves.get(name) ?? new Shelf()
      shelves.set(name, shelf)
      return shelf
    })
  }
}

/** The rows of one group. Put in order when somebody asks, so that many changes cost one pass. */
class Shelf {
  private made = groupOf([])
  private readonly taken = new Set<Row>()
  private readonly added = new Set<Row>()

  take(row: Row): void {
    if (!this.added.delete(row)) this.taken.add(row)
  }

  add(row: Row): void {
    if (!this.taken.delete(row)) this.added.add(row)
  }

  group(): Group {
    if (this.taken.size + this.added.size === 0) return this.made
    this.made = this.replaced() ?? groupOf(this.sorted(), this.made.pages)
    this.taken.clear()
    this.added.clear()
    return this.made
  }

  /** The group, if each new row only takes the place of an old one: what nearly every change is. */
  private replaced(): Group | undefined {
    if (this.taken.size !== this.added.size) return undefined
    const added = new Map([...this.added].map((row) => [row.uid, row]))
    const rows = [...this.made.rows]
    const pages = new Set<number>()
    for (const row of this.taken) {
      const next = added.get(row.uid)
      if (!next || byFirstPublication(row, next) !== 0) return undefined
      const place = placeOf(row, rows)
      rows[place] = next
      pages.add(Math.floor(place / pageSize))
    }
    return groupOf(rows, this.made.pages, (page) => !pages.has(page))
  }

  private sorted(): Row[] {
    const kept = this.made.rows.filter((row) => !this.taken.has(row))
    return merged(kept, [...this.added].sort(byFirstPublication))
  }
}

/** Two sorted lists as one. */
function merged(some: readonly Row[], others: readonly Row[]): Row[] {
  const all: Row[] = []
  let next = 0
  for (const row of some) {
    while (next < others.length && byFirstPublication(others[next]!, row) < 0) all.push(others[next++]!)
    all.push(row)
  }
  return [...all, ...others.slice(next)]
}

/** Where a row stands among rows that are in order. */
function placeOf(row: Row, rows: readonly Row[]): number {
  let [from, to] = [0, rows.length - 1]
  while (from < to) {
    const middle = (from + to) >> 1
    if (byFirstPublication(rows[middle]!, row) < 0) from = middle + 1
    else to = middle
  }
  return from
}

/** A group. Pages known before are taken over where their rows are the same, of which `isKept` may know already. */
function groupOf(rows: readonly Row[], before: readonly Group[] = [], isKept?: (page: number) => boolean): Group {
  const pages = Array.from({ length: Math.ceil(rows.length / pageSize) }, (_, index) => {
    const known = before[index]
    if (known && isKept?.(index)) return known
    const some = rows.slice(index * pageSize, (index + 1) * pageSize)
    return known && isSame(known.rows, some) ? known : pageOf(some)
  })
  let key: string | undefined
  return {
    rows,
    pages,
    get key() {
      key ??= sha256(pages.map((page) => page.key).join())
      return key
    },
    slice: (start, end) => groupOf(rows.slice(start, end)),
  }
}

function pageOf(rows: readonly Row[]): Group {
  let key: string | undefined
  const page: Group = {
    rows,
    get pages() {
      return [page]
    },
    get key() {
      key ??= sha256(rows.map(hashOf).join())
      return key
    },
    slice: (start, end) => groupOf(rows.slice(start, end)),
  }
  return page
}

const isSame = (some: readonly Row[], others: readonly Row[]): boolean =>
  some.length === others.length && some.every((row, index) => row === others[index])

const byFirstPublication = (a: Row, b: Row): number =>
  compare(a.firstPublishedAt, b.firstPublishedAt) || compare(a.uid, b.uid)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
