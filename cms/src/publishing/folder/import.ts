import { randomUUID } from 'node:crypto'
import { basename, dirname, join } from 'node:path'
import { type Article, type Issue, type Locale, type Message, Newsletter, type RecordKind } from 'content-schemas'
import { type Payload, type TypedUser, ValidationError } from 'payload'
import { articleFrom, issueFrom } from 'pipeline/body/document.ts'
import { toLexical } from 'pipeline/body/lexical.ts'
import { bodyFromMarkdown, type ParsedMarkdown } from 'pipeline/body/markdown.ts'
import { type MarkdownReader, markdownReader, type ParsedFile } from 'pipeline/body/read-markdown.ts'
import { bindReferences, bindTree } from 'pipeline/body/references.ts'
import type { WordPicture } from 'pipeline/body/word.ts'
import { dayOf } from 'pipeline/clock.ts'
import { type Fields, type FileKind, type RecordFile, readRecordFile, withDays } from 'pipeline/sources/records.ts'
import { clockOf } from '../clock.ts'
import { articleRow, issueRow, type Row } from '../document.ts'
import { inTransaction } from '../transaction.ts'
import { type FolderFile, fileKinds, filesIn } from './layout.ts'
import { inLocale, localesIn } from './localized.ts'
import { type Names, readNames } from './names.ts'
import { keepAsItWas, keepPicture, pictureId } from './pictures.ts'

/** What became of a file. */
export type ImportedFile = {
  path: string
  /** `refused`: nothing of it was taken; a message says why. */
  outcome: 'created' | 'updated' | 'refused'
  messages: Message[]
  /** The document or record it became. */
  became?: { collection: string; id: string; slug: string; title: string }
}

export type ImportOptions = {
  /** The day that days such as `-30d` are counted from; by default the installation's today. */
  today?: string
  /** The language of files that do not say theirs; else that of their folder, or English. */
  locale?: Locale | undefined
  /** Whether to tell only what would become of each file. Nothing is saved then. */
  dryRun?: boolean
  /** Whether a file that names no uid becomes a new article, even if one came from a file of that name before. */
  asNew?: boolean
  /** The program that reads files, where it is not beside the reader. */
  child?: string | undefined
  /** Who imports, where it is a sign-in. */
  user?: TypedUser
  /** Called after each file, with how many of how many are done. */
  onFile?: (file: ImportedFile, done: number, total: number) => void
}

/**
 * Imports files and folders of the folder format: records, articles and issues as drafts. What exists already, by its
 * uid, is updated; nothing is published. What a file holds that has no home stays in the notes of its article.
 */
export async function importPaths(
  payload: Payload,
  paths: readonly string[],
  options: ImportOptions = {},
): Promise<ImportedFile[]> {
  const files = await filesIn(paths)
  const reader = markdownReader({ child: options.child })
  const today = options.today ?? dayOf(clockOf(payload).now())
  const { dryRun: isDry = false, asNew = false, locale, user } = options
  const importing: Importing = {
    ...{ payload, today, reader, names: await readNames(payload), related: [], isDry, asNew, locale },
    saving: { ...quiet, context: { keepsAddress: true }, ...(user ? { user } : {}) },
  }
  const imported: ImportedFile[] = []
  const add = (file: ImportedFile) => {
    imported.push(file)
    options.onFile?.(file, imported.length, files.length)
  }
  try {
    for (const { path, holds } of files) {
      if (holds === 'site') add(await importSite(path, importing))
      if (holds === 'editorial-policy') add(await importPolicy(path, importing))
      if (holds === 'nothing') add(refused(path, unknownFile))
    }
    for (const record of await readRecords(files, importing)) add(await importRecord(record, importing))
    const articles: ReadFile<Article>[] = []
    for (const { path, holds } of files) if (holds === 'article') articles.push(await readArticle(path, importing))
    for (const article of articles) add(await importArticle(article, importing))
    await relate(importing)
    for (const { path, holds } of files) if (holds === 'issue') add(await importIssue(path, importing))
  } finally {
    reader.close()
  }
  return imported
}

