import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Article, Edition, EditionSummary, Locale } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import type { Channel } from 'pipeline/channels/channel.ts'
import { clockAt } from 'pipeline/clock.ts'
import { contentHash, stampOf } from 'pipeline/identity.ts'
import { openFilesystemStore } from 'pipeline/release/filesystem.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import { type ReconcileOptions, reconcile } from 'pipeline/release/reconcile.ts'
import { type Signer, signerOf } from 'pipeline/release/sign.ts'
import type { Store } from 'pipeline/release/store.ts'
import type { Assurance, Change, PublishedSource } from 'pipeline/source.ts'
import { published, site } from '../pipeline/documents.ts'

/** Acts in memory, as the CMS keeps them in its editions. */
export class Publication implements PublishedSource {
  readonly log: Change[] = []
  readonly confirmations: Assurance[] = []
  readonly editions = new Map<string, Edition>()
  readonly assets = new Map<string, Uint8Array>()
  site = async () => this.theSite
  asset = async (sha256: string) => this.assets.get(sha256)
  edition = async (stamp: string) => this.editions.get(stamp)
  private at = Date.parse('2026-04-01T08:00:00.000Z')
  private readonly histories = new Map<string, Edition[]>()

  constructor(public theSite = site) {}

  async *changes(after: number): AsyncIterable<Change> {
    yield* this.log.filter(({ cursor }) => cursor > after)
  }

  async *assurances(after: number): AsyncIterable<Assurance> {
    yield* this.confirmations.filter(({ cursor }) => cursor > after)
  }

  /** Confirms a resource, which makes no edition. */
  confirm(resource: string, assuredDate: string | null, verifyEveryDays = 180): void {
    this.confirmations.push({ resource, assuredDate, verifyEveryDays, cursor: this.confirmations.length + 1 })
  }

  async document(uid: string, locale: Locale) {
    const editions = this.histories.get(`${uid}.${locale}`)
    return editions && { live: editions[0]!, history: editions.map(summaryOf) }
  }

  /** Publishes a document as its next edition. */
  publish(document: Article, changes: Partial<Edition> = {}): Edition {
    return this.append(document.uid, document.locale, {
      ...published(document).live,
      contentHash: contentHash(document),
      ...changes,
    })
  }

  /** Ends a document: withdraw, gone, redirect or purge. */
  end(
    uid: string,
    locale: Locale,
    act: Edition['act'],
    tombstone: Partial<Edition['tombstone'] & object> = {},
  ): Edition {
    const before = this.histories.get(`${uid}.${locale}`)![0]!
    if (act === 'purge')
      for (const edition of this.histories.get(`${uid}.${locale}`)!) this.editions.delete(edition.stamp)
    return this.append(uid, locale, {
      ...before,
      act,
      document: null,
      records: null,
      contentHash: null,
      tombstone: { reason: 'It was wrong.', replacement: null, to: null, ...tombstone },
    })
  }

  private append(uid: string, locale: Locale, edition: Edition): Edition {
    const editions = this.histories.get(`${uid}.${locale}`) ?? []
    const number = editions.length + 1
    this.at += 60_000
    const next = { ...edition, number, stamp: stampOf(uid, locale, number), at: new Date(this.at).toISOString() }
    this.histories.set(`${uid}.${locale}`, [next, ...editions])
    this.editions.set(next.stamp, next)
    this.log.push({ uid, locale, act: next.act, cursor: this.log.length + 1 })
    return next
  }
}

function summaryOf({
  uid,
  locale,
  number,
  stamp,
  act,
  major,
  changeNote,
  at,
  slug,
  title,
  contentHash,
}: Edition): EditionSummary {
  return { uid, locale, number, stamp, act, major, changeNote, at, slug, title, contentHash }
}

const json = (path: string, value: unknown, more: { status?: 200 | 410 } = {}) => ({
  path,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
  ...more,
})

/** The least a channel can be: a file an article, one that takes long, and a list. */
export const plain: Channel = {
  name: 'plain',
  outputs: ({ live: { locale, slug, kind, document } }) =>
    kind !== 'article'
      ? []
      : [
          { name: 'json', path: paths.article(locale, slug, 'json'), pass: 1, tree: true },
          ...(document
            ? [{ name: 'slow', path: paths.handout(locale, slug, 'a4.standard'), pass: 2 as const, tree: true }]
            : []),
        ],
  async render(_, { edition, review, notice, row, outline }, { path, name }) {
    const { document, stamp } = edition
    if (document?.kind !== 'article') return json(path, { stamp, notice }, { status: 410 })
    if (document.title.includes(`unfit for ${name}`)) throw new Error('It does not fit.')
    if (name === 'slow') return { path, type: 'application/pdf', body: new TextEncoder().encode(`%PDF ${stamp}`) }
    const related = document.related.map((uid) => row(uid, edition.locale)?.title ?? null)
    return json(path, { stamp, title: document.title, review, notice, related, outline, body: document.body })
  },
  lists: ({ rows, locale }) => {
    const titles = rows.filter((row) => row.locale === locale && !row.tombstone).map(({ title }) => title)
    return [{ path: paths.feed(locale), key: titles.join(), render: () => json(paths.feed(locale), { titles }) }]
  },
}

/** A private key for tests, the same each time. */
const key = {
  kty: 'OKP',
  crv: 'Ed25519',
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
}
export const signer = (): Promise<Signer> => signerOf([key])

/** A store and a state folder for a publication. */
export async function workspace(source: PublishedSource, defaults: Partial<ReconcileOptions> = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'signpost-release-'))
  const store = await openFilesystemStore(join(folder, 'release'))
  const options: ReconcileOptions = {
    store,
    source,
    signer: await signer(),
    channels: [plain],
    version: 'test',
    stateFolder: join(folder, 'state'),
    clock: clockAt('2026-05-01T12:00:00.000Z'),
    typeset: async () => new Uint8Array(),
    ...defaults,
  }
  return {
    folder,
    store,
    options,
    reconcile: (more: Partial<ReconcileOptions> = {}) => reconcile({ ...options, ...more }),
    entry: async (path: string) => (await readPaths(store, await store.readIndex())).get(path),
    read: (path: string) => readText(store, path),
    json: async (path: string) => JSON.parse((await readText(store, path)) ?? 'null'),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** The text at a public path of the release that stands. */
export async function readText(store: Store, path: string): Promise<string | undefined> {
  const entry = (await readPaths(store, await store.readIndex())).get(path)
  const bytes = entry && (await store.readObject(entry.object))
  return bytes && new TextDecoder().decode(bytes)
}

/** Every file below a folder, by its path in it. */
export async function filesIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = await Promise.all(
    files.sort().map(async (path) => [path.slice(folder.length), await readFile(path, 'base64')]),
  )
  return Object.fromEntries(contents)
}
