import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * Structural checks of PDF/UA-1 (ISO 14289-1, Matterhorn Protocol) over the objects of a PDF as qpdf lists them.
 * It shares no code with the product.
 */

type Value = null | boolean | number | string | Value[] | { [key: string]: Value }
type Dictionary = { [key: string]: Value }
type StructureElement = { role: string; dictionary: Dictionary; children: StructureElement[] }

/** A PDF with what the checks look at. */
export type Pdf = {
  catalog: Dictionary
  metadata: string
  pages: { dictionary: Dictionary; content: string }[]
  objects: Dictionary[]
  structure: StructureElement[]
  resolve(value: Value | undefined): Value | undefined
}

/** Reads a PDF through qpdf; throws what qpdf says when it is damaged. */
export function readPdf(bytes: Uint8Array): Pdf {
  return withFile(bytes, (file) => {
    const check = spawnSync('qpdf', ['--check', file], { encoding: 'utf8' })
    if (check.status !== 0) throw new Error(`qpdf --check: ${check.stdout}${check.stderr}`)
    const options = ['--json=2', '--json-stream-data=inline', '--decode-level=generalized']
    const { stdout } = spawnSync('qpdf', [...options, file], { encoding: 'utf8', maxBuffer: 2 ** 28 })
    return new Document(JSON.parse(stdout).qpdf[1])
  })
}

/** The words of a PDF as pdftotext reads them: in reading order, directions resolved. */
export const pdfText = (bytes: Uint8Array): string =>
  withFile(bytes, (file) => spawnSync('pdftotext', ['-enc', 'UTF-8', file, '-'], { encoding: 'utf8' }).stdout)

/** A page as poppler draws it, counted from 1: a PNG of so many dots per inch. */
export const drawnByPoppler = (bytes: Uint8Array, page: number, resolution: number): Buffer =>
  withFile(bytes, (file) => {
    const options = ['-png', '-r', `${resolution}`, '-f', `${page}`, '-l', `${page}`]
    return spawnSync('pdftoppm', [...options, file], { maxBuffer: 2 ** 28 }).stdout
  })

