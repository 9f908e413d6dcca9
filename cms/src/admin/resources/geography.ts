/*
 * Countries and time zones, of which the runtime has the list.
 */

/** Regions of ISO 3166-1 and CLDR that are no country anybody serves: unions, and codes kept for tests and outposts. */
const noCountries = new Set(['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'])
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ']
const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })

/** Countries by name, the whole world first. */
export function countries(): { label: string; value: string }[] {
  const found = letters.flatMap((first) =>
    letters.flatMap((second) => {
      const value = first + second
      const label = names.of(value)
      // A code that was given up means the one that came after it.
      const isCurrent = Intl.getCanonicalLocales(`und-${value}`)[0] === `und-${value}`
      return label && isCurrent && !noCountries.has(value) ? [{ label, value }] : []
    }),
  )
  return [{ label: 'The whole world', value: '001' }, ...found.sort((a, b) => a.label.localeCompare(b.label, 'en'))]
}

/** Time zones by their names in the IANA database: "New York (America)". */
export const timeZones = (): { label: string; value: string }[] =>
  Intl.supportedValuesOf('timeZone')
    .filter((value) => value.includes('/'))
    .map((value) => {
      const [area = '', ...place] = value.replaceAll('_', ' ').split('/')
      return { label: `${place.reverse().join(', ')} (${area})`, value }
    })
    .sort((a, b) => a.label.localeCompare(b.label, 'en'))

/** The name of a country by its code. */
export const countryName = (code: string): string =>
  code === '001' ? 'The whole world' : (/^[A-Z]{2}$/.test(code) && names.of(code)) || code
