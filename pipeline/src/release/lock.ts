import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { errorCode, linkExclusively } from './files.ts'

/** Who holds a lock: a process is named by its id and its start, so that a reused id is not taken for it. */
export type Holder = { pid: number; started: string; token: string; purpose: string }
export type Lock = { holder: Holder; release(): Promise<void> }

/** The lock is held by a process that lives. */
export class LockedError extends Error {
  override name = 'LockedError'
  constructor(
    readonly path: string,
    readonly holder: Holder,
  ) {
    super(
      `Another process (${holder.purpose}, process ${holder.pid}) holds \`${path}\`. Wait until it is done, or stop it.`,
    )
  }
}

/**
 * Takes a lock: a file that names its holder, made by an exclusive link. A lock whose process is gone is taken over.
 * Waits up to `wait` milliseconds for a living holder, then throws a LockedError. For processes of one machine.
 */
export async function acquireLock(path: string, options: { purpose: string; wait?: number }): Promise<Lock> {
  const holder: Holder = {
    pid: process.pid,
    started: startOf(process.pid) ?? '',
    token: randomUUID(),
    purpose: options.purpose,
  }
  const deadline = Date.now() + (options.wait ?? 0)
  await mkdir(dirname(path), { recursive: true })
  for (;;) {
    const living = await attempt(path, holder)
    if (!living) return { holder, release: () => release(path, holder) }
    if (Date.now() >= deadline) throw new LockedError(path, living)
    await sleep(25)
  }
}

/** The living holder of a lock; undefined if it is free. */
export async function holderOf(path: string): Promise<Holder | undefined> {
  const holder = await readHolder(path)
  return holder && isAlive(holder) ? holder : undefined
}

/** One try: undefined when the lock is ours, else the living process in the way. */
async function attempt(path: string, holder: Holder): Promise<Holder | undefined> {
  const own = `${path}.${holder.token}`
  await writeFile(own, JSON.stringify(holder))
  try {
    if (await linkExclusively(own, path)) return undefined
    const current = await readHolder(path)
    if (!current) return await attempt(path, holder)
    if (isAlive(current)) return current
    return await takeOver(path, own, current, holder)
  } finally {
    await rm(own, { force: true })
  }
}

/**
 * Replaces the lock of a dead process. The right to do so is itself an exclusive link, named by the dead holder's token;
 * if who had that right died too, the right passes on by its token. Tokens never come back, so a slow process that
 * still has an old holder in mind finds another one in the file and starts again.
 */
async function takeOver(path: string, own: string, dead: Holder, holder: Holder): Promise<Holder | undefined> {
  const rights: string[] = []
  for (let last = dead; ; ) {
    const right = `${path}.after.${last.token}`
    if (await linkExclusively(own, right)) {
      rights.push(right)
      break
    }
    const other = await readHolder(right)
    if (!other) return attempt(path, holder)
    if (isAlive(other)) return other
    rights.push(right)
    last = other
  }
  const isStillDead = (await readHolder(path))?.token === dead.token
  if (isStillDead) await rename(own, path)
  for (const right of rights) await rm(right, { force: true })
  return isStillDead ? undefined : attempt(path, holder)
}

async function release(path: string, holder: Holder): Promise<void> {
  if ((await readHolder(path))?.token === holder.token) await rm(path, { force: true })
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Holder
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    // A power cut can leave an empty file: nobody holds it.
    if (error instanceof SyntaxError) return { pid: 0, started: '', token: 'unreadable', purpose: 'unknown' }
    throw error
  }
}

const isAlive = (holder: Holder): boolean => holder.pid > 0 && startOf(holder.pid) === holder.started

/** When a process started, in whatever unit the system counts; undefined if there is no such process. */
function startOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return startOnLinux(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || undefined
  } catch {
    // No file, or `ps` exits 1: there is no such process.
    return undefined
  }
}

/** Field 22 of proc_pid_stat(5); a process that ended and was not waited for counts as gone. */
function startOnLinux(stat: string): string | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields[0] === 'Z' ? undefined : fields[19]
}
