import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { locales } from 'content-schemas'
import { build } from 'esbuild'
import { phrasesOf } from '../src/phrases/index.ts'

const names = ['exit', 'finder', 'search', 'embed'] as const
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const generated = here('../src/channels/site/scripts.generated.ts')

/** The module that holds the scripts as text. A test checks that what is committed is current. */
export async function bundleScripts(): Promise<string> {
  const bundled = await Promise.all(names.map(async (name) => `  ${name}: ${JSON.stringify(await bundle(name))},\n`))
  return `// Written by \`npm run scripts --workspace pipeline\` from pipeline/browser/. Do not edit.
export const scripts = {\n${bundled.join('')}} as const\n`
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here(`${name}.ts`)],
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
