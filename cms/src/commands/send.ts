import { type Command, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { mailAddress } from 'pipeline/deliver/index.ts'
import { reconcile } from 'pipeline/release/reconcile.ts'
import { environment } from '../environment.ts'
import { deliverNext } from '../newsletters/deliveries.ts'
import { deliveryKey, deliveryQueue } from '../newsletters/outgoing.ts'
import { closePayload, openPayload, openPublication } from '../processes/installation.ts'
import { openDelivering } from '../processes/sender.ts'
import { findDocument, localeOption } from './documents.ts'

/** Sends a published issue to one address. */
export const send: Command = {
  name: 'send',
  usage: 'send ISSUE --to ADDRESS [--locale LOCALE]',
  summary: 'Send a published issue to one address, once.',
  help: `
ISSUE            its slug, or its uid
--to ADDRESS     one mail address
--locale LOCALE  en, es or ar; default en
--json           {state, reason, file}

Without SMTP_URL the mail becomes a file in DATA_DIR/outbox. Exit 1 if it was not sent.`,
  options: { to: { type: 'string' }, locale: { type: 'string' } },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    const given = textOption(context, 'to')
    const to = given && mailAddress(given)
    if (!to) throw new MisuseError(given ? `\`${given}\` is no mail address.` : 'To whom? `--to ADDRESS` is missing.')
    const settings = environment()
    const delivering = await openDelivering(settings)
    try {
      const payload = await openPayload()
      const issue = await findDocument(payload, context.arguments[0]!, locale, ['issue'])
      const [live] = (
        await payload.find({
          collection: 'editions',
          where: { and: [{ uid: { equals: issue.uid } }, { locale: { equals: locale } }] },
          sort: '-number',
          limit: 1,
          select: { contentHash: true },
          overrideAccess: true,
        })
      ).docs
      if (!live?.contentHash)
        throw new Error(`“${issue.title}” is not published. Publish it first: \`signpost publish ${issue.slug}\`.`)
      // What is sent is what the archive shows: the release has to hold it.
      await reconcile({ ...(await openPublication(settings)), typeset: undefined })
      const delivery = { stamp: live.id, to }
      const key = deliveryKey(delivery)
      const isNew = await delivering.claims.enqueue(deliveryQueue, key, delivery)
      const outcome = await deliverNext(delivering, key)
      const state = outcome ?? (await delivering.claims.find(deliveryQueue, key))
      const { file } = outcome ?? {}
      if (context.json) context.print(JSON.stringify({ state: state?.state, reason: state?.reason ?? '', file }))
      else context.print(sentence(issue.title, to, isNew, state?.state, state?.reason, file))
      return outcome?.state === 'sent' ? 0 : 1
    } finally {
      await delivering.close()
      await closePayload()
    }
  },
}

function sentence(title: string, to: string, isNew: boolean, state = 'queued', reason = '', file?: string): string {
  const because = reason ? ` (${reason})` : ''
  if (!isNew) return `“${title}” goes to an address once, and this one has it in the ledger as ${state}${because}.`
  if (state === 'sent') return `“${title}” for ${to} is ${file ? `in ${file}` : 'with the mail server'}.`
  return `“${title}” for ${to}: ${state}${because}.`
}
