import type { Waiver } from 'content-schemas'
import type { Payload } from 'payload'
import { type Command, type CommandContext, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { Note } from '../publishing/acts.ts'
import { findDocument, findingLine, localeOption, type Named } from './documents.ts'

/** Publishes the newest draft of a document. */
export const publish: Command = {
  name: 'publish',
  usage: 'publish SLUG [--locale LOCALE] [--note TEXT] [--waive RULE… --reason TEXT]',
  summary: 'Publish the newest draft of an article or issue.',
  help: `
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--note TEXT      what changed, for readers
--waive RULE     lets pass what this rule says of the draft as it is; may be given several times
--reason TEXT    why, for --waive; kept with the edition and shown in its JSON
--json           {uid, locale, number, stamp, act} or {refused: [messages]}

Exit 1, and nothing published, if a check stands against it. Only wording, reading level and the number in a title can be
waived.`,
  options: {
    locale: { type: 'string' },
    note: { type: 'string' },
    waive: { type: 'string', multiple: true },
    reason: { type: 'string' },
  },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    const { json, print, tell } = context
    const changeNote = textOption(context, 'note')
    const waiving = waivingOption(context)
    const [acts, { RefusedError }] = await Promise.all([
      import('../publishing/acts.ts'),
      import('../publishing/gate.ts'),
    ])
    try {
      const payload = await openPayload()
      const document = await findDocument(payload, context.arguments[0]!, locale, ['article', 'issue'])
      const note: Note = { by, ...(changeNote === undefined ? {} : { changeNote }) }
      if (waiving) note.waivers = await waiversFor(payload, document, waiving, tell)
      const { uid, number, stamp, act } = await acts.publish(payload, document.kind, document, note)
      if (json) print(JSON.stringify({ uid, locale, number, stamp, act }))
      else print(`“${document.title}” (${locale}) is published: edition ${number}, stamp ${stamp}.`)
      return 0
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error
      const messages = error.data?.messages ?? []
      if (json) print(JSON.stringify({ refused: messages }))
      else {
        tell(`\`${context.arguments[0]}\` (${locale}) cannot be published yet:`)
        for (const message of messages) tell(findingLine(message))
      }
      return 1
    } finally {
      await closePayload()
    }
  },
}

const by = 'command line'

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
  { rules, reason }: Waiving,
  tell: (line: string) => void,
): Promise<Waiver[]> {
  const { waive } = await import('../review/waivers.ts')
  const collection = document.kind === 'article' ? 'articles' : 'issues'
  const { waivers, refused } = await waive(payload, collection, document, rules, { reason, by })
  for (const rule of new Set(refused.map((message) => message.rule))) tell(`Nobody may waive \`${rule}\`.`)
  return waivers
}
