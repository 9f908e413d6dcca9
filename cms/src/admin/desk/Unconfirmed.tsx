import { createLocalReq, type ServerProps } from 'payload'
import { type Actor, mayAct } from '../../access/roles.ts'
import { clockOf } from '../../publishing/clock.ts'
import { rowId } from '../../publishing/document.ts'
import { isLate, unconfirmedStrikes } from '../../publishing/strikes.ts'

/** What was withdrawn from published articles and no reviewer has answered, for those who answer and those who withdraw. */
export const Unconfirmed = async ({ payload, user }: ServerProps) => {
  if (!mayAct(user as Actor, 'confirm-strike') && !mayAct(user as Actor, 'strike')) return null
  const open = await unconfirmedStrikes(await createLocalReq({}, payload))
  if (open.length === 0) return null
  const now = clockOf(payload).now()
  const articles = `${payload.config.routes.admin}/collections/articles`
  return (
    <section className="signpost-welcome">
      <h3>Withdrawn, unconfirmed: {open.length}</h3>
      <ul className="signpost-list">
        {open.map((row) => (
          <li key={row.id}>
            <a href={`${articles}/${rowId(row.uid, row.locale)}`}>{row.title || 'Untitled'}</a>, by {row.by} on{' '}
            {row.at.slice(0, 10)}
            {isLate(row, now) ? ': more than 24 hours ago; it stays withdrawn' : ''}
          </li>
        ))}
      </ul>
    </section>
  )
}
