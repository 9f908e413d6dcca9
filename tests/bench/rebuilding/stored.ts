import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Edition, Locale, Site } from 'content-schemas'
import type { Change, Published, PublishedSource } from 'pipeline/source.ts'

/*
 * A publication on disk, which gives a document as a database does: as text that has to be read and parsed. Making one
 * up takes longer than that, and would count as the pipeline's work.
 */

type Head = { changes: Change[]; sites: Record<Locale, Site>; assets: Record<string, string> }

const pathOf = (folder: string, uid: string, locale: Locale) => join(folder, `${uid}.${locale}.json`)

/** Writes what a source has. */
export async function storeSource(
  source: PublishedSource,
  folder: string,
  { locales, assets }: { locales: readonly Locale[]; assets: readonly string[] },
): Promise<void> {
  await mkdir(folder, { recursive: true })
  const changes: Change[] = []
  for await (const change of source.changes(0)) {
    changes.push(change)
    const document = await source.document(change.uid, change.locale)
    await writeFile(pathOf(folder, change.uid, change.locale), JSON.stringify(document))
  }
  const sites = Object.fromEntries(
    await Promise.all(locales.map(async (locale) => [locale, await source.site(locale)])),
  )
  const bytes = await Promise.all(
    assets.map(async (hash) => [hash, Buffer.from((await source.asset(hash))!).toString('base64')]),
  )
  const head: Head = { changes, sites, assets: Object.fromEntries(bytes) }
  await writeFile(join(folder, 'head.json'), JSON.stringify(head))
}

/** A stored source whose documents have one edition each. */
export async function storedSource(folder: string): Promise<PublishedSource> {
  const { changes, sites, assets } = JSON.parse(await readFile(join(folder, 'head.json'), 'utf8')) as Head
  return {
    async *changes(after) {
      for (const change of changes) if (change.cursor > after) yield change
    },
    async *assurances() {},
    document: async (uid, locale) => JSON.parse(await readFile(pathOf(folder, uid, locale), 'utf8')) as Published,
    edition: async (): Promise<Edition | undefined> => undefined,
    site: async (locale) => sites[locale],
    asset: async (hash) => (assets[hash] === undefined ? undefined : Buffer.from(assets[hash], 'base64')),
  }
}
