import type { Locale } from 'content-schemas'
import { createLocalReq, type Endpoint, Forbidden } from 'payload'
import { type Comparison, compare } from 'pipeline/compare/index.ts'
import { type NumbersApart, numbersApart } from 'pipeline/compare/numbers.ts'
import { type Pair, pairUp } from 'pipeline/compare/side-by-side.ts'
import { contentHash } from 'pipeline/identity.ts'
import { staff } from '../access/who.ts'
import { articleOf } from '../publishing/document.ts'
import { shownBy } from '../publishing/records.ts'
import { sourceStateOf, sourceThen } from '../review/translations.ts'
import { newestDraft, referenceIn } from './newestDraft.ts'

/** What the page of a translation reads. `source` is null for what is none, or while its source is not approved. */
export type TranslationAnswer = {
  locale: Locale
  sourceLocale: Locale | null
  contentHash: string | null
  source: { title: string; contentHash: string; approvedBy: string; at: string } | null
  /** Who last compared the two, and when. */
  check: { by: string; at: string } | null
  /** What changed in the source since; null where nothing did, or nobody compared them yet. */
  changed: Comparison | null
  pairs: Pair[]
  /** Numbers that only one of the two has. */
  numbers: NumbersApart
}

/** `GET /api/articles/<id>/translation`, for everyone on the staff: the newest draft beside its approved source. */
export const sideBySide: Endpoint = {
  path: '/:id/translation',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const own = await createLocalReq({}, req.payload)
    const reference = referenceIn(req)
    const { document } = articleOf(await newestDraft(own, 'articles', reference))
    const state = document && (await sourceStateOf(own, document))
    const { source } = state ?? {}
    const then = state?.hasChanged ? await sourceThen(own, reference, state) : undefined
    const translation = document && source && { document, records: await shownBy(own, document) }
    const answer: TranslationAnswer = {
      locale: reference.locale,
      sourceLocale: state?.locale ?? null,
      contentHash: document ? contentHash(document) : null,
      source: source
        ? {
            title: source.document.title,
            contentHash: source.contentHash,
            approvedBy: source.approvedBy,
            at: source.at,
          }
        : null,
      check: state?.check ? { by: state.check.by, at: state.check.at } : null,
      changed: source && then ? compare(then, source) : null,
      pairs: translation ? pairUp(source, translation) : [],
      numbers: translation ? numbersApart(source, translation) : { source: [], translation: [] },
    }
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}
