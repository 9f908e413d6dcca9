import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { Copy } from './copy.ts'

/**
 * A copy in a folder, for Node: for programs to read, and to verify. Pages are kept as `index.html` of a folder of their
 * name, every other file at its path. A file is replaced by a rename: readers see the old one or the new one. It is no
 * site to be served: what moved or ended is only known to the manifest. The publisher's `publish-dir` writes such a folder.
 */
export function folderCopy(folder: string): Copy {
  return {
    async read(path) {
      try {
        return new Uint8Array(await readFile(fileOf(folder, path)))
      } catch (error) {
        if (isMissing(error)) return undefined
        throw error
      }
    },
    async put(path, bytes) {
      const file = fileOf(folder, path)
      await mkdir(dirname(file), { recursive: true })
      const temporary = `${file}.${randomUUID()}.tmp`
      await writeFile(temporary, bytes)
      await rename(temporary, file)
    },
    remove: (path) => rm(fileOf(folder, path), { force: true }),
    async paths() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true })
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => pathOf(relative(folder, join(entry.parentPath, entry.name))))
    },
  }
}

function fileOf(folder: string, path: string): string {
  const parts = path.split('/').slice(1)
  if (!path.startsWith('/') || /[\\\0]/.test(path) || parts.includes('..') || parts.includes('.'))
    throw new Error(`The path "${path}" cannot be kept in a folder.`)
  return isPage(path) ? join(folder, ...parts, 'index.html') : join(folder, ...parts)
}
const pathOf = (file: string): string =>
  `/${file
    .split(sep)
    .join('/')
    .replace(/(?:^|\/)index\.html$/, '')}`

/** Addresses for programs have a file name; those of pages have none. */
const isPage = (path: string): boolean => !path.startsWith('/v1/') && !/\.[^/]*$/.test(path)

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')
