import type { ArticleRule, Finding } from './rule.ts'

/*
 * Who wrote it, who reviewed it, and until when that holds.
 */

export const bylineMissing: ArticleRule = {
  id: 'byline-missing',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.authors.length > 0) return
    yield {
      pointer: '/authors',
      reason: 'No person is named as author, so readers cannot tell who speaks.',
      fix: 'Choose at least one person with name and credentials; the name of a login is no author.',
    }
  },
}

export const bylineLogin: ArticleRule = {
  id: 'byline-login',
  severity: 'block',
  waivable: false,
  *find({ document, records }) {
    for (const [index, uid] of document.authors.entries()) {
      const name = records.people[uid]?.name
      if (!name || !looksLikeLogin(name)) continue
      yield {
        pointer: `/authors/${index}`,
        reason: `“${name}” looks like the name of a login, not of a person.`,
        fix: 'Give the person their full name, or choose another author.',
      }
    }
  },
}

// One word that starts small, or holds what names do not: "newadmin", "editor2", "j_smith", "jo@example.org".
const looksLikeLogin = (name: string): boolean => /^\S+$/.test(name) && /^\p{Ll}|[\d@_]/u.test(name)

export const reviewerMissing: ArticleRule = {
  id: 'reviewer-missing',
  severity: 'block',
  waivable: false,
  *find({ document }) {
    if (document.review.reviewer) return
    yield {
      pointer: '/review/reviewer',
      reason: 'Nobody has reviewed this. Guidance about health needs a named reviewer.',
      fix: 'Ask a clinical reviewer to read and approve it.',
    }
  },
}

export const reviewerIsAuthor: ArticleRule = {
  id: 'reviewer-is-author',
  severity: 'block',
  waivable: false,
  *find({ document, records }) {
    const { reviewer } = document.review
    if (!reviewer || !document.authors.includes(reviewer)) return
    yield {
      pointer: '/review/reviewer',
      reason: `${records.people[reviewer]?.name ?? 'The reviewer'} is also an author, and nobody sees their own mistakes.`,
      fix: 'Choose a reviewer who did not write it.',
    }
  },
}

/** Longest time between two reviews, years. */
const longestInterval = 3

export const reviewDates: ArticleRule = {
  id: 'review-dates',
  severity: 'block',
  waivable: false,
  *find({ document, today }) {
    const { reviewer, lastReviewed, nextReview } = document.review
    // Nobody reviewed it yet: the missing reviewer says so.
    if (!reviewer && !lastReviewed && !nextReview) return
    yield* lastReviewedFindings(lastReviewed, today)
    yield* nextReviewFindings(lastReviewed ?? today, nextReview, today)
  },
}

function* lastReviewedFindings(lastReviewed: string | null, today: string): Iterable<Finding> {
  const pointer = '/review/lastReviewed'
  if (!lastReviewed)
    yield { pointer, reason: 'It is not said when this was reviewed.', fix: 'Enter the day of the review.' }
  else if (lastReviewed > today)
    yield {
      pointer,
      reason: `The day of the review, ${lastReviewed}, is still to come.`,
      fix: 'Enter the day on which the reviewer read it.',
    }
}

function* nextReviewFindings(from: string, nextReview: string | null, today: string): Iterable<Finding> {
  const pointer = '/review/nextReview'
  const latest = `${Number(from.slice(0, 4)) + longestInterval}${from.slice(4)}`
  if (!nextReview)
    yield {
      pointer,
      reason: 'It is not said when the next review is due.',
      fix: `Enter a day in the next ${longestInterval} years.`,
    }
  else if (nextReview <= today)
    yield {
      pointer,
      reason: `The next review was due on ${nextReview}.`,
      fix: 'Have it reviewed, then enter the day of the next review.',
    }
  else if (nextReview > latest)
    yield {
      pointer,
      reason: `The next review, ${nextReview}, is more than ${longestInterval} years after the last.`,
      fix: `Enter a day no later than ${latest}.`,
    }
}
