import {
  Article,
  type blocks,
  type Document,
  Issue,
  type IssueItem,
  type Locale,
  Media,
  type Message,
  Newsletter,
  OpeningHours,
  OpeningTime,
  type RecordKind,
  type RecordOf,
  type Records,
  RetiredSource,
  recordKinds,
  recordSchemas,
  Site,
  sheetFields,
  WordingRule,
} from 'content-schemas'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { blockLabels } from 'pipeline/compare/labels.ts'
import type { z } from 'zod'

/*
 * Between Payload's rows and the contract. Nothing else sees both shapes.
 */

/** A row as Payload gives it: what fields it has is the collection's affair. */
export type Row = { id: string } & Record<string, unknown>

/** A document as it stands in a row. `messages` tell what of it has no place in the contract; then `document` is undefined. */
export type ReadDocument<D extends Document = Document> = { document: D | undefined; messages: Message[] }

/** Id of the row of a document in one language. */
export const rowId = (uid: string, locale: string): string => `${uid}.${locale}`
/** The uid in the id of such a row; of a record, whose id is its uid, that. */
export const uidOf = (id: string): string => id.split('.')[0]!

/** Reads an article from its row, fetched without depth or populated. */
export function articleOf(row: Row): ReadDocument<Article> {
  const body = fromLexical(row.body)
  const review = (row.review ?? {}) as Record<string, unknown>
  return read(Article, body.messages, {
    kind: 'article',
    uid: row.uid,
    locale: row.locale,
    slug: row.slug,
    ...(row.translatedFrom ? { translatedFrom: row.translatedFrom } : {}),
    title: row.title,
    summary: row.summary ?? '',
    mainMessage: row.mainMessage ?? '',
    audiences: ids(row.audiences),
    topics: ids(row.topics),
    hero: idOf(row.hero),
    body: body.tree,
    authors: ids(row.authors),
    sources: list(row.sources).map((source) => ({
      ...fieldsOf(Article.shape.sources.element, source),
      id: source.key,
    })),
    related: ids(row.related).map(uidOf),
    callToAction: idOf(row.callToAction),
    licence: row.licence ?? '',
    funding: row.funding ?? '',
    conflicts: row.conflicts ?? '',
    need: row.need ?? '',
    testedWith: row.testedWith ?? '',
    ...Object.fromEntries(sheetFields.flatMap((name) => (row[name] ? [[name, row[name]]] : []))),
    review: {
      reviewer: idOf(review.reviewer),
      lastReviewed: dayOf(review.lastReviewed),
      nextReview: dayOf(review.nextReview),
    },
  })
}

/** Reads an issue from its row; `newsletter` is the row of its newsletter in the same language. */
export function issueOf(row: Row, newsletter: Row | undefined): ReadDocument<Issue> {
  const messages: Message[] = []
  return read(Issue, messages, {
    kind: 'issue',
    uid: row.uid,
    locale: row.locale,
    slug: row.slug,
    newsletter: newsletter && newsletterOf(newsletter),
    subject: row.subject,
    preheader: row.preheader ?? '',
    greeting: row.greeting ?? '',
    items: list(row.items).map((item) => itemOf(item, messages)),
  })
}

function itemOf(item: Row, messages: Message[]): unknown {
  switch (item.blockType) {
    case 'article':
      return { kind: 'article', article: uidOf(idOf(item.article) ?? ''), show: item.show } satisfies Loose<IssueItem>
    case 'resource':
      return { kind: 'resource', resource: idOf(item.resource) } satisfies Loose<IssueItem>
    case 'call-to-action':
      return { kind: 'call-to-action', record: idOf(item.record) } satisfies Loose<IssueItem>
    default: {
      const body = fromLexical(item.body)
      messages.push(...body.messages)
      return { kind: 'text', body: body.tree }
    }
  }
}
type Loose<T> = { [K in keyof T]: unknown }

const newsletterOf = (row: Row): unknown => ({ ...fieldsOf(Newsletter, row), uid: row.id })

