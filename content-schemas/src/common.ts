import { z } from 'zod'

export const locales = ['en', 'es', 'ar'] as const
export const Locale = z.enum(locales).describe('Language of the text, a BCP 47 tag.')
export type Locale = z.infer<typeof Locale>

/** The writing direction of a locale, as the HTML attribute `dir` has it. */
export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr')

export const Uid = z
  .uuid()
  .describe(
    'Identity of a record: a UUID, made when the record is created and kept through export, import and a change of database.',
  )
export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .max(96)
  .describe('Readable part of an address: lower-case letters, digits and single hyphens.')
export const Day = z.iso.date().describe('A calendar day, `YYYY-MM-DD`.')
export const Instant = z.iso.datetime().describe('A moment in UTC, RFC 3339, such as `2026-01-31T09:00:00.000Z`.')
export const Sha256 = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256 of the bytes, 64 lower-case hexadecimal digits.')
/** The digits of a stamp: Crockford's base 32 without I, L, O and U, so that nothing on paper is misread. */
export const stampPattern = /^[0-9A-HJKMNP-TV-Z]{10}$/
export const Stamp = z
  .string()
  .regex(stampPattern)
  .describe('Short name of an edition, printed on paper: 10 characters of Crockford base 32.')
export const WebAddress = z
  .string()
  .regex(/^https?:\/\/[^\s"<>\\^`{|}]+$/)
  .max(2000)
  .describe('An absolute http or https address.')
/** One line of plain text. */
export const Line = z.string().min(1).max(400)
