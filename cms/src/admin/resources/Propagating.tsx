'use client'
import { useConfig, useDocumentInfo, useFormProcessing } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { PropagationAnswer } from '../../endpoints/propagation.ts'

/** How often it is asked how far a save is, milliseconds. */
const every = 500

/** How many of the articles that show the record have followed, while it is being saved. */
export const Propagating = () => {
  const { id, collectionSlug } = useDocumentInfo()
  const { config } = useConfig()
  const isSaving = useFormProcessing()
  const [{ propagation }, setAnswer] = useState<PropagationAnswer>({ propagation: null })
  const address = `${config.routes.api}/${collectionSlug}/${id}/propagation`
  useEffect(() => {
    if (!isSaving) return setAnswer({ propagation: null })
    const timer = setInterval(async () => setAnswer(await ask(address)), every)
    return () => clearInterval(timer)
  }, [isSaving, address])
  if (!propagation) return null
  const { done, total } = propagation
  return (
    <p role="status">
      <progress max={total} value={done} /> {done} of {total} documents have followed.
    </p>
  )
}

/** It is only a sign of life: whether the save went well is told by the form. */
async function ask(address: string): Promise<PropagationAnswer> {
  try {
    const response = await fetch(address, { credentials: 'include' })
    return response.ok ? ((await response.json()) as PropagationAnswer) : { propagation: null }
  } catch {
    return { propagation: null }
  }
}
