import { type Command, textOption } from 'pipeline/commands/index.ts'
import { type Passage, type Run, touchLabels } from 'pipeline/compare/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import { findDocument, localeOption } from './documents.ts'

/** Shows what differs between two versions of an article. */
export const compareCommand: Command = {
  name: 'compare',
  usage: 'compare SLUG [--from VERSION] [--to VERSION] [--locale LOCALE]',
  summary: 'Show what differs between two versions of an article, as text, the gravest changes first.',
  help: `
SLUG             its slug, or its uid
--from VERSION   number of an edition, draft, approval (the last one) or nothing; default approval
--to VERSION     the same; default draft
--locale LOCALE  en, es or ar; default en
--json           {from, to, contentHash, comparison: {text, changes, minutes}}

Words that were taken out stand in [-…-], words that came in in {+…+}.`,
  options: { locale: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } },
  arguments: { least: 1 },
  async run(context) {
    const locale = localeOption(context)
    try {
      const payload = await openPayload()
      const article = await findDocument(payload, context.arguments[0]!, locale, ['article'])
      const { createLocalReq } = await import('payload')
      const { compareVersions } = await import('../review/versions.ts')
      const named = { from: versionOption(context, 'from', 'approval'), to: versionOption(context, 'to', 'draft') }
      const compared = await compareVersions(await createLocalReq({}, payload), article, named)
      if (context.json) context.print(JSON.stringify(compared))
      else for (const line of linesOf(compared.comparison)) context.print(line)
      return 0
    } finally {
      await closePayload()
    }
  },
}

const versionOption = (context: Parameters<Command['run']>[0], name: string, otherwise: string): string => {
  const given = textOption(context, name) ?? otherwise
  return /^\d+$/.test(given) ? `edition-${given}` : given
}

const linesOf = ({ changes, minutes }: { changes: Passage[]; minutes: number }): string[] => {
  if (changes.length === 0) return ['Nothing changed, or there is nothing to compare with.']
  const count = changes.length === 1 ? '1 change' : `${changes.length} changes`
  return [`${count}, about ${minutes} min.`, ...changes.map(lineOf)]
}

const lineOf = ({ label, change, touches, runs }: Passage): string =>
  `\n${label} (${change}; touches ${touches.map((touch) => touchLabels[touch]).join(', ')})\n  ${runs.map(marked).join('')}`

const marked = ({ text, is, link }: Run): string => {
  if (is === 'same') return text
  const shown = link ? `${text} (${link})` : text
  return is === 'added' ? `{+${shown}+}` : `[-${shown}-]`
}
