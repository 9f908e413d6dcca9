import type { HandoutsJson } from 'content-schemas'
import { dayOf } from '../../clock.ts'
import { sha256 } from '../../identity.ts'
import type { ResolvedRoot } from '../../tree.ts'
import { handoutFormats, paths } from '../addresses.ts'
import type { Channel, RenderContext, TypesetJob } from '../channel.ts'
import { checkPaper } from './check.ts'
import { paperOf } from './paper.ts'

/**
 * Handouts: a PDF for paper, made right after the rest of a release, and the JSON that tells whether it is there.
 * The same JSON stands in both passes: `pending` in the first, `ready` or `failed` in the second.
 */
export const print: Channel = {
  name: 'print',
  outputs({ live: { kind, locale, slug, document } }) {
    if (kind !== 'article' || !document) return []
    const state = { name: 'handouts', path: paths.handouts(locale, slug), tree: true }
    const pdfs = handoutFormats.map((format) => ({
      name: format,
      path: paths.handout(locale, slug, format),
      pass: 2 as const,
      tree: true,
    }))
    return [{ ...state, pass: 1 }, ...pdfs, { ...state, pass: 2 }]
  },
  async render(tree, context, { name, path, pass }) {
    if (name !== 'handouts') return { path, type: 'application/pdf', body: await pdfOf(tree, context) }
    const pdf = pass === 1 ? 'pending' : await pdfOf(tree, context).catch(() => 'failed' as const)
    return { path, type: 'application/json; charset=utf-8', body: `${JSON.stringify(handouts(context, pdf))}\n` }
  },
}

function handouts({ edition, site }: RenderContext, pdf: Uint8Array | 'pending' | 'failed'): HandoutsJson {
  const { uid, locale, slug, stamp } = edition
  const made = typeof pdf === 'string' ? { state: pdf, sha256: null, bytes: null } : readyOf(pdf)
  const formats = handoutFormats.map((format) => ({
    format,
    state: made.state,
    url: site.url + paths.handout(locale, slug, format),
    sha256: made.sha256,
    bytes: made.bytes,
  }))
  return { uid, locale, slug, stamp, formats }
}

const readyOf = (pdf: Uint8Array) => ({ state: 'ready' as const, sha256: sha256(pdf), bytes: pdf.byteLength })

// The PDF and the JSON that tells its hash are two outputs of one document: it is typeset once.
const typeset = new WeakMap<RenderContext, Promise<Uint8Array>>()

function pdfOf(tree: ResolvedRoot, context: RenderContext): Promise<Uint8Array> {
  const made = typeset.get(context) ?? handoutJob(tree, context).then((job) => context.typeset(job))
  typeset.set(context, made)
  return made
}

/** The job that typesets a handout. Throws a sentence with all that is wrong with the content when it cannot be set. */
export async function handoutJob(tree: ResolvedRoot, context: RenderContext): Promise<TypesetJob> {
  const { paper, pictures } = paperOf(tree, context)
  const messages = checkPaper(paper)
  if (messages.length > 0) throw new Error(messages.map(({ reason, fix }) => `${reason} ${fix}`).join(' '))
  const files: TypesetJob['files'] = {}
  for (const [path, hash] of pictures) files[path] = await context.asset(hash)
  return { input: paper, files, date: dateOf(context) }
}

/** The day of the review, else of the edition: never today, so that the same edition gives the same bytes. */
const dateOf = ({ edition }: RenderContext): string =>
  (edition.document?.kind === 'article' && edition.document.review.lastReviewed) || dayOf(new Date(edition.at))
