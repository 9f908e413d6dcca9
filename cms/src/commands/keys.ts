import type { Command, CommandContext } from 'pipeline/commands/index.ts'
import { createKey, signerOf } from 'pipeline/release/sign.ts'
import { type Environment, environment, keepSigningKeys } from '../environment.ts'
import { openStore } from '../processes/installation.ts'

/*
 * The key that signs the index of a release, and how another takes its place: it is announced in every index the old one
 * signs, and takes over when consumers have had the time to see that.
 */

/** Shows which keys sign, by the thumbprints that consumers trust. */
export const keysShow: Command = {
  name: 'keys show',
  usage: 'keys show',
  summary: 'Show the signing keys, by the thumbprints that consumers trust.',
  help: `
--json  {signing, next, announced: [thumbprint], release}

To change the key:
1. \`signpost keys next\` makes another, and after a restart each index announces it.
2. Wait until consumers have read such an index; who follows changes has within a day.
3. \`signpost keys switch\`, and a restart: now the new key signs.
Who did not look in between is told \`forged\`, and has to be given the new thumbprint as the first one was.
Is the old key in strange hands, switch at once and tell all consumers the new thumbprint.`,
  async run({ json, print }) {
    const { signing, next, announced, release } = await keysOf(environment())
    if (json) {
      print(JSON.stringify({ signing, next: next ?? null, announced, release }))
      return 0
    }
    print(`${signing} signs`)
    if (next)
      print(
        `${next} is next; release ${release} ${announced.includes(next) ? 'announces it' : 'does not announce it yet'}`,
      )
    return 0
  },
}

/** Makes the key that will sign next. */
export const keysNext: Command = {
  name: 'keys next',
  usage: 'keys next',
  summary: 'Make the key that will sign next, and have it announced.',
  help: `
--json  {next, setting}

See \`signpost keys show --help\` for the whole procedure.`,
  async run(context) {
    const settings = environment()
    if (settings.nextSigningKey !== undefined)
      return refuse(context, 'There is a next key already. `signpost keys switch` lets it sign.')
    const key = JSON.stringify(await createKey())
    const { kid } = await signerOf([JSON.parse(key)])
    const setting = settings.hasGivenKeys ? `NEXT_SIGNING_KEY='${key}'` : null
    if (!setting) keepSigningKeys(settings, { signingKey: settings.signingKey, nextSigningKey: key })
    if (context.json) context.print(JSON.stringify({ next: kid, setting }))
    else if (setting) context.print(setting)
    context.tell(
      `${kid} is next. ${setting ? 'Set that line everywhere and restart' : 'Restart'}: then it is announced.`,
    )
    return 0
  },
}

/** Lets the next key sign. */
export const keysSwitch: Command = {
  name: 'keys switch',
  usage: 'keys switch [--unannounced]',
  summary: 'Let the next key sign, once it was announced.',
  help: `
--unannounced  although no index announced it: consumers have to be given its thumbprint
--json         {signing}`,
  options: { unannounced: { type: 'boolean' } },
  async run(context) {
    const settings = environment()
    const { next, announced } = await keysOf(settings)
    if (!next || settings.nextSigningKey === undefined)
      return refuse(context, 'There is no next key. Make one with `signpost keys next`.')
    if (!announced.includes(next) && context.options.unannounced !== true)
      return refuse(
        context,
        `No index announces ${next} yet. Restart, wait until consumers have seen it, and try again.`,
      )
    if (settings.hasGivenKeys)
      return refuse(
        context,
        'The keys come from settings: set `SIGNING_KEY` to what `NEXT_SIGNING_KEY` is, remove that, restart.',
      )
    keepSigningKeys(settings, { signingKey: settings.nextSigningKey })
    if (context.json) context.print(JSON.stringify({ signing: next }))
    context.tell(`${next} signs after the next restart.`)
    return 0
  },
}

function refuse({ tell }: CommandContext, reason: string): 1 {
  tell(reason)
  return 1
}

async function keysOf(settings: Environment) {
  const thumbprint = async (key: string) => (await signerOf([JSON.parse(key)])).kid
  const index = await (await openStore(settings)).readIndex()
  return {
    signing: await thumbprint(settings.signingKey),
    next: settings.nextSigningKey === undefined ? undefined : await thumbprint(settings.nextSigningKey),
    announced: index?.keys ?? [],
    release: index?.release ?? 0,
  }
}
