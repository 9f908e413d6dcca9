import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import {
  type Locale,
  locales,
  type Message,
  Newsletter,
  type RecordKind,
  type RecordOf,
  type Rendition,
  RetiredSource,
  recordKinds,
  recordSchemas,
  Site,
  WordingRule,
} from 'content-schemas'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { derivedUid } from '../body/document.ts'
import { bodyFromMarkdown } from '../body/markdown.ts'
import { bindTree } from '../body/references.ts'
import { withoutInvisibleIn } from '../invisible.ts'
import { readPicture } from './pictures.ts'

/*
 * Records of the folder format: `site.yaml` and `<kind>/<slug>.yaml`, in which text is a string or a map by locale, and
 * references are slugs or uids.
 */

/** Records that are files without being shown by documents. */
export const unshownKinds = {
  newsletters: Newsletter,
  'wording-rules': WordingRule,
  'retired-sources': RetiredSource,
} as const
export type FileKind = RecordKind | keyof typeof unshownKinds
export const fileKinds: readonly FileKind[] = [
  ...recordKinds,
  ...(Object.keys(unshownKinds) as (keyof typeof unshownKinds)[]),
]
/** The schema a record file has, in one language. */
export const schemaOf = (kind: FileKind): z.ZodObject => ({ ...recordSchemas, ...unshownKinds })[kind]

/** A record file, read. */
export type RecordFile = {
  kind: FileKind | 'site' | 'editorial-policy'
  path: string
  uid: string
  slug: string
  /** As written, with days resolved. */
  fields: Fields
  messages: Message[]
  /** Line of a key, by JSON pointer. */
  lineOf(pointer: string): number
}
export type Fields = Record<string, unknown>

/** Finds the uid of a record by its slug. */
export type FindUid = (kind: RecordKind | 'articles', slug: string) => string | undefined

const sizeLimit = 256 * 1024

/** Reads the YAML of a record: plain data, no aliases, at most 256 KB. What cannot be read is a message. */
export async function readRecordFile(path: string, kind: RecordFile['kind'], today: string): Promise<RecordFile> {
  const file = { kind, path, slug: basename(path).replace(/\.ya?ml$/, ''), lineOf: () => 1 }
  const refused = (reason: string, line = 1): RecordFile => ({
    ...file,
    uid: '',
    fields: {},
    messages: [{ ...unreadable, reason, place: { pointer: '', line } }],
  })
  if ((await stat(path)).size > sizeLimit) return refused(`The file is larger than ${sizeLimit / 1024} KB.`)
  const lines = new LineCounter()
  const document = parseDocument(await readFile(path, 'utf8'), {
    lineCounter: lines,
    schema: 'core',
    stringKeys: true,
    logLevel: 'silent',
  })
  const [error] = document.errors
  if (error) return refused(`The file is no YAML: ${error.message.split('\n')[0]}`, error.linePos?.[0].line)
  let fields: unknown
  try {
    fields = withoutInvisibleIn(document.toJS({ maxAliasCount: 0 }))
  } catch (cause) {
    return refused(`The file cannot be read: ${(cause as Error).message.split('\n')[0]}`)
  }
  if (!isMap(document.contents) || !isFields(fields)) return refused('The file holds no fields.')
  const own = withDays(fields, today) as Fields
  const slug = typeof own.slug === 'string' ? own.slug : file.slug
  const lineOf = (pointer: string): number => {
    const parts = pointer.split('/').slice(1)
    for (; parts.length > 0; parts.pop()) {
      const node = document.getIn(parts, true)
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line
    }
    return 1
  }
  const uid = typeof own.uid === 'string' ? own.uid : derivedUid(`${kind}/${slug}`)
  return { ...file, slug, uid, fields: own, messages: [], lineOf }
}

const unreadable = {
  rule: 'unreadable-yaml',
  severity: 'block',
  waivable: false,
  fix: 'Correct the file; the records of the sample show its form.',
} as const

