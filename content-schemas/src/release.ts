import { z } from 'zod'
import { Instant, Locale, Sha256, Slug, Stamp, Uid } from './common.ts'
import { Act } from './edition.ts'

/** `/v1/index.json`: names one whole release. Replaced by one rename, so that its fields and its signature cannot part. */
export const IndexPayload = z
  .strictObject({
    release: z.int().min(1).describe('Number of the release; never falls.'),
    at: Instant.describe('When it was made.'),
    expires: Instant.describe('After this moment a copy that was not refreshed is stale.'),
    manifest: Sha256.describe('The manifest: `/v1/objects/<sha256>`.'),
    changes: z
      .strictObject({
        first: z
          .int()
          .min(1)
          .describe('Oldest change file kept; a consumer that is behind it fetches everything anew.'),
        last: z.int().min(1).describe('Newest change file.'),
      })
      .describe('Change files `/v1/changes/<n>.json` there are, one a release.'),
    keys: z
      .array(z.string())
      .min(1)
      .describe('RFC 7638 thumbprints of the keys that may sign the next index; a new key is announced here first.'),
  })
  .describe('What the signature covers.')
export type IndexPayload = z.infer<typeof IndexPayload>
export const Index = z
  .strictObject({
    ...IndexPayload.shape,
    signed: z
      .string()
      .describe(
        'Compact JWS (RFC 7515, EdDSA) whose payload is the other fields of this file as JSON; its `kid` is the thumbprint of the key.',
      ),
  })
  .describe('The signed index of a release.')
export type Index = z.infer<typeof Index>

export const ManifestEntry = z
  .strictObject({
    object: Sha256.describe('The bytes: `/v1/objects/<sha256>`.'),
    type: z.string().describe('Media type.'),
    bytes: z.int().min(0).describe('Size, bytes.'),
    status: z
      .union([z.literal(200), z.literal(301), z.literal(404), z.literal(410)])
      .default(200)
      .describe('HTTP status to answer with.'),
    location: z.string().optional().describe('Where to go instead, with status 301.'),
    br: Sha256.optional().describe('The same bytes, brotli.'),
    gzip: Sha256.optional().describe('The same bytes, gzip.'),
    modified: Instant.describe('When these bytes first appeared at this path.'),
  })
  .describe('What stands at one public path.')
export type ManifestEntry = z.infer<typeof ManifestEntry>

/** The manifest: shards by the first two hex digits of sha256(path); a change rewrites the shards it touches. */
export const Manifest = z
  .strictObject({
    shards: z
      .record(z.string().regex(/^[0-9a-f]{2}$/), Sha256)
      .describe('Shard objects by the first two hexadecimal digits of the SHA-256 of the path.'),
  })
  .describe('The manifest of a release.')
export type Manifest = z.infer<typeof Manifest>
export const ManifestShard = z
  .record(z.string().describe('Public path, from the root of the site.'), ManifestEntry)
  .describe('A part of the manifest, by public path.')
export type ManifestShard = z.infer<typeof ManifestShard>

const DocumentChange = z
  .strictObject({
    uid: Uid,
    locale: Locale,
    kind: z.enum(['article', 'issue']).describe('Kind of document.'),
    act: z.union([Act, z.literal('state')]).describe('What was done; `state` when only dates changed what is shown.'),
    stamp: Stamp.describe('The edition that is live now.'),
    number: z.int().min(1).describe('Its number.'),
    slug: Slug,
    path: z.string().describe('Where its JSON is, or its tombstone.'),
    from: z
      .string()
      .optional()
      .describe('Where its JSON was before, when its address changed; what stands there now leads to `path`.'),
    reason: z.string().optional().describe('Why it was withdrawn.'),
    replacement: Uid.optional().describe('The article to read instead of one that is no longer published.'),
    to: Slug.optional().describe('Where a redirect leads: the new slug.'),
  })
  .describe('One changed document.')
const PathChanges = z
  .strictObject({
    set: z
      .record(z.string().describe('Public path.'), Sha256)
      .describe(
        'Paths with new bytes or another way to answer, and their objects: fetch `/v1/objects/<sha256>`, for the path itself answers with what stands there today, and may lead elsewhere.',
      ),
    removed: z.array(z.string()).describe('Paths that are no more.'),
    moved: z
      .record(z.string().describe('Public path.'), z.string().describe('Where it leads.'))
      .optional()
      .describe(
        'Of the paths in `set`, those that answer 301. The object there is the text a client gets that does not follow; absent where there is none.',
      ),
  })
  .describe('What changed in the manifest.')

/** `/v1/changes/<n>.json`: what release n changed, for consumers that keep a copy. */
export const Changes = z
  .strictObject({
    release: z.int().min(1).describe('The release.'),
    at: Instant.describe('When it was made.'),
    changes: z.array(DocumentChange).describe('Changed documents, by uid and locale.'),
    paths: PathChanges,
  })
  .describe('What one release changed.')
export type Changes = z.infer<typeof Changes>

/** `/v1/changes/<first>-<last>.json`: a hundred change files as one, such as `/v1/changes/101-200.json`. The files it stands for stay. */
export const HundredChanges = z
  .strictObject({
    first: z.int().min(1).describe('First release it stands for: 1, 101, 201 …'),
    last: z.int().min(100).describe('Last release it stands for.'),
    at: Instant.describe('When the last of them was made.'),
    changes: z
      .array(DocumentChange)
      .describe('Documents that changed in any of them, as the last change left each, by uid and locale.'),
    paths: PathChanges.describe(
      'What changed in the manifest from the release before the first to the last; their change files are among it.',
    ),
  })
  .describe('What a hundred releases changed, as one. Made with the release that follows them.')
export type HundredChanges = z.infer<typeof HundredChanges>
