/** @jsxRuntime automatic */
/** @jsxImportSource hastscript */
// biome-ignore-all lint/a11y/noRedundantRoles: Safari takes the meaning of a list away with its bullets.
import type { Locale, ShownResource } from 'content-schemas'
import { resourceCard } from '../../html/index.ts'
import { formatDay, formatLanguage, type Phrases, phrasesOf } from '../../phrases/index.ts'
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

/** What can be chosen from, by the name of the attribute that holds it; a choice of one is none. */
type Facet = {
  name: FacetName
  label: string
  valuesOf: (found: Found) => string[]
  labelOf: (value: string) => string
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
    valuesOf: ({ resource }) => (resource.serviceArea ? [resource.serviceArea] : []),
    labelOf: same,
  },
  {
    name: 'cost',
    label: phrases.cost,
    valuesOf: ({ resource }) => (resource.fees ? [resource.fees] : []),
    labelOf: same,
  },
]

function filters(found: readonly Found[], locale: Locale, phrases: Phrases): Content {
  const { compare } = new Intl.Collator(locale)
  return (
    <form class="finder" hidden autocomplete="off">
      <h2>{phrases.narrowDown}</h2>
      <p class="hint">{phrases.nothingIsSent}</p>
      <div class="fields">
        <p class="field wide">
          <label for="finder-words">{phrases.withTheWords}</label>
          <input id="finder-words" name="words" type="search" spellcheck="false" />
        </p>
        {facets(locale, phrases).map(({ name, label, valuesOf, labelOf }) => {
          const values = [...new Set(found.flatMap(valuesOf))].map((value) => [value, labelOf(value)] as const)
          if (values.length < 2) return null
          return (
            <p class="field">
              <label for={`finder-${name}`}>{label}</label>
              <select id={`finder-${name}`} name={name}>
                <option value="">{phrases.any}</option>
                {values
                  .sort(([, a], [, b]) => compare(a, b))
                  .map(([value, shown]) => (
                    <option value={value}>{shown}</option>
                  ))}
              </select>
            </p>
          )
        })}
      </div>
      <p>
        <button type="reset">{phrases.showAll}</button>
      </p>
    </form>
  )
}

function item(found: Found, locale: Locale, phrases: Phrases) {
  const { resource } = found
  const card = resourceCard(resource, locale)
  const attributes = facets(locale, phrases).map(({ name, valuesOf }) => [
    `data-${name}`,
    JSON.stringify(valuesOf(found)),
  ])
  const isConfirmed = resource.assuredDate !== undefined && resource.notice === null
  return (
    <li class="resource" {...Object.fromEntries(attributes)}>
      <p class="resource-kind">{phrases.resourceKinds[resource.kind]}</p>
      {card.children}
      {isConfirmed ? (
        <p class="resource-confirmed">
          {words(phrases.lastConfirmed(formatDay(locale, resource.assuredDate!)), locale)}
        </p>
      ) : null}
    </li>
  )
}
