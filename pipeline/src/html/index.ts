import type { Locale, ShownResource } from 'content-schemas'
import type { Element, Root, RootContent } from 'hast'
import { sanitize } from 'hast-util-sanitize'
import type { ResolvedRoot } from '../tree.ts'
import { schemaFor } from './schema.ts'
import { type HtmlOptions, resourceItem, toHast } from './to-hast.ts'
import { write } from './write.ts'

export { picture } from './picture.ts'
export { serialise } from './serialise.ts'
export { dialling, type HtmlOptions } from './to-hast.ts'

/**
 * Compiles a resolved tree to safe hast: handlers, then the closed schema, and only then the fragments of the headings,
 * so that no author can take the name of something a page looks up, and links within a page still arrive.
 *
 * Throws on a node type without a handler: nothing is left out in silence.
 */
export function toSafeHast(tree: ResolvedRoot, options: HtmlOptions): Root {
  const { hast, fragments } = toHast(tree, options)
  const safe = sanitize(hast, schemaFor(options.objects)) as Root
  writeFragments(safe.children, fragments[Symbol.iterator]())
  return safe
}

/** The same as text. */
export const toSafeHtml = (tree: ResolvedRoot, options: HtmlOptions): string =>
  write(toSafeHast(tree, options).children)

/** The card of a resource by itself, safe: its content, for the item of a list. */
export function resourceCard(resource: ShownResource, locale: Locale): Root {
  const objects = '/'
  const { children } = resourceItem(resource, { locale, objects, citations: 'page', terms: 'page' })
  return sanitize({ type: 'root', children }, schemaFor(objects)) as Root
}

const heading = /^h[2-6]$/
// Handlers meet headings in the order of the document, and the schema lets every one through.
function writeFragments(nodes: readonly RootContent[], fragments: Iterator<string | undefined>): void {
  for (const node of nodes) {
    if (node.type !== 'element') continue
    if (heading.test(node.tagName)) writeFragment(node, fragments.next().value)
    else writeFragments(node.children, fragments)
  }
}

function writeFragment(node: Element, id: string | undefined): void {
  if (id) node.properties.id = id
}
