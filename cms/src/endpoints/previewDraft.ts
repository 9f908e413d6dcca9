import { APIError, type Endpoint, Forbidden, type Payload } from 'payload'
import { staff } from '../access/who.ts'
import { environment } from '../environment.ts'
import { handoutOfDraft } from '../publishing/draft-handouts.ts'
import type { Reference } from '../publishing/editions.ts'
import { compileDraft, type Preview } from '../publishing/preview.ts'
import { missing, referenceIn } from './newestDraft.ts'
import { answerWith, type CompiledForm, compiledForms, formOf } from './shownForm.ts'

type Show = (payload: Payload, reference: Reference) => Promise<Preview | undefined>

const rendered =
  (name: CompiledForm): Show =>
  async (payload, reference) =>
    compileDraft(payload, reference, await formOf(name))

const shows: Record<string, Show> = {
  ...Object.fromEntries((Object.keys(compiledForms) as CompiledForm[]).map((name) => [name, rendered(name)])),
  handout: (_, reference) => handoutOfDraft(environment().dataDir, reference),
}

/** `GET /api/articles/<id>/preview/<form>`: the newest draft as a page, mail, JSON or handout, for the staff. */
export const preview: Endpoint = {
  path: '/:id/preview/:form',
  method: 'get',
  handler: async (req) => {
    if (!staff({ req })) throw new Forbidden(req.t)
    const name = String(req.routeParams?.form)
    if (!Object.hasOwn(shows, name))
      throw new APIError(`There is no such preview. There are ${Object.keys(shows).join(', ')}.`, 404, null, true)
    const made = await shows[name]!(req.payload, referenceIn(req))
    if (!made) throw missing()
    return answerWith(made)
  },
}
