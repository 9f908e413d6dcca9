import { type Locale, locales, type Site } from 'content-schemas'
import { type DefaultTreeAdapterTypes, parse } from 'parse5'
import { paths } from 'pipeline/channels/addresses.ts'
import type { ListContext } from 'pipeline/channels/channel.ts'
import { site } from 'pipeline/channels/site/index.ts'
import { compile } from 'pipeline/compile.ts'
import { phrasesOf } from 'pipeline/phrases/index.ts'
import { catalogueOf, listContext } from 'pipeline/release/catalogue.ts'
import { describe, expect, test } from 'vitest'
import { environmentFor, ids, publishedArticle, siteOf, words } from './specimen.ts'

/* The question at the end of an article. */

type Element = DefaultTreeAdapterTypes.Element
const attribute = (element: Element | undefined, name: string) =>
  element?.attrs.find((each) => each.name === name)?.value

/** All elements in their order, and the text before and in each. */
function elementsOf(html: string): Element[] {
  const problems: string[] = []
  const found: Element[] = []
  const visit = (node: DefaultTreeAdapterTypes.Node) => {
    if ('tagName' in node) found.push(node)
    if ('childNodes' in node) node.childNodes.forEach(visit)
  }
  visit(parse(html, { onParseError: ({ code }) => problems.push(code) }))
  expect(problems).toEqual([])
  return found
}
const textOf = (node: DefaultTreeAdapterTypes.Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : ''

const asking = (locale: Locale): Site => ({ ...siteOf(words[locale]), feedback: true })
async function pageIn(locale: Locale, publication = asking(locale)): Promise<string> {
  const published = publishedArticle(locale)
  const { files, failed } = await compile(published, environmentFor(locale, { site: publication }), [site])
  expect(failed).toEqual([])
  return String(files.find(({ path }) => path === paths.page(locale, published.live.slug))?.body)
}

describe.each(locales)('in %s', (locale) => {
  test('the form works without script, says whom to call above its box, and asks for no address', async () => {
    const elements = elementsOf(await pageIn(locale))
    const form = elements.find(({ tagName }) => tagName === 'form')
    expect([attribute(form, 'method'), attribute(form, 'action')]).toEqual(['post', `/${locale}/feedback`])
    const inside = elements.filter((element) => {
      for (let at = element.parentNode; at; at = 'parentNode' in at ? (at.parentNode as never) : null)
        if (at === form) return true
      return false
    })
    const fields = inside.filter(({ tagName }) => ['input', 'textarea'].includes(tagName))
    expect(fields.map((field) => [attribute(field, 'name'), attribute(field, 'type')])).toEqual([
      ['uid', 'hidden'],
      ['stamp', 'hidden'],
      ['helpful', 'radio'],
      ['helpful', 'radio'],
      ['comment', undefined],
      ['website', 'text'],
    ])
    expect(attribute(fields[0], 'value')).toBe(ids.article)
    const notice = inside.findIndex((element) => attribute(element, 'class') === 'notice')
    const box = inside.findIndex(({ tagName }) => tagName === 'textarea')
    expect(notice).toBeGreaterThan(0)
    expect(notice).toBeLessThan(box)
    const [before] = phrasesOf(locale).nobodyReadsThis('|').split('|')
    expect(textOf(inside[notice]!)).toContain(before)
    expect(inside.slice(notice, box).map((element) => attribute(element, 'href'))).toContain('tel:911')
    // Whatever is asked has a label of its own.
    const labels = elements.filter(({ tagName }) => tagName === 'label').map((label) => attribute(label, 'for'))
    expect(labels).toEqual(expect.arrayContaining(['feedback-comment', 'feedback-website']))
  })

  test('its answers are pages that say whom to call, for nobody to find', () => {
    const context = listContext(catalogueOf([]), { ...asked(locale) })
    const lists = site.lists!(context)
    for (const path of [paths.feedback(locale), paths.feedbackNotSent(locale)]) {
      const html = String(lists.find((list) => list.path === path)!.render().body)
      const elements = elementsOf(html)
      expect(elements.filter(({ tagName }) => tagName === 'form')).toEqual([])
      expect(elements.map((element) => attribute(element, 'href'))).toContain('tel:911')
      expect(html).toContain('<meta name="robots" content="noindex">')
    }
  })
})

const asked = (locale: Locale): Omit<ListContext, 'rows' | 'groups'> => ({
  ...{ site: asking(locale), locale, locales: [...locales], today: '2026-03-01' },
})

test('a site that does not ask has neither form nor pages', async () => {
  expect(await pageIn('en', siteOf(words.en))).not.toContain('<form')
  const lists = site.lists!(listContext(catalogueOf([]), { ...asked('en'), site: siteOf(words.en) }))
  expect(lists.map(({ path }) => path)).not.toContain(paths.feedback('en'))
})
