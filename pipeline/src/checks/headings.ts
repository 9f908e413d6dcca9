import type { blocks } from 'content-schemas'
import { textOf } from '../transformers/text-of.ts'
import type { Rule } from './rule.ts'

export const headingOrder: Rule = {
  id: 'heading-order',
  severity: 'block',
  waivable: false,
  *find({ survey }) {
    const previous = new Map<blocks.Node, number>()
    for (const { node, pointer, within } of survey.nodes) {
      if (node.type !== 'heading') continue
      const around = within[within.length - 1]!
      // The title is level 1. Inside steps, options and answers headings start at whatever level they like.
      const above = previous.get(around) ?? (around.type === 'root' ? 1 : node.depth)
      previous.set(around, node.depth)
      if (node.depth <= above + 1) continue
      yield {
        pointer,
        reason: `“${textOf(node)}” is a heading of level ${node.depth} below one of level ${above}. People who hear the page look for the level between.`,
        fix: `Make it level ${above + 1}.`,
      }
    }
  },
}

export const sectionEmpty: Rule = {
  id: 'section-empty',
  severity: 'advise',
  waivable: false,
  *find({ survey }) {
    for (const [index, { heading, content }] of survey.sections.entries()) {
      if (!heading || content.length > 0) continue
      const next = survey.sections[index + 1]?.heading
      const hasSubsections = next && next.within[0] === heading.within[0] && next.node.depth > heading.node.depth
      if (hasSubsections) continue
      yield {
        pointer: heading.pointer,
        reason: `Nothing stands under the heading “${textOf(heading.node)}”.`,
        fix: 'Write the section or remove its heading.',
      }
    }
  },
}
