import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { ManifestEntry } from 'content-schemas'
import type { Store } from './store.ts'

/** Below this many bytes compression gains nothing worth a second object. */
const minimumBytes = 1024
const compressible = /^(text\/|application\/(json|[a-z.]+\+json|xml|[a-z.]+\+xml|javascript)|image\/svg\+xml)/
/** Level 5 takes a thirtieth of the time of level 11 and gains nearly as much. */
const brotliOptions = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/**
 * Whether a file is to be kept compressed too. Change files are not: each release adds one, and compressing it would
 * make another release.
 */
export const isEncodable = (path: string, entry: ManifestEntry): boolean =>
  entry.br === undefined &&
  entry.bytes >= minimumBytes &&
  compressible.test(entry.type) &&
  !path.startsWith('/v1/changes/')

/** Puts the brotli and gzip forms of an object into the store. Undefined if they are no smaller. */
export async function encode(store: Store, object: string): Promise<{ br: string; gzip: string } | undefined> {
  const bytes = await store.readObject(object)
  if (!bytes) return undefined
  const [br, zipped] = await Promise.all([
    promisify(brotliCompress)(bytes, brotliOptions),
    promisify(gzip)(bytes, { level: 9 }),
  ])
  if (br.length >= bytes.length || zipped.length >= bytes.length) return undefined
  return { br: await store.putObject(br), gzip: await store.putObject(zipped) }
}
