import { z } from 'zod'
import { BlockId, Root } from './blocks.ts'
import { Day, Line, Locale, Slug, Uid, WebAddress } from './common.ts'

/*
 * The publisher's documents: what the CMS, or a folder of Markdown, hands to the pipeline.
 * Records are referred to by uid. Drafts may lack what a check asks for; they never have another shape.
 */

export const Source = z
  .strictObject({
    id: BlockId.describe('Identity within the document; citations name it.'),
    title: Line.describe('Title of the source.'),
    publisher: Line.optional().describe('Who published it.'),
    url: WebAddress.describe('Where it can be read.'),
    checkedOn: Day.describe('The day somebody last read it there.'),
  })
  .describe('Evidence a document rests on.')
export type Source = z.infer<typeof Source>

export const Review = z
  .strictObject({
    reviewer: Uid.nullable().describe('The person who reviewed the content.'),
    lastReviewed: Day.nullable().describe('When.'),
    nextReview: Day.nullable().describe('When the next review is due, at most 3 years later.'),
  })
  .describe('The clinical review of a document.')
export type Review = z.infer<typeof Review>

const name = { uid: Uid, locale: Locale, slug: Slug }
const uids = (what: string) => z.array(Uid).describe(what)

/** A line of the PIF TICK sheet beyond the two that every article has: absent while nobody has filled it in. */
const sheet = (what: string) => z.string().min(1).max(2000).optional().describe(`${what} (PIF TICK).`)
export const sheetFields = ['findings', 'inequalities', 'reach', 'impact'] as const

export const Article = z
  .strictObject({
    kind: z.literal('article').describe('Kind of document.'),
    ...name,
    translatedFrom: Locale.optional().describe(
      'Language of the article it is a translation of; absent for an original.',
    ),
    title: Line.describe('Title, plain text.'),
    summary: z.string().max(600).describe('One to three plain sentences; feeds and e-mail show it.'),
    mainMessage: z.string().max(600).describe('The one thing to remember, a plain sentence.'),
    audiences: uids('Whom it is for.'),
    topics: uids('What it is about.'),
    hero: Uid.nullable().describe('The picture at its head.'),
    body: Root,
    authors: uids('People who wrote it, in the order of the byline.'),
    sources: z.array(Source).describe('Evidence it rests on.'),
    related: uids('Articles to read next.'),
    callToAction: Uid.nullable().describe('The call to action at its end.'),
    licence: z.string().max(400).describe('Licence of this article where it differs from the site’s; else empty.'),
    funding: z.string().max(600).describe('Who paid for it; else empty.'),
    conflicts: z.string().max(600).describe('Conflicts of interest; else empty.'),
    need: z.string().max(2000).describe('Why it is needed (PIF TICK); else empty.'),
    testedWith: z.string().max(2000).describe('Whom it was tested with and what they said (PIF TICK); else empty.'),
    findings: sheet('What testing it showed, and what was changed for it'),
    inequalities: sheet('Whose literacy, language and access needs were looked at'),
    reach: sheet('How it reaches those who need it'),
    impact: sheet('How it is found out whether it helps'),
    review: Review,
  })
  .describe('A guidance article in one language.')
export type Article = z.infer<typeof Article>

export const IssueItem = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('article').describe('Kind of item.'),
    article: Uid.describe('A published article in the language of the issue.'),
    show: z.enum(['full', 'excerpt', 'link']).describe('How much of it.'),
  }),
  z.strictObject({
    kind: z.literal('resource').describe('Kind of item.'),
    resource: Uid.describe('A resource record.'),
  }),
  z.strictObject({
    kind: z.literal('call-to-action').describe('Kind of item.'),
    record: Uid.describe('A call-to-action record.'),
  }),
  z.strictObject({ kind: z.literal('text').describe('Kind of item.'), body: Root }),
])
export type IssueItem = z.infer<typeof IssueItem>

export const Newsletter = z
  .strictObject({
    uid: Uid,
    slug: Slug,
    name: Line.describe('Name readers see. Never names an illness.'),
    sender: Line.describe('Sender name of its mails. Never names an illness.'),
    replyTo: z.email().optional().describe('Where answers go.'),
    footer: z.string().max(1000).optional().describe('Why the reader gets this, plain text.'),
  })
  .describe('A newsletter.')
export type Newsletter = z.infer<typeof Newsletter>

export const Issue = z
  .strictObject({
    kind: z.literal('issue').describe('Kind of document.'),
    ...name,
    newsletter: Newsletter,
    subject: Line.describe('Subject of the mail.'),
    preheader: z.string().max(200).describe('The line mail programs show after the subject; else empty.'),
    greeting: z.string().max(400).describe('First line; else empty.'),
    items: z.array(IssueItem).describe('What it holds, in order.'),
  })
  .describe('One issue of a newsletter in one language.')
export type Issue = z.infer<typeof Issue>

export const Document = z.discriminatedUnion('kind', [Article, Issue])
export type Document = z.infer<typeof Document>
