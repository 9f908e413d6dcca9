import type { ServerProps } from 'payload'
import { addressOf, countDue, dueFiltersOf } from './dueFilters.ts'

type Props = ServerProps & { collectionSlug: 'articles' | 'resources' }

/** Ways to what is due and overdue, above the list, with how many there are. */
export const FallingDue = async ({ payload, collectionSlug }: Props) => {
  const filters = dueFiltersOf(payload, collectionSlug)
  const counts = await countDue(payload, collectionSlug, filters)
  const list = `${payload.config.routes.admin}/collections/${collectionSlug}`
  return (
    <p>
      {filters.map((filter, index) => (
        <span key={filter.label}>
          {index > 0 && ' · '}
          <a href={addressOf(list, filter)}>{filter.label}</a>: {counts[index]}
        </span>
      ))}
    </p>
  )
}
