import type { SelectFieldServerProps } from 'payload'
import { type Actor, mayAct } from '../../access/roles.ts'
import type { Resource } from '../../payload-types.ts'
import { ConfirmToday } from './ConfirmToday.tsx'

const inWords = {
  fresh: 'Fresh: confirmed in time.',
  due: 'Due: to be confirmed soon.',
  expired: 'Expired: readers are told when it was last confirmed.',
  closed: 'Closed: left out wherever it was shown.',
}

/** What readers are told of the resource today, and the way to confirm it. */
export const Trust = ({ data, id, req }: SelectFieldServerProps) => {
  const { trust } = data as Resource
  if (!id || !trust) return null
  return (
    <div className="field-type signpost-trust" data-trust={trust}>
      <div className="field-label">Trust</div>
      <p>{inWords[trust]}</p>
      {mayAct(req.user as Actor, 'verify') && <ConfirmToday />}
    </div>
  )
}
