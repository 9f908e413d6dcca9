import { type Article, type Edition, noRecords, type Records } from 'content-schemas'
import { APIError, type PayloadRequest, type Where } from 'payload'
import { type Comparison, compare, type Version } from 'pipeline/compare/index.ts'
import { contentHash } from 'pipeline/identity.ts'
import { articleOf, type Row, rowId } from '../publishing/document.ts'
import { historyOf, type Reference } from '../publishing/editions.ts'
import { aside, newestRow, shownBy } from '../publishing/records.ts'
import { candidateById, candidatesOf, newestApproval } from './candidates.ts'

/*
 * The versions of an article that can be set beside each other. Each has a name, for addresses and commands:
 * `draft`, `approval` (the last one), `approval-<id>`, `edition-<number>`, `saved-<id>`, `nothing`.
 */

/** One version of an article; `version` is undefined for `nothing`. */
export type Named = { name: string; label: string; at: string | null; version: Version | undefined }
export type Listed = Omit<Named, 'version'>

/** Two versions of an article, and what differs. `contentHash` is that of the newer one. */
export type Compared = { from: Listed; to: Listed; contentHash: string; comparison: Comparison }

/** Compares two versions of an article by their names. Without a last approval, `approval` is as `nothing`. */
export async function compareVersions(
  req: PayloadRequest,
  reference: Reference,
  { from, to }: { from: string; to: string },
): Promise<Compared> {
  const older = await versionNamed(req, reference, from)
  const newer = await versionNamed(req, reference, to)
  if (!newer.version) throw new APIError('Name the version that is to be read.', 400, null, true)
  const { version, ...rest } = newer
  const { version: before, ...earlier } = older
  return {
    ...{ from: earlier, to: rest, contentHash: contentHash(version.document) },
    comparison: compare(before, version),
  }
}

const nothing: Named = { name: 'nothing', label: 'Nothing', at: null, version: undefined }
const missing = (name: string) => new APIError(`This article has no version “${name}”.`, 404, null, true)

async function versionNamed(req: PayloadRequest, reference: Reference, name: string): Promise<Named> {
  const [, kind = '', id = ''] = /^([a-z]+)(?:-(.+))?$/.exec(name) ?? []
  const found = await versions[kind]?.(req, reference, id)
  if (!found) throw missing(name)
  return found
}

type Find = (req: PayloadRequest, reference: Reference, id: string) => Promise<Named | undefined>

const versions: Record<string, Find> = {
  nothing: async () => nothing,
  draft: async (req, reference) => {
    const row = await newestRow(req, 'articles', reference)
    return row && { ...draft(row), version: await versionOf(req, row, 'draft') }
  },
  approval: async (req, reference, id) => {
    const found = id ? await candidateById(req, reference, id) : await newestApproval(req, reference)
    if (!found) return id ? undefined : nothing
    const { document, records } = found
    return { ...approval(found), version: { document, records } }
  },
  edition: async (req, reference, number) => {
    const row = await editionNumber(req, reference, Number(number))
    if (row?.document?.kind !== 'article') return undefined
    const version = { document: row.document, records: row.records ?? noRecords() }
    return { ...edition(row), version }
  },
  saved: async (req, reference, id) => {
    const options = { id, depth: 0, disableErrors: true, overrideAccess: true, req: aside(req) } as const
    const found = await req.payload.findVersionByID({ collection: 'articles', ...options })
    if (!found || found.parent !== rowId(reference.uid, reference.locale)) return undefined
    const row = { ...(found.version as object), id: found.parent } as Row
    return { ...saved(found), version: await versionOf(req, row, `saved-${id}`) }
  },
}

async function versionOf(
  req: PayloadRequest,
  row: Row,
  name: string,
): Promise<{ document: Article; records: Records }> {
  const { document, messages } = articleOf(row)
  if (document) return { document, records: await shownBy(req, document) }
  const reasons = messages.map(({ reason }) => reason).join(' ')
  throw new APIError(`The version “${name}” cannot be read. ${reasons}`, 422, null, true)
}

async function editionNumber(
  req: PayloadRequest,
  { uid, locale }: Reference,
  number: number,
): Promise<Edition | undefined> {
  if (!Number.isInteger(number)) return undefined
  const where: Where = {
    and: [{ uid: { equals: uid } }, { locale: { equals: locale } }, { number: { equals: number } }],
  }
  const options = { limit: 1, pagination: false, depth: 0, overrideAccess: true, req: aside(req) } as const
  const { docs } = await req.payload.find({ collection: 'editions', where, ...options })
  return docs[0]?.edition as unknown as Edition | undefined
}

const draft = ({ updatedAt }: Row): Listed => ({
  ...{ name: 'draft', label: 'Newest draft' },
  at: typeof updatedAt === 'string' ? updatedAt : null,
})
const approval = ({ id, approvedBy, at }: { id: string; approvedBy: string; at: string }): Listed => ({
  ...{ name: `approval-${id}`, label: `Approved by ${approvedBy}`, at },
})
const edition = ({ number, at }: Pick<Edition, 'number' | 'at'>): Listed => ({
  ...{ name: `edition-${number}`, label: `Edition ${number}`, at },
})
const saved = ({ id, updatedAt }: { id: string; updatedAt: string }): Listed => ({
  ...{ name: `saved-${id}`, label: 'Saved', at: updatedAt },
})

/** Saves that are offered to be compared, the newest ones. */
const mostSaves = 20

/** What can be compared: the draft, approvals and editions, newest first, then what was saved of late. */
export async function versionsOf(req: PayloadRequest, reference: Reference): Promise<Listed[]> {
  const row = await newestRow(req, 'articles', reference)
  const editions = (await historyOf(req, reference)).filter(({ contentHash }) => contentHash !== null)
  const { docs } = await req.payload.findVersions({
    collection: 'articles',
    where: { parent: { equals: rowId(reference.uid, reference.locale) } },
    sort: '-updatedAt',
    limit: mostSaves,
    pagination: false,
    depth: 0,
    select: { updatedAt: true } as never,
    overrideAccess: true,
    req: aside(req),
  })
  return [
    ...(row ? [draft(row)] : []),
    ...(await candidatesOf(req, reference)).map(approval),
    ...editions.map(edition),
    ...docs.map(saved),
  ]
}
