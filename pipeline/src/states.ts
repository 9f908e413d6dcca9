import type { Article, Resource, ReviewState, Trust } from 'content-schemas'

/*
 * States are what dates make of content. They are derived for a day, never stored in an edition:
 * they label what is shown and make no printed copy old.
 */

const dayLength = 86_400_000
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString().slice(0, 10)

/** Days before the next review at which it counts as due. */
export const dueDays = 90

/** What a day makes of a review. */
export function reviewState(review: Article['review'], today: string): ReviewState {
  if (!review.reviewer || !review.lastReviewed || !review.nextReview) return 'unreviewed'
  if (today > review.nextReview) return 'overdue'
  return today >= addDays(review.nextReview, -dueDays) ? 'due' : 'current'
}

/** What a day makes of a resource. Never confirmed counts as expired. */
export function trustOf(resource: Resource, today: string): Trust {
  if (resource.status !== 'active') return 'closed'
  if (!resource.assuredDate) return 'expired'
  const expires = addDays(resource.assuredDate, resource.verifyEveryDays)
  if (today > expires) return 'expired'
  return today >= addDays(expires, -Math.ceil(resource.verifyEveryDays / 10)) ? 'due' : 'fresh'
}
