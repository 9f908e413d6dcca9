import type { Payload, Where } from 'payload'
import { type Command, MisuseError } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { SharedKind } from '../publishing/sign-offs.ts'
import { actingFor, asOption, localeOption } from './documents.ts'

const kinds: Record<string, SharedKind> = {
  snippet: 'snippets',
  'glossary-term': 'glossary',
  'call-to-action': 'calls-to-action',
}

/** Signs a shared text off, as a reviewer. */
export const signOff: Command = {
  name: 'sign-off',
  usage: 'sign-off KIND SLUG [--locale LOCALE] [--as EMAIL]',
  summary: 'Sign off, as a reviewer, a text that many articles show; what is published follows.',
  help: `
KIND             ${Object.keys(kinds).join(', ')}
SLUG             its slug, or its uid
--locale LOCALE  en, es or ar; default en
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {uid, locale, contentHash, by, at, followed}; followed: how many articles have a new edition

It holds for exactly this text: one change, and it has to be signed off again.`,
  options: { locale: { type: 'string' }, ...asOption },
  arguments: { least: 2, most: 2 },
  async run(context) {
    const [word = '', slugOrUid = ''] = context.arguments
    const kind = kinds[word]
    if (!kind) throw new MisuseError(`\`${word}\` is not signed off. There are ${Object.keys(kinds).join(', ')}.`)
    const locale = localeOption(context)
    const { signOff } = await import('../publishing/signing.ts')
    try {
      const payload = await openPayload()
      const uid = await findRecord(payload, kind, slugOrUid)
      const acting = await actingFor(context, payload)
      const { title, followed, ...made } = await signOff(payload, { kind, uid, locale }, acting)
      if (context.json) context.print(JSON.stringify({ uid, locale, ...made, followed }))
      else context.print(`“${title}” (${locale}) is signed off. Articles with a new edition: ${followed}.`)
      return 0
    } finally {
      await closePayload()
    }
  },
}

async function findRecord(payload: Payload, kind: SharedKind, slugOrUid: string): Promise<string> {
  const where: Where = { or: [{ slug: { equals: slugOrUid } }, { id: { equals: slugOrUid } }] }
  const { docs } = await payload.find({ collection: kind, where, limit: 1, depth: 0, overrideAccess: true })
  if (docs[0]) return docs[0].id
  throw new Error(`There is no record \`${slugOrUid}\` in ${kind}. See the list in the admin, or give its uid.`)
}
