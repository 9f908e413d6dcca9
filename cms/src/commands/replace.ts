import type { TypedUser } from 'payload'
import type { Command } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { FoundPlace, Holder } from '../writing/replace.ts'
import { actingFor, asOption, localeOption } from './documents.ts'

/** Replaces words in drafts. */
export const replace: Command = {
  name: 'replace',
  usage: 'replace FIND REPLACEMENT [--locale LOCALE] [--dry-run] [--part-of-words] [--match-case] [--as EMAIL]',
  summary: 'Replace words in articles, shared passages and calls to action, as drafts.',
  help: `
FIND, REPLACEMENT  the words, and what is put in their place; a capital at the start is kept
--locale LOCALE    en, es or ar; default en
--dry-run          tells where the words stand, and changes nothing
--part-of-words    finds them inside of longer words too
--match-case       finds them only with the same capitals
--as EMAIL         a sign-in to act as, with its roles; without, you act as the operator
--json             {holders: [{collection, id, title, places, left, outcome, because}]}

Nothing that is published changes: articles get a newer draft, and records that something published shows are left.
Exit 1 if something was left, and why.`,
  options: {
    locale: { type: 'string' },
    'dry-run': { type: 'boolean' },
    'part-of-words': { type: 'boolean' },
    'match-case': { type: 'boolean' },
    ...asOption,
  },
  arguments: { least: 2, most: 2 },
  async run(context) {
    const { arguments: words, options, json, print } = context
    const [find = '', replacement = ''] = words
    const wanted = {
      ...{ find, replace: replacement, locale: localeOption(context) },
      ...{ wholeWords: options['part-of-words'] !== true, matchCase: options['match-case'] === true },
    }
    const { findWords, replaceWords } = await import('../writing/replace.ts')
    try {
      const payload = await openPayload()
      const { user } = await actingFor(context, payload)
      const acting = user ? { user: { ...user, collection: 'users' } as TypedUser } : {}
      const holders = options['dry-run']
        ? await findWords(payload, wanted)
        : await replaceWords(payload, wanted, acting)
      if (json) print(JSON.stringify({ holders }))
      else for (const line of holders.length > 0 ? holders.flatMap(linesOf) : ['The words stand nowhere.']) print(line)
      return holders.some(({ outcome, left }) => outcome === 'kept' || left.length > 0) ? 1 : 0
    } finally {
      await closePayload()
    }
  },
}

const linesOf = ({ collection, id, title, outcome, because, places, left }: Holder): string[] => [
  `${collection}/${id} “${title}”: ${outcome}${because ? `. ${because}` : ''}`,
  ...places.map((place) => `  ${place.pointer}: ${inContext(place)}`),
  ...left.map(({ place, because }) => `  ${place.pointer}: ${inContext(place)}  left: ${because}`),
]

const inContext = ({ before, words, after, replacement }: FoundPlace): string =>
  `${before}[${words} → ${replacement}]${after}`
