import type { Payload } from 'payload'
import { type Command, type CommandContext, type ExitCode, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption, findDocument, localeOption, type Named, orRefusal } from './documents.ts'

export const common = `
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
  usage: 'approve SLUG --reviewer PERSON [--on DAY] [--next DAY] [--no-danger TEXT] [--locale LOCALE] [--as EMAIL]',
  summary: 'Approve the newest draft of an article in the name of its reviewer, so that it can be published.',
  help: `${common}
--reviewer PERSON  slug of the entry under People of who read it; with \`--as\`, the person of that sign-in
--on DAY           day of the review, such as 2026-05-01; default today
--next DAY         day of the next review, at most three years on; default by the editorial policy
--no-danger TEXT   why nobody is in danger, where the text has danger words and no topic of acute risk
--json             {uid, locale, state} or {refused: [messages]}

It binds to exactly this text: one edit makes it void. Exit 1 if it is refused.`,
  options: {
    locale: { type: 'string' },
    reviewer: { type: 'string' },
    on: { type: 'string' },
    next: { type: 'string' },
    'no-danger': { type: 'string' },
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
      await approve(payload, article, { ...acting, ...named, ...days, noDanger: textOption(context, 'no-danger') })
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

/** Makes a link for a reviewer outside. */
export const reviewLink: Command = {
  name: 'review link',
  usage: 'review link SLUG --clinician NAME [--days N] [--mail ADDRESS] [--locale LOCALE] [--as EMAIL]',
  summary: 'Make a link by which somebody without a sign-in reads the newest draft and comments on it.',
  help: `${common}
--clinician NAME  who is to read it
--days N          how long the link holds, 1 to 60; default 14
--mail ADDRESS    mail it there; the address is not kept
--json            {uid, locale, link, expiresAt, address}

The address is shown once. What is drafted later is not shown by it.`,
  options: {
    ...{ locale: { type: 'string' }, clinician: { type: 'string' }, days: { type: 'string' } },
    ...{ mail: { type: 'string' }, ...asOption },
  },
  arguments: { least: 1 },
  async run(context) {
    const clinician = required(context, 'clinician', 'Say who is to read it')
    const days = daysOption(context)
    const mail = textOption(context, 'mail')
    return withArticle(context, async (payload, { uid, locale, title }) => {
      const { makeLink } = await import('../review/links.ts')
      const asked = { ...(await actingFor(context, payload)), clinician, days, mail }
      const { link, address } = await makeLink(payload, { uid, locale }, asked)
      const { id, expiresAt } = link
      if (context.json) context.print(JSON.stringify({ uid, locale, link: id, expiresAt, address }))
      else context.print(`${clinician} reads “${title}” (${locale}) until ${expiresAt.slice(0, 10)} at:\n${address}`)
    })
  },
}

/** Takes such links back. */
export const reviewUnlink: Command = {
  name: 'review unlink',
  usage: 'review unlink SLUG [--link ID] [--locale LOCALE] [--as EMAIL]',
  summary: 'Take back the links to an article for reviewers outside: all of them, or one.',
  help: `${common}
--link ID        the one that \`review link --json\` named
--json           {uid, locale, revoked}`,
  options: { locale: { type: 'string' }, link: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    withArticle(context, async (payload, { uid, locale, title }) => {
      const { revokeLinks } = await import('../review/links.ts')
      const asked = { ...(await actingFor(context, payload)), link: textOption(context, 'link') }
      const revoked = await revokeLinks(payload, { uid, locale }, asked)
      if (context.json) context.print(JSON.stringify({ uid, locale, revoked }))
      else context.print(`${revoked === 1 ? 'One link' : `${revoked} links`} to “${title}” (${locale}) taken back.`)
    }),
}

async function withArticle(
  context: CommandContext,
  act: (payload: Payload, article: Named) => Promise<void>,
): Promise<ExitCode> {
  const locale = localeOption(context)
  try {
    const payload = await openPayload()
    await act(payload, await findDocument(payload, context.arguments[0]!, locale, ['article']))
    return 0
  } finally {
    await closePayload()
  }
}

function daysOption(context: CommandContext): number | undefined {
  const days = textOption(context, 'days')
  if (days === undefined) return undefined
  if (/^\d{1,3}$/.test(days)) return Number(days)
  throw new MisuseError(`\`--days ${days}\` is no number of days. Write one from 1 to 60.`)
}

export async function onArticle(
  context: CommandContext,
  done: string,
  act: (payload: Payload, article: Named) => Promise<string>,
) {
  const locale = localeOption(context)
  try {
    const payload = await openPayload()
    const article = await findDocument(payload, context.arguments[0]!, locale, ['article'])
    return await orRefusal(context, done === 'approved' || done === 'confirmed' ? done : 'published', async () => {
      const state = await act(payload, article)
      const { uid, title } = article
      context.print(context.json ? JSON.stringify({ uid, locale, state }) : `“${title}” (${locale}) is ${done}.`)
      return 0
    })
  } finally {
    await closePayload()
  }
}

export function required(context: CommandContext, name: string, why: string): string {
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
