import type { Command } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption, findDocument, localeOption } from './documents.ts'

/** Gives a published article another address. */
export const move: Command = {
  name: 'move',
  usage: 'move SLUG NEW-SLUG [--locale LOCALE] [--as EMAIL]',
  summary: 'Give a published article another web address; the former one leads to it.',
  help: `
SLUG             its slug, or its uid
NEW-SLUG         the end of its new address
--locale LOCALE  en, es or ar; default en
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {uid, locale, number, stamp, slug}`,
  options: { locale: { type: 'string' }, ...asOption },
  arguments: { least: 2, most: 2 },
  async run(context) {
    const locale = localeOption(context)
    const [from = '', slug = ''] = context.arguments
    const acts = await import('../publishing/move.ts')
    try {
      const payload = await openPayload()
      const document = await findDocument(payload, from, locale, ['article'])
      const acting = await actingFor(context, payload)
      const { uid, number, stamp } = await acts.move(payload, document, { ...acting, slug })
      if (context.json) context.print(JSON.stringify({ uid, locale, number, stamp, slug }))
      else context.print(`“${document.title}” (${locale}) is at ${slug}. ${document.slug} leads there.`)
      return 0
    } finally {
      await closePayload()
    }
  },
}
