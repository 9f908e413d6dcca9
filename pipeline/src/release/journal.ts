import { mkdir, open, readFile, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locale } from 'content-schemas'
import type { Row } from '../channels/channel.ts'
import type { Read } from '../compile.ts'
import type { Assurance } from '../source.ts'
import type { Span } from '../states.ts'
import { replaceFile, unlessMissing } from './files.ts'
import { PartNumbers, Parts } from './parts.ts'

/*
 * What a reconcile remembers, so that the next one costs as much as what changed. It is kept beside the store, not in it,
 * and may be thrown away at any time: the release is then compared with a full compile.
 */

/** How the files of one pass of a document came about. */
export type PassState = {
  /** Hash of all that went into them. */
  key: string
  reads: Read[]
  /** The paths they claim, with the strength of the claim. */
  claims: PathClaims
}
/** Of two documents at one path the stronger wins: what is published, then what says that it is not, then former addresses. */
export type Strength = 2 | 1 | 0

/** A map, for an object whose keys no other has costs V8 a class of its own; an object in JSON. */
export class PathClaims extends Map<string, Strength> {
  toJSON(): Record<string, Strength> {
    return Object.fromEntries(this)
  }
}

export type DocumentState = {
  uid: string
  locale: Locale
  row: Row
  /** Hash of the edition and history that were compiled. */
  input: string
  /** The days for which they were. */
  span: Span
  first: PassState
  /** Of the outputs of pass 2, if it has any; `problem` says why the last attempt failed. */
  second: (PassState & { problem?: string | undefined }) | null
}

/** What a document claims in both passes. */
export const claimsOf = (document: DocumentState | undefined): PathClaims =>
  new PathClaims([...(document?.first.claims ?? []), ...(document?.second?.claims ?? [])])

/** Something that could not be published; the last good files stand in its place. */
export type Problem = { uid: string; locale: Locale; slug: string; reason: string }

export type BuildState = {
  /** Of the last change all documents up to which are in the release. */
  cursor: number
  /** Of the last confirmation of a resource that was taken in. */
  assured: number
  documents: Map<string, DocumentState>
  /** What the rows of documents share. */
  parts: Parts
  /** The newest confirmation of each resource, by uid. */
  assurances: Map<string, Assurance>
  /** Documents whose newest edition could not be compiled, by id. */
  problems: Map<string, Problem>
  /** Key of each list, by path. */
  lists: Map<string, string>
  /** Whether bytes of a purged document may still be in the store. */
  mustSweep: boolean
  /** Whether the release may have paths that nothing here accounts for, and that are to be removed when all documents are made. */
  isUnexplained: boolean
}

/** The release a state belongs to. */
export type Mark = { release: number; manifest: string }

export type StateChange = {
  documents: Map<string, DocumentState | undefined>
  assurances: Map<string, Assurance>
  problems: Map<string, Problem | undefined>
  lists: Map<string, string | undefined>
}

export const emptyState = (): BuildState => ({
  cursor: 0,
  assured: 0,
  documents: new Map(),
  parts: new Parts(),
  assurances: new Map(),
  problems: new Map(),
  lists: new Map(),
  mustSweep: false,
  isUnexplained: true,
})

export const noChange = (): StateChange => ({
  documents: new Map(),
  assurances: new Map(),
  problems: new Map(),
  lists: new Map(),
})

type Group = Pick<BuildState, 'cursor' | 'assured' | 'mustSweep' | 'isUnexplained'> & Mark
type ChangeLine =
  | { part: number; value: object }
  | { document: string; value?: DocumentState | undefined }
  | { assurance: string; value: Assurance }
  | { problem: string; value?: Problem | undefined }
  | { list: string; value?: string | undefined }
type MarkLine = { mark: Group }

/** The file that holds a build state: JSON lines, a group of changes for each release, each group ended by its mark. */
export type Journal = {
  /** The state that belongs to the release marked; undefined if there is none, or it cannot be read. */
  load(mark: Mark): Promise<BuildState | undefined>
  /** Appends what a release changes. To be called before the release is made: a group whose release was never made is dropped by `load`. */
  append(state: BuildState, change: StateChange, mark: Mark): Promise<void>
  /** Writes the whole state anew. */
  rewrite(state: BuildState, mark: Mark): Promise<void>
}

const fileName = 'build.jsonl'
/** The journal is rewritten when it has grown by this factor, and by this many bytes. */
const growth = { factor: 2, bytes: 4_000_000 }

