'use client'
import { useAllFormFields, useDocumentInfo } from '@payloadcms/ui'
import type { FormState } from 'payload'
import { changedReachIn } from './changed-reach.ts'

/** Warns before a save that a number or an address which readers have is changed, and in how many places. */
export const ChangedReach = ({ shownIn }: { shownIn: string }) => {
  const { savedDocumentData } = useDocumentInfo()
  const [fields] = useAllFormFields()
  const changes = changedReachIn(savedDocumentData, reachIn(fields))
  if (changes.length === 0) return null
  return (
    <div className="signpost-warning" role="status">
      <p>Once you save, readers get another way to reach it, shown in {shownIn}:</p>
      <ul className="signpost-list">
        {changes.map(({ was, is }) => (
          <li key={`${was} ${is}`}>
            {was || 'nothing'} → <strong>{is || 'nothing'}</strong>
          </li>
        ))}
      </ul>
      <p>Call or open what is new first. It counts as not confirmed until somebody says they checked it.</p>
    </div>
  )
}

const reachIn = (fields: FormState) => ({
  phones: fields.phones?.rows?.map((_, index) => ({ number: fields[`phones.${index}.number`]?.value })) ?? [],
  text: fields.text?.value,
  url: fields.url?.value,
})
