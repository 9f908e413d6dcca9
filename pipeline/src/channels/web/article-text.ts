import type { Article } from 'content-schemas'
import { formatDay, isolate, phrasesOf } from '../../phrases/index.ts'
import type { ResolvedRoot } from '../../tree.ts'
import { paths } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'
import { toText } from './text.ts'

/** The article as a file of plain text: what must be shown first, then the body, then what it rests on. */
export function articleText(tree: ResolvedRoot, context: RenderContext, article: Article): string {
  const { site, notice } = context
  const { title, summary, mainMessage, locale, licence } = article
  const phrases = phrasesOf(locale)
  const rule = '='.repeat(Math.min([...title].length, 72))
  const parts = [
    `${rule}\n${title}\n${rule}`,
    notice ?? '',
    site.emergency.map(({ text }) => text).join('\n'),
    summary,
    mainMessage && `${phrases.mainMessage}: ${mainMessage}`,
    toText(tree, locale),
    sourceList(article),
    imprint(context, article),
    phrases.attribution(title, site.publisher, licence || site.licence.name),
  ]
  return `${parts.filter(Boolean).join('\n\n')}\n`
}

function sourceList({ sources, locale }: Article): string {
  if (sources.length === 0) return ''
  const lines = sources.map(({ title, url }, index) => `[${index + 1}] ${title}. ${isolate(locale, url)}`)
  return [phrasesOf(locale).sources, ...lines].join('\n')
}

function imprint({ edition, records, site }: RenderContext, { authors, review, locale, slug }: Article): string {
  const phrases = phrasesOf(locale)
  const named = (label: string, uids: readonly string[]) => {
    const names = uids.flatMap((uid) => records.people[uid]?.name ?? [])
    return names.length > 0 ? `${label}: ${names.join(phrases.comma)}` : ''
  }
  const day = (label: string, value: string | null) => (value ? `${label}: ${formatDay(locale, value)}` : '')
  const lines = [
    named(phrases.writtenBy, authors),
    review.reviewer ? named(phrases.reviewedBy, [review.reviewer]) : phrases.notReviewed,
    day(phrases.lastReviewed, review.lastReviewed),
    day(phrases.nextReview, review.nextReview),
    `${phrases.edition(edition.number)}, ${isolate(locale, edition.stamp)}`,
    isolate(locale, site.url + paths.page(locale, slug)),
  ]
  return lines.filter(Boolean).join('\n')
}
