import { type ParseArgsConfig, parseArgs } from 'node:util'
import type { ReconcileOptions } from '../release/reconcile.ts'

/** What a command answers with: 0 done, 1 the content was refused or could not be made, 2 it was not asked rightly. */
export type ExitCode = 0 | 1 | 2

/** A subcommand of `signpost`. */
export type Command = {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What follows `signpost`, such as `check PATH…`. */
  usage: string
  /** Lines about its options and results, for `--help`. */
  help?: string
  /** Options besides `--help` and `--json`, which every command has. */
  options?: NonNullable<ParseArgsConfig['options']>
  /** Fewest and most arguments besides options; default 0 and none. */
  arguments?: { least: number; most?: number }
  run(context: CommandContext): Promise<ExitCode>
}

export type CommandContext = {
  arguments: string[]
  options: Record<string, string | boolean | (string | boolean)[] | undefined>
  /** Whether a program reads the output: one JSON value instead of text. */
  json: boolean
  /** A line of the result. */
  print(line: string): void
  /** A line about what happens meanwhile, or what went wrong. */
  tell(line: string): void
  surroundings: Surroundings
}

/** What a command may need from the installation it runs in. */
export type Surroundings = {
  /** Where to reconcile to and from when no folder is named. Absent where there is no CMS. */
  publication?: () => Promise<Publication>
  /** Resolves when the command is to end, such as by Ctrl-C. Absent: when the process is. */
  untilStopped?: () => Promise<void>
}
export type Publication = ReconcileOptions & { close(): Promise<void> }

export type Terminal = { print(line: string): void; tell(line: string): void }

/** A command line, or a setting, that means nothing: the message says what is wrong and what there is instead. */
export class MisuseError extends Error {
  override name = 'MisuseError'
  /** Whether the `--help` of the command says more about it. */
  readonly isExplained: boolean = true
}

/** Standard output for results, standard error for the rest. */
export const terminal: Terminal = {
  print: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
}

/** Runs the command that the first argument names. Never throws for misuse; other errors are one sentence and exit 1. */
export async function runCommand(
  commands: readonly Command[],
  argv: readonly string[],
  surroundings: Surroundings = {},
  { print, tell }: Terminal = terminal,
): Promise<ExitCode> {
  const [name, ...rest] = argv
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    print(overview(commands))
    return name === undefined ? 2 : 0
  }
  // `schedule list` before `schedule`.
  const command = commands.find((one) => one.name === `${name} ${rest[0]}`) ?? commands.find((one) => one.name === name)
  try {
    if (!command)
      throw new MisuseError(
        `There is no command \`${name}\`.${suggestion(
          name,
          commands.map((one) => one.name),
        )}`,
      )
    const { values, positionals } = parse(command, rest.slice(command.name.split(' ').length - 1))
    if (values.help) {
      print(helpFor(command))
      return 0
    }
    requireCount(command, positionals)
    const json = values.json === true
    return await command.run({ arguments: positionals, options: values, json, print, tell, surroundings })
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error))
    if (!(error instanceof MisuseError)) return 1
    if (error.isExplained) tell(`See \`signpost ${command ? `${command.name} ` : ''}--help\`.`)
    return 2
  }
}

const everywhere = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
} as const satisfies NonNullable<ParseArgsConfig['options']>

function parse({ options = {} }: Command, args: string[]) {
  const known = { ...everywhere, ...options }
  try {
    return parseArgs({ args, options: known, allowPositionals: true })
  } catch (error) {
    const unknown = /Unknown option '--?([^' ]+)/.exec((error as Error).message)?.[1]
    if (unknown === undefined) throw new MisuseError((error as Error).message)
    throw new MisuseError(`There is no option \`--${unknown}\`.${suggestion(unknown, Object.keys(known), '--')}`)
  }
}

function requireCount(command: Command, given: string[]): void {
  const { usage, arguments: count = { least: 0 } } = command
  const { least, most = least } = count
  if (given.length < least) throw new MisuseError(`Something is missing: \`signpost ${usage}\`.`)
  if (given.length > most) throw new MisuseError(`\`${given[most]}\` is too much: \`signpost ${usage}\`.`)
}

/** The alike name, as a question; empty if none is. */
function suggestion(given: string, names: string[], prefix = ''): string {
  const [nearest] = names
    .map((name) => ({ name, far: distance(given, name) }))
    .filter(({ name, far }) => far <= Math.max(1, Math.floor(name.length / 3)))
    .sort((a, b) => a.far - b.far)
  return nearest ? ` Did you mean \`${prefix}${nearest.name}\`?` : ''
}

/** Letters to add, drop, change or exchange with their neighbour to get from one word to the other (Damerau-Levenshtein). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    rows[i] = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min(rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1, rows[i - 1]![j - 1]! + change)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, rows[i - 2]![j - 2]! + 1)
      rows[i]![j] = least
    }
  }
  return rows[a.length]![b.length]!
}

function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ usage }) => usage.length))
  const lines = commands.map(({ usage, summary }) => `  ${usage.padEnd(width)}  ${summary}`)
  return ['Usage: signpost COMMAND', '', ...lines, '', 'Every command has --help, and --json for programs.'].join('\n')
}

const helpFor = ({ usage, summary, help }: Command): string =>
  [`Usage: signpost ${usage}`, '', summary, ...(help ? ['', help.trim()] : [])].join('\n')

/** The text of an option that takes one; undefined if it was not given. */
export const textOption = ({ options }: CommandContext, name: string): string | undefined => {
  const value = options[name]
  return typeof value === 'string' ? value : undefined
}
