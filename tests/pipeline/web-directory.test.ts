import { locales, ServiceJson, ServicesJson, type ShownResource } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { compile } from 'pipeline/compile.ts'
import { uuidWithin } from 'pipeline/identity.ts'
import { describe, expect, test } from 'vitest'
import { lacks } from '../needs.ts'
import { records } from './documents.ts'
import { hsdsErrors } from './hsds.ts'
import { environmentFor, publishedArticle, siteOf, words } from './specimen.ts'
import { bodyAt, listsOf, rowAt } from './web-rows.ts'

const [helpline] = Object.values(records().resources)
const shown = (change: Partial<ShownResource> = {}): ShownResource => ({
  ...helpline!,
  organization: 'Society for Rest',
  phones: [
    { number: '555 0100', type: 'voice', extension: '12', languages: ['en', 'es'], hours: 'At night' },
    { number: '555 0101', type: 'text', extension: '007' },
  ],
  address: '12 Example Street, Springfield',
  serviceArea: 'United States',
  schedule: 'Every night',
  minimumAge: 18,
  trust: 'fresh',
  notice: null,
  ...change,
})
const of = (...resources: ShownResource[]) => listsOf([rowAt(1, {}, { resources })])
const one = (lists: ReturnType<typeof of>, uid = shown().uid) =>
  ServiceJson.parse(JSON.parse(bodyAt(lists, paths.resource('en', uid))))
const all = (lists: ReturnType<typeof of>) => ServicesJson.parse(JSON.parse(bodyAt(lists, paths.resources('en'))))

test('a name within a uuid has the uuid v5 that others give it', () => {
  // The example of RFC 9562, A.4: `www.example.com` in the namespace of the DNS.
  expect(uuidWithin('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  )
})

test('what belongs to a resource keeps its identity when something else of it changes', () => {
  const before = one(of(shown()))
  const after = one(of(shown({ name: 'Another name', organization: 'New owner', phones: shown().phones.toReversed() })))
  const idsOf = ({ phones, schedules, service_areas, organization, service_at_locations }: ServiceJson) =>
    new Set([...phones, ...schedules, ...service_areas, ...service_at_locations, organization].map((each) => each?.id))
  expect(idsOf(after)).toEqual(idsOf(before))
  expect(idsOf(before).size).toBe(6)
})

test('an extension is a number only where a number keeps all of it', () => {
  const [voice, text] = one(of(shown())).phones
  expect(voice).toMatchObject({ extension: 12, description: 'At night' })
  expect(text?.extension).toBeUndefined()
  expect(text?.description).toContain('007')
})

test('a closed resource leaves the list and says so at its own address', () => {
  const closed = of(shown({ status: 'defunct', trust: 'closed' }))
  expect(all(closed)).toMatchObject({ total_items: 0, empty: true, contents: [] })
  expect(one(closed)).toMatchObject({ status: 'defunct', _signpost: { trust: 'closed' } })
})

test('of two articles that show it, the one published last says what it is', () => {
  const lists = listsOf([
    rowAt(1, { publishedAt: '2026-03-01T00:00:00.000Z' }, { resources: [shown({ name: 'New name' })] }),
    rowAt(2, {}, { resources: [shown({ name: 'Old name' })] }),
  ])
  expect(all(lists).contents.map(({ name }) => name)).toEqual(['New name'])
})

test('no file changes with an article that shows the same', () => {
  const keys = (stamp: string) =>
    [...listsOf([rowAt(1, { stamp }, { resources: [shown()] })])]
      .filter(([path]) => path.includes('/resources'))
      .map(([path, { key }]) => `${path} ${key}`)
  expect(keys('AAAAAAAAAA')).toEqual(keys('BBBBBBBBBB'))
})

test('hours, places and ways to pay are told to programs, each with an identity that stays', () => {
  const openingHours: ShownResource['openingHours'] = {
    open: 'times',
    timezone: 'America/New_York',
    times: [{ byday: ['TU', 'MO'], opensAt: '09:00', closesAt: '17:30' }],
  }
  const places = [{ country: 'US', region: 'Illinois' }]
  const resource = shown({
    openingHours,
    places,
    costOptions: ['sliding-scale', 'free'],
    serviceArea: 'Illinois, United States',
  })
  const { schedules, service_areas, cost_options, _signpost } = one(of(resource))
  expect(schedules).toMatchObject([
    { description: 'Every night' },
    { freq: 'WEEKLY', byday: 'MO,TU', opens_at: '09:00', closes_at: '17:30' },
  ])
  expect(service_areas.map(({ name }) => name)).toEqual(['Illinois, United States'])
  expect(cost_options).toMatchObject([{ option: 'Price depends on your income' }, { option: 'Free', amount: 0 }])
  expect(_signpost).toMatchObject({ opening_hours: openingHours, places, costs: ['sliding-scale', 'free'] })
  const later = one(of({ ...resource, name: 'Renamed', costOptions: ['free'] }))
  expect(later.schedules).toEqual(schedules)
  expect(later.cost_options).toEqual(cost_options?.slice(1))
  const always = one(of(shown({ openingHours: { open: 'always' } }))).schedules
  expect(always).toMatchObject([{ byday: 'MO,TU,WE,TH,FR,SA,SU', opens_at: '00:00', closes_at: '23:59' }])
  expect(always[0]?.id).toBe(schedules[0]?.id)
})

const bySchemas = () =>
  describe('to the schemas Open Referral publishes for HSDS 3.0', () => {
    test.each(locales)('what an article shows are services, in %s', async (locale) => {
      const errorsOf = hsdsErrors()
      const { row } = await compile(publishedArticle(locale), environmentFor(locale), [web])
      const lists = listsOf([row], { locale, site: siteOf(words[locale]) })
      const { contents } = ServicesJson.parse(JSON.parse(bodyAt(lists, paths.resources(locale))))
      expect(contents.length).toBe(2)
      expect(contents.flatMap(errorsOf)).toEqual([])
    })

    test('which refuse what is none', () => {
      const errorsOf = hsdsErrors()
      const service = one(of(shown()))
      const [phone] = service.phones
      expect(errorsOf(service)).toEqual([])
      const known = shown({ openingHours: { open: 'always' }, places: [{ country: 'US' }], costOptions: ['free'] })
      expect(errorsOf(one(of(known)))).toEqual([])
      expect(errorsOf({ ...service, status: 'open' })).not.toEqual([])
      expect(errorsOf({ ...service, phones: [{ ...phone, extension: '12' }] })).not.toEqual([])
      expect(errorsOf({ ...service, organization: { ...service.organization, description: undefined } })).not.toEqual(
        [],
      )
    })
  })

if (!lacks('HSDS schemas')) bySchemas()
