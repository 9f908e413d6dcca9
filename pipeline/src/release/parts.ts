import type { Row } from '../channels/channel.ts'

/*
 * What channels keep of a document for their lists is mostly records, and the same ones stand in thousands of rows. Each
 * is kept once, in memory and in the journal.
 */

type Listing = Row['listing']

/** Parts of rows, each once however many rows have it. */
export class Parts {
  private readonly byJson = new Map<string, object>()

  /** The same row, its parts those that other rows have too. */
  sharedIn(row: Row): Row {
    return { ...row, listing: withParts(row.listing, (part) => this.shared(part)) }
  }

  /** The same part, as rows have it already. */
  shared(part: object): object {
    const json = JSON.stringify(part)
    const known = this.byJson.get(json)
    if (!known) this.byJson.set(json, part)
    return known ?? part
  }
}

/** A listing with each object in its lists replaced. */
function withParts(listing: Listing, replace: (part: object) => object): Listing {
  const inList = (each: unknown) => (typeof each === 'object' && each !== null ? replace(each) : each)
  const inChannel = (kept: unknown) =>
    typeof kept === 'object' && kept !== null && !Array.isArray(kept)
      ? mapValues(kept, (value) => (Array.isArray(value) ? value.map(inList) : value))
      : kept
  return mapValues(listing, inChannel)
}

const mapValues = (of: object, change: (value: unknown) => unknown): Record<string, unknown> =>
  Object.fromEntries(Object.entries(of).map(([key, value]) => [key, change(value)]))

/** Stands for a part that was written before. */
type Reference = { '#': number }
const isReference = (part: object): part is Reference => '#' in part && typeof part['#'] === 'number'

/** The parts that a file of rows has, by the numbers it names them by. */
export class PartNumbers {
  private readonly numbers = new Map<object, number>()
  private readonly parts: object[] = []

  /** A row as it is written; `declare` is told first of each part that was not written yet. */
  written(row: Row, declare: (number: number, part: object) => void): Row {
    const reference = (part: object): Reference => {
      const known = this.numbers.get(part)
      if (known !== undefined) return { '#': known }
      const number = this.parts.length
      this.set(number, part)
      declare(number, part)
      return { '#': number }
    }
    return { ...row, listing: withParts(row.listing, reference) }
  }

  set(number: number, part: object): void {
    this.parts[number] = part
    this.numbers.set(part, number)
  }

  /** A row as it was before it was written, with shared parts. Undefined if it names a part that is not known. */
  read(row: Row, parts: Parts): Row | undefined {
    let isWhole = true
    const listing = withParts(row.listing, (part) => {
      // Earlier versions wrote all parts out.
      if (!isReference(part)) return parts.shared(part)
      const known = this.parts[part['#']]
      isWhole &&= known !== undefined
      return known ?? part
    })
    return isWhole ? { ...row, listing } : undefined
  }
}
