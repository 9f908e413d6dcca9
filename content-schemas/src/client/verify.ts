import type { Index, IndexPayload } from '../release.ts'

/** Why a release or a file of it is not taken; stable words for programs. */
export type ReleaseErrorCode = 'missing' | 'malformed' | 'forged' | 'rolled-back' | 'swapped' | 'stale'

export class ReleaseError extends Error {
  override name = 'ReleaseError'
  readonly code: ReleaseErrorCode

  constructor(code: ReleaseErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

type Ed25519Key = { kty: string; crv: string; x: string }

const encoder = new TextEncoder()
const decoder = new TextDecoder()

/** SHA-256 of bytes, as release files name them: lower-case hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

/**
 * Checks that an index is signed by a trusted key and says what was signed. `keys` are thumbprints (RFC 7638) of the keys
 * that are trusted, `published` the key set of the site. Throws a ReleaseError `forged` or `malformed`.
 */
export async function verifyIndex(
  index: Index,
  keys: readonly string[],
  published: { keys: Ed25519Key[] },
): Promise<void> {
  const [header = '', payload = '', signature = ''] = index.signed.split('.')
  const { kid, alg } = parse(fromBase64Url(header)) as { kid?: string; alg?: string }
  if (alg !== 'EdDSA' || kid === undefined || !keys.includes(kid))
    throw new ReleaseError('forged', `The index is signed by the key ${kid}, which is not trusted.`)
  const jwk = await keyWithThumbprint(kid, published.keys)
  if (!jwk) throw new ReleaseError('forged', `The key ${kid} is not among those the site publishes.`)
  const key = await crypto.subtle.importKey('jwk', { ...jwk, alg: undefined }, { name: 'Ed25519' }, false, ['verify'])
  const isSigned = await crypto.subtle.verify(
    'Ed25519',
    key,
    fromBase64Url(signature),
    encoder.encode(`${header}.${payload}`),
  )
  if (!isSigned) throw new ReleaseError('forged', `The signature of the index is not of the key ${kid}.`)
  const { signed: _, ...plain } = index
  if (!isSame(plain, parse(fromBase64Url(payload)) as IndexPayload))
    throw new ReleaseError('forged', 'The plain fields of the index differ from what is signed.')
}

async function keyWithThumbprint(kid: string, keys: Ed25519Key[]): Promise<Ed25519Key | undefined> {
  for (const { kty, crv, x } of keys) {
    const digest = await crypto.subtle.digest('SHA-256', encoder.encode(JSON.stringify({ crv, kty, x })))
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
