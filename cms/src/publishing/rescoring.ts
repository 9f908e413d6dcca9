import type { Article, Edition, Locale, Message, WordingRule } from 'content-schemas'
import type { PayloadRequest } from 'payload'
import { check, type Policy } from 'pipeline/checks/index.ts'
import { waiverOf } from 'pipeline/checks/waivers.ts'
import { dayOf } from 'pipeline/clock.ts'
import { clockOf } from './clock.ts'
import { liveEdition } from './editions.ts'
import { policyIn } from './policy.ts'
import { aside, siteIn } from './records.ts'

/*
 * What the rules of the house say of what is published: advice, for a person to act on. A changed rule never unpublishes.
 */

/** What rules say of one published article. What would block a publication advises here. */
export type Rescored = { uid: string; locale: Locale; title: string; slug: string; messages: Message[] }
export type Rescoring = { /** Published articles that were looked at. */ articles: number; found: Rescored[] }

/** Rules of the house that are to be others; what is absent stays as it is. */
export type ChangedRules = {
  /** Takes the place of the rule with its uid, or comes besides. */
  wordingRule?: WordingRule
  /** Takes the place of all wording rules. */
  wording?: readonly WordingRule[]
  policy?: Partial<Pick<Policy, 'readingLevel' | 'readingLevelBlocks' | 'wordingBlocks'>>
}

/** What the rules of today say of everything that is published. */
export async function rescore(req: PayloadRequest): Promise<Rescoring> {
  const policy = await policyIn(req)
  return overPublished(req, (edition, today, site) => found(edition, policy, today, site))
}

/** What changed rules would say of what is published that the rules of today do not: a dry run, which writes nothing. */
export async function dryRun(req: PayloadRequest, changed: ChangedRules): Promise<Rescoring> {
  const policy = await policyIn(req)
  const after = changedPolicy(policy, changed)
  return overPublished(req, (edition, today, site) => {
    const said = new Set(found(edition, policy, today, site).map(keyOf))
    return found(edition, after, today, site).filter((message) => !said.has(keyOf(message)))
  })
}

function changedPolicy(policy: Policy, { wordingRule, wording, policy: more }: ChangedRules): Policy {
  const rules = wording ?? policy.wording
  if (!wordingRule) return { ...policy, ...more, wording: rules }
  return { ...policy, ...more, wording: [...rules.filter(({ uid }) => uid !== wordingRule.uid), wordingRule] }
}

const keyOf = ({ rule, severity, reason, place: { pointer, start } }: Message): string =>
  JSON.stringify([rule, severity, reason, pointer, start])

type Published = Edition & { document: Article; records: NonNullable<Edition['records']> }
type Site = Awaited<ReturnType<typeof siteIn>>

function found({ document, records, waivers }: Published, policy: Policy, today: string, site: Site): Message[] {
  return check(document, { records, site, policy, today })
    .filter((message) => !waiverOf(message, document, waivers))
    .map((message) => ({ ...message, severity: 'advise' }))
}

async function overPublished(
  req: PayloadRequest,
  look: (edition: Published, today: string, site: Site) => Message[],
): Promise<Rescoring> {
  const today = dayOf(clockOf(req.payload).now())
  const sites = new Map<Locale, Site>()
  const result: Rescoring = { articles: 0, found: [] }
  for await (const { document, records, ...edition } of publishedArticles(req)) {
    if (document?.kind !== 'article' || !records) continue
    const { uid, locale, title, slug } = edition
    const site = sites.get(locale) ?? (await siteIn(req, locale))
    sites.set(locale, site)
    result.articles += 1
    const messages = look({ ...edition, document, records }, today, site)
    if (messages.length > 0) result.found.push({ uid, locale, title, slug, messages })
  }
  return result
}

const batch = 100

/** The live edition of every published article. */
export async function* publishedArticles(req: PayloadRequest): AsyncGenerator<Edition> {
  for (let page = 1; ; page++) {
    const { docs, hasNextPage } = await req.payload.find({
      collection: 'articles',
      where: { _status: { equals: 'published' } },
      select: { uid: true, locale: true },
      ...{ sort: 'id', limit: batch, page, depth: 0, overrideAccess: true, req: aside(req) },
    })
    for (const { uid, locale } of docs) {
      const live = await liveEdition(req, { uid, locale })
      if (live) yield live
    }
    if (!hasNextPage) return
  }
}
