import type { RetiredSource } from 'content-schemas'
import type { PayloadRequest } from 'payload'
import { defaultPolicy, type Policy, withWording } from 'pipeline/checks/index.ts'
import { type Row, retiredSourceOf, wordingRuleOf } from './document.ts'
import { aside } from './records.ts'

/** The rules of the house that checks ask for, as this request's transaction sees them. */
export async function policyIn(req: PayloadRequest): Promise<Policy> {
  const quiet = { depth: 0, overrideAccess: true } as const
  const row = await req.payload.findGlobal({ slug: 'editorial-policy', ...quiet, req: aside(req) })
  const { docs } = await req.payload.find({
    ...{ collection: 'wording-rules', sort: 'slug', pagination: false, ...quiet },
    req: aside(req),
  })
  const rules = docs.flatMap((rule) => wordingRuleOf(rule as unknown as Row) ?? [])
  const { readingLevel, readingLevelBlocks, wordingBlocks } = defaultPolicy
  const own: Policy = {
    readingLevel: {
      patient: row.readingLevel?.patient ?? readingLevel.patient,
      family: row.readingLevel?.family ?? readingLevel.family,
      professional: row.readingLevel?.professional ?? readingLevel.professional,
    },
    readingLevelBlocks: row.readingLevelBlocks ?? readingLevelBlocks,
    wordingBlocks: row.wordingBlocks ?? wordingBlocks,
    wording: [],
    retired: await retiredSources(req),
  }
  return withWording(own, rules)
}

/** The sources that nothing should rest on any longer. */
async function retiredSources(req: PayloadRequest): Promise<RetiredSource[]> {
  const { docs } = await req.payload.find({
    ...{ collection: 'retired-sources', sort: 'slug', pagination: false, depth: 0, overrideAccess: true },
    req: aside(req),
  })
  return docs.flatMap((row) => retiredSourceOf(row as unknown as Row) ?? [])
}
