import { type Command, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption, findDocument, localeOption } from './documents.ts'

/** Takes a published document back. */
export const withdraw: Command = {
  name: 'withdraw',
  usage: 'withdraw SLUG --reason TEXT [--locale LOCALE] [--as EMAIL]',
  summary: 'Take a published article or issue back; its page tells readers why.',
  help: `
SLUG             its slug, or its uid
--reason TEXT    why, for readers
--locale LOCALE  en, es or ar; default en
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {uid, locale, number, stamp, act}`,
  options: { reason: { type: 'string' }, locale: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    const reason = textOption(context, 'reason')?.trim()
    if (!reason) throw new MisuseError('Readers are told why: `--reason "…"` is missing.')
    const acts = await import('../publishing/acts.ts')
    try {
      const payload = await openPayload()
      const document = await findDocument(payload, context.arguments[0]!, locale, ['article', 'issue'])
      const { uid, number, stamp, act } = await acts.withdraw(payload, document, {
        ...(await actingFor(context, payload)),
        reason,
      })
      if (context.json) context.print(JSON.stringify({ uid, locale, number, stamp, act }))
      else context.print(`“${document.title}” (${locale}) is withdrawn.`)
      return 0
    } finally {
      await closePayload()
    }
  },
}
