/** What a client asks for in its headers: RFC 9110, sections 12 to 14. */

export type Encoding = 'br' | 'gzip' | 'identity'

const known = new Map<string, Encoding[]>()
/** Header values remembered; browsers send a handful of different ones. */
const mostKnown = 200

/** Encodings a client takes, the best first; `identity` is always among them. */
export function encodingsOf(header: string | undefined): Encoding[] {
  if (!header) return ['identity']
  const remembered = known.get(header)
  if (remembered) return remembered
  const taken = takenBy(header)
  if (known.size < mostKnown) known.set(header, taken)
  return taken
}

function takenBy(header: string): Encoding[] {
  const weights = new Map(header.split(',').map(weightOf))
  const accepts = (name: string) => (weights.get(name) ?? weights.get('*') ?? 0) > 0
  return [...(['br', 'gzip'] as const).filter(accepts), 'identity']
}

function weightOf(item: string): [string, number] {
  const [name = '', ...parameters] = item.split(';').map((part) => part.trim().toLowerCase())
  const quality = parameters.find((parameter) => parameter.startsWith('q='))
  return [name, quality ? Number(quality.slice(2)) || 0 : 1]
}

/** Whether an `If-None-Match` names the entity tag; the comparison is weak, as RFC 9110 has it for this header. */
export const matches = (header: string, tag: string): boolean =>
  header === tag || header === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === tag)

export type Slice = { start: number; end: number }

/** The part of `size` bytes a `Range` asks for, `end` exclusive; undefined: all of it; `unsatisfiable`: none there is. */
export function sliceOf(header: string | undefined, size: number): Slice | 'unsatisfiable' | undefined {
  const range = header && /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim())
  // Several ranges at once, and other units, are answered with the whole, as the RFC allows.
  if (!range || (range[1] === '' && range[2] === '')) return undefined
  const [first, last] = [range[1], range[2]]
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined
  return start < end ? { start, end } : 'unsatisfiable'
}

/** The first of the languages a client prefers that there is; undefined if there is none of them. */
export function languageOf<L extends string>(header: string | undefined, languages: readonly L[]): L | undefined {
  const preferred = (header ?? '')
    .split(',')
    .map(weightOf)
    .filter(([, weight]) => weight > 0)
    .sort(([, a], [, b]) => b - a)
  for (const [tag] of preferred) {
    const found = languages.find((language) => language === tag.split('-')[0])
    if (found) return found
  }
  return undefined
}
