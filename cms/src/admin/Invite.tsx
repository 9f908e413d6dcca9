'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { type FormEvent, useState } from 'react'
import { roleLabels, roles } from '../access/roles.ts'
import { Labelled } from './Labelled.tsx'

/** Invites somebody: a sign-in is made, and its owner is mailed a link to set the password. */
export const Invite = () => {
  const { config } = useConfig()
  const [isOpen, setOpen] = useState(false)
  const [isSending, setSending] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setSending(true)
    const { name, email, role } = Object.fromEntries(new FormData(event.currentTarget))
    const said = await post(`${config.routes.api}/users/invite`, { name, email, roles: [role] })
    setSending(false)
    if (said !== undefined) return void toast.error(said)
    toast.success(`${String(email)} is invited.`)
    setOpen(false)
  }
  return (
    <div className="signpost-invite">
      <Button
        aria-expanded={isOpen}
        buttonStyle="secondary"
        margin={false}
        onClick={() => setOpen(!isOpen)}
        size="small"
      >
        Invite by mail
      </Button>
      {isOpen && (
        <form className="signpost-state__form" onSubmit={send}>
          <Labelled label="Full name">
            {(id) => <input className="signpost-input" id={id} maxLength={200} name="name" required />}
          </Labelled>
          <Labelled label="E-mail address">
            {(id) => <input className="signpost-input" id={id} name="email" required type="email" />}
          </Labelled>
          <Labelled label="Role">
            {(id) => (
              <select className="signpost-input" id={id} name="role">
                {roles.map((role) => (
                  <option key={role} value={role}>
                    {roleLabels[role]}
                  </option>
                ))}
              </select>
            )}
          </Labelled>
          <Button disabled={isSending} margin={false} size="small" type="submit">
            Send the invitation
          </Button>
        </form>
      )}
    </div>
  )
}

/** Undefined when it was done, else what stands against it. */
async function post(address: string, body: object): Promise<string | undefined> {
  const headers = { 'Content-Type': 'application/json' }
  const response = await fetch(address, { method: 'POST', credentials: 'include', headers, body: JSON.stringify(body) })
  if (response.ok) return undefined
  const { errors } = (await response.json()) as { errors?: { message: string }[] }
  return errors?.[0]?.message ?? 'The invitation could not be sent. Try again.'
}
