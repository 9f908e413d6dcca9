'use client'
import { PublishButton, useAuth, useFormModified } from '@payloadcms/ui'
import { type MouseEvent, useRef } from 'react'
import { type Actor, mayAct } from '../../access/roles.ts'
import { useSaveDraft } from '../useSaveDraft.ts'

/**
 * Payload's button that publishes, after what was typed is saved: a publication that is refused takes the text with it,
 * and a click that meets an autosave is lost. Only for who may publish: Payload offers it to all who may save.
 */
export const PublishSaved = () => {
  const { user } = useAuth()
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
  if (!mayAct(user as unknown as Actor, 'publish')) return null
  return (
    <div onClickCapture={saveFirst}>
      <PublishButton />
    </div>
  )
}
