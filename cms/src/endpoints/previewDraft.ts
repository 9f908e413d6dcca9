import { APIError, type Endpoint, Forbidden, type Payload } from 'payload'
import type { Channel } from 'pipeline/channels/channel.ts'
import { staff } from '../access/who.ts'
import { environment } from '../environment.ts'
import { handoutOfDraft } from '../publishing/draft-handouts.ts'
import type { Reference } from '../publishing/editions.ts'
import { compileDraft, type Preview, selfContained } from '../publishing/preview.ts'
import { missing, referenceIn } from './newestDraft.ts'

type Show = (payload: Payload, reference: Reference) => Promise<Preview | undefined>

// Channels are many templates: only who looks at a preview loads them.
const rendered =
  (load: () => Promise<Channel>, output: string): Show =>
  async (payload, reference) =>
    compileDraft(payload, reference, { channel: await load(), output })
const site = async () => (await import('pipeline/channels/site/index.ts')).site
const email = async () => (await import('pipeline/channels/email/index.ts')).email
const web = async () => (await import('pipeline/channels/web/index.ts')).web

const shows: Record<string, Show> = {
  page: rendered(site, 'page'),
  email: rendered(email, 'html'),
  'email-text': rendered(email, 'text'),
  json: rendered(web, 'json'),
  handout: (_, reference) => handoutOfDraft(environment().dataDir, reference),
}

/**
 * `GET /api/articles/<id>/preview/<form>`: the newest draft as a page, mail, JSON or handout, for the staff. Whatever
 * an author wrote, the answer runs nothing, fetches nothing, is kept nowhere and found by no search.
 */
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
    if ('refused' in made) return answer(422, plain, `This cannot be shown yet.\n\n${made.refused}`)
    return shown(made.file)
  },
}

const plain = 'text/plain; charset=utf-8'

async function shown({ type, body }: Extract<Preview, { file: object }>['file']): Promise<Response> {
  if (typeof body !== 'string') return answer(200, type, body)
  if (type.startsWith('text/html')) return answer(200, type, await selfContained(body))
  return answer(200, plain, type.startsWith('application/json') ? JSON.stringify(JSON.parse(body), null, 2) : body)
}

const shutIn = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox`

function answer(status: number, type: string, body: string | Uint8Array): Response {
  return new Response(body as BodyInit, {
    status,
    headers: {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      // A browser's own viewer of PDFs does not work when it is shut in, and runs nothing of the document.
      'Content-Security-Policy': type === 'application/pdf' ? "frame-ancestors 'none'" : shutIn,
    },
  })
}
