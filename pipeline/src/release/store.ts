import type { Index } from 'content-schemas'

/**
 * Where releases are kept: objects named by their SHA-256, and one index that is replaced by compare-and-swap.
 * Every store passes the same suite: tests/release/store-conformance.ts.
 */
export type Store = {
  /** Keeps bytes under their SHA-256, which it returns. They survive a power cut only after `sync`. */
  putObject(bytes: Uint8Array): Promise<string>
  hasObject(sha256: string): Promise<boolean>
  /** Undefined if there is no such object. */
  readObject(sha256: string): Promise<Uint8Array | undefined>
  deleteObject(sha256: string): Promise<void>
  /** Every object, in no order; `written` is when. */
  objects(): AsyncIterable<{ sha256: string; bytes: number; written: Date }>
  /** The barrier: after it, all objects put so far survive a power cut. */
  sync(): Promise<void>
  /** The index that stands; undefined in an empty store. */
  readIndex(): Promise<Index | undefined>
  /**
   * Puts `next` in the place of the index of release `previous` (0: of an empty store), and makes it survive a power cut.
   * False, and nothing changed, if another writer came first. An index once replaced never comes back.
   */
  swapIndex(next: Index, previous: number): Promise<boolean>
  /** Indexes of this release and those before it that were not forgotten, newest first. */
  recentIndexes(): Promise<Index[]>
  /** Forgets all but the newest `keep` indexes (at least 1). Their objects stay. */
  forgetIndexes(keep: number): Promise<void>
  /**
   * Runs work that changes the store. What other machines change by it comes before or after, never in between; processes
   * of one machine are kept apart by a lock of their own (lock.ts).
   */
  exclusively<T>(work: () => Promise<T>): Promise<T>
}
