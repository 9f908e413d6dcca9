import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Message } from 'content-schemas'
import { type MarkdownReader, markdownReader } from '../body/read-markdown.ts'
import { check as checkDocument } from '../checks/index.ts'
import { dayOf, systemClock } from '../clock.ts'
import { type LinkAt, linksOf, messageOfProbe } from '../links/links-of.ts'
import { probeLinks } from '../links/probe.ts'
import { unlessMissing } from '../release/files.ts'
import {
  checkRecordFile,
  filesBelow,
  isMarkdown,
  placed,
  type Records,
  readDocument,
  readRecords,
} from '../sources/folder.ts'
import { recordsOf } from '../transformers/records.ts'
import { type Command, MisuseError, textOption } from './command.ts'
import { blocks, count, type Findings, inOrder, lineOf } from './messages.ts'

/** Says what stands between content and its publication. */
export const check: Command = {
  name: 'check',
  usage: 'check PATH… [--records DIR] [--links]',
  summary: 'Check Markdown files or folders for what stands in the way of publication.',
  help: `
PATH           a Markdown file, or a folder of content
--records DIR  folder of the records that the files refer to; a folder of content brings its own
--links        asks every source and link whether it is still there; advice only, and needs a network
--json         {files: [{path, messages}]}

Exit 1 if something must be mended before publication.`,
  options: { records: { type: 'string' }, links: { type: 'boolean' } },
  arguments: { least: 1, most: Number.POSITIVE_INFINITY },
  async run(context) {
    const today = dayOf(systemClock.now())
    const reader = markdownReader()
    try {
      const shared = textOption(context, 'records')
      const files: Findings[] = []
      const links: FoundLink[] = []
      for (const path of context.arguments) files.push(...(await checkPath(path, shared, { reader, today, links })))
      if (context.options.links === true) await addLinks(files, links)
      report(files, context)
      return files.some(blocks) ? 1 : 0
    } finally {
      reader.close()
    }
  },
}

/** A link, and the file it stands in. */
type FoundLink = LinkAt & { path: string }
/** `links` takes up those of every document that is read. */
type Reading = { reader: MarkdownReader; today: string; links: FoundLink[] }

/** Asks for every link, and says in its file what became of it. */
async function addLinks(files: Findings[], links: readonly FoundLink[]): Promise<void> {
  const probes = await probeLinks(links.map(({ url }) => url))
  for (const file of files) {
    const own = links.filter(({ path }) => path === file.path)
    const found = own.flatMap((link) => messageOfProbe(link, probes.get(link.url)))
    file.messages = inOrder([...file.messages, ...found])
  }
}

async function checkPath(path: string, shared: string | undefined, reading: Reading): Promise<Findings[]> {
  const found = await unlessMissing(stat(path))
  if (!found) throw new MisuseError(`There is no file or folder \`${path}\`.`)
  const records = await readRecords(shared ?? (found.isDirectory() ? path : undefined), reading.today)
  if (!found.isDirectory()) return [await checkFile(path, records, reading)]
  const ofRecords = records.files
    .filter(({ path: file }) => !shared || file.startsWith(join(path, '/')))
    .map(async (file) => ({ path: file.path, messages: await checkRecordFile(file, records) }))
  const documents = (await filesBelow(path)).filter(isMarkdown).map((file) => checkFile(file, records, reading))
  return Promise.all([...ofRecords, ...documents])
}

async function checkFile(path: string, records: Records, { reader, today, links }: Reading): Promise<Findings> {
  const { document, messages, positions } = await readDocument(path, { records, reader, today })
  const site = records.site(document.locale)
  const shown = await recordsOf(document, records.lookupIn(document.locale))
  const found = checkDocument(document, { records: shown.records, site, policy: records.policy, today, positions })
  links.push(
    ...linksOf(document, shown.records).map((link) => ({ ...link, path, place: placed(link, positions).place })),
  )
  return { path, messages: inOrder([...messages, ...found.map((message: Message) => placed(message, positions))]) }
}

function report(
  files: Findings[],
  { json, print, tell }: { json: boolean; print(line: string): void; tell(line: string): void },
) {
  if (json) {
    print(JSON.stringify({ files }))
    return
  }
  for (const { path, messages } of files) for (const message of messages) print(lineOf(path, message))
  const all = files.flatMap(({ messages }) => messages)
  const blocking = all.filter(({ severity }) => severity === 'block').length
  tell(
    `${count(files.length, 'file')}: ${blocking} to mend before publication, ${count(all.length - blocking, 'piece of advice', 'pieces of advice')}.`,
  )
}
