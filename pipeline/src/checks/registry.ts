import type { ArticleRule, IssueRule, Rule } from './rule.ts'

/** Rules for every body. */
export const bodyRules: readonly Rule[] = []
export const articleRules: readonly ArticleRule[] = []
export const issueRules: readonly IssueRule[] = []
