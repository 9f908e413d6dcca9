import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { MisuseError } from 'pipeline/commands/command.ts'
import { bucketAt } from 'pipeline/release/bucket.ts'
import { z } from 'zod'

/*
 * Every setting, read and validated here and nowhere else. The README's table is checked against `settingsTable()`.
 */

const yesNo = z.enum(['yes', 'no'], { error: 'is neither `yes` nor `no`. Write one of the two.' })
const secret = z.string().min(32, 'is shorter than 32 characters. Use a long random one: `openssl rand -base64 48`.')
const origin = z
  .string()
  .regex(
    /^https?:\/\/[^\s/?#]+$/,
    'is no origin. Write scheme and host without a slash at the end, such as `https://guides.example.org`.',
  )

/** A setting: its schema says what is allowed and, in the words of the error, what to do; `byDefault` is what the README says. */
const settings = {
  DATABASE_URL: {
    meaning: 'Database: `file:` and a path is SQLite, `mongodb://…?replicaSet=…` is MongoDB.',
    byDefault: '`file:<DATA_DIR>/signpost.db`',
    schema: z.string().superRefine((url, context) => {
      const complaint = complaintAbout(url)
      if (complaint) context.addIssue({ code: 'custom', message: complaint })
    }),
  },
  DATA_DIR: {
    meaning: 'Folder of the database, uploads, the release, secrets and the outbox.',
    byDefault: '`data` in the repository',
    schema: z.string().min(1, 'is empty. Name a folder, or leave it out for `data`.'),
  },
  PORT: {
    meaning: 'Port of the one address everything is served from.',
    byDefault: '`3000`',
    schema: z
      .string()
      .regex(/^\d{1,5}$/, 'is no port. Write a number from 1 to 65535.')
      .refine((port) => Number(port) >= 1 && Number(port) <= 65535, 'is no port. Write a number from 1 to 65535.'),
  },
  HOST: {
    meaning: 'Address to listen on. Sample content is kept to this machine unless you say otherwise.',
    byDefault: '`127.0.0.1` with `SAMPLE=yes`, else `0.0.0.0`',
    schema: z.string().regex(/^[A-Za-z0-9.:-]+$/, 'is no host name or address. Write one, such as `127.0.0.1`.'),
  },
  SITE_URL: {
    meaning: 'Public address of the site; every published link starts with it.',
    byDefault: '`http://localhost:<PORT>`',
    schema: origin,
  },
  STORE_URL: {
    meaning:
      'Where releases and pictures are kept: `file:` and a folder, or `s3://bucket/prefix?endpoint=https://…&region=…`.',
    byDefault: '`file:<DATA_DIR>/release`',
    schema: z.string().superRefine((url, context) => {
      const complaint = complaintAboutStore(url)
      if (complaint) context.addIssue({ code: 'custom', message: complaint })
    }),
  },
  AWS_ACCESS_KEY_ID: {
    meaning: 'Name of the key that opens the bucket of `STORE_URL`.',
    byDefault: 'none; needed with `s3:`',
    schema: z.string(),
  },
  AWS_SECRET_ACCESS_KEY: {
    meaning: 'That key.',
    byDefault: 'none; needed with `s3:`',
    schema: z.string(),
  },
  AWS_SESSION_TOKEN: {
    meaning: 'Token that belongs to a key given for a time only.',
    byDefault: 'none',
    schema: z.string(),
  },
  SIGNING_KEY: {
    meaning: 'Ed25519 private key as JWK JSON that signs the index of a release.',
    byDefault: 'made on the first start',
    schema: z
      .string()
      .refine(
        isSigningKey,
        'is no Ed25519 private key as JWK JSON. Leave it out to have one made, or give one with `kty`, `crv`, `x` and `d`.',
      ),
  },
  NEXT_SIGNING_KEY: {
    meaning: 'The key that will sign next, announced beside the one that signs now. See `signpost keys show --help`.',
    byDefault: 'none',
    schema: z.string().refine(isSigningKey, 'is no Ed25519 private key as JWK JSON. `signpost keys next` makes one.'),
  },
  PAYLOAD_SECRET: { meaning: 'Secret of the sign-in sessions.', byDefault: 'made on the first start', schema: secret },
  TOKEN_SECRET: {
    meaning: 'Secret of links: those sent by mail, those of previews.',
    byDefault: 'made on the first start',
    schema: secret,
  },
  SMTP_URL: {
    meaning: 'Mail server. Without one, mails are written to `<DATA_DIR>/outbox` as `.eml` files.',
    byDefault: 'none',
    schema: z
      .string()
      .regex(/^smtps?:\/\/\S+$/, 'is no mail server. Write `smtp://user:password@host:587` or `smtps://…`.'),
  },
  MAIL_FROM: {
    meaning: 'Sender address of all mails.',
    byDefault: '`signpost@<host of SITE_URL>`',
    schema: z.email('is no e-mail address. Write a plain one, such as `guides@example.org`.'),
  },
  ADMIN_EMAIL: {
    meaning: 'Sign-in of the first administrator, made on the first start.',
    byDefault: '`admin@signpost.example`',
    schema: z.email('is no e-mail address. Write the one you want to sign in with.'),
  },
  TYPESETTER: {
    meaning: 'PDF compiler: `native`, `wasm`, or `auto` for native where it has a build for this platform.',
    byDefault: '`auto`',
    schema: z.enum(['auto', 'native', 'wasm'], { error: 'is none of `auto`, `native`, `wasm`. Write one of them.' }),
  },
  ACCESS_LOG: {
    meaning: 'Whether each request to the site is logged: method, path, status and time, never who asked.',
    byDefault: '`no`',
    schema: yesNo,
  },
  SECOND_FACTOR: {
    meaning:
      'Whether signing in takes a code of an app besides the password: `optional` for who turns it on, or `required` of all.',
    byDefault: '`optional`',
    schema: z.enum(['optional', 'required'], {
      error: 'is neither `optional` nor `required`. Write one of the two.',
    }),
  },
  SAMPLE: {
    meaning: 'Whether the first start brings the sample content, and marks the site as a sample.',
    byDefault: '`yes`',
    schema: yesNo,
  },
} as const
type Name = keyof typeof settings

/** All settings after defaults, paths absolute. */
export type Environment = {
  databaseUrl: string
  dataDir: string
  port: number
  host: string
  siteUrl: string
  storeUrl: string
  /** The account that opens the bucket, with a store in one. */
  bucketAccount: { accessKeyId: string; secretAccessKey: string; sessionToken: string | undefined } | undefined
  signingKey: string
  /** Announced in each index, so that consumers trust it when it signs. */
  nextSigningKey: string | undefined
  /** Whether the signing keys come from settings; else they are kept in `<DATA_DIR>/secrets.json`. */
  hasGivenKeys: boolean
  payloadSecret: string
  tokenSecret: string
  smtpUrl: string | undefined
  mailFrom: string
  adminEmail: string
  typesetter: 'auto' | 'native' | 'wasm'
  accessLog: boolean
  /** Whether everybody needs a second factor to sign in. */
  secondFactorRequired: boolean
  sample: boolean
  /** The root of the repository. */
  root: string
}

/** Wrong settings, each with what to do, one a line. */
export class EnvironmentError extends MisuseError {
  override name = 'EnvironmentError'
  override readonly isExplained = false
}

/** Name, default and meaning of every setting, in Markdown: the rows of the README's table. */
export const settingsTable = (): { name: string; byDefault: string; meaning: string }[] =>
  Object.entries(settings).map(([name, { byDefault, meaning }]) => ({ name, byDefault, meaning }))

let known: Environment | undefined
/** The settings of this process, from its environment and `.env` at the root, read once. Throws `EnvironmentError`. */
export function environment(): Environment {
  known ??= readEnvironment(withDotEnv(process.env))
  return known
}

/**
 * Validate settings and fill in defaults. Secrets that are not set are made, once, in `<DATA_DIR>/secrets.json`.
 * Throws `EnvironmentError` that names every wrong value and its fix. An empty value counts as not set.
 */
export function readEnvironment(given: Record<string, string | undefined>): Environment {
  const value = validated(given)
  const root = rootOf(import.meta.dirname) ?? rootOf(process.cwd()) ?? process.cwd()
  const dataDir = path.resolve(root, value.DATA_DIR ?? 'data')
  const sample = value.SAMPLE !== 'no'
  const port = Number(value.PORT ?? 3000)
  const siteUrl = value.SITE_URL ?? `http://localhost:${port}`
  const secrets = value.SIGNING_KEY && value.PAYLOAD_SECRET && value.TOKEN_SECRET ? undefined : keptSecrets(dataDir)
  return {
    databaseUrl: value.DATABASE_URL ? absolute(value.DATABASE_URL, root) : `file:${path.join(dataDir, 'signpost.db')}`,
    dataDir,
    port,
    host: value.HOST ?? (sample ? '127.0.0.1' : '0.0.0.0'),
    siteUrl,
    storeUrl: absolute(value.STORE_URL ?? `file:${path.join(dataDir, 'release')}`, root),
    bucketAccount: isBucket(value.STORE_URL)
      ? {
          accessKeyId: value.AWS_ACCESS_KEY_ID!,
          secretAccessKey: value.AWS_SECRET_ACCESS_KEY!,
          sessionToken: value.AWS_SESSION_TOKEN,
        }
      : undefined,
    signingKey: value.SIGNING_KEY ?? secrets!.signingKey,
    nextSigningKey: value.NEXT_SIGNING_KEY ?? (value.SIGNING_KEY ? undefined : secrets!.nextSigningKey),
    hasGivenKeys: value.SIGNING_KEY !== undefined,
    payloadSecret: value.PAYLOAD_SECRET ?? secrets!.payloadSecret,
    tokenSecret: value.TOKEN_SECRET ?? secrets!.tokenSecret,
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM ?? `signpost@${mailHost(siteUrl)}`,
    adminEmail: value.ADMIN_EMAIL ?? 'admin@signpost.example',
    typesetter: (value.TYPESETTER as Environment['typesetter'] | undefined) ?? 'auto',
    accessLog: value.ACCESS_LOG === 'yes',
    secondFactorRequired: value.SECOND_FACTOR === 'required',
    sample,
    root,
  }
}

function validated(given: Record<string, string | undefined>): Partial<Record<Name, string>> {
  const values: Partial<Record<Name, string>> = {}
  const wrong: string[] = []
  for (const [name, { schema }] of Object.entries(settings) as [Name, (typeof settings)[Name]][]) {
    const value = given[name]?.trim()
    if (!value) continue
    const result = schema.safeParse(value)
    if (result.success) values[name] = value
    else wrong.push(`${name}${shown(name, value)} ${result.error.issues[0]!.message}`)
  }
  if (isBucket(values.STORE_URL))
    for (const name of neededWithBucket)
      if (!given[name]?.trim())
        wrong.push(`${name} is not set. With a store in a bucket several machines share it, so none is made: set it.`)
  if (wrong.length > 0) throw new EnvironmentError(wrong.join('\n'))
  return values
}

const isBucket = (storeUrl: string | undefined): boolean => storeUrl?.startsWith('s3:') === true
const neededWithBucket = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'SIGNING_KEY',
  'PAYLOAD_SECRET',
  'TOKEN_SECRET',
] as const

