'use client'
import { Button, useConfig, useTranslation } from '@payloadcms/ui'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import type { Offer } from '../../access/second-factor.ts'
import { post } from '../post.ts'
import { OfferedSecret } from './OfferedSecret.tsx'

type Need = { need?: 'code' | 'set-up' } & Partial<Offer>

/** Signs in: asks for the password, and for a code once the password was right and a code is needed. */
export const LoginForm = ({ forgot, to }: { forgot: string; to: string }) => {
  const { config } = useConfig()
  const { t } = useTranslation()
  const [{ need, ...offer }, setNeed] = useState<Need>({})
  const [said, setSaid] = useState('')
  const [isReady, setReady] = useState(false)
  const code = useRef<HTMLInputElement>(null)
  // Sent before the page is alive, the form would go where nobody takes it.
  useEffect(() => setReady(true), [])
  useEffect(() => {
    if (need) code.current?.focus()
  }, [need])
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setReady(false)
    const given = Object.fromEntries(new FormData(event.currentTarget))
    const posted = await post(`${config.routes.api}/users/login`, given)
    // All that was rendered for nobody is rendered anew.
    if ('done' in posted) return window.location.assign(to)
    const asks = posted.data as Need
    if (asks.need && !(need === 'set-up' && asks.need === 'code')) setNeed(asks)
    setSaid(posted.refused)
    setReady(true)
  }
  return (
    <form className="login__form signpost-login" method="post" onSubmit={send}>
      <h1>{t('authentication:login')}</h1>
      {said ? <p role="alert">{said}</p> : null}
      <label htmlFor="field-email">{t('general:email')}</label>
      <input autoComplete="username" className="signpost-input" id="field-email" name="email" required type="email" />
      <label htmlFor="field-password">{t('general:password')}</label>
      <input
        autoComplete="current-password"
        className="signpost-input"
        id="field-password"
        name="password"
        required
        type="password"
      />
      {need === 'set-up' && offer.secret ? <OfferedSecret offer={offer as Offer} /> : null}
      {need ? (
        <>
          <label htmlFor="field-code">Code</label>
          <input
            autoComplete="one-time-code"
            className="signpost-input"
            id="field-code"
            maxLength={40}
            name="code"
            ref={code}
            required
          />
        </>
      ) : null}
      <a href={forgot}>{t('authentication:forgotPasswordQuestion')}</a>
      <Button disabled={!isReady} size="large" type="submit">
        {t('authentication:login')}
      </Button>
    </form>
  )
}
