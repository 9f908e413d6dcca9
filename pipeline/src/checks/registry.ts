import { blockNesting, duplicateId, emptyBlock } from './blocks.ts'
import {
  audienceMissing,
  issueEmpty,
  mainMessageMissing,
  resourceClosed,
  sourcesMissing,
  subjectMissing,
  summaryMissing,
  topicMissing,
  urgentHelpMissing,
} from './completeness.ts'
import { headingOrder, sectionEmpty } from './headings.ts'
import { linkInsecure, linkProtocol, linkText } from './links.ts'
import { bylineLogin, bylineMissing, reviewDates, reviewerIsAuthor, reviewerMissing } from './people.ts'
import { alternativeText } from './pictures.ts'
import { missingRecord, unknownSource } from './references.ts'
import type { ArticleRule, IssueRule, Rule } from './rule.ts'
import { titleNumber } from './title-number.ts'

/** Rules for what every document holds. */
export const sharedRules: readonly Rule[] = [
  missingRecord,
  resourceClosed,
  blockNesting,
  emptyBlock,
  duplicateId,
  headingOrder,
  sectionEmpty,
  alternativeText,
  linkText,
  linkProtocol,
  linkInsecure,
]

export const articleRules: readonly ArticleRule[] = [
  summaryMissing,
  mainMessageMissing,
  audienceMissing,
  topicMissing,
  urgentHelpMissing,
  sourcesMissing,
  unknownSource,
  bylineMissing,
  bylineLogin,
  reviewerMissing,
  reviewerIsAuthor,
  reviewDates,
  titleNumber,
]

export const issueRules: readonly IssueRule[] = [subjectMissing, issueEmpty]
