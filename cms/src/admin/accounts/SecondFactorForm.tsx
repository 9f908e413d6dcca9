'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import type { Offer } from '../../access/second-factor.ts'
import { Labelled } from '../Labelled.tsx'
import { post } from '../post.ts'
import { OfferedSecret } from './OfferedSecret.tsx'

type Step = 'rest' | 'turn-on' | 'turn-off' | 'recovery'

/** Turns the own second factor on or off, and shows recovery codes, each time once. */
export const SecondFactorForm = ({ isOn, isRequired }: { isOn: boolean; isRequired: boolean }) => {
  const [step, setStep] = useState<Step>('rest')
  const [offer, setOffer] = useState<Offer>()
  const [codes, setCodes] = useState<string[]>()
  const ask = useAsk()
  const router = useRouter()
  const begin = async () => {
    const made = await ask<Offer>('offer', {})
    if (!made) return
    setOffer(made)
    setStep('turn-on')
  }
  const send = async (code: string) => {
    const made = await ask<{ recovery?: string[] }>(step, { code })
    if (!made) return
    setCodes(made.recovery)
    setStep('rest')
    router.refresh()
  }
  return (
    <>
      {codes ? <RecoveryCodes codes={codes} onDone={() => setCodes(undefined)} /> : null}
      {step === 'rest' ? (
        <>
          <p>
            {isOn
              ? 'On: signing in takes the code that your app shows.'
              : 'Off. With it, a password alone does not let anybody in. You need an app for codes on your phone.'}
          </p>
          <div className="signpost-state__acts">
            {isOn ? (
              <>
                <Act onClick={() => setStep('recovery')}>Make new recovery codes</Act>
                {isRequired ? null : <Act onClick={() => setStep('turn-off')}>Turn it off</Act>}
              </>
            ) : (
              <Act onClick={begin}>Turn it on</Act>
            )}
          </div>
        </>
      ) : (
        <>
          {step === 'turn-on' && offer ? <OfferedSecret offer={offer} /> : null}
          <CodeForm onCancel={() => setStep('rest')} onSend={send} verb={verbs[step]} />
        </>
      )}
    </>
  )
}

const verbs = { 'turn-on': 'Turn it on', 'turn-off': 'Turn it off', recovery: 'Make new recovery codes' }

/** Takes the second factor off somebody else. */
export const ResetSecondFactor = ({ id, isOn }: { id: string; isOn: boolean }) => {
  const { config } = useConfig()
  const router = useRouter()
  const reset = async () => {
    const posted = await post(`${config.routes.api}/users/${id}/second-factor/reset`, {})
    if ('refused' in posted) return void toast.error(posted.refused)
    toast.success('It is off. This person is signed out everywhere.')
    router.refresh()
  }
  return isOn ? (
    <>
      <p>On. Take it off only if you are sure who asks: whoever has the password can then sign in.</p>
      <Act onClick={reset}>Take it off</Act>
    </>
  ) : (
    <p>Off.</p>
  )
}

/** What an endpoint made of it; undefined once it was told why it refused. */
function useAsk() {
  const { config } = useConfig()
  return async <T,>(name: string, body: object): Promise<T | undefined> => {
    const posted = await post<T>(`${config.routes.api}/users/second-factor/${name}`, body)
    if ('done' in posted) return posted.done
    toast.error(posted.refused)
    return undefined
  }
}

const Act = ({ children, onClick }: { children: ReactNode; onClick: () => void }) => (
  <Button buttonStyle="secondary" margin={false} onClick={onClick} size="small">
    {children}
  </Button>
)

type CodeFormProps = { verb: string; onSend: (code: string) => void; onCancel: () => void }

// It stands in the form of the account, which Enter would save.
const CodeForm = ({ verb, onSend, onCancel }: CodeFormProps) => {
  const [code, setCode] = useState('')
  const sendOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    onSend(code)
  }
  return (
    <div className="signpost-state__form">
      <Labelled label="Code">
        {(id) => (
          <input
            autoComplete="one-time-code"
            className="signpost-input"
            id={id}
            inputMode="text"
            maxLength={40}
            onChange={(event) => setCode(event.target.value)}
            onKeyDown={sendOnEnter}
            value={code}
          />
        )}
      </Labelled>
      <div className="signpost-state__acts">
        <Button margin={false} onClick={() => onSend(code)} size="small">
          {verb}
        </Button>
        <Act onClick={onCancel}>Leave it</Act>
      </div>
    </div>
  )
}

const RecoveryCodes = ({ codes, onDone }: { codes: string[]; onDone: () => void }) => (
  <div role="status">
    <p>
      <strong>Keep these codes where your phone is not.</strong> Each lets you in once, should you lose it. They are not
      shown again.
    </p>
    <ul className="signpost-codes">
      {codes.map((code) => (
        <li key={code}>
          <code>{code}</code>
        </li>
      ))}
    </ul>
    <Act onClick={onDone}>I have kept them</Act>
  </div>
)
