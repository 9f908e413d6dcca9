import type { Payload, Where } from 'payload'
import { dayOf } from 'pipeline/clock.ts'
import { dueDays } from 'pipeline/states.ts'
import { clockOf } from '../../publishing/clock.ts'

/** A part of a list that has to be looked at, by what the list is filtered and sorted by. */
export type DueFilter = { label: string; where: Where; sort: string }

const dayLength = 86_400_000
/** The start of a day, so many days after another. */
const start = (day: string, days = 0): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayLength).toISOString()

/**
 * What is due and what is overdue, as of today, what waits longest first. The filters are such as the list itself has, so
 * that an editor sees what is asked for and can go on from there: any of several, each of all of some conditions.
 */
export function dueFiltersOf(payload: Payload, collection: 'articles' | 'resources'): DueFilter[] {
  const today = dayOf(clockOf(payload).now())
  if (collection === 'articles') return articlesDue(today)
  return resourcesDue(today)
}

const anyOf = (...all: Where[][]): Where => ({ or: all.map((and) => ({ and })) })

/** States in which readers have the article. */
const published = ['published', 'changed']

function articlesDue(today: string): DueFilter[] {
  const of = (...nextReview: Record<string, string>[]): Where =>
    anyOf([{ state: { in: published } }, ...nextReview.map((operation) => ({ 'review.nextReview': operation }))])
  return [
    { label: 'Review overdue', where: of({ less_than: start(today) }), sort: 'review.nextReview' },
    {
      label: 'Review due soon',
      where: of({ greater_than_equal: start(today) }, { less_than: start(today, dueDays + 1) }),
      sort: 'review.nextReview',
    },
  ]
}

function resourcesDue(today: string): DueFilter[] {
  const active: Where = { status: { equals: 'active' } }
  return [
    {
      label: 'Not confirmed in time',
      where: anyOf([active, { confirmBy: { less_than: start(today) } }], [active, { assuredDate: { exists: false } }]),
      sort: 'confirmBy',
    },
    {
      label: 'To be confirmed soon',
      where: anyOf([
        active,
        { confirmBy: { greater_than_equal: start(today) } },
        { dueFrom: { less_than: start(today, 1) } },
      ]),
      sort: 'confirmBy',
    },
    { label: 'Closed', where: anyOf([{ status: { not_equals: 'active' } }]), sort: 'name' },
  ]
}

/** How many there are of each; of articles, of what readers have. */
export const countDue = (payload: Payload, collection: 'articles' | 'resources', filters: DueFilter[]) =>
  Promise.all(
    filters.map(async ({ where }) => (await payload.count({ collection, where, overrideAccess: true })).totalDocs),
  )

/** The address of a list under a filter. */
export const addressOf = (list: string, { where, sort }: DueFilter): string =>
  `${list}?${new URLSearchParams([...pairsOf('where', where), ['sort', sort]])}`

/** What a query holds, as pairs of a path in brackets and a value. */
function pairsOf(path: string, value: unknown): [string, string][] {
  if (typeof value !== 'object' || value === null) return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => pairsOf(`${path}[${key}]`, inner))
}
