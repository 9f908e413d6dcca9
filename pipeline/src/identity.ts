import { createHash } from 'node:crypto'
import { Article, type Document, Issue } from 'content-schemas'

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Hash of what was authored: SHA-256 over the JSON of the document in the key order of its schema,
 * without slug and review, which change without the content changing. The same content gives the same hash
 * whatever editor, database or file it came from.
 */
export function contentHash(document: Document): string {
  const { slug: _, ...authored } = inSchemaOrder(document)
  if (authored.kind === 'article') return sha256(JSON.stringify({ ...authored, review: undefined }))
  return sha256(JSON.stringify(authored))
}

// Parsing writes the keys in the order of the schema: the one place that fixes it.
const inSchemaOrder = (document: Document): Document =>
  document.kind === 'article' ? Article.parse(document) : Issue.parse(document)

const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/**
 * The stamp of an edition: the first 10 characters, 50 bits, of the Crockford base 32 of SHA-256(`uid|locale|number`).
 * Known before anything is compiled; the database keeps it unique.
 */
export function stampOf(uid: string, locale: string, number: number): string {
  const bytes = createHash('sha256').update(`${uid}|${locale}|${number}`).digest()
  let bits = 0n
  for (const byte of bytes.subarray(0, 7)) bits = (bits << 8n) | BigInt(byte)
  let stamp = ''
  for (let index = 0; index < 10; index++) stamp += digits[Number((bits >> BigInt(51 - 5 * index)) & 31n)]
  return stamp
}

/** The uuid v5 of a name within what another uuid names (RFC 9562, section 5.5): the same for ever. */
export function uuidWithin(namespace: string, name: string): string {
  const bytes = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16)
  bytes[6] = (bytes[6]! & 0x0f) | 0x50
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

const hashes = new WeakMap<object, string>()
/** SHA-256 of the JSON of a value that is never changed: taken once for each. */
export function hashOf(value: object): string {
  const known = hashes.get(value) ?? sha256(JSON.stringify(value))
  hashes.set(value, known)
  return known
}
