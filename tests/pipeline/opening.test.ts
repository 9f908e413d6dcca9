import { type OpeningHours, Resource } from 'content-schemas'
import { areaOf, costOf, hoursOf, hoursWords } from 'pipeline/phrases/index.ts'
import { describe, expect, test } from 'vitest'
import { isOpenAt } from '../../pipeline/browser/opening.ts'

type Times = Extract<OpeningHours, { open: 'times' }>['times']
const hours = (timezone: string, ...times: Times): OpeningHours => ({ open: 'times', timezone, times })
const week: Times[number]['byday'] = ['MO', 'TU', 'WE', 'TH', 'FR']
const office = { byday: week, opensAt: '09:00', closesAt: '17:00' }
const night = { byday: ['FR', 'SA'] satisfies Times[number]['byday'], opensAt: '22:00', closesAt: '06:00' }

describe('whether something is open', () => {
  const newYork = hours('America/New_York', office)
  const madrid = hours('Europe/Madrid', night)
  // Instants in UTC. New York is at -5 in winter and at -4 from 8 March 2026, 2:00; Madrid at +1 and +2 from 29 March.
  test.each<[string, OpeningHours, string, boolean]>([
    ['at any time', { open: 'always' }, '2026-01-01T03:00:00Z', true],
    ['as it opens', newYork, '2026-03-06T14:00:00Z', true],
    ['a minute before', newYork, '2026-03-06T13:59:00Z', false],
    ['the last minute', newYork, '2026-03-06T21:59:00Z', true],
    ['as it closes', newYork, '2026-03-06T22:00:00Z', false],
    ['on a day off', newYork, '2026-03-07T15:00:00Z', false],
    ['an hour earlier in UTC, the Monday after clocks went forward', newYork, '2026-03-09T13:00:00Z', true],
    ['and closed an hour earlier', newYork, '2026-03-09T21:00:00Z', false],
    ['after clocks went back', newYork, '2026-11-02T13:30:00Z', false],
    ['in the evening it starts', madrid, '2026-03-06T21:00:00Z', true],
    ['before that evening', madrid, '2026-03-06T20:59:00Z', false],
    ['past midnight, on the day after', madrid, '2026-03-07T04:59:00Z', true],
    ['until the morning', madrid, '2026-03-07T05:00:00Z', false],
    ['past midnight into a day that is not its own', madrid, '2026-03-08T04:00:00Z', true],
    ['not past midnight into its own first day', madrid, '2026-03-06T02:00:00Z', false],
    ['through the night in which clocks go forward', madrid, '2026-03-29T03:59:00Z', true],
    ['until six by the new time', madrid, '2026-03-29T04:00:00Z', false],
    ['until six by the old time, the night they go back', madrid, '2026-10-25T04:59:00Z', true],
    ['while it is another day here', hours('Pacific/Auckland', office), '2026-03-08T20:30:00Z', true],
    ['half an hour off', hours('Asia/Kolkata', office), '2026-03-09T03:29:00Z', false],
    ['half an hour off, open', hours('Asia/Kolkata', office), '2026-03-09T03:30:00Z', true],
    [
      'from morning to morning',
      hours('UTC', { ...night, opensAt: '09:00', closesAt: '09:00' }),
      '2026-03-08T08:59:00Z',
      true,
    ],
    ['until midnight', hours('UTC', { ...night, closesAt: '00:00' }), '2026-03-06T23:59:00Z', true],
    ['not after midnight', hours('UTC', { ...night, closesAt: '00:00' }), '2026-03-08T00:00:00Z', false],
    [
      'after a break',
      hours('UTC', office, { ...office, opensAt: '19:00', closesAt: '20:00' }),
      '2026-03-06T19:30:00Z',
      true,
    ],
  ])('%s', (_, of, instant, expected) => {
    expect(isOpenAt(of, new Date(instant))).toBe(expected)
  })

  test('is not told where the time zone is not known', () => {
    expect(isOpenAt(hours('Mars/Olympus_Mons', office), new Date(0))).toBeUndefined()
  })
})

describe('what programs know of a resource, in words', () => {
  const resource = (fields: object) =>
    Resource.parse({
      ...{
        uid: '5f1f2f6e-6f5c-4d53-9a3c-0f6d8f7b1b01',
        slug: 'line',
        kind: 'helpline',
        name: 'Line',
        status: 'active',
      },
      ...{ description: 'A line.', ...fields },
    })
  const openingHours = hours('America/New_York', office, { ...night, byday: ['SU', 'SA'] })

  test.each([
    ['en', 'Monday to Friday, 9am to 5pm; Saturday and Sunday, 10pm to 6am (Eastern Time)'],
    ['es', 'De lunes a viernes, de 9:00 a 17:00; sábado y domingo, de 22:00 a 6:00 (hora oriental)'],
    [
      'ar',
      'من الاثنين إلى الجمعة، من 9:00 ص إلى 5:00 م؛ السبت والأحد، من 10:00 م إلى 6:00 ص (التوقيت الشرقي لأمريكا الشمالية)',
    ],
  ] as const)('hours in %s', (locale, expected) => {
    expect(hoursWords(openingHours, locale).replace(/\s/g, ' ')).toBe(expected)
  })

  test('every day, all day, midday and midnight', () => {
    const daily = [...week, 'SA' as const, 'SU' as const]
    const words = (opensAt: string, closesAt: string) =>
      hoursWords(hours('UTC', { byday: daily, opensAt, closesAt }), 'en').replace(/ \(.*/, '')
    expect(words('00:00', '00:00')).toBe('Every day, all day')
    expect(words('12:00', '00:00')).toBe('Every day, midday to midnight')
    expect(words('09:30', '12:45')).toBe('Every day, 9:30am to 12:45pm')
  })

  test('an editor’s own words come first, and hours are not said twice', () => {
    expect(hoursOf(resource({ openingHours: { open: 'always' } }), 'en')).toBe('24 hours, every day')
    expect(hoursOf(resource({ openingHours, schedule: 'At night' }), 'en')).toBe('At night')
    expect(hoursOf(resource({ openingHours, phones: [{ number: '111', hours: 'At night' }] }), 'en')).toBeUndefined()
    const places = [{ country: 'US', region: 'Illinois', city: 'Chicago' }, { country: 'CA' }]
    expect(areaOf(resource({ places }), 'en')).toBe('Chicago, Illinois, United States and Canada')
    expect(areaOf(resource({ places: [{ country: '001' }] }), 'es')).toBe('Mundo')
    expect(areaOf(resource({ places, serviceArea: 'Here' }), 'en')).toBe('Here')
    expect(costOf(resource({ costOptions: ['free'] }), 'en')).toBe('Free')
    expect(costOf(resource({ costOptions: ['free'], fees: 'Free to call' }), 'en')).toBe('Free to call')
  })

  test.each([
    [{ openingHours: hours('America/NewYork', office) }],
    [{ openingHours: hours('UTC', { ...office, closesAt: '25:00' }) }],
    [{ openingHours: { open: 'times', timezone: 'UTC', times: [] } }],
    [{ places: [{ country: 'XY' }] }],
    [{ places: [{ country: 'United States' }] }],
    [{ costOptions: ['cheap'] }],
  ])('what is none is refused: %j', (fields) => {
    expect(() => resource(fields)).toThrow()
  })
})
