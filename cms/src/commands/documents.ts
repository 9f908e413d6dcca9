import { Locale, type Message } from 'content-schemas'
import type { Payload } from 'payload'
import { type CommandContext, type ExitCode, MisuseError, textOption } from 'pipeline/commands/index.ts'
import type { Acting } from '../access/acting.ts'
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

/** The option by which a command acts as a sign-in. */
export const asOption = { as: { type: 'string' } } as const

/** Who a command acts as: the sign-in named with `--as`, held to its roles; else the operator of the machine. */
export async function actingFor(context: CommandContext, payload: Payload): Promise<Acting> {
  const email = textOption(context, 'as')
  if (email === undefined) return { by: 'command line' }
  const where = { email: { equals: email } }
  const { docs } = await payload.find({ collection: 'users', where, limit: 1, depth: 0, overrideAccess: true })
  const [user] = docs
  if (!user) throw new Error(`There is no sign-in ${email}. Give another address with \`--as\`.`)
  return { by: `${user.name}, command line`, user }
}

/** Runs an act; a refusal becomes its list of reasons and exit 1. */
export async function orRefusal(
  { arguments: [slug], json, print, tell }: CommandContext,
  what: 'published' | 'approved' | 'confirmed' | 'scheduled',
  run: () => Promise<ExitCode>,
): Promise<ExitCode> {
  const { RefusedError } = await import('../publishing/gate.ts')
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const messages = error.data?.messages ?? []
    if (json) print(JSON.stringify({ refused: messages }))
    else for (const line of [`\`${slug}\` cannot be ${what} yet:`, ...messages.map(findingLine)]) tell(line)
    return 1
  }
}
