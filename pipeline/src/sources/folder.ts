import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, relative, sep } from 'node:path'
import {
  type Article,
  type Document,
  type Edition,
  type EditionSummary,
  type Issue,
  type Locale,
  locales,
  type Message,
  type RecordKind,
  Site,
} from 'content-schemas'
import { articleFrom, issueFrom } from '../body/document.ts'
import { splitFrontMatter } from '../body/front-matter.ts'
import type { ParsedMarkdown } from '../body/markdown.ts'
import { type MarkdownReader, type MarkdownReaderOptions, markdownReader } from '../body/read-markdown.ts'
import { bindReferences } from '../body/references.ts'
import { defaultPolicy, type Policy, withWording } from '../checks/policy.ts'
import { type Clock, dayOf, systemClock } from '../clock.ts'
import { contentHash, sha256, stampOf } from '../identity.ts'
import { readabilityKept } from '../reading/readability.ts'
import type { Published, PublishedSource } from '../source.ts'
import { type Lookup, recordsOf } from '../transformers/records.ts'
import { readPicture } from './pictures.ts'
import {
  type Fields,
  type FileKind,
  type FindUid,
  fileKinds,
  newsletterIn,
  type RecordFile,
  readRecordFile,
  recordIn,
  retiredSourceIn,
  siteIn,
  withDays,
  wordingRuleIn,
} from './records.ts'

/*
 * A folder of content: site.yaml, articles/<locale>/<slug>.md, issues/<locale>/<slug>.md, <record kind>/<slug>.yaml, and
 * pictures beside media/<slug>.yaml. Days may be written from today: `-30d`, `+700d`.
 */

/** The records of a folder, for documents inside and outside of it. */
export type Records = {
  files: RecordFile[]
  findUid: FindUid
  /** Finds records in a language. */
  lookupIn(locale: Locale): Lookup
  newsletterIn(locale: Locale): (key: string) => ReturnType<typeof newsletterIn>['value']
  /** The rules of the house: the wording rules of the folder, if it has any. */
  policy: Policy
  site(locale: Locale): Site
}

/** A document file, bound to records. */
export type DocumentFile = {
  path: string
  document: Document
  /** Of reading and binding; with lines. */
  messages: Message[]
  positions: ParsedMarkdown['positions']
  modified: Date
}

export type Folder = { records: Records; documents: DocumentFile[]; pictures: Map<string, Uint8Array> }

/** Reads a folder whole: its records, its documents in the order of their paths, its pictures by hash. */
export async function readFolder(
  folder: string,
  { today, ...options }: { today: string } & MarkdownReaderOptions,
): Promise<Folder> {
  const reader = markdownReader(options)
  try {
    const records = await readRecords(folder, today)
    const paths = (await filesBelow(folder)).filter((path) => isDocument(relative(folder, path)))
    const documents = await Promise.all(paths.map((path) => readDocument(path, { records, reader, today })))
    return { records, documents, pictures: await picturesOf(records) }
  } finally {
    reader.close()
  }
}

/** Reads the records of a folder; without a folder there are none, and the publication is a draft's. */
export async function readRecords(folder: string | undefined, today: string): Promise<Records> {
  const paths = folder === undefined ? [] : await filesBelow(folder)
  const files = await Promise.all(
    paths.flatMap((path) => {
      const kind = kindOf(relative(folder!, path))
      return kind ? [readRecordFile(path, kind, today)] : []
    }),
  )
  const articles = await articleNames(paths.filter((path) => isDocument(relative(folder!, path))))
  const byName = new Map(files.flatMap((file) => [file.slug, file.uid].map((name) => [`${file.kind} ${name}`, file])))
  const findUid: FindUid = (kind, slug) =>
    kind === 'articles' ? articles.get(slug) : byName.get(`${kind} ${slug}`)?.uid
  const site = files.find(({ kind }) => kind === 'site')
  return {
    files,
    findUid,
    lookupIn: (locale) => async (kind, uid) => {
      const file = byName.get(`${kind} ${uid}`)
      return file && (await recordIn(file, kind, locale, findUid)).record
    },
    newsletterIn: (locale) => (key) => {
      const file = byName.get(`newsletters ${key}`)
      return file && newsletterIn(file, locale).value
    },
    policy: withWording(
      {
        ...defaultPolicy,
        retired: files.flatMap((file) => (file.kind === 'retired-sources' ? (retiredSourceIn(file).value ?? []) : [])),
      },
      files.flatMap((file) => (file.kind === 'wording-rules' ? (wordingRuleIn(file).value ?? []) : [])),
    ),
    // Without a CMS nobody takes what readers answer: they are not asked.
    site: (locale) => ({ ...((site && siteIn(site, locale).value) ?? draftSite), feedback: false }),
  }
}

