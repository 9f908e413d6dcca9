import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unlessMissing } from '../release/files.ts'
import type { Store } from '../release/store.ts'
import { type Command, type CommandContext, MisuseError, textOption } from './command.ts'
import { folderPublication } from './reconcile.ts'
import { isRelease } from './verify.ts'

/** Serves a release, or a folder of content as it would be published. */
export const serve: Command = {
  name: 'serve',
  usage: 'serve [DIR] [--port NUMBER] [--host ADDRESS]',
  summary: 'Serve a release, or preview a folder of content while it is written.',
  help: `
DIR             folder of a release, or of content: that is rendered anew whenever a file changes
--port NUMBER   default 3000; 0 for any that is free
--host ADDRESS  default 127.0.0.1, this machine only`,
  options: { port: { type: 'string' }, host: { type: 'string' } },
  arguments: { least: 0, most: 1 },
  async run(context) {
    const port = Number(textOption(context, 'port') ?? 3000)
    if (!Number.isInteger(port) || port < 0 || port > 65535)
      throw new MisuseError('`--port` takes a number from 0 to 65535.')
    const host = textOption(context, 'host') ?? '127.0.0.1'
    const { store, close } = await storeOf(context)
    const { createFront } = await import('../serve/index.ts')
    const front = createFront({ store, onError: (error) => context.tell(String(error)) })
    try {
      const address = `http://${host.includes(':') ? `[${host}]` : host}:${await front.listen(port, host)}`
      if (context.json) context.print(JSON.stringify({ address }))
      else context.print(`${address} serves ${context.arguments[0] ?? 'the release'}. Stop it with Ctrl-C.`)
      await (context.surroundings.untilStopped ?? untilSignal)()
      return 0
    } finally {
      await front.close()
      await close()
    }
  },
}

const untilSignal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

type Served = { store: Store; close(): Promise<void> }

async function storeOf(context: CommandContext): Promise<Served> {
  const folder = context.arguments[0]
  if (folder === undefined) {
    if (!context.surroundings.publication)
      throw new MisuseError('Serve what? Name a folder of a release or of content.')
    return context.surroundings.publication()
  }
  if (!(await unlessMissing(stat(folder)))?.isDirectory()) throw new MisuseError(`There is no folder \`${folder}\`.`)
  const { openFilesystemStore } = await import('../release/filesystem.ts')
  if (await isRelease(folder)) return { store: await openFilesystemStore(folder), close: async () => {} }
  return previewOf(folder, context)
}

/** A release of its own, in a temporary folder, that follows the content. */
async function previewOf(folder: string, { tell }: CommandContext): Promise<Served> {
  const temporary = await mkdtemp(join(tmpdir(), 'signpost-serve-'))
  const publication = await folderPublication(folder, join(temporary, 'release'))
  const { startReconciler } = await import('../release/reconciler.ts')
  let told = ''
  const reconciler = startReconciler({
    ...publication,
    onReport({ problems }) {
      const lines = problems.map(({ locale, slug, reason }) => `${locale}/${slug}: ${reason}`).join('\n')
      if (lines && lines !== told) tell(lines)
      told = lines
    },
    onError: (error) => tell(String(error)),
  })
  return {
    store: publication.store,
    async close() {
      await reconciler.stop()
      await publication.close()
      await rm(temporary, { recursive: true, force: true })
    },
  }
}
