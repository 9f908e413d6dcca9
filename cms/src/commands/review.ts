import type { Payload } from 'payload'
import { type Command, type CommandContext, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption, findDocument, localeOption, type Named, orRefusal } from './documents.ts'

const common = `
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator, who may do all of this`

/** Hands an article to a reviewer. */
export const submit: Command = {
  name: 'submit',
  usage: 'submit SLUG --reviewer PERSON [--locale LOCALE] [--as EMAIL]',
  summary: 'Submit the newest draft of an article to a reviewer, who is told by mail.',
  help: `${common}
--reviewer PERSON  slug of the entry under People
--json             {uid, locale, state}`,
  options: { locale: { type: 'string' }, reviewer: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, 'submitted', async (payload, article) => {
      const reviewer = await personOf(payload, required(context, 'reviewer', 'Say who reviews it'))
      const { submit } = await import('../review/acts.ts')
      await submit(payload, article, { ...(await actingFor(context, payload)), reviewer })
      return 'in-review'
    }),
}

/** Approves an article in the name of a reviewer. */
export const approve: Command = {
  name: 'approve',
  usage: 'approve SLUG --reviewer PERSON [--on DAY] [--next DAY] [--locale LOCALE] [--as EMAIL]',
  summary: 'Approve the newest draft of an article in the name of its reviewer, so that it can be published.',
  help: `${common}
--reviewer PERSON  slug of the entry under People of who read it; with \`--as\`, the person of that sign-in
--on DAY           day of the review, such as 2026-05-01; default today
--next DAY         day of the next review, at most three years on; default by the editorial policy
--json             {uid, locale, state} or {refused: [messages]}

It binds to exactly this text: one edit makes it void. Exit 1 if it is refused.`,
  options: {
    locale: { type: 'string' },
    reviewer: { type: 'string' },
    on: { type: 'string' },
    next: { type: 'string' },
    ...asOption,
  },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, 'approved', async (payload, article) => {
      const acting = await actingFor(context, payload)
      const days = { lastReviewed: dayOption(context, 'on'), nextReview: dayOption(context, 'next') }
      const named = acting.user
        ? {}
        : { reviewer: await personOf(payload, required(context, 'reviewer', 'Say who read it')) }
      const { approve } = await import('../review/acts.ts')
      await approve(payload, article, { ...acting, ...named, ...days })
      return 'approved'
    }),
}

/** Gives an article back to its editor. */
export const returnCommand: Command = {
  name: 'return',
  usage: 'return SLUG --note TEXT [--locale LOCALE] [--as EMAIL]',
  summary: 'Return an article that is in review to its editor, who is told by mail.',
  help: `${common}
--note TEXT      what is to be changed
--json           {uid, locale, state}`,
  options: { locale: { type: 'string' }, note: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, 'returned', async (payload, article) => {
      const note = required(context, 'note', 'Say what is to be changed')
      const { returnToEditor } = await import('../review/acts.ts')
      await returnToEditor(payload, article, { ...(await actingFor(context, payload)), note })
      return 'draft'
    }),
}

async function onArticle(
  context: CommandContext,
  done: string,
  act: (payload: Payload, article: Named) => Promise<string>,
) {
  const locale = localeOption(context)
  try {
    const payload = await openPayload()
    const article = await findDocument(payload, context.arguments[0]!, locale, ['article'])
    return await orRefusal(context, done === 'approved' ? 'approved' : 'published', async () => {
      const state = await act(payload, article)
      const { uid, title } = article
      context.print(context.json ? JSON.stringify({ uid, locale, state }) : `“${title}” (${locale}) is ${done}.`)
      return 0
    })
  } finally {
    await closePayload()
  }
}

function required(context: CommandContext, name: string, why: string): string {
  const value = textOption(context, name)?.trim()
  if (!value) throw new MisuseError(`${why}: \`--${name} …\` is missing.`)
  return value
}

function dayOption(context: CommandContext, name: string): string | null {
  const day = textOption(context, name)
  if (day === undefined) return null
  if (/^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))) return day
  throw new MisuseError(`\`--${name} ${day}\` is no day. Write it as 2026-05-01.`)
}

async function personOf(payload: Payload, slug: string): Promise<string> {
  const { docs } = await payload.find({
    collection: 'people',
    where: { slug: { equals: slug } },
    limit: 1,
    depth: 0,
    overrideAccess: true,
  })
  if (docs[0]) return docs[0].id
  throw new Error(`There is nobody \`${slug}\` under People. See the list in the admin.`)
}
