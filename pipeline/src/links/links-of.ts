import type { Document, Message, Place, Records } from 'content-schemas'
import { survey } from '../checks/survey.ts'
import type { Probe } from './probe.ts'

/** A link of a document, and where it stands. */
export type LinkAt = { url: string; place: Place }

/** The pages a document leads to: its sources, links, and those of the records it shows, at the place of these. */
export function linksOf(document: Document, records: Records): LinkAt[] {
  const { shown, uses } = survey(document, records)
  const links: LinkAt[] = []
  const add = (url: string | undefined, pointer: string) => {
    if (url && /^https?:/i.test(url)) links.push({ url, place: { pointer } })
  }
  if (document.kind === 'article')
    for (const [index, { url }] of document.sources.entries()) add(url, `/sources/${index}/url`)
  for (const { node, pointer } of shown) if (node.type === 'link') add(node.url, pointer)
  for (const { kind, uid, pointer } of uses) {
    if (kind === 'resources') add(records.resources[uid]?.url, pointer)
    if (kind === 'calls-to-action') add(records['calls-to-action'][uid]?.url, pointer)
  }
  return links.filter((link, index) => links.findIndex((other) => isSame(link, other)) === index)
}

const isSame = (one: LinkAt, other: LinkAt): boolean =>
  one.url === other.url && one.place.pointer === other.place.pointer

/** What a person should know of a link, as advice; nothing of one that is as it should be. */
export function messageOfProbe({ url, place }: LinkAt, probe: Probe | undefined): Message[] {
  if (!probe || probe.state === 'alive') return []
  const fix = {
    moved: 'Read the page there, and give its new address.',
    dead: 'Find where the page is now, or rest on something else.',
    unsure: 'Open it in a browser.',
    barred: 'Give an address that everybody can reach.',
  }[probe.state]
  return [
    {
      ...{ rule: `link-${probe.state}`, severity: 'advise', waivable: false, place, fix },
      reason: `${url}: ${probe.says}`,
    },
  ]
}
