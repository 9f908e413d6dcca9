import { promisify } from 'node:util'
import { type BrotliOptions, brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
import type { ManifestEntry } from 'content-schemas'

/** Below this many bytes compression gains nothing worth a second object. */
const minimumBytes = 1024
const compressible = /^(text\/|application\/(json|[a-z.]+\+json|xml|[a-z.]+\+xml|javascript)|image\/svg\+xml)/
/** Above this many bytes compression takes so long that other work should go on meanwhile. */
const mostAtOnce = 256 * 1024

/**
 * Level 5 takes a thirtieth of the time of level 11 and gains nearly as much. A window no larger than the file spares
 * megabytes of memory that would have to be cleared for each.
 */
const brotliOptions = (bytes: number): BrotliOptions => ({
  params: {
    [constants.BROTLI_PARAM_QUALITY]: 5,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
    [constants.BROTLI_PARAM_LGWIN]: Math.min(
      constants.BROTLI_DEFAULT_WINDOW,
      Math.max(constants.BROTLI_MIN_WINDOW_BITS, Math.ceil(Math.log2(bytes + 16))),
    ),
  },
})
const gzipOptions = { level: 9 }

/** The compressed forms of some bytes. */
export type Encodings = { br: Uint8Array; gzip: Uint8Array }

/**
 * Whether a file is to be kept compressed too. Change files are not: each release adds one, and compressing it would
 * make another release.
 */
export const isEncodable = (path: string, { br, bytes, type }: Pick<ManifestEntry, 'br' | 'bytes' | 'type'>): boolean =>
  br === undefined && bytes >= minimumBytes && compressible.test(type) && !path.startsWith('/v1/changes/')

/**
 * Compresses bytes, the same way each time. Undefined if that makes them no smaller. Above `most` bytes other work goes on
 * meanwhile.
 */
export async function compressed(bytes: Uint8Array, most = mostAtOnce): Promise<Encodings | undefined> {
  const brotli = brotliOptions(bytes.length)
  const [br, zipped] =
    bytes.length <= most
      ? [brotliCompressSync(bytes, brotli), gzipSync(bytes, gzipOptions)]
      : await Promise.all([promisify(brotliCompress)(bytes, brotli), promisify(gzip)(bytes, gzipOptions)])
  return br.length < bytes.length && zipped.length < bytes.length ? { br, gzip: zipped } : undefined
}
