import { type Locale, locales } from 'content-schemas'
import type { Fields } from 'pipeline/sources/records.ts'

/*
 * Records as the folder format writes them: YAML, one file a record, in which text is a string or a map by locale.
 */

const isMap = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether a value is a map by locale rather than fields. */
export function isByLocale(value: unknown): value is Partial<Record<Locale, unknown>> {
  if (!isMap(value)) return false
  const keys = Object.keys(value)
  return keys.length > 0 && keys.every((key) => (locales as readonly string[]).includes(key))
}

/** The languages a record has text of its own in. */
export function localesIn(value: unknown): Locale[] {
  const found = new Set<Locale>()
  const walk = (part: unknown) => {
    if (Array.isArray(part)) part.forEach(walk)
    else if (isByLocale(part)) for (const key of Object.keys(part)) found.add(key as Locale)
    else if (isMap(part)) Object.values(part).forEach(walk)
  }
  walk(value)
  return locales.filter((locale) => found.has(locale))
}

/** A record in one language: maps by locale replaced by their text, which is undefined where the language has none. */
export function inLocale(value: unknown, locale: Locale): unknown {
  if (Array.isArray(value)) return value.map((item) => inLocale(item, locale))
  if (isByLocale(value)) return value[locale]
  if (!isMap(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inLocale(part, locale)]))
}

/** One value by locale as a file has it: the bare value where there is English only. */
export const byLocale = (values: Partial<Record<Locale, unknown>>): unknown => {
  const filled = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '')
  if (filled.length === 1 && filled[0]![0] === 'en') return filled[0]![1]
  return filled.length > 0 ? Object.fromEntries(filled) : undefined
}
