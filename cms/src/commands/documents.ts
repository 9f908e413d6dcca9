import { Locale, type Message } from 'content-schemas'
import type { Payload } from 'payload'
import { type CommandContext, MisuseError, textOption } from 'pipeline/commands/index.ts'
import type { Reference } from '../publishing/editions.ts'

/** A document a command names. */
export type Named = Reference & { kind: 'article' | 'issue'; title: string; slug: string }

/** The locale a command was given with `--locale`; English by default. */
export function localeOption(context: CommandContext): Locale {
  const given = textOption(context, 'locale') ?? 'en'
  const { data } = Locale.safeParse(given)
  if (!data) throw new MisuseError(`\`--locale ${given}\` is no language here. There are ${Locale.options.join(', ')}.`)
  return data
}

/** Finds an article, else an issue, by its slug or uid in a language. Throws a sentence if there is none. */
export async function findDocument(
  payload: Payload,
  slugOrUid: string,
  locale: Locale,
  kinds: readonly Named['kind'][],
): Promise<Named> {
  for (const kind of kinds) {
    const { docs } = await payload.find({
      collection: kind === 'article' ? 'articles' : 'issues',
      where: {
        and: [
          { locale: { equals: locale } },
          { or: [{ slug: { equals: slugOrUid } }, { uid: { equals: slugOrUid } }] },
        ],
      },
      draft: true,
      limit: 1,
      depth: 0,
      overrideAccess: true,
    })
    const [row] = docs
    if (row)
      return { kind, uid: row.uid, locale, slug: row.slug ?? '', title: 'title' in row ? row.title : row.subject }
  }
  throw new Error(
    `There is no ${kinds.join(' or ')} \`${slugOrUid}\` in ${locale}. See the list in the admin, or give its uid.`,
  )
}

/** A finding in a document that has no file: where, which rule, what is wrong, what to do. */
export const findingLine = ({ rule, reason, fix, place }: Message): string =>
  `  ${place.pointer || '/'} ${rule}  ${reason}${fix ? `  → ${fix}` : ''}`
