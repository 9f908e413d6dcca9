import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Edition, Locale, RecordKind, Records } from 'content-schemas'
import type { PayloadRequest } from 'payload'
import { phrasesOf } from 'pipeline/phrases/index.ts'
import { type Lookup, recordsOf, standIn } from 'pipeline/transformers/records.ts'
import type { Acting } from '../access/acting.ts'
import { clockOf } from './clock.ts'
import { shownPart } from './document.ts'
import { appendFollowing, type FollowingEdition, liveEditions } from './editions.ts'
import { changedReach } from './reach.ts'
import { lookupIn, rowOf } from './records.ts'
import { areSignOffsAsked, isHeldBack, nameOf, type Present, sharedAmong, unsignedAmong } from './sign-offs.ts'
import { dependentsOf, updateUses } from './uses.ts'

/*
 * A change of a record that readers see is a minor edition of every published article that shows it.
 */

/** How many editions are read and written before others get their turn. */
const batch = 50

/** How far a change of a record has come. */
export type Propagation = { done: number; total: number }
const running = new Map<string, Propagation>()

/** How far the change of a record that this process is about has come; undefined when there is none. */
export const propagationOf = (kind: RecordKind, uid: string): Propagation | undefined => running.get(`${kind} ${uid}`)

/**
 * Makes a minor edition of every published article that shows a record differently now, in the request's transaction.
 * Issues stay as they were sent. No approval is touched: it is of the text and of which records it names. In languages in
 * which the record waits for its sign-off, nothing changes. Returns how many editions were made.
 */
export async function recordChanged(
  req: PayloadRequest,
  kind: RecordKind,
  uid: string,
  acting: Acting,
): Promise<number> {
  const dependents = await dependentsOf(req, kind, uid)
  const key = `${kind} ${uid}`
  const progress = { done: 0, total: dependents.length }
  let made = 0
  running.set(key, progress)
  try {
    for (const locale of new Set(dependents.map((dependent) => dependent.locale))) {
      const uids = dependents.flatMap((dependent) => (dependent.locale === locale ? [dependent.uid] : []))
      if (await isHeldBack(req, kind, uid, locale)) {
        progress.done += uids.length
        continue
      }
      const change = await changeIn(req, kind, uid, locale)
      for (let start = 0; start < uids.length; start += batch) {
        const some = uids.slice(start, start + batch)
        made += await editionsAfter(req, change, some, acting)
        progress.done += some.length
        // SQLite answers at once: without a pause nobody else, such as who asks how far it is, would be heard.
        await nextTurn()
      }
    }
  } finally {
    running.delete(key)
  }
  return made
}

/** A record as documents in one language show it now. */
type Change = {
  kind: RecordKind
  uid: string
  locale: Locale
  shown: string | undefined
  name: string
  lookup: Lookup
  /** Whether shared texts wait for a sign-off, by uid, as far as it was asked; undefined where none has to. */
  waiting: Map<string, boolean> | undefined
}

async function changeIn(req: PayloadRequest, kind: RecordKind, uid: string, locale: Locale): Promise<Change> {
  // Many documents show the same records.
  const lookup = remembering(lookupIn(req, locale))
  const row = await rowOf(req, kind, uid, locale)
  const shown = JSON.stringify(shownPart(kind, await lookup(kind, uid)))
  const change = { kind, uid, locale, shown, name: row ? nameOf(row) : '', lookup }
  return { ...change, waiting: (await areSignOffsAsked(req)) ? new Map() : undefined }
}

function remembering(lookup: Lookup): Lookup {
  const known = new Map<string, ReturnType<Lookup>>()
  return ((kind, uid) => {
    const key = `${kind} ${uid}`
    if (!known.has(key)) known.set(key, lookup(kind, uid))
    return known.get(key)
  }) as Lookup
}

async function editionsAfter(req: PayloadRequest, change: Change, uids: string[], acting: Acting): Promise<number> {
  const before = new Map<string, Records | null>()
  const editions = await appendFollowing(req, acting, async () => {
    const following: FollowingEdition[] = []
    for (const live of (await liveEditions(req, change.locale, uids)).values()) {
      const next = await followingOf(req, live, change)
      if (next) following.push(next)
      before.set(live.uid, live.records)
    }
    return following
  })
  for (const edition of editions) await updateUses(req, edition, before.get(edition.uid) ?? null)
  return editions.length
}

/** Records that count for how hard a text is to read. */
const readKinds: readonly RecordKind[] = ['snippets', 'glossary']

/** The edition that follows a live one; undefined when readers would see no difference. */
async function followingOf(req: PayloadRequest, live: Edition, change: Change): Promise<FollowingEdition | undefined> {
  const { kind, uid, shown, name } = change
  if (live.document?.kind !== 'article') return undefined
  if (JSON.stringify(shownPart(kind, live.records?.[kind][uid])) === shown) return undefined
  // A changed record may show others than before.
  const { records } = await recordsOf(live.document, await signedLookup(req, live, change))
  const { stamp: _, number: after, readability, ...kept } = live
  const at = clockOf(req.payload).now().toISOString()
  const changeNote = noteOn(live, records, kind, uid, name)
  const measured = readability && !readKinds.includes(kind) ? { readability } : {}
  return { ...kept, ...measured, after, records, act: 'record', major: false, changeNote, at }
}

/** Finds records as they are now; other shared texts that wait for their sign-off, as readers have them. */
async function signedLookup(
  req: PayloadRequest,
  { locale, records }: Edition,
  { lookup, waiting }: Change,
): Promise<Lookup> {
  if (!waiting || !records) return lookup
  const present: Present[] = []
  for (const { kind, uid } of sharedAmong(records))
    if (!waiting.has(uid)) present.push({ kind, uid, record: await lookup(kind, uid) })
  const unsigned = await unsignedAmong(req, locale, present)
  for (const { uid } of present) waiting.set(uid, unsigned.has(uid))
  return ((kind, uid) => (waiting.get(uid) ? records[kind][uid] : undefined) ?? lookup(kind, uid)) as Lookup
}

/** What readers are told: the name of what changed, and of a resource how it is reached now or what is in its place. */
function noteOn(
  { locale, records: before }: Edition,
  now: Records,
  kind: RecordKind,
  uid: string,
  name: string,
): string {
  if (kind !== 'resources') return name
  const [was, is] = [standIn(before?.resources ?? {}, uid), standIn(now.resources, uid)]
  const isReplaced = is !== undefined && is.uid !== uid && is.uid !== was?.uid
  const phrases = phrasesOf(locale)
  if (isReplaced) return phrases.resourceReplaced(name, is.name)
  const parts = was && is && was.uid === is.uid ? changedReach(was, is) : []
  return parts.length > 0 ? phrases.resourceChanged(name, parts) : name
}
