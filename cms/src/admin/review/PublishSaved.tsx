'use client'
import { PublishButton, useFormModified } from '@payloadcms/ui'
import { type MouseEvent, useRef } from 'react'
import { useSaveDraft } from '../useSaveDraft.ts'

/**
 * Payload's button that publishes, after what was typed is saved: a publication that is refused takes the text with it,
 * and a click that meets an autosave is lost.
 */
export const PublishSaved = () => {
  const save = useSaveDraft()
  const isModified = useFormModified()
  const isSaved = useRef(false)
  const saveFirst = async (event: MouseEvent<HTMLDivElement>) => {
    const button = (event.target as Element).closest('button')
    if (button?.id !== 'action-save') return
    if (isSaved.current || !isModified) {
      isSaved.current = false
      return
    }
    event.preventDefault()
    event.stopPropagation()
    isSaved.current = await save()
    // The form takes the next order once it has shown the answer to this one.
    if (isSaved.current) setTimeout(() => button.click(), 200)
  }
  return (
    <div onClickCapture={saveFirst}>
      <PublishButton />
    </div>
  )
}