type Importing = {
  payload: Payload
  today: string
  reader: MarkdownReader
  names: Names
  isDry: boolean
  asNew: boolean
  locale: Locale | undefined
  /** How documents are saved. */
  saving: { depth: 0; overrideAccess: true; context: { keepsAddress: true }; user?: TypedUser }
  /** What articles refer to each other by, set when all are there. */
  related: { id: string; related: string[] }[]
}

const quiet = { depth: 0, overrideAccess: true } as const

// Records

async function readRecords(files: FolderFile[], { today, names }: Importing): Promise<RecordFile[]> {
  const read: RecordFile[] = []
  for (const kind of fileKinds)
    for (const { path, ...file } of files) {
      if (file.holds !== 'record' || file.kind !== kind) continue
      const record = await readRecordFile(path, kind, today)
      // A record without a uid of its own is the one that has its slug.
      const known = record.fields.uid === undefined ? names.lookup(kind as RecordKind, record.slug) : undefined
      const uid = known ?? record.uid
      names.announce(kind, record.slug, uid)
      read.push({ ...record, uid })
    }
  return replacementsFirst(read)
}

/** A row can only refer to one that is there: what replaces a resource comes before it. */
function replacementsFirst(files: RecordFile[]): RecordFile[] {
  const ordered = new Set<RecordFile>()
  const add = (file: RecordFile, below: readonly RecordFile[]): void => {
    const { replacedBy } = file.fields
    const replacement =
      file.kind === 'resources' && typeof replacedBy === 'string'
        ? files.find(({ kind, uid, slug }) => kind === 'resources' && [uid, slug].includes(replacedBy))
        : undefined
    if (replacement && !below.includes(replacement)) add(replacement, [...below, file])
    ordered.add(file)
  }
  for (const file of files) add(file, [])
  return [...ordered]
}

async function importRecord(file: RecordFile, importing: Importing): Promise<ImportedFile> {
  const { path, uid: id, slug, fields, messages } = file
  const kind = file.kind as FileKind
  if (messages.length > 0) return { path, outcome: 'refused', messages }
  const { payload, names } = importing
  const [base = 'en', ...others] = baseFirst(localesIn(fields))
  const { uid: _, ...rest }: Fields = { ...fields, slug }
  const notes: Message[] = []
  const inLanguage = (locale: Locale): Fields =>
    rowFields(kind, inLocale(rest, locale) as Fields, locale, importing, notes)
  const picture = kind === 'media' ? pictureOf(path, fields) : undefined
  const isThere = names.has(kind, id)
  const became = { collection: kind, id, slug, title: slug }
  if (importing.isDry) {
    inLanguage(base)
    names.note(kind, id)
    return { path, outcome: isThere ? 'updated' : 'created', messages: notes, became }
  }
  try {
    await inTransaction(payload, async (req) => {
      const options = { ...quiet, req }
      const found = isThere ? await payload.findByID({ collection: kind, id, ...options }) : undefined
      const data = { ...withRowIds(inLanguage(base), found), id } as never
      const saved = found
        ? await payload.update({ collection: kind, id, data, locale: 'en', ...options })
        : await payload.create({
            collection: kind,
            data,
            locale: 'en',
            ...(picture ? { filePath: picture } : {}),
            ...options,
          })
      for (const locale of others) {
        const own = localizedIn(payload, kind, withRowIds(inLanguage(locale), saved))
        await payload.update({ collection: kind, id, data: own as never, locale, ...options })
      }
    })
  } catch (error) {
    return refusedBy(path, error, notes)
  }
  if (picture && !isThere) await keepAsItWas(payload, id, picture)
  names.note(kind, id)
  return { path, outcome: isThere ? 'updated' : 'created', messages: notes, became }
}

const baseFirst = (locales: Locale[]): Locale[] =>
  locales.includes('en') || locales.length === 0 ? ['en', ...locales.filter((locale) => locale !== 'en')] : locales

