import { stat } from 'node:fs/promises'
import { unlessMissing } from '../release/files.ts'
import type { ReadPath } from '../release/verify.ts'
import { type Command, type CommandContext, MisuseError, textOption } from './command.ts'

/** Checks a release to its last byte. */
export const verify: Command = {
  name: 'verify',
  usage: 'verify [DIR|URL] [--key THUMBPRINT…] [--seen RELEASE]',
  summary: 'Check that a release is whole, unaltered and signed.',
  help: `
DIR               folder of a release; without it, that of this installation
URL               address of a site
--key THUMBPRINT  trust this key only; without it the keys the release names are taken at their word
--seen RELEASE    refuse a release older than this number
--json            {release, at, key, paths, objects, bytes} or {error: {code, message}}

Exit 1 if it is not. Codes: missing, malformed, forged, rolled-back, altered, swapped, stale.`,
  options: { key: { type: 'string', multiple: true }, seen: { type: 'string' } },
  arguments: { least: 0, most: 1 },
  async run(context) {
    const seen = textOption(context, 'seen')
    if (seen !== undefined && !/^\d+$/.test(seen)) throw new MisuseError('`--seen` takes the number of a release.')
    const { verify: verifyRelease, VerifyError } = await import('../release/verify.ts')
    const { read, close } = await readerOf(context)
    try {
      const found = await verifyRelease(read, {
        keys: context.options.key as string[] | undefined,
        seen: seen === undefined ? undefined : Number(seen),
      })
      const { release, at, key, paths, objects, bytes } = found
      if (context.json) context.print(JSON.stringify(found))
      else
        context.print(
          `Release ${release} of ${at} is whole: ${paths} paths, ${objects} objects, ${bytes} bytes, signed by ${key}.`,
        )
      return 0
    } catch (error) {
      if (!(error instanceof VerifyError)) throw error
      const { code, message } = error
      if (context.json) context.print(JSON.stringify({ error: { code, message } }))
      else context.tell(`${code}: ${message}`)
      return 1
    } finally {
      await close()
    }
  },
}

async function readerOf({
  arguments: [target],
  surroundings,
}: CommandContext): Promise<{ read: ReadPath; close(): Promise<void> }> {
  const { readSite, readStore } = await import('../release/verify.ts')
  const close = async () => {}
  if (target === undefined) {
    if (!surroundings.publication) throw new MisuseError('Which release? Name a folder or the address of a site.')
    const publication = await surroundings.publication()
    return { read: readStore(publication.store), close: () => publication.close() }
  }
  if (/^https?:\/\//.test(target)) return { read: readSite(target), close }
  if (!(await isRelease(target))) throw new MisuseError(`There is no release in \`${target}\`.`)
  const { openFilesystemStore } = await import('../release/filesystem.ts')
  return { read: readStore(await openFilesystemStore(target)), close }
}

export const isRelease = async (folder: string): Promise<boolean> =>
  (await unlessMissing(stat(`${folder}/index.json`))) !== undefined
