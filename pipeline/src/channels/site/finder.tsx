/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { Locale, OpeningHours, ShownResource } from 'content-schemas'
import { resourceCard } from '../../html/index.ts'
import { costWords, formatDay, formatLanguage, type Phrases, phrasesOf, placeNames } from '../../phrases/index.ts'
import { paths } from '../addresses.ts'
import type { ListContext } from '../channel.ts'
import { assets, type Content, type Page, renderPage, words } from './frame.tsx'

/** A resource as the finder has it: with the names of the topics of the articles that show it. */
export type Found = { resource: ShownResource; topics: string[] }

/**
 * The resource finder: every resource the published articles show, closed ones apart, in one list that is whole without
 * script. With script, filters hide what does not fit.
 */
export function finderPage(
  { site, locale }: ListContext,
  found: readonly Found[],
  about: Pick<Page, 'alternates' | 'isSensitive'>,
): string {
  const phrases = phrasesOf(locale)
  const page: Page = {
    locale,
    title: phrases.findHelp,
    description: phrases.findHelpText,
    path: paths.finder(locale),
    ...about,
    isIndexed: true,
    scripts: [assets.finder],
    main: (
      <>
        <h1>{phrases.findHelp}</h1>
        <p class="summary">{phrases.findHelpText}</p>
        {found.length === 0 ? (
          <p>{phrases.noResourcesYet}</p>
        ) : (
          <>
            {filters(found, locale, phrases)}
            <p class="finder-status" role="status" data-sentence={phrases.shownOf('{shown}', '{all}')}>
              {phrases.shownOf(`${found.length}`, `${found.length}`)}
            </p>
            <p class="finder-untold" role="status" data-sentence={phrases.hoursNotKnownOf('{count}')} hidden></p>
            <p class="finder-nothing notice" hidden>
              {phrases.nothingFits}
            </p>
            <ul class="finder-list resource-list" role="list">
              {found.map((each) => item(each, locale, phrases))}
            </ul>
          </>
        )}
      </>
    ),
  }
  return renderPage(page, { site, isSample: site.sample })
}

/** What can be chosen from, by the name of the attribute that holds it. */
type Facet = {
  name: FacetName
  label: string
  valuesOf: (found: Found) => string[]
  labelOf: (value: string) => string
  /** What of all values can be chosen; by default each. */
  choicesOf?: (values: string[]) => string[]
}
type FacetName = 'kind' | 'topic' | 'language' | 'place' | 'cost'

const same = (value: string): string => value
const facets = (locale: Locale, phrases: Phrases): Facet[] => [
  {
    name: 'kind',
    label: phrases.kindOfHelp,
    valuesOf: ({ resource }) => [resource.kind],
    labelOf: (kind) => phrases.resourceKinds[kind as ShownResource['kind']],
  },
  { name: 'topic', label: phrases.topic, valuesOf: ({ topics }) => topics, labelOf: same },
  {
    name: 'language',
    label: phrases.language,
    valuesOf: ({ resource }) => resource.languages,
    labelOf: (tag) => formatLanguage(locale, tag),
  },
  {
    name: 'place',
    label: phrases.area,
    valuesOf: ({ resource }) => placesOf(resource, locale),
    labelOf: same,
    choicesOf: (values) => values.filter(Boolean).flatMap(withWholes),
  },
  {
    name: 'cost',
    label: phrases.cost,
    valuesOf: ({ resource: { costOptions, fees } }) =>
      costOptions ? costWords(costOptions, locale) : fees ? [fees] : [],
    labelOf: same,
  },
]

/** Places from the largest to the smallest, `United States / Illinois`; the whole world is nothing. */
function placesOf({ places, serviceArea }: ShownResource, locale: Locale): string[] {
  if (!places) return serviceArea ? [serviceArea] : []
  return places.map((place) => (place.country === world ? '' : placeNames(place, locale).join(' / ')))
}
const world = '001'
/** A place, and every place it is a part of. */
const withWholes = (place: string): string[] =>
  place.split(' / ').map((_, at, names) => names.slice(0, at + 1).join(' / '))

