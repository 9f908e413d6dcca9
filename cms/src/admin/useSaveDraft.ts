'use client'
import { useConfig, useDocumentInfo, useForm, useFormProcessing, useLocale } from '@payloadcms/ui'
import { useCallback, useRef } from 'react'

/** How long to wait for an autosave under way, and how often to look; milliseconds. */
const patience = { most: 10_000, interval: 100 }

/**
 * Saves the form as a draft, as the button for it does, once an autosave under way is done. Resolves with whether it was
 * saved; why not, the form says itself.
 */
export function useSaveDraft(): () => Promise<boolean> {
  const { id, collectionSlug, setUnpublishedVersionCount } = useDocumentInfo()
  const { config } = useConfig()
  const { code } = useLocale()
  const { submit } = useForm()
  const isProcessing = useRef(false)
  isProcessing.current = useFormProcessing()
  return useCallback(async () => {
    for (let waited = 0; isProcessing.current && waited < patience.most; waited += patience.interval)
      await new Promise((resolve) => setTimeout(resolve, patience.interval))
    const answer = await submit({
      action: `${config.routes.api}/${collectionSlug}/${id}?locale=${code}&depth=0&fallback-locale=null&draft=true`,
      method: 'PATCH',
      overrides: { _status: 'draft' },
      skipValidation: true,
    })
    const isSaved = (answer as { res?: Response } | undefined)?.res?.ok === true
    if (isSaved) setUnpublishedVersionCount((count) => count + 1)
    return isSaved
  }, [id, collectionSlug, code, config.routes.api, setUnpublishedVersionCount, submit])
}
