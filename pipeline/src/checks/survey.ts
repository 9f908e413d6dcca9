import type { blocks, Document, RecordKind, Records } from 'content-schemas'
import { type Use, uses, usesOfRecord } from '../transformers/records.ts'

/** A node of the body and where it stands. */
export type Visited<N extends blocks.Node = blocks.Node> = {
  node: N
  /** JSON pointer into the document. For what a snippet shows: that of the snippet. */
  pointer: string
  /** The nodes around it, outermost first; a snippet that shows it is one of them. */
  within: readonly blocks.Node[]
}

/** A heading of the body and what stands under it, up to the next heading. The first section may have no heading. */
export type Section = { heading: Visited<blocks.Heading> | undefined; content: Visited<blocks.Flow>[] }

/** One walk over the bodies of a document: everything rules ask about, in reading order. */
export type Survey = {
  /** What the author wrote here. */
  nodes: readonly Visited[]
  /** The same, and what snippets show in their place. */
  shown: readonly Visited[]
  /** Of the body itself, not of what stands inside steps, options and answers. */
  sections: readonly Section[]
  /** What the document refers to, and what its snippets and calls to action refer to in turn, at the place of these. */
  uses: readonly Use[]
}

export function survey(document: Document, records: Records): Survey {
  const nodes: Visited[] = []
  const shown: Visited[] = []

  const visit = (node: blocks.Node, pointer: string, within: readonly blocks.Node[], snippet: boolean) => {
    const visited = { node, pointer, within }
    shown.push(visited)
    if (!snippet) nodes.push(visited)
    const inside = [...within, node]
    if (node.type === 'snippet') {
      if (!snippet)
        for (const child of records.snippets[node.record]?.body.children ?? []) visit(child, pointer, inside, true)
    } else if ('children' in node)
      for (const [index, child] of node.children.entries())
        visit(child, snippet ? pointer : `${pointer}/children/${index}`, inside, snippet)
  }

  const sections: Section[] = []
  for (const { body, pointer } of bodiesOf(document)) {
    visit(body, pointer, [], false)
    sections.push(...sectionsOf(body, pointer))
  }
  return { nodes, shown, sections, uses: allUses(uses(document), records) }
}

// Two resources may be said to replace each other.
function allUses(direct: Use[], records: Records, through: readonly string[] = []): Use[] {
  return direct.flatMap((use) => {
    if (through.includes(use.uid)) return []
    const record = use.kind === 'articles' ? undefined : records[use.kind as RecordKind][use.uid]
    if (!record) return [use]
    return [use, ...allUses(usesOfRecord(record, use), records, [...through, use.uid])]
  })
}

/** The bodies of a document: one of an article, one for each text of an issue. */
function bodiesOf(document: Document): { body: blocks.Root; pointer: string }[] {
  if (document.kind === 'article') return [{ body: document.body, pointer: '/body' }]
  return document.items.flatMap((item, index) =>
    item.kind === 'text' ? [{ body: item.body, pointer: `/items/${index}/body` }] : [],
  )
}

function sectionsOf(body: blocks.Root, pointer: string): Section[] {
  const sections: Section[] = [{ heading: undefined, content: [] }]
  for (const [index, node] of body.children.entries()) {
    const visited = { pointer: `${pointer}/children/${index}`, within: [body] }
    if (node.type === 'heading') sections.push({ heading: { node, ...visited }, content: [] })
    else sections[sections.length - 1]!.content.push({ node, ...visited })
  }
  return sections
}
