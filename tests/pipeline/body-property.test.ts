import { blocks } from 'content-schemas'
import fc from 'fast-check'
import { fromLexical, toLexical } from 'pipeline/body/lexical.ts'
import { bodyFromMarkdown, bodyToMarkdown } from 'pipeline/body/markdown.ts'
import { normalise } from 'pipeline/body/normal-form.ts'
import { describe, expect, test } from 'vitest'
import { anyTree, normalTree } from './body-trees.ts'

const numRuns = process.env.SIGNPOST_TEST_FULL ? 50_000 : 2_000
const seed = Number(process.env.SIGNPOST_TEST_SEED ?? Date.now() % 2 ** 31)
console.log(`Random bodies: seed ${seed} (SIGNPOST_TEST_SEED), ${numRuns} of them.`)
const settings = { seed, numRuns }
const timeout = numRuns > 2_000 ? 3_600_000 : 300_000

describe('the normal form', { timeout }, () => {
  test('of a normal form is itself', () => {
    fc.assert(
      fc.property(normalTree, (tree) => void expect(normalise(tree)).toEqual(tree)),
      settings,
    )
  })

  test('follows the contract', () => {
    fc.assert(
      fc.property(anyTree, (tree) => {
        const { error } = blocks.Root.safeParse(normalise(tree))
        expect(error?.issues).toBeUndefined()
      }),
      settings,
    )
  })

  test('goes through the editor and through Markdown and comes back the same', () => {
    fc.assert(
      fc.property(normalTree, fc.constantFrom('en' as const, 'ar' as const), (tree, locale) => {
        const state = toLexical(tree, locale)
        const edited = fromLexical(JSON.parse(JSON.stringify(state)))
        expect(edited).toEqual({ tree, messages: [] })
        const markdown = bodyToMarkdown(edited.tree)
        const { tree: read, messages } = bodyFromMarkdown(markdown)
        expect({ markdown, tree: read, messages }).toEqual({ markdown, tree, messages: [] })
        expect(toLexical(read, locale)).toEqual(state)
      }),
      settings,
    )
  })
})
