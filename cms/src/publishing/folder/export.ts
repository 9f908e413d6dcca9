import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Document, type Locale, locales, Site } from 'content-schemas'
import type { Payload } from 'payload'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { bodyToMarkdown, toMarkdown } from 'pipeline/body/markdown.ts'
import { type Fields, type FileKind, schemaOf } from 'pipeline/sources/records.ts'
import { stringify } from 'yaml'
import { readUpload } from '../../uploads.ts'
import { articleOf, issueOf, type Row } from '../document.ts'
import { fileKinds } from './layout.ts'
import { byLocale, isByLocale } from './localized.ts'

/** Writes everything editors made into a folder of the folder format, the newest drafts. Returns the paths written. */
export async function exportTo(payload: Payload, folder: string): Promise<string[]> {
  const written: string[] = []
  const write = async (path: string, text: string) => {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), text)
    written.push(path)
  }
  const site = await payload.findGlobal({ slug: 'site', locale: 'all', depth: 0, overrideAccess: true })
  await write('site.yaml', yamlOf(recordFields(Object.keys(Site.shape), site as never)))
  await write('editorial-policy.yaml', yamlOf(await policyFile(payload)))
  for (const kind of fileKinds)
    for (const row of await rowsOf(payload, kind, 'all')) {
      await write(`${kind}/${row.slug}.yaml`, yamlOf(recordFile(kind, row)))
      if (kind === 'media') written.push(await copyPicture(row, folder))
    }
  for (const row of await rowsOf(payload, 'articles')) await writeDocument(articleOf(row).document, row, write)
  for (const row of await rowsOf(payload, 'issues')) {
    const newsletter = await payload.findByID({
      ...{ collection: 'newsletters' as const, id: String(row.newsletter), locale: row.locale as Locale },
      ...{ depth: 0, overrideAccess: true },
    })
    await writeDocument(issueOf(row, newsletter as unknown as Row).document, row, write)
  }
  return written.sort()
}

/** The rules of the house: no document of the contract, so the fields are those of the global. */
async function policyFile(payload: Payload): Promise<Fields> {
  const row = await payload.findGlobal({ slug: 'editorial-policy', depth: 0, overrideAccess: true })
  const { id: _, createdAt: __, updatedAt: ___, globalType: ____, ...fields } = row as unknown as Fields
  return recordFields(Object.keys(fields).sort(), fields)
}

async function rowsOf(payload: Payload, collection: FileKind | 'articles' | 'issues', locale?: 'all'): Promise<Row[]> {
  const { docs } = await payload.find({
    ...{ collection, draft: true, sort: 'id', pagination: false, depth: 0, overrideAccess: true },
    ...(locale ? { locale } : {}),
  })
  return docs as unknown as Row[]
}

async function writeDocument(
  document: Document | undefined,
  row: Row,
  write: (path: string, text: string) => Promise<void>,
): Promise<void> {
  if (!document)
    throw new Error(`The document ${row.id} cannot be exported: open it, correct its fields, and try again.`)
  const folder = document.kind === 'article' ? 'articles' : 'issues'
  await write(`${folder}/${document.locale}/${document.slug}.md`, toMarkdown(document))
}

const shapeOf = (kind: FileKind): string[] => Object.keys(schemaOf(kind).shape)

function recordFile(kind: FileKind, row: Row): Fields {
  const fields = { uid: row.id, ...recordFields(shapeOf(kind), row) }
  if (kind === 'snippets') return { ...fields, body: passages(row.body) }
  if (kind === 'media') return { ...fields, ...focusOf(row), file: row.filename }
  return fields
}

/** Where the eye should go, in per cent from the left and the top; the middle needs no word. */
const focusOf = ({ focalX, focalY }: Row): Fields =>
  [focalX ?? 50, focalY ?? 50].every((share) => share === 50) ? {} : { focus: [focalX, focalY] }

const passages = (body: unknown): unknown =>
  byLocale(
    Object.fromEntries(
      locales.flatMap((locale) => {
        const state = (body as Fields | undefined)?.[locale]
        return state ? [[locale, bodyToMarkdown(fromLexical(state).tree)]] : []
      }),
    ),
  )

/** The fields a file has, in the order of the contract; what is empty is left out. */
function recordFields(names: string[], row: Fields): Fields {
  const fields: Fields = {}
  for (const name of names) {
    const value = written(row[name])
    if (value !== undefined && name !== 'renditions') fields[name] = value
  }
  return fields
}

function written(value: unknown): unknown {
  if (value === null || value === undefined || value === '') return undefined
  if (Array.isArray(value)) return value.length > 0 ? value.map(written) : undefined
  if (typeof value === 'string') return dayOf(value)
  if (typeof value !== 'object') return value
  if (isByLocale(value)) return byLocale(value)
  const { id: _, ...fields } = value as Fields
  const inside = recordFields(Object.keys(fields), fields)
  return Object.keys(inside).length > 0 ? inside : undefined
}

/** A date field of the CMS as a day; any other text as it is. */
const dayOf = (text: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? text.slice(0, 10) : text

async function copyPicture(row: Row, folder: string): Promise<string> {
  const name = basename(String(row.filename))
  await writeFile(join(folder, 'media', name), await readUpload(name))
  return `media/${name}`
}

const yamlOf = (fields: Fields): string => stringify(fields, { schema: 'core', lineWidth: 0 })
