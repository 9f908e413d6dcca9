import { type Command, textOption } from 'pipeline/commands/index.ts'
import { actingFor, asOption } from './documents.ts'
import { common, onArticle, required } from './review.ts'

/** Confirms that nothing but wording was changed since an approval. */
export const confirmCommand: Command = {
  name: 'confirm',
  usage: 'confirm SLUG --as EMAIL [--locale LOCALE]',
  summary: 'Confirm as a second editor that nothing but wording was changed since an article was approved.',
  help: `${common}
--json           {uid, locale, state} or {refused: [messages]}

The approval then holds for this text too; the reviewer is told by mail, and may recall it. A change that touches a
number, a negation, a link, a medicine, urgent help, a step or more than words is refused. Exit 1 if it is.`,
  options: { locale: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, 'confirmed', async (payload, article) => {
      const { confirm } = await import('../review/minor-lane.ts')
      await confirm(payload, article, await actingFor(context, payload))
      return 'approved'
    }),
}

/** Takes a confirmation back. */
export const recallCommand: Command = {
  name: 'recall',
  usage: 'recall SLUG --reason TEXT [--locale LOCALE] [--as EMAIL]',
  summary: 'Recall a change of wording that a second editor confirmed: a reviewer then has to approve it.',
  help: `${common}
--reason TEXT    why
--json           {uid, locale, state}`,
  options: { locale: { type: 'string' }, reason: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, 'recalled', async (payload, article) => {
      const reason = required(context, 'reason', 'Say why it is recalled')
      const { recall } = await import('../review/minor-lane.ts')
      await recall(payload, article, { ...(await actingFor(context, payload)), reason })
      return 'draft'
    }),
}

/** Says that a translation is right. */
export const checkTranslationCommand: Command = {
  name: 'check-translation',
  usage: 'check-translation SLUG --locale LOCALE [--numbers TEXT] [--as EMAIL]',
  summary:
    'Say that a translation was compared with its approved source and says the same, so that it can be published.',
  help: `${common}
--numbers TEXT   why numbers that only one of the two texts has are right
--json           {uid, locale, state}

It binds to both texts: once either is another, the translation has to be checked again.`,
  options: { locale: { type: 'string' }, numbers: { type: 'string' }, ...asOption },
  arguments: { least: 1 },
  run: (context) =>
    onArticle(context, 'checked', async (payload, article) => {
      const { checkTranslation } = await import('../review/translations.ts')
      const numbers = textOption(context, 'numbers')
      await checkTranslation(payload, article, { ...(await actingFor(context, payload)), numbers })
      return 'approved'
    }),
}
