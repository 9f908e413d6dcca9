import { z } from 'zod'
import { ReviewState } from './article.ts'
import { Locale, Stamp, Uid, WebAddress } from './common.ts'

/** A JSON Feed 1.1 page (https://www.jsonfeed.org/version/1.1/) with one extension object. */
export const Feed = z
  .strictObject({
    version: z.literal('https://jsonfeed.org/version/1.1').describe('Version of JSON Feed.'),
    title: z.string().describe('Name of the feed.'),
    description: z.string().optional().describe('What the feed holds.'),
    home_page_url: WebAddress.describe('The site.'),
    feed_url: WebAddress.describe('This page of the feed.'),
    next_url: WebAddress.optional().describe('The next page; absent on the last.'),
    language: Locale,
    items: z
      .array(
        z
          .strictObject({
            id: WebAddress.describe('Stable id of the article.'),
            url: WebAddress.describe('Its page.'),
            title: z.string().describe('Its title.'),
            summary: z.string().describe('Its summary.'),
            content_text: z
              .string()
              .describe(
                'Its notice, where there is one, and its summary. The whole article is at `_signpost.json`: guidance is corrected and withdrawn, and feed readers keep copies.',
              ),
            date_published: z.iso.datetime().describe('When edition 1 appeared.'),
            date_modified: z.iso.datetime().describe('When this edition appeared.'),
            authors: z
              .array(
                z.strictObject({ name: z.string().describe('Name.'), url: WebAddress.optional().describe('Page.') }),
              )
              .describe('Who wrote it.'),
            tags: z.array(z.string()).describe('Names of its topics.'),
            language: Locale,
            image: WebAddress.optional().describe('Its picture.'),
            attachments: z
              .array(
                z.strictObject({
                  url: WebAddress.describe('Address.'),
                  mime_type: z.string().describe('Media type.'),
                  title: z.string().describe('What it is.'),
                }),
              )
              .describe('Its handouts.'),
            _signpost: z
              .strictObject({
                about: WebAddress.describe('Where this extension is explained.'),
                uid: Uid,
                stamp: Stamp,
                number: z.int().min(1).describe('Edition number.'),
                json: WebAddress.describe('The article as JSON.'),
                notice: z.string().nullable().describe('A sentence to show with it.'),
                review: ReviewState,
                sample: z.boolean().describe('Whether it is sample content.'),
              })
              .describe('What JSON Feed has no word for.'),
          })
          .describe('One article.'),
      )
      .describe('Articles, ordered by first publication, newest first.'),
  })
  .describe('A page of a feed.')
export type Feed = z.infer<typeof Feed>
