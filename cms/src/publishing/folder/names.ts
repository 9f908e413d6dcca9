import type { RecordKind } from 'content-schemas'
import type { Payload } from 'payload'
import type { Lookup } from 'pipeline/body/references.ts'
import type { FileKind } from 'pipeline/sources/records.ts'
import { uidOf } from '../document.ts'
import { fileKinds } from './layout.ts'

/** What there is by slug and by id, in the database and in the files that are being imported. */
export type Names = {
  /** The uid behind a slug. */
  lookup: Lookup
  /** The row of a newsletter. */
  newsletter(key: string): string | undefined
  /** Whether there is a row with this id. */
  has(collection: FileKind | 'articles', id: string): boolean
  /** Rows of a document, in all its languages. */
  rowsOf(uid: string): string[]
  /** Takes a file into account whose row is not there yet; `note` once it is. */
  announce(collection: FileKind | 'articles', slug: string, uid: string): void
  note(collection: FileKind | 'articles', id: string): void
}

/** Reads the names of everything in the database. */
export async function readNames(payload: Payload): Promise<Names> {
  const bySlug = new Map<string, string>()
  const ids = new Set<string>()
  for (const collection of [...fileKinds, 'articles'] as const) {
    const { docs } = await payload.find({
      collection,
      select: { slug: true },
      draft: true,
      depth: 0,
      pagination: false,
      overrideAccess: true,
    })
    for (const { id, slug } of docs) {
      ids.add(`${collection} ${id}`)
      bySlug.set(`${collection} ${slug}`, uidOf(id))
    }
  }
  return {
    lookup: (kind: RecordKind | 'articles', slug) => bySlug.get(`${kind} ${slug}`),
    newsletter: (key) => bySlug.get(`newsletters ${key}`) ?? (ids.has(`newsletters ${key}`) ? key : undefined),
    has: (collection, id) => ids.has(`${collection} ${id}`),
    rowsOf: (uid) =>
      [...ids].flatMap((id) => (id.startsWith(`articles ${uid}.`) ? [id.slice('articles '.length)] : [])),
    announce: (collection, slug, uid) => void bySlug.set(`${collection} ${slug}`, uid),
    note: (collection, id) => void ids.add(`${collection} ${id}`),
  }
}
