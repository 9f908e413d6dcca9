import type { Approval, Article } from 'content-schemas'
import { APIError, type Payload, type PayloadRequest } from 'payload'
import { type NumbersApart, numbersApart } from 'pipeline/compare/numbers.ts'
import { type Acting, allow } from '../access/acting.ts'
import { audit } from '../audit/record.ts'
import { changersOf } from '../hooks/noteChangers.ts'
import type { Reference } from '../publishing/editions.ts'
import { aside, shownBy } from '../publishing/records.ts'
import { inTransaction } from '../publishing/transaction.ts'
import { assertRead, entryOf, type ReviewFields, readable, reviewOf, rowToReview, save } from './acts.ts'
import { approvedSource, type Candidate, comparedWith, keepCandidate, newestCandidate } from './candidates.ts'

/*
 * Translations. One is approved by the approval of its source and a check by somebody named who compared the two. The
 * check makes a candidate, as an approval does, under the review of the source; so the gate asks one question of every
 * article. A reviewer who reads the language may approve a translation as any other article.
 */

/** What somebody compared: the hashes of both texts, where a page showed them. */
export type Check = Acting & {
  contentHash?: string
  sourceHash?: string
  /** Why numbers that only one of the two has are right. A sign-in has to say it where there are such. */
  numbers?: string | undefined
}

/** Says that the newest draft is a right translation of its source as that was approved last. */
export const checkTranslation = (payload: Payload, reference: Reference, check: Check): Promise<Candidate> =>
  inTransaction(payload, async (req) => {
    allow('check-translation', check)
    const row = await rowToReview(req, reference)
    const document = readable(row, 'checked')
    assertRead(document, check.contentHash)
    assertNoReview(reviewOf(row))
    const source = await sourceOrRefuse(req, document)
    if (check.sourceHash !== undefined && check.sourceHash !== source.contentHash)
      throw misfit('The source was approved anew since you opened it. Compare the two again, then check it.')
    const by = await nameOf(req, check, document)
    if (check.user && changersOf(row).includes(check.user.id))
      throw misfit('You changed this translation yourself. Somebody else has to check it.')
    const records = await shownBy(req, document)
    const apart = inWords(numbersApart(source, { document, records }))
    const numbers = check.numbers?.trim()
    if (apart && !numbers && check.user)
      throw misfit(`${apart} Mend what is wrong; else say under “Translation” why these numbers are right.`)
    const reviewed = { ...document, review: source.document.review }
    const translation = await comparedWith(req, document, by)
    const candidate = await keepCandidate(req, reviewed, await shownBy(req, reviewed), {
      ...{ act: 'check', basis: source.id, user: check.user?.id ?? null, answers: source.answers },
      approval: { ...source.approval, ...(translation ? { translation } : {}) },
    })
    const said = [`as ${by}, against ${source.document.locale} ${source.contentHash.slice(0, 12)}`]
    if (apart && numbers) said.push(`${apart} ${numbers}`)
    await audit(req, check, { ...entryOf('check-translation', document), reason: said.join('; ') })
    const review = { ...reviewOf(row), ...source.document.review, submittedAt: null, submittedBy: null, note: null }
    await save(req, row, review, { changedBy: [] })
    return candidate
  })

/** What a reviewer has in hand, or gave back, is the reviewer's to approve. */
function assertNoReview({ submittedAt, note }: ReviewFields): void {
  if (submittedAt) throw misfit('It is in review: the reviewer approves or returns it.')
  if (note) throw misfit(`A reviewer returned it: “${note}” Submit it again, so that the reviewer can approve it.`)
}

/** Numbers that only one of two texts has, as a sentence; undefined where there are none. */
function inWords({ source, translation }: NumbersApart): string | undefined {
  const parts = [
    ...(translation.length > 0 ? [`only in the translation: ${translation.join(', ')}`] : []),
    ...(source.length > 0 ? [`only in the source: ${source.join(', ')}`] : []),
  ]
  return parts.length > 0 ? `Numbers ${parts.join('; ')}.` : undefined
}

async function sourceOrRefuse(req: PayloadRequest, document: Article): Promise<Candidate> {
  if (!document.translatedFrom)
    throw misfit('It is no translation. Say under “Translated from” what it was translated from, if it was.')
  const source = await approvedSource(req, document)
  if (source) return source
  throw misfit('The source has not been approved yet. Once a reviewer has, the translation can be checked against it.')
}

/** The check is named: by the person of the sign-in. A process of ours has none, and says who in `by`. */
async function nameOf(req: PayloadRequest, { by, user }: Acting, { authors }: Article): Promise<string> {
  if (!user) return by
  const options = { depth: 1, overrideAccess: true, req: aside(req) } as const
  const { person } = await req.payload.findByID({ collection: 'users', id: user.id, ...options })
  if (!person || typeof person === 'string')
    throw misfit('A check is named, and your sign-in names no person. An administrator can choose yours under Users.')
  if (authors.includes(person.id)) throw misfit('You are an author of this article. Somebody else has to check it.')
  return person.name
}

const misfit = (sentence: string) => new APIError(sentence, 409, null, true)

/** What became of the source of a translation since somebody answered for that; undefined for what is no translation. */
export type SourceState = {
  locale: Article['locale']
  /** The approved source. Undefined while there is none. */
  source: Candidate | undefined
  /** Hash of the source that the translation was compared with last; undefined if never. */
  checkedAgainst: string | undefined
  /** Who compared them, and when. */
  check: Approval['translation']
  hasChanged: boolean
}

export async function sourceStateOf(req: PayloadRequest, article: Article): Promise<SourceState | undefined> {
  const { uid, locale, translatedFrom } = article
  if (!translatedFrom) return undefined
  const source = await approvedSource(req, article)
  const own = await newestCandidate(req, { uid, locale })
  const check = own?.approval.translation
  const checkedAgainst = check?.contentHash
  const hasChanged = source !== undefined && checkedAgainst !== undefined && checkedAgainst !== source.contentHash
  return { locale: translatedFrom, source, checkedAgainst, check, hasChanged }
}

/** The source as it was when a translation was compared with it, if that was ever approved. */
export const sourceThen = (
  req: PayloadRequest,
  { uid }: Reference,
  { locale, checkedAgainst }: SourceState,
): Promise<Candidate | undefined> =>
  checkedAgainst === undefined ? Promise.resolve(undefined) : newestCandidate(req, { uid, locale }, checkedAgainst)
