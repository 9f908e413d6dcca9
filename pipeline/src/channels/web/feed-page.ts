import type { Feed, Locale, Topic } from 'content-schemas'
import { phrasesOf } from '../../phrases/index.ts'
import { handoutFormats, paths } from '../addresses.ts'
import type { Row } from '../channel.ts'

/** One page of a feed. `page` is its number in the address, 1 for the newest. */
export type FeedPage = { topic: Topic | undefined; page: number; next: number | undefined; rows: readonly Row[] }

export const feedTitle = (site: string, topic: Topic | undefined): string => (topic ? `${topic.name} – ${site}` : site)

export const attachmentsOf = (siteUrl: string, locale: Locale, slug: string): Feed['items'][number]['attachments'] =>
  handoutFormats.map((format) => ({
    url: siteUrl + paths.handout(locale, slug, format),
    mime_type: 'application/pdf',
    title: phrasesOf(locale).printPdf,
  }))
