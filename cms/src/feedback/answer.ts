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

/** What people write between the digits of one number, seen or not; a comma and a space are between two of them. */
const between = String.raw`(?:[[\s\p{P}\p{Cf}]--[,:;!?%]]|,(?=\p{Nd})){0,3}`
/** Seven digits or more, of whatever script. Emergency and short numbers have fewer. */
const number = new RegExp(String.raw`\+?\(?\p{Nd}(?:${between}\p{Nd}){6,}`, 'gv')
const address = /[^\s@<>()[\]"']+@[^\s@<>()[\]"']+\.[^\s@<>()[\]"']+/gu

/**
 * Takes out what looks like a telephone number or an e-mail address, however its letters and digits are shaped. A comment
 * that is not too long does not become so by it: it is cut.
 */
export const masked = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(address, '[e-mail]')
    .replace(number, '[number]')
    .slice(0, Math.max(text.length, longestComment))

const link = /https?:\/\/|\bwww\.|\[url|<a\s/i

/**
 * Whether a program seems to have sent a comment: it holds a link that leads away from the site, which is what most of
 * them are for, or it came without what every browser says of its languages. A person may do either, so it is a doubt and
 * no refusal, and asks nothing of anybody.
 */
export const isDoubtful = (comment: string, siteUrl: string, languages: string | undefined): boolean =>
  !languages || link.test(comment.replaceAll(siteUrl, ''))
