import { sha256 } from '../../identity.ts'
import type { ListContext, Row } from '../channel.ts'

/** Rows of one language that stand on a list together, by first publication. */
export type Group = {
  rows: readonly Row[]
  /** Equal for equal rows. */
  key: string
  /** Some of the rows, as `Array.slice` counts them: a page. */
  slice(start?: number, end?: number): Group
}

/** Rows of the language of a context, tombstones included, by the names a grouping gives them, in the order of the names. */
export function groups({ rows, locale }: ListContext, by: (row: Row) => readonly string[]): Map<string, Group> {
  const found = new Map<string, Row[]>()
  for (const row of rows.filter((each) => each.locale === locale).sort(byFirstPublication))
    for (const name of by(row)) {
      const known = found.get(name)
      if (known) known.push(row)
      else found.set(name, [row])
    }
  return new Map([...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, some]) => [name, groupOf(some)]))
}

const groupOf = (rows: readonly Row[]): Group => ({
  rows,
  get key() {
    return sha256(rows.map(hashOf).join())
  },
  slice: (start, end) => groupOf(rows.slice(start, end)),
})

const hashes = new WeakMap<Row, string>()
/** Equal for equal rows. */
export function hashOf(row: Row): string {
  const known = hashes.get(row) ?? sha256(JSON.stringify(row))
  hashes.set(row, known)
  return known
}

const byFirstPublication = (a: Row, b: Row): number =>
  a.firstPublishedAt === b.firstPublishedAt
    ? a.uid < b.uid
      ? -1
      : 1
    : a.firstPublishedAt < b.firstPublishedAt
      ? -1
      : 1
