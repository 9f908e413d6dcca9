/** The seed of a random test: `SIGNPOST_TEST_SEED`, else another one each time. It is printed. */
export function seedOf(what: string): number {
  const seed = Number(process.env.SIGNPOST_TEST_SEED ?? Date.now() % 1_000_000)
  console.log(`${what}: SIGNPOST_TEST_SEED=${seed}`)
  return seed
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
