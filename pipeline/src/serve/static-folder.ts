import {
  copyFile,
  link,
  mkdir,
  readdir,
  readlink,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type Index, locales, type ManifestEntry } from 'content-schemas'
import { paths } from '../channels/addresses.ts'
import { objectsOf } from '../release/collect.ts'
import { errorCode } from '../release/files.ts'
import { readPaths } from '../release/manifest.ts'
import type { Store } from '../release/store.ts'
import { caddyRules, nginxMaps, nginxRules, type Rule } from './host-rules.ts'
import { problemBody } from './problem.ts'

/** What was written: the release, and how many files were new rather than links to those of the release before. */
export type PublishedFolder = { release: number; files: number; written: number }

/** Releases whose objects a reader in the middle of one still finds, and folders that are kept. */
const kept = 3
/** The folder in the folder for what a server needs besides the files. */
const own = '_signpost'

/**
 * Writes the release that stands as a folder any web server can serve, and swaps it in whole: `folder` is a symbolic link
 * to a folder of that release in `<folder>.releases/`. Files that did not change are hard links to those of the release
 * before, so the cost follows the change. Undefined if `folder` shows this release already.
 */
export async function publishFolder(store: Store, folder: string): Promise<PublishedFolder | undefined> {
  const target = resolve(folder)
  const index = await store.readIndex()
  if (!index) throw new Error('There is no release yet. Make one with `signpost reconcile`.')
  const before = await shownBy(target)
  const name = `${index.release}-${index.manifest.slice(0, 12)}`
  if (before && basename(before) === name) return undefined
  const releases = `${target}.releases`
  const fresh = join(releases, name)
  await rm(fresh, { recursive: true, force: true })
  const counts = await writeRelease(store, index, fresh, before)
  await swap(target, join(basename(releases), name))
  await removeOld(releases, name)
  return { release: index.release, ...counts }
}

/** The folder of a release that a link shows; undefined if there is no link yet. */
async function shownBy(target: string): Promise<string | undefined> {
  try {
    return resolve(dirname(target), await readlink(target))
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    if (errorCode(error) !== 'EINVAL') throw error
    throw new Error(
      `\`${target}\` is a folder of its own. Name a path that does not exist yet: it becomes a link that is swapped with each release.`,
    )
  }
}

async function swap(target: string, to: string): Promise<void> {
  const temporary = `${target}.next`
  await rm(temporary, { force: true })
  await symlink(to, temporary)
  await rename(temporary, target)
}

async function removeOld(releases: string, newest: string): Promise<void> {
  const numberOf = (name: string) => Number(name.split('-')[0])
  const names = (await readdir(releases)).filter((name) => name !== newest).sort((a, b) => numberOf(b) - numberOf(a))
  for (const name of names.slice(kept - 1)) await rm(join(releases, name), { recursive: true, force: true })
}

async function writeRelease(store: Store, index: Index, folder: string, before: string | undefined) {
  const release = new Folder(store, folder, before)
  const entries = [...(await readPaths(store, index)).entries()].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const hash of await objectsOf(store, [index, ...(await store.recentIndexes()).slice(0, kept)]))
    await release.object(hash)
  const rules: Rule[] = []
  for (const [path, entry] of entries) {
    const place = placeOf(path, entry)
    if (entry.status === 301) rules.push({ path, moved: entry.location! })
    else await release.file(place, entry)
    if (entry.status === 410) rules.push({ path, ended: place, type: entry.type })
    else if (entry.status === 200) rules.push({ path, type: entry.type })
  }
  await writeNotFound(release, new Map(entries))
  const at = new Date(index.at)
  await release.text(paths.index, `${JSON.stringify(index)}\n`, at)
  await release.text(`/${own}/not-found.json`, problemBody(404, 'There is nothing at this address.'), at)
  await release.text(`/${own}/nginx-maps.conf`, nginxMaps(rules), at)
  await release.text(`/${own}/nginx-server.conf`, nginxRules(), at)
  await release.text(`/${own}/Caddyfile`, caddyRules(rules), at)
  return { files: release.files, written: release.written }
}

/**
 * Where the file of a path lies. Pages end in `.html`: static hosts and `try_files` find them without it. What ended is
 * apart, so that no host serves it as if it were there.
 */
function placeOf(path: string, { type, status }: ManifestEntry): string {
  const page = type.startsWith('text/html') && !path.endsWith('.html') ? '.html' : ''
  return status === 410 ? `/${own}/ended${path}${page}` : `${path}${page}`
}

/** Static hosts look for `404.html` at the root; each language has its own beside it. */
async function writeNotFound(release: Folder, entries: Map<string, ManifestEntry>): Promise<void> {
  for (const locale of locales) {
    const entry = entries.get(paths.notFound(locale))
    if (!entry) continue
    await release.file(`/${own}/not-found/${locale}.html`, entry)
    if (locale === locales[0]) await release.file('/404.html', entry)
  }
}

/** A folder that is being written: each object once, everything else links to it. */
class Folder {
  files = 0
  written = 0
  private readonly made = new Set<string>()

  constructor(
    private readonly store: Store,
    private readonly root: string,
    private readonly before: string | undefined,
  ) {}

  /** Puts an object at its address: a link to the same of the release before, else its bytes. */
  async object(hash: string): Promise<void> {
    const path = paths.object(hash)
    const at = await this.place(path)
    this.files += 1
    if (this.before && (await linkIfThere(join(this.before, path), at))) return
    const bytes = await this.store.readObject(hash)
    if (!bytes) throw new Error(`The store lacks the object ${hash}. Run \`signpost reconcile --full\`.`)
    await writeFile(at, bytes)
    this.written += 1
  }

  /** Puts a file and its encodings at a path, with the date the release gives it. */
  async file(path: string, { object, br, gzip, modified }: ManifestEntry): Promise<void> {
    for (const [ending, hash] of [
      ['', object],
      ['.br', br],
      ['.gz', gzip],
    ] as const)
      if (hash !== undefined) await this.linkTo(hash, path + ending, new Date(modified))
  }

  private async linkTo(hash: string, path: string, modified: Date): Promise<void> {
    const from = join(this.root, paths.object(hash))
    const at = await this.place(path)
    if (from === at) return
    this.files += 1
    // The date belongs to the bytes, which a path may share with others: the first that is written gives it.
    const isDated = (await stat(from)).mtimeMs === modified.getTime()
    if (!isDated && !this.made.has(hash)) await utimes(from, modified, modified)
    const isShared = !isDated && this.made.has(hash)
    this.made.add(hash)
    if (isShared || !(await linkIfThere(from, at))) {
      await copyFile(from, at)
      await utimes(at, modified, modified)
    }
  }

  async text(path: string, text: string, modified: Date): Promise<void> {
    const at = await this.place(path)
    await writeFile(at, text)
    await utimes(at, modified, modified)
    this.files += 1
    this.written += 1
  }

  private readonly folders = new Set<string>()
  private async place(path: string): Promise<string> {
    const at = join(this.root, path)
    const folder = dirname(at)
    if (!this.folders.has(folder)) await mkdir(folder, { recursive: true })
    this.folders.add(folder)
    return at
  }
}

/** A second name for a file; false where there is no such file, or no links between these places. */
async function linkIfThere(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if (['ENOENT', 'EXDEV', 'EPERM', 'EMLINK'].includes(errorCode(error) ?? '')) return false
    throw error
  }
}
