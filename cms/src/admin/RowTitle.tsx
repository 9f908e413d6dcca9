'use client'
import { useRowLabel } from '@payloadcms/ui'

/** The heading of a row of a list: what it is about, or its place. */
export const RowTitle = () => {
  const { data, rowNumber } = useRowLabel<{ title?: string; text?: string; number?: string; region?: string }>()
  return <span>{data.title || data.region || data.number || data.text || `No. ${(rowNumber ?? 0) + 1}`}</span>
}
