import { join } from 'node:path'
import { progressTo } from '../release/progress.ts'
import type { ReconcileReport } from '../release/reconcile.ts'
import { pipelineVersion } from '../version.ts'
import { type Command, type CommandContext, MisuseError, type Publication, textOption } from './command.ts'
import { count } from './messages.ts'

/** Makes the release match what is published. */
export const reconcile: Command = {
  name: 'reconcile',
  usage: 'reconcile [--full] [--dry-run] [--from DIR --to DIR]',
  summary: 'Make the release match what is published.',
  help: `
--full      compile everything anew, whatever is remembered
--dry-run   list what would change, and change nothing
--from DIR  publish a folder of content instead of what the CMS published
--to DIR    folder of the release; made if it is not there
--json      {release, made, changed, removed, compiled, inThreads, problems}

Exit 1 if something could not be compiled; the rest is published.`,
  options: {
    full: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
    from: { type: 'string' },
    to: { type: 'string' },
  },
  async run(context) {
    const publication = await publicationOf(context)
    const { reconcile: makeRelease } = await import('../release/reconcile.ts')
    try {
      const report = await makeRelease({
        ...publication,
        full: context.options.full === true,
        dryRun: context.options['dry-run'] === true,
        onProgress: context.json ? () => {} : progressTo(context.tell, 2000),
      })
      print(report, context)
      return report.problems.length > 0 ? 1 : 0
    } finally {
      await publication.close()
    }
  },
}

async function publicationOf(context: CommandContext): Promise<Publication> {
  const from = textOption(context, 'from')
  const to = textOption(context, 'to')
  if (from !== undefined && to !== undefined) return folderPublication(from, to)
  if (from !== undefined || to !== undefined)
    throw new MisuseError('`--from` and `--to` go together: the content, and its release.')
  if (!context.surroundings.publication)
    throw new MisuseError('There is no CMS here. Name a folder of content with `--from DIR --to DIR`.')
  return context.surroundings.publication()
}

/**
 * The content of a folder, and a release in another. Keys and what is remembered lie beside the release, in a folder
 * with `.private` added to its name: a release may be copied to any server, they may not.
 */
export async function folderPublication(from: string, to: string): Promise<Publication> {
  const [{ channels }, { renderPool }, { compilePool }, { openFilesystemStore }, { openSigner }, { folderSource }] =
    await Promise.all([
      import('../channels/index.ts'),
      import('../channels/print/pool.ts'),
      import('../release/compile-pool.ts'),
      import('../release/filesystem.ts'),
      import('../release/sign.ts'),
      import('../sources/folder.ts'),
    ])
  const kept = `${to.replace(/[/\\]+$/, '')}.private`
  const pool = renderPool()
  const compilers = compilePool()
  return {
    store: await openFilesystemStore(to),
    source: folderSource(from),
    signer: await openSigner(join(kept, 'signing-keys.json')),
    channels,
    version: pipelineVersion,
    stateFolder: join(kept, 'build'),
    rescan: true,
    typeset: (job) => pool.typeset(job),
    compilers,
    close: async () => {
      await Promise.all([pool.close(), compilers.close()])
    },
  }
}

function print(report: ReconcileReport, { json, options, print, tell }: CommandContext): void {
  if (json) {
    print(JSON.stringify(report))
    return
  }
  for (const path of report.changed) print(`+ ${path}`)
  for (const path of report.removed) print(`- ${path}`)
  for (const { slug, locale, uid, reason } of report.problems)
    tell(`${locale}/${slug || uid} is not published as it should be: ${reason}`)
  if (report.compiled > 0)
    tell(
      `Compiled ${count(report.compiled, 'document')}${report.inThreads > 0 ? `, ${report.inThreads} in threads` : ''}.`,
    )
  if (options['dry-run'])
    tell(`Nothing was changed. ${count(report.changed.length + report.removed.length, 'path')} would.`)
  else
    tell(
      report.made === 0
        ? `Release ${report.release} stands; nothing had changed.`
        : `Release ${report.release} stands.`,
    )
}