/** A record's fields as its row has them, in one language: passages as editor states, references as ids. */
function rowFields(kind: FileKind, fields: Fields, locale: Locale, { names }: Importing, messages: Message[]): Fields {
  const { file: _, renditions: __, focus, ...row } = fields
  if (Array.isArray(focus)) Object.assign(row, { focalX: Number(focus[0]), focalY: Number(focus[1]) })
  if (kind === 'snippets' && typeof row.body === 'string') {
    const parsed = bodyFromMarkdown(row.body)
    const bound = bindTree(parsed.tree, names.lookup)
    messages.push(...parsed.messages, ...bound.messages)
    return { ...row, body: toLexical(bound.tree, locale) }
  }
  if (kind === 'calls-to-action' && typeof row.resource === 'string')
    return { ...row, resource: names.lookup('resources', row.resource) ?? row.resource }
  if (kind === 'resources' && typeof row.replacedBy === 'string')
    return { ...row, replacedBy: names.lookup('resources', row.replacedBy) ?? row.replacedBy }
  return row
}

/** A picture beside its YAML: only from the same folder. */
const pictureOf = (path: string, { file }: Fields): string | undefined =>
  typeof file === 'string' && file === basename(file) ? join(dirname(path), file) : undefined

/** Rows of lists with the ids they have, by their place, so that every language of a row is kept in the same one. */
function withRowIds(fields: Fields, saved: unknown): Fields {
  const before = (saved ?? {}) as Fields
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const rows = before[name]
      if (!Array.isArray(value) || !Array.isArray(rows)) return [name, value]
      return [
        name,
        value.map((row, index) => (isRow(row) && isRow(rows[index]) ? { ...row, id: rows[index].id } : row)),
      ]
    }),
  )
}
const isRow = (value: unknown): value is Fields => typeof value === 'object' && value !== null

type FieldConfig = { name?: string; localized?: boolean; flattenedFields?: FieldConfig[] }

/** The fields of a row that a second language has of its own: localized ones, and lists with such inside. */
function localizedIn(payload: Payload, kind: FileKind | 'site', fields: Fields): Fields {
  const config =
    kind === 'site' ? payload.globals.config.find(({ slug }) => slug === 'site') : payload.collections[kind].config
  const { flattenedFields } = config as unknown as { flattenedFields: FieldConfig[] }
  const own = flattenedFields.filter(
    (field) => field.localized || field.flattenedFields?.some((inner) => inner.localized),
  )
  return Object.fromEntries(
    own.flatMap(({ name }) => (name && fields[name] !== undefined ? [[name, fields[name]]] : [])),
  )
}

// The site

async function importSite(path: string, { payload, today, isDry }: Importing): Promise<ImportedFile> {
  const { fields, messages } = await readRecordFile(path, 'site', today)
  if (messages.length > 0) return { path, outcome: 'refused', messages }
  if (isDry) return { path, outcome: 'updated', messages: [] }
  // The address is a setting of each installation.
  const { url: _, updated: __, ...rest } = fields
  const [base = 'en', ...others] = baseFirst(localesIn(rest))
  try {
    const before = await payload.findGlobal({ slug: 'site', ...quiet })
    const data = withRowIds(inLocale(rest, base) as Fields, before) as never
    const saved = await payload.updateGlobal({ slug: 'site', data, locale: 'en', ...quiet })
    for (const locale of others) {
      const own = localizedIn(payload, 'site', withRowIds(inLocale(rest, locale) as Fields, saved))
      await payload.updateGlobal({ slug: 'site', data: own as never, locale, ...quiet })
    }
  } catch (error) {
    return refusedBy(path, error)
  }
  return { path, outcome: 'updated', messages: [] }
}

async function importPolicy(path: string, { payload, today, isDry }: Importing): Promise<ImportedFile> {
  const { fields, messages } = await readRecordFile(path, 'editorial-policy', today)
  if (messages.length > 0) return { path, outcome: 'refused', messages }
  try {
    if (!isDry) await payload.updateGlobal({ slug: 'editorial-policy', data: fields as never, ...quiet })
  } catch (error) {
    return refusedBy(path, error)
  }
  return { path, outcome: 'updated', messages: [] }
}

