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

/** How long after a row came up it is kept unfolded, milliseconds: the form around it may be made anew meanwhile. */
const unfoldFor = 5000

/** Unfolds the row when it comes up empty: whoever adds a row wants to fill it. */
export function useUnfolded(isEmpty: boolean): void {
  const { isCollapsed, toggle } = useCollapsible()
  const cameUp = useRef(Date.now())
  useEffect(() => {
    if (isCollapsed && isEmpty && Date.now() - cameUp.current < unfoldFor) toggle?.()
  }, [isCollapsed, isEmpty, toggle])
}
