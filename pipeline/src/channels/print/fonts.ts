import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/*
 * The fonts of the handouts: TTF, because the typesetter ignores WOFF in silence; both under the SIL Open Font License.
 * Vazirmatn stays readable when text is copied out of the PDF, which newer Arabic fonts do not.
 */

const require = createRequire(import.meta.url)
const family = (...files: string[]) => files.map((file) => require.resolve(file))
const families = [
  family(
    '@expo-google-fonts/source-sans-3/400Regular/SourceSans3_400Regular.ttf',
    '@expo-google-fonts/source-sans-3/400Regular_Italic/SourceSans3_400Regular_Italic.ttf',
    '@expo-google-fonts/source-sans-3/700Bold/SourceSans3_700Bold.ttf',
    '@expo-google-fonts/source-sans-3/700Bold_Italic/SourceSans3_700Bold_Italic.ttf',
  ),
  family('vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf', 'vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf'),
]

/** Files of all fonts, read in this order. */
export const fontFiles: readonly string[] = families.flat()

let covered: Set<number> | undefined

/** Whether some family has the character in all its weights and styles. */
export function hasGlyph(codePoint: number): boolean {
  covered ??= new Set(families.flatMap((files) => [...files.map(codePointsOf).reduce(inBoth)]))
  return covered.has(codePoint)
}

const inBoth = (left: Set<number>, right: Set<number>): Set<number> =>
  new Set([...left].filter((codePoint) => right.has(codePoint)))

/** The characters of a font file, from its `cmap` table: subtables of format 4 and 12 (OpenType 1.9, "cmap"). */
function codePointsOf(file: string): Set<number> {
  const font = readFileSync(file)
  const codePoints = new Set<number>()
  const add = (first: number, last: number) => {
    for (let codePoint = first; codePoint <= last; codePoint++) codePoints.add(codePoint)
  }
  const cmap = offsetOfTable(font, 'cmap')
  const subtables = font.readUInt16BE(cmap + 2)
  for (let index = 0; index < subtables; index++) {
    const at = cmap + font.readUInt32BE(cmap + 8 + 8 * index)
    const format = font.readUInt16BE(at)
    if (format === 4) readSegments(font, at, add)
    if (format === 12) readGroups(font, at, add)
  }
  return codePoints
}

function offsetOfTable(font: Buffer, tag: string): number {
  const tables = font.readUInt16BE(4)
  for (let index = 0; index < tables; index++) {
    const record = 12 + 16 * index
    if (font.toString('latin1', record, record + 4) === tag) return font.readUInt32BE(record + 8)
  }
  throw new Error(`A font file has no table "${tag}". Install the packages anew: npm install.`)
}

function readSegments(font: Buffer, at: number, add: (first: number, last: number) => void): void {
  const bytes = font.readUInt16BE(at + 6)
  for (let segment = 0; segment < bytes; segment += 2) {
    const last = font.readUInt16BE(at + 14 + segment)
    const first = font.readUInt16BE(at + 16 + bytes + segment)
    // The last segment, FFFF to FFFF, only ends the table.
    if (first !== 0xffff) add(first, last)
  }
}

function readGroups(font: Buffer, at: number, add: (first: number, last: number) => void): void {
  const groups = font.readUInt32BE(at + 12)
  for (let group = 0; group < groups; group++) {
    const record = at + 16 + 12 * group
    add(font.readUInt32BE(record), font.readUInt32BE(record + 4))
  }
}
