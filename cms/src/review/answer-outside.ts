import { APIError, createLocalReq, type Payload } from 'payload'
import { z } from 'zod'
import { addressOf } from '../access/attempts.ts'
import { attemptCounter } from '../access/counter.ts'
import { answerWith, type CompiledForm, compiledForms, formOf } from '../endpoints/shownForm.ts'
import { environment } from '../environment.ts'
import { handoutOfDraft, isHandoutForm } from '../publishing/draft-handouts.ts'
import { compileText } from '../publishing/preview.ts'
import { commentOutside, commentsThrough, giveVerdict, type Opened, openLink, type Verdict, verdicts } from './links.ts'
import { closedPage, pagePolicy, readingPage, type Situation, tooOftenPage } from './outside-page.ts'

/*
 * Everything under `/review/<token>`: one text, for whoever has its link. It sets no cookie, runs no script, and knows
 * no other document; a token that opens nothing any more looks like one that never did.
 */

const minute = 60_000
/** What one link may ask for, and send; and how often an address may come with tokens that open nothing. */
const limits = {
  reading: attemptCounter({ attempts: 300, within: 10 * minute }),
  saying: attemptCounter({ attempts: 30, within: 10 * minute }),
  guessing: attemptCounter({ attempts: 60, within: 10 * minute }),
}

/** Bytes of a form that is sent: two texts of 4,000 characters, percent-encoded. */
const mostBytes = 128 * 1024

/** Answers `GET /review/<token>[/<form>]` and `POST /review/<token>`. */
export async function answerOutside(
  payload: Payload,
  request: Request,
  { token, form }: { token: string; form?: string },
): Promise<Response> {
  const now = Date.now()
  const opened = await openLink(payload, token)
  if (!opened) {
    const address = addressOf(request)
    const isGuessing = address !== undefined && !limits.guessing.take(address, now)
    return isGuessing ? page(429, tooOftenPage()) : page(404, closedPage())
  }
  const limit = request.method === 'POST' ? limits.saying : limits.reading
  if (!limit.take(opened.link.id, now)) return page(429, tooOftenPage())
  if (form !== undefined) return answerForm(payload, opened, form)
  const base = new URL(request.url).pathname
  return request.method === 'POST' ? take(payload, request, opened, base) : show(payload, request, opened, base)
}

async function answerForm(payload: Payload, opened: Opened, form: string): Promise<Response> {
  const { id: link, reference } = opened.link
  if (isHandoutForm(form)) {
    const made = await handoutOfDraft(environment().dataDir, { ...reference, form, link })
    return made ? answerWith(made) : page(404, closedPage())
  }
  if (!Object.hasOwn(compiledForms, form)) return page(404, closedPage())
  return answerWith(await compileText(payload, opened, await formOf(form as CompiledForm)))
}

async function show(payload: Payload, request: Request, opened: Opened, base: string): Promise<Response> {
  const asked = new URL(request.url).searchParams
  const done = asked.get('done')
  return reading(payload, opened, base, 200, {
    on: indexOf(asked.get('on')),
    done: done === 'comment' || done === 'verdict' ? done : undefined,
  })
}

async function reading(
  payload: Payload,
  opened: Opened,
  base: string,
  status: number,
  situation: Omit<Situation, 'comments'>,
): Promise<Response> {
  const comments = await commentsThrough(await createLocalReq({}, payload), opened.link)
  return page(status, readingPage(base, opened, { ...situation, comments }))
}

const indexOf = (given: string | null): number | undefined =>
  /^\d{1,5}$/.test(given ?? '') ? Number(given) : undefined

// Browsers send line ends as two characters.
const words = z
  .string()
  .transform((text) => text.replaceAll('\r\n', '\n').trim())
  .pipe(z.string().max(4000))
const Sent = z.union([
  z.object({ verdict: z.enum(Object.keys(verdicts) as [Verdict, ...Verdict[]]) }),
  z.object({ text: words.pipe(z.string().min(1)), run: z.string().optional(), exact: words.optional() }),
])

async function take(payload: Payload, request: Request, opened: Opened, base: string): Promise<Response> {
  const fields = await fieldsOf(request)
  const { data: sent } = Sent.safeParse(fields)
  if (!sent) return refuse('Write what you would say, in at most 4,000 characters.')
  if ('verdict' in sent) {
    await giveVerdict(payload, opened, sent.verdict)
    return seeOther(`${base}?done=verdict`)
  }
  const run = indexOf(sent.run ?? null)
  try {
    await commentOutside(payload, opened, { text: sent.text, run, exact: sent.exact || undefined })
  } catch (error) {
    if (!(error instanceof APIError) || error.status >= 500) throw error
    return refuse(error.message, error.status)
  }
  return seeOther(`${base}?done=comment`)

  function refuse(reason: string, status = 400): Promise<Response> {
    const { text = '', exact } = fields
    return reading(payload, opened, base, status, { on: indexOf(fields.run ?? null), refused: { reason, text, exact } })
  }
}

/** The fields of a form; none when it is too long, or no form. */
async function fieldsOf(request: Request): Promise<Partial<Record<string, string>>> {
  const type = request.headers.get('content-type') ?? ''
  if (!type.startsWith('application/x-www-form-urlencoded') || !request.body) return {}
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > mostBytes) return {}
    chunks.push(chunk)
  }
  return Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')))
}

const safe = {
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
}

const seeOther = (path: string): Response => new Response(null, { status: 303, headers: { ...safe, Location: path } })

const page = (status: number, body: string): Response =>
  new Response(body, {
    status,
    headers: {
      ...safe,
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': pagePolicy,
      ...(status === 429 && { 'Retry-After': '600' }),
    },
  })
