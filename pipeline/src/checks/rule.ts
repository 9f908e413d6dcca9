import type { Article, Document, Issue, Message, Place, Records, Site } from 'content-schemas'
import type { Passage } from '../reading/passages.ts'
import type { Policy } from './policy.ts'
import type { Survey } from './survey.ts'

/** Where nodes stand in the file a document was read from, by JSON pointer; line and column count from 1. */
export type Positions = Readonly<Record<string, { line: number; column: number }>>

export type CheckContext = {
  /** What the document refers to, as far as it exists: see `recordsOf`. */
  records: Records
  site: Site
  policy: Policy
  /** The day of the check, `YYYY-MM-DD`, UTC. */
  today: string
  positions?: Positions | undefined
}

/** What a rule looks at: the document, what it refers to, and one walk over its body and its text that all rules share. */
export type Subject<D extends Document = Document> = CheckContext & {
  document: D
  survey: Survey
  passages: readonly Passage[]
}

/** What a rule found. `pointer` says where; `severity` differs from the rule's own where the policy or a record says so. */
export type Finding = {
  pointer: string
  reason: string
  fix: string
  start?: number | undefined
  end?: number | undefined
  severity?: Message['severity']
  places?: Place[]
  replacements?: readonly string[]
}

/** One rule: its stable id, what its findings mean for a publication, and how to find them. */
export type Rule<D extends Document = Document> = {
  id: string
  severity: Message['severity']
  waivable: boolean
  find(subject: Subject<D>): Iterable<Finding>
}
export type ArticleRule = Rule<Article>
export type IssueRule = Rule<Issue>
