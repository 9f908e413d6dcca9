import { type ChildProcess, fork } from 'node:child_process'
import { open } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Message } from 'content-schemas'
import { limitMessage, limits, tooLarge } from './limits.ts'
import type { ParsedMarkdown } from './markdown.ts'
import type { WordPicture } from './word.ts'

/** A file, read: Markdown, or a Word document with its pictures. */
export type ParsedFile = ParsedMarkdown & { pictures?: WordPicture[] }

export type MarkdownReader = {
  /**
   * Reads a file: a Word document if it is called `.docx`, else Markdown. What is wrong with the file, a limit it exceeds included, is a message with an empty tree;
   * a file that cannot be opened rejects. Files are read one after the other, in the order of the calls.
   */
  read(path: string): Promise<ParsedFile>
  /** Ends the child; reads that wait reject. */
  close(): void
}
export type MarkdownReaderOptions = {
  /** Entry of the child; by default `markdown-child` beside this module. */
  child?: string | URL | undefined
  milliseconds?: number | undefined
  megabytes?: number | undefined
}

/** Reads one Markdown file of people you do not know, in a child process that is ended when it takes too long or too much. */
export async function readMarkdown(path: string, options: MarkdownReaderOptions = {}): Promise<ParsedMarkdown> {
  const reader = markdownReader(options)
  try {
    return await reader.read(path)
  } finally {
    reader.close()
  }
}

/** The same for many files: one child reads them all, and is replaced after a file it did not survive. */
export function markdownReader(options: MarkdownReaderOptions = {}): MarkdownReader {
  const { child: entry = defaultEntry(), milliseconds = limits.milliseconds, megabytes = limits.megabytes } = options
  let child: Promise<ChildProcess> | undefined
  let last: Promise<unknown> = Promise.resolve()
  let isClosed = false

  async function read(path: string): Promise<ParsedFile> {
    const asked = isWord(path) ? await readBytes(path) : await readText(path)
    if ('rule' in asked) return refused(asked)
    const end = await ask(await running(path), asked, milliseconds)
    if ('parsed' in end) return end.parsed
    child = undefined
    if (isClosed) throw new Error(`Stopped reading ${path}: the reader was closed.`)
    return refused(end.isTimeout ? tooSlow(milliseconds) : tooBig(megabytes))
  }

  async function running(path: string): Promise<ChildProcess> {
    if (isClosed) throw new Error(`Cannot read ${path}: the reader is closed.`)
    // One that ended by itself meanwhile is replaced as well.
    if (!(await child)?.connected) child = start(entry, megabytes)
    return child!
  }

  return {
    read(path) {
      const result = last.then(() => read(path))
      last = result.catch(() => undefined)
      return result
    },
    close() {
      isClosed = true
      child?.then((process) => process.kill('SIGKILL')).catch(() => undefined)
    },
  }
}

/** What goes to the child, and what comes back. */
export type Question = { number: number } & Asked
type Asked = { text: string } | { word: string }
export type Answer = { number: number; parsed: ParsedFile }

// Beside this module, whether it is a source or a bundle.
const defaultEntry = (): string =>
  import.meta.url.replace(/[^/]*$/, import.meta.url.endsWith('.ts') ? 'markdown-child.ts' : 'markdown-child.js')

function start(entry: string | URL, megabytes: number): Promise<ChildProcess> {
  const path = String(entry).startsWith('file:') ? fileURLToPath(entry) : String(entry)
  const child = fork(path, [], {
    execArgv: [`--max-old-space-size=${megabytes}`, ...loaderFor(path)],
    // What a parser out of memory writes as it dies is in the message already.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { PATH: process.env.PATH, NODE_ENV: process.env.NODE_ENV },
  })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('error', reject)
    child.once('exit', (code) => {
      reject(new Error(`The Markdown parser at ${path} did not start (exit code ${code}). Is it built?`))
    })
  })
}

// Looked up from the child, not from here, so that the build of the admin does not take the loader along.
const loaderFor = (path: string): string[] =>
  path.endsWith('.ts') ? ['--import', pathToFileURL(createRequire(path).resolve('tsx')).href] : []

let questions = 0

/** One question to the child, and its answer; a child that does not answer in time, or ends, is ended. */
function ask(child: ChildProcess, asked: Asked, milliseconds: number): Promise<Answer | { isTimeout: boolean }> {
  const number = ++questions
  return new Promise((resolve) => {
    const settle = (end: Answer | { isTimeout: boolean }) => {
      clearTimeout(timer)
      child.off('message', receive)
      child.off('exit', exit)
      if (!('parsed' in end)) child.kill('SIGKILL')
      resolve(end)
    }
    const receive = (answer: Answer) => answer.number === number && settle(answer)
    const exit = () => settle({ isTimeout: false })
    const timer = setTimeout(() => settle({ isTimeout: true }), milliseconds)
    child.on('message', receive)
    child.on('exit', exit)
    child.send({ number, ...asked } satisfies Question, (error) => error && exit())
  })
}

/** The text of a file, or the message that refuses it; reads no more of it than the limit. */
async function readText(path: string): Promise<{ text: string } | Message> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > limits.bytes) return tooLarge(size)
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile()) }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    return limitMessage('encoding', 'The file is no UTF-8 text.', 'Save it as UTF-8.', 1)
  } finally {
    await file.close()
  }
}

const isWord = (path: string): boolean => /\.docx$/i.test(path)

/** The bytes of a Word document, base 64, or the message that refuses it. */
async function readBytes(path: string): Promise<{ word: string } | Message> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    if (size > limits.wordBytes) return tooLarge(size, limits.wordBytes)
    return { word: (await file.readFile()).toString('base64') }
  } finally {
    await file.close()
  }
}

const refused = (message: Message): ParsedMarkdown => ({
  frontMatter: {},
  tree: { type: 'root', children: [] },
  messages: [message],
  positions: {},
})

const tooSlow = (milliseconds: number): Message =>
  limitMessage(
    'limit-time',
    `Reading the file takes longer than ${milliseconds / 1000} s, which no text written by people does.`,
    'Look for marks nested or repeated thousands of times, and remove them.',
    1,
  )

const tooBig = (megabytes: number): Message =>
  limitMessage(
    'limit-memory',
    `Reading the file takes more than ${megabytes} MB of memory, or broke the parser.`,
    'Look for marks nested or repeated thousands of times, and split the file.',
    1,
  )
