import type { RecordKind } from 'content-schemas'
import { wordFor } from '../transformers/records.ts'
import type { ArticleRule, Rule } from './rule.ts'

export const missingRecord: Rule = {
  id: 'missing-record',
  severity: 'block',
  waivable: false,
  *find({ survey, records }) {
    for (const { kind, uid, pointer } of survey.uses) {
      // Whether an article is published is known where editions are.
      if (kind === 'articles' || records[kind as RecordKind][uid]) continue
      yield {
        pointer,
        reason: `The ${wordFor[kind]} that should stand here (${uid}) does not exist in this language.`,
        fix: `Write it in this language, choose another ${wordFor[kind]}, or remove the reference.`,
      }
    }
  },
}

export const unknownSource: ArticleRule = {
  id: 'unknown-source',
  severity: 'block',
  waivable: false,
  *find({ document, survey }) {
    const known = new Set(document.sources.map(({ id }) => id))
    for (const { node, pointer } of survey.shown) {
      if (node.type !== 'citation' || known.has(node.source)) continue
      yield {
        pointer,
        reason: `A citation names the source “${node.source}”, which is not in the list of sources.`,
        fix: 'Add the source, or let the citation name one that is there.',
      }
    }
  },
}
