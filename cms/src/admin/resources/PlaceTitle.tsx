'use client'
import { useRowLabel } from '@payloadcms/ui'
import { useUnfolded } from '../RowTitle.tsx'
import { countryName } from './geography.ts'

type Place = { country?: string; region?: string; city?: string }

/** The heading of a place: from the smallest to the largest. */
export const PlaceTitle = () => {
  const { data, rowNumber } = useRowLabel<Place>()
  const { country, region, city } = data
  useUnfolded(!country)
  return (
    <span>
      {[city, region, country && countryName(country)].filter(Boolean).join(', ') || `No. ${(rowNumber ?? 0) + 1}`}
    </span>
  )
}