// Documents

type ReadFile<D> = {
  path: string
  document: D
  unknown: Fields
  messages: Message[]
  pictures: WordPicture[]
  /** Whether it gets the first free address for its title. */
  isNew: boolean
  isUnreadable: boolean
}

async function parse(path: string, { today, reader, locale }: Importing): Promise<ParsedFile> {
  const parsed = await reader.read(path)
  const frontMatter = withDays(parsed.frontMatter, today) as Fields
  return { ...parsed, frontMatter: locale ? { locale, ...frontMatter } : frontMatter }
}

async function readArticle(path: string, importing: Importing): Promise<ReadFile<Article>> {
  const parsed = await parse(path, importing)
  const { pictures = [] } = parsed
  const isNew = importing.asNew && parsed.frontMatter.uid === undefined
  const { document, messages, unknown } = articleFrom(parsed, { path, ...(isNew ? { uid: randomUUID() } : {}) })
  importing.names.announce('articles', document.slug, document.uid)
  const said = [...parsed.messages, ...messages]
  return {
    path,
    document,
    unknown,
    pictures,
    messages: said,
    isNew: isNew && !parsed.frontMatter.slug,
    isUnreadable: isUnreadable(parsed),
  }
}

/** Whether a file was beyond the limits, so that there is nothing of it to keep. */
const isUnreadable = ({ tree, messages }: ParsedMarkdown): boolean =>
  tree.children.length === 0 && messages.some(({ rule }) => rule.startsWith('limit-') || rule === 'encoding')

async function importArticle(file: ReadFile<Article>, importing: Importing): Promise<ImportedFile> {
  const { path, unknown, isUnreadable } = file
  if (isUnreadable) return { path, outcome: 'refused', messages: file.messages }
  const { names } = importing
  const pictured = await withPictures(file, importing)
  const { document, messages } = bindReferences(pictured.document, names.lookup)
  const lost: string[] = []
  const keep = (kind: FileKind, key: string, uids: string[], asWritten: readonly (string | null)[]): string[] =>
    uids.filter((uid, index) => names.has(kind, uid) || void lost.push(`${key}: ${asWritten[index]}`))
  const keepOne = (kind: FileKind, key: string, uid: string | null, asWritten: string | null): string | null =>
    uid && (keep(kind, key, [uid], [asWritten])[0] ?? null)
  const given = file.document
  const row = articleRow({
    ...document,
    audiences: keep('audiences', 'audiences', document.audiences, given.audiences),
    topics: keep('topics', 'topics', document.topics, given.topics),
    authors: keep('people', 'authors', document.authors, given.authors),
    hero: keepOne('media', 'hero', document.hero, given.hero),
    callToAction: keepOne('calls-to-action', 'callToAction', document.callToAction, given.callToAction),
    review: {
      ...document.review,
      reviewer: keepOne('people', 'review.reviewer', document.review.reviewer, given.review.reviewer),
    },
    related: [],
  })
  const notes = [...Object.entries(unknown).map(([key, value]) => `${key}: ${textOf(value)}`), ...lost]
  const all = [...file.messages, ...pictured.messages, ...messages]
  const saved = await save(
    'articles',
    path,
    { ...row, ...(file.isNew ? { slug: undefined } : {}), importNotes: notes.join('\n') },
    all,
    importing,
  )
  if (saved.outcome === 'refused') return saved
  names.note('articles', row.id)
  importing.related.push({ id: row.id, related: document.related })
  return saved
}

