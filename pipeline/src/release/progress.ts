import type { Progress } from './next-release.ts'

const words: Record<Progress['what'], string> = {
  rows: 'documents looked at',
  documents: 'documents compared',
  handouts: 'documents typeset',
  encodings: 'files compressed',
}

/**
 * Tells the progress of long work in a line every so many milliseconds, with how long it may still take at the pace of
 * what is done. Work that takes less goes without a word.
 */
export function progressTo(
  tell: (line: string) => void,
  every: number,
  now: () => number = Date.now,
): (progress: Progress) => void {
  let began = { what: '', done: 0, at: 0 }
  let last = 0
  return ({ what, done, total }) => {
    const at = now()
    if (began.what !== what || done < began.done) {
      began = { what, done, at }
      last = at
    }
    if (at - last < every) return
    last = at
    const left = (total - done) * ((at - began.at) / (done - began.done))
    tell(`${done} of ${total} ${words[what]}${done > began.done ? `, about ${durationOf(left)} left` : ''}`)
  }
}

const durationOf = (milliseconds: number): string =>
  milliseconds < 90_000
    ? inUnits(Math.ceil(milliseconds / 1000), 'second')
    : inUnits(Math.ceil(milliseconds / 60_000), 'minute')

const inUnits = (number: number, unit: string): string => `${number} ${unit}${number === 1 ? '' : 's'}`
