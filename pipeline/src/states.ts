import type { Article, Edition, Resource, ReviewState, Trust } from 'content-schemas'

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

const expiryOf = (assuredDate: string, resource: Resource): string => addDays(assuredDate, resource.verifyEveryDays)
const dueFrom = (expires: string, resource: Resource): string =>
  addDays(expires, -Math.ceil(resource.verifyEveryDays / 10))

/** What a day makes of a resource. Never confirmed counts as expired. */
export function trustOf(resource: Resource, today: string): Trust {
  if (resource.status !== 'active') return 'closed'
  if (!resource.assuredDate) return 'expired'
  const expires = expiryOf(resource.assuredDate, resource)
  if (today > expires) return 'expired'
  return today >= dueFrom(expires, resource) ? 'due' : 'fresh'
}

/** Days in which all states of an edition stay as they are: `from` that day on, before `until`; null is for ever. */
export type Span = { from: string | null; until: string | null }

/** The span a day lies in. */
export function spanOf(edition: Edition, today: string): Span {
  const days = turningDays(edition).sort()
  return { from: days.findLast((day) => day <= today) ?? null, until: days.find((day) => day > today) ?? null }
}

export const isWithin = ({ from, until }: Span, today: string): boolean =>
  (from === null || today >= from) && (until === null || today < until)

/** Days on which a state of an edition may change. */
function turningDays({ document, records, articles }: Edition): string[] {
  const reviews = [...articles.map(({ article }) => article), ...(document?.kind === 'article' ? [document] : [])]
  const resources = [records, ...articles.map((held) => held.records)].flatMap((held) =>
    Object.values(held?.resources ?? {}),
  )
  return [...reviews.flatMap(({ review }) => reviewTurns(review)), ...resources.flatMap(trustTurns)]
}

const reviewTurns = ({ nextReview }: Article['review']): string[] =>
  nextReview ? [addDays(nextReview, -dueDays), addDays(nextReview, 1)] : []

function trustTurns(resource: Resource): string[] {
  if (resource.status !== 'active' || !resource.assuredDate) return []
  const expires = expiryOf(resource.assuredDate, resource)
  return [dueFrom(expires, resource), addDays(expires, 1)]
}