// Errors end up in logs: they repeat no secret and no password of an address.
const shown = (name: Name, value: string): string =>
  /SECRET|KEY|SESSION/.test(name) ? '' : `=${value.replace(/\/\/[^/@]*@/, '//…@')}`

/** What is wrong with a database address and what to do; undefined if nothing is. */
function complaintAbout(url: string): string | undefined {
  if (/^file:.+/.test(url)) return undefined
  if (!/^mongodb(\+srv)?:\/\//.test(url))
    return 'is no database this knows. Write `file:` and a path for SQLite, or `mongodb://host/name?replicaSet=rs0`.'
  const [, srv, name, query] = /^mongodb(\+srv)?:\/\/[^/?#]+\/?([^?#]*)\??(.*)$/.exec(url) ?? []
  if (!name) return 'names no database. Add one after the host: `mongodb://host/signpost?replicaSet=rs0`.'
  // `mongodb+srv` gets its replica set from DNS.
  if (!srv && !new URLSearchParams(query).get('replicaSet'))
    return 'has no `replicaSet`, without which MongoDB has no transactions. Add `?replicaSet=rs0` (a set of one server is enough).'
  return undefined
}

/** What is wrong with the address of a store and what to do; undefined if nothing is. */
function complaintAboutStore(url: string): string | undefined {
  if (/^file:.+/.test(url)) return undefined
  if (!/^s3:\/\/./.test(url))
    return 'is no store this knows. Write `file:` and a folder, such as `file:./release`, or `s3://bucket/prefix`.'
  try {
    bucketAt(url)
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function isSigningKey(value: string): boolean {
  try {
    const key = JSON.parse(value)
    return key.kty === 'OKP' && key.crv === 'Ed25519' && typeof key.x === 'string' && typeof key.d === 'string'
  } catch {
    return false
  }
}

const absolute = (url: string, root: string): string =>
  url.startsWith('file:') ? `file:${path.resolve(root, url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''))}` : url

// A mail address needs a domain with a dot; a machine that is only reachable as itself has none.
const mailHost = (siteUrl: string): string => {
  const { hostname } = new URL(siteUrl)
  return /[a-z]\.[a-z]/i.test(hostname) ? hostname : 'signpost.example'
}

/** The nearest folder above that holds the root package. */
function rootOf(start: string | undefined): string | undefined {
  for (let folder = start; folder; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json')
    if (existsSync(file) && JSON.parse(readFileSync(file, 'utf8')).name === 'signpost') return folder
    if (folder === path.dirname(folder)) return undefined
  }
  return undefined
}

function withDotEnv(given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = path.join(rootOf(import.meta.dirname) ?? rootOf(process.cwd()) ?? process.cwd(), '.env')
  if (existsSync(file)) process.loadEnvFile(file)
  return given
}

const Secrets = z.strictObject({
  payloadSecret: secret,
  tokenSecret: secret,
  signingKey: z.string().refine(isSigningKey),
  nextSigningKey: z.string().refine(isSigningKey).optional(),
})
type Secrets = z.infer<typeof Secrets>

/** Replaces the signing keys kept in `<DATA_DIR>/secrets.json`. Processes that run go on with those they read. */
export function keepSigningKeys(
  { dataDir }: Pick<Environment, 'dataDir'>,
  keys: Pick<Secrets, 'signingKey' | 'nextSigningKey'>,
): void {
  const { payloadSecret, tokenSecret } = keptSecrets(dataDir)
  const file = path.join(dataDir, 'secrets.json')
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, textOf({ payloadSecret, tokenSecret, ...keys }), { mode: 0o600, flush: true })
  renameSync(temporary, file)
}

const textOf = (secrets: Secrets): string => `${JSON.stringify(secrets, null, 2)}\n`

function keptSecrets(dataDir: string): Secrets {
  const file = path.join(dataDir, 'secrets.json')
  if (!existsSync(file)) makeSecrets(file)
  const result = Secrets.safeParse(parsedJson(file))
  if (result.success) return result.data
  throw new EnvironmentError(
    `${file} does not hold the secrets it should. Restore it from a backup; if there is none, delete it: everyone has to sign in again, and consumers have to be told the new signing key.`,
  )
}

function parsedJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

// Several processes may start at once: whoever links its file first wins, and everyone reads that one.
function makeSecrets(file: string): void {
  const fresh: Secrets = {
    payloadSecret: randomBytes(48).toString('base64url'),
    tokenSecret: randomBytes(48).toString('base64url'),
    signingKey: JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
  }
  mkdirSync(path.dirname(file), { recursive: true })
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, textOf(fresh), { mode: 0o600, flush: true })
  try {
    linkSync(temporary, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(temporary)
  }
}
