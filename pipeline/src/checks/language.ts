import type { Locale } from 'content-schemas'
import type { Rule } from './rule.ts'

/** A passage in another language than the document's: readers, screen readers and voices take it for theirs. */
export const languageMixed: Rule = {
  id: 'language-mixed',
  severity: 'block',
  // Words of a law or a form may have to stand in their own language.
  waivable: true,
  *find({ document: { locale }, passages }) {
    for (const { text, kind, pointer, isShared } of passages) {
      if (kind === 'quotation') continue
      const found = isTitle(kind) ? languageOfTitle(text, locale) : languageOf(text, locale)
      if (!found) continue
      const start = text.length > shown ? `${text.slice(0, shown).trimEnd()}…` : text
      yield {
        pointer,
        reason: `“${start}” reads as ${found}, and this is ${names[locale]}.`,
        fix: isShared ? 'Translate the shared passage.' : 'Translate it.',
      }
    }
  },
}

const isTitle = (kind: string): boolean => kind === 'title'

/** How much of a passage a message shows, characters. */
const shown = 60

const names = { en: 'English', es: 'Spanish', ar: 'Arabic' } as const
type Name = (typeof names)[Locale]

/** The other language a passage is in; undefined for the document's own and for what is too short to tell, such as a name. */
function languageOf(text: string, locale: Locale): Name | undefined {
  const script = languageByScript(text, locale)
  if (script) return script
  const other = otherLatin(locale)
  const [own, foreign] = [countIn(text, locale), other ? countIn(text, other) : 0]
  return other && foreign >= 4 && foreign > 3 * own ? names[other] : undefined
}

/** A title is short, and so are its signs. */
function languageOfTitle(text: string, locale: Locale): Name | undefined {
  const script = languageByScript(text, locale)
  if (script) return script
  const other = otherLatin(locale)
  return other && countIn(text, locale) === 0 && countIn(text, other) >= 2 ? names[other] : undefined
}

const otherLatin = (locale: Locale): 'en' | 'es' | undefined =>
  locale === 'en' ? 'es' : locale === 'es' ? 'en' : undefined

/** Three words or more of which hardly any is in the document's script. */
function languageByScript(text: string, locale: Locale): Name | undefined {
  const arabic = text.match(/\p{Script=Arabic}{2,}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}{2,}/gu)?.length ?? 0
  if (locale !== 'ar') return arabic >= 3 && arabic > 2 * latin ? names.ar : undefined
  if (latin < 3 || latin <= 2 * arabic) return undefined
  return countIn(text, 'es') > countIn(text, 'en') ? names.es : names.en
}

const countIn = (text: string, locale: Locale): number =>
  (text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? []).filter((word) => functionWords[locale].has(word)).length

/** The small words that no sentence is without and that the other language does not have. */
const functionWords: Record<Locale, ReadonlySet<string>> = {
  en: words(
    'the and of to is are you your that with for it this or have has if not can from be will when what how they them who was at by get need',
  ),
  es: words(
    'el la los las de del que y en un una es son por con para su sus se al si más está están usted puede pueden como cuando lo le pero o esta este qué cómo',
  ),
  ar: new Set(),
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(' '))
}
