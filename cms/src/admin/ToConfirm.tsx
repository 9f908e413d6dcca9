import type { ServerProps } from 'payload'
import { type Actor, mayAct } from '../access/roles.ts'
import { resourcesToConfirm, type ToConfirm as Waiting } from '../publishing/assurances.ts'

/** How many are named; the rest follow once these are done. */
const most = 10

/** The resources that have to be confirmed, the most urgent first, for those who may confirm them. */
export const ToConfirm = async ({ payload, user }: ServerProps) => {
  if (!mayAct(user as Actor, 'verify')) return null
  const waiting = await resourcesToConfirm(payload)
  if (waiting.length === 0) return null
  const resources = `${payload.config.routes.admin}/collections/resources`
  return (
    <section className="signpost-welcome">
      <h3>To confirm: {waiting.length}</h3>
      <ul className="signpost-list">
        {waiting.slice(0, most).map((resource) => (
          <li key={resource.id}>
            <a href={`${resources}/${resource.id}`}>{resource.name}</a>, {standing(resource)}
          </li>
        ))}
        {waiting.length > most && (
          <li>
            <a href={`${resources}?sort=assuredDate`}>and {waiting.length - most} more</a>
          </li>
        )}
      </ul>
    </section>
  )
}

const standing = ({ trust, assuredDate }: Waiting): string => {
  if (assuredDate === null) return 'never confirmed: readers are told'
  return `last confirmed on ${assuredDate}${trust === 'expired' ? ': readers are told' : ''}`
}
