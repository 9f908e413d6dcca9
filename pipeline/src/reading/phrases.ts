import type { Span } from './passages.ts'
import { type Word, wordsOf } from './words.ts'

/** A phrase found in a text. */
export type Found<T> = Span & { value: T }

/** Between two words of one phrase. */
const between = /^[\s\-\u2010-\u2013]{1,3}$/

/**
 * Finds many phrases in a text in one pass. The longest wins, from left to right, and no two overlap; so a longer phrase
 * that is harmless keeps a shorter one inside it from being found. Case does not count, nor does a possessive ending.
 */
export class PhraseIndex<T> {
  private readonly byFirst = new Map<string, { forms: string[]; value: T }[]>()

  constructor(entries: Iterable<readonly [phrase: string, value: T]>) {
    for (const [phrase, value] of entries) {
      const forms = wordsOf(phrase).map(({ form }) => form)
      const first = forms[0]
      if (first === undefined) continue
      const same = this.byFirst.get(first) ?? []
      this.byFirst.set(
        first,
        [...same, { forms, value }].sort((a, b) => b.forms.length - a.forms.length),
      )
    }
  }

  find(text: string, words: readonly Word[] = wordsOf(text)): Found<T>[] {
    const found: Found<T>[] = []
    for (let at = 0; at < words.length; ) {
      const match = this.matchAt(text, words, at)
      if (!match) {
        at += 1
        continue
      }
      const last = words[at + match.forms.length - 1]!
      const isPossessive = last.form !== match.forms.at(-1)
      found.push({ start: words[at]!.start, end: isPossessive ? last.end - 2 : last.end, value: match.value })
      at += match.forms.length
    }
    return found
  }

  private matchAt(text: string, words: readonly Word[], at: number) {
    const { form } = words[at]!
    const bare = withoutPossessive(form)
    const candidates = [...(this.byFirst.get(form) ?? []), ...(bare === form ? [] : (this.byFirst.get(bare) ?? []))]
    return candidates.find(({ forms }) =>
      forms.every((wanted, index) => {
        const word = words[at + index]
        if (!word || (index > 0 && !between.test(text.slice(words[at + index - 1]!.end, word.start)))) return false
        return word.form === wanted || (index === forms.length - 1 && withoutPossessive(word.form) === wanted)
      }),
    )
  }
}

const withoutPossessive = (form: string): string => (form.endsWith("'s") ? form.slice(0, -2) : form)
