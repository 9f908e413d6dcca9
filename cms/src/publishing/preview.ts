import { type Article, type EditionSummary, locales, type Records, type Site } from 'content-schemas'
import { createLocalReq, type Payload, type PayloadRequest } from 'payload'
import { paths } from 'pipeline/channels/addresses.ts'
import type { Channel, Row as ListedRow, RenderedFile } from 'pipeline/channels/channel.ts'
import { styles } from 'pipeline/channels/site/styles.ts'
import { dayOf } from 'pipeline/clock.ts'
import { compile, type Environment, prepare, type Read } from 'pipeline/compile.ts'
import { contentHash, stampOf } from 'pipeline/identity.ts'
import type { Published } from 'pipeline/source.ts'
import { readAsset } from '../assets.ts'
import { clockOf } from './clock.ts'
import { historyOf, liveEdition, type Reference } from './editions.ts'
import { examine } from './gate.ts'
import { newestRow, siteIn } from './records.ts'

/** One file of a document: of which channel, under which name. */
export type Form = { channel: Channel; output: string }

/** A file of a draft, or why there is none. */
export type Preview = { file: RenderedFile } | { refused: string }

/**
 * Compiles one file of the newest draft of an article, as the release would once it is published: with the release's own
 * code, and without a release. Writes nothing. Undefined if there is no such article.
 */
export async function compileDraft(
  payload: Payload,
  reference: Reference,
  { channel, output }: Form,
  typeset: Environment['typeset'] = typesetNothing,
): Promise<Preview | undefined> {
  const req = await createLocalReq({}, payload)
  const row = await newestRow(req, 'articles', reference)
  if (!row) return undefined
  const { document, records, messages } = await examine(req, 'articles', row)
  if (document?.kind !== 'article' || !records)
    return { refused: messages.map(({ reason, fix = '' }) => `${reason} ${fix}`.trim()).join('\n') }
  return compileText(payload, { document, records }, { channel, output }, typeset)
}

/** The same of a text that was frozen, with the records it showed then. */
export async function compileText(
  payload: Payload,
  { document, records }: { document: Article; records: Records },
  { channel, output }: Form,
  typeset: Environment['typeset'] = typesetNothing,
): Promise<Preview> {
  const req = await createLocalReq({}, payload)
  const published = await asPublished(req, document, records)
  const bare = environmentOf(await siteIn(req, document.locale), dayOf(clockOf(payload).now()))
  const only = [{ ...channel, outputs: (one: Published) => channel.outputs(one).filter(named(output)) }]
  // What else it shows comes out when it is compiled; then it is fetched.
  const { reads } = await compile(published, bare, only)
  const rows = await rowsFor(req, reads, bare)
  const { files, failed } = await compile(published, { ...bare, ...rows, typeset }, only)
  if (files[0]) return { file: files[0] }
  const error = failed[0]?.error
  return { refused: error instanceof Error ? error.message : String(error) }
}

const named =
  (output: string) =>
  ({ name }: { name: string }): boolean =>
    name === output

/** The next edition, had it been published now. */
async function asPublished(req: PayloadRequest, document: Article, records: Records): Promise<Published> {
  const { kind, uid, locale, slug, title } = document
  const earlier = await historyOf(req, { uid, locale })
  const number = (earlier[0]?.number ?? 0) + 1
  const summary: EditionSummary = {
    ...{ uid, locale, number, slug, title, act: 'publish', major: number === 1, changeNote: '' },
    ...{ stamp: stampOf(uid, locale, number), contentHash: contentHash(document) },
    at: clockOf(req.payload).now().toISOString(),
  }
  const nothing = { articles: [], tombstone: null, waivers: [], sample: false }
  return { live: { ...summary, kind, document, records, ...nothing }, history: [summary, ...earlier] }
}

const typesetNothing: Environment['typeset'] = () => Promise.reject(new Error('Nothing is typeset here.'))

/** Surroundings in which no other document is published, and nothing is typeset. */
const environmentOf = (site: Site, today: string): Environment => ({
  ...{ site, today, asset: readAsset },
  row: () => undefined,
  translations: () => [],
  // The records of a draft are as they are now.
  assurance: () => undefined,
  typeset: typesetNothing,
})

/** What was looked up of other documents, as they are published. */
async function rowsFor(
  req: PayloadRequest,
  reads: readonly Read[],
  bare: Environment,
): Promise<Pick<Environment, 'row' | 'translations'>> {
  const found = new Map<string, ListedRow>()
  const keyOf = ({ uid, locale }: Reference) => `${uid} ${locale}`
  for (const read of reads)
    for (const reference of referencesOf(read)) {
      const live = await liveEdition(req, reference)
      if (!live) continue
      const history = await historyOf(req, reference)
      found.set(keyOf(reference), prepare({ live, history }, bare).row)
    }
  return {
    row: (uid, locale) => found.get(keyOf({ uid, locale })),
    translations: (uid) => locales.flatMap((locale) => found.get(keyOf({ uid, locale })) ?? []),
  }
}

function referencesOf(read: Read): Reference[] {
  if (read.kind === 'row') return [read]
  if (read.kind !== 'translations') return []
  return locales.flatMap((locale) => (locale === read.locale ? [] : [{ uid: read.uid, locale }]))
}

/**
 * A page or mail that needs nothing from anywhere: with its style sheet and its pictures in it. Pictures of a draft are
 * not in the release yet, and a frame that is shut in may ask for nothing.
 */
export async function selfContained(html: string): Promise<string> {
  const hashes = new Set([...html.matchAll(ownPicture)].map(([, hash]) => hash!))
  const pictures = new Map<string, string>()
  for (const hash of hashes) {
    const bytes = await readAsset(hash)
    if (bytes) pictures.set(hash, `data:${typeOf(bytes)};base64,${Buffer.from(bytes).toString('base64')}`)
  }
  return (
    html
      .replace(/<source [^>]*>/g, '')
      // Neither runs nor shows there; each would be a complaint on the console.
      .replace(/<script type="module" src="[^"]*"><\/script>|<link rel="icon"[^>]*>/g, '')
      .replace(ownPicture, (whole, hash) => (pictures.has(hash) ? `<img src="${pictures.get(hash)}"` : whole))
      .replace(/<link rel="stylesheet"[^>]*>/, () => `<style>${styles}</style>`)
  )
}

// Templates write the address first. Text cannot hold a `<`.
const ownPicture = new RegExp(`<img src="[^"]*${paths.object('')}([0-9a-f]{64})"(?: srcset="[^"]*")?`, 'g')

/** The type of a rendition, from its first bytes. */
function typeOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff) return 'image/jpeg'
  return bytes[0] === 0x89 ? 'image/png' : 'image/webp'
}
