'use client'
import { useCollapsible, useRowLabel } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'

type Headed = { title?: string; text?: string; number?: string; region?: string; say?: string }

/** The heading of a row of a list: what it is about, or its place. A row that is still empty comes up unfolded. */
export const RowTitle = () => {
  const { data, rowNumber } = useRowLabel<Headed>()
  const heading = data.title || data.region || data.number || data.text || data.say
  useUnfolded(!heading)
  return <span>{heading || `No. ${(rowNumber ?? 0) + 1}`}</span>
}

/** Unfolds the row once if it is empty: whoever adds a row wants to fill it. */
function useUnfolded(isEmpty: boolean): void {
  const { isCollapsed, toggle } = useCollapsible()
  const wasUnfolded = useRef(false)
  useEffect(() => {
    if (!isCollapsed || !isEmpty || wasUnfolded.current) return
    wasUnfolded.current = true
    toggle?.()
  }, [isCollapsed, isEmpty, toggle])
}
