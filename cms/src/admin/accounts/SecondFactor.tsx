import type { UIFieldServerProps } from 'payload'
import { type Actor, mayAct } from '../../access/roles.ts'
import { hasFactor } from '../../access/second-factor.ts'
import { environment } from '../../environment.ts'
import { ResetSecondFactor, SecondFactorForm } from './SecondFactorForm.tsx'

/** The second factor of an account: its owner turns it on and off, an administrator takes it off who lost it. */
export const SecondFactor = async ({ data, id, req }: UIFieldServerProps) => {
  if (!id || !req.user || (data as { machine?: boolean }).machine) return null
  const isOn = await hasFactor(req, String(id))
  const isOwn = req.user.id === id
  if (!isOwn && !mayAct(req.user as Actor, 'reset-second-factor')) return null
  return (
    <section aria-labelledby="second-factor" className="field-type signpost-factor">
      <h2 id="second-factor">Second factor</h2>
      {isOwn ? (
        <SecondFactorForm isOn={isOn} isRequired={environment().secondFactorRequired} />
      ) : (
        <ResetSecondFactor id={String(id)} isOn={isOn} />
      )}
    </section>
  )
}
