import { fromMarkdown } from './markdown.ts'
import type { Answer, Question } from './read-markdown.ts'

/*
 * The process untrusted Markdown is parsed in, started and stopped by read-markdown.ts: one question, one answer, until told to end.
 */

process.on('message', ({ number, text }: Question) => {
  const answer: Answer = { number, parsed: fromMarkdown(text) }
  process.send!(answer)
})
process.on('disconnect', () => process.exit(0))
process.send!('ready')
