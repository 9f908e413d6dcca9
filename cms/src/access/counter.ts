/** How often one address may try, before it has to wait. */
export type Limit = {
  attempts: number
  /** Length of the time in which they count, milliseconds. */
  within: number
}

/** Addresses remembered at a time; the one that was seen first is forgotten for a new one. */
const remembered = 10_000

/** Counts attempts by address. The memory it needs is bounded. */
export function attemptCounter({ attempts, within }: Limit) {
  const seen = new Map<string, { since: number; count: number }>()
  return {
    /** Counts one more; false when it is one too many. `now` in milliseconds. */
    take(address: string, now: number): boolean {
      const before = seen.get(address)
      const entry = before && now - before.since < within ? before : { since: now, count: 0 }
      entry.count += 1
      seen.delete(address)
      seen.set(address, entry)
      if (seen.size > remembered) seen.delete(seen.keys().next().value!)
      return entry.count <= attempts
    },
    forget: (address: string): void => void seen.delete(address),
    size: () => seen.size,
  }
}
