import { Locale, Stamp, Uid } from 'content-schemas'
import { longestComment } from 'pipeline/channels/site/feedback.tsx'
import { z } from 'zod'

/** What a reader said of an article. Nothing of who it was. */
export const Answer = z.strictObject({
  id: Uid,
  uid: Uid,
  locale: Locale,
  /** The edition that was read. */
  stamp: Stamp,
  helpful: z.enum(['yes', 'no']),
  comment: z.string().max(longestComment),
  /** UTC. */
  day: z.iso.date(),
  /** Whether a program seems to have sent it: an editor looks at it last. */
  isDoubtful: z.boolean().default(false),
})
export type Answer = z.infer<typeof Answer>

const digit = '[0-9٠-٩۰-۹]'
/** Seven digits or more, with what people write between them. Emergency and short numbers have fewer. */
const number = new RegExp(`[+＋]?\\(?${digit}(?:[\\s().\\-–/]{0,3}${digit}){6,}`, 'gu')
const address = /[^\s@<>()[\]"']+@[^\s@<>()[\]"']+\.[^\s@<>()[\]"']+/gu

/** Takes out what looks like a telephone number or an e-mail address. */
export const masked = (text: string): string => text.replace(address, '[e-mail]').replace(number, '[number]')

const link = /https?:\/\/|\bwww\.|\[url|<a\s/i

/**
 * Whether a program seems to have sent a comment: it holds a link that leads away from the site, which is what most of
 * them are for, or it came without what every browser says of its languages. A person may do either, so it is a doubt and
 * no refusal, and asks nothing of anybody.
 */
export const isDoubtful = (comment: string, siteUrl: string, languages: string | undefined): boolean =>
  !languages || link.test(comment.replaceAll(siteUrl, ''))
