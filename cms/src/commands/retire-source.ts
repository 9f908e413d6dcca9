import { type Command, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { actingFor, asOption } from './documents.ts'

/** Says that nothing should rest on a source any longer, and lists what does. */
export const retireSource: Command = {
  name: 'retire-source',
  usage: 'retire-source URL --reason TEXT [--instead URL] [--as EMAIL]',
  summary: 'Mark a source as retired; every article that cites it is told. Lists these articles.',
  help: `
URL              address of the source, as articles cite it
--reason TEXT    why, one plain sentence
--instead URL    what to cite instead
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {url, cited: [{id, title, locale, isPublished, isInDraft}]}

Nothing is unpublished. A source that is retired already gets the reason anew.`,
  options: { reason: { type: 'string' }, instead: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  async run(context) {
    const because = textOption(context, 'reason')?.trim()
    if (!because) throw new MisuseError('Editors are told why: `--reason "…"` is missing.')
    const url = context.arguments[0]!
    try {
      const payload = await openPayload()
      const [{ retire }, { citing }] = await Promise.all([
        import('../publishing/retiring.ts'),
        import('../publishing/citing.ts'),
      ])
      const { createLocalReq } = await import('payload')
      await retire(
        payload,
        { url, because, instead: textOption(context, 'instead') },
        await actingFor(context, payload),
      )
      const cited = await citing(await createLocalReq({}, payload), url)
      if (context.json) context.print(JSON.stringify({ url, cited }))
      else {
        context.print(`${url} is retired. Articles that cite it: ${cited.length}.`)
        for (const { id, title, isPublished } of cited)
          context.print(`  ${id}  “${title}”${isPublished ? ', published' : ', a draft'}`)
      }
      return 0
    } finally {
      await closePayload()
    }
  },
}
