import { join } from 'node:path'
import { locales } from 'content-schemas'
import { APIError, createLocalReq, type Payload } from 'payload'
import { articleFrom } from 'pipeline/body/document.ts'
import { markdownReader } from 'pipeline/body/read-markdown.ts'
import { type Fields, type FileKind, inLocale, readRecordFile } from 'pipeline/sources/records.ts'
import { gone } from '../acts.ts'
import { rowId } from '../document.ts'
import { liveEdition } from '../editions.ts'
import { fileKinds, filesIn } from './layout.ts'

/** What was taken out, and what stays because something else needs it. */
export type Removal = { removed: number; kept: { collection: string; slug: string; reason: string }[] }

const quiet = { depth: 0, overrideAccess: true } as const

/**
 * Takes the content of the sample folder out, by the uids in its files: documents end as gone and are
 * deleted with what readers answered to them, records
 * are deleted unless something else shows them, and the sign-ins with the e-mail addresses given go.
 */
export async function removeSample(payload: Payload, folder: string, emails: string[]): Promise<Removal> {
  const { documents, records } = await uidsIn(folder)
  const removal: Removal = { removed: 0, kept: [] }
  for (const { kind, uid } of documents)
    for (const locale of locales) if (await removeDocument(payload, kind, uid, locale)) removal.removed += 1
  // What refers to others goes first.
  const referring = ['snippets', 'calls-to-action'] as const
  for (const collection of new Set<FileKind>([...referring, ...fileKinds.toReversed()]))
    for (const { uid, slug } of records.filter(({ kind }) => kind === collection))
      await removeRecord(payload, collection, uid, slug, removal)
  const { docs } = await payload.delete({ collection: 'users', where: { email: { in: emails } }, ...quiet })
  removal.removed += docs.length
  await resetSite(payload, join(folder, 'site.yaml'))
  return removal
}

/** The site is no longer a sample. What it says of itself goes too, unless somebody has changed it. */
async function resetSite(payload: Payload, file: string): Promise<void> {
  const { fields } = await readRecordFile(file, 'site', '2000-01-01')
  const site = payload.globals.config.find(({ slug }) => slug === 'site')
  const own = (site?.flattenedFields ?? []) as { name?: string; defaultValue?: unknown }[]
  for (const locale of locales) {
    const before = (await payload.findGlobal({ slug: 'site', locale, ...quiet })) as unknown as Fields
    const data: Fields = { sample: false }
    for (const { name, defaultValue } of own) {
      const value = name === undefined ? undefined : before[name]
      if (typeof value === 'string' && value === inLocale(fields[name!], locale)) data[name!] = defaultValue ?? null
    }
    await payload.updateGlobal({ slug: 'site', locale, data: data as never, ...quiet })
  }
}

type Uids = {
  documents: { kind: 'article' | 'issue'; uid: string }[]
  records: { kind: FileKind; uid: string; slug: string }[]
}

async function uidsIn(folder: string): Promise<Uids> {
  const found: Uids = { documents: [], records: [] }
  const reader = markdownReader()
  try {
    for (const file of await filesIn([folder])) {
      const { path } = file
      if (file.holds === 'record') {
        const { uid, slug } = await readRecordFile(path, file.kind, '2000-01-01')
        found.records.push({ kind: file.kind, uid, slug })
      } else if (file.holds === 'article' || file.holds === 'issue') {
        const { uid } = articleFrom(await reader.read(path), { path }).document
        found.documents.push({ kind: file.holds, uid })
      }
    }
  } finally {
    reader.close()
  }
  const issuesFirst = found.documents.toSorted((a, b) => b.kind.localeCompare(a.kind))
  const unique = new Map(issuesFirst.map((document) => [document.uid, document]))
  return { ...found, documents: [...unique.values()] }
}

async function removeDocument(
  payload: Payload,
  kind: 'article' | 'issue',
  uid: string,
  locale: (typeof locales)[number],
): Promise<boolean> {
  const collection = kind === 'article' ? 'articles' : 'issues'
  const id = rowId(uid, locale)
  const { totalDocs } = await payload.count({ collection, where: { id: { equals: id } }, overrideAccess: true })
  if (totalDocs === 0) return false
  const live = await liveEdition(await createLocalReq({}, payload), { uid, locale })
  if (live?.document) await gone(payload, { uid, locale }, { by: 'command line', reason: 'This was sample content.' })
  if (kind === 'article') await payload.delete({ collection: 'feedback', where: { article: { equals: id } }, ...quiet })
  await payload.delete({ collection, id, ...quiet })
  return true
}

async function removeRecord(
  payload: Payload,
  collection: FileKind,
  id: string,
  slug: string,
  removal: Removal,
): Promise<void> {
  const { totalDocs } = await payload.count({ collection, where: { id: { equals: id } }, overrideAccess: true })
  if (totalDocs === 0) return
  try {
    await payload.delete({ collection, id, ...quiet })
    removal.removed += 1
  } catch (error) {
    const reason = error instanceof APIError ? error.message : 'Something refers to it still.'
    removal.kept.push({ collection, slug, reason })
  }
}
