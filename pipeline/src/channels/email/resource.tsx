/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
import type { Locale, Phone, ShownResource } from 'content-schemas'
import type { ElementContent } from 'hast'
import { agesOf, areaOf, costOf, formatLanguage, formatList, hoursOf, type Phrases } from '../../phrases/index.ts'
import { look } from './looks.ts'
import { written } from './phrasing.tsx'

/** What the resources of one mail share. */
export type Setting = { locale: Locale; phrases: Phrases }

// The JSX runtime's element may be a root; ours never is.
const el = (element: unknown): ElementContent => element as ElementContent

/** A line of a word and what it stands for. */
export const labelled = (label: string, words: ElementContent[]): ElementContent =>
  el(
    <p {...look('paragraph', 'margin-bottom:8px')}>
      <strong>{label}: </strong>
      {words}
    </p>,
  )

/** How to get through to a resource, its number first and large, to be called from the mail. All that urgent help shows. */
export const reachLines = (resource: ShownResource, setting: Setting): ElementContent[] => [
  ...waysToReach(resource, setting),
  ...notice(resource, setting),
]

/** A resource: how to get through to it, and then the rest. */
export function resourceLines(resource: ShownResource, setting: Setting): ElementContent[] {
  const { locale, phrases } = setting
  const line = (label: string, text: string | undefined) => (text ? [labelled(label, written(text, locale))] : [])
  return [
    ...waysToReach(resource, setting),
    el(<p {...look('paragraph', 'margin-bottom:8px')}>{written(resource.description, locale)}</p>),
    ...line(phrases.address, resource.address),
    ...line(phrases.hours, hoursOf(resource, locale)),
    ...line(phrases.area, areaOf(resource, locale)),
    ...line(phrases.languages, languagesOf(resource.languages, locale)),
    ...line(phrases.cost, costOf(resource, locale)),
    ...line(phrases.eligibility, resource.eligibility),
    ...line(phrases.age, agesOf(resource, phrases)),
    ...line(phrases.howToApply, resource.applicationProcess),
    ...notice(resource, setting),
  ]
}

function waysToReach(resource: ShownResource, setting: Setting): ElementContent[] {
  const { locale, phrases } = setting
  const address = (label: string, url: string | undefined, shown = url?.replace(/^https?:\/\//, '')) =>
    url ? [labelled(label, [addressLink(url, shown)])] : []
  return [
    el(<p {...look('boxTitle', 'margin-bottom:4px')}>{written(resource.name, locale)}</p>),
    ...(resource.alert ? [paragraph(<strong>{written(resource.alert, locale)}</strong>)] : []),
    ...resource.phones.flatMap((phone) => phoneLines(phone, setting)),
    ...(resource.text ? [labelled(phrases.textMessage, written(resource.text, locale))] : []),
    ...address(phrases.chat, resource.chat),
    ...address(phrases.website, resource.url),
    ...address(phrases.email, resource.email && `mailto:${resource.email}`, resource.email),
  ]
}

const notice = ({ notice }: ShownResource, { locale }: Setting): ElementContent[] =>
  notice ? [paragraph(<em>{written(notice, locale)}</em>)] : []

const paragraph = (content: unknown): ElementContent => el(<p {...look('paragraph')}>{el(content)}</p>)

const addressLink = (url: string, shown: string | undefined): ElementContent =>
  el(
    <a href={url} dir="ltr" {...look('link')}>
      {shown}
    </a>,
  )

function phoneLines(phone: Phone, { locale, phrases }: Setting): ElementContent[] {
  const note = [
    phone.extension && phrases.extension(phone.extension),
    phone.description,
    phone.hours,
    languagesOf(phone.languages ?? [], locale),
  ].filter(Boolean)
  const scheme = phone.type === 'text' ? 'sms' : 'tel'
  return [
    el(
      <p {...look('last')}>
        {phrases.phoneTypes[phone.type]}{' '}
        {phone.type === 'fax' ? (
          <span dir="ltr" {...look('number')}>
            {phone.number}
          </span>
        ) : (
          <a href={`${scheme}:${phone.number.replace(/[^\d+*#]/g, '')}`} dir="ltr" {...look('number')}>
            {phone.number}
          </a>
        )}
      </p>,
    ),
    el(<p {...look('quiet')}>{written(note.join(' · '), locale)}</p>),
  ]
}

const languagesOf = (tags: readonly string[], locale: Locale): string | undefined =>
  tags.length > 0
    ? formatList(
        locale,
        tags.map((tag) => formatLanguage(locale, tag)),
      )
    : undefined
