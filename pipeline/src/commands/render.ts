import { mkdir, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { markdownReader } from '../body/read-markdown.ts'
import type { Channel, ListContext, RenderedFile } from '../channels/channel.ts'
import { dayOf, systemClock } from '../clock.ts'
import type { Environment } from '../compile.ts'
import { catalogueOf, listContext } from '../release/catalogue.ts'
import { unlessMissing } from '../release/files.ts'
import {
  type DocumentFile,
  firstEdition,
  picturesOf,
  type Records,
  readDocument,
  readRecords,
} from '../sources/folder.ts'
import { type Command, MisuseError, textOption } from './command.ts'
import { inOrder, lineOf } from './messages.ts'

/** Writes what channels make of a document. */
export const render: Command = {
  name: 'render',
  usage: 'render PATH --channel web|site|email|print --out DIR [--records DIR]',
  summary: 'Render a Markdown file as it would be published, without publishing it.',
  help: `
PATH            a Markdown file; it may be incomplete
--channel NAME  which form; several: --channel web --channel print; default: all
--out DIR       folder to write to; made if it is not there
--records DIR   folder of the records that the file refers to
--json          {files: [path], messages: […]}`,
  options: {
    channel: { type: 'string', multiple: true },
    out: { type: 'string' },
    records: { type: 'string' },
  },
  arguments: { least: 1 },
  async run(context) {
    const path = context.arguments[0]!
    const out = textOption(context, 'out')
    if (out === undefined) throw new MisuseError('Where to? Name a folder with `--out DIR`.')
    if (!(await unlessMissing(stat(path)))?.isFile()) throw new MisuseError(`There is no file \`${path}\`.`)
    const chosen = await channelsNamed(context.options.channel)
    const today = dayOf(systemClock.now())
    const records = await readRecords(textOption(context, 'records'), today)
    const document = await readOne(path, records, today)
    const { files, messages, failed } = await renderDocument(document, records, chosen, today)
    const written = await Promise.all(files.map((file) => write(out, file)))
    const all = inOrder([...document.messages, ...messages])
    if (context.json) context.print(JSON.stringify({ files: written, messages: all }))
    else {
      for (const message of all) context.tell(lineOf(path, message))
      for (const file of written) context.print(file)
    }
    return failed.length > 0 ? 1 : 0
  },
}

// The channels and what they need take longer to load than a check takes: only who renders loads them.
async function channelsNamed(given: unknown): Promise<readonly Channel[]> {
  const { channels } = await import('../channels/index.ts')
  if (given === undefined) return channels
  return (given as string[]).map((name) => {
    const found = channels.find((channel) => channel.name === name)
    if (!found)
      throw new MisuseError(`There is no channel \`${name}\`. There are ${channels.map((one) => one.name).join(', ')}.`)
    return found
  })
}

async function readOne(path: string, records: Records, today: string): Promise<DocumentFile> {
  const reader = markdownReader()
  try {
    return await readDocument(path, { records, reader, today })
  } finally {
    reader.close()
  }
}

async function renderDocument(file: DocumentFile, records: Records, chosen: readonly Channel[], today: string) {
  const [{ compile }, { renderPool }] = await Promise.all([
    import('../compile.ts'),
    import('../channels/print/pool.ts'),
  ])
  const pool = renderPool()
  const pictures = await picturesOf(records)
  const { locale } = file.document
  const site = records.site(locale)
  const environment: Environment = {
    site,
    today,
    row: () => undefined,
    translations: () => [],
    assurance: () => undefined,
    asset: async (hash) => pictures.get(hash),
    typeset: (job) => pool.typeset(job),
  }
  try {
    const compiled = await compile(await firstEdition(file, records), environment, chosen)
    const lists = listContext(catalogueOf([compiled.row]), { site, locale, locales: [locale], today })
    return { ...compiled, files: [...byPath(compiled.files), ...assetsOf(chosen, lists)] }
  } finally {
    await pool.close()
  }
}

/** Of files made in both passes the later one. */
const byPath = (files: RenderedFile[]): RenderedFile[] => [...new Map(files.map((file) => [file.path, file])).values()]

/** Style sheets and the like, without which a page is not what it will be. */
const assetsOf = (chosen: readonly Channel[], context: ListContext): RenderedFile[] =>
  chosen
    .flatMap((channel) => channel.lists?.(context) ?? [])
    .filter(({ path }) => path.startsWith('/assets/'))
    .map((list) => list.render())

/** Writes a file at its public path; pages get the ending that a browser wants to see. */
async function write(out: string, { path, type, body }: RenderedFile): Promise<string> {
  const ending = type.startsWith('text/html') && !path.endsWith('.html') ? '.html' : ''
  const target = join(out, `${path}${ending}`)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, body)
  return target
}
