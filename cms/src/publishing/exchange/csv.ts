import Papa from 'papaparse'
import {
  type Entry,
  type FieldKind,
  type Fields,
  type Read,
  resourceFields,
  rowFieldsOf,
  UnreadableError,
} from './entry.ts'

/*
 * CSV (RFC 4180) with a row a resource and columns by name: `application_process`, and `phones_1_number` for the first of
 * a list. Words of a list are parted by semicolons.
 */

type Column = { name: string; field: string; kind: FieldKind; place?: { index: number; inner: string } }

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const columnOf = (field: string): string => (field === 'uid' ? 'id' : snake(field))

/** The columns for lists of at most so many rows. */
function columns(longest: (field: string) => number): Column[] {
  return [...resourceFields].flatMap(([field, { kind, schema }]): Column[] => {
    if (kind !== 'rows') return [{ name: columnOf(field), field, kind }]
    return Array.from({ length: longest(field) }, (_, index) =>
      [...rowFieldsOf(schema)].map(([inner, { kind }]) => ({
        ...{ name: `${columnOf(field)}_${index + 1}_${snake(inner)}`, field, kind, place: { index, inner } },
      })),
    ).flat()
  })
}

/** Writes resources as CSV for spreadsheets, with a byte order mark. Every list has a place for at least one row. */
export function toCsv(resources: readonly Fields[]): string {
  const lengths = (field: string) => resources.map((resource) => rowsOf(resource, field).length)
  const all = columns((field) => Math.max(1, ...lengths(field)))
  const data = resources.map((resource) => all.map((column) => guarded(cellOf(valueIn(resource, column), column.kind))))
  return `\ufeff${Papa.unparse({ fields: all.map(({ name }) => name), data }, { quotes: true })}\r\n`
}

const rowsOf = (resource: Fields, field: string): Fields[] => (resource[field] ?? []) as Fields[]
const valueIn = (resource: Fields, { field, place }: Column): unknown =>
  place ? rowsOf(resource, field)[place.index]?.[place.inner] : resource[field]

function cellOf(value: unknown, kind: FieldKind): string {
  if (value === undefined || value === null) return ''
  if (kind === 'words') return (value as string[]).join('; ')
  return kind === 'json' ? JSON.stringify(value) : String(value)
}

// Spreadsheets run a cell that starts like a formula: an apostrophe makes it text, and is taken off again.
const guarded = (cell: string): string => (/^'*[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)
const unguarded = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell)

/** Most rows of a list that a file may have columns for. */
const mostRows = 20

/** Reads CSV with a line of column names. A column that is not there says nothing; an empty cell takes a value away. */
export function fromCsv(text: string): Read {
  const { data, errors } = Papa.parse<string[]>(text.replace(/^\ufeff/, ''), { skipEmptyLines: false })
  const broken = errors.find(({ type }) => type === 'Quotes')
  if (broken) throw new UnreadableError(`Row ${(broken.row ?? 0) + 1} is no CSV: ${broken.message}.`)
  const [names = [], ...rows] = data.map((row) => row.map((cell) => unguarded(cell.trim())))
  const known = new Map(columns(() => mostRows).map((column) => [column.name, column]))
  const used = names.map((name) => known.get(name.toLowerCase()))
  if (!used.some((column) => column !== undefined))
    throw new UnreadableError('The first row names no column of a resource, such as `id` or `name`.')
  const entries = rows.flatMap((row, index) =>
    row.some((cell) => cell !== '') ? [entryOf(row, used, `row ${index + 2}`)] : [],
  )
  return { entries, ignored: names.filter((name, index) => name !== '' && !used[index]) }
}

function entryOf(row: string[], used: (Column | undefined)[], place: string): Entry {
  const entry: Entry = { place, fields: {}, wrong: [] }
  const lists = new Map<string, Fields[]>()
  used.forEach((column, index) => {
    if (!column) return
    const value = read(row[index] ?? '', column, entry)
    if (!column.place) {
      entry.fields[column.field] = value
      return
    }
    const list = lists.get(column.field) ?? []
    lists.set(column.field, list)
    list[column.place.index] ??= {}
    if (value !== null) list[column.place.index]![column.place.inner] = value
  })
  for (const [field, list] of lists) entry.fields[field] = list.filter((item) => item && Object.keys(item).length > 0)
  if (entry.fields.uid === null) delete entry.fields.uid
  return entry
}

function read(cell: string, { name, kind, place }: Column, entry: Entry): unknown {
  if (cell === '') return kind === 'words' && !place ? [] : null
  const refuse = (what: string): null => {
    entry.wrong.push(`${name}: “${cell.slice(0, 60)}” is ${what}.`)
    return null
  }
  switch (kind) {
    case 'number':
      return Number.isFinite(Number(cell)) ? Number(cell) : refuse('no number')
    case 'boolean':
      if (/^(true|yes|1)$/i.test(cell)) return true
      return /^(false|no|0)$/i.test(cell) ? false : refuse('neither yes nor no')
    case 'words':
      return cell.split(';').flatMap((word) => word.trim() || [])
    case 'json':
      try {
        return JSON.parse(cell)
      } catch {
        return refuse('no JSON')
      }
    default:
      return cell
  }
}
