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
import { dangerWords } from './danger-words.ts'
import { headingOrder, sectionEmpty } from './headings.ts'
import { hiddenCharacter } from './hidden-characters.ts'
import { languageMixed } from './language.ts'
import { linkInsecure, linkProtocol, linkText } from './links.ts'
import { mustMention } from './must-mention.ts'
import { overclaim, pressure } from './overclaims.ts'
import { bylineLogin, bylineMissing, reviewDates, reviewerIsAuthor, reviewerMissing } from './people.ts'
import { alternativeText } from './pictures.ts'
import { placeholder } from './placeholders.ts'
import { readingLevel } from './reading-level.ts'
import { missingRecord, unknownSource } from './references.ts'
import { sourceRetired } from './retired-sources.ts'
import type { ArticleRule, IssueRule, Rule } from './rule.ts'
import { titleNumber } from './title-number.ts'
import { wording } from './wording/wording.ts'

/** Rules for what every document holds. */
export const sharedRules: readonly Rule[] = [
  missingRecord,
  resourceClosed,
  blockNesting,
  emptyBlock,
  placeholder,
  hiddenCharacter,
  duplicateId,
  headingOrder,
  sectionEmpty,
  alternativeText,
  linkText,
  linkProtocol,
  linkInsecure,
  languageMixed,
  wording,
  overclaim,
  pressure,
]

export const articleRules: readonly ArticleRule[] = [
  summaryMissing,
  mainMessageMissing,
  audienceMissing,
  topicMissing,
  urgentHelpMissing,
  sourcesMissing,
  unknownSource,
  sourceRetired,
  bylineMissing,
  bylineLogin,
  reviewerMissing,
  reviewerIsAuthor,
  reviewDates,
  titleNumber,
  mustMention,
  dangerWords,
  readingLevel,
]

export const issueRules: readonly IssueRule[] = [subjectMissing, issueEmpty]
