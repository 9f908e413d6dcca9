import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locale } from 'content-schemas'
import { articleFrom } from 'pipeline/body/document.ts'
import { fromMarkdown } from 'pipeline/body/markdown.ts'
import { environment } from '../environment.ts'
import { articleRow } from '../publishing/document.ts'
import type { Written } from './revision.ts'

/*
 * What a new article can start from: the Markdown files in `cms/templates`.
 */

/** A template in one language; `name` is that of its file, `title` what a menu calls it. */
export type Template = { name: string; title: string }

// From the root: the build of the admin and the programs lie elsewhere than this file.
const folderOf = (locale: Locale): string => path.join(environment().root, 'cms/templates', locale)

const read = async (locale: Locale, name: string) =>
  fromMarkdown(await readFile(path.join(folderOf(locale), `${name}.md`), 'utf8'))

/** The templates there are in a language, in the order of their file names. */
export async function templatesIn(locale: Locale): Promise<Template[]> {
  const files = (await readdir(folderOf(locale))).filter((file) => file.endsWith('.md')).sort()
  return Promise.all(
    files.map(async (file) => {
      const name = file.slice(0, -'.md'.length)
      const { frontMatter } = await read(locale, name)
      return { name, title: String(frontMatter.template ?? name) }
    }),
  )
}

/** What a template has an article say: title, summary, main message and text. Undefined if there is none of this name. */
export async function templateRow(locale: Locale, name: string): Promise<Written | undefined> {
  const known = await templatesIn(locale)
  if (!known.some((template) => template.name === name)) return undefined
  const { document } = articleFrom(await read(locale, name))
  const { title, summary, mainMessage, body } = articleRow({ ...document, locale })
  return { title, summary, mainMessage, body }
}
