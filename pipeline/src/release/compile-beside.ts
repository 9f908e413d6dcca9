import type { Edition, Locale, Site } from 'content-schemas'
import { bytesOf, type Channel, type RenderedFile, type Row } from '../channels/channel.ts'
import { type Compiled, compile, type Environment } from '../compile.ts'
import type { Assurance, Published } from '../source.ts'
import { compressed, type Encodings, isEncodable } from './encode.ts'

/*
 * A document compiled in another thread: what is sent there, what comes back. Answers to look-ups are sent along, for a
 * thread cannot ask in the middle of a compile.
 */

/** All that a thread needs of a document. */
export type CompileJob = {
  /** The document, as JSON. */
  published: string
  site: Site
  today: string
  /** What was looked up for it beforehand, each uid that it may look up among them. */
  rows: Row[]
  known: string[]
  assurances: Assurance[]
}

/** A file ready to be kept: its bytes, and their compressed forms where it is worth it. */
export type PackedFile = Omit<RenderedFile, 'body'> & { body: Uint8Array; encodings?: Encodings }
export type PackedDocument = Omit<Compiled, 'files'> & { files: PackedFile[] }

/**
 * The uids that compiling a document may look up rows of: itself, what it names as related, what its texts link to and
 * what an issue holds.
 */
export function lookUpsOf({ live: { uid, document, articles } }: Published, json: string): Set<string> {
  const links = json.matchAll(/article:([0-9a-f-]{36})/g)
  const related = [document, ...articles.map(({ article }) => article)].flatMap((each) =>
    each?.kind === 'article' ? each.related : [],
  )
  return new Set([uid, ...related, ...articles.map(({ article }) => article.uid), ...[...links].map(([, to]) => to!)])
}

/** The resources whose confirmations compiling a document looks up. */
export const resourcesOf = ({ records, articles }: Edition): string[] => [
  ...new Set([records, ...articles.map((held) => held.records)].flatMap((held) => Object.keys(held?.resources ?? {}))),
]

/** Compiles pass 1 of a document. Undefined if it looked up something that was not sent along. */
export async function compileBeside(
  { published, site, today, rows, known, assurances }: CompileJob,
  channels: readonly Channel[],
): Promise<PackedDocument | undefined> {
  const names = new Set(known)
  let lacks = false
  const answered = (uid: string) => {
    lacks ||= !names.has(uid)
    return rows.filter((row) => row.uid === uid)
  }
  const environment: Environment = {
    site,
    today,
    row: (uid: string, locale: Locale) => answered(uid).find((row) => row.locale === locale),
    translations: answered,
    assurance(uid) {
      lacks ||= !names.has(uid)
      return assurances.find(({ resource }) => resource === uid)
    },
    async asset() {
      lacks = true
      return undefined
    },
    typeset: () => Promise.reject(new Error('Nothing is typeset in the first pass.')),
  }
  const { files, failed, ...compiled } = await compile(JSON.parse(published) as Published, environment, channels, 1)
  if (lacks) return undefined
  return {
    ...compiled,
    files: await Promise.all(files.map(packed)),
    // An error is more than can be sent.
    failed: failed.map((each) => ({
      ...each,
      error: each.error instanceof Error ? each.error.message : String(each.error),
    })),
  }
}

async function packed({ body, ...file }: RenderedFile): Promise<PackedFile> {
  const bytes = bytesOf(body)
  const isWorthIt = isEncodable(file.path, { type: file.type, bytes: bytes.length })
  const encodings = isWorthIt ? await compressed(bytes, 0) : undefined
  return { ...file, body: bytes, ...(encodings ? { encodings } : {}) }
}
