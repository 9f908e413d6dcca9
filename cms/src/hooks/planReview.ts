import type { CollectionBeforeChangeHook, PayloadRequest } from 'payload'

/** Fill in when the next review is due from the editorial policy, once it is known when the last one was. */
export const planReview: CollectionBeforeChangeHook = async ({ data, req }) => {
  const { lastReviewed, nextReview } = data.review ?? {}
  if (!lastReviewed || nextReview) return data
  return { ...data, review: { ...data.review, nextReview: await nextReviewAfter(req, lastReviewed) } }
}

/** When a review made on a day is due again, by the editorial policy; ISO. */
export async function nextReviewAfter(req: PayloadRequest, lastReviewed: string): Promise<string> {
  const { reviewEveryMonths } = await req.payload.findGlobal({ slug: 'editorial-policy', depth: 0, req })
  return monthsAfter(lastReviewed, reviewEveryMonths ?? 24)
}

/** The same day so many months on, or the last day of that month. */
function monthsAfter(day: string, months: number): string {
  const date = new Date(day)
  const wanted = date.getUTCDate()
  date.setUTCDate(1)
  date.setUTCMonth(date.getUTCMonth() + months)
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate()
  date.setUTCDate(Math.min(wanted, lastOfMonth))
  return date.toISOString()
}
