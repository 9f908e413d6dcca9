import { Changes, type HundredChanges, type Index } from 'content-schemas'
import { paths } from '../channels/addresses.ts'
import type { RenderedFile } from '../channels/channel.ts'
import { type Draft, withMoves } from './draft.ts'
import type { Paths } from './manifest.ts'
import type { Store } from './store.ts'

/*
 * What each release changed, a file a release, and a file for each hundred of them: a consumer that was away for a year
 * reads some hundred files instead of thousands.
 */

type Release = { index: Index | undefined; paths: Paths }

/** The oldest change file of a release to be made. The log begins anew where a number was left out, and where the log before was lost. */
export function firstOfLog({ index, paths: before }: Release, release: number): number {
  const goesOn = index?.release === release - 1 && before.get(paths.changes(index.release)) !== undefined
  return goesOn ? index.changes.first : release
}

export function changesFile(
  changes: ReadonlyMap<string, Changes['changes'][number]>,
  draft: Draft,
  { release, at }: { release: number; at: string },
): RenderedFile {
  const log: Changes = { release, at, changes: sorted(changes), paths: draft.paths() }
  return { path: paths.changes(release), type: 'application/json; charset=utf-8', body: `${JSON.stringify(log)}\n` }
}

/**
 * The last hundred change files as one, if their number is full, the log reaches back to them and they are not yet one.
 * To be put into the release that follows them, whose own change file then names it.
 */
export async function hundredFile(store: Store, before: Release, release: number): Promise<RenderedFile | undefined> {
  const last = Math.floor((release - 1) / 100) * 100
  const path = paths.hundredChanges(last - 99)
  if (last === 0 || firstOfLog(before, release) > last - 99 || before.paths.get(path)) return undefined
  const logs: Logged[] = []
  for (let number = last - 99; number <= last; number++) {
    const entry = before.paths.get(paths.changes(number))
    const bytes = entry && (await store.readObject(entry.object))
    // A log with a gap is no log; consumers then read what there is, file by file.
    if (!bytes) return undefined
    logs.push({ object: entry.object, log: Changes.parse(JSON.parse(new TextDecoder().decode(bytes))) })
  }
  return { path, type: 'application/json; charset=utf-8', body: `${JSON.stringify(together(logs))}\n` }
}

type Logged = { object: string; log: Changes }

/** What the logs say when they are read one after the other; they themselves are among the paths they bring. */
function together(logs: Logged[]): HundredChanges {
  const documents = new Map<string, Changes['changes'][number]>()
  const set = new Map<string, string>()
  const removed = new Set<string>()
  const moved = new Map<string, string>()
  for (const { object, log } of logs) {
    for (const change of log.changes) {
      const id = `${change.uid}.${change.locale}`
      documents.set(id, after(documents.get(id), change))
    }
    for (const [path, hash] of [...Object.entries(log.paths.set), [paths.changes(log.release), object] as const]) {
      set.set(path, hash)
      removed.delete(path)
      moved.delete(path)
    }
    for (const [path, location] of Object.entries(log.paths.moved ?? {})) moved.set(path, location)
    for (const path of log.paths.removed) {
      set.delete(path)
      moved.delete(path)
      removed.add(path)
    }
  }
  const { release: last, at } = logs.at(-1)!.log
  return {
    first: logs[0]!.log.release,
    last,
    at,
    changes: sorted(documents),
    paths: {
      set: Object.fromEntries([...set].sort(byName)),
      removed: [...removed].sort(),
      ...withMoves(Object.fromEntries([...moved].sort(byName))),
    },
  }
}

type Change = Changes['changes'][number]
/** A document's change after an earlier one: what was done last, and where it was before both. */
function after(known: Change | undefined, { from, ...change }: Change): Change {
  const act = change.act === 'state' ? (known?.act ?? 'state') : change.act
  const before = known?.from ?? from
  return { ...change, act, ...(before && before !== change.path ? { from: before } : {}) }
}

const sorted = <T>(documents: ReadonlyMap<string, T>): T[] => [...documents].sort(byName).map(([, change]) => change)
const byName = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)