/** The article with the pictures of its file in the library, each under a name of its own. */
async function withPictures(
  { document, pictures }: ReadFile<Article>,
  { payload, names, isDry }: Importing,
): Promise<{ document: Article; messages: Message[] }> {
  const messages: Message[] = []
  const children: Article['body']['children'] = []
  for (const node of document.body.children) {
    const picture = node.type === 'figure' ? pictures.find(({ name }) => name === node.media) : undefined
    if (node.type !== 'figure' || !picture) {
      children.push(node)
      continue
    }
    const kept = isDry ? pictureId(document, picture) : await keepPicture(payload, document, picture, names)
    if (typeof kept === 'string') children.push({ ...node, media: kept })
    else messages.push(kept)
  }
  return { document: { ...document, body: { ...document.body, children } }, messages }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** Sets what articles lead to once all are there: in their own language, else in whichever there is. */
async function relate({ payload, names, related, isDry, saving }: Importing): Promise<void> {
  if (isDry) return
  for (const { id, related: uids } of related) {
    const locale = id.slice(id.indexOf('.'))
    const rows = uids.flatMap((uid) =>
      names.has('articles', uid + locale) ? [uid + locale] : names.rowsOf(uid).slice(0, 1),
    )
    if (rows.length > 0)
      await payload.update({ collection: 'articles', id, data: { related: rows }, draft: true, ...saving })
  }
}

async function importIssue(path: string, importing: Importing): Promise<ImportedFile> {
  const parsed = await parse(path, importing)
  if (isUnreadable(parsed)) return { path, outcome: 'refused', messages: parsed.messages }
  const { payload, names } = importing
  const rows = await payload.find({ collection: 'newsletters', pagination: false, ...quiet })
  const newsletter = (key: string) => {
    const row = rows.docs.find(({ id }) => id === names.newsletter(key))
    return row && Newsletter.parse({ uid: row.id, slug: row.slug, name: row.name, sender: row.sender })
  }
  const { document, messages } = issueFrom(parsed, { path, newsletter })
  const bound = bindReferences<Issue>(document, names.lookup)
  const all = [...parsed.messages, ...messages, ...bound.messages]
  if (!names.has('newsletters', document.newsletter.uid)) return { path, outcome: 'refused', messages: all }
  return save('issues', path, issueRow(bound.document), all, importing)
}

async function save(
  collection: 'articles' | 'issues',
  path: string,
  row: Row,
  messages: Message[],
  { payload, isDry, saving }: Importing,
): Promise<ImportedFile> {
  const { id } = row
  const { totalDocs } = await payload.count({ collection, where: { id: { equals: id } }, overrideAccess: true })
  const data = row as never
  let saved: { slug?: string | null } = { slug: row.slug as string }
  try {
    if (totalDocs > 0 && !isDry) await payload.update({ collection, id, data, draft: true, ...saving })
    else if (!isDry) saved = await payload.create({ collection, data, draft: true, ...saving })
  } catch (error) {
    return refusedBy(path, error, messages)
  }
  const title = String(row.title ?? row.subject)
  return {
    path,
    outcome: totalDocs > 0 ? 'updated' : 'created',
    messages,
    became: { collection, id, slug: saved.slug ?? '', title },
  }
}

// Refusals

const unknownFile: Message = {
  rule: 'unknown-file',
  severity: 'block',
  waivable: false,
  reason: 'The file is no Markdown, no Word document and no record of the folder format.',
  fix: 'Give a `.md` or `.docx` file, or a folder as `signpost export` writes it.',
  place: { pointer: '' },
}

const refused = (path: string, ...messages: Message[]): ImportedFile => ({ path, outcome: 'refused', messages })

/** A row the CMS did not take, told as messages; anything else is thrown on. */
function refusedBy(path: string, error: unknown, messages: Message[] = []): ImportedFile {
  if (!(error instanceof ValidationError)) throw new Error(`Cannot import ${path}.`, { cause: error })
  const wrong = error.data.errors.map(
    ({ path: field, message }): Message => ({
      rule: 'field-value',
      severity: 'block',
      waivable: false,
      reason: `The field \`${field}\` was not taken: ${message}`,
      fix: 'Correct it in the file.',
      place: { pointer: `/${field.replaceAll('.', '/')}` },
    }),
  )
  return { path, outcome: 'refused', messages: [...messages, ...wrong] }
}
