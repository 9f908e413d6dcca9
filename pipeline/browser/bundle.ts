import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { locales } from 'content-schemas'
import { build } from 'esbuild'
import { phrasesOf } from '../src/phrases/index.ts'

/** The programs by their names, and where each begins. The client is that of the package, for whoever installs nothing. */
const programs = {
  exit: './exit.ts',
  finder: './finder.ts',
  search: './search.ts',
  embed: './embed.ts',
  client: '../../content-schemas/src/client/index.ts',
}
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const generated = here('../src/channels/site/scripts.generated.ts')

/** The module that holds the scripts as text. A test checks that what is committed is current. */
export async function bundleScripts(): Promise<string> {
  const bundled = await Promise.all(
    Object.entries(programs).map(async ([name, entry]) => `  ${name}: ${JSON.stringify(await bundle(entry))},\n`),
  )
  return `// Written by \`npm run scripts --workspace pipeline\` from pipeline/browser/. Do not edit.
export const scripts = {\n${bundled.join('')}} as const\n`
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here(entry)],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome109', 'firefox115', 'safari16.4'],
    charset: 'utf8',
    legalComments: 'inline',
    write: false,
    logLevel: 'error',
    define: {
      WORDS: JSON.stringify(Object.fromEntries(locales.map((locale) => [locale, wordsOf(locale)]))),
      DAYS: JSON.stringify({ en: 'en-GB', es: 'es', ar: 'ar-u-nu-latn' }),
      STYLES: JSON.stringify(readFileSync(here('embed.css'), 'utf8').replace(/\n/g, '')),
    },
  })
  return outputFiles[0]!.text
}

function wordsOf(locale: (typeof locales)[number]) {
  const { reviewedBy, lastReviewed, nextReview, readOnTheWeb, comma } = phrasesOf(locale)
  return { reviewedBy, lastReviewed, nextReview, readOnTheWeb, comma }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(generated, await bundleScripts())
