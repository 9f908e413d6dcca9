import { randomUUID } from 'node:crypto'
import { type Locale, Resource } from 'content-schemas'
import {
  APIError,
  commitTransaction,
  createLocalReq,
  initTransaction,
  killTransaction,
  type Payload,
  type PayloadRequest,
  type TypedUser,
  ValidationError,
} from 'payload'
import type { Acting } from '../../access/acting.ts'
import { type Row, recordFieldsOf } from '../document.ts'
import { isConflict } from '../transaction.ts'
import { fromCsv, toCsv } from './csv.ts'
import { type Entry, type Fields, resourceFields, UnreadableError } from './entry.ts'
import { fromHsds, toHsds } from './hsds.ts'

export const exchangeFormats = ['hsds', 'csv'] as const
export type ExchangeFormat = (typeof exchangeFormats)[number]

/** Largest file that is read, bytes, and most resources of one. */
export const sizeLimit = 5 * 1024 * 1024
const mostEntries = 1000
/** How many refused resources are looked for, one after the other; then it is enough. */
const mostRefusals = 50

/** Writes all resources in one language, by name. In HSDS only those that have a name in it. */
export async function exportResources(payload: Payload, format: ExchangeFormat, locale: Locale): Promise<string> {
  const resources = (await rowsIn(payload, locale)).map(contractFields)
  const byName = resources.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), locale))
  if (format === 'csv') return toCsv(byName)
  return toHsds(
    byName.filter(({ name }) => name),
    locale,
  )
}

const nameOf = ({ name, slug }: Fields): string => String(name ?? slug ?? '')

async function rowsIn(payload: Payload, locale: Locale): Promise<Row[]> {
  const { docs } = await payload.find({
    ...{ collection: 'resources', locale, fallbackLocale: false, pagination: false, depth: 0, overrideAccess: true },
  })
  return docs as unknown as Row[]
}

const contractFields = (row: Row): Fields => recordFieldsOf('resources', row)

/** What becomes of one resource of a file. `invalid` ones are not written; the reasons say why. */
export type ExchangedResource = {
  place: string
  uid: string
  name: string
  outcome: 'new' | 'changed' | 'unchanged' | 'invalid'
  differences: { field: string; before: unknown; after: unknown }[]
  reasons: string[]
}
export type ImportReport = { isWritten: boolean; resources: ExchangedResource[]; ignored: string[] }

export type ImportOptions = {
  format: ExchangeFormat
  locale: Locale
  acting: Acting
  /** Tell what would happen, and write nothing. */
  isDryRun: boolean
  /** Write what is valid although something else is not. */
  skipInvalid: boolean
}

/**
 * Takes resources from a file into one language: those it knows by uid, else by slug, are changed, the others are new, and
 * none is deleted. All of them in one transaction, or nothing. A dry run goes the same way up to the end, so what it tells
 * is what would happen. Throws what answers 422 for a file that cannot be read.
 */
export async function importResources(payload: Payload, text: string, options: ImportOptions): Promise<ImportReport> {
  const { entries, ignored } = readFile(text, options.format)
  const plans = await plansFor(payload, entries, options.locale)
  const isWritten = await write(payload, plans, options)
  return { isWritten, ignored, resources: plans.map(({ told }) => told) }
}

function readFile(text: string, format: ExchangeFormat) {
  if (Buffer.byteLength(text) > sizeLimit) throw refusal(`The file is larger than ${sizeLimit / 1024 / 1024} MB.`)
  try {
    const read = format === 'csv' ? fromCsv(text) : fromHsds(text)
    if (read.entries.length > mostEntries)
      throw new UnreadableError(`The file holds more than ${mostEntries} resources. Cut it in parts.`)
    return read
  } catch (error) {
    throw error instanceof UnreadableError ? refusal(error.message) : error
  }
}

const refusal = (sentence: string) => new APIError(sentence, 422, null, true)

/** What is to be done for an entry; `data` is empty for what stays as it is. */
type Plan = { told: ExchangedResource; isNew: boolean; data: Fields }

async function plansFor(payload: Payload, entries: Entry[], locale: Locale): Promise<Plan[]> {
  const rows = await rowsIn(payload, locale)
  const byId = new Map(rows.map((row) => [row.id, row]))
  const bySlug = new Map(rows.map((row) => [row.slug, row]))
  const seen = new Map<string, string>()
  return entries.map((entry) => {
    const row = byId.get(String(entry.fields.uid)) ?? (entry.fields.uid ? undefined : bySlug.get(entry.fields.slug))
    const plan = planFor(entry, row)
    const { uid, place } = plan.told
    if (seen.has(uid)) refuse(plan, `It is the same resource as ${seen.get(uid)}.`)
    seen.set(uid, place)
    return plan
  })
}

