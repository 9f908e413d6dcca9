import type { Audience, RetiredSource, WordingRule } from 'content-schemas'
import { starterRules } from './wording/starter-rules.ts'

/** The rules of the house, as far as checks ask for them. */
export type Policy = {
  /** School grade an adult reader of each audience should manage with. */
  readingLevel: Readonly<Record<Audience['kind'], number>>
  /** Whether what is much too hard to read stops a publication; else it is advice. */
  readingLevelBlocks: boolean
  /** Whether wording rules may stop a publication; else all of them advise. */
  wordingBlocks: boolean
  wording: readonly WordingRule[]
  /** Sources that nothing should rest on any longer. */
  retired?: readonly Pick<RetiredSource, 'url' | 'because' | 'instead'>[]
}

/** The rules of a house that has decided nothing of its own. */
export const defaultPolicy: Policy = {
  readingLevel: { patient: 8, family: 8, professional: 12 },
  readingLevelBlocks: true,
  wordingBlocks: true,
  wording: starterRules,
}

/** A house without any wording rule of its own, be it an installation or a folder, goes by the starter list. */
export const withWording = (policy: Policy, own: readonly WordingRule[]): Policy => ({
  ...policy,
  wording: own.length > 0 ? own : starterRules,
})
