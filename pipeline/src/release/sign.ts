import { mkdir, readFile, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Index, IndexPayload } from 'content-schemas'
import { CompactSign, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { linkExclusively, syncPath, unlessMissing, writeTemporary } from './files.ts'

/** The keys of a publisher: the one that signs, and the public halves of all that may sign the next index. */
export type Signer = {
  /** RFC 7638 thumbprint of the signing key. */
  kid: string
  /** Thumbprints of all keys that may sign, the signing one first. */
  kids: string[]
  /** RFC 7517 set of the public keys: `/.well-known/jwks.json`. */
  jwks: { keys: JWK[] }
  sign(payload: IndexPayload): Promise<Index>
}

/**
 * Opens the file that holds the private keys, a JSON Web Key set whose first key signs and whose others are announced.
 * Makes it, readable by its owner only, if it does not exist.
 */
export async function openSigner(path: string): Promise<Signer> {
  const text = (await unlessMissing(readFile(path, 'utf8'))) ?? (await createKeys(path))
  try {
    return await signerOf((JSON.parse(text) as { keys: JWK[] }).keys)
  } catch (cause) {
    throw new Error(
      `Cannot read the signing keys in \`${path}\`. Restore the file from a backup, or see how to rotate keys.`,
      {
        cause,
      },
    )
  }
}

/** A signer with the private keys given. */
export async function signerOf(privateKeys: JWK[]): Promise<Signer> {
  const [first] = privateKeys
  if (!first?.d) throw new Error('There is no private key to sign with.')
  const keys = await Promise.all(privateKeys.map(publicHalf))
  const kids = keys.map((key) => key.kid!)
  const key = await importJWK(first, 'EdDSA')
  const header = { alg: 'EdDSA', kid: kids[0]! }
  return {
    kid: header.kid,
    kids,
    jwks: { keys },
    async sign(payload) {
      const bytes = new TextEncoder().encode(JSON.stringify(payload))
      return { ...payload, signed: await new CompactSign(bytes).setProtectedHeader(header).sign(key) }
    },
  }
}

/** A new Ed25519 key, private half included. */
export async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
  return exportJWK(privateKey)
}

async function publicHalf({ d: _, ...key }: JWK): Promise<JWK> {
  return { ...key, kid: await calculateJwkThumbprint(key), alg: 'EdDSA', use: 'sig' }
}

/** Of several processes that start at once, one makes the keys and all use them. */
async function createKeys(path: string): Promise<string> {
  const folder = dirname(path)
  await mkdir(folder, { recursive: true })
  const text = `${JSON.stringify({ keys: [await createKey()] }, null, 2)}\n`
  const temporary = await writeTemporary(folder, text, { mode: 0o600, sync: true })
  try {
    if (!(await linkExclusively(temporary, path))) return await readFile(path, 'utf8')
  } finally {
    await rm(temporary, { force: true })
  }
  await syncPath(folder)
  return text
}
