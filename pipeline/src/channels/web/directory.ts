import {
  type Locale,
  type Phone,
  type ServiceJson,
  type ServicesJson,
  type ShownResource,
  weekdays,
} from 'content-schemas'
import { sha256, uuidWithin } from '../../identity.ts'
import { costOf, costWords, formatLanguage, hoursWords, phrasesOf, placeNames } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { List, ListContext } from '../channel.ts'
import { publishedArticles, resourcesIn, type Shown } from './listing.ts'
import { schemaPath } from './schemas.ts'

/**
 * The resources that published articles show, as HSDS 3.0 services: all open ones in one file, and each in its own,
 * which stays when it closes.
 */
export function directory(context: ListContext): List[] {
  const shown = resourcesIn(publishedArticles(context))
  const { compare } = new Intl.Collator(context.locale)
  const byName = shown.toSorted(
    (a, b) => compare(a.record.name, b.record.name) || (a.record.uid < b.record.uid ? -1 : 1),
  )
  const open = byName.filter(({ record }) => record.trust !== 'closed')
  return [
    list(context, paths.resources(context.locale), open, () => pageOf(open.map((each) => serviceOf(context, each)))),
    ...byName.map((each) =>
      list(context, paths.resource(context.locale, each.record.uid), [each], () => serviceOf(context, each)),
    ),
  ]
}

const list = ({ site }: ListContext, path: string, shown: Shown<ShownResource>[], value: () => object): List => ({
  path,
  key: sha256(JSON.stringify([site.url, site.sample, shown.map(({ record, row }) => [record, row.sample])])),
  render: () => ({ path, type: 'application/json; charset=utf-8', body: JSON.stringify(value()) }),
})

const pageOf = (contents: ServiceJson[]): ServicesJson => ({
  total_items: contents.length,
  total_pages: 1,
  page_number: 1,
  size: contents.length,
  first_page: true,
  last_page: true,
  empty: contents.length === 0,
  contents,
})

function serviceOf({ site, locale }: ListContext, { record, row }: Shown<ShownResource>): ServiceJson {
  const { uid, name, description, organization, address } = record
  const part = (what: string) => uuidWithin(uid, what)
  return defined({
    id: uid,
    name,
    description,
    url: record.url,
    email: record.email,
    status: record.status,
    alert: record.alert,
    application_process: record.applicationProcess,
    fees_description: costOf(record, locale),
    eligibility_description: record.eligibility,
    minimum_age: record.minimumAge,
    maximum_age: record.maximumAge,
    assured_date: record.assuredDate,
    organization: organization
      ? { id: part('organization'), name: organization, description: organization }
      : undefined,
    phones: record.phones.map((phone) => phoneOf(phone, uid, locale)),
    schedules: schedulesOf(record, locale),
    service_areas: areasOf(record, locale),
    cost_options: record.costOptions?.map((option, at) => ({
      id: part(`cost option ${option}`),
      service_id: uid,
      option: costWords(record.costOptions!, locale)[at]!,
      ...(option === 'free' ? { amount: 0 as const } : {}),
    })),
    service_at_locations: address
      ? [
          {
            id: part('service at location'),
            service_id: uid,
            location: { id: part('location'), location_type: 'physical' as const, description: address },
          },
        ]
      : [],
    languages: record.languages.map((tag) => ({ ...languageOf(tag, uid, locale), service_id: uid })),
    _signpost: defined({
      about: site.url + schemaPath('resource'),
      locale,
      slug: record.slug,
      kind: record.kind,
      trust: record.trust,
      notice: record.notice,
      verify_every_days: record.verifyEveryDays,
      text: record.text,
      chat: record.chat,
      opening_hours: record.openingHours,
      places: record.places,
      costs: record.costOptions,
      replaced_by: record.replacedBy,
      json: site.url + paths.resource(locale, uid),
      sample: row.sample,
    }),
  })
}

/** What is said in words, then a schedule for days with the same hours. */
function schedulesOf({ uid, schedule, openingHours }: ShownResource, locale: Locale): ServiceJson['schedules'] {
  const of = (what: string) => ({ id: uuidWithin(uid, what), service_id: uid })
  const freq = 'WEEKLY' as const
  if (openingHours?.open === 'always') {
    const description = schedule ?? hoursWords(openingHours, locale)
    return [{ ...of('schedule'), description, freq, byday: weekdays.join(), opens_at: '00:00', closes_at: '23:59' }]
  }
  const written = schedule ? [{ ...of('schedule'), description: schedule }] : []
  const weekly = openingHours?.times.map((time) => {
    const { opensAt: opens_at, closesAt: closes_at } = time
    const byday = weekdays.filter((day) => time.byday.includes(day)).join()
    const description = hoursWords({ ...openingHours, times: [time] }, locale)
    return { ...of(`schedule ${byday} ${opens_at} ${closes_at}`), description, freq, byday, opens_at, closes_at }
  })
  return [...written, ...(weekly ?? [])]
}

/** What is said in words, then the places it does not name already. */
function areasOf({ uid, serviceArea, places = [] }: ShownResource, locale: Locale): ServiceJson['service_areas'] {
  const of = (what: string, name: string) => ({ id: uuidWithin(uid, what), service_id: uid, name })
  const named = places.map((place) => placeNames(place, locale).toReversed().join(phrasesOf(locale).comma))
  return [
    ...(serviceArea ? [of('service area', serviceArea)] : []),
    ...named.filter((name) => name !== serviceArea).map((name) => of(`service area ${name}`, name)),
  ]
}

function phoneOf(phone: Phone, uid: string, locale: Locale): ServiceJson['phones'][number] {
  const { number, extension = '', type, description, hours, languages = [] } = phone
  const phrases = phrasesOf(locale)
  const id = uuidWithin(uid, `phone ${type} ${number} ${extension}`)
  // HSDS has a number there, which forgets a zero in front.
  const isNumber = /^[1-9]\d{0,8}$/.test(extension)
  const words = [extension && !isNumber && phrases.extension(extension), description, hours].filter(Boolean)
  return defined({
    id,
    service_id: uid,
    number,
    extension: isNumber ? Number(extension) : undefined,
    type,
    description: words.length > 0 ? words.join(phrases.comma) : undefined,
    languages:
      languages.length > 0 ? languages.map((tag) => ({ ...languageOf(tag, id, locale), phone_id: id })) : undefined,
  })
}

const languageOf = (code: string, owner: string, locale: Locale) => ({
  id: uuidWithin(owner, `language ${code}`),
  name: formatLanguage(locale, code),
  code,
})

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
}
/** Without the keys that have no value. */
const defined = <T extends object>(value: T): Defined<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as Defined<T>
