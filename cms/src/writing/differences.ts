import type { PayloadRequest } from 'payload'
import { fromLexical } from 'pipeline/body/lexical.ts'
import { bodyToMarkdown } from 'pipeline/body/markdown.ts'
import { comparable, type Written, type WrittenField, writtenFieldNames, writtenFields } from './revision.ts'

/** One field of an article that two people have between them changed since both read the same. */
export type Difference = {
  name: WrittenField
  label: string
  by: 'you' | 'them' | 'both'
  /** Lines that are in theirs and were not in what both read, and those that are gone. */
  theirs: { added: string[]; removed: string[] }
}

/** What two people changed of one article, in the order of the form, in words a person reads. */
export async function differencesOf(
  req: PayloadRequest,
  { base, mine, theirs }: { base: Written; mine: Written; theirs: Written },
): Promise<Difference[]> {
  const found: Difference[] = []
  for (const name of writtenFieldNames) {
    const [read, own, other] = [base, mine, theirs].map((row) => comparable(row[name]))
    if (own === other || (own === read && other === read)) continue
    const by = other === read ? 'you' : own === read ? 'them' : 'both'
    const [before, after] = [await linesOf(req, name, base[name]), await linesOf(req, name, theirs[name])]
    const theirLines = { added: without(after, before), removed: without(before, after) }
    found.push({ name, label: writtenFields[name], by, theirs: theirLines })
  }
  return found
}

/** The lines that are not among the others, counting those that stand several times. */
function without(lines: string[], others: string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const titled = {
  hero: 'media',
  callToAction: 'calls-to-action',
  related: 'articles',
  authors: 'people',
  audiences: 'audiences',
  topics: 'topics',
} as const

async function linesOf(req: PayloadRequest, name: WrittenField, value: unknown): Promise<string[]> {
  if (name in titled) return titlesOf(req, titled[name as keyof typeof titled], value)
  if (name === 'body') return textLines(bodyToMarkdown(fromLexical(value).tree))
  if (name === 'sources')
    return rows(value).map(({ title, publisher, url }) => [title, publisher, url].filter(Boolean).join(', '))
  return textLines(String(value ?? ''))
}

const textLines = (text: string): string[] => text.split('\n').filter((line) => line.trim())
const rows = (value: unknown): Written[] => (Array.isArray(value) ? value : [])

async function titlesOf(
  req: PayloadRequest,
  collection: (typeof titled)[keyof typeof titled],
  value: unknown,
): Promise<string[]> {
  const ids = [value].flat().flatMap((entry) => {
    const id = entry && typeof entry === 'object' && 'id' in entry ? entry.id : entry
    return typeof id === 'string' ? [id] : []
  })
  if (ids.length === 0) return []
  const { useAsTitle = 'id' } = req.payload.collections[collection].config.admin
  const { docs } = await req.payload.find({
    ...{ collection, where: { id: { in: ids } }, draft: true, depth: 0, pagination: false },
    ...{ overrideAccess: false, req },
  })
  const titleOf = (id: string) => (docs as unknown as Written[]).find((doc) => doc.id === id)?.[useAsTitle] ?? id
  return ids.map((id) => String(titleOf(id)))
}
