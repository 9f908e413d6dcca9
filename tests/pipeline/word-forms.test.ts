import MiniSearch from 'minisearch'
import { fold, indexedForms, searchedForms } from 'pipeline/word-forms.ts'
import { describe, expect, test } from 'vitest'

test.each([
  ['Médico', 'medico'],
  ['NIÑO', 'nino'],
  ['me\u0301dico', 'medico'],
  ['أفيون', 'افيون'],
  ['إدمان', 'ادمان'],
  ['آلام', 'الام'],
  ['جرعة', 'جرعه'],
  ['مستشفى', 'مستشفي'],
  ['اِسْتِشَارَة', 'استشاره'],
  ['جـــرعة', 'جرعه'],
  ['٩٨٨', '988'],
])('%s is folded to %s', (text, folded) => {
  expect(fold(text)).toBe(folded)
})

/** Whether a document that holds one word is found by another, as the page searches. */
function isFound(held: string, typed: string): boolean {
  const index = new MiniSearch({ fields: ['text'], processTerm: indexedForms })
  index.add({ id: 1, text: held })
  return (
    MiniSearch.loadJS(index.toJSON(), { fields: ['text'] }).search({ combineWith: 'OR', queries: searchedForms(typed) })
      .length > 0
  )
}

describe('a word is found', () => {
  test.each([
    ['النالوكسون', 'نالوكسون'],
    ['نالوكسون', 'النالوكسون'],
    ['والهيروين', 'هيروين'],
    ['بالأفيون', 'افيون'],
    ['للأفيون', 'أفيون'],
    ['كالهيروين', 'الهيروين'],
    ['ونالوكسون', 'نالوكسون'],
    ['لنالوكسون', 'نالوكسون'],
    ['وبنالوكسون', 'نالوكسون'],
    ['الدم', 'دم'],
    ['اللغة', 'لغه'],
    ['médico', 'medico'],
    ['medico', 'médico'],
  ])('%s by %s', (held, typed) => {
    expect(isFound(held, typed)).toBe(true)
  })

  test.each([
    ['إلى', 'ي'],
    ['كان', 'ان'],
    ['فقد', 'قد'],
    ['الم', 'م'],
    ['حول', 'كحول'],
  ])('but not %s by %s: short words stay whole', (held, typed) => {
    expect(isFound(held, typed)).toBe(false)
  })
})

test('a sign alone is no word to look for', () => {
  expect(searchedForms('\u064E')).toEqual([])
})
