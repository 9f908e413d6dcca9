import { type Command, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption, findDocument, localeOption, orRefusal } from './documents.ts'

/** Publishes the newest draft of a document. */
export const publish: Command = {
  name: 'publish',
  usage: 'publish SLUG [--locale LOCALE] [--note TEXT] [--as EMAIL]',
  summary: 'Publish the newest draft of an article or issue.',
  help: `
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--note TEXT      what changed, for readers
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {uid, locale, number, stamp, act} or {refused: [messages]}

Exit 1, and nothing published, if a check stands against it. An article has to be approved first: see \`approve\`.`,
  options: { locale: { type: 'string' }, note: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    const changeNote = textOption(context, 'note')
    const acts = await import('../publishing/acts.ts')
    try {
      const payload = await openPayload()
      const document = await findDocument(payload, context.arguments[0]!, locale, ['article', 'issue'])
      const note = { ...(await actingFor(context, payload)), ...(changeNote === undefined ? {} : { changeNote }) }
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