/** The fields of an article's row. `related` may name articles that are not there: see `importing.ts`. */
export const articleRow = (article: Article): Row => ({
  ...Object.fromEntries(sheetFields.map((name) => [name, ''])),
  ...article,
  id: rowId(article.uid, article.locale),
  translatedFrom: article.translatedFrom ?? null,
  body: toLexical(article.body, article.locale),
  related: article.related.map((uid) => rowId(uid, article.locale)),
  // `id` is the database's name for the row of an array, unique across all articles.
  sources: article.sources.map(({ id: key, ...source }) => ({ ...source, key })),
})

/** The fields of an issue's row. */
export const issueRow = ({ newsletter, ...issue }: Issue): Row => ({
  ...issue,
  id: rowId(issue.uid, issue.locale),
  newsletter: newsletter.uid,
  items: issue.items.map((item) => itemRow(item, issue.locale)),
})

function itemRow(item: IssueItem, locale: Locale): Record<string, unknown> {
  const { kind: blockType, ...fields } = item
  if ('article' in fields) return { ...fields, blockType, article: rowId(fields.article, locale) }
  if ('body' in fields) return { blockType, body: toLexical(fields.body, locale) }
  return { ...fields, blockType }
}

/** A record as a document in one language shows it; undefined when the row lacks what a record of its kind must have. */
export function recordOf<K extends RecordKind>(kind: K, row: Row): RecordOf<K> | undefined {
  const schema = recordSchemas[kind]
  const result = schema.safeParse(recordFieldsOf(kind, row))
  return result.success ? (result.data as RecordOf<K>) : undefined
}

/** What a row has of the fields of a record of its kind, whether or not they are all it must have. */
export const recordFieldsOf = (kind: RecordKind, row: Row): Record<string, unknown> => ({
  ...fieldsOf(recordSchemas[kind], row),
  ...own[kind]?.(row),
  uid: row.id,
})

/** A wording rule; undefined when the row lacks what one must have. */
export const wordingRuleOf = (row: Row): WordingRule | undefined =>
  WordingRule.safeParse({ ...fieldsOf(WordingRule, row), uid: row.id }).data

/** A retired source; undefined when the row lacks what one must have. */
export const retiredSourceOf = (row: Row): RetiredSource | undefined =>
  RetiredSource.safeParse({ ...fieldsOf(RetiredSource, row), uid: row.id }).data

/** The fields of a wording rule's row. */
export const wordingRuleRow = ({ uid: id, ...fields }: WordingRule): Row => ({ ...fields, id })

/** What makes no edition when it changes: nobody sees it, or it is a state. */
const notOfEditions: { [K in RecordKind]?: (keyof RecordOf<K>)[] } = {
  topics: ['mustMention'],
  resources: ['assuredDate', 'verifyEveryDays'],
}

/** What of a record an edition is about. Records that differ in the rest alone make no new one. */
export function shownPart<K extends RecordKind>(kind: K, record: RecordOf<K> | undefined): unknown {
  const left: readonly PropertyKey[] = notOfEditions[kind] ?? []
  return record && Object.fromEntries(Object.entries(record).filter(([name]) => !left.includes(name)))
}

/** The same of all records of an edition. */
export const shownParts = (records: Records | null): unknown =>
  records &&
  recordKinds.map((kind) => Object.entries(records[kind]).map(([uid, record]) => [uid, shownPart(kind, record)]))

/** The fields of a record's row, in the one language it is given in. Pictures need their file besides. */
export function recordRow<K extends RecordKind>(kind: K, { uid: id, ...fields }: RecordOf<K>, locale: Locale): Row {
  if (kind === 'snippets' && 'body' in fields)
    return { ...fields, id, body: toLexical(fields.body as blocks.Root, locale) }
  return { ...fields, id }
}

const own: { [K in RecordKind]?: (row: Row) => Record<string, unknown> } = {
  snippets: (row) => ({ body: fromLexical(row.body).tree }),
  'calls-to-action': (row) => ({ resource: idOf(row.resource) ?? undefined }),
  resources: (row) => ({
    openingHours: hoursOf(row.openingHours),
  }),
  media: (row) => ({
    alt: row.alt ?? '',
    renditions: list(row.renditions).map((size) => fieldsOf(Media.shape.renditions.element, size)),
  }),
}

