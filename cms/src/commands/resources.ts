import { readFile, writeFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Command, type CommandContext, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { ExchangedResource, ExchangeFormat, ImportReport } from '../publishing/exchange/resources.ts'
import { actingFor, asOption, localeOption } from './documents.ts'

const formatOptions = { format: { type: 'string' }, locale: { type: 'string' } } as const

/** Writes all resources into a file of a directory or a spreadsheet. */
export const resourcesExport: Command = {
  name: 'resources export',
  usage: 'resources export FILE [--format hsds|csv] [--locale LOCALE]',
  summary: 'Write all helplines, services and groups as HSDS 3.0 JSON or CSV.',
  help: `
FILE             where to; - prints it
--format FORMAT  hsds or csv; default by the ending of FILE
--locale LOCALE  en, es or ar; default en. A file holds one language.

\`resources import\` reads it again, and finds nothing changed.`,
  options: formatOptions,
  arguments: { least: 1 },
  async run(context) {
    const [file = ''] = context.arguments
    const [format, locale] = [formatOption(context, file), localeOption(context)]
    const { exportResources } = await import('../publishing/exchange/resources.ts')
    try {
      const text = await exportResources(await openPayload(), format, locale)
      if (file === '-') context.print(text.trimEnd())
      else await writeFile(file, text)
      if (file !== '-') context.print(context.json ? JSON.stringify({ file }) : `Written to ${file}.`)
      return 0
    } finally {
      await closePayload()
    }
  },
}

/** Takes resources from such a file. */
export const resourcesImport: Command = {
  name: 'resources import',
  usage: 'resources import FILE [--format hsds|csv] [--locale LOCALE] [--dry-run] [--skip-invalid] [--as EMAIL]',
  summary: 'Add and change helplines, services and groups from HSDS 3.0 JSON or CSV.',
  help: `
FILE             as \`resources export\` writes it, or a directory does; at most 5 MB and 1,000 resources
--format FORMAT  hsds or csv; default by the ending of FILE
--locale LOCALE  the language of its texts: en, es or ar; default en
--dry-run        tell what would be new, changed, unchanged or invalid, and write nothing
--skip-invalid   write what is valid although something else is not; without, it is all or nothing
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {isWritten, resources: [{place, uid, name, outcome, differences, reasons}], ignored}

Resources are known by their id, else by their slug; none is deleted. A column that is not there says nothing, an empty
cell takes a value away. What is changed makes new editions of the articles that show it, as in the editor.

Exit 1 if one is invalid.`,
  options: { ...formatOptions, ...asOption, 'dry-run': { type: 'boolean' }, 'skip-invalid': { type: 'boolean' } },
  arguments: { least: 1 },
  async run(context) {
    const [file = ''] = context.arguments
    const [format, locale] = [formatOption(context, file), localeOption(context)]
    const text = await readFile(file, 'utf8').catch((cause) => {
      throw new Error(`Cannot read \`${file}\`.`, { cause })
    })
    const { importResources } = await import('../publishing/exchange/resources.ts')
    const { 'dry-run': isDryRun = false, 'skip-invalid': skipInvalid = false } = context.options
    try {
      const payload = await openPayload()
      const acting = await actingFor(context, payload)
      const options = { format, locale, acting, isDryRun: isDryRun === true, skipInvalid: skipInvalid === true }
      const report = await importResources(payload, text, options)
      if (context.json) context.print(JSON.stringify(report))
      else for (const line of linesOf(report, isDryRun === true)) context.print(line)
      return report.resources.some(({ outcome }) => outcome === 'invalid') ? 1 : 0
    } finally {
      await closePayload()
    }
  },
}

function formatOption(context: CommandContext, file: string): ExchangeFormat {
  const given = textOption(context, 'format') ?? { '.csv': 'csv', '.json': 'hsds' }[extname(file).toLowerCase()]
  if (given === 'csv' || given === 'hsds') return given
  throw new MisuseError('Say which format: `--format hsds` or `--format csv`.')
}

function linesOf({ isWritten, resources, ignored }: ImportReport, isDryRun: boolean): string[] {
  const count = (outcome: ExchangedResource['outcome']) =>
    `${resources.filter((resource) => resource.outcome === outcome).length} ${outcome}`
  const said = resources.filter(({ outcome }) => outcome !== 'unchanged')
  return [
    ...said.flatMap(linesOn),
    ...(ignored.length > 0 ? [`Not read: ${ignored.join(', ')}`] : []),
    `${(['new', 'changed', 'unchanged', 'invalid'] as const).map(count).join(', ')}. ${
      isWritten ? 'Written.' : isDryRun ? 'Nothing was written: a dry run.' : 'Nothing was written.'
    }`,
  ]
}

const linesOn = ({ place, name, outcome, differences, reasons }: ExchangedResource): string[] => [
  `${place}: ${outcome}, “${name}”`,
  ...reasons.map((reason) => `  ${reason}`),
  ...(outcome === 'changed'
    ? differences.map(({ field, before, after }) => `  ${field}: ${say(before)} → ${say(after)}`)
    : []),
]

const say = (value: unknown): string => (typeof value === 'string' ? `“${value}”` : JSON.stringify(value))
