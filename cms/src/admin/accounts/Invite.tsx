'use client'
import { Button, toast, useConfig } from '@payloadcms/ui'
import { type FormEvent, useState } from 'react'
import { roleLabels, roles } from '../../access/roles.ts'
import { Labelled } from '../Labelled.tsx'
import { post } from '../post.ts'

/** Invites somebody: a sign-in is made, and its owner is mailed a link to set the password. */
export const Invite = () => {
  const { config } = useConfig()
  const [isOpen, setOpen] = useState(false)
  const [isSending, setSending] = useState(false)
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setSending(true)
    const { name, email, role } = Object.fromEntries(new FormData(event.currentTarget))
    const { refused } = await post(
      `${config.routes.api}/users/invite`,
      { name, email, roles: [role] },
      'The invitation could not be sent. Try again.',
    )
    setSending(false)
    if (refused !== undefined) return void toast.error(refused)
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
