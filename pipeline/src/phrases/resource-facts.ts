import {
  type Locale,
  type OpeningHours,
  type OpeningTime,
  type Resource,
  type ServedPlace,
  weekdays,
} from 'content-schemas'
import { phrasesOf } from './by-locale.ts'
import { formatCountry, formatList, formatTime, formatTimeZone, formatWeekday, withCapital } from './format.ts'

/*
 * What a card says of a resource that knows it for programs too. What an editor wrote in words comes first; where there is
 * nothing in words, they are made of what programs read.
 */

/** When it is open; undefined if that is not known, or stands with its numbers already. */
export function hoursOf(resource: Resource, locale: Locale): string | undefined {
  const { schedule, openingHours, phones } = resource
  if (schedule || !openingHours || phones.some(({ hours }) => hours)) return schedule
  return hoursWords(openingHours, locale)
}

/** Opening hours in words: "Monday to Friday, 9am to 5pm (Eastern Time)". */
export function hoursWords(hours: OpeningHours, locale: Locale): string {
  const { alwaysOpen, semicolon } = phrasesOf(locale)
  if (hours.open === 'always') return alwaysOpen
  const times = hours.times.map((time) => timesWords(time, locale)).join(semicolon)
  return withCapital(locale, `${times} (${formatTimeZone(locale, hours.timezone)})`)
}

function timesWords({ byday, opensAt, closesAt }: OpeningTime, locale: Locale): string {
  const phrases = phrasesOf(locale)
  const { midnight, midday } = phrases
  const time = (of: string) => (of === '00:00' && midnight) || (of === '12:00' && midday) || formatTime(locale, of)
  const isAllDay = opensAt === '00:00' && closesAt === '00:00'
  const times = isAllDay ? phrases.allDay : phrases.fromTo(time(opensAt), time(closesAt))
  return daysWords(byday, locale) + phrases.comma + times
}

function daysWords(byday: OpeningTime['byday'], locale: Locale): string {
  const days = weekdays.flatMap((day, at) => (byday.includes(day) ? [at] : []))
  const [first = 0, last = 0] = [days[0], days.at(-1)]
  const phrases = phrasesOf(locale)
  if (days.length === weekdays.length) return phrases.everyDay
  if (days.length > 2 && last - first === days.length - 1)
    return phrases.fromDayToDay(formatWeekday(locale, first), formatWeekday(locale, last))
  return formatList(
    locale,
    days.map((day) => formatWeekday(locale, day)),
  )
}

/** Whom it serves by place. */
export const areaOf = ({ serviceArea, places }: Resource, locale: Locale): string | undefined =>
  serviceArea ??
  (places &&
    formatList(
      locale,
      places.map((place) => placeNames(place, locale).toReversed().join(phrasesOf(locale).comma)),
    ))

/** The names of a place, the country first: "United States", "Illinois", "Chicago". */
export const placeNames = ({ country, region, city }: ServedPlace, locale: Locale): string[] =>
  [formatCountry(locale, country), region, city].filter((name) => name !== undefined)

/** What it costs. */
export const costOf = ({ fees, costOptions }: Resource, locale: Locale): string | undefined =>
  fees ?? (costOptions && costWords(costOptions, locale).join(phrasesOf(locale).comma))

/** Ways to pay in words. */
export const costWords = (options: NonNullable<Resource['costOptions']>, locale: Locale): string[] =>
  options.map((option) => phrasesOf(locale).costOptions[option])
