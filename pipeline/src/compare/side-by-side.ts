import { noRecords } from 'content-schemas'
import type { Version } from './index.ts'
import { type Part, partsOf } from './parts.ts'

/** A passage of a source and what stands for it in a translation. One of the two is null where it has no counterpart. */
export type Pair = { label: string; source: string | null; translation: string | null }

/**
 * Sets a translation beside its source: blocks, items and fields by their identity, the prose of each block in its
 * order. In the order of the source, with what only the translation has where it stands there.
 */
export function pairUp(source: Version, translation: Version): Pair[] {
  const [from, to] = [named(source), named(translation)]
  const known = new Set(from.map(({ name }) => name))
  const places = new Map(to.map(({ name }, index) => [name, index]))
  const pairs: Pair[] = []
  /** What only the translation has, from a place on. */
  const addOwn = (from: number) => {
    for (let at = from; at < to.length && !known.has(to[at]!.name); at++)
      pairs.push({ label: to[at]!.part.label, source: null, translation: textOf(to[at]!.part) })
  }
  addOwn(0)
  for (const { name, part } of from) {
    const place = places.get(name)
    const other = place === undefined ? undefined : to[place]!.part
    pairs.push({ label: part.label, source: textOf(part), translation: other ? textOf(other) : null })
    if (place !== undefined) addOwn(place + 1)
  }
  return pairs.filter(({ source, translation }) => source || translation)
}

/** Parts by a name that both languages have: their key, or the kind of prose and how many of it came before in its block. */
function named({ document, records = noRecords() }: Version): { name: string; part: Part }[] {
  const counts = new Map<string, number>()
  // A source has no source of its own.
  const parts = partsOf(document, records).filter(({ key }) => key !== '/translatedFrom')
  return parts.map((part) => {
    if (part.key !== undefined) return { name: part.key, part }
    const kind = `${part.container} ${part.form}`
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return { name: `${kind} ${count}`, part }
  })
}

const textOf = ({ pieces }: Part): string => pieces.map(({ text }) => text).join('')
