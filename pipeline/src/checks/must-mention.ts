import { wordsOf } from '../reading/words.ts'
import type { ArticleRule } from './rule.ts'

export const mustMention: ArticleRule = {
  id: 'must-mention',
  severity: 'block',
  waivable: false,
  *find({ document, records, passages }) {
    const said = ` ${passages.map(({ text }) => bare(text)).join(' ')}`
    for (const uid of document.topics)
      for (const { say, words } of records.topics[uid]?.mustMention ?? []) {
        if (words.some((word) => said.includes(` ${bare(word)}`))) continue
        yield {
          pointer: '/body',
          reason: `Every article on “${records.topics[uid]?.name}” has to say ${say}; this one does not.`,
          fix: `Say it, with one of these words: ${words.join(', ')}.`,
        }
      }
  },
}

/** Words in the form they are compared in, a space between two. */
const bare = (text: string): string =>
  wordsOf(text)
    .map(({ form }) => form)
    .join(' ')
