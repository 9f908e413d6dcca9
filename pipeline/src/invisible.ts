/*
 * Characters that nobody sees: direction controls, zero-width signs, soft hyphens, tags. An override makes readers see
 * another number than the one that was reviewed, and a joint inside a word hides it from every rule about words.
 */

/** What Unicode has without a shape of its own: default ignorable (UAX 44), controls of annotations and direction. */
export const invisible = /[\p{Default_Ignorable_Code_Point}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]/u
const run = new RegExp(`${invisible.source}+`, 'gu')

/** Text without them, but for those that readers do see by what they do to the letters or signs beside them. */
export function withoutInvisible(text: string): string {
  if (!invisible.test(text)) return text
  return text.replace(run, (found, at: number) => {
    const [before, after] = [text.slice(0, at), text.slice(at + found.length)]
    return useful.some(([sign, left, right]) => sign.test(found) && left.test(before) && right.test(after)) ? found : ''
  })
}

/** A sign, what has to stand before it, and what after it. */
const useful: readonly [RegExp, RegExp, RegExp][] = [
  // A joiner or non-joiner between Arabic letters, one at a time.
  [/^[\u200C\u200D]$/u, /\p{Script=Arabic}\p{M}*$/u, /^\p{Script=Arabic}/u],
  // Emoji: put together of several, and shown in colour.
  [/^\uFE0F?\u200D$/u, /[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u, /^\p{Extended_Pictographic}/u],
  [/^[\uFE0E\uFE0F]$/u, /\p{Extended_Pictographic}$/u, /^/u],
  [/^\uFE0F$/u, /[\d#*]$/u, /^\u20E3/u],
]

/** The same in every string of plain data. The state of an editor stays as it is: its normal form is without them. */
export function withoutInvisibleIn<T>(value: T): T {
  if (typeof value === 'string') return withoutInvisible(value) as T
  if (Array.isArray(value)) return value.map((item) => withoutInvisibleIn(item)) as T
  if (!isPlain(value) || 'root' in value) return value
  return Object.fromEntries(Object.entries(value).map(([key, held]) => [key, withoutInvisibleIn(held)])) as T
}

const isPlain = (value: unknown): value is Record<string, unknown> => {
  if (typeof value !== 'object' || value === null) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
