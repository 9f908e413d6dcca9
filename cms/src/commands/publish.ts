import type { Waiver } from 'content-schemas'
import type { Payload } from 'payload'
import { type Command, type CommandContext, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption, findDocument, localeOption, type Named, orRefusal } from './documents.ts'

/** Publishes the newest draft of a document. */
export const publish: Command = {
  name: 'publish',
  usage: 'publish SLUG [--locale LOCALE] [--note TEXT] [--waive RULE… --reason TEXT] [--as EMAIL]',
  summary: 'Publish the newest draft of an article or issue.',
  help: `
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--note TEXT      what changed, for readers
--waive RULE     lets pass what this rule says of the draft as it is; may be given several times
--reason TEXT    why, for --waive; kept with the edition and shown in its JSON
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {uid, locale, number, stamp, act} or {refused: [messages]}

Exit 1, and nothing published, if a check stands against it. An article has to be approved first: see \`approve\`. Only
wording, reading level and the number in a title can be waived.`,
  options: {
    locale: { type: 'string' },
    note: { type: 'string' },
    waive: { type: 'string', multiple: true },
    reason: { type: 'string' },
    ...asOption,
  },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    const changeNote = textOption(context, 'note')
    const waiving = waivingOption(context)
    const acts = await import('../publishing/acts.ts')
    try {
      const payload = await openPayload()
      const document = await findDocument(payload, context.arguments[0]!, locale, ['article', 'issue'])
      const acting = await actingFor(context, payload)
      const waivers = waiving && (await waiversFor(payload, document, { ...waiving, by: acting.by }, context.tell))
      const note = { ...acting, ...(changeNote === undefined ? {} : { changeNote }), ...(waivers ? { waivers } : {}) }
      return await orRefusal(context, 'published', async () => {
        const { uid, number, stamp, act } = await acts.publish(payload, document.kind, document, note)
        if (context.json) context.print(JSON.stringify({ uid, locale, number, stamp, act }))
        else context.print(`“${document.title}” (${locale}) is published: edition ${number}, stamp ${stamp}.`)
        return 0
      })
    } finally {
      await closePayload()
    }
  },
}

type Waiving = { rules: string[]; reason: string }

/** What `--waive` and `--reason` ask for; undefined if neither is there. */
function waivingOption(context: CommandContext): Waiving | undefined {
  const rules = [context.options.waive ?? []].flat().filter((rule) => typeof rule === 'string')
  const reason = textOption(context, 'reason')?.trim()
  if (rules.length === 0 && !reason) return undefined
  if (rules.length === 0 || !reason)
    throw new MisuseError('`--waive` and `--reason` go together: `--waive wording --reason "Name of a study"`.')
  return { rules, reason }
}

/** The waivers; tells of what nobody may waive. */
async function waiversFor(
  payload: Payload,
  document: Named,
  { rules, reason, by }: Waiving & { by: string },
  tell: (line: string) => void,
): Promise<Waiver[]> {
  const { waive } = await import('../review/waivers.ts')
  const collection = document.kind === 'article' ? 'articles' : 'issues'
  const { waivers, refused } = await waive(payload, collection, document, rules, { reason, by })
  for (const rule of new Set(refused.map((message) => message.rule))) tell(`Nobody may waive \`${rule}\`.`)
  return waivers
}
