import type { Element, Nodes, Properties } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { htmlVoidElements } from 'html-void-elements'
import { find, html, type Info } from 'property-information'

/*
 * hast-util-to-html knows all of markup and takes several times as long. This writes the same bytes, which the tests
 * hold against it, for what our templates use of HTML.
 */

/**
 * A whole page as text. Templates write addresses from records and settings: one that leads neither to the web, a mail or
 * a telephone, nor to a place of this site, is left out.
 */
export function serialise(node: Nodes): string {
  if (node.type === 'text') return escapeText(node.value)
  if (node.type === 'element') return serialiseElement(node)
  // The doctype and comments are rare.
  return node.type === 'root' ? serialiseAll(node.children) : toHtml(node)
}

function serialiseAll(nodes: readonly Nodes[]): string {
  let all = ''
  for (const node of nodes) all += serialise(node)
  return all
}

const voids = new Set(htmlVoidElements)
/** Elements whose text is no character data. */
const verbatim = new Set(['script', 'style'])
/** Elements that have other rules for attributes or content. */
const others = new Set(['svg', 'math', 'template'])

function serialiseElement({ tagName, properties, children }: Element): string {
  if (others.has(tagName)) throw new Error(`Pages cannot have <${tagName}> yet. Teach serialise.ts to write it.`)
  const tag = `<${tagName}${serialiseProperties(properties)}>`
  const content = verbatim.has(tagName) ? textOf(children) : serialiseAll(children)
  return content === '' && voids.has(tagName) ? tag : `${tag}${content}</${tagName}>`
}

const textOf = (nodes: readonly Nodes[]): string => nodes.map((node) => ('value' in node ? node.value : '')).join('')

function serialiseProperties(properties: Properties): string {
  let all = ''
  for (const key in properties) {
    const info = infoOf(key)
    const value = writtenOf(properties[key], info)
    if (value === undefined || (key === 'href' && !address.test(String(value)))) continue
    all += value === true ? ` ${info.attribute}` : ` ${info.attribute}="${escapeAttribute(value)}"`
  }
  return all
}

const address = /^(?:https?:\/\/|mailto:|tel:|sms:|\/(?![/\\])|#)/i

/** What is written of a property: text, the name alone (true), or nothing. */
function writtenOf(value: Properties[string], info: Info): string | true | undefined {
  if (value === null || value === undefined || Number.isNaN(value)) return undefined
  if (info.overloadedBoolean && (value === info.attribute || value === '')) return true
  const isFlag = typeof value !== 'string' || value === info.attribute || value === ''
  if ((info.boolean || info.overloadedBoolean) && isFlag) return Boolean(value) || undefined
  if (typeof value === 'boolean') return value || undefined
  return Array.isArray(value) ? value.join(info.commaSeparated ? ', ' : ' ').trim() : String(value)
}

const infos = new Map<string, Info>()
function infoOf(key: string): Info {
  const known = infos.get(key) ?? find(html, key)
  infos.set(key, known)
  return known
}

const escapeText = (text: string): string =>
  /[&<]/.test(text) ? text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;') : text

const references: Record<string, string> = { '\0': '&#x0;', '"': '&#x22;', '&': '&#x26;', "'": '&#x27;', '`': '&#x60;' }
const escapeAttribute = (text: string): string => text.replace(/[\0"&'`]/g, (character) => references[character]!)
