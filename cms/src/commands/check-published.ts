import type { Message, WordingRule } from 'content-schemas'
import type { PayloadRequest } from 'payload'
import { type Command, type CommandContext, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { Rescored, Rescoring } from '../publishing/rescoring.ts'
import { findingLine } from './documents.ts'

/** Says what the rules of the house, or others, find in what is published. */
export const checkPublished: Command = {
  name: 'check-published',
  usage: 'check-published [--rules-from DIR] [--links]',
  summary: 'Check what is published against the rules of today, or try what other wording rules would report.',
  help: `
--rules-from DIR  a folder with wording-rules/*.yaml: what these would report that the present rules do not
--links           asks every source and link whether it is still there; needs a network
--json            {articles, found: [{uid, locale, slug, title, messages}]}

All of it is advice: nothing is unpublished, and the exit status is 0.`,
  options: { 'rules-from': { type: 'string' }, links: { type: 'boolean' } },
  async run(context) {
    const folder = textOption(context, 'rules-from')
    const wording = folder === undefined ? undefined : await wordingFrom(folder)
    try {
      const payload = await openPayload()
      const [{ createLocalReq }, { dryRun, rescore }] = await Promise.all([
        import('payload'),
        import('../publishing/rescoring.ts'),
      ])
      const req = await createLocalReq({}, payload)
      const result = wording ? await dryRun(req, { wording }) : await rescore(req)
      if (context.options.links === true) await addLinks(req, result)
      report(context, result)
      return 0
    } finally {
      await closePayload()
    }
  },
}

async function wordingFrom(folder: string): Promise<readonly WordingRule[]> {
  const [{ readRecords }, { dayOf, systemClock }] = await Promise.all([
    import('pipeline/sources/folder.ts'),
    import('pipeline/clock.ts'),
  ])
  return (await readRecords(folder, dayOf(systemClock.now()))).policy.wording
}

async function addLinks(req: PayloadRequest, result: Rescoring): Promise<void> {
  const [{ publishedArticles }, { linksOf, messageOfProbe }, { probeLinks }] = await Promise.all([
    import('../publishing/rescoring.ts'),
    import('pipeline/links/links-of.ts'),
    import('pipeline/links/probe.ts'),
  ])
  const all: { article: Omit<Rescored, 'messages'>; links: ReturnType<typeof linksOf> }[] = []
  for await (const { document, records, uid, locale, slug, title } of publishedArticles(req))
    if (document && records) all.push({ article: { uid, locale, slug, title }, links: linksOf(document, records) })
  const probes = await probeLinks(all.flatMap(({ links }) => links.map(({ url }) => url)))
  for (const { article, links } of all)
    addTo(
      result,
      article,
      links.flatMap((link) => messageOfProbe(link, probes.get(link.url))),
    )
}

function addTo(result: Rescoring, article: Omit<Rescored, 'messages'>, messages: Message[]): void {
  if (messages.length === 0) return
  const known = result.found.find(({ uid, locale }) => uid === article.uid && locale === article.locale)
  if (known) known.messages.push(...messages)
  else result.found.push({ ...article, messages })
}

function report({ json, print, tell }: CommandContext, result: Rescoring): void {
  if (json) {
    print(JSON.stringify(result))
    return
  }
  for (const { title, locale, messages } of result.found) {
    print(`“${title}” (${locale})`)
    for (const message of messages) print(findingLine(message))
  }
  const places = result.found.reduce((sum, { messages }) => sum + messages.length, 0)
  tell(`${places} places in ${result.found.length} of ${result.articles} published articles, as advice.`)
}
