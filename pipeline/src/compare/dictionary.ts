import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Locale } from 'content-schemas'
import { decodeTrie, type ITrie } from 'cspell-trie-lib'

/*
 * Which words there are in a language, so that a slip of the pen can be told from a word that says something.
 */

/** Word lists of spelling checkers, as their packages ship them. */
const files: Record<Locale, string> = {
  en: '@cspell/dict-en_us/en_US.trie.gz',
  es: '@cspell/dict-es-es/Spanish.trie.gz',
  ar: '@cspell/dict-ar/ar.trie.gz',
}
const opened = new Map<Locale, ITrie | undefined>()

/** Whether a language has a word, however it is capitalised; undefined where its dictionary is not installed. */
export function isWord(word: string, locale: Locale): boolean | undefined {
  const dictionary = dictionaryOf(locale)
  if (!dictionary) return undefined
  const lower = word.toLowerCase()
  const spellings = new Set([word, lower, lower.replace(/^./u, (first) => first.toUpperCase()), lower.toUpperCase()])
  return [...spellings].some((spelling) => dictionary.has(spelling))
}

/** Reads a dictionary when it is first asked for: some 20 MB, and a second for the largest. */
function dictionaryOf(locale: Locale): ITrie | undefined {
  if (!opened.has(locale)) {
    const path = pathOf(files[locale])
    opened.set(locale, path === undefined ? undefined : decodeTrie(gunzipSync(readFileSync(path))))
  }
  return opened.get(locale)
}

/** Bundled code stands elsewhere than its sources: then it is looked for from where the process runs. */
const pathOf = (file: string): string | undefined =>
  [import.meta.dirname, process.cwd()].map((folder) => folder && packaged(folder, file)).find((path) => path)

function packaged(folder: string, file: string): string | undefined {
  const path = join(folder, 'node_modules', file)
  if (existsSync(path)) return path
  return folder === dirname(folder) ? undefined : packaged(dirname(folder), file)
}
