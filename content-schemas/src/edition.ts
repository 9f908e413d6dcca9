import { z } from 'zod'
import { Instant, Locale, Sha256, Slug, Stamp, Uid } from './common.ts'
import { Article, Document } from './document.ts'
import { Place } from './message.ts'
import { Records } from './records.ts'

/** Acts that make an edition. `record` is a minor edition made because a record the document shows was changed. */
export const acts = ['publish', 'correct', 'record', 'withdraw', 'gone', 'redirect', 'purge'] as const
export const Act = z.enum(acts).describe('What was done.')
export type Act = z.infer<typeof Act>

export const Tombstone = z
  .strictObject({
    reason: z.string().max(1000).describe('Why it is no longer published, for readers.'),
    replacement: Uid.nullable().describe('The article to read instead.'),
    to: Slug.nullable().describe('The new slug, for a redirect.'),
  })
  .describe('What is said in place of a document that is no longer published.')
export type Tombstone = z.infer<typeof Tombstone>

export const Waiver = z
  .strictObject({
    rule: z.string().describe('The rule that was waived.'),
    pointer: z.string().describe('Where.'),
    passage: z
      .string()
      .optional()
      .describe('The words it was waived for. Other words in the same place are not waived; without it, any are.'),
    reason: z.string().min(1).describe('Why.'),
    by: z.string().describe('Who, a name.'),
  })
  .describe('A finding a publisher let pass, and why.')
export type Waiver = z.infer<typeof Waiver>

export const Readability = z
  .strictObject({
    formula: z
      .enum(['flesch-kincaid', 'inflesz'])
      .nullable()
      .describe(
        'How `level` is counted: `flesch-kincaid`, a school grade of the United States, lower is easier; `inflesz`, a score from 0 to 100 made for Spanish, higher is easier; null for a language without a formula.',
      ),
    level: z.number().nullable().describe('Reading level of the whole body; null without a formula or words.'),
    smog: z
      .number()
      .nullable()
      .describe(
        'SMOG grade of the whole body, for comparison; null for less than 30 sentences and outside of English.',
      ),
    words: z.int().min(0).describe('Words counted.'),
    sentences: z.int().min(0).describe('Sentences counted.'),
    sections: z
      .array(
        z.strictObject({
          title: z.string().describe('Heading of the section or title of the block; empty before the first heading.'),
          level: z.number().nullable().describe('Reading level of the section; null for too few words.'),
          words: z.int().min(1).describe('Words counted.'),
        }),
      )
      .describe('Sections and blocks with a title of their own, in order.'),
  })
  .describe('How hard the text is to read: a prompt for people, not a proof.')
export type Readability = z.infer<typeof Readability>

export const strikeCauses = ['unsafe', 'wrong', 'outdated', 'in-doubt'] as const
export const Strike = z
  .strictObject({
    id: Uid,
    kind: z
      .enum(['passage', 'notice'])
      .describe(
        '`passage`: a sentence that says so stands where the passage was. `notice`: the text stays, under a notice.',
      ),
    cause: z.enum(strikeCauses).describe('Why. Readers are told in a fixed sentence: advice is never given this way.'),
    at: Instant.describe('When.'),
    from: Stamp.describe('The edition that it was taken out of.'),
    place: Place.pick({ pointer: true, start: true, end: true }).describe(
      'What was taken out, in the document of the edition `from`; an empty pointer for a notice.',
    ),
  })
  .describe('A passage that was withdrawn, or a notice that was put above the text, at once and before a review.')
export type Strike = z.infer<typeof Strike>

export const Approval = z
  .strictObject({
    by: z.string().min(1).describe('Who reviewed it, a name.'),
    at: Instant.describe('When it was approved.'),
    confirmation: z
      .strictObject({
        by: z.string().min(1).describe('The second editor, a name.'),
        at: Instant.describe('When.'),
      })
      .optional()
      .describe('A change of wording after the approval, which a second editor confirmed.'),
    translation: z
      .strictObject({
        by: z.string().min(1).describe('Who compared it with its source, a name.'),
        at: Instant.describe('When.'),
        locale: Locale.describe('Language of the source.'),
        contentHash: Sha256.describe('`contentHash` of the source it was compared with.'),
      })
      .optional()
      .describe('The check of a translation.'),
  })
  .describe('How an article came to be approved.')
export type Approval = z.infer<typeof Approval>

/** What readers may know of an edition without its content. */
export const EditionSummary = z
  .strictObject({
    uid: Uid,
    locale: Locale,
    number: z.int().min(1).describe('Counts the editions of this document in this language.'),
    stamp: Stamp,
    act: Act,
    major: z.boolean().describe('Whether the change alters what a reader should do.'),
    changeNote: z.string().max(1000).describe('What changed, for readers.'),
    at: Instant.describe('When it was published.'),
    slug: Slug.describe('Its slug then.'),
    title: z.string().describe('Its title then.'),
    contentHash: Sha256.nullable().describe('SHA-256 of the authored content; null for a tombstone.'),
  })
  .describe('One published version of a document, in short.')
export type EditionSummary = z.infer<typeof EditionSummary>

/** One published version of a document, frozen with everything it shows. Written once, never changed. */
export const Edition = z
  .strictObject({
    ...EditionSummary.shape,
    kind: z.enum(['article', 'issue']).describe('Kind of document.'),
    document: Document.nullable().describe('The frozen document; null for a tombstone.'),
    records: Records.nullable().describe('The records it showed; null for a tombstone.'),
    articles: z
      .array(
        z
          .strictObject({
            article: Article,
            records: Records,
            stamp: Stamp,
            number: z.int().min(1).describe('Edition number.'),
          })
          .describe('An article an issue holds.'),
      )
      .describe('The articles an issue holds, frozen; empty for an article.'),
    tombstone: Tombstone.nullable(),
    waivers: z.array(Waiver).describe('Findings a publisher let pass.'),
    readability: Readability.optional().describe(
      'How hard the article was to read, measured when this edition was made; absent for tombstones, issues, and editions made before it was kept.',
    ),
    sample: z.boolean().describe('Whether it is sample content.'),
    strikes: z
      .array(Strike)
      .optional()
      .describe(
        'What was withdrawn at once from what a reviewer had approved; `document` has the sentences that say so. Absent where nothing was.',
      ),
    approval: Approval.optional().describe('How an article came to be approved; absent where nobody wrote it down.'),
  })
  .describe('One published version of a document.')
export type Edition = z.infer<typeof Edition>