function planFor({ place, fields, wrong }: Entry, row: Row | undefined): Plan {
  const before = row ? contractFields(row) : {}
  const uid = row?.id ?? String(fields.uid ?? randomUUID())
  const given = Object.entries(fields).filter(
    ([field]) => field !== 'uid' && !(field === 'slug' && fields.slug === null),
  )
  const differences = given.flatMap(([field, value]) => {
    const [was, is] = [before[field] ?? emptyOf(field), value ?? emptyOf(field)]
    return isSame(was, is) ? [] : [{ field, before: was, after: is }]
  })
  const name = String(fields.name ?? before.name ?? row?.slug ?? fields.slug ?? '')
  const outcome = !row ? 'new' : differences.length > 0 ? 'changed' : 'unchanged'
  const told: ExchangedResource = { place, uid, name, outcome, differences, reasons: [] }
  const plan: Plan = {
    told,
    isNew: !row,
    data: Object.fromEntries(differences.map(({ field, after }) => [field, after])),
  }
  for (const reason of wrong) refuse(plan, reason)
  if (outcome !== 'unchanged') for (const reason of wrongIn({ ...before, ...plan.data, uid })) refuse(plan, reason)
  for (const [field, value] of Object.entries(plan.data))
    if (row && isRows(value)) plan.data[field] = withIds(value, row[field])
  return plan
}

function refuse(plan: Plan, reason: string): void {
  plan.told.outcome = 'invalid'
  plan.told.reasons.push(reason)
}

const emptyOf = (field: string): unknown =>
  ['rows', 'words'].includes(resourceFields.get(field)?.kind ?? '') ? [] : null
/** The same, whatever the order in which a file names the fields of a row. */
const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0))
  return Object.fromEntries(
    fields.map(([name, inner]) => [name, sorted(inner)] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** What the contract says against a resource; a new one gets its slug from its name. */
function wrongIn(fields: Fields): string[] {
  const isFilled = (value: unknown) =>
    (value ?? undefined) !== undefined && !(Array.isArray(value) && value.length === 0)
  const filled = Object.entries({ slug: 'new', status: 'active', ...fields }).filter(([, value]) => isFilled(value))
  const { error } = Resource.safeParse(Object.fromEntries(filled))
  return (error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
}

const isRows = (value: unknown): value is Fields[] =>
  Array.isArray(value) && value.some((item) => typeof item === 'object')

/** Rows of a list with the ids they have, so that what they say in other languages stays with them. */
function withIds(rows: Fields[], known: unknown): Fields[] {
  const before = Array.isArray(known) ? (known as Fields[]) : []
  return rows.map((row, index) => {
    const same = before.find(({ number, type }) => number !== undefined && number === row.number && type === row.type)
    const { id } = same ?? before[index] ?? {}
    return id === undefined ? row : { ...row, id }
  })
}

/** Writes in one transaction; one that is refused ends it, and all is tried again without that. Returns whether it stays. */
async function write(payload: Payload, plans: Plan[], options: ImportOptions): Promise<boolean> {
  const { acting, isDryRun, skipInvalid } = options
  for (let refusals = 0; ; refusals++) {
    const req = await createLocalReq({ user: (acting.user ?? undefined) as TypedUser | undefined }, payload)
    await initTransaction(req)
    const refused = await saveAll(req, plans, options)
    const isWhole = skipInvalid || plans.every(({ told }) => told.outcome !== 'invalid')
    const isEnd = !refused || refusals === mostRefusals
    if (refused || isDryRun || !isWhole) await killTransaction(req)
    else await commitTransaction(req)
    if (isEnd) return !refused && !isDryRun && isWhole
  }
}

/** Saves what is new or changed. Stops at the first that is refused, and says why in its plan. */
async function saveAll(req: PayloadRequest, plans: Plan[], { locale, acting }: ImportOptions): Promise<boolean> {
  for (const plan of plans) {
    const { uid, outcome } = plan.told
    if (outcome !== 'new' && outcome !== 'changed') continue
    const options = { collection: 'resources', locale, depth: 0, overrideAccess: !acting.user, req } as const
    try {
      if (plan.isNew) await req.payload.create({ ...options, data: { ...plan.data, id: uid } as never })
      else await req.payload.update({ ...options, id: uid, data: plan.data as never })
    } catch (error) {
      if (isConflict(error) || !(error instanceof APIError)) throw error
      for (const reason of reasonsIn(error)) refuse(plan, reason)
      return true
    }
  }
  return false
}

const reasonsIn = (error: APIError): string[] =>
  error instanceof ValidationError
    ? error.data.errors.map(({ path, message }) => `${path}: ${message}`)
    : [error.message]
