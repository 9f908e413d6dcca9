import { type Edition, strikeCauses } from 'content-schemas'
import type { Payload } from 'payload'
import { type Command, type CommandContext, MisuseError, textOption } from 'pipeline/commands/index.ts'
import type { Acting } from '../access/acting.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { StrikeRow } from '../publishing/strikes.ts'
import { actingFor, asOption, findDocument, localeOption, type Named } from './documents.ts'

const common = `
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator`

/** Takes a passage out of what is published, at once. */
export const strike: Command = {
  name: 'strike',
  usage:
    'strike SLUG (--words TEXT | --block ID | --notice) --cause CAUSE --reason TEXT [--locale LOCALE] [--as EMAIL]',
  summary: 'Withdraw a passage of a published article at once, or put a notice above it; a reviewer confirms it later.',
  help: `${common}
--words TEXT     words of the passage, as published; the sentences that hold them go
--block ID       a block that goes as a whole, or in which the words stand: the id it has in the JSON of the article
--notice         leaves the text, and says above it that a part of it is in doubt
--cause CAUSE    what readers are told: ${strikeCauses.join(', ')}
--reason TEXT    why, for the reviewer; readers do not see it
--json           {uid, locale, number, stamp, act}

Readers are told in fixed sentences: nothing can be advised this way. Reviewers get a mail; until one has answered, and if
none does, the passage stays withdrawn.`,
  options: {
    words: { type: 'string' },
    block: { type: 'string' },
    notice: { type: 'boolean' },
    cause: { type: 'string' },
    reason: { type: 'string' },
    locale: { type: 'string' },
    ...asOption,
  },
  arguments: { least: 1 },
  run: (context) => {
    const meant = meantBy(context)
    const said = { cause: causeOption(context), reason: required(context, 'reason', 'Say why, for the reviewer') }
    return onArticle(context, async (payload, article, acting) => {
      const { strike } = await import('../publishing/strikes.ts')
      const edition = await strike(payload, article, { ...acting, ...said, ...meant })
      tellEdition(context, article, edition, meant.kind === 'notice' ? 'has a notice' : 'is without the passage')
    })
  },
}

const answering = (name: string, more: string) => `${name} SLUG [--strike ID]${more} [--locale LOCALE] [--as EMAIL]`
const whichOption = `
--strike ID      which, where there are several; see the list in the admin`

/** Says, as a reviewer, that a passage was rightly withdrawn. */
export const confirmStrike: Command = {
  name: 'confirm-strike',
  usage: answering('confirm-strike', ''),
  summary: 'Confirm, as a reviewer, that a passage was rightly withdrawn at once.',
  help: `${common}${whichOption}
--json           {uid, locale, strike, state}`,
  options: { strike: { type: 'string' }, locale: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, async (payload, article, acting) => {
      const { confirmStrike } = await import('../publishing/strikes.ts')
      const id = await strikeIn(context, payload, article)
      await confirmStrike(payload, id, acting)
      const { uid, locale, title } = article
      if (context.json) context.print(JSON.stringify({ uid, locale, strike: id, state: 'confirmed' }))
      else context.print(`What was withdrawn from “${title}” (${locale}) is confirmed.`)
    }),
}

/** Says, as a reviewer, that a passage may stand: it comes back as it was approved. */
export const liftStrike: Command = {
  name: 'lift-strike',
  usage: answering('lift-strike', ' --reason TEXT'),
  summary: 'Bring a withdrawn passage back as it was approved, as a reviewer.',
  help: `${common}${whichOption}
--reason TEXT    why it may stand as it was
--json           {uid, locale, number, stamp, act}`,
  options: { strike: { type: 'string' }, reason: { type: 'string' }, locale: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) => {
    const reason = required(context, 'reason', 'Say why it may stand as it was')
    return onArticle(context, async (payload, article, acting) => {
      const { liftStrike } = await import('../publishing/strikes.ts')
      const id = await strikeIn(context, payload, article)
      const edition = await liftStrike(payload, id, { ...acting, reason })
      if (edition) tellEdition(context, article, edition, 'has the passage again')
    })
  },
}

async function onArticle(
  context: CommandContext,
  act: (payload: Payload, article: Named, acting: Acting) => Promise<void>,
): Promise<0> {
  const locale = localeOption(context)
  try {
    const payload = await openPayload()
    const article = await findDocument(payload, context.arguments[0]!, locale, ['article'])
    await act(payload, article, await actingFor(context, payload))
    return 0
  } finally {
    await closePayload()
  }
}

function tellEdition(context: CommandContext, { uid, locale, title }: Named, edition: Edition, is: string): void {
  const { number, stamp, act } = edition
  if (context.json) context.print(JSON.stringify({ uid, locale, number, stamp, act }))
  else context.print(`“${title}” (${locale}) ${is}: edition ${number}, stamp ${stamp}.`)
}

function meantBy(context: CommandContext) {
  const [words, block] = [textOption(context, 'words'), textOption(context, 'block')]
  if (context.options.notice === true) {
    if (words !== undefined || block !== undefined)
      throw new MisuseError('`--notice` is about the whole article: leave out `--words` and `--block`.')
    return { kind: 'notice' } as const
  }
  if (words === undefined && block === undefined)
    throw new MisuseError('Say which passage: `--words "…"` or `--block ID` is missing.')
  return { kind: 'passage', words, block } as const
}

function causeOption(context: CommandContext) {
  const given = required(context, 'cause', 'Say what readers are told')
  const cause = strikeCauses.find((one) => one === given)
  if (cause) return cause
  throw new MisuseError(`\`--cause ${given}\` is not known. There are ${strikeCauses.join(', ')}.`)
}

/** The strike that is meant: the one named, else the only one that waits for an answer. */
async function strikeIn(context: CommandContext, payload: Payload, article: Named): Promise<string> {
  const named = textOption(context, 'strike')
  if (named !== undefined) return named
  const { openStrikes } = await import('../publishing/strikes.ts')
  const { createLocalReq } = await import('payload')
  const open = await openStrikes(await createLocalReq({}, payload), article)
  if (open.length === 1) return open[0]!.id
  if (open.length === 0) return 'none'
  const list = open.map(({ id, says, at }: StrikeRow) => `  ${id}  ${at.slice(0, 10)}  ${says.slice(0, 60)}`)
  throw new Error(`Several were withdrawn there. Say which with \`--strike ID\`:\n${list.join('\n')}`)
}

function required(context: CommandContext, name: string, why: string): string {
  const value = textOption(context, name)?.trim()
  if (!value) throw new MisuseError(`${why}: \`--${name} …\` is missing.`)
  return value
}
