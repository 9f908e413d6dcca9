import type { Channel } from 'pipeline/channels/channel.ts'
import { type Form, type Preview, selfContained } from '../publishing/preview.ts'

/*
 * The forms in which a text is shown before it is published, and the answers that show them: whatever an author wrote,
 * they run nothing, fetch nothing, are kept nowhere and found by no search.
 */

// Channels are many templates: only who looks at one loads it.
const site = async () => (await import('pipeline/channels/site/index.ts')).site
const email = async () => (await import('pipeline/channels/email/index.ts')).email
const web = async () => (await import('pipeline/channels/web/index.ts')).web

/** Forms that are compiled where they are asked for; the handout is not, see `publishing/draft-handouts.ts`. */
export const compiledForms = {
  page: { load: site, output: 'page' },
  email: { load: email, output: 'html' },
  'email-text': { load: email, output: 'text' },
  json: { load: web, output: 'json' },
} as const satisfies Record<string, { load(): Promise<Channel>; output: string }>
export type CompiledForm = keyof typeof compiledForms

/** What is to be compiled for a form. */
export async function formOf(name: CompiledForm): Promise<Form> {
  const { load, output } = compiledForms[name]
  return { channel: await load(), output }
}

const plain = 'text/plain; charset=utf-8'

/**
 * What a form may in a frame, as its attribute `sandbox` says it too: nothing; or being read by the page around it, which
 * keeps the place when the frame is loaded anew. Scripts run in neither.
 */
export type Sandbox = '' | 'allow-same-origin'

/** The answer that shows a form, or says why it cannot be shown. */
export async function answerWith(made: Preview, sandbox: Sandbox = ''): Promise<Response> {
  if ('refused' in made) return sayInstead(422, `This cannot be shown yet.\n\n${made.refused}`, sandbox)
  const { type, body } = made.file
  if (typeof body !== 'string') return answer(200, type, body, sandbox)
  if (type.startsWith('text/html')) return answer(200, type, await selfContained(body), sandbox)
  const text = type.startsWith('application/json') ? JSON.stringify(JSON.parse(body), null, 2) : body
  return answer(200, plain, text, sandbox)
}

/** The answer that stands where a form would, in words. */
export const sayInstead = (status: number, words: string, sandbox: Sandbox = ''): Response =>
  answer(status, plain, words, sandbox)

const shutIn = (sandbox: Sandbox): string =>
  [
    ...["default-src 'none'", "style-src 'unsafe-inline'", 'img-src data:', "base-uri 'none'", "form-action 'none'"],
    ...["frame-ancestors 'self'", `sandbox ${sandbox}`.trim()],
  ].join('; ')

function answer(status: number, type: string, body: string | Uint8Array, sandbox: Sandbox): Response {
  return new Response(body as BodyInit, {
    status,
    headers: {
      'Content-Type': type,
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      // A browser's own viewer of PDFs does not work when it is shut in, and runs nothing of the document.
      'Content-Security-Policy': type === 'application/pdf' ? "frame-ancestors 'none'" : shutIn(sandbox),
    },
  })
}
