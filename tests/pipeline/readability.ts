import type { blocks } from 'content-schemas'
import { textOf } from 'pipeline/transformers/text-of.ts'

/*
 * Reading level of English, for the tests of the sample: Flesch-Kincaid grade, counted section by section.
 */

export type Section = { title: string; words: number; grade: number }

/** The sections of a body: what stands under a heading, or in a step, option, answer or urgent help, and the whole as the last. */
export function readability(tree: blocks.Root): Section[] {
  const sections = new Map<string, string[]>()
  collect(tree, 'Start', sections)
  const all = [...sections.values()].flat()
  return [...sections, ['All', all] as const]
    .filter(([, sentences]) => sentences.length > 0)
    .map(([title, sentences]) => ({ title, ...gradeOf(sentences) }))
}

function collect(node: blocks.Node, under: string, sections: Map<string, string[]>): void {
  sections.set(under, [...(sections.get(under) ?? []), ...textsOf(node).flatMap(sentencesOf)])
  if (!('children' in node) || node.type === 'paragraph' || node.type === 'tableCell') return
  let section = under
  for (const child of node.children) {
    if (child.type === 'heading') section = textOf(child)
    else collect(child, sectionTitle(child) ?? section, sections)
  }
}

/** Running text of a node itself; titles are no sentences. */
function textsOf(node: blocks.Node): string[] {
  if (node.type === 'paragraph' || node.type === 'tableCell') return [textOf(node)]
  if (node.type === 'checklist') return node.items.map(({ text }) => text)
  if (node.type === 'do-dont') return [...node.dos, ...node.donts].map(({ text }) => text)
  return node.type === 'care-option' ? node.questions.map(({ text }) => text) : []
}

const sectionTitle = (node: blocks.Node): string | undefined =>
  node.type === 'step' || node.type === 'care-option' || node.type === 'question' || node.type === 'urgent-help'
    ? node.title
    : undefined

const sentencesOf = (text: string): string[] => text.split(/(?<=[.!?])\s+/).filter((part) => /\p{L}/u.test(part))

/** Kincaid et al. 1975: 0.39 words per sentence + 11.8 syllables per word - 15.59. */
function gradeOf(sentences: string[]): { words: number; grade: number } {
  const words = sentences.flatMap((sentence) => sentence.match(/[\p{L}\p{N}’']+/gu) ?? [])
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0)
  const grade = 0.39 * (words.length / sentences.length) + 11.8 * (syllables / words.length) - 15.59
  return { words: words.length, grade }
}

/** Groups of vowels, without a silent e at the end. */
function syllablesOf(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '')
  const spoken = letters.replace(/(?:[^aeiouyl]e|[^aeioutdy]ed|[^aeiouylcsxz]es)$/, (ending) => ending[0]!)
  return Math.max(1, spoken.match(/[aeiouy]+/g)?.length ?? 0)
}
