import type { blocks, CallToActionRecord, GlossaryTerm, Media, ShownResource, Source } from 'content-schemas'

/*
 * The tree after the transformers: the same nodes, with what the channels need beside them in `data`, as unist has it.
 * Snippets are gone (their passage stands in their place) and links lead somewhere.
 */

/** What `resolve` adds to a node, by its type. */
export type DataOf = {
  /** `id`: fragment of the section; `depth`: level without a gap, 2 to 6. Blocks with a title have them too. */
  heading: { id: string; depth: number }
  callout: Titled
  steps: Titled
  step: Titled & { number: number }
  'care-options': Titled
  'care-option': Titled
  checklist: Titled
  'do-dont': Titled
  faq: Titled
  question: Titled
  figure: { media: Media }
  resources: Titled & { resources: ShownResource[] }
  'urgent-help': Titled & { resources: ShownResource[] }
  'call-to-action': Titled & { record: CallToActionRecord; resource?: ShownResource | undefined }
  term: { definition: GlossaryTerm }
  /** `number` counts the sources of the document from 1. */
  citation: { number: number; source: Source }
  /** `rtl`/`ltr` runs inside other text (numbers, addresses) are isolated by the channels themselves. */
  part: Titled
}
type Titled = { id: string; depth: number }

type Authored = Exclude<blocks.Node, blocks.Snippet>
type Add<N extends { type: string }> = N extends { type: keyof DataOf } ? { data: DataOf[N['type']] } : unknown
type Resolve<N extends { type: string }> = N extends { children: (infer C extends { type: string })[] }
  ? Omit<N, 'children'> & { children: Resolved<C>[] } & Add<N>
  : N & Add<N>
/** A node of the resolved tree. */
export type Resolved<N extends { type: string } = Authored> = N extends blocks.Snippet ? never : Resolve<N>

/** One article inside a composed tree (an issue, a print pack). */
export type Part = {
  type: 'part'
  title: string
  summary: string
  url: string
  show: 'full' | 'excerpt' | 'link'
  children: ResolvedFlow[]
  data: DataOf['part']
}
export type ResolvedFlow = Resolved<blocks.Flow>
export type ResolvedPhrasing = Resolved<blocks.Phrasing>
export type ResolvedRoot = { type: 'root'; children: (ResolvedFlow | Part)[] }
export type ResolvedNode = ResolvedRoot | Part | Resolved
