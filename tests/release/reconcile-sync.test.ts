import { createClient, memoryCopy } from 'content-schemas/client'
import { web } from 'pipeline/channels/web/index.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { startReconciler } from 'pipeline/release/reconciler.ts'
import type { Store } from 'pipeline/release/store.ts'
import { readStore, verify } from 'pipeline/release/verify.ts'
import { createFront } from 'pipeline/serve/index.ts'
import { expect, test } from 'vitest'
import { article, uid } from '../pipeline/documents.ts'
import { Publication, signer, workspace } from './publication.ts'
import { generator, seedOf } from './random.ts'

const acts = 200
const documents = 24
const now = () => new Date('2026-05-02T00:00:00Z')

const endings = ['withdraw', 'gone', 'redirect'] as const
type Kind = 'publish' | 'rename' | (typeof endings)[number]

/** Acts of editors, at random: publishing, renaming, withdrawing, ending and redirecting, and publishing again. */
class Editors {
  /** How many there were of each kind. */
  readonly done: Record<Kind, number> = { publish: 0, rename: 0, withdraw: 0, gone: 0, redirect: 0 }
  private readonly slugs = new Map<number, string>()
  private made = 0

  constructor(
    private readonly publication: Publication,
    private readonly random: () => number,
  ) {}

  act(): void {
    this.made += 1
    const number = 1 + this.upTo(documents)
    const slug = this.slugs.get(number)
    const kind = slug === undefined ? 'publish' : this.kind()
    this.done[kind] += 1
    if (kind === 'publish') this.publish(number, slug ?? this.freeSlug())
    else if (kind === 'rename') this.publish(number, this.freeSlug())
    else {
      this.publication.end(uid(100 + number), 'en', kind, { to: `slug-${this.upTo(documents)}` })
      this.slugs.delete(number)
    }
  }

  private kind(): Kind {
    const chance = this.random()
    if (chance < 0.2) return this.oneOf(endings)
    return chance < 0.5 ? 'rename' : 'publish'
  }

  private publish(number: number, slug: string): void {
    const related = [uid(101 + this.upTo(documents))]
    this.publication.publish(article({ uid: uid(100 + number), slug, title: `Act ${this.made}`, related }))
    this.slugs.set(number, slug)
  }

  /** Former addresses are used again, though never two at once. */
  private freeSlug(): string {
    const taken = new Set(this.slugs.values())
    return this.oneOf(
      Array.from({ length: 2 * documents }, (_, slug) => `slug-${slug}`).filter((slug) => !taken.has(slug)),
    )
  }

  private upTo = (count: number): number => Math.floor(this.random() * count)
  private oneOf = <T>(choices: readonly T[]): T => choices[this.upTo(choices.length)]!
}

/** What every path of a release answers, but for the change log. */
async function objectsOf(store: Store): Promise<Record<string, unknown>> {
  const released = [...(await readPaths(store, await store.readIndex())).entries()]
  const entries = released.filter(([path]) => !path.startsWith('/v1/changes/'))
  return Object.fromEntries(entries.map(([path, { object, status, location }]) => [path, { object, status, location }]))
}

test(`a consumer that keeps in step during ${acts} acts ends with what a fresh copy holds`, async () => {
  const random = generator(seedOf('Random acts'))
  const publication = new Publication()
  const place = await workspace(publication, { channels: [web] })
  const reconciler = startReconciler({ ...place.options, interval: 20 })
  await reconciler.settled()
  const front = createFront({ store: place.store, interval: 10 })
  const site = `http://127.0.0.1:${await front.listen(0)}`
  const open = async () => createClient({ site, keys: [(await signer()).kid], now })

  const copy = memoryCopy()
  const consumer = await open()
  let isOver = false
  let synced = 0
  const consuming = (async () => {
    while (!isOver) {
      await consumer.sync(copy)
      synced += 1
      await new Promise((resolve) => setTimeout(resolve, random() * 60))
    }
  })()
  const editors = new Editors(publication, random)
  for (let act = 0; act < acts; act++) {
    editors.act()
    if (random() < 0.4) await reconciler.settled()
    else reconciler.wake()
  }
  await reconciler.settled()
  await reconciler.stop()
  isOver = true
  await consuming

  const stands = (await place.store.readIndex())!.release
  while (front.release() < stands) await new Promise((resolve) => setTimeout(resolve, 5))
  await consumer.sync(copy)
  const fresh = memoryCopy()
  await (await open()).sync(fresh)
  const kinds = Object.entries(editors.done).map(([kind, times]) => `${times} × ${kind}`)
  console.log(`${kinds.join(', ')}; ${stands} releases, synced ${synced} times, ${fresh.files.size} paths`)
  const { publish, rename, withdraw } = editors.done
  expect(Math.min(publish, rename, withdraw, synced)).toBeGreaterThan(1)
  expect(new Map([...copy.files].sort())).toEqual(new Map([...fresh.files].sort()))
  await verify(readStore(place.store), { now: now() })

  // What was made in many steps is what is made of it anew.
  const stepwise = await objectsOf(place.store)
  const anew = await workspace(publication, {
    ...place.options,
    store: place.store,
    stateFolder: `${place.folder}/new`,
  })
  await anew.reconcile({ full: true })
  expect(await objectsOf(place.store)).toEqual(stepwise)
  await Promise.all([front.close(), anew.remove()])
  await place.remove()
})
