import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type Article,
  type Document,
  type Issue,
  type Locale,
  locales,
  type Message,
  type RecordKind,
  type RecordOf,
  recordKinds,
  type Site,
} from 'content-schemas'
import type { Policy } from 'pipeline/checks/index.ts'
import { checkRecordFile, readFolder } from 'pipeline/sources/folder.ts'

export const sampleDir = fileURLToPath(new URL('../../cms/sample', import.meta.url))

type Entry<T> = { file: string; document: T; messages: Message[] }
export type Sample = {
  policy: Policy
  site(locale: Locale): Site
  record<K extends RecordKind>(locale: Locale, kind: K, uid: string): RecordOf<K> | undefined
  articles: Entry<Article>[]
  issues: Entry<Issue>[]
}

/** Reads the whole sample as it is imported on a day. Throws where a record does not have the shape of its schema. */
export async function readSample(today: string): Promise<Sample> {
  const { records, documents } = await readFolder(sampleDir, { today })
  for (const file of records.files)
    for (const { reason } of await checkRecordFile(file, records)) throw new Error(`${file.path}: ${reason}`)
  const known = new Map<string, unknown>()
  for (const locale of locales)
    for (const kind of recordKinds)
      for (const { uid } of records.files.filter((file) => file.kind === kind))
        known.set(`${locale} ${kind} ${uid}`, await records.lookupIn(locale)(kind, uid))
  const entries = documents.map(({ path, ...rest }) => ({ file: relative(sampleDir, path), ...rest }))
  return {
    policy: records.policy,
    site: records.site,
    record: (locale, kind, uid) => known.get(`${locale} ${kind} ${uid}`) as RecordOf<typeof kind> | undefined,
    articles: entries.filter((entry): entry is typeof entry & { document: Article } => isKind(entry, 'article')),
    issues: entries.filter((entry): entry is typeof entry & { document: Issue } => isKind(entry, 'issue')),
  }
}

const isKind = ({ document }: { document: Document }, kind: Document['kind']): boolean => document.kind === kind
