import { setTimeout as sleep } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { sha256 } from '../identity.ts'

/** Where a bucket is, and who may use it. */
export type BucketPlace = {
  /** Origin of the server; addresses are path-style: `<endpoint>/<bucket>/<key>`. */
  endpoint: string
  region: string
  bucket: string
  /** What all keys start with: empty, or with a slash at its end. */
  prefix: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
}

/** When a `put` is to be done: when the key is not there, or holds what has this entity tag. */
export type Condition = { ifAbsent: true } | { ifMatch: string }

/**
 * The little of S3 that Signpost uses, below one prefix of one bucket. Every call is repeated on network errors and
 * answers 429 and 5xx, so a conditional `put` may find its own work: who needs to know reads it back.
 */
export type Bucket = {
  get(key: string): Promise<{ bytes: Uint8Array; etag: string } | undefined>
  has(key: string): Promise<boolean>
  /** Returns the new entity tag; undefined, and nothing changed, if the condition does not hold. */
  put(key: string, bytes: Uint8Array, condition?: Condition): Promise<string | undefined>
  /** Does nothing if there is no such key. */
  delete(key: string): Promise<void>
  /** Keys that start with `start`, without the prefix of the bucket. They must be of letters, digits, `/`, `.`, `-`. */
  list(start: string, pageSize?: number): AsyncIterable<{ key: string; bytes: number; modified: Date }>
}

const attempts = 5
/** The first pause before another attempt, milliseconds; it doubles. */
const firstPause = 100
/** How long one request may take, milliseconds. */
const requestTimeout = 30_000

/**
 * Reads an address `s3://bucket/prefix?endpoint=…&region=…`. Without an endpoint it is Amazon's of the region, and
 * without a region `us-east-1`. Throws a sentence about what is wrong.
 */
export function bucketAt(address: string): Omit<BucketPlace, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> {
  const url = new URL(address)
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'endpoint' && name !== 'region')
  if (unknown !== undefined)
    throw new Error(`has \`${unknown}\`, which means nothing here. There are endpoint, region.`)
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(url.hostname)) throw new Error('names no bucket after `s3://`.')
  const region = url.searchParams.get('region') ?? 'us-east-1'
  const endpoint = url.searchParams.get('endpoint') ?? `https://s3.${region}.amazonaws.com`
  if (!/^https?:\/\/[^\s/?#]+\/?$/.test(endpoint))
    throw new Error('has an `endpoint` that is no origin. Write scheme and host, such as `https://s3.example.org`.')
  const prefix = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, '')
  if (!/^[A-Za-z0-9/._-]*$/.test(prefix))
    throw new Error('has a prefix with other characters than letters, digits, `/`, `.`, `_` and `-`.')
  return { endpoint: endpoint.replace(/\/$/, ''), region, bucket: url.hostname, prefix: prefix && `${prefix}/` }
}

export function openBucket({ endpoint, bucket, prefix, ...account }: BucketPlace): Bucket {
  const client = new AwsClient({ ...account, service: 's3', retries: 0 })
  const root = `${endpoint}/${bucket}`
  const addressOf = (key: string) => `${root}/${(prefix + key).split('/').map(encodeURIComponent).join('/')}`

  const ask = async (address: string, init: RequestInit = {}): Promise<Response> => {
    for (let attempt = 1; ; attempt++) {
      const outcome = await client.fetch(address, { ...init, signal: AbortSignal.timeout(requestTimeout) }).catch(wrap)
      const isTransient = outcome instanceof Error || outcome.status === 429 || outcome.status >= 500
      if (!isTransient) return outcome
      if (attempt === attempts) throw outcome instanceof Error ? unreachable(outcome) : await refusal(outcome)
      if (outcome instanceof Response) await outcome.body?.cancel()
      await sleep(firstPause * 2 ** (attempt - 1))
    }
  }
  const wrap = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
  const unreachable = (cause: Error) =>
    new Error(`The bucket ${bucket} at ${endpoint} cannot be reached. Check \`STORE_URL\` and the network.`, { cause })
  const refusal = async (response: Response) => {
    const code = /<Code>([^<]*)<\/Code>/.exec(await response.text())?.[1] ?? ''
    return new Error(
      `The bucket ${bucket} at ${endpoint} answers ${response.status} ${code}`.trimEnd() +
        '. Check `STORE_URL`, the keys, and what they may do.',
    )
  }
  const absent = async (response: Response): Promise<boolean> => {
    if (response.status !== 404) return false
    // A bucket that does not exist is a wrong setting, not an empty store.
    if (/<Code>NoSuchBucket</.test(await response.clone().text())) throw await refusal(response)
    return true
  }

  return {
    async get(key) {
      const response = await ask(addressOf(key))
      if (await absent(response)) return undefined
      if (!response.ok) throw await refusal(response)
      return { bytes: new Uint8Array(await response.arrayBuffer()), etag: response.headers.get('etag') ?? '' }
    },
    async has(key) {
      const response = await ask(addressOf(key), { method: 'HEAD' })
      if (response.status === 404) return false
      if (!response.ok) throw await refusal(response)
      return true
    },
    async put(key, bytes, condition) {
      const headers = new Headers({ 'X-Amz-Content-Sha256': sha256(bytes) })
      if (condition && 'ifAbsent' in condition) headers.set('If-None-Match', '*')
      if (condition && 'ifMatch' in condition) headers.set('If-Match', condition.ifMatch)
      const response = await ask(addressOf(key), { method: 'PUT', body: Uint8Array.from(bytes), headers })
      const text = await response.clone().text()
      // 409 when another conditional write is under way; 404 when what was to match is gone.
      if (condition && [404, 409, 412].includes(response.status) && !text.includes('NoSuchBucket')) return undefined
      if (!response.ok) throw await refusal(response)
      return response.headers.get('etag') ?? ''
    },
    async delete(key) {
      const response = await ask(addressOf(key), { method: 'DELETE' })
      if (!response.ok && !(await absent(response))) throw await refusal(response)
    },
    async *list(start, pageSize = 1000) {
      for (let token = ''; ; ) {
        const query = new URLSearchParams({ 'list-type': '2', 'max-keys': String(pageSize), prefix: prefix + start })
        if (token) query.set('continuation-token', token)
        const response = await ask(`${root}?${query}`)
        if (!response.ok) throw await refusal(response)
        const page = await response.text()
        for (const [, item = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) yield listed(item, prefix)
        token = unescaped(/<NextContinuationToken>([^<]*)</.exec(page)?.[1] ?? '')
        if (!token) return
      }
    },
  }
}

function listed(item: string, prefix: string): { key: string; bytes: number; modified: Date } {
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(item)?.[1] ?? ''
  return {
    key: field('Key').slice(prefix.length),
    bytes: Number(field('Size')),
    modified: new Date(field('LastModified')),
  }
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!)
