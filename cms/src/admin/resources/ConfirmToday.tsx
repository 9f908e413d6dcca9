'use client'
import { Button, toast, useConfig, useDocumentInfo, useFormModified, useFormProcessing } from '@payloadcms/ui'
import { useState } from 'react'
import { post } from '../post.ts'

/** Writes down that whoever is signed in has checked the resource today. */
export const ConfirmToday = () => {
  const { id } = useDocumentInfo()
  const { config } = useConfig()
  const [isModified, isProcessing] = [useFormModified(), useFormProcessing()]
  const [isConfirming, setConfirming] = useState(false)
  const confirm = async () => {
    setConfirming(true)
    const { refused } = await post(
      `${config.routes.api}/resources/${id}/verify`,
      undefined,
      'This could not be written down. Try again.',
    )
    // The form holds the day and the name from before.
    if (refused === undefined) window.location.reload()
    else toast.error(refused)
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
