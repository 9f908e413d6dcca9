'use client'
import { Button, toast, useConfig, useDocumentInfo, useFormModified, useFormProcessing } from '@payloadcms/ui'
import { useState } from 'react'

/** Writes down that whoever is signed in has checked the resource today. */
export const ConfirmToday = () => {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const [isModified, isProcessing] = [useFormModified(), useFormProcessing()]
  const [isConfirming, setConfirming] = useState(false)
  const confirm = async () => {
    setConfirming(true)
    const said = await post(`${config.routes.api}/resources/${id}/verify`)
    // The form holds the day and the name from before.
    if (said === undefined) window.location.reload()
    else toast.error(said)
    setConfirming(false)
  }
  return (
    <>
      <Button
        buttonStyle="secondary"
        disabled={isModified || isProcessing || isConfirming}
        margin={false}
        onClick={confirm}
        size="small"
      >
        I checked this today
      </Button>
      {isModified && <p>Save first: what you confirm is what is saved.</p>}
    </>
  )
}

/** Undefined when it was done, else what stands against it. */
async function post(address: string): Promise<string | undefined> {
  try {
    const response = await fetch(address, { method: 'POST', credentials: 'include' })
    if (response.ok) return undefined
    const { errors } = (await response.json()) as { errors?: { message: string }[] }
    return errors?.[0]?.message ?? 'This could not be written down. Try again.'
  } catch {
    return 'The server did not answer. Try again.'
  }
}
