import { type Command, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { findDocument, findingLine, localeOption } from './documents.ts'

/** Publishes the newest draft of a document. */
export const publish: Command = {
  name: 'publish',
  usage: 'publish SLUG [--locale LOCALE] [--note TEXT]',
  summary: 'Publish the newest draft of an article or issue.',
  help: `
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--note TEXT      what changed, for readers
--json           {uid, locale, number, stamp, act} or {refused: [messages]}

Exit 1, and nothing published, if a check stands against it.`,
  options: { locale: { type: 'string' }, note: { type: 'string' } },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    const { json, print, tell } = context
    const changeNote = textOption(context, 'note')
    const [acts, { RefusedError }] = await Promise.all([
      import('../publishing/acts.ts'),
      import('../publishing/gate.ts'),
    ])
    try {
      const payload = await openPayload()
      const document = await findDocument(payload, context.arguments[0]!, locale, ['article', 'issue'])
      const note = { by: 'command line', ...(changeNote === undefined ? {} : { changeNote }) }
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
