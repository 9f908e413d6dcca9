import { type Locale, locales } from 'content-schemas'
import { APIError, type Endpoint, Forbidden, type Payload, type PayloadRequest } from 'payload'
import { opensPreviews, previewToken } from '../access/preview-tokens.ts'
import { staff } from '../access/who.ts'
import { environment } from '../environment.ts'
import { localeNames } from '../fields/identity.ts'
import { clockOf } from '../publishing/clock.ts'
import { rowId } from '../publishing/document.ts'
import { handoutForms, handoutOfDraft, isHandoutForm } from '../publishing/draft-handouts.ts'
import type { Reference } from '../publishing/editions.ts'
import { compileDraft, type Preview } from '../publishing/preview.ts'
import { missing, referenceIn } from './newestDraft.ts'
import { answerWith, type CompiledForm, compiledForms, formOf, sayInstead } from './shownForm.ts'

/** What the tab with the previews of an article asks for, again and again: the frames need its token. */
export type PreviewsAnswer = {
  /** Opens the previews of this document and no other, for some minutes. */
  token: string
  /** When the newest draft was saved, RFC 3339: with another one, the previews are others. */
  savedAt: string
  locale: Locale
  /** The same article in the other languages it has. */
  languages: { id: string; locale: Locale; name: string }[]
}

/** `GET /api/articles/<id>/preview`, for everyone on the staff. */
export const previews: Endpoint = {
  path: '/:id/preview',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const answer = await answerFor(req, referenceIn(req))
    return Response.json(answer, { headers: { 'Cache-Control': 'no-store' } })
  },
}

async function answerFor(req: PayloadRequest, { uid, locale }: Reference): Promise<PreviewsAnswer> {
  // Asked twice a second by each open tab: nothing of the text is read for it.
  const { docs } = await req.payload.find({
    ...{ collection: 'articles', where: { uid: { equals: uid } }, draft: true, depth: 0, pagination: false },
    ...{ select: { locale: true, updatedAt: true }, req, overrideAccess: false },
  })
  const own = docs.find((row) => row.locale === locale)
  if (!own) throw missing()
  const others = locales.filter((other) => other !== locale && docs.some((row) => row.locale === other))
  return {
    token: previewToken(own.id, clockOf(req.payload).now()),
    savedAt: own.updatedAt,
    locale,
    languages: others.map((other) => ({ id: rowId(uid, other), locale: other, name: localeNames[other] })),
  }
}

const forms: readonly string[] = [...Object.keys(compiledForms), ...handoutForms]

const show = async (payload: Payload, reference: Reference, form: string): Promise<Preview | undefined> =>
  isHandoutForm(form)
    ? handoutOfDraft(environment().dataDir, { ...reference, form })
    : compileDraft(payload, reference, await formOf(form as CompiledForm))

/**
 * `GET /api/articles/<id>/preview/<form>/<token>`: the newest draft as a page, mail, JSON or handout, for whoever has a
 * token of that very document. A session opens nothing here.
 */
export const preview: Endpoint = {
  path: '/:id/preview/:form/:token',
  method: 'get',
  handler: async (req) => {
    const [form, token] = [String(req.routeParams?.form), String(req.routeParams?.token)]
    const reference = referenceIn(req)
    if (!opensPreviews(token, rowId(reference.uid, reference.locale), clockOf(req.payload).now()))
      return sayInstead(403, 'This preview is closed by now. Reload the page around it for a new one.')
    if (!forms.includes(form))
      throw new APIError(`There is no such preview. There are ${forms.join(', ')}.`, 404, null, true)
    const made = await show(req.payload, reference, form)
    if (!made) throw missing()
    return answerWith(made, 'allow-same-origin')
  },
}
