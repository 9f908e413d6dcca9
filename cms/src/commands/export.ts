import { resolve } from 'node:path'
import type { Command } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'

/** Writes everything editors made into a folder. */
export const exportCommand: Command = {
  name: 'export',
  usage: 'export DIR',
  summary: 'Write all content, the newest drafts, into a folder that `import` reads.',
  help: `
Articles and issues become Markdown, records YAML, pictures stay pictures. Imported into an empty installation and
exported again, the folder is the same.

--json  {paths: […]}`,
  arguments: { least: 1 },
  async run({ arguments: [folder = ''], json, print }) {
    const { exportTo } = await import('../publishing/folder/export.ts')
    try {
      const paths = await exportTo(await openPayload(), resolve(folder))
      print(json ? JSON.stringify({ paths }) : `${paths.length} files written to ${folder}`)
      return 0
    } finally {
      await closePayload()
    }
  },
}
