import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { recordKinds } from 'content-schemas'
import type { FileKind } from 'pipeline/sources/records.ts'

/*
 * The folder format: `site.yaml`, `editorial-policy.yaml`, `articles/<locale>/<slug>.md`, `issues/<locale>/<slug>.md`, `<kind>/<slug>.yaml`,
 * and beside the YAML of a picture the picture.
 */

/** Collections with a YAML file for each record, in an order in which each refers only to those before it. */
export const fileKinds = [
  ...recordKinds.filter((kind) => kind !== 'snippets' && kind !== 'calls-to-action'),
  ...(['snippets', 'calls-to-action', 'newsletters', 'wording-rules', 'retired-sources'] as const),
] satisfies FileKind[]

/** A file to import, by what it holds. */
export type FolderFile = { path: string } & (
  | { holds: 'site' | 'editorial-policy' | 'article' | 'issue' }
  | { holds: 'record'; kind: FileKind }
  | { holds: 'nothing' }
)

/** All files below the paths given, folders or files, in the order of their names. */
export async function filesIn(paths: readonly string[]): Promise<FolderFile[]> {
  const found: FolderFile[] = []
  for (const path of paths) {
    if (!(await stat(path)).isDirectory()) {
      found.push(fileAt(path))
      continue
    }
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    found.push(
      ...files
        .sort()
        .map(fileAt)
        .filter(({ holds }) => holds !== 'nothing'),
    )
  }
  return found
}

function fileAt(path: string): FolderFile {
  const folders = dirname(path).split(/[/\\]/)
  const extension = extname(path).toLowerCase()
  // Word keeps a file like its own beside each that is open.
  if (basename(path) === 'README.md' || basename(path).startsWith('~$')) return { path, holds: 'nothing' }
  if (extension === '.docx') return { path, holds: 'article' }
  if (extension === '.md' || extension === '.markdown')
    return { path, holds: folders.slice(-2).includes('issues') ? 'issue' : 'article' }
  if (extension !== '.yaml' && extension !== '.yml') return { path, holds: 'nothing' }
  const name = basename(path, extension)
  if (name === 'site' || name === 'editorial-policy') return { path, holds: name }
  const kind = fileKinds.find((kind) => kind === folders.at(-1))
  return kind ? { path, holds: 'record', kind } : { path, holds: 'nothing' }
}
