import type { Act, Edition, EditionSummary, Locale, Site } from 'content-schemas'

/** A step in the life of what is published: `cursor` grows with every act. */
export type Change = { uid: string; locale: Locale; act: Act; cursor: number }

/** A document as it stands: its live edition (or tombstone) and all editions it had, newest first, the live one included. */
export type Published = { live: Edition; history: EditionSummary[] }

/** When a resource was last confirmed, and how often it has to be; `cursor` grows with every confirmation. */
export type Assurance = { resource: string; assuredDate: string | null; verifyEveryDays: number; cursor: number }

/** The port through which published rows arrive. The CMS implements it over its editions, a folder of Markdown for use without a CMS. */
export type PublishedSource = {
  /** Acts after a cursor (0: all), oldest first. A document may appear more than once. */
  changes(after: number): AsyncIterable<Change>
  /** Confirmations after a cursor of their own (0: all), oldest first. The newest of a resource holds, whatever an edition froze. */
  assurances(after: number): AsyncIterable<Assurance>
  /** A document's live edition and history; undefined if it never had one. */
  document(uid: string, locale: Locale): Promise<Published | undefined>
  /** Any edition ever made, by its stamp; undefined if there is none or it was purged. */
  edition(stamp: string): Promise<Edition | undefined>
  /** The publication in a language. */
  site(locale: Locale): Promise<Site>
  /** Bytes of a rendition, by their hash; undefined if they are not to be had. */
  asset(sha256: string): Promise<Uint8Array | undefined>
}