/** What is wrong with a record file, in any of the languages. */
export async function checkRecordFile(file: RecordFile, { findUid }: Records): Promise<Message[]> {
  if (file.messages.length > 0) return file.messages
  if (file.kind === 'newsletters') return []
  if (file.kind === 'wording-rules') return wordingRuleIn(file).messages
  if (file.kind === 'retired-sources') return retiredSourceIn(file).messages
  const found = await Promise.all(
    locales.map(async (locale) => {
      if (file.kind === 'site') return siteIn(file, locale).messages
      return (await recordIn(file, file.kind as RecordKind, locale, findUid)).messages
    }),
  )
  const unique = new Map(found.flat().map((message) => [JSON.stringify(message), message]))
  return [...unique.values()]
}

/** Reads a Markdown file as an article, or as an issue if it lies in a folder `issues`. Its parser can be stopped. */
export async function readDocument(
  path: string,
  { records, reader, today }: { records: Records; reader: MarkdownReader; today: string },
): Promise<DocumentFile> {
  const [read, { mtime: modified }] = await Promise.all([reader.read(path), stat(path)])
  const parsed = { ...read, frontMatter: withDays(read.frontMatter, today) as Fields }
  const built = path.split(/[/\\]/).slice(-3, -1).includes('issues')
    ? issueFrom(parsed, { path, newsletter: records.newsletterIn(localeOf(parsed, path)) })
    : articleFrom(parsed, { path })
  const { document, messages } = bindReferences<Document>(built.document, records.findUid)
  const found = [...parsed.messages, ...built.messages, ...messages.map((message) => placed(message, parsed.positions))]
  return { path, document, messages: found, positions: parsed.positions, modified }
}

/** The publication of a draft that lies in no folder: enough for a page, and whom to call. */
export const draftSite: Site = Site.parse({
  name: 'Draft',
  publisher: 'Not published',
  postalAddress: 'Not published',
  url: 'http://localhost:3000',
  licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
  emergency: [
    { region: 'Everywhere', text: 'In danger now? Call 112, 911 or your local emergency number.', number: '112' },
  ],
})

/**
 * A folder as a source: every document counts as published, in its first edition. It has no cursor: reconcile it with
 * `rescan`. The folder is read again when a file of it changed.
 */
export function folderSource(folder: string, options: { clock?: Clock } & MarkdownReaderOptions = {}): PublishedSource {
  const { clock = systemClock, ...reading } = options
  let known: { fingerprint: string; content: Promise<Content> } | undefined

  const content = async (): Promise<Content> => {
    const today = dayOf(clock.now())
    const fingerprint = `${today} ${await fingerprintOf(folder)}`
    if (known?.fingerprint !== fingerprint)
      known = { fingerprint, content: readFolder(folder, { today, ...reading }).then(contentOf) }
    return known.content
  }
  return {
    async *changes() {
      for (const { live } of (await content()).published.values())
        yield { uid: live.uid, locale: live.locale, act: live.act, cursor: 1 }
    },
    // The files of the resources say it, and every edition is made of them as they are.
    async *assurances() {},
    document: async (uid, locale) => (await content()).published.get(`${uid}.${locale}`),
    edition: async (stamp) => [...(await content()).published.values()].find(({ live }) => live.stamp === stamp)?.live,
    site: async (locale) => (await content()).records.site(locale),
    asset: async (hash) => (await content()).pictures.get(hash),
  }
}

/** A document as its first edition, whether or not anything is in order with it. */
export async function firstEdition(
  file: DocumentFile,
  records: Records,
  others: DocumentFile[] = [],
): Promise<Published> {
  const { document, modified } = file
  const { kind, uid, locale, slug } = document
  const summary: EditionSummary = {
    uid,
    locale,
    number: 1,
    stamp: stampOf(uid, locale, 1),
    act: 'publish',
    major: true,
    changeNote: '',
    at: modified.toISOString(),
    slug,
    title: document.kind === 'article' ? document.title : document.subject,
    contentHash: contentHash(document),
  }
  const { records: shown } = await recordsOf(document, records.lookupIn(locale))
  const articles = document.kind === 'issue' ? await articlesOf(document, records, others) : []
  const sample = records.site(locale).sample
  const live: Edition = {
    ...{ ...summary, kind, document, records: shown, articles, tombstone: null, waivers: [], sample },
    ...readabilityKept(document, shown),
  }
  return { live, history: [summary] }
}

