'use client'
import { useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useSaveDraft } from '../useSaveDraft.ts'
import { tellUnsaved } from './unsaved.ts'

/**
 * Keeps the previews of an article true to its form: tells those in other windows what is not saved yet, and saves it
 * before another tab of the article is opened in this one, where it would be lost.
 */
export const FormNews = () => {
  const { id } = useDocumentInfo()
  const isModified = useFormModified()
  const save = useSaveDraft()
  const router = useRouter()
  useEffect(() => (id ? tellUnsaved(String(id), isModified) : undefined), [id, isModified])
  useEffect(() => {
    if (!id || !isModified) return
    const saveFirst = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.doc-tabs a[href]') : null
      if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      event.stopPropagation()
      // If it is refused, the form says why, and stays.
      void save().then((isSaved) => isSaved && router.push(link.href))
    }
    window.addEventListener('click', saveFirst, true)
    return () => window.removeEventListener('click', saveFirst, true)
  }, [id, isModified, save, router])
  return null
}