/** Opening hours, where a row says of them as much as the contract asks for. */
function hoursOf(value: unknown): OpeningHours | undefined {
  const { open, timezone, times } = (value ?? {}) as Record<string, unknown>
  const given = { timezone, times: list(times).map((time) => fieldsOf(OpeningTime, time)) }
  return OpeningHours.safeParse(open === 'times' ? { open, ...given } : { open }).data
}

/** The publication in one language, from its global. `url` is the public address, which is a setting. */
export const siteOf = (row: Record<string, unknown>, url: string): Site => Site.parse({ ...fieldsOf(Site, row), url })

function read<D extends Document>(
  schema: z.ZodType<D>,
  messages: Message[],
  value: Record<string, unknown>,
): ReadDocument<D> {
  const result = schema.safeParse(value)
  if (result.success) return { document: result.data, messages }
  const wrong = result.error.issues.map(
    ({ path, message }): Message => ({
      rule: 'field-value',
      severity: 'block',
      waivable: false,
      reason: wrongIn(value, path, message),
      fix: 'Fill it in, or correct it.',
      place: { pointer: path.map((step) => `/${String(step)}`).join('') },
    }),
  )
  return { document: undefined, messages: [...messages, ...wrong] }
}

/** What is wrong with a field, named as an editor finds it: with the innermost block that it belongs to. */
function wrongIn(document: Record<string, unknown>, path: readonly PropertyKey[], message: string): string {
  let held: unknown = document
  let block = ''
  for (const step of path) {
    held = (held as Record<PropertyKey, unknown> | null | undefined)?.[step]
    const { type } = (held ?? {}) as { type?: unknown }
    if (typeof type === 'string' && type in blockLabels)
      block = ` of the block “${blockLabels[type as keyof typeof blockLabels]}”`
  }
  const name = String(path.findLast((step) => typeof step === 'string') ?? 'document')
  const field = `The field “${name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)}”${block}`
  const isEmpty = held === undefined || held === null || held === ''
  return isEmpty ? `${field} is empty.` : `${field} cannot be published as it is: ${message}.`
}

/** The fields a schema knows, as the contract has them: empty ones absent, days without a time, rows without their ids. */
export function fieldsOf(schema: z.ZodObject, row: Record<string, unknown>): Record<string, unknown> {
  const fields: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(schema.shape)) {
    const value = plain(row[name], field as z.ZodType)
    if (value !== undefined) fields[name] = value
  }
  return fields
}

function plain(value: unknown, schema: z.ZodType): unknown {
  if (value === null || value === undefined || value === '') return undefined
  // SQLite has an empty list where MongoDB has none.
  if (Array.isArray(value) && value.length === 0) return undefined
  const inner = unwrapped(schema)
  const { type } = inner.def
  if (type === 'array') return list(value).map((item) => plain(item, (inner as z.ZodArray).element as z.ZodType))
  if (type === 'object') return fieldsOf(inner as z.ZodObject, value as Record<string, unknown>)
  if (type === 'string' && (inner as z.ZodString).format === 'date') return dayOf(value)
  return value
}

function unwrapped(schema: z.ZodType): z.ZodType {
  const { type } = schema.def
  if (type !== 'optional' && type !== 'default' && type !== 'nullable') return schema
  return unwrapped((schema as z.ZodOptional<z.ZodType>).unwrap())
}

const list = (value: unknown): Row[] => (Array.isArray(value) ? value : [])
/** The id of a relation, populated or not. */
const idOf = (value: unknown): string | null => {
  if (value && typeof value === 'object' && 'id' in value) return String(value.id)
  return typeof value === 'string' && value !== '' ? value : null
}
const ids = (value: unknown): string[] => list(value).flatMap((item) => idOf(item) ?? [])
const dayOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, 10) : null)
