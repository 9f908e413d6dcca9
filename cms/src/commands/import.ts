import { existsSync } from 'node:fs'
import type { Message } from 'content-schemas'
import { type Command, MisuseError } from 'pipeline/commands/index.ts'
import { lineOf } from 'pipeline/commands/messages.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { ImportedFile } from '../publishing/folder/import.ts'

/** Imports files and folders into drafts. */
export const importCommand: Command = {
  name: 'import',
  usage: 'import PATH…',
  summary: 'Import Markdown files, or folders as `export` writes them, into drafts.',
  help: `
What is there already, by its uid, is updated; nothing is published. What a file holds that has no place here is told,
and kept in the notes of its article.

--json  {files: [{path, outcome, messages, became}]}

Exit 1 if a file was refused.`,
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
  async run({ arguments: paths, json, print, tell }) {
    const missing = paths.find((path) => !existsSync(path))
    if (missing !== undefined) throw new MisuseError(`There is no file or folder \`${missing}\`.`)
    const { importPaths } = await import('../publishing/folder/import.ts')
    try {
      const files = await importPaths(await openPayload(), paths, { onFile: progressTo(tell) })
      if (json) print(JSON.stringify({ files }))
      else for (const line of files.flatMap(linesOf)) print(line)
      return files.some(({ outcome }) => outcome === 'refused') ? 1 : 0
    } finally {
      await closePayload()
    }
  },
}

const linesOf = ({ path, outcome, messages, became }: ImportedFile): string[] => [
  `${path}: ${outcome}${became ? `, ${became.collection}/${became.id} “${became.title}”` : ''}`,
  ...messages.map((message: Message) => `  ${lineOf(path, message)}`),
]

/** A line every two seconds. */
function progressTo(tell: (line: string) => void): (file: ImportedFile, done: number, total: number) => void {
  let last = Date.now()
  return (_, done, total) => {
    if (Date.now() - last < 2000) return
    last = Date.now()
    tell(`${done} of ${total} files`)
  }
}
