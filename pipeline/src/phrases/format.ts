import type { Locale, Resource } from 'content-schemas'
import type { Phrases } from './phrases.ts'

/*
 * Formats are fixed here, not taken from the machine: the same document has to give the same bytes everywhere.
 * Arabic keeps Latin digits: a day has to be found again in a PDF, an address or a telephone number, which all have
 * them, and people dial from what they read. `ar` alone gives either kind of digit, by the version of ICU.
 */
const dayFormats: Record<Locale, Intl.DateTimeFormat> = {
  en: dayFormat('en-GB'),
  es: dayFormat('es'),
  ar: dayFormat('ar-u-nu-latn'),
}

/** Formatted before. A page asks for the same few again and again, and Intl takes its time. */
const known = new Map<string, string>()
/** Most that are remembered: content may name any. */
const mostKnown = 10_000

function remembered(name: string, format: () => string): string {
  const before = known.get(name)
  if (before !== undefined) return before
  if (known.size >= mostKnown) known.clear()
  const formatted = format()
  known.set(name, formatted)
  return formatted
}

function dayFormat(tag: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(tag, {
    calendar: 'gregory',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** A day as people write it: `2026-05-03` is "3 May 2026". Takes a `Day` or an `Instant`, which counts as its day in UTC. */
export const formatDay = (locale: Locale, day: string): string =>
  remembered(`${locale} ${day}`, () => dayFormats[locale].format(Date.parse(day)))

const languageNames: Record<Locale, Intl.DisplayNames> = {
  en: new Intl.DisplayNames('en', { type: 'language' }),
  es: new Intl.DisplayNames('es', { type: 'language' }),
  ar: new Intl.DisplayNames('ar', { type: 'language' }),
}

/** The name of a language in another one, by its BCP 47 tag; what is no tag comes back as it is. */
export const formatLanguage = (locale: Locale, tag: string): string =>
  remembered(`${locale} language ${tag}`, () => {
    try {
      return languageNames[locale].of(tag) ?? tag
    } catch {
      return tag
    }
  })

const countryNames: Record<Locale, Intl.DisplayNames> = {
  en: new Intl.DisplayNames('en', { type: 'region' }),
  es: new Intl.DisplayNames('es', { type: 'region' }),
  ar: new Intl.DisplayNames('ar', { type: 'region' }),
}

/** The name of a country by its ISO 3166-1 code, or of the world by `001`. */
export const formatCountry = (locale: Locale, code: string): string =>
  withCapital(locale, countryNames[locale].of(code) ?? code)

/** With a capital letter, as a phrase has it that stands by itself. */
export const withCapital = (locale: Locale, text: string): string =>
  text.slice(0, 1).toLocaleUpperCase(locale) + text.slice(1)

const tags: Record<Locale, string> = { en: 'en-GB', es: 'es', ar: 'ar-u-nu-latn' }

/** The name of a day of the week, `0` for Monday. */
export const formatWeekday = (locale: Locale, day: number): string =>
  // The first of January 2024 was a Monday.
  new Intl.DateTimeFormat(tags[locale], { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, 0, 1 + day))

/** A time of day, `HH:MM`, as people write it: "9am", "9:30am", "9:00", "9:00 ص". */
export function formatTime(locale: Locale, time: string): string {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  if (locale === 'en') return `${hour % 12 || 12}${minute ? `:${time.slice(3)}` : ''}${hour < 12 ? 'am' : 'pm'}`
  const format = { hour: 'numeric', minute: '2-digit', hour12: locale === 'ar', timeZone: 'UTC' } as const
  return new Intl.DateTimeFormat(tags[locale], format).format(Date.UTC(2024, 0, 1, hour, minute))
}

/** What people call the clock of a place all the year round: "Eastern Time". */
export const formatTimeZone = (locale: Locale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: 'longGeneric' })
    .formatToParts(0)
    .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone

const lists: Record<Locale, Intl.ListFormat> = {
  en: new Intl.ListFormat('en-GB', { type: 'conjunction' }),
  es: new Intl.ListFormat('es', { type: 'conjunction' }),
  ar: new Intl.ListFormat('ar', { type: 'conjunction' }),
}

/** "a, b and c". */
export const formatList = (locale: Locale, items: string[]): string => lists[locale].format(items)

/**
 * Isolates a left-to-right run (number, address) inside plain text of another direction, by the characters of
 * Unicode's bidirectional algorithm (UAX 9, LRI and PDI). In left-to-right languages the run needs none.
 */
export const isolate = (locale: Locale, run: string): string => (locale === 'ar' ? `\u2066${run}\u2069` : run)

/** Whom a resource takes by age, such as "Ages 18 and over"; undefined if it says nothing of it. */
export const agesOf = (
  { minimumAge, maximumAge }: Pick<Resource, 'minimumAge' | 'maximumAge'>,
  phrases: Phrases,
): string | undefined =>
  minimumAge === undefined && maximumAge === undefined ? undefined : phrases.ages(minimumAge, maximumAge)
