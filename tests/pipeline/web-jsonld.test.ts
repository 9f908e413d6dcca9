import { type ArticleJson, locales } from 'content-schemas'
import { paths } from 'pipeline/channels/addresses.ts'
import { web } from 'pipeline/channels/web/index.ts'
import { compile } from 'pipeline/compile.ts'
import { describe, expect, test } from 'vitest'
import { schemaOrgProblems } from './schema-org.ts'
import { environmentFor, publishedArticle } from './specimen.ts'
import { rowAt } from './web-rows.ts'

async function jsonldOf(locale: (typeof locales)[number]): Promise<Record<string, unknown>> {
  const published = publishedArticle(locale)
  const sibling = rowAt(7, { uid: published.live.uid, locale: locale === 'en' ? 'es' : 'en' })
  const { files } = await compile(published, environmentFor(locale, { translations: () => [sibling] }), [web])
  const file = files.find(({ path }) => path === paths.article(locale, published.live.slug, 'json'))
  return (JSON.parse(String(file?.body)) as ArticleJson).jsonld
}

describe.each(locales)('JSON-LD in %s', (locale) => {
  test('is schema.org to a processor and by its vocabulary', async () => {
    expect(await schemaOrgProblems(await jsonldOf(locale))).toEqual([])
  })
})

describe('the vocabulary', () => {
  test.each([
    ['a property of another type', { reviewedBy: { '@type': 'Person', dosageForm: 'x' } }, 'Person has no dosageForm'],
    [
      'a value of another type',
      { reviewedBy: { '@type': 'Recipe', name: 'x' } },
      'MedicalWebPage.reviewedBy cannot be a Recipe',
    ],
    ['a word for a thing', { hasPart: 'x' }, 'MedicalWebPage.hasPart cannot be a string'],
  ])('refuses %s', async (_, change, problem) => {
    expect(await schemaOrgProblems({ ...(await jsonldOf('en')), ...change })).toContain(problem)
  })

  test.each([
    ['a property', { reviewdBy: 'x' }],
    ['a type', { about: [{ '@type': 'MedicalCondtion', name: 'x' }] }],
  ])('lets no misspelt name of %s pass', async (_, change) => {
    const checked = schemaOrgProblems({ ...(await jsonldOf('en')), ...change })
    const outcome = await checked.catch((error: Error) => [error.message])
    expect(outcome).not.toEqual([])
  })
})
