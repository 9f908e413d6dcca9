import type { Locale } from 'content-schemas'
import type { Group, Grouping, ListContext, Row } from '../channels/channel.ts'
import { sha256 } from '../identity.ts'
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
    for (const shelves of this.shelves.values()) shelves.replace(id, before, row)
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
    for (const [id, row] of this.rows) shelves.replace(id, undefined, row)
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
  groups: (by) => catalogue.groups(surroundings.locale, by),
})

/** The groups of one grouping. */
class Shelves {
  private readonly byLocale = new Map<Locale, Map<string, Shelf>>()

  constructor(private readonly by: Grouping) {}

  replace(id: string, before: Row | undefined, row: Row | undefined): void {
    if (before) for (const [name, shelf, shelves] of this.of(before)) if (shelf.delete(id)) shelves.delete(name)
    if (row) for (const [, shelf] of this.of(row)) shelf.set(id, row)
  }

  groups(locale: Locale): ReadonlyMap<string, Group> {
    const named = [...(this.byLocale.get(locale) ?? [])].sort(([a], [b]) => compare(a, b))
    return new Map(named.map(([name, shelf]) => [name, shelf.group()]))
  }

  private *of(row: Row): Iterable<[string, Shelf, Map<string, Shelf>]> {
    const shelves = this.byLocale.get(row.locale) ?? new Map<string, Shelf>()
    this.byLocale.set(row.locale, shelves)
    for (const name of new Set(this.by(row))) {
      const shelf = shelves.get(name) ?? new Shelf()
      shelves.set(name, shelf)
      yield [name, shelf, shelves]
    }
  }
}

/** The rows of one group. Sorted when somebody asks, so that many changes cost one sort. */
class Shelf {
  private rows = new Map<string, Row>()
  private made: Group | undefined

  set(id: string, row: Row): void {
    this.rows.set(id, row)
    this.made = undefined
  }

  /** Whether it is empty now. */
  delete(id: string): boolean {
    this.rows.delete(id)
    this.made = undefined
    return this.rows.size === 0
  }

  group(): Group {
    if (this.made) return this.made
    const sorted = [...this.rows].sort(([, a], [, b]) => byFirstPublication(a, b))
    // Kept in order: sorting what is nearly sorted takes little.
    this.rows = new Map(sorted)
    this.made = groupOf(sorted.map(([, row]) => row))
    return this.made
  }
}

function groupOf(rows: readonly Row[]): Group {
  let key: string | undefined
  return {
    rows,
    get key() {
      key ??= sha256(rows.map(hashOf).join())
      return key
    },
    slice: (start, end) => groupOf(rows.slice(start, end)),
  }
}

const hashes = new WeakMap<Row, string>()
function hashOf(row: Row): string {
  const known = hashes.get(row)
  if (known) return known
  const hash = sha256(JSON.stringify(row))
  hashes.set(row, hash)
  return hash
}

const byFirstPublication = (a: Row, b: Row): number =>
  compare(a.firstPublishedAt, b.firstPublishedAt) || compare(a.uid, b.uid)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
