import type { Locale } from 'content-schemas'
import { derivedUid } from 'pipeline/body/document.ts'
import { uuidWithin } from 'pipeline/identity.ts'
import { formatLanguage } from 'pipeline/phrases/index.ts'
import { type Entry, type Fields, type Read, resourceFields, UnreadableError } from './entry.ts'

/*
 * Services of Open Referral HSDS 3.0 (https://docs.openreferral.org/en/3.0/), as directories write them. What HSDS has no
 * word for stands under `_signpost`, by its name in the contract, so that nothing is lost on the way out and back.
 */

/** Fields of a service that are fields of a resource, by their names there. */
const sameFields = {
  name: 'name',
  description: 'description',
  url: 'url',
  email: 'email',
  status: 'status',
  alert: 'alert',
  application_process: 'applicationProcess',
  fees_description: 'fees',
  eligibility_description: 'eligibility',
  minimum_age: 'minimumAge',
  maximum_age: 'maximumAge',
  assured_date: 'assuredDate',
} as const
/** Fields of a resource that are objects of their own in HSDS. */
const ownObjects = ['uid', 'organization', 'phones', 'schedule', 'serviceArea', 'address', 'languages']
/** What HSDS has no word for. */
const beside = [...resourceFields.keys()].filter(
  (name) => !ownObjects.includes(name) && !(Object.values(sameFields) as string[]).includes(name),
)

/** Writes resources as a page of services. Empty fields are left out. */
export function toHsds(resources: readonly Fields[], locale: Locale): string {
  const contents = resources.map((resource) => serviceOf(resource, locale))
  const size = contents.length
  const page = { total_items: size, total_pages: 1, page_number: 1, size, first_page: true, last_page: true }
  return `${JSON.stringify({ ...page, empty: size === 0, contents }, null, 2)}\n`
}

function serviceOf(resource: Fields, locale: Locale): Fields {
  const uid = String(resource.uid)
  const part = (what: string) => uuidWithin(uid, what)
  const { organization, schedule, serviceArea, address } = resource
  const languages = (resource.languages ?? []) as string[]
  const own = { service_id: uid }
  return {
    id: uid,
    ...named(sameFields, (name) => resource[name]),
    ...(organization
      ? { organization: { id: part('organization'), name: organization, description: organization } }
      : {}),
    phones: ((resource.phones ?? []) as Fields[]).map((phone) => phoneOf(phone, uid, locale)),
    schedules: schedule ? [{ id: part('schedule'), ...own, description: schedule }] : [],
    service_areas: serviceArea ? [{ id: part('service area'), ...own, name: serviceArea }] : [],
    service_at_locations: address
      ? [
          {
            ...{ id: part('service at location'), ...own },
            location: { id: part('location'), location_type: 'physical', description: address },
          },
        ]
      : [],
    languages: languages.map((code) => ({ ...languageOf(code, uid, locale), ...own })),
    _signpost: { locale, ...named(Object.fromEntries(beside.map((name) => [name, name])), (name) => resource[name]) },
  }
}

function phoneOf({ number, type, description, languages, ...more }: Fields, uid: string, locale: Locale): Fields {
  const id = uuidWithin(uid, `phone ${type} ${number} ${more.extension ?? ''}`)
  return {
    ...{ id, service_id: uid, number, type },
    ...(description ? { description } : {}),
    ...(languages ? { languages: (languages as string[]).map((code) => languageOf(code, id, locale)) } : {}),
    // HSDS has a number for an extension, and no hours.
    ...(Object.keys(more).length > 0 ? { _signpost: more } : {}),
  }
}

const languageOf = (code: string, owner: string, locale: Locale) => ({
  id: uuidWithin(owner, `language ${code}`),
  name: formatLanguage(locale, code),
  code,
})

/** Under other names, without what is not there. */
const named = (names: Readonly<Record<string, string>>, of: (name: string) => unknown): Fields =>
  Object.fromEntries(
    Object.entries(names).flatMap(([written, name]) => {
      const value = of(name)
      return value === undefined || value === null ? [] : [[written, value]]
    }),
  )

/**
 * Reads a page of services, a list of them or one. What a service says nothing of stays as it is; null takes it away. A
 * service of somebody else whose id is no UUID is the same resource each time it is read.
 */
export function fromHsds(text: string): Read {
  const services = servicesIn(text)
  return { entries: services.map((service, index) => entryOf(service, `service ${index + 1}`)), ignored: [] }
}

function servicesIn(text: string): Fields[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UnreadableError(`The file is no JSON: ${(error as Error).message}.`)
  }
  const contents = isObject(value) && 'contents' in value ? value.contents : value
  const services = Array.isArray(contents) ? contents : [contents]
  if (!services.every((service) => isObject(service) && ('name' in service || 'id' in service)))
    throw new UnreadableError('The file holds no HSDS services: each has an `id` and a `name`.')
  return services as Fields[]
}

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const objects = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : [])

function entryOf(service: Fields, place: string): Entry {
  const fields: Fields = {}
  const set = (name: string, value: unknown) => {
    if (value !== undefined) fields[name] = value === '' ? null : value
  }
  for (const [written, name] of Object.entries(sameFields)) set(name, service[written])
  const ours = isObject(service._signpost) ? service._signpost : undefined
  // Whoever has no word for what it is lists services.
  if (!ours) fields.kind = 'service'
  for (const name of beside) if (ours) set(name, ours[name])
  if (typeof service.id === 'string') fields.uid = uuid.test(service.id) ? service.id : derivedUid(`hsds/${service.id}`)
  if ('organization' in service) set('organization', isObject(service.organization) ? service.organization.name : null)
  if ('phones' in service) fields.phones = objects(service.phones).map(phoneIn)
  if ('schedules' in service)
    set(
      'schedule',
      wordsOf(service.schedules, ({ description }) => description),
    )
  if ('service_areas' in service)
    set(
      'serviceArea',
      wordsOf(service.service_areas, ({ name }) => name),
    )
  if ('service_at_locations' in service) set('address', addressIn(service.service_at_locations))
  if ('languages' in service) fields.languages = objects(service.languages).flatMap(codeOf)
  return { place, fields, wrong: [] }
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function phoneIn(phone: Fields): Fields {
  const { number, type, description, extension } = phone
  const ours = isObject(phone._signpost) ? phone._signpost : {}
  return {
    ...(number === undefined ? {} : { number }),
    ...(extension ? { extension: String(extension) } : {}),
    // HSDS knows more of them; what is not said is a voice.
    type: typeof type === 'string' && ['text', 'textphone', 'fax'].includes(type) ? type : 'voice',
    ...(description ? { description } : {}),
    ...(Array.isArray(phone.languages) ? { languages: objects(phone.languages).flatMap(codeOf) } : {}),
    ...ours,
  }
}

const codeOf = ({ code, name }: Fields): unknown[] => (code || name ? [code || name] : [])

const wordsOf = (value: unknown, of: (object: Fields) => unknown): string | null =>
  objects(value)
    .flatMap((object) => (of(object) ? [String(of(object))] : []))
    .join('; ') || null

const addressParts = ['address_1', 'address_2', 'city', 'region', 'state_province', 'postal_code'] as const

function addressIn(value: unknown): string | null {
  const [first] = objects(value)
  const location = isObject(first?.location) ? first.location : {}
  const [address] = objects(location.addresses)
  const line = addressParts.flatMap((part) => (address?.[part] ? [String(address[part])] : [])).join(', ')
  return line || String(location.description ?? location.name ?? '') || null
}
