import { z } from 'zod'
import { BlockId, Root } from './blocks.ts'
import { Day, Instant, Locale, Sha256, Slug, Stamp, Uid, WebAddress } from './common.ts'
import { Source } from './document.ts'
import { EditionSummary, Readability, Strike, Tombstone, Waiver } from './edition.ts'
import { Audience, CallToActionRecord, GlossaryTerm, Media, Person, Resource, Site, Topic, Trust } from './records.ts'

/*
 * What consumers read: `/v1/<locale>/articles/<slug>.json`.
 * Within v1 fields are only ever added. All addresses are absolute.
 */

export const ReviewState = z
  .enum(['current', 'due', 'overdue', 'unreviewed'])
  .describe('Derived from dates: `due` in the last 90 days before the next review, `overdue` after it.')
export type ReviewState = z.infer<typeof ReviewState>

/** A resource as shown: without its upkeep, with what dates make of it. */
export const ShownResource = Resource.extend({
  trust: Trust,
  notice: z
    .string()
    .nullable()
    .describe(
      'A ready sentence in the language of the article, such as "Last confirmed on 3 May 2026"; null when there is nothing to say.',
    ),
}).describe('A resource as readers see it.')
export type ShownResource = z.infer<typeof ShownResource>

/** A picture as shown: with the addresses of its renditions. */
export const ShownMedia = Media.extend({
  urls: z.record(Sha256, WebAddress).describe('Address of each rendition, by its hash.'),
}).describe('A picture as readers see it.')
export type ShownMedia = z.infer<typeof ShownMedia>

export const OutlineEntry = z
  .strictObject({
    id: z.string().describe('Fragment of the section in `html` and on the page.'),
    depth: z.int().min(2).max(6).describe('Level of the heading, 2 to 6.'),
    text: z.string().describe('The heading, plain text.'),
  })
  .describe('One entry of the outline.')
export type OutlineEntry = z.infer<typeof OutlineEntry>

const reference = z
  .strictObject({
    uid: Uid,
    slug: Slug,
    title: z.string().describe('Its title.'),
    summary: z.string().describe('Its summary.'),
    url: WebAddress.describe('Its page.'),
    json: WebAddress.describe('Its JSON.'),
  })
  .describe('Another article.')

