import { Edition } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { message, type Outgoing } from 'pipeline/deliver/index.ts'
import { readPaths } from 'pipeline/release/manifest.ts'
import type { Store } from 'pipeline/release/store.ts'

/** One issue to one address: what a row of the delivery queue holds. */
export type DeliveryPayload = { stamp: string; to: string }

/** The queue of mails, in the ledger. */
export const deliveryQueue = 'delivery'
/** The key of a delivery: an issue goes to an address once. */
export const deliveryKey = ({ stamp, to }: DeliveryPayload): string => `${stamp}|${to.toLowerCase()}`

/** The issue is not in the release, or another edition of it is. Nothing is sent. */
export class NotReleasedError extends Error {
  override name = 'NotReleasedError'
}

/**
 * The mail of a delivery, with the very bytes of the archive: read from the release, not made anew. Throws
 * `NotReleasedError` if the release does not hold this edition as the live one.
 */
export async function outgoingOf(store: Store, { stamp, to }: DeliveryPayload, from: string): Promise<Outgoing> {
  const read = await readerOf(store)
  const edition = Edition.safeParse(JSON.parse((await read(paths.edition(stamp))) ?? 'null')).data
  if (edition?.document?.kind !== 'issue')
    throw new NotReleasedError(`There is no issue ${stamp} in the release. Publish it, then send it.`)
  const { locale, slug, at } = edition
  const { newsletter, subject } = edition.document
  const html = await read(paths.issueEmail(locale, slug, 'html'))
  const text = await read(paths.issueEmail(locale, slug, 'txt'))
  if (html === undefined || text === undefined)
    throw new NotReleasedError(`“${subject}” is no longer published. Publish it again, then send it.`)
  return message({
    ...{ to, subject, html, text, date: new Date(at), identity: stamp, list: newsletter.slug },
    from: { name: newsletter.sender, address: from },
    replyTo: newsletter.replyTo,
  })
}

async function readerOf(store: Store): Promise<(path: string) => Promise<string | undefined>> {
  const entries = await readPaths(store, await store.readIndex())
  return async (path) => {
    const entry = entries.get(path)
    if (entry?.status !== 200) return undefined
    const bytes = await store.readObject(entry.object)
    return bytes && new TextDecoder().decode(bytes)
  }
}
