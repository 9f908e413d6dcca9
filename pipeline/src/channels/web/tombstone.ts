import type { Act, Edition, EditionSummary, TombstoneJson } from 'content-schemas'
import { phrasesOf } from '../../phrases/index.ts'
import { idOf } from '../addresses.ts'
import type { RenderContext } from '../channel.ts'

type State = TombstoneJson['state']
const states: Partial<Record<Act, State>> = {
  withdraw: 'withdrawn',
  gone: 'gone',
  redirect: 'redirect',
  purge: 'purged',
}
/** Days consumers have to take their copies away. What was purged must not stand a day longer. */
const graceDays: Record<State, number> = { withdrawn: 7, gone: 7, redirect: 30, purged: 0 }
const dayLength = 86_400_000

/** What stands in place of a document that is no longer published. */
export function tombstoneJson({ edition, site, notice }: RenderContext): TombstoneJson {
  const { uid, locale, slug, at, act } = edition
  const state = states[act] ?? 'gone'
  return {
    version: 'v1',
    id: idOf(site.url, uid, locale),
    uid,
    locale,
    slug,
    state,
    notice: notice ?? phrasesOf(locale).goneNotice,
    removeBy: new Date(Date.parse(at) + graceDays[state] * dayLength).toISOString().slice(0, 10),
    edition: summaryOf(edition),
    tombstone: edition.tombstone ?? { reason: '', replacement: null, to: null },
  }
}

function summaryOf(edition: Edition): EditionSummary {
  const { uid, locale, number, stamp, act, major, changeNote, at, slug, title, contentHash } = edition
  return { uid, locale, number, stamp, act, major, changeNote, at, slug, title, contentHash }
}
