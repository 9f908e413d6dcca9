import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { replaceFile, unlessMissing } from 'pipeline/release/files.ts'
import type { Problem } from 'pipeline/release/reconcile.ts'

const folder = (dataDir: string) => join(dataDir, 'run')

/** Leaves word of the documents that could not be published, for the front and `doctor`. */
export async function writeProblems(dataDir: string, problems: readonly Problem[]): Promise<void> {
  await mkdir(folder(dataDir), { recursive: true })
  await replaceFile(folder(dataDir), 'problems.json', JSON.stringify(problems))
}

/** The documents that could not be published when a worker on this machine last made a release. */
export async function readProblems(dataDir: string): Promise<Problem[]> {
  const text = await unlessMissing(readFile(join(folder(dataDir), 'problems.json'), 'utf8'))
  return text === undefined ? [] : (JSON.parse(text) as Problem[])
}

/** What `/healthz` says of them: which, and no word of why, for anyone may read it. */
export const complaintsAbout = (problems: readonly Problem[]): string[] =>
  problems.length === 0
    ? []
    : [
        `Not published as they should be, the last good edition stands: ${problems
          .map(({ locale, slug, uid }) => `${locale}/${slug || uid}`)
          .sort()
          .join(', ')}.`,
      ]
