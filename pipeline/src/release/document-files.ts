import { Edition, type EditionSummary, type Media } from 'content-schemas'
import { z } from 'zod'
import { paths } from '../channels/addresses.ts'
import type { Channel, Output, RenderedFile } from '../channels/channel.ts'
import type { Published, PublishedSource } from '../source.ts'

/*
 * The files a release has for a document beside those of the channels: its editions, its pictures, and what stands at
 * the addresses it had before.
 */

type Sourced = { source: PublishedSource; channels: readonly Channel[] }

/**
 * A document with its edition in the key order of the schema, so that no database shows in the bytes; or what is wrong
 * with the edition.
 */
export function readPublished({ live, history }: Published): Published | { malformed: string } {
  const { data, error } = Edition.safeParse(live)
  return data ? { live: data, history } : { malformed: `The edition is malformed. ${z.prettifyError(error)}` }
}

/**
 * Every edition of a document, and the pictures they show. Editions that `isReleased` are claimed by their path alone:
 * they are written once. An edition before a "gone" or a purge answers 410.
 */
export async function editionFiles(
  { live, history }: Published,
  { source }: Sourced,
  isReleased: (path: string) => boolean,
): Promise<{ files: RenderedFile[]; kept: string[] }> {
  const files: RenderedFile[] = []
  const kept: string[] = []
  for (const summary of history) {
    const path = paths.edition(summary.stamp)
    if (wasTakenBack(summary, history)) files.push(goneFile(path, live.tombstone?.reason ?? ''))
    else if (summary.stamp !== live.stamp && isReleased(path)) kept.push(path)
    else {
      const edition = summary.stamp === live.stamp ? live : await readEdition(summary.stamp, source)
      if (!edition) continue
      files.push({ path, type: 'application/json; charset=utf-8', body: JSON.stringify(edition) })
      for (const picture of await pictureFiles(edition, source, isReleased))
        if ('path' in picture) files.push(picture)
        else kept.push(picture.kept)
    }
  }
  return { files, kept }
}

async function readEdition(stamp: string, source: PublishedSource): Promise<Edition | undefined> {
  const edition = await source.edition(stamp)
  try {
    return edition && Edition.safeParse(edition).data
  } catch {
    // Nested deeper than the stack is. It was never published, and has no file.
    return undefined
  }
}

const wasTakenBack = ({ number }: EditionSummary, history: EditionSummary[]): boolean =>
  history.some((later) => later.number > number && (later.act === 'gone' || later.act === 'purge'))

/** The renditions readers may meet; those for print are inside the PDF. */
async function pictureFiles(
  edition: Edition,
  source: PublishedSource,
  isReleased: (path: string) => boolean,
): Promise<(RenderedFile | { kept: string })[]> {
  const files: (RenderedFile | { kept: string })[] = []
  for (const { sha256, type, purpose } of mediaOf(edition).flatMap((media) => media.renditions)) {
    const path = paths.object(sha256)
    if (purpose === 'print') continue
    if (isReleased(path)) files.push({ kept: path })
    else {
      const body = await source.asset(sha256)
      if (body) files.push({ path, type, body })
    }
  }
  return files
}

const mediaOf = ({ records, articles }: Edition): Media[] =>
  [records, ...articles.map((held) => held.records)].flatMap((held) => Object.values(held?.media ?? {}))

/**
 * What stands at the addresses a document had and has no more: a redirect for each slug it had before; for a document
 * that is no longer published, a 410 where its channels say nothing themselves.
 */
export async function formerFiles(published: Published, { source, channels }: Sourced): Promise<RenderedFile[]> {
  const last = published.live.document ? published.live : await lastContent(published, source)
  if (!last) return []
  const target = published.live.document ? last : renamed(last, published.live.tombstone?.to ?? null)
  const files: RenderedFile[] = []
  if (!published.live.document && !target)
    for (const { path } of outputsOf(channels, last, published))
      files.push(goneFile(path, published.live.tombstone?.reason ?? ''))
  if (target)
    for (const slug of formerSlugs(published, target))
      files.push(
        ...redirects(outputsOf(channels, renamed(last, slug)!, published), outputsOf(channels, target, published)),
      )
  return files
}

async function lastContent({ history }: Published, source: PublishedSource): Promise<Edition | undefined> {
  const summary = history.find((edition) => edition.contentHash !== null)
  return summary && readEdition(summary.stamp, source)
}

const formerSlugs = ({ live, history }: Published, target: Edition): string[] => [
  ...new Set([live, ...history].map((edition) => edition.slug).filter((slug) => slug !== target.slug)),
]

/** The same edition under another slug. */
const renamed = (edition: Edition, slug: string | null): Edition | undefined =>
  slug === null ? undefined : { ...edition, slug, document: edition.document && { ...edition.document, slug } }

type Named = { channel: string; output: Output; path: string }

const outputsOf = (channels: readonly Channel[], live: Edition, { history }: Published): Named[] =>
  channels.flatMap((channel) =>
    channel.outputs({ live, history }).map((output) => ({ channel: channel.name, output, path: output.path })),
  )

/** From each output to the output of the same name, where the path differs. */
function redirects(from: Named[], to: Named[]): RenderedFile[] {
  return from.flatMap(({ channel, output, path }) => {
    const target = to.find((other) => other.channel === channel && other.output.name === output.name)
    if (!target || to.some((other) => other.path === path)) return []
    return [{ path, type: 'text/plain; charset=utf-8', body: '', status: 301, location: target.path }]
  })
}

/** A problem document (RFC 9457) in place of what is gone. */
function goneFile(path: string, detail: string): RenderedFile {
  const problem = { type: 'about:blank', title: 'Gone', status: 410, ...(detail && { detail }) }
  return { path, type: 'application/problem+json', body: `${JSON.stringify(problem)}\n`, status: 410 }
}
