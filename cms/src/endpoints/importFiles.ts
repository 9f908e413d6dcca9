import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Locale, type Message } from 'content-schemas'
import { APIError, type Endpoint, Forbidden, type TypedUser } from 'payload'
import { type Actor, collectionRoles, hasRole } from '../access/roles.ts'
import { environment } from '../environment.ts'
import { type ImportedFile, importPaths } from '../publishing/folder/import.ts'

/** What one upload may hold. */
const most = { files: 30, bytes: 20 * 1024 * 1024 }

/** What becomes, or would become, of each file, in their order. */
export type ImportAnswer = { isSaved: boolean; files: (Omit<ImportedFile, 'path'> & { name: string })[] }

/**
 * `POST /api/articles/import`, a form with `files` (.docx, .md), `locale` and `save`: without `save` it is told what would
 * become of each, and nothing is saved. A file that names no uid becomes a new article.
 */
export const importFiles: Endpoint = {
  path: '/import',
  method: 'post',
  handler: async (req) => {
    if (!hasRole(req.user as Actor, collectionRoles.articles.create)) throw new Forbidden(req.t)
    if (Number(req.headers.get('content-length')) > most.bytes) throw tooMuch()
    const form = await (req as unknown as Request).formData()
    const { data: locale } = Locale.safeParse(form.get('locale'))
    if (!locale) throw new APIError('In which language are the files?', 400, null, true)
    const files = form.getAll('files').filter((file): file is File => file instanceof File)
    if (files.length === 0) throw new APIError('Choose Word (.docx) or Markdown (.md) files.', 400, null, true)
    if (files.length > most.files || files.reduce((sum, { size }) => sum + size, 0) > most.bytes) throw tooMuch()
    const isSaved = form.get('save') === 'true'
    const folder = await mkdtemp(path.join(tmpdir(), 'signpost-import-'))
    try {
      const paths = await Promise.all(files.map((file, index) => keep(file, path.join(folder, String(index)))))
      const known = paths.filter((file) => isDocument.test(file))
      const imported = await importPaths(req.payload, known, {
        ...{ locale, asNew: true, dryRun: !isSaved, child: await reader() },
        user: req.user as TypedUser,
      })
      const answer: ImportAnswer = {
        isSaved,
        files: paths.map((file) => {
          const { path: _, ...found } = imported.find((one) => one.path === file) ?? unknownKind
          return { name: path.basename(file), ...found }
        }),
      }
      return Response.json(answer)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

const isDocument = /\.(docx|md|markdown)$/i

const tooMuch = () =>
  new APIError(
    `One import takes ${most.files} files and ${most.bytes / 1024 / 1024} MB. Import the rest after it.`,
    413,
    null,
    true,
  )

/** The file in a folder of its own, so that two may have one name. */
async function keep(file: File, folder: string): Promise<string> {
  await mkdir(folder)
  const kept = path.join(/* turbopackIgnore: true */ folder, path.basename(file.name.replaceAll('\\', '/')) || 'file')
  await writeFile(kept, Buffer.from(await file.arrayBuffer()))
  return kept
}

const unknownKind: Omit<ImportedFile, 'path'> & { path?: string } = {
  outcome: 'refused',
  messages: [
    {
      ...{ rule: 'unknown-file', severity: 'block', waivable: false, place: { pointer: '' } },
      reason: 'The file is neither a Word document (.docx) nor Markdown (.md).',
      fix: 'Save it as one of them. Word documents of the kind .doc are saved anew as .docx.',
    } satisfies Message,
  ],
}

/** The build of the admin takes the reader away from its program: that is meant which the bundle of the processes holds. */
async function reader(): Promise<string | undefined> {
  if (import.meta.dirname) return undefined
  const dist = path.join(/* turbopackIgnore: true */ environment().root, 'cms/dist')
  const bundles = await readdir(dist).catch(() => [])
  const programs = bundles.map((name) => path.join(/* turbopackIgnore: true */ dist, name, 'markdown-child.js'))
  const dated = await Promise.all(
    programs.map(async (program) => ({ program, at: (await stat(program).catch(() => undefined))?.mtimeMs ?? 0 })),
  )
  const newest = dated.filter(({ at }) => at > 0).sort((a, b) => b.at - a.at)[0]?.program
  if (newest) return newest
  throw new APIError(
    `The program that reads files is missing in ${dist}. Start Signpost anew: that makes it.`,
    500,
    null,
    true,
  )
}
