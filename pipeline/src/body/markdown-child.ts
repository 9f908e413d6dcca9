import { fromMarkdown } from './markdown.ts'
import type { Answer, Question } from './read-markdown.ts'

/*
 * The process untrusted files are parsed in, started and stopped by read-markdown.ts: one question, one answer, until told to end.
 */

process.on('message', async ({ number, ...asked }: Question) => {
  const parsed = 'text' in asked ? fromMarkdown(asked.text) : await readWord(asked.word)
  process.send!({ number, parsed } satisfies Answer)
})

// Most files are Markdown, and the reader of the others takes a while to load.
async function readWord(word: string) {
  const { fromWord } = await import('./word.ts')
  return fromWord(Buffer.from(word, 'base64'))
}

process.on('disconnect', () => process.exit(0))
process.send!('ready')
