import { type Command, MisuseError } from './command.ts'

/** Signs the index anew, without a database. */
export const resign: Command = {
  name: 'resign',
  usage: 'resign [--now]',
  summary: 'Sign the release again before its time is over, where no worker does it.',
  help: `
Does nothing before half of the time of the index is over, unless its keys changed. For cron, followed by
\`signpost publish-dir\`. Needs the store and the signing key, no database.
--now   sign although it is not due
--json  {release, expires} or {release: null}`,
  options: { now: { type: 'boolean' } },
  async run(context) {
    if (!context.surroundings.publication)
      throw new MisuseError('There is no installation here, and so no key to sign with.')
    const { store, signer, stateFolder, close } = await context.surroundings.publication()
    try {
      const { resign: signAgain } = await import('../release/resign.ts')
      const index = await signAgain({ store, signer, stateFolder, force: context.options.now === true })
      if (context.json) context.print(JSON.stringify({ release: index?.release ?? null, expires: index?.expires }))
      else if (index) context.print(`Release ${index.release} is good until ${index.expires}.`)
      else context.tell('Nothing was due.')
      return 0
    } finally {
      await close()
    }
  },
}
