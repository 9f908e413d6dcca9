import type { Element, RootContent } from 'hast'

/*
 * hast-util-to-html knows all of HTML and takes half the time of an article's JSON. What the closed schema lets through
 * is little, so this writer knows only that; the tests hold its output against hast-util-to-html's.
 */

const voids = new Set(['br', 'hr', 'img', 'source'])
/** Attributes whose name is not that of the hast property; the closed schema has no others. */
const attributeNames: Record<string, string> = {
  className: 'class',
  tabIndex: 'tabindex',
  ariaLabel: 'aria-label',
  dateTime: 'datetime',
  srcSet: 'srcset',
}

/** Writes hast that has passed the closed schema as HTML. */
export function write(nodes: readonly RootContent[]): string {
  let html = ''
  for (const node of nodes) {
    if (node.type === 'text') html += escapeText(node.value)
    else if (node.type === 'element') html += writeElement(node)
  }
  return html
}

function writeElement({ tagName, properties, children }: Element): string {
  let tag = `<${tagName}`
  for (const name in properties) {
    const value = properties[name]
    const text = Array.isArray(value) ? value.join(' ') : String(value)
    tag += ` ${attributeNames[name] ?? name}="${escapeAttribute(text)}"`
  }
  return voids.has(tagName) ? `${tag}>` : `${tag}>${write(children)}</${tagName}>`
}

const escapeText = (text: string): string =>
  /[&<]/.test(text) ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : text
const escapeAttribute = (text: string): string =>
  /[&"<]/.test(text) ? escapeText(text).replaceAll('"', '&quot;') : text
