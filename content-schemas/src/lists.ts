import { z } from 'zod'
import { Locale, Slug, Uid, WebAddress } from './common.ts'
import { Audience, Code, GlossaryTerm, Topic } from './records.ts'

/*
 * What consumers read besides articles: what there is in a language, and look-up by code. They follow the published
 * articles: a topic without one is not listed.
 */

const version = z.literal('v1').describe('Version of this contract.')
const articles = z.int().min(1).describe('How many published articles have it.')

/** `/v1/<locale>/topics.json` */
export const TopicsJson = z
  .strictObject({
    version,
    locale: Locale,
    topics: z
      .array(
        Topic.extend({
          articles,
          url: WebAddress.describe('Its page.'),
          feed: WebAddress.describe('Its JSON Feed.'),
          atom: WebAddress.describe('Its Atom feed.'),
        }).describe('A topic with published articles.'),
      )
      .describe('Topics, by name.'),
  })
  .describe('The topics of the published articles in one language.')
export type TopicsJson = z.infer<typeof TopicsJson>

/** `/v1/<locale>/audiences.json` */
export const AudiencesJson = z
  .strictObject({
    version,
    locale: Locale,
    audiences: z
      .array(Audience.extend({ articles }).describe('An audience with published articles.'))
      .describe('Audiences, by name.'),
  })
  .describe('Whom the published articles in one language are for.')
export type AudiencesJson = z.infer<typeof AudiencesJson>

/** `/v1/<locale>/glossary.json` */
export const GlossaryJson = z
  .strictObject({
    version,
    locale: Locale,
    terms: z.array(GlossaryTerm).describe('Words the published articles explain, in the order of the alphabet.'),
  })
  .describe('The glossary of the published articles in one language.')
export type GlossaryJson = z.infer<typeof GlossaryJson>

/** `/v1/lookup/<system>/<code>.json` */
export const LookupJson = z
  .strictObject({
    version,
    system: Code.shape.system,
    code: Code.shape.code,
    topics: z
      .array(z.strictObject({ uid: Uid, locale: Locale, slug: Slug, name: z.string().describe('Its name.') }))
      .describe('Topics with this code, in each language.'),
    articles: z
      .array(
        z
          .strictObject({
            uid: Uid,
            locale: Locale,
            slug: Slug,
            title: z.string().describe('Its title.'),
            summary: z.string().describe('Its summary.'),
            url: WebAddress.describe('Its page.'),
            json: WebAddress.describe('Its JSON.'),
          })
          .describe('An article about the code.'),
      )
      .describe('Published articles about it, by language, newest first.'),
  })
  .describe('Articles about a code of ICD-10, SNOMED CT or MeSH, as health records look them up.')
export type LookupJson = z.infer<typeof LookupJson>

const SearchOptions = z
  .strictObject({
    idField: z.string().describe('As MiniSearch names it.'),
    fields: z.array(z.string()).describe('What is searched.'),
    storeFields: z.array(z.string()).describe('What a result brings along.'),
    searchOptions: z
      .strictObject({
        boost: z.record(z.string(), z.number()).describe('How much more a hit in a field counts.'),
        prefix: z.boolean().describe('Whether beginnings of words are found.'),
        fuzzy: z.number().describe('How much of a word may differ.'),
      })
      .describe('How it is meant to be searched.'),
  })
  .describe('The options the index was made with: `MiniSearch.loadJS(index, options)` needs the same.')

/** `/v1/<locale>/search.json` */
export const SearchJson = z
  .strictObject({
    version,
    locale: Locale,
    library: z.literal('minisearch@7').describe('The npm package, and its major version, that loads the index.'),
    options: SearchOptions,
    index: z
      .record(z.string(), z.unknown())
      .describe(
        [
          'The index of articles. Results carry `id` (uid), `slug`, `title`, `summary` and `topics` (names).',
          'It holds each word as it is written and folded, so fold what people type, and what they leave out is found too:',
          'lower case, Unicode NFKD, then without marks (`\\p{M}`) and U+0640, `ة` as `ه`, `ى` as `ي`, `ٱ` as `ا`, `٠`-`٩` as `0`-`9`.',
          'Arabic words stand in it also without a leading `و`, `ف`, `ب`, `ك`, `ل`, `ال` or `لل`: look for a word without its `ال` or `لل` as well.',
        ].join(' '),
      ),
    resources: z
      .strictObject({
        options: SearchOptions,
        index: z
          .record(z.string(), z.unknown())
          .describe(
            'An index of its own, folded likewise. Results carry `id` (uid), `name`, `kind` (in words) and `description`; each stands at `/<locale>/resources#resource-<uid>`, and as `/v1/<locale>/resources/<uid>.json`.',
          ),
      })
      .optional()
      .describe('The same of helplines, services and groups that are open: by name, organisation, kind and numbers.'),
  })
  .describe('The search index of one language. It is made right after the rest of a release.')
export type SearchJson = z.infer<typeof SearchJson>
