import type { Payload } from 'payload'
import { type Command, type CommandContext, type ExitCode, MisuseError, textOption } from 'pipeline/commands/index.ts'
import { closePayload, openPayload } from '../processes/installation.ts'
import type { Plan, Schedule } from '../publishing/schedules.ts'
import { actingFor, asOption, findDocument, localeOption, orRefusal } from './documents.ts'

/** Plans an act on an article for a time. */
export const scheduleCommand: Command = {
  name: 'schedule',
  usage: 'schedule SLUG [publish|withdraw] --at TIME [--reason TEXT] [--locale LOCALE] [--as EMAIL]',
  summary: 'Publish the approved text of an article at a time, or withdraw it.',
  help: `
SLUG             its slug, or its uid
publish          the default: what is approved now appears then, whatever is drafted meanwhile
withdraw         takes back what is published; readers are told the reason
--at TIME        with its time zone: 2026-12-01T09:00+01:00, or 2026-12-01T08:00Z
--reason TEXT    why, for a withdrawal
--locale LOCALE  en, es or ar; default en
--as EMAIL       a sign-in to act as, with its roles; without, you act as the operator
--json           {id, uid, locale, act, at, state} or {refused: [messages]}

It happens within a minute of its time while a worker runs, and once. Exit 1 if it is refused today.
See also \`schedule list\` and \`schedule cancel\`.`,
  options: { at: { type: 'string' }, reason: { type: 'string' }, locale: { type: 'string' }, ...asOption },
  arguments: { least: 1, most: 2 },
  async run(context) {
    const [slug = ''] = context.arguments
    const locale = localeOption(context)
    const plan = planIn(context)
    return withPayload(async (payload) => {
      const article = await findDocument(payload, slug, locale, ['article'])
      const { schedule } = await import('../publishing/schedules.ts')
      return orRefusal(context, 'scheduled', async () => {
        const made = await schedule(payload, article, plan, await actingFor(context, payload))
        context.print(context.json ? JSON.stringify(shortOf(made)) : `${lineOf(made)}`)
        return 0
      })
    })
  },
}

/** Lists what waits. */
export const scheduleList: Command = {
  name: 'schedule list',
  usage: 'schedule list [--all]',
  summary: 'List what is to be published or withdrawn at a time, soonest first.',
  help: `
--all   what is done, refused or cancelled too: the newest hundred
--json  {schedules: [{id, uid, locale, title, act, at, state, by, reason}]}`,
  options: { all: { type: 'boolean' } },
  async run(context) {
    return withPayload(async (payload) => {
      const { listSchedules } = await import('../publishing/schedules.ts')
      const schedules = await listSchedules(payload, context.options.all === true ? 'all' : 'waiting')
      if (context.json) context.print(JSON.stringify({ schedules: schedules.map(longOf) }))
      else if (schedules.length === 0) context.tell('Nothing is scheduled.')
      else for (const schedule of schedules) context.print(lineOf(schedule))
      return 0
    })
  },
}

/** Takes something off the schedule. */
export const scheduleCancel: Command = {
  name: 'schedule cancel',
  usage: 'schedule cancel ID [--as EMAIL]',
  summary: 'Take something off the schedule before its time.',
  help: `
ID          as \`schedule list\` has it
--as EMAIL  a sign-in to act as, with its roles; without, you act as the operator
--json      {id, uid, locale, act, at, state}`,
  options: { ...asOption },
  arguments: { least: 1 },
  async run(context) {
    return withPayload(async (payload) => {
      const { cancel } = await import('../publishing/schedules.ts')
      const cancelled = await cancel(payload, context.arguments[0]!, await actingFor(context, payload))
      context.print(context.json ? JSON.stringify(shortOf(cancelled)) : lineOf(cancelled))
      return 0
    })
  },
}

async function withPayload(run: (payload: Payload) => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await run(await openPayload())
  } finally {
    await closePayload()
  }
}

function planIn(context: CommandContext): Plan {
  const act = context.arguments[1] ?? 'publish'
  if (act !== 'publish' && act !== 'withdraw')
    throw new MisuseError(`\`${act}\` cannot be scheduled. There are \`publish\` and \`withdraw\`.`)
  const reason = textOption(context, 'reason')?.trim()
  if (act === 'withdraw' && !reason) throw new MisuseError('Readers are told why: `--reason "…"` is missing.')
  return { act, at: momentIn(context), ...(reason ? { reason } : {}) }
}

/** A time without a zone would mean another moment on another machine: it is refused. */
function momentIn(context: CommandContext): Date {
  const given = textOption(context, 'at')
  const how = 'Write it with its zone: `--at 2026-12-01T09:00+01:00`, or `--at 2026-12-01T08:00Z`.'
  if (given === undefined) throw new MisuseError(`Say when. ${how}`)
  const at = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(given)
    ? new Date(given)
    : undefined
  if (!at || Number.isNaN(at.getTime())) throw new MisuseError(`\`--at ${given}\` is no time. ${how}`)
  return at
}

const shortOf = ({ id, uid, locale, act, at, state }: Schedule) => ({ id, uid, locale, act, at, state })
const longOf = (schedule: Schedule) => {
  const { title, by, reason } = schedule
  return { ...shortOf(schedule), title, by, reason }
}
const lineOf = ({ id, title, locale, act, at, state, reason }: Schedule): string =>
  `${at}  ${act} “${title}” (${locale})  ${state}${reason ? `: ${reason}` : ''}  ${id}`
