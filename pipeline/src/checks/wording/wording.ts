import type { Document, Records, WordingRule } from 'content-schemas'
import { type Passage, placeIn, type Span } from '../../reading/passages.ts'
import { type Found, PhraseIndex } from '../../reading/phrases.ts'
import { sentencesOf, wordsOf } from '../../reading/words.ts'
import type { Finding, Rule } from '../rule.ts'

export const wording: Rule = {
  id: 'wording',
  severity: 'block',
  waivable: true,
  *find({ document, records, policy, passages }) {
    const lists = listsFor(document, records, policy.wording)
    for (const passage of passages)
      for (const { value: rule, ...span } of hitsIn(passage, lists))
        yield { ...findingOf(passage, span, rule), severity: policy.wordingBlocks ? rule.severity : 'advise' }
  },
}

/** The terms to avoid in a language, and the phrases and names that hold one and are left alone. */
type Lists = { avoided: PhraseIndex<WordingRule>; harmless: PhraseIndex<string> }

function listsFor(document: Document, records: Records, rules: readonly WordingRule[]): Lists {
  const own = rules.filter(({ locale }) => locale === document.locale)
  const avoided = own.flatMap((rule) => [rule.term, ...rule.inflections].map((term) => [term, rule] as const))
  const names = Object.values(records.resources).flatMap(({ name, organization }) => [name, organization ?? ''])
  const harmless = [...names, ...own.flatMap(({ exemptions }) => exemptions)].map((phrase) => [phrase, phrase] as const)
  return { avoided: new PhraseIndex(avoided), harmless: new PhraseIndex(harmless) }
}

type Hit = Found<WordingRule>

function hitsIn(passage: Passage, { avoided, harmless }: Lists): Hit[] {
  if (passage.kind === 'quotation') return []
  const { text } = passage
  const words = wordsOf(text)
  const hits = avoided.find(text, words)
  if (hits.length === 0) return hits
  const leftAlone = [...quotedIn(text), ...harmless.find(text, words)]
  return hits.filter(
    (hit) => !leftAlone.some((span) => reachesBeyond(span, hit)) && !isName(passage, hit) && isMeant(text, hit),
  )
}

/** Whether two spans share text and the first is not a mere part of the second. */
const reachesBeyond = (span: Span, hit: Span): boolean =>
  span.start < hit.end && hit.start < span.end && !(hit.start <= span.start && span.end < hit.end)
const quotations = /“[^”]*”|"[^"]*"|«[^»]*»|‘[^’]*’(?!\p{L})/gu
const quotedIn = (text: string): Span[] =>
  [...text.matchAll(quotations)].map(({ 0: words, index }) => ({ start: index, end: index + words.length }))
const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end

/** Whether a term with a harmless meaning too stands in a sentence about its other one. */
function isMeant(text: string, hit: Hit): boolean {
  const { near } = hit.value
  if (near.length === 0) return true
  const sentence = sentencesOf(text).find((span) => holds(span, hit))
  if (!sentence) return false
  const around =
    text.slice(sentence.start, hit.start) + ' '.repeat(hit.end - hit.start) + text.slice(hit.end, sentence.end)
  return new PhraseIndex(near.map((word) => [word, word] as const)).find(around).length > 0
}

const capital = /^\p{Lu}\p{Ll}/u

/**
 * Whether a term is part of a proper name in running text: written with a capital where a sentence would not have one,
 * such as "National Institute on Drug Abuse". Titles write every word so; there only names that are known count.
 */
function isName({ text, kind }: Passage, hit: Span): boolean {
  if (kind !== 'prose') return false
  const words = wordsOf(text)
  const first = words.findIndex(({ start }) => start === hit.start)
  const inside = words.filter(({ start }) => hit.start <= start && start < hit.end)
  const isCapital = (word: Span | undefined) => word !== undefined && capital.test(text.slice(word.start, word.end))
  if (!inside.every(isCapital)) return false
  if (inside.length > 1) return true
  const [before, after] = [words[first - 1], words[first + 1]]
  if (isCapital(after) && isJoined(text, hit, after!)) return true
  return isCapital(before) && isJoined(text, before!, hit) && !startsSentence(text, before!)
}

const startsSentence = (text: string, word: Span): boolean =>
  sentencesOf(text).some(({ start }) => !/\p{L}/u.test(text.slice(start, word.start)) && start <= word.start)
const isJoined = (text: string, left: Span, right: Span): boolean => /^[ -]$/.test(text.slice(left.end, right.start))

function findingOf(passage: Passage, span: Span, { because, replacements }: WordingRule): Finding {
  const words = passage.text.slice(span.start, span.end)
  const offered = capital.test(words) ? replacements.map(capitalised) : replacements
  const place = placeIn(passage, span)
  const written = offered.map((each) => `“${each}”`).join(' or ')
  const inShared = passage.isShared ? ' Change it in the shared passage.' : ''
  return {
    ...place,
    reason: `Avoid “${words}”. ${because}`,
    fix: (written ? `Write ${written}.` : 'Say it in other words.') + inShared,
    // What stands in a shared passage cannot be replaced from here.
    ...(place.start === undefined ? {} : { replacements: offered }),
  }
}

const capitalised = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)