/**
 * When a resource can be used, for the filter; undefined where that is not known. What one reads is there at any time.
 * `isSaid` tells whether its hours stand in words somewhere.
 */
function hoursIn({ kind, openingHours, schedule, phones }: ShownResource) {
  const isRead = kind === 'website' || kind === 'publication'
  const hours: OpeningHours | undefined = openingHours ?? (isRead ? { open: 'always' } : undefined)
  return { hours, isRead, isSaid: Boolean(schedule) || phones.some((phone) => phone.hours) }
}

function filters(found: readonly Found[], locale: Locale, phrases: Phrases): Content {
  const { compare } = new Intl.Collator(locale)
  return (
    <form class="finder" hidden autocomplete="off">
      <details>
        <summary>
          <h2>{phrases.narrowDown}</h2>
        </summary>
        <p class="hint">{phrases.nothingIsSent}</p>
        <div class="fields">
          <p class="field wide">
            <label for="finder-words">{phrases.withTheWords}</label>
            <input id="finder-words" name="words" type="search" spellcheck="false" />
          </p>
          {facets(locale, phrases).map((facet) => {
            const choices = choicesIn(facet, found)
            return choices.length > 0 ? (
              <p class="field">
                <label for={`finder-${facet.name}`}>{facet.label}</label>
                <select id={`finder-${facet.name}`} name={facet.name}>
                  <option value="">{phrases.any}</option>
                  {choices
                    .sort(([, a], [, b]) => compare(a, b))
                    .map(([value, shown]) => (
                      <option value={value}>{shown}</option>
                    ))}
                </select>
              </p>
            ) : null
          })}
          {found.some(({ resource }) => hoursIn(resource).hours) ? (
            <p class="field wide choice">
              <input id="finder-open" name="open" type="checkbox" value="now" />
              <label for="finder-open">{phrases.openNowOnly}</label>
            </p>
          ) : null}
        </div>
        <p>
          <button type="reset">{phrases.showAll}</button>
        </p>
      </details>
    </form>
  )
}

/** Values with their labels; none where choosing would leave everything as it is. */
function choicesIn({ valuesOf, labelOf, choicesOf = (all) => all }: Facet, found: readonly Found[]) {
  const all = found.map(valuesOf)
  const choices = [...new Set(choicesOf(all.flat()))]
  const isChoice = choices.length > 1 || all.some((values) => values.length === 0)
  return isChoice ? choices.map((value): [string, string] => [value, labelOf(value)]) : []
}

function item(found: Found, locale: Locale, phrases: Phrases) {
  const { resource } = found
  const card = resourceCard(resource, locale)
  const attributes = facets(locale, phrases).map(({ name, valuesOf }) => [
    `data-${name}`,
    JSON.stringify(valuesOf(found)),
  ])
  const { hours } = hoursIn(resource)
  const isConfirmed = resource.assuredDate !== undefined && resource.notice === null
  return (
    <li
      class="resource"
      id={`resource-${resource.uid}`}
      {...Object.fromEntries(attributes)}
      data-hours={hours ? JSON.stringify(hours) : undefined}
    >
      <p class="resource-kind">
        {phrases.resourceKinds[resource.kind]}
        {openState(resource, phrases)}
      </p>
      {card.children}
      {isConfirmed ? (
        <p class="resource-confirmed">
          {words(phrases.lastConfirmed(formatDay(locale, resource.assuredDate!)), locale)}
        </p>
      ) : null}
    </li>
  )
}

/** Whether it is open: for the script to fill in, or that nobody knows. */
function openState(resource: ShownResource, phrases: Phrases): Content {
  const { hours, isRead, isSaid } = hoursIn(resource)
  if (isRead) return null
  if (hours)
    return <span class="resource-open" data-open={phrases.openNow} data-closed={phrases.closedNow} hidden></span>
  return isSaid ? null : <span class="resource-open">{phrases.hoursNotKnown}</span>
}
