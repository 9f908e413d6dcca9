import type { Document, Message, Place } from 'content-schemas'
import { passagesOf } from '../reading/passages.ts'
import { articleRules, issueRules, sharedRules } from './registry.ts'
import type { CheckContext, Finding, Positions, Rule, Subject } from './rule.ts'
import { survey } from './survey.ts'

export { defaultPolicy, type Policy, withWording } from './policy.ts'
export type { CheckContext, Positions, Rule, Subject } from './rule.ts'

/**
 * Checks a document against every rule for its kind: what must hold before it is published, and advice.
 * Messages stand in the order of the rules, those of one rule in the order of the document. The document must have its schema's shape; it need not be complete.
 */
export function check(document: Document, context: CheckContext): Message[] {
  const { records } = context
  const shared = { ...context, survey: survey(document, records), passages: passagesOf(document, records) }
  const own =
    document.kind === 'article' ? run(articleRules, { ...shared, document }) : run(issueRules, { ...shared, document })
  return [...own, ...run(sharedRules, { ...shared, document })]
}

function run<D extends Document>(rules: readonly Rule<D>[], subject: Subject<D>): Message[] {
  return rules.flatMap((rule) => [...rule.find(subject)].map((finding) => messageOf(rule, finding, subject.positions)))
}

function messageOf({ id, waivable, ...rule }: Omit<Rule, 'find'>, finding: Finding, positions?: Positions): Message {
  const { pointer, reason, fix, start, end, severity = rule.severity, places, replacements } = finding
  return {
    ...{ rule: id, severity, waivable, reason, fix },
    place: placeOf({ pointer, ...(start === undefined ? {} : { start, end }) }, positions),
    ...(places ? { places: places.map((place) => placeOf(place, positions)) } : {}),
    ...(replacements?.length ? { replacements: [...replacements] } : {}),
  }
}

const placeOf = (place: Place, positions: Positions | undefined): Place => ({
  ...place,
  ...positionOf(place.pointer, positions),
})

/** Line and column of a node, or of the nearest one around it that has any; what is missing is missing from line 1. */
function positionOf(pointer: string, positions: Positions | undefined): Pick<Place, 'line' | 'column'> {
  if (!positions) return {}
  for (let at = pointer; ; at = at.slice(0, at.lastIndexOf('/'))) {
    const position = positions[at]
    if (position) return position
    if (at === '') return { line: 1, column: 1 }
  }
}
