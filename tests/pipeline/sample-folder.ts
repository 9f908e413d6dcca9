import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inLocale, readYaml } from 'cms/src/publishing/folder-records.ts'
import { withDates } from 'cms/src/publishing/relative-dates.ts'
import {
  type Article,
  type Issue,
  type Locale,
  locales,
  type Message,
  Newsletter,
  type RecordKind,
  type RecordOf,
  recordKinds,
  recordSchemas,
  Site,
} from 'content-schemas'
import { articleFrom, issueFrom } from 'pipeline/body/document.ts'
import { bodyFromMarkdown, fromMarkdown } from 'pipeline/body/markdown.ts'
import { bindReferences, bindTree, type Lookup } from 'pipeline/body/references.ts'
import { sha256 } from 'pipeline/identity.ts'

/*
 * The sample as its files have it, read with nothing but the parsers and the schemas.
 */

export const sampleDir = fileURLToPath(new URL('../../cms/sample', import.meta.url))

type Entry<T> = { file: string; document: T; messages: Message[] }
export type Sample = {
  site(locale: Locale): Site
  record<K extends RecordKind>(locale: Locale, kind: K, uid: string): RecordOf<K> | undefined
  articles: Entry<Article>[]
  issues: Entry<Issue>[]
}

/** Reads the whole sample as it is imported on a day. Throws where a record does not have the shape of its schema. */
export function readSample(today: string): Sample {
  const read = (file: string) => withDates(readFileSync(join(sampleDir, file), 'utf8'), today)
  const fieldsOf = (file: string, locale: Locale) => inLocale(yaml(file, read(file)), locale) as Record<string, unknown>
  const uids = new Map<string, string>()
  const lookup: Lookup = (kind, slug) => uids.get(`${kind}/${slug}`)
  const files = (folder: string, extension: string) =>
    readdirSync(join(sampleDir, folder))
      .filter((name) => name.endsWith(extension))
      .map((name) => `${folder}/${name}`)

  const recordFiles = [...recordKinds, 'newsletters'].flatMap((kind) => files(kind, '.yaml'))
  for (const file of recordFiles) uids.set(stem(file), String(yaml(file, read(file)).uid))
  const records = new Map<string, unknown>()
  for (const locale of locales)
    for (const kind of recordKinds)
      for (const file of files(kind, '.yaml')) {
        const record = recordSchemas[kind].parse(filledIn(kind, fieldsOf(file, locale), lookup))
        records.set(`${locale} ${kind} ${record.uid}`, record)
      }

  const documentFiles = (folder: string) =>
    locales.flatMap((locale) => optional(() => files(`${folder}/${locale}`, '.md')))
  const parsed = (file: string) => ({ file, text: fromMarkdown(read(file)) })
  const articleFiles = documentFiles('articles').map(parsed)
  for (const { file, text } of articleFiles)
    uids.set(`articles/${stem(file).split('/').at(-1)}`, String(text.frontMatter.uid))
  const bound = <T extends Article | Issue>(
    file: string,
    built: { document: T; messages: Message[] },
    found: Message[],
  ) => {
    const { document, messages } = bindReferences(built.document, lookup)
    return { file, document, messages: [...found, ...built.messages, ...messages] }
  }
  const newsletter = (locale: Locale) => (slug: string) =>
    Newsletter.parse(fieldsOf(`newsletters/${slug}.yaml`, locale))
  return {
    site: (locale) => Site.parse(fieldsOf('site.yaml', locale)),
    record: (locale, kind, uid) => records.get(`${locale} ${kind} ${uid}`) as RecordOf<typeof kind> | undefined,
    articles: articleFiles.map(({ file, text }) => bound(file, articleFrom(text, { path: file }), text.messages)),
    issues: documentFiles('issues')
      .map(parsed)
      .map(({ file, text }) =>
        bound(file, issueFrom(text, { path: file, newsletter: newsletter(localeOf(file)) }), text.messages),
      ),
  }
}

/** A record's fields as its schema has them: its passage parsed, its resource a uid, its picture measured. */
function filledIn(kind: RecordKind, fields: Record<string, unknown>, lookup: Lookup): Record<string, unknown> {
  if (kind === 'calls-to-action' && fields.resource)
    return { ...fields, resource: lookup('resources', String(fields.resource)) }
  if (kind === 'snippets') {
    const { tree, messages } = bodyFromMarkdown(String(fields.body))
    const bound = bindTree(tree, lookup)
    const [message] = [...messages, ...bound.messages]
    if (message) throw new Error(`${fields.slug}: ${message.reason}`)
    return { ...fields, body: bound.tree }
  }
  if (kind !== 'media') return fields
  const { file, ...own } = fields
  const bytes = readFileSync(join(sampleDir, 'media', String(file)))
  // Of a PNG, width and height stand in its first chunk.
  const size = { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), bytes: bytes.length }
  return { ...own, renditions: [{ purpose: 'web', sha256: sha256(bytes), type: 'image/png', ...size }] }
}

function yaml(file: string, text: string): Record<string, unknown> {
  const { fields, messages } = readYaml(text)
  if (messages[0]) throw new Error(`${file}: ${messages[0].reason}`)
  return fields
}

const stem = (file: string): string => file.replace(/\.[a-z]+$/, '')
const localeOf = (file: string): Locale => locales.find((locale) => file.includes(`/${locale}/`))!

/** What a folder holds; nothing if there is none. */
function optional(list: () => string[]): string[] {
  try {
    return list()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
