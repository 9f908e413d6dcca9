import { existsSync } from 'node:fs'
import type { Message } from 'content-schemas'
import { type Command, MisuseError } from 'pipeline/commands/index.ts'
import { lineOf } from 'pipeline/commands/messages.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { ImportedFile } from '../publishing/folder/import.ts'
import { localeOption } from './documents.ts'

/** Imports files and folders into drafts. */
export const importCommand: Command = {
  name: 'import',
  usage: 'import PATH… [--dry-run] [--locale LOCALE]',
  summary: 'Import Word and Markdown files, or folders as `export` writes them, into drafts.',
  help: `
What is there already, by its uid, is updated; nothing is published. What a file holds that has no place here is told,
and kept in the notes of its article. Of Word documents (.docx) headings, lists, tables, links and pictures are kept.

--dry-run        tells what would become of each file, and saves nothing
--locale LOCALE  en, es or ar: the language of files that do not say theirs; else that of their folder, or English
--json           {files: [{path, outcome, messages, became}]}

Exit 1 if a file was refused.`,
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
  options: { 'dry-run': { type: 'boolean' }, locale: { type: 'string' } },
  async run(context) {
    const { arguments: paths, json, print, tell, options } = context
    const locale = options.locale === undefined ? undefined : localeOption(context)
    const missing = paths.find((path) => !existsSync(path))
    if (missing !== undefined) throw new MisuseError(`There is no file or folder \`${missing}\`.`)
    const { importPaths } = await import('../publishing/folder/import.ts')
    try {
      const dryRun = options['dry-run'] === true
      const files = await importPaths(await openPayload(), paths, { dryRun, locale, onFile: progressTo(tell) })
      if (json) print(JSON.stringify({ files }))
      else for (const line of files.flatMap((file) => linesOf(file, dryRun))) print(line)
      return files.some(({ outcome }) => outcome === 'refused') ? 1 : 0
    } finally {
      await closePayload()
    }
  },
}

const linesOf = ({ path, outcome, messages, became }: ImportedFile, dryRun: boolean): string[] => [
  `${path}: ${dryRun && outcome !== 'refused' ? `would be ${outcome}` : outcome}${became ? `, ${became.collection}/${became.id} “${became.title}”` : ''}`,
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
