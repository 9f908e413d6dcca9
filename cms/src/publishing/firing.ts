import { APIError, createLocalReq, type Payload } from 'payload'
import { audit } from '../audit/record.ts'
import { publishIn, withdrawIn } from './acts.ts'
import { assertNewer, dueSchedules, endSchedule, entryOf, type Schedule, scheduleById } from './schedules.ts'
import { inTransaction } from './transaction.ts'

/**
 * Does what is on the schedule and whose time has come, each once: that it is done is written in the transaction of the
 * act itself, so a process that is killed, another one beside it or a clock that jumps repeats nothing. What is refused
 * is kept as refused, with the reason. What fails otherwise is told to `onError` and tried again next time.
 */
export async function fireDue(payload: Payload, onError: (error: unknown) => void): Promise<void> {
  for (const due of await dueSchedules(await createLocalReq({}, payload)))
    try {
      await fire(payload, due)
    } catch (error) {
      onError(error)
    }
}

async function fire(payload: Payload, due: Schedule): Promise<void> {
  try {
    await inTransaction(payload, async (req) => {
      const schedule = await scheduleById(req, due.id)
      if (schedule?.state !== 'waiting') return
      await endSchedule(req, schedule, { state: 'done' })
      const { act, candidate, reason } = schedule
      const acting = actingAs(schedule)
      if (act === 'publish') await assertNewer(req, schedule)
      const edition =
        act === 'publish'
          ? await publishIn(req, 'article', schedule, acting, candidate === null ? {} : { candidate })
          : await withdrawIn(req, schedule, { ...acting, reason })
      await endSchedule(req, schedule, { state: 'done', stamp: edition.stamp })
    })
  } catch (error) {
    if (!(error instanceof APIError)) throw error
    await recordRefusal(payload, due, error.message)
  }
}

/** The act is done in the name of who planned it; the roles were asked then. */
const actingAs = ({ by }: Schedule) => ({ by: `${by}, as scheduled` })

const recordRefusal = (payload: Payload, due: Schedule, reason: string): Promise<void> =>
  inTransaction(payload, async (req) => {
    const schedule = await scheduleById(req, due.id)
    if (schedule?.state !== 'waiting') return
    await endSchedule(req, schedule, { state: 'refused', reason })
    await audit(req, actingAs(schedule), entryOf('schedule-refused', { ...schedule, reason }))
  })
