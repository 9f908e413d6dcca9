/*
 * Numbers with gaps and addresses inside right-to-left text: without isolation the bidirectional algorithm (UAX 9)
 * turns the groups of a telephone number around. Channels isolate these runs, each in its own way.
 * A single number ("988", "741741") and a range ("3-5") need nothing: readers of Arabic expect them as they fall.
 */
const leftToRight = new RegExp(
  [
    // An address, without the punctuation of the sentence it ends.
    String.raw`(?:https?:\/\/|www\.)[^\s<>،؛؟]*[^\s<>.,;:!?)،؛؟]`,
    String.raw`[\w.+-]+@[\w-]+(?:\.[\w-]+)+`,
    // A telephone number or a numeric date: groups of digits, seven signs or more, or an international prefix.
    String.raw`\+\d[\d ()./*#-]*\d|\(?\d[\d ()./*#-]{5,}\d`,
  ].join('|'),
  'giu',
)
const controls = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** A piece of text in one direction. `ltr`: it reads from left to right whatever stands around it. */
export type DirectedRun = { text: string; ltr: boolean }

/** Text without an author's own direction controls: an override makes a reader see another text than the one reviewed. */
export const withoutDirectionControls = (text: string): string => text.replace(controls, '')

/** Cuts text of a right-to-left language into runs. Joined they are the text without its direction controls. */
export function directedRuns(text: string): DirectedRun[] {
  const clean = withoutDirectionControls(text)
  const runs: DirectedRun[] = []
  let end = 0
  for (const match of clean.matchAll(leftToRight)) {
    if (match.index > end) runs.push({ text: clean.slice(end, match.index), ltr: false })
    runs.push({ text: match[0], ltr: true })
    end = match.index + match[0].length
  }
  if (end < clean.length) runs.push({ text: clean.slice(end), ltr: false })
  return runs
}

/** Plain text of a right-to-left language, its left-to-right runs isolated by LRI and PDI (U+2066, U+2069). */
export const isolateRuns = (text: string): string =>
  withoutDirectionControls(text).replace(leftToRight, (run) => `\u2066${run}\u2069`)
