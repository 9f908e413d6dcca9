import type { Index, IndexPayload } from '../release.ts'

/**
 * Why a release or a file of it is not taken; stable words for programs. `altered`: other bytes than were signed; `swapped`:
 * those of another file; `unavailable`: the site did not answer; `unsupported`: this browser or page has no Ed25519 in
 * WebCrypto.
 */
export type ReleaseErrorCode =
  | 'missing'
  | 'malformed'
  | 'forged'
  | 'rolled-back'
  | 'altered'
  | 'swapped'
  | 'stale'
  | 'unavailable'
  | 'unsupported'

export class ReleaseError extends Error {
  override name = 'ReleaseError'
  readonly code: ReleaseErrorCode

  constructor(code: ReleaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A release whose signature and number are in order. */
export type Release = {
  index: Index
  /** Thumbprints of the keys to trust from now on: a new key is announced by the old one before it signs. */
  keys: string[]
}

/**
 * A release that is what it says, but was not signed again in time. The publisher may be away, or somebody keeps newer
 * releases from you: show what you have, and say how old it is. `release` can be read like any other.
 */
export class StaleError extends ReleaseError {
  override name = 'StaleError'
  readonly release: Release

  constructor(release: Release) {
    super('stale', `Release ${release.index.release} expired on ${release.index.expires}.`)
    this.release = release
  }
}

type Ed25519Key = { kty: string; crv: string; x: string }
export type KeySet = { keys: Ed25519Key[] }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** SHA-256 of bytes, as release files name them: lower-case hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await subtle().digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Checks that an index is signed by a trusted key and says what was signed. `keys` are thumbprints (RFC 7638) of the keys
 * that are trusted, `published` the key set of the site. Throws a ReleaseError `forged`, `malformed` or `unsupported`.
 */
export async function verifyIndex(index: Index, keys: readonly string[], published: KeySet): Promise<void> {
  if (typeof index?.signed !== 'string' || !Array.isArray(published?.keys))
    throw new ReleaseError('malformed', 'The index or the key set is not what its schema says.')
  const [header = '', payload = '', signature = ''] = index.signed.split('.')
  const { kid, alg } = parse(fromBase64Url(header)) as { kid?: string; alg?: string }
  if (alg !== 'EdDSA' || kid === undefined || !keys.includes(kid))
    throw new ReleaseError('forged', `The index is signed by the key ${kid}, which is not trusted.`)
  const jwk = await keyWithThumbprint(kid, published.keys)
  if (!jwk) throw new ReleaseError('forged', `The key ${kid} is not among those the site publishes.`)
  const isSigned = await subtle().verify(
    'Ed25519',
    await importKey(jwk),
    fromBase64Url(signature),
    encoder.encode(`${header}.${payload}`),
  )
  if (!isSigned) throw new ReleaseError('forged', `The signature of the index is not of the key ${kid}.`)
  const { signed: _, ...plain } = index
  if (!isSame(plain, parse(fromBase64Url(payload)) as IndexPayload))
    throw new ReleaseError('forged', 'The plain fields of the index differ from what is signed.')
}

/** WebCrypto, which browsers give to https and localhost only. */
function subtle(): SubtleCrypto {
  const { subtle } = globalThis.crypto ?? {}
  if (subtle) return subtle
  throw new ReleaseError(
    'unsupported',
    'There is no WebCrypto here. Open the page over https, or use Node 20 or newer.',
  )
}

async function importKey(jwk: Ed25519Key): Promise<CryptoKey> {
  try {
    return await subtle().importKey('jwk', jwk, { name: 'Ed25519' }, false, ['verify'])
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NotSupportedError')
      throw new ReleaseError(
        'unsupported',
        'WebCrypto knows no Ed25519 here. Browsers have it since Chrome 137, Firefox 129 and Safari 17; elsewhere verify on your server.',
        { cause },
      )
    throw new ReleaseError('malformed', 'A key of the site is no Ed25519 key.', { cause })
  }
}

async function keyWithThumbprint(kid: string, keys: Ed25519Key[]): Promise<Ed25519Key | undefined> {
  for (const { kty, crv, x } of keys) {
    const digest = await subtle().digest('SHA-256', encoder.encode(JSON.stringify({ crv, kty, x })))
    if (toBase64Url(new Uint8Array(digest)) === kid) return { kty, crv, x }
  }
  return undefined
}

/** Equal as JSON, whatever the order of the keys. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
const sorted = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, part]) => [key, sorted(part)]),
      )
    : value

export function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(decoder.decode(bytes))
  } catch (cause) {
    throw new ReleaseError('malformed', 'A file of the release is no JSON.', { cause })
  }
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch (cause) {
    throw new ReleaseError('malformed', 'The signature of the index is no JWS.', { cause })
  }
}

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
