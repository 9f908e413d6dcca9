/** A YAML value that is nothing but a number of days, such as `checkedOn: -30d` or `{nextReview: +700d}`. */
const offset = /(?<=:[ \t]+)([+-]\d{1,5})d(?=[ \t]*(?:[,}\r\n]|$))/g

/**
 * Replaces the dates of the sample, written as days from its import (`-30d`, `+700d`), by calendar days.
 * Only a YAML value that consists of such an offset is one: prose and anything in quotes stay as they are.
 * @param text A YAML file, or a Markdown file with front matter.
 * @param today The day of the import, `YYYY-MM-DD`.
 */
export function withDates(text: string, today: string): string {
  const [frontMatter, body] = partsOf(text)
  return frontMatter.replace(offset, (_, days: string) => addDays(today, Number(days))) + body
}

/** The part that is YAML, and the Markdown after it. A file that does not start with `---` is YAML throughout. */
function partsOf(text: string): [string, string] {
  const end = /^---\r?\n/.test(text) ? text.indexOf('\n---', 3) : -1
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)]
}

function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}