export async function openJournal(folder: string): Promise<Journal> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, fileName)
  let sizeWhenWhole = 0
  // What the file holds may be of a state that nobody goes on from.
  let isContinued = false
  let numbers = new PartNumbers()

  const journal: Journal = {
    async load(mark) {
      const text = await unlessMissing(readFile(path, 'utf8'))
      const found = text === undefined ? undefined : replay(text, mark)
      isContinued = found !== undefined
      if (!found) return undefined
      numbers = found.numbers
      sizeWhenWhole ||= found.end
      if (found.end < text!.length) await truncate(path, Buffer.byteLength(text!.slice(0, found.end)))
      return found.state
    },
    async append(state, change, mark) {
      const size = (await unlessMissing(stat(path)))?.size ?? 0
      if (!isContinued || size === 0 || size > sizeWhenWhole * growth.factor + growth.bytes)
        return journal.rewrite(state, mark)
      await writeFile(path, inChunks(linesOf(change, groupOf(state, mark), numbers)), { flag: 'a' })
      await syncFile(path)
    },
    async rewrite(state, mark) {
      // Should it fail, the numbers are those of no file.
      isContinued = false
      numbers = new PartNumbers()
      await replaceFile(folder, fileName, inChunks(linesOf(state, groupOf(state, mark), numbers)))
      sizeWhenWhole = (await stat(path)).size
      isContinued = true
    },
  }
  return journal
}

const groupOf = ({ cursor, assured, mustSweep, isUnexplained }: BuildState, mark: Mark): Group => ({
  ...mark,
  cursor,
  assured,
  mustSweep,
  isUnexplained,
})

function* linesOf(change: StateChange, mark: Group, numbers: PartNumbers): Iterable<ChangeLine | MarkLine> {
  for (const [document, value] of change.documents) {
    const parts: ChangeLine[] = []
    const row = value && numbers.written(value.row, (part, value) => parts.push({ part, value }))
    yield* parts
    yield { document, value: value && { ...value, row: row! } }
  }
  for (const [assurance, value] of change.assurances) yield { assurance, value }
  for (const [problem, value] of change.problems) yield { problem, value }
  for (const [list, value] of change.lists) yield { list, value }
  yield { mark }
}

const chunkLength = 1_000_000
/** Lines as text, some at a time: those of all documents at once would take as much memory as the documents. */
function* inChunks(lines: Iterable<object>): Iterable<string> {
  let chunk = ''
  for (const line of lines) {
    chunk += `${JSON.stringify(line)}\n`
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

type Replayed = { state: BuildState; numbers: PartNumbers; end: number }

/** Replays all groups up to the last one with the mark; `end` is where that group ends. */
function replay(text: string, mark: Mark): Replayed | undefined {
  const groups = groupsOf(text)
  const last = groups.findLastIndex(
    ({ mark: { release, manifest } }) => release === mark.release && manifest === mark.manifest,
  )
  if (last < 0) return undefined
  const state = emptyState()
  const numbers = new PartNumbers()
  for (const { lines, mark: group } of groups.slice(0, last + 1)) {
    for (const line of lines) if (!apply(state, line, numbers)) return undefined
    // A journal of an earlier version knows of no confirmations.
    const { cursor, assured = 0, mustSweep, isUnexplained } = group
    Object.assign(state, { cursor, assured, mustSweep, isUnexplained })
  }
  return { state, numbers, end: groups[last]!.end }
}

type GroupOfLines = { lines: ChangeLine[]; mark: Group; end: number }

function groupsOf(text: string): GroupOfLines[] {
  const groups: GroupOfLines[] = []
  let lines: ChangeLine[] = []
  for (let start = 0; ; ) {
    const newline = text.indexOf('\n', start)
    // A line without an end was being written when the process was killed.
    if (newline < 0) return groups
    const line = parseLine(text.slice(start, newline))
    if (!line) return groups
    start = newline + 1
    if ('mark' in line) {
      groups.push({ lines, mark: line.mark, end: start })
      lines = []
    } else lines.push(line)
  }
}

function parseLine(text: string): ChangeLine | MarkLine | undefined {
  try {
    return JSON.parse(text) as ChangeLine | MarkLine
  } catch {
    // Damaged: what follows cannot be trusted, and the state of an earlier release serves nobody.
    return undefined
  }
}

/** False if a line names what no line before it brought. */
function apply(state: BuildState, line: ChangeLine, numbers: PartNumbers): boolean {
  if ('part' in line) numbers.set(line.part, state.parts.shared(line.value))
  else if ('document' in line) {
    const row = line.value && numbers.read(line.value.row, state.parts)
    if (line.value && !row) return false
    setOrDelete(state.documents, line.document, line.value && { ...withClaims(line.value), row: row! })
  } else if ('assurance' in line) state.assurances.set(line.assurance, line.value)
  else if ('problem' in line) setOrDelete(state.problems, line.problem, line.value)
  else setOrDelete(state.lists, line.list, line.value)
  return true
}

/** The state of a document as its line has it, whose claims are an object. */
function withClaims(written: DocumentState): DocumentState {
  const read = <T extends PassState>(pass: T): T => ({ ...pass, claims: new PathClaims(Object.entries(pass.claims)) })
  return { ...written, first: read(written.first), second: written.second && read(written.second) }
}

export function setOrDelete<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) map.delete(key)
  else map.set(key, value)
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r+')
  try {
    await handle.datasync()
  } finally {
    await handle.close()
  }
}
