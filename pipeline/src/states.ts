import type { Article, Edition, Resource, ReviewState, Trust } from 'content-schemas'
import type { Assurance } from './source.ts'

/*
 * States are what dates make of content. They are derived for a day, never stored in an edition:
 * they label what is shown and make no printed copy old. That somebody confirmed a resource is such a date.
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

/** Finds the newest confirmation of a resource; undefined when what its edition froze still holds. */
export type FindAssurance = (resource: string) => Assurance | undefined

/** A resource as it was last confirmed. */
export function assured(resource: Resource, newest: Assurance | undefined): Resource {
  if (!newest) return resource
  const { assuredDate, verifyEveryDays } = newest
  if (assuredDate !== null) return { ...resource, assuredDate, verifyEveryDays }
  const { assuredDate: _, ...unconfirmed } = resource
  return { ...unconfirmed, verifyEveryDays }
}

/** What trust is derived from. */
export type Confirmable = Pick<Resource, 'status' | 'assuredDate' | 'verifyEveryDays'>

const expiryOf = (assuredDate: string, { verifyEveryDays }: Confirmable): string =>
  addDays(assuredDate, verifyEveryDays)
const dueFrom = (expires: string, { verifyEveryDays }: Confirmable): string =>
  addDays(expires, -Math.ceil(verifyEveryDays / 10))

/** What a day makes of a resource. Never confirmed counts as expired. */
export function trustOf(resource: Confirmable, today: string): Trust {
  if (resource.status !== 'active') return 'closed'
  if (!resource.assuredDate) return 'expired'
  const expires = expiryOf(resource.assuredDate, resource)
  if (today > expires) return 'expired'
  return today >= dueFrom(expires, resource) ? 'due' : 'fresh'
}

/** Days on which a confirmation counts as due, and by which it has to be made again; undefined while there is none. */
export function confirmationDays(resource: Confirmable): { due: string; by: string } | undefined {
  if (!resource.assuredDate) return undefined
  const by = expiryOf(resource.assuredDate, resource)
  return { due: dueFrom(by, resource), by }
}

/** Days in which all states of an edition stay as they are: `from` that day on, before `until`; null is for ever. */
export type Span = { from: string | null; until: string | null }

/** The span a day lies in. */
export function spanOf(edition: Edition, today: string, assuranceOf: FindAssurance): Span {
  const days = turningDays(edition, assuranceOf).sort()
  return { from: days.findLast((day) => day <= today) ?? null, until: days.find((day) => day > today) ?? null }
}

export const isWithin = ({ from, until }: Span, today: string): boolean =>
  (from === null || today >= from) && (until === null || today < until)

/** Days on which a state of an edition may change. */
function turningDays({ document, records, articles }: Edition, assuranceOf: FindAssurance): string[] {
  const reviews = [...articles.map(({ article }) => article), ...(document?.kind === 'article' ? [document] : [])]
  const resources = [records, ...articles.map((held) => held.records)].flatMap((held) =>
    Object.values(held?.resources ?? {}),
  )
  const shown = resources.map((resource) => assured(resource, assuranceOf(resource.uid)))
  return [...reviews.flatMap(({ review }) => reviewTurns(review)), ...shown.flatMap(trustTurns)]
}

const reviewTurns = ({ nextReview }: Article['review']): string[] =>
  nextReview ? [addDays(nextReview, -dueDays), addDays(nextReview, 1)] : []

function trustTurns(resource: Confirmable): string[] {
  const days = resource.status === 'active' ? confirmationDays(resource) : undefined
  return days ? [days.due, addDays(days.by, 1)] : []
}
