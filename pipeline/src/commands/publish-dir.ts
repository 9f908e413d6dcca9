import { type Command, type CommandContext, MisuseError, textOption } from './command.ts'
import { isRelease } from './verify.ts'

/** Writes the release as a folder for any web server. */
export const publishDir: Command = {
  name: 'publish-dir',
  usage: 'publish-dir DIR [--from RELEASE]',
  summary: 'Write the release as a folder that any web server serves, swapped in whole.',
  help: `
DIR             becomes a link to the folder of the newest release, in DIR.releases; the two before it are kept
--from RELEASE  folder of a release, instead of that of this installation; no database is needed either way
--json          {release, files, written} or {release: null} if DIR shows the newest already

DIR/_signpost holds what a server has to be told: nginx-maps.conf and nginx-server.conf for nginx, Caddyfile for Caddy.
How to use them, and for other hosts: pipeline/src/serve/README.md.`,
  options: { from: { type: 'string' } },
  arguments: { least: 1 },
  async run(context) {
    const { store, close } = await storeOf(context)
    try {
      const { publishFolder } = await import('../serve/static-folder.ts')
      const folder = context.arguments[0]!
      const published = await publishFolder(store, folder)
      if (context.json) context.print(JSON.stringify(published ?? { release: null }))
      else if (published)
        context.print(
          `${folder} shows release ${published.release}: ${published.files} files, ${published.written} of them new.`,
        )
      else context.tell(`${folder} shows the newest release already.`)
      return 0
    } finally {
      await close()
    }
  },
}

async function storeOf(context: CommandContext) {
  const from = textOption(context, 'from')
  if (from === undefined) {
    if (!context.surroundings.publication)
      throw new MisuseError('Which release? Name its folder with `--from RELEASE`.')
    return context.surroundings.publication()
  }
  if (!(await isRelease(from))) throw new MisuseError(`There is no release in \`${from}\`.`)
  const { openFilesystemStore } = await import('../release/filesystem.ts')
  return { store: await openFilesystemStore(from), close: async () => {} }
}
