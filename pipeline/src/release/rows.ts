import type { Locale } from 'content-schemas'
import type { Row } from '../channels/channel.ts'
import type { Read } from '../compile.ts'
import { sha256 } from '../identity.ts'
import type { Assurance } from '../source.ts'

/** Names a document in one language. */
export const idOf = (uid: string, locale: Locale): string => `${uid}.${locale}`

/** What documents may look up outside of their editions, and who looked up what. */
export class Rows {
  /** uids of what changed since this was last emptied. */
  private readonly changed = new Set<string>()
  /** How many changes there were; of each uid, which was its last. */
  private count = 0
  private readonly lastChange = new Map<string, number>()
  private readonly rows = new Map<string, Map<Locale, { row: Row; hash: string }>>()
  private readonly assurances = new Map<string, Assurance>()
  private readonly readersOf = new Map<string, Set<string>>()

  get(uid: string, locale: Locale): Row | undefined {
    return this.rows.get(uid)?.get(locale)?.row
  }

  translations(uid: string): Row[] {
    return [...(this.rows.get(uid)?.values() ?? [])]
      .map(({ row }) => row)
      .sort((a, b) => (a.locale < b.locale ? -1 : 1))
  }

  /** Links know nothing of what a channel keeps for its lists, so that this cannot make other documents stale. */
  set(row: Row): void {
    const bare = { ...row, listing: {} }
    const hash = sha256(JSON.stringify(bare))
    const siblings = this.rows.get(row.uid) ?? new Map<Locale, { row: Row; hash: string }>()
    this.rows.set(row.uid, siblings)
    if (siblings.get(row.locale)?.hash === hash) return
    siblings.set(row.locale, { row: bare, hash })
    this.noteChange(row.uid)
  }

  delete(uid: string, locale: Locale): void {
    if (this.rows.get(uid)?.delete(locale)) this.noteChange(uid)
  }

  assurance(resource: string): Assurance | undefined {
    return this.assurances.get(resource)
  }

  /** Sets the newest confirmation of a resource. */
  assure(assurance: Assurance): void {
    this.assurances.set(assurance.resource, assurance)
    this.noteChange(assurance.resource)
  }

  /** A moment to compare with in `hasChanged`. */
  get moment(): number {
    return this.count
  }

  /** Whether one of these look-ups may give another answer than it gave at a moment. */
  hasChanged(reads: readonly Read[], since: number): boolean {
    return reads.some((read) => read.kind !== 'asset' && (this.lastChange.get(read.uid) ?? 0) > since)
  }

  private noteChange(uid: string): void {
    this.count += 1
    this.lastChange.set(uid, this.count)
    this.changed.add(uid)
  }

  /** What a look-up gives, as a hash: equal hashes, equal answers. */
  answerTo(read: Read): string {
    if (read.kind === 'asset') return read.sha256
    if (read.kind === 'assurance') return answerOf(this.assurances.get(read.uid))
    const siblings = this.rows.get(read.uid)
    if (read.kind === 'row') return siblings?.get(read.locale)?.hash ?? ''
    return [...(siblings?.values() ?? [])]
      .map(({ hash }) => hash)
      .sort()
      .join(' ')
  }

  /** Remembers that a document looked these up. What it looked up before is kept: a reader too many costs one comparison. */
  note(id: string, reads: Read[]): void {
    for (const read of reads) {
      if (read.kind === 'asset') continue
      const readers = this.readersOf.get(read.uid)
      if (readers) readers.add(id)
      else this.readersOf.set(read.uid, new Set([id]))
    }
  }

  /** Documents that looked up what changed; empties `changed`. */
  takeReaders(): Set<string> {
    const readers = new Set<string>()
    for (const uid of this.changed) for (const id of this.readersOf.get(uid) ?? []) readers.add(id)
    this.changed.clear()
    return readers
  }
}

const answerOf = (assurance: Assurance | undefined): string =>
  assurance ? `${assurance.assuredDate} ${assurance.verifyEveryDays}` : ''
