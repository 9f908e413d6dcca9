import type { Changes, ManifestEntry } from 'content-schemas'
import { bytesOf, type RenderedFile } from '../channels/channel.ts'
import { compressed, type Encodings, isEncodable } from './encode.ts'
import type { PathClaims, Strength } from './journal.ts'
import type { Paths } from './manifest.ts'
import type { Store } from './store.ts'

/** A file, with its compressed forms where they are there already. */
export type DraftFile = RenderedFile & { encodings?: Encodings }
/** A file and how strongly its document claims its path. */
export type ClaimedFile = DraftFile & { strength: Strength }

/** Paths that stay once they were public, whatever becomes of their document: paper and change logs point at them. */
export const isPermanent = (path: string): boolean => /^\/(v1\/editions|v1\/changes|c)\//.test(path)

/**
 * The paths of the release being made: those of the last one, and what differs. Nothing of it is public, and nothing is
 * kept when it is dropped.
 */
export class Draft {
  /** What differs from the last release; undefined for a path that is no more. */
  readonly changed = new Map<string, ManifestEntry | undefined>()

  constructor(
    private readonly store: Store,
    private readonly base: Paths,
    /** When the release is made; RFC 3339. */
    private readonly at: string,
  ) {}

  get(path: string): ManifestEntry | undefined {
    return this.changed.has(path) ? this.changed.get(path) : this.base.get(path)
  }

  entries(): Iterable<[string, ManifestEntry]> {
    return this.base.entries()
  }

  /**
   * Puts a file at its path, if it is still wanted there once its bytes are kept. The entry of equal bytes stays as it is,
   * encodings and date included.
   */
  async put(file: DraftFile, isWanted = () => true): Promise<void> {
    const { path, type, body, status = 200, location, encodings } = file
    const bytes = bytesOf(body)
    const object = await this.store.putObject(bytes)
    const kept = encodings && (await this.keep(encodings))
    if (!isWanted()) return
    const before = this.base.get(path)
    const isSame =
      before?.object === object && before.type === type && before.status === status && before.location === location
    if (isSame) this.changed.delete(path)
    else this.changed.set(path, { object, type, bytes: bytes.length, status, location, ...kept, modified: this.at })
  }

  /** Compresses the file at a path, if there is one, and it gains by it. */
  async encode(path: string): Promise<void> {
    const entry = this.get(path)
    const bytes = entry && isEncodable(path, entry) ? await this.store.readObject(entry.object) : undefined
    const encodings = bytes && (await compressed(bytes))
    if (!entry || !encodings) return
    const { modified, ...rest } = entry
    this.changed.set(path, { ...rest, ...(await this.keep(encodings)), modified })
  }

  private async keep({ br, gzip }: Encodings): Promise<{ br: string; gzip: string }> {
    return { br: await this.store.putObject(br), gzip: await this.store.putObject(gzip) }
  }

  remove(path: string): void {
    if (this.base.get(path)) this.changed.set(path, undefined)
    else this.changed.delete(path)
  }

  /** What the change log says of it: paths that answer differently, which of them lead elsewhere, and paths that are no more; sorted. */
  paths(): Changes['paths'] {
    const sorted = [...this.changed].sort(([a], [b]) => (a < b ? -1 : 1))
    const set: Record<string, string> = {}
    const moved: Record<string, string> = {}
    for (const [path, entry] of sorted) {
      if (!entry || answersAlike(entry, this.base.get(path))) continue
      set[path] = entry.object
      if (entry.location) moved[path] = entry.location
    }
    return { set, removed: sorted.flatMap(([path, entry]) => (entry ? [] : [path])), ...withMoves(moved) }
  }
}

const answersAlike = (entry: ManifestEntry, before: ManifestEntry | undefined): boolean =>
  before?.object === entry.object && before.status === entry.status && before.location === entry.location

/** The redirects of a change file, where there are any. */
export const withMoves = (moved: Record<string, string>): Pick<Changes['paths'], 'moved'> =>
  Object.keys(moved).length > 0 ? { moved } : {}

/** Which documents claim which path, and how strongly. */
export class Claims {
  /** Nearly every path is claimed by one document, which has one claim for all of its paths. */
  private readonly single = new Map<string, Claim>()
  private readonly several = new Map<string, PathClaimants>()

  /** Replaces what a document claims. Returns the paths that nobody claims now, and the documents whose turn it is at a path. */
  replace(id: string, before: PathClaims, now: PathClaims): { left: string[]; inherited: Set<string> } {
    const held = [...before.keys()].filter((path) => this.isStrongest(id, path))
    for (const path of before.keys()) if (!now.has(path)) this.drop(id, path)
    const claims: Claim[] = []
    for (const [path, strength] of now) {
      claims[strength] ??= { id, strength }
      this.add(path, claims[strength])
    }
    const left = held.filter((path) => !this.has(path))
    const heirs = held.map((path) => this.strongest(path)).filter((heir) => heir !== undefined)
    return { left, inherited: new Set(heirs.filter((heir) => heir !== id)) }
  }

  private add(path: string, claim: Claim): void {
    const known = this.single.get(path)
    const several = this.several.get(path)
    if (several) several.set(claim.id, claim.strength)
    else if (!known || known.id === claim.id) this.single.set(path, claim)
    else {
      const claims = new PathClaimants()
      for (const { id, strength } of [known, claim]) claims.set(id, strength)
      this.several.set(path, claims)
      this.single.delete(path)
    }
  }

  private drop(id: string, path: string): void {
    if (this.single.get(path)?.id === id) this.single.delete(path)
    const several = this.several.get(path)
    several?.delete(id)
    if (several?.size === 0) this.several.delete(path)
  }

  has(path: string): boolean {
    return this.single.has(path) || this.several.has(path)
  }

  /** Whether a claim of a document is the strongest on a path. Equal claims are ordered by id, so that the outcome never hangs on who came first. */
  isStrongest(id: string, path: string): boolean {
    return this.strongest(path) === id
  }

  private strongest(path: string): string | undefined {
    return this.single.get(path)?.id ?? this.several.get(path)?.strongest()
  }
}

type Claim = { readonly id: string; readonly strength: Strength }

/** The claims on one path. A picture may have thousands. */
class PathClaimants {
  private readonly strengths = new Map<string, Strength>()
  private best: string | undefined

  get size(): number {
    return this.strengths.size
  }

  set(id: string, strength: Strength): void {
    const before = this.strengths.get(id)
    this.strengths.set(id, strength)
    if (before !== undefined && before > strength && this.best === id) this.best = undefined
    else if (this.best !== undefined && this.isStronger(id, this.best)) this.best = id
  }

  delete(id: string): void {
    this.strengths.delete(id)
    if (this.best === id) this.best = undefined
  }

  strongest(): string | undefined {
    if (this.best === undefined)
      for (const id of this.strengths.keys())
        if (this.best === undefined || this.isStronger(id, this.best)) this.best = id
    return this.best
  }

  private isStronger(id: string, other: string): boolean {
    const [one, two] = [this.strengths.get(id)!, this.strengths.get(other)!]
    return one > two || (one === two && id < other)
  }
}
