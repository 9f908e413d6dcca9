import { Index } from 'content-schemas'
import { sha256 } from '../identity.ts'
import { type Bucket, type BucketPlace, openBucket } from './bucket.ts'
import { acquireLease, type Lease } from './lease.ts'
import type { Store } from './store.ts'

/*
 * objects/<sha256>     bytes
 * index.json           the index that stands, replaced by conditional writes only
 * releases/<n>.json    the index of release n, kept before its successor stands; empty once forgotten
 * lease.json           which machine changes what is kept
 */

const indexKey = 'index.json'
const objectKey = (hash: string): string => `objects/${hash}`
const releaseKey = (release: number): string => `releases/${release}.json`

/** Objects on their way at once. */
const mostUploads = 16
/** How long to wait for another machine that changes the store, milliseconds. */
const leaseWait = 120_000
/** An index forgotten so long ago is sought by no writer: its empty object goes too, milliseconds. */
const forgottenFor = 86_400_000

/**
 * A store in an S3 bucket, for any number of machines. The server has to answer `If-Match` and `If-None-Match: *` on PUT,
 * as Amazon S3, Cloudflare R2, MinIO and Ceph do.
 */
export function openS3Store(place: BucketPlace): Store {
  return s3Store(openBucket(place))
}

export function s3Store(bucket: Bucket, options: { patience?: number } = {}): Store {
  const uploads = new Uploads(bucket)
  const turn = new Turn(bucket, options.patience)

  const readIndexes = async (): Promise<{ key: string; release: number; bytes: number; modified: Date }[]> => {
    const found = []
    for await (const { key, ...rest } of bucket.list('releases/'))
      found.push({ key, release: Number(/(\d+)\.json$/.exec(key)?.[1]), ...rest })
    return found.sort((a, b) => b.release - a.release)
  }
  const readIndex = async () => {
    const found = await bucket.get(indexKey)
    return found && { index: indexOf(found.bytes), ...found }
  }

  return {
    async putObject(bytes) {
      await turn.confirm()
      return uploads.add(bytes)
    },
    hasObject: async (hash) => uploads.bytesOf(hash) !== undefined || (await bucket.has(objectKey(hash))),
    readObject: async (hash) => uploads.bytesOf(hash) ?? (await bucket.get(objectKey(hash)))?.bytes,
    async deleteObject(hash) {
      await turn.confirm()
      await uploads.forget(hash)
      await bucket.delete(objectKey(hash))
    },
    async *objects() {
      for await (const { key, bytes, modified } of bucket.list('objects/'))
        yield { sha256: key.slice('objects/'.length), bytes, written: modified }
    },
    sync: () => uploads.finish(),
    readIndex: async () => (await readIndex())?.index,
    async swapIndex(next, previous) {
      await turn.confirm()
      const standing = await readIndex()
      if ((standing?.index.release ?? 0) !== previous) return false
      // Before its successor stands, so that none is missing. A writer far behind finds the key taken, if only by emptiness.
      if (standing) await bucket.put(releaseKey(previous), standing.bytes, { ifAbsent: true })
      const condition = standing ? { ifMatch: standing.etag } : ({ ifAbsent: true } as const)
      if ((await bucket.put(indexKey, bytesOf(next), condition)) !== undefined) return true
      return (await readIndex())?.index.signed === next.signed
    },
    async recentIndexes() {
      const standing = (await readIndex())?.index
      if (!standing) return []
      const earlier = (await readIndexes()).filter(({ release, bytes }) => bytes > 0 && release < standing.release)
      const read = await Promise.all(earlier.map(({ key }) => bucket.get(key)))
      const kept = read.filter((found) => found !== undefined && found.bytes.length > 0)
      return [standing, ...kept.map((found) => indexOf(found!.bytes))]
    },
    async forgetIndexes(keep) {
      await turn.confirm()
      const standing = (await readIndex())?.index
      const earlier = (await readIndexes()).filter(({ release }) => release !== standing?.release)
      for (const { key } of earlier.filter(({ bytes }) => bytes > 0).slice(Math.max(0, keep - 1)))
        await bucket.put(key, new Uint8Array())
      for (const { key, bytes, modified } of earlier)
        if (bytes === 0 && Date.now() - modified.getTime() > forgottenFor) await bucket.delete(key)
    },
    exclusively: (work) =>
      turn.take(async () => {
        uploads.renew()
        try {
          return await work()
        } finally {
          // Nothing may arrive after the turn is over; what failed was reported by `sync`, or is of no use.
          await uploads.finish().catch(() => undefined)
        }
      }),
  }
}

/** Objects on their way. They are read from here until they have arrived. */
class Uploads {
  private readonly underWay = new Map<string, { bytes: Uint8Array; done: Promise<void> }>()
  private readonly arrived = new Set<string>()
  private failure: { error: unknown } | undefined

  constructor(private readonly bucket: Bucket) {}

  bytesOf = (hash: string): Uint8Array | undefined => this.underWay.get(hash)?.bytes

  /** Another machine may have removed what had arrived. */
  renew(): void {
    this.arrived.clear()
  }

  async add(bytes: Uint8Array): Promise<string> {
    const hash = sha256(bytes)
    if (this.arrived.has(hash) || this.underWay.has(hash)) return hash
    while (this.underWay.size >= mostUploads) await Promise.race([...this.underWay.values()].map(({ done }) => done))
    if (!this.underWay.has(hash)) this.underWay.set(hash, { bytes, done: this.send(hash, bytes) })
    return hash
  }

  private async send(hash: string, bytes: Uint8Array): Promise<void> {
    try {
      if (!(await this.bucket.has(objectKey(hash)))) await this.bucket.put(objectKey(hash), bytes)
      this.arrived.add(hash)
    } catch (error) {
      this.failure ??= { error }
    } finally {
      this.underWay.delete(hash)
    }
  }

  async forget(hash: string): Promise<void> {
    await this.underWay.get(hash)?.done
    this.arrived.delete(hash)
  }

  /** Waits until all have arrived; throws what the first that did not ran into. */
  async finish(): Promise<void> {
    await Promise.all([...this.underWay.values()].map(({ done }) => done))
    const { failure } = this
    this.failure = undefined
    if (failure) throw failure.error
  }
}

/**
 * Turns of this process, one at a time. Only with the first change in one is the lease taken: who finds nothing to do asks
 * nobody.
 */
class Turn {
  private lease: Promise<Lease> | undefined
  private isTaken = false
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly bucket: Bucket,
    private readonly patience: number | undefined,
  ) {}

  take<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(async () => {
      this.isTaken = true
      try {
        return await work()
      } finally {
        this.isTaken = false
        const { lease } = this
        this.lease = undefined
        await (await lease?.catch(() => undefined))?.release()
      }
    })
    this.last = result.catch(() => undefined)
    return result
  }

  /** Before each change: inside of a turn this machine must have the lease. */
  async confirm(): Promise<void> {
    if (!this.isTaken) return
    const { patience } = this
    this.lease ??= acquireLease(this.bucket, 'lease.json', {
      purpose: 'making a release',
      wait: leaseWait,
      ...(patience === undefined ? {} : { patience }),
    })
    const lease = await this.lease
    lease.confirm()
  }
}

const bytesOf = (index: Index): Uint8Array => new TextEncoder().encode(`${JSON.stringify(index, null, 2)}\n`)
const indexOf = (bytes: Uint8Array): Index => Index.parse(JSON.parse(new TextDecoder().decode(bytes)))
