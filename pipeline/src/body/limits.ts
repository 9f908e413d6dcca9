import type { Message } from 'content-schemas'

/** What a file may cost that is read into a body. Files written by people stay far below. */
export const limits = {
  /** Size of the file. */
  bytes: 256 * 1024,
  /** Of a Word document: its size, what it unpacks to, and its text as HTML. */
  wordBytes: 10 * 1024 * 1024,
  wordUnpacked: 40 * 1024 * 1024,
  wordText: 512 * 1024,
  /** Size of its front matter. */
  frontMatterBytes: 32 * 1024,
  /** Lists, quotes and directives inside of each other. */
  depth: 20,
  tableColumns: 30,
  /** Cells of one table, counted as its longest row times its rows. */
  tableCells: 5000,
  /** Time of the parser, and memory of the process it runs in. */
  milliseconds: 5000,
  megabytes: 256,
} as const

/** A message about a limit: it refuses the file, or the part that exceeds it. */
export const limitMessage = (rule: string, reason: string, fix: string, line?: number): Message => ({
  rule,
  severity: 'block',
  waivable: false,
  reason,
  fix,
  place: { pointer: '/body', ...(line && { line, column: 1 }) },
})

/**
 * The first thing in a Markdown text that would take the parser out of bounds, found without parsing:
 * its time grows with the square of nesting, and its stack with nesting itself.
 */
export function findExcess(markdown: string): Message | undefined {
  const bytes = Buffer.byteLength(markdown)
  if (bytes > limits.bytes) return tooLarge(bytes)
  const open: number[] = []
  for (const [index, line] of markdown.split(/\r\n?|\n/).entries()) {
    const depth = markersOf(line) + trackFences(line, open)
    if (depth > limits.depth) return tooDeep(index + 1)
  }
  return undefined
}

export const tooLarge = (bytes: number, most: number = limits.bytes): Message =>
  limitMessage(
    'limit-size',
    `The file has ${Math.ceil(bytes / 1024)} KB; the limit is ${most / 1024} KB.`,
    'Split it.',
    1,
  )

export const tooDeep = (line: number | undefined): Message =>
  limitMessage(
    'limit-nesting',
    `Quotes, lists or blocks are nested too deeply; the limit is ${limits.depth} levels.`,
    'Nest them less.',
    line,
  )

/** How many quotes and list items a line opens or continues. */
function markersOf(line: string): number {
  if (/^[ \t]*([-*_])(?:[ \t]*\1){2,}[ \t]*$/.test(line)) return 0
  let markers = 0
  for (let rest = line; markers <= limits.depth; markers++) {
    const marker = /^[ \t]*(?:>|[-*+](?=[ \t]|$)|\d{1,9}[.)](?=[ \t]|$))/.exec(rest)
    if (!marker) break
    rest = rest.slice(marker[0].length)
  }
  return markers
}

/** Opens and closes directives; returns how many are open. A fence closes the outermost block that has no more colons, and all within. */
function trackFences(line: string, open: number[]): number {
  const fence = /^[ \t>]*(:{3,})[ \t]*([^\s:]?)/.exec(line)
  if (!fence) return open.length
  const size = fence[1]!.length
  if (fence[2]) return open.push(size)
  const closed = open.findIndex((colons) => colons <= size)
  if (closed !== -1) open.length = closed
  return open.length
}