export const ArticleJson = z
  .strictObject({
    version: z.literal('v1').describe('Version of this contract.'),
    id: WebAddress.describe('Stable id: does not change with the slug.'),
    uid: Uid,
    locale: Locale,
    direction: z.enum(['ltr', 'rtl']).describe('Writing direction.'),
    slug: Slug,
    sample: z.boolean().describe('Whether it is sample content, not guidance.'),
    title: z.string().describe('Title, plain text.'),
    summary: z.string().describe('One to three plain sentences.'),
    mainMessage: z.string().describe('The one thing to remember.'),
    notice: z
      .string()
      .nullable()
      .describe(
        'A ready sentence that must be shown with the article when it is not null: overdue, corrected, sample.',
      ),
    removeBy: Day.nullable().describe('The day by which copies have to go; null while there is none.'),
    edition: z
      .strictObject({
        number: z.int().min(1).describe('Counts the editions.'),
        stamp: Stamp,
        contentHash: Sha256.describe('SHA-256 of the authored content.'),
        firstPublishedAt: Instant.describe('When edition 1 appeared.'),
        publishedAt: Instant.describe('When this edition appeared.'),
        changeNote: z.string().describe('What changed.'),
      })
      .describe('Which version this is.'),
    audiences: z.array(Audience).describe('Whom it is for.'),
    topics: z.array(Topic).describe('What it is about.'),
    hero: ShownMedia.nullable().describe('The picture at its head.'),
    outline: z.array(OutlineEntry).describe('Headings, in order.'),
    blocks: Root.describe('The body as a tree, references by uid.'),
    html: z
      .string()
      .describe(
        'The body as HTML from a closed list of elements: no script, style, or remote picture. Headings start at level 2, below a title of level 1, and have the fragments of `outline`; to set them lower, add to each level.',
      ),
    text: z.string().describe('The body as plain text.'),
    resources: z.array(ShownResource).describe('Resources the body shows, in order. Closed ones are left out.'),
    glossary: z.array(GlossaryTerm).describe('Words the body explains.'),
    media: z.array(ShownMedia).describe('Pictures the body shows, in order.'),
    callsToAction: z.array(CallToActionRecord).describe('Calls to action the body shows, in order.'),
    callToAction: CallToActionRecord.nullable().describe(
      'The call to action at its end; `blocks`, `html` and `text` end with it too.',
    ),
    related: z.array(reference).describe('Published articles to read next.'),
    authors: z.array(Person).describe('Who wrote it.'),
    review: z
      .strictObject({
        reviewedBy: Person.nullable().describe('Who reviewed it.'),
        lastReviewed: Day.nullable().describe('When.'),
        nextReview: Day.nullable().describe('When the next review is due.'),
        state: ReviewState,
      })
      .describe('The clinical review.'),
    sources: z.array(Source).describe('Evidence, in order; citations in the text number them from 1.'),
    readability: Readability,
    waivers: z.array(Waiver).describe('Findings a publisher let pass, and why.'),
    strikes: z
      .array(
        Strike.extend({
          block: BlockId.nullable().describe(
            'Id of the callout in `blocks` that stands in its place; null where the sentence stands inside a text, and for a notice.',
          ),
          text: z.string().describe('The ready sentence readers are given, in the language of the article.'),
        }).describe('A passage that was withdrawn, or a notice, and what is said of it.'),
      )
      .optional()
      .describe('What was withdrawn at once, before a review; absent where nothing was. `notice` speaks of it too.'),
    licence: z
      .strictObject({ name: z.string().describe('Name.'), url: WebAddress.describe('Its text.') })
      .describe('Licence.'),
    attribution: z.string().describe('A ready line that names publisher and licence.'),
    publisher: z.string().describe('Who publishes.'),
    funding: z.string().describe('Who paid; may be empty.'),
    conflicts: z.string().describe('Conflicts of interest; may be empty.'),
    emergency: z.array(Site.shape.emergency.element).describe('Whom to call in an emergency, by region.'),
    translations: z
      .array(
        z.strictObject({
          locale: Locale,
          slug: Slug,
          title: z.string().describe('Its title.'),
          url: WebAddress.describe('Its page.'),
          json: WebAddress.describe('Its JSON.'),
        }),
      )
      .describe('The same article in other languages.'),
    links: z
      .strictObject({
        web: WebAddress.describe('The page.'),
        json: WebAddress.describe('This file.'),
        text: WebAddress.describe('Plain text.'),
        markdown: WebAddress.describe('Markdown.'),
        email: WebAddress.describe('The article as an e-mail.'),
        handouts: z
          .array(
            z.strictObject({
              format: z.string().describe('Paper and print, such as `a4.standard`.'),
              url: WebAddress.describe('The PDF.'),
              type: z.literal('application/pdf').describe('Media type.'),
            }),
          )
          .describe('Printable PDFs.'),
        edition: WebAddress.describe('This edition, for ever.'),
        stamp: WebAddress.describe('The page that tells whether a printed copy is current.'),
        stylesheet: WebAddress.describe(
          'A stylesheet for `html`, which needs none: put `html` into an element with the class `signpost`.',
        ),
      })
      .describe('Where its forms are.'),
    jsonld: z.record(z.string(), z.unknown()).describe('schema.org `MedicalWebPage`, ready to embed.'),
  })
  .describe('An article as consumers read it.')
export type ArticleJson = z.infer<typeof ArticleJson>

/** What stands in place of an article that is no longer published. */
export const TombstoneJson = z
  .strictObject({
    version: z.literal('v1').describe('Version of this contract.'),
    id: WebAddress.describe('The id the article had.'),
    uid: Uid,
    locale: Locale,
    slug: Slug,
    state: z.enum(['withdrawn', 'gone', 'redirect', 'purged']).describe('What happened.'),
    notice: z.string().describe('A ready sentence for readers, in the language of the article.'),
    removeBy: Day.describe('The day by which copies have to go.'),
    edition: EditionSummary.describe('The edition that ended it.'),
    tombstone: Tombstone,
  })
  .describe('What stands in place of an article that is no longer published.')
export type TombstoneJson = z.infer<typeof TombstoneJson>

/** `/v1/<locale>/handouts/<slug>.json`: the state of the PDFs, which are made right after the rest of a release. */
export const HandoutsJson = z
  .strictObject({
    uid: Uid,
    locale: Locale,
    slug: Slug,
    stamp: Stamp,
    formats: z
      .array(
        z.strictObject({
          format: z.string().describe('Paper and print, such as `a4.standard`.'),
          state: z.enum(['ready', 'pending', 'failed']).describe('Whether it can be fetched.'),
          url: WebAddress.describe('The PDF.'),
          sha256: Sha256.nullable().describe('SHA-256 of the PDF; null until it is ready.'),
          bytes: z.int().min(1).nullable().describe('Size, bytes.'),
        }),
      )
      .describe('The PDFs.'),
  })
  .describe('The printable handouts of an article.')
export type HandoutsJson = z.infer<typeof HandoutsJson>