/** A record in one language; undefined, and messages, if it is not what its schema says. */
export async function recordIn<K extends RecordKind>(
  file: RecordFile,
  kind: K,
  locale: Locale,
  find: FindUid,
): Promise<{ record: RecordOf<K> | undefined; messages: Message[] }> {
  const messages: Message[] = []
  const fields: Fields = { ...(inLocale(file.fields, locale) as Fields), uid: file.uid, slug: file.slug }
  if (kind === 'snippets' && typeof fields.body === 'string') {
    const parsed = bodyFromMarkdown(fields.body)
    const bound = bindTree(parsed.tree, find)
    fields.body = bound.tree
    messages.push(...parsed.messages, ...bound.messages)
  }
  if (kind === 'calls-to-action' && typeof fields.resource === 'string')
    fields.resource = find('resources', fields.resource) ?? fields.resource
  if (kind === 'resources' && typeof fields.replacedBy === 'string')
    fields.replacedBy = find('resources', fields.replacedBy) ?? fields.replacedBy
  if (kind === 'media') {
    fields.renditions = await renditionsOf(file, fields.file)
    delete fields.file
    delete fields.focus
  }
  const parsed = parseFields(recordSchemas[kind] as unknown as z.ZodType<RecordOf<K>>, fields, file)
  return { record: parsed.value, messages: [...messages, ...parsed.messages] }
}

/** A newsletter in one language, and what is wrong with it. */
export const newsletterIn = (file: RecordFile, locale: Locale) =>
  parseFields(Newsletter, { ...(inLocale(file.fields, locale) as Fields), uid: file.uid, slug: file.slug }, file)

/** A wording rule, which is about one language, and what is wrong with it. */
export const wordingRuleIn = (file: RecordFile) =>
  parseFields(WordingRule, { ...file.fields, uid: file.uid, slug: file.slug }, file)

/** A retired source, and what is wrong with it. */
export const retiredSourceIn = (file: RecordFile) =>
  parseFields(RetiredSource, { ...file.fields, uid: file.uid, slug: file.slug }, file)

export const siteIn = (file: RecordFile, locale: Locale) => parseFields(Site, inLocale(file.fields, locale), file)

function parseFields<T>(schema: z.ZodType<T>, fields: unknown, file: RecordFile): { value?: T; messages: Message[] } {
  const { data, error } = schema.safeParse(fields)
  if (!error) return { value: data, messages: [] }
  const messages = error.issues.map((issue): Message => {
    const pointer = issue.path.map((part) => `/${String(part)}`).join('')
    const reason = `\`${issue.path.join('.') || basename(file.path)}\`: ${issue.message}.`
    const place = { pointer, line: file.lineOf(pointer) }
    return { rule: 'wrong-value', severity: 'block', waivable: false, reason, fix: 'Correct the value.', place }
  })
  return { messages }
}

async function renditionsOf({ path }: RecordFile, name: unknown): Promise<Rendition[]> {
  if (typeof name !== 'string' || basename(name) !== name) return []
  const picture = await readPicture(join(dirname(path), name))
  return picture ? [picture.rendition] : []
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text in one language: of a map by locale its own, else the default's, else any there is. */
export function inLocale(value: unknown, locale: Locale): unknown {
  if (Array.isArray(value)) return value.map((item) => inLocale(item, locale))
  if (!isFields(value)) return value
  const keys = Object.keys(value)
  if (keys.length > 0 && keys.every((key) => (locales as readonly string[]).includes(key)))
    return value[locale] ?? value[locales[0]] ?? value[keys[0]!]
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inLocale(part, locale)]))
}

/** Days written from today, `-30d` or `+700d`, as calendar days. */
export function withDays(value: unknown, today: string): unknown {
  if (Array.isArray(value)) return value.map((item) => withDays(item, today))
  if (isFields(value))
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, withDays(part, today)]))
  const days = typeof value === 'string' && /^[+-]\d{1,5}d$/.exec(value)
  return days
    ? new Date(Date.parse(`${today}T00:00:00Z`) + Number.parseInt(days[0], 10) * 86_400_000).toISOString().slice(0, 10)
    : value
}