type Content = { published: Map<string, Published>; records: Records; pictures: Map<string, Uint8Array> }

async function contentOf({ documents, records, pictures }: Folder): Promise<Content> {
  const published = await Promise.all(documents.map((file) => firstEdition(file, records, documents)))
  return { published: new Map(published.map((one) => [`${one.live.uid}.${one.live.locale}`, one])), records, pictures }
}

async function articlesOf(issue: Issue, records: Records, others: DocumentFile[]): Promise<Edition['articles']> {
  const articles = issue.items.flatMap((item) => {
    if (item.kind !== 'article') return []
    const found = others.find(({ document }) => document.uid === item.article && document.locale === issue.locale)
    return found?.document.kind === 'article' ? [found.document] : []
  })
  return Promise.all(articles.map((article) => heldArticle(article, records)))
}

async function heldArticle(article: Article, records: Records): Promise<Edition['articles'][number]> {
  const { records: shown } = await recordsOf(article, records.lookupIn(article.locale))
  return { article, records: shown, stamp: stampOf(article.uid, article.locale, 1), number: 1 }
}

/** A message about a pointer, with the line of the nearest node around it. */
export function placed<M extends Pick<Message, 'place'>>(message: M, positions: ParsedMarkdown['positions']): M {
  if (message.place.line !== undefined) return message
  for (let at = message.place.pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const position = positions[at]
    if (position) return { ...message, place: { ...message.place, ...position } }
    if (at === '') return { ...message, place: { ...message.place, line: 1, column: 1 } }
  }
}

/** Every file below a folder, sorted. Names with a dot in front, and what packages bring along, are passed over. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const isPassedOver = (path: string) =>
    relative(folder, path)
      .split(sep)
      .some((part) => part.startsWith('.') || part === 'node_modules')
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !isPassedOver(path))
    .sort()
}

async function fingerprintOf(folder: string): Promise<string> {
  const stats = await Promise.all(
    (await filesBelow(folder)).map(async (path) => `${path} ${(await stat(path)).mtimeMs}`),
  )
  return sha256(stats.join('\n'))
}

/** What kind of record lies at a path of the folder; undefined for everything else. */
function kindOf(path: string): FileKind | 'site' | undefined {
  const [first = '', ...rest] = path.split(sep)
  if (!/\.ya?ml$/.test(path)) return undefined
  if (rest.length === 0) return /^site\./.test(first) ? 'site' : undefined
  return rest.length === 1 ? fileKinds.find((kind) => kind === first) : undefined
}

export const isMarkdown = (path: string): boolean => /\.(md|markdown)$/i.test(path) && basename(path) !== 'README.md'
const isDocument = (path: string): boolean => isMarkdown(path) && /^(articles|issues)[/\\]/.test(path)

function localeOf({ frontMatter }: ParsedMarkdown, path: string): Locale {
  const named = [frontMatter.locale, ...path.split(/[/\\]/).reverse()]
  return locales.find((locale) => named.includes(locale)) ?? locales[0]
}

/** uids of articles by slug and by name of the file, from their front matter alone. */
async function articleNames(paths: string[]): Promise<Map<string, string>> {
  const articles = paths.filter((path) => /(^|[/\\])articles[/\\]/.test(path))
  const names = articles.map(async (path): Promise<[string, string][]> => {
    const { frontMatter } = splitFrontMatter(await readFile(path, 'utf8'))
    const tree = { type: 'root' as const, children: [] }
    const { slug, uid } = articleFrom({ frontMatter, tree, messages: [], positions: {} }, { path }).document
    return [slug, basename(path).replace(/\.[a-z]+$/i, '')].map((name) => [name, uid])
  })
  return new Map((await Promise.all(names)).flat())
}

/** The pictures of the media records, by hash. */
export async function picturesOf({ files }: Records): Promise<Map<string, Uint8Array>> {
  const media = files.filter(({ kind, fields }) => kind === 'media' && typeof fields.file === 'string')
  const pictures = await Promise.all(
    media.map(({ path, fields }) => readPicture(join(path, '..', basename(String(fields.file))))),
  )
  return new Map(pictures.flatMap((picture) => (picture ? [[picture.rendition.sha256, picture.bytes]] : [])))
}
