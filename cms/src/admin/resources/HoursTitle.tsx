'use client'
import { useRowLabel } from '@payloadcms/ui'
import { useUnfolded } from '../RowTitle.tsx'

type Hours = { byday?: string[]; opensAt?: string; closesAt?: string }
const days: Record<string, string> = { MO: 'Mon', TU: 'Tue', WE: 'Wed', TH: 'Thu', FR: 'Fri', SA: 'Sat', SU: 'Sun' }

/** The heading of hours: days and times. */
export const HoursTitle = () => {
  const { data, rowNumber } = useRowLabel<Hours>()
  const { byday = [], opensAt, closesAt } = data
  useUnfolded(!opensAt)
  const times = opensAt && closesAt ? `${opensAt} to ${closesAt}` : ''
  const on = Object.keys(days).flatMap((day) => (byday.includes(day) ? [days[day]] : []))
  return <span>{[on.join(', '), times].filter(Boolean).join(': ') || `No. ${(rowNumber ?? 0) + 1}`}</span>
}