function withFile<T>(bytes: Uint8Array, read: (file: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'pdf-'))
  try {
    const file = join(folder, 'a.pdf')
    writeFileSync(file, bytes)
    return read(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Stored = Record<string, { value?: Value; stream?: { data?: string; dict: Dictionary } }>

class Document implements Pdf {
  private readonly stored: Stored
  readonly catalog: Dictionary
  readonly metadata: string
  readonly pages: Pdf['pages']
  readonly structure: StructureElement[]

  constructor(stored: Stored) {
    this.stored = stored
    this.catalog = this.dictionary(this.dictionary(stored.trailer?.value)['/Root'])
    this.metadata = this.bytes(this.catalog['/Metadata'])
    this.pages = this.pagesBelow(this.catalog['/Pages'])
    this.structure = this.elements(this.dictionary(this.catalog['/StructTreeRoot'])['/K'])
  }

  get objects(): Dictionary[] {
    return Object.values(this.stored)
      .map(({ value, stream }) => stream?.dict ?? value)
      .filter(isDictionary)
  }

  // An arrow, so that a copy of the document with one thing changed keeps it.
  readonly resolve = (value: Value | undefined): Value | undefined => {
    if (typeof value !== 'string' || !/^\d+ \d+ R$/.test(value)) return value
    const found = this.stored[`obj:${value}`]
    return found?.stream?.dict ?? found?.value
  }

  private dictionary(value: Value | undefined): Dictionary {
    const found = this.resolve(value)
    return isDictionary(found) ? found : {}
  }

  private bytes(value: Value | undefined): string {
    if (Array.isArray(value)) return value.map((part) => this.bytes(part)).join('\n')
    const data = typeof value === 'string' ? this.stored[`obj:${value}`]?.stream?.data : undefined
    return data ? Buffer.from(data, 'base64').toString('latin1') : ''
  }

  private pagesBelow(value: Value | undefined): Pdf['pages'] {
    const dictionary = this.dictionary(value)
    const kids = this.resolve(dictionary['/Kids'])
    if (Array.isArray(kids)) return kids.flatMap((kid) => this.pagesBelow(kid))
    return [{ dictionary, content: this.bytes(dictionary['/Contents']) }]
  }

  private elements(value: Value | undefined): StructureElement[] {
    const found = this.resolve(value)
    if (Array.isArray(found)) return found.flatMap((each) => this.elements(each))
    if (!isDictionary(found) || typeof found['/S'] !== 'string') return []
    return [{ role: found['/S'].slice(1), dictionary: found, children: this.elements(found['/K']) }]
  }
}

const isDictionary = (value: Value | undefined): value is Dictionary =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function* inOrder(elements: readonly StructureElement[]): Generator<StructureElement> {
  for (const element of elements) {
    yield element
    yield* inOrder(element.children)
  }
}

const all = (pdf: Pdf, role: RegExp): StructureElement[] =>
  [...inOrder(pdf.structure)].filter((element) => role.test(element.role))
const hasText = (value: Value | undefined): boolean =>
  typeof value === 'string' && value.replace(/^[ub]:/, '').trim() !== ''

/** ISO 32000-1, 14.8.4. */
const standardRoles = new Set(
  `Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody
   Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP
   Figure Formula Form`.split(/\s+/),
)

const fontsOf = (pdf: Pdf): Dictionary[] =>
  pdf.objects.filter((object) => object['/Type'] === '/Font' && !/CIDFont/.test(String(object['/Subtype'])))
const linksOf = (pdf: Pdf): Dictionary[] =>
  pdf.pages.flatMap(({ dictionary }) => {
    const annotations = pdf.resolve(dictionary['/Annots'])
    return (Array.isArray(annotations) ? annotations : [])
      .map((annotation) => pdf.resolve(annotation))
      .filter(isDictionary)
      .filter((annotation) => annotation['/Subtype'] === '/Link')
  })

/** Each check names what breaks it; an empty list is a pass. */
export const pdfUaChecks: Record<string, (pdf: Pdf) => string[]> = {
  language: ({ catalog }) => (hasText(catalog['/Lang']) ? [] : ['The catalog has no /Lang.']),
  marked: (pdf) =>
    (pdf.resolve(pdf.catalog['/MarkInfo']) as Dictionary | undefined)?.['/Marked'] === true
      ? []
      : ['It is not /Marked.'],
  'title-shown': (pdf) =>
    (pdf.resolve(pdf.catalog['/ViewerPreferences']) as Dictionary | undefined)?.['/DisplayDocTitle'] === true
      ? []
      : ['/DisplayDocTitle is not true.'],
  title: ({ metadata }) => (/<dc:title>[\s\S]*?<rdf:li[^>]*>[^<]+</.test(metadata) ? [] : ['XMP has no dc:title.']),
  identified: ({ metadata }) => (/pdfuaid:part(?:>|=")1/.test(metadata) ? [] : ['XMP has no pdfuaid:part 1.']),
  structure: (pdf) => (all(pdf, /./).length > 0 ? [] : ['There is no structure tree.']),
  roles(pdf) {
    const root = pdf.resolve(pdf.catalog['/StructTreeRoot']) as Dictionary | undefined
    const map = (pdf.resolve(root?.['/RoleMap']) ?? {}) as Dictionary
    const standard = (role: string): boolean =>
      standardRoles.has(role) || (typeof map[`/${role}`] === 'string' && standard(String(map[`/${role}`]).slice(1)))
    return all(pdf, /./)
      .filter(({ role }) => !standard(role))
      .map(({ role }) => `${role} is no standard role, and none is named for it.`)
  },
  headings(pdf) {
    const gaps: string[] = []
    let before = 0
    for (const { role } of all(pdf, /^H[1-6]$/)) {
      const level = Number(role.slice(1))
      if (level > before + 1) gaps.push(`H${level} follows H${before}.`)
      before = level
    }
    return gaps
  },
  'alternative-text': (pdf) =>
    all(pdf, /^(?:Figure|Formula)$/)
      .filter(({ dictionary }) => !hasText(dictionary['/Alt']) && !hasText(dictionary['/ActualText']))
      .map(({ role }) => `A ${role} has no /Alt.`),
  'table-headers'(pdf) {
    const scoped = ({ dictionary }: StructureElement) =>
      /\/Scope/.test(JSON.stringify(pdf.resolve(dictionary['/A']) ?? ''))
    const bare = all(pdf, /^Table$/).filter((table) => ![...inOrder([table])].some(({ role }) => role === 'TH'))
    return [
      ...all(pdf, /^TH$/)
        .filter((cell) => !scoped(cell))
        .map(() => 'A TH has no /Scope.'),
      ...bare.map(() => 'A Table has no TH.'),
    ]
  },
  lists: (pdf) =>
    all(pdf, /^L$/)
      .filter(({ children }) => children.some(({ role }) => role !== 'LI' && role !== 'L' && role !== 'Caption'))
      .map(() => 'An L holds something that is no LI.'),
  links: (pdf) =>
    linksOf(pdf)
      .filter((link) => !hasText(link['/Contents']) || link['/StructParent'] === undefined)
      .map(() => 'A link has no /Contents or no place in the structure.'),
  'fonts-embedded': (pdf) =>
    pdf.objects
      .filter((object) => object['/Type'] === '/FontDescriptor')
      .filter((font) => !['/FontFile', '/FontFile2', '/FontFile3'].some((key) => font[key] !== undefined))
      .map((font) => `${font['/FontName']} is not embedded.`),
  'fonts-readable': (pdf) =>
    fontsOf(pdf)
      .filter((font) => font['/ToUnicode'] === undefined)
      .map((font) => `${font['/BaseFont']} has no /ToUnicode.`),
  'text-marked': ({ pages }) =>
    pages.flatMap(({ content }, index) =>
      unmarkedText(content) ? [`Page ${index + 1} has text outside marked content.`] : [],
    ),
  'tab-order': ({ pages }) =>
    pages.flatMap(({ dictionary }, index) =>
      dictionary['/Annots'] && dictionary['/Tabs'] !== '/S' ? [`Page ${index + 1} has links and no /Tabs /S.`] : [],
    ),
}

/** Whether a content stream shows text outside BDC/BMC and EMC. Strings and dictionaries are skipped as wholes. */
function unmarkedText(content: string): boolean {
  const token = /\((?:\\[\s\S]|[^\\()])*\)|<<[\s\S]*?>>|<[0-9A-Fa-f\s]*>|\/[^\s/<>[\]()]+|[^\s/<>[\]()]+/g
  let depth = 0
  for (const [word] of content.matchAll(token)) {
    if (word === 'BDC' || word === 'BMC') depth += 1
    else if (word === 'EMC') depth -= 1
    else if ((word === 'Tj' || word === 'TJ' || word === "'" || word === '"') && depth < 1) return true
  }
  return false
}

/** All that keeps a PDF from being PDF/UA-1, by check. */
export function pdfUaFaults(bytes: Uint8Array): Record<string, string[]> {
  const pdf = readPdf(bytes)
  const faults: Record<string, string[]> = {}
  for (const [name, check] of Object.entries(pdfUaChecks)) {
    const found = check(pdf)
    if (found.length > 0) faults[name] = found
  }
  return faults
}
