import { join } from 'node:path'
import type { Payload } from 'payload'
import type { RenderPool } from 'pipeline/channels/print/pool.ts'
import type { Publication } from 'pipeline/commands/command.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { startMirror } from 'pipeline/release/mirror.ts'
import { openS3Store } from 'pipeline/release/s3.ts'
import type { Store } from 'pipeline/release/store.ts'
import type { PublishedSource } from 'pipeline/source.ts'
import { pipelineVersion } from 'pipeline/version.ts'
import { bucketOf } from '../bucket.ts'
import type { Environment } from '../environment.ts'

/*
 * What the processes and commands open of an installation. Payload takes seconds to load: it is loaded where it is
 * needed, and when.
 */

let opened: Promise<Payload> | undefined

/** The Payload of this process, its database migrated. */
export function openPayload(): Promise<Payload> {
  opened ??= load()
  return opened
}

async function load(): Promise<Payload> {
  // In production Payload brings the database up to date when it connects, and generates nothing.
  Object.assign(process.env, { NODE_ENV: 'production' })
  const [{ getPayload }, { default: config }] = await Promise.all([import('payload'), import('../payload.config.ts')])
  const resolved = await config
  const quiet = { options: { level: 'warn' }, destination: { write: logLine } }
  resolved.logger = quiet as unknown as typeof resolved.logger
  return getPayload({ config: resolved })
}

/** Payload's log goes to standard error, as sentences: results of commands go to standard output. */
function logLine(json: string): void {
  const { msg, err } = JSON.parse(json) as { msg?: string; err?: { message?: string; stack?: string } }
  console.error([msg, err?.stack ?? err?.message].filter(Boolean).join('\n'))
}

/** Closes the Payload of this process, if it was opened. */
export async function closePayload(): Promise<void> {
  await (await opened)?.destroy()
  opened = undefined
}

/** Where the releases of an installation are kept. */
export async function openStore(environment: Environment): Promise<Store> {
  const bucket = bucketOf(environment)
  return bucket ? openS3Store(bucket) : openFilesystemStore(environment.storeUrl.slice('file:'.length))
}

/** What readers are served from: the store, or a verified copy on this machine of one that is elsewhere. */
export type ServedStore = { store: Store; complaints(): string[]; close(): Promise<void> }

export async function openServedStore(environment: Environment): Promise<ServedStore> {
  const from = await openStore(environment)
  if (!bucketOf(environment)) return { store: from, complaints: () => [], close: async () => {} }
  const to = await openFilesystemStore(join(environment.dataDir, 'mirror'))
  const { signerOf } = await import('pipeline/release/sign.ts')
  const { kids } = await signerOf(signingKeys(environment))
  const mirror = startMirror({ from, to, keys: kids, onError: (error) => console.error(error) })
  return { store: to, complaints: mirror.complaints, close: mirror.stop }
}

/** The key that signs, and the next one if it is to be announced. */
const signingKeys = ({ signingKey, nextSigningKey }: Environment) =>
  [signingKey, nextSigningKey].flatMap((key) => (key === undefined ? [] : [JSON.parse(key)]))

/** A publication, which build of the typesetter makes its handouts, and what draws their pages. */
export type InstalledPublication = Publication & Pick<RenderPool, 'compilerInUse' | 'draw'>

/** What a release is made from and of. Payload is loaded once something is asked of the source. */
export async function openPublication(environment: Environment): Promise<InstalledPublication> {
  const [{ channels }, { renderPool }, { compilePool }, { signerOf }] = await Promise.all([
    import('pipeline/channels/index.ts'),
    import('pipeline/channels/print/pool.ts'),
    import('pipeline/release/compile-pool.ts'),
    import('pipeline/release/sign.ts'),
  ])
  const pool = renderPool({ compiler: environment.typesetter })
  const compilers = compilePool()
  return {
    store: await openStore(environment),
    source: lazySource(),
    signer: await signerOf(signingKeys(environment)),
    channels,
    version: pipelineVersion,
    stateFolder: join(environment.dataDir, 'build'),
    typeset: (job) => pool.typeset(job),
    compilers,
    draw: (pdf, most) => pool.draw(pdf, most),
    compilerInUse: () => pool.compilerInUse(),
    close: async () => {
      await Promise.all([pool.close(), compilers.close()])
      await closePayload()
    },
  }
}

function lazySource(): PublishedSource {
  const load = async () => (await import('../publishing/source.ts')).publishedSource(await openPayload())
  let source: ReturnType<typeof load> | undefined
  const open = () => {
    source ??= load()
    return source
  }
  return {
    async *changes(after) {
      yield* (await open()).changes(after)
    },
    async *assurances(after) {
      yield* (await open()).assurances(after)
    },
    document: async (uid, locale) => (await open()).document(uid, locale),
    edition: async (stamp) => (await open()).edition(stamp),
    site: async (locale) => (await open()).site(locale),
    asset: async (sha256) => (await open()).asset(sha256),
  }
}
